import type { Paper, PaperItem } from '../../db/attempts.server'
import type { ViewerEngagement } from '../domain/access'
import type { Reading, TrackName } from '../domain/tracks'
import { variablesFor, type Library } from './library.server'
import { withPhrases } from './phrases'
import type { Question } from './schema'

export interface ShownOption {
  /** Its place among the options as they are shown, from 1. The bank's own ids stay here: for steps to be put in order they are the answer. */
  id: string
  html: string
  /** Without readings, for labels that are read aloud. */
  plain: string
  /** Its place in the answer so far, from 1; 0 when it is not chosen. */
  place: number
}

export interface ShownQuestion {
  kind: Question['kind']
  /** What stands before the question itself; empty when it is one paragraph. */
  scene: string
  text: string
  options: ShownOption[]
}

/** The question of an attempt as it stands in the bank version of the attempt, in the words of a track. */
export function questionOf(library: Library, paper: Pick<Paper, 'slug' | 'bankVersion'>, item: Pick<PaperItem, 'questionId'>, track: TrackName = 'ja'): Question | undefined {
  const question = library.bank(paper.slug, paper.bankVersion)?.questions.find(({ id }) => id === item.questionId)
  return question && library.questionIn(paper.slug, paper.bankVersion, question, track)
}

/** A question as it is shown: options in the order of the attempt, with what was chosen; never which is right. */
export function renderQuestion(
  library: Library, paper: Pick<Paper, 'slug' | 'bankVersion'>, item: PaperItem, engagement: Pick<ViewerEngagement, 'relation' | 'companyName'>, { furigana, track }: Reading,
): ShownQuestion | undefined {
  const question = questionOf(library, paper, item, track)
  if (!question) return undefined
  const how = { furigana, variables: variablesFor(library, engagement) }
  const paragraphs = question.text.trim().split(/\n[ \t]*\n/)
  const chosen = item.answer?.split(',') ?? []
  return {
    kind: question.kind,
    scene: paragraphs.length > 1 ? paragraphs.slice(0, -1).map((paragraph) => `<p>${library.renderText(paragraph, how)}</p>`).join('') : '',
    text: withPhrases(library.renderText(paragraphs.at(-1)!, how)),
    options: item.optionOrder.flatMap((id, at) => {
      const option = question.options.find((one) => one.id === id)
      return option ? [{ id: String(at + 1), html: withPhrases(library.renderText(option.text, how)), plain: library.plainText(option.text), place: chosen.indexOf(id) + 1 }] : []
    }),
  }
}

/** An answer in plain words: the texts of the chosen options; steps in their order. */
export function answerInWords(library: Library, question: Question, answer: string | null): string {
  const texts = (answer ?? '').split(',').flatMap((id) => question.options.filter((option) => option.id === id).map(({ text }) => library.plainText(text)))
  return question.kind === 'order' ? texts.map((text, at) => `${at + 1}. ${text}`).join(' → ') : texts.join('／')
}
