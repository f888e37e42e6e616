/** Words of the frame around texts, in the language of a track. */
export interface Labels {
  case: string
  /** Over what was the rule once and is no longer. */
  history: string
  think: string
  three: string
  careful: string
  goals: string
  /** Above what somebody should know before they sign. */
  before: string
}

const JA: Labels = { case: '｜事例《じれい》', history: '｜以前《いぜん》の｜決《き》まり(いまは｜違《ちが》います)', think: '｜立《た》ち｜止《ど》まって｜考《かんが》える', three: '｜覚《おぼ》えて｜帰《かえ》る3つ', careful: 'とくに｜大切《たいせつ》な｜条《じょう》です', goals: 'この｜教材《きょうざい》で、できるようになること', before: '｜署名《しょめい》する｜前《まえ》に' }
const BY_TRACK: Readonly<Record<string, Labels>> = {
  ja: JA,
  'ja-easy': { case: '｜例《れい》', history: '｜昔《むかし》の｜決《き》まり(｜今《いま》は ちがいます)', think: '｜考《かんが》えてみましょう', three: '｜覚《おぼ》えること 3つ', careful: 'とても｜大切《たいせつ》なところです', goals: 'この｜教材《きょうざい》で できるように なること', before: '｜署名《しょめい》する ｜前《まえ》に' },
  en: { case: 'Case', history: 'An earlier rule (no longer in force)', think: 'Stop and think', three: 'Three things to take home', careful: 'This article matters most', goals: 'What you will be able to do', before: 'Before you sign' },
}

/** The labels of a track; a track without its own takes those of Japanese. */
export const labelsFor = (track: string): Labels => BY_TRACK[track] ?? JA
