import { withoutReadings } from './inline'

/** How a track reads: sentences of its sections and questions, headings and tables left out (voice.md §1). */
export interface Readability {
  sentences: number
  /** Characters a sentence (of English: words), blanks and readings not counted. */
  mean: number
  longest: number
  /** The most that voice.md wants, and the share of sentences above it. */
  limit: number
  over: number
  /** Share of kanji among all characters; 0 in English. */
  kanji: number
  /** Two negations that make one affirmation are refused; verbs that suffer are to look at. */
  doubleNegations: number
  passives: number
  /** The longest sentences first, for whoever mends them. */
  worst: string[]
}

/** Sentences as they should be: at most so many characters (English: words). */
const LIMITS: Readonly<Record<string, number>> = { ja: 60, 'ja-easy': 35, en: 20 }
const WORST = 5
/** A filled variable is about as long as this. */
const FILLED = '研修の窓口'

const DOUBLE_NEGATION = /(ない|なく|ず)(わけ|はず|こと)?(で|に|は|も|では|には)*(ない|ありません|なりません|いけません|できません|いません)|(ない|なく)(ことは|とは)(ない|ありません)/
/** なければなりません says a duty; nobody reads it as two negations. */
const DUTY = /(なければ|なくては|ないと)(なりません|いけません|ならない|いけない)/g
const PASSIVE = /([かがさたなばまらわ])れ(る|た|て|ます|ました|ない|ません)|られ(る|た|て|ます|ました|ない|ません)/
/** られ that says can, or is polite, and not an action suffered. */
const NO_PASSIVE = /(見|出|得|寄せ|知|忘|現|流|離|売|切|入|触|別|折|疲|慣|隠|濡|枯|晴|暮|溢|荒|恐|免|揺|倒|生ま|分か|こ|そ|あ|ど)れ(る|た|て|ます|ました|ない|ません)|受け入れ/g

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x22': '"', '#x26': '&', '#x27': "'", '#x3C': '<' }

/** The sentences of compiled HTML: paragraphs and list lines, without readings, each ended where it is said to end. */
export function sentencesOf(html: string): string[] {
  const blocks = [...withoutReadings(html).replace(/<p class="case-label">.*?<\/p>/g, '').matchAll(/<(p|li)(?: [^>]*)?>(.*?)<\/\1>/gs)].map((found) => found[2]!)
  return blocks.flatMap((block) => sentencesOfText(block.replace(/<br>/g, '\n').replace(/<[^>]+>/g, '').replace(/&(amp|lt|gt|quot|#39|#x22|#x26|#x27|#x3C);/g, (_, name: string) => SIGNS[name]!)))
}

/** The sentences of one text. What is said inside 「」 ends sentences of its own; a short quotation stays in the sentence around it. */
export function sentencesOfText(text: string): string[] {
  const said: string[] = []
  const around = text.replace(/\{\{\w+\}\}/g, FILLED).replace(/「([^「」]*[。！？?!][^「」]*)」/g, (_, speech: string) => `「${said.push(speech)}」`)
  return [around, ...said].flatMap((one) => one.split(/(?<=[。！？])|(?<=[.?!]["”)]?)\s|\n/u)).map((one) => one.trim()).filter((one) => /\p{L}/u.test(one))
}

const isEnglish = (track: string) => track.startsWith('en')
const lengthOf = (track: string, sentence: string) => (isEnglish(track) ? sentence.split(/\s+/).length : [...sentence.replace(/\s/g, '')].length)

/** Sentences over the limit of their track, the longest first. */
export const tooLong = (track: string, sentences: readonly string[]): { sentence: string; length: number }[] =>
  sentences.map((sentence) => ({ sentence, length: lengthOf(track, sentence) })).filter(({ length }) => length > limitOf(track)).sort((a, b) => b.length - a.length)

/** Sentences in which two negations make one affirmation. */
export const doublyDenied = (track: string, sentences: readonly string[]): string[] =>
  isEnglish(track) ? [] : sentences.filter((one) => DOUBLE_NEGATION.test(one.replace(/\s/g, '').replace(DUTY, '')))

/** The most that a sentence of this track may hold. */
export const limitOf = (track: string): number => LIMITS[track] ?? LIMITS.ja!

/** Measures the sentences of one track. */
export function readabilityOf(track: string, sentences: readonly string[]): Readability {
  const english = isEnglish(track)
  const limit = limitOf(track)
  const lengths = sentences.map((one) => lengthOf(track, one))
  const all = [...sentences.join('').replace(/\s/g, '')]
  const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits
  const share = (part: number, whole: number) => (whole === 0 ? 0 : round(part / whole, 3))
  return {
    sentences: sentences.length, mean: sentences.length === 0 ? 0 : round(lengths.reduce((sum, length) => sum + length, 0) / sentences.length, 1), longest: Math.max(0, ...lengths),
    limit, over: share(lengths.filter((length) => length > limit).length, sentences.length),
    kanji: english ? 0 : share(all.filter((sign) => /\p{Script=Han}/u.test(sign)).length, all.length),
    doubleNegations: doublyDenied(track, sentences).length,
    passives: english ? 0 : sentences.filter((one) => PASSIVE.test(one.replace(/\s/g, '').replace(NO_PASSIVE, ''))).length,
    worst: tooLong(track, sentences).slice(0, WORST).map(({ sentence }) => sentence),
  }
}
