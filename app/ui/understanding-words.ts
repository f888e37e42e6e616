import { FEW_ANSWERS, SMALLEST_GROUP, type Doubt, type QuestionFigures } from '../domain/understanding'

/** Beside a number that rests on few answers. */
export const FEW_WORDS = `人数が少ないため参考(${FEW_ANSWERS}人未満)`

/** Of a module that hardly anybody has taken yet. */
export const FEW_TAKERS_WORDS = `受験した従業者が${SMALLEST_GROUP}人未満の研修は、個人の答えが分かるため、どの数にも入れていません`

/** What a doubt says to whoever looks after the questions: what is seen, and what to do now. */
export function doubtWords(doubt: Doubt, { rival }: Pick<QuestionFigures, 'rival'>): string {
  if (doubt === 'reversed') return 'よく分かっている人ほど間違えています。正答の付け方を確かめてください。'
  if (doubt === 'distractor') return `成績のよい人が、正答より「${rival?.words ?? ''}」を多く選んでいます。正答が2つないか、問題文が別の意味に読めないかを確かめてください。`
  if (doubt === 'flat') return 'よく分かっている人とそうでない人の差が出ていません。問題文と選択肢を見直してください。'
  return '半分より多くの人が間違えています。教える節の説明を見直してください。'
}

/** How far a question tells the able from the others, in plain words. */
export function tellsApartWords(discrimination: number | null): string {
  if (discrimination === null) return '差を計れません'
  if (discrimination <= -0.1) return '逆になっています'
  if (discrimination < 0.1) return '差が出ていません'
  return discrimination < 0.2 ? '差が小さめです' : '差が出ています'
}

export const signed = (value: number | null): string => (value === null ? '―' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`)

export const KIND_WORDS: Readonly<Record<QuestionFigures['kind'], string>> = { single: '1つ選ぶ', multiple: 'すべて選ぶ', truefalse: '正しいか', order: '並べる' }
