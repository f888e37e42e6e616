import { bareKanji, unknownLaw, unknownProvision } from './fault-words'
import { inlineText, kanjiWithoutReading, parseInline } from './inline'
import type { Folder } from './read-folder.server'
import type { Law, Question } from './schema'
import type { ContentError } from './source.server'
import type { Provision } from './read-part.server'
import type { ReadVersion } from './versions.server'
import type { ModuleVersion } from './schema'
import { hasFaults } from './unread'

export interface Sources extends Pick<Folder, 'parts' | 'errors'> {
  laws: ReadonlyMap<string, Law>
  provisions: ReadonlyMap<string, Provision>
}

/** How far keys can be guessed: share of each position among keys, and how often the key is the longest option (single questions). */
export interface Bias {
  position: Record<string, number>
  length: number
}

const FORBIDDEN = ['すべて正しい', '全て正しい', '上記のいずれか', '上記のすべて', '誤っているもの', '正しくないものを選']
/** What a bank must have beyond its shape: enough questions, spread over topics, fair keys, sound grounds (content rules, voice.md §3). */
export function checkBank(read: ReadVersion<ModuleVersion>, sources: Sources, errors: ContentError[]): Bias {
  const file = `${read.folder}/quiz.yaml`
  const { bank, meta } = read.version
  const { questions } = bank
  const lineOf = read.bank!.lineOf
  const refuse = (field: string, message: string, path: (string | number)[] = ['questions']) => errors.push({ file, line: lineOf(path), field, message })
  const least = meta.unit ? 12 : 25
  if (questions.length < least) refuse('questions', `問題は${least}問以上書いてください(いま${questions.length}問)`)
  for (const topic of meta.topics) {
    const count = questions.filter((question) => question.topic === topic.id).length
    if (count < 3) refuse('questions', `topic「${topic.id}」の問題は3問以上書いてください(いま${count}問)`)
  }
  if (questions.filter(({ situational }) => situational).length * 2 < questions.length) refuse('questions', '場面を問う問題(situational)を半分以上にしてください')
  if (!questions.some(({ reportFirst }) => reportFirst)) refuse('questions', '「まず報告」の問題(reportFirst)を1問以上書いてください')
  if (meta.quiz.draw > questions.length || meta.quiz.draw < meta.topics.length)
    errors.push({ file: `${read.folder}/module.yaml`, line: read.lineOf(['quiz', 'draw']), field: 'quiz.draw', message: `出題数は topic の数(${meta.topics.length})以上、問題の数(${questions.length})以下にしてください` })
  if (least === 25) for (const kind of ['multiple', 'truefalse', 'order'] as const) if (questions.filter((question) => question.kind === kind).length < 2) refuse('questions', `${kind} の問題を2問以上書いてください`)
  questions.forEach((question, at) => checkQuestion(question, sources, (field, message, deeper = []) => refuse(`${question.id} ${field}`, message, ['questions', at, field, ...deeper])))
  for (const [track, words] of read.bankWords ?? []) words.value.questions.forEach((told, at) => checkTold(track, told, (field, message, deeper = []) => errors.push({ file: `${read.folder}/quiz.${track}.yaml`, line: words.lineOf(['questions', at, field, ...deeper]), field: `${told.id} ${field}`, message })))
  for (const { track } of read.tracks.values()) if (track !== 'ja' && !read.bankWords?.has(track)) errors.push({ file: `${read.folder}/quiz.${track}.yaml`, line: 1, field: '', message: `${track}.md がある教材には、問題も同じ言葉で書いてください` })
  const bias = biasOf(questions)
  if (bias.length > 0.35) refuse('bias', `正答が一番長い問題が${percent(bias.length)}あります(35%まで)。正答を短くするか、ほかの選択肢を長くしてください`)
  for (const [position, share] of Object.entries(bias.position)) if (share > 0.35) refuse('bias', `正答が「${position}」の問題が${percent(share)}あります(35%まで)。選択肢の並びを入れ替えてください`)
  return bias
}

const percent = (share: number) => `${Math.round(share * 100)}%`

type Refuse = (field: string, message: string, deeper?: (string | number)[]) => void

