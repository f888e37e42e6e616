/** One answered question with its explanation, as the reader's page shows it: rendered text, sanitised. */
export interface Explained {
  position: number
  correct: boolean
  scene: string
  text: string
  answer: string
  /** The right answer in words, where another one was given. */
  right: string
  /** Why the answer given was near but wrong; empty when it was right. */
  why: string
  explanation: string
  source: string
  section: { page: number; title: string }
}
