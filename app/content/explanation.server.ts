import type { Paper } from '../../db/attempts.server'
import type { ViewerEngagement } from '../domain/access'
import { fullDay } from '../domain/calendar'
import type { Reading } from '../domain/tracks'
import type { Explained } from '../domain/explained'
import { variablesFor, type Library } from './library.server'
import { answerInWords, renderQuestion } from './question.server'
import type { Bank, ModuleVersion } from './schema'

/** Every question of a paper with its explanation and source, the wrong ones first; a corrected key is said. */
export function explainPaper(library: Library, version: ModuleVersion, bank: Bank, paper: Paper, engagement: Pick<ViewerEngagement, 'relation' | 'companyName'> | undefined, reading: Reading): Explained[] {
  const reader = engagement ?? { relation: 'own' as const, companyName: library.words.operator }
  const names = library.namesIn(version, reading.track)
  const how = { furigana: reading.furigana, variables: variablesFor(library, reader) }
  return paper.items
    .flatMap((item): Explained[] => {
      const known = bank.questions.find(({ id }) => id === item.questionId)
      const shown = renderQuestion(library, paper, item, reader, reading)
      if (!known || !shown) return []
      const question = library.questionIn(paper.slug, paper.bankVersion, known, reading.track)
      const chosen = item.answer?.split(',') ?? []
      const correct = item.correct === true
      const corrected = library.errata(paper.slug, question.id).at(-1)
      const key = corrected?.correct ?? (question.kind === 'order' ? question.options : question.options.filter((option) => option.correct)).map(({ id }) => id)
      const page = Math.max(0, version.meta.sections.findIndex(({ id }) => id === question.section)) + 1
      return [{
        position: item.position, correct, scene: shown.scene, text: shown.text, answer: answerInWords(library, question, item.answer),
        right: correct ? '' : answerInWords(library, question, key.join()),
        why: correct || question.kind === 'order' ? '' : question.options.filter(({ id, correct: fits, why }) => chosen.includes(id) && !fits && why).map(({ why }) => library.renderText(why!, how)).join(''),
        explanation: library.renderText(question.explanation, how) + (corrected ? `(${fullDay(corrected.on)}に正答を訂正しました)` : ''),
        source: library.lawTitles(question.laws, version.meta.asOf).join('、'), section: { page, title: names.pages[page - 1]?.text ?? '' },
      }]
    })
    .sort((a, b) => Number(a.correct) - Number(b.correct) || a.position - b.position)
}