/** The words of a question in one track: readings on every kanji (but in English), and none of the phrases that give nothing to decide. */
function checkTold(track: string, question: Pick<Question, 'text' | 'explanation'> & { options: readonly { text: string; why?: string | undefined }[] }, refuse: Refuse): void {
  const texts: [field: string, text: string, deeper: (string | number)[]][] = [
    ['text', question.text, []], ['explanation', question.explanation, []],
    ...question.options.flatMap(({ text, why }, at): [string, string, (string | number)[]][] => [['options', text, [at, 'text']], ...(why === undefined ? [] : [['options', why, [at, 'why']] as [string, string, (string | number)[]]])]),
  ]
  for (const [field, text, deeper] of texts) {
    const { parts, problems } = parseInline(text)
    for (const message of problems) refuse(field, message, deeper)
    if (!track.startsWith('en')) for (const kanji of kanjiWithoutReading(parts)) refuse(field, bareKanji(kanji), deeper)
    const plain = inlineText(parts)
    for (const words of FORBIDDEN) if (plain.includes(words)) refuse(field, `「${words}」は使えません。場面での行動や事実を、1つだけ問う形に書き直してください`, deeper)
    if (/要確認|to be confirmed/i.test(plain)) refuse(field, '要確認のことは、問題にできません。確かめてから書くか、ほかのことを問うてください', deeper)
  }
}

function checkQuestion(question: Question, sources: Sources, refuse: Refuse): void {
  const { laws, provisions } = sources
  checkTold('ja', question, refuse)
  if (question.kind === 'single' && question.options.length !== 4) refuse('options', 'single の選択肢は4つです。4つ書いてください')
  if (question.kind !== 'order') question.options.forEach(({ why }, at) => why === undefined && refuse('options', 'why(理由)を書いてください', [at]))
  if (question.kind === 'truefalse' && question.options.map(({ text }) => inlineText(parseInline(text).parts)).join('/') !== '正しい/正しくない') refuse('options', 'truefalse の選択肢は「正しい」「正しくない」の順です。この2つの言葉だけを、この順に書いてください')
  if (question.kind === 'multiple' && !/すべて(選|えら)/.test(inlineText(parseInline(question.text).parts))) refuse('text', 'multiple の問題文に「すべて選んでください」と書いてください')
  for (const id of question.laws) if (!laws.has(id) && !hasFaults(sources, 'laws.yaml')) refuse('laws', unknownLaw(id))
  for (const id of question.provisions) if (!provisions.has(id) && !hasFaults(sources, 'provisions.tsv')) refuse('provisions', unknownProvision(id))
  if (question.laws.every((id) => laws.get(id)?.status === 'unverified')) refuse('laws', '要確認の法令だけを根拠にできません。確かめた法令(status: current)を laws に足してください')
  // a row of the 案 may explain a key that a law in force carries; a row of the old regime stands behind no key (domain.md L03, L04)
  const status = question.provisions.map((id) => provisions.get(id)?.status)
  const carried = question.laws.some((id) => laws.get(id)?.status === 'current')
  question.provisions.forEach((id, at) => provisions.get(id)?.status === 'oldRegime' && refuse('provisions', `旧制度の条項「${id}」を正答の根拠にできません。今の条項に替えてください`, [at]))
  if (!carried && !hasFaults(sources, 'laws.yaml') && status.every((one) => one === 'draft')) refuse('provisions', '案の条項だけを根拠にできません。今の法令(status: current)か、案でない条項を足してください')
}

/** Measures the keys of single questions; a key counts as longest only when no other option is as long. */
export function biasOf(questions: readonly Question[]): Bias {
  const singles = questions.filter(({ kind }) => kind === 'single')
  const position: Record<string, number> = {}
  let longest = 0
  for (const { options } of singles) {
    const at = options.findIndex(({ correct }) => correct)
    const name = 'abcdef'[at]!
    position[name] = (position[name] ?? 0) + 1 / singles.length
    const lengths = options.map(({ text }) => [...inlineText(parseInline(text).parts)].length)
    if (lengths.every((length, other) => other === at || length < lengths[at]!)) longest++
  }
  return { position, length: singles.length === 0 ? 0 : longest / singles.length }
}
