import { z } from 'zod'

/** What breaks a schema of content/, told to who wrote the file: what is wrong and what to write instead. */
export const schemaFault: z.core.$ZodErrorMap = (issue) => {
  const options = (values: readonly unknown[]) => `書けるのは ${values.map(String).join('・')} のどれかです`
  if (issue.code === 'unrecognized_keys') return `「${issue.keys.join('」「')}」という項目はありません。書けるのは ${fieldsOf(issue.inst).join('・')} です`
  if (issue.code === 'invalid_value') return options(issue.values)
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) return options(issue.options)
  if (issue.code === 'too_small' && issue.origin === 'string') return '何も書いてありません。書いてください'
  if (issue.code === 'too_small') return sizeFault(issue.origin, issue.minimum, true, issue.inclusive)
  if (issue.code === 'too_big') return sizeFault(issue.origin, issue.maximum, false, issue.inclusive)
  if (issue.code === 'invalid_key') return `この項目の名前は書けません。${issue.issues[0]?.message ?? '名前を直してください'}`
  if (issue.code !== 'invalid_type') return z.locales.ja().localeError(issue)
  if (issue.input === undefined) return 'この項目がありません。書いてください'
  return `${issue.input === null ? '何も書いてありません。' : ''}${WANTED[issue.expected] ?? '書き方が違います。標準の content フォルダの、同じ項目の書き方に合わせてください'}`
}

/** What is too little or too much, told as what to write. */
function sizeFault(origin: string, bound: number | bigint, isLeast: boolean, isReached = true): string {
  if (!isReached) return `${bound}より${isLeast ? '大きい' : '小さい'}数で書いてください`
  const [unit, what] = origin === 'array' ? ['個', ''] : origin === 'string' ? ['字', ''] : ['', 'の数']
  return `${bound}${unit}${isLeast ? '以上' : '以下'}${what}で書いてください`
}

const WANTED: Readonly<Record<string, string>> = {
  string: '文字で書いてください(数字だけのときは "3" のように " で囲みます)', number: '数字で書いてください', int: '整数で書いてください', boolean: 'true か false で書いてください',
  object: '「項目: 値」の形で書いてください(「:」は半角で、そのあとに半角の空白を置きます)', array: '「- 」で始まる行を並べて書いてください', record: '「項目: 値」の形で書いてください',
}

/** The fields that a schema of an object has. */
function fieldsOf(inst: unknown): string[] {
  const { shape } = (inst as z.core.$ZodType)._zod.def as { shape?: object }
  return Object.keys(shape ?? {})
}

/** Why a YAML file cannot be read, by the code of its parser: the usual slip and its remedy. */
const YAML_FAULTS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: '1行に「: 」が2つあります。値に「: 」を書くときは、値の全体を " で囲んでください', MULTILINE_IMPLICIT_KEY: '「項目: 値」の形になっていません。「:」と、字下げ(行のはじめの空白)を直してください',
  TAB_AS_INDENT: '字下げにタブがあります。半角の空白に替えてください', DUPLICATE_KEY: '同じ項目が2回出てきます。どちらかを消してください', MISSING_CHAR: '" や \' や括弧が閉じていません。開いたものを閉じてください',
  BAD_INDENT: '字下げが上の行とそろっていません。行のはじめの半角の空白を、同じ数にしてください', BAD_SCALAR_START: '値のはじめの記号は、そのままでは書けません。値の全体を " で囲んでください', BAD_ALIAS: '値のはじめの「*」や「&」は、そのままでは書けません。値の全体を " で囲んでください',
}
export const yamlFault = (code: string): string => `YAML として読めません。${YAML_FAULTS[code] ?? '書き方を直してください。記号を含む値は、全体を " で囲みます'}`
