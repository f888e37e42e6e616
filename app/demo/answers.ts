import { keyOf, type QuizQuestion } from '../domain/quiz'

/** A number that stays the same for a text. */
const mark = (text: string): number => [...text].reduce((all, sign) => (all * 31 + sign.codePointAt(0)!) % 1_000_003, 7)

/** One question in so many has a key that the able doubt: the demonstration shows what a doubtful key looks like. */
const DOUBTFUL = 19
const isDoubtful = ({ id, kind }: QuizQuestion): boolean => kind === 'single' && mark(id) % DOUBTFUL === 0

/** How many wrong answers somebody gives at the first attempt, of ten: most none or one, some too many to pass. */
const ERRORS = [0, 0, 0, 1, 1, 2, 2, 3, 4]

/**
 * What one person of the demonstration answers at an attempt: some questions are harder than others, some people err more, the same
 * wrong answer attracts most of them. At the second attempt everybody passes.
 */
export function demoAnswers(asked: readonly QuizQuestion[], person: string, ordinal: number): Map<string, string[]> {
  const errors = ordinal > 1 ? 0 : Math.round((ERRORS[mark(person) % ERRORS.length]! * asked.length) / 10)
  const hardness = (question: QuizQuestion) => (mark(question.id) % 100) + (mark(person + question.id) % 110)
  const singles = asked.filter(({ kind }) => kind === 'single')
  const missed = ordinal === 1 && errors === 0 ? singles.filter(isDoubtful).slice(0, 1) : singles.filter((question) => !isDoubtful(question)).sort((a, b) => hardness(b) - hardness(a)).slice(0, errors)
  return new Map(asked.map((question) => {
    if (!missed.includes(question)) return [question.id, keyOf(question).split(',')]
    const wrong = question.options.filter(({ correct }) => !correct)
    const tempting = wrong[(mark(question.id) + (mark(question.id + person) % 4 === 0 ? 1 : 0)) % wrong.length]!
    return [question.id, [tempting.id]]
  }))
}
