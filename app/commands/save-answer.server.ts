import { lockItem, saveItem } from '../../db/attempts.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { answerOf } from '../domain/quiz'
import { refuse, type Refusal } from '../domain/refusal'
import { refusalToStudy } from '../domain/study'

/**
 * Keeps one answer as it is given. Of two tabs the last given wins; after the test was handed in nothing is kept any more.
 * `chosen` are option ids, or `places` the places of the options as they were shown; for steps in their order.
 */
export async function saveAnswer(
  context: SignedInContext,
  given: { attemptId: string; position: number; chosen: readonly string[] } | { attemptId: string; position: number; places: readonly string[] },
): Promise<{ savedAt: number } | Refusal<'nightForMinors' | 'handedInElsewhere' | 'timeIsUp' | 'noAnswer'> | undefined> {
  const { library, viewer, now } = context
  const engagementIds = viewer.engagements.map(({ id }) => id)
  return inTransaction(context.db, async (tx) => {
    for (;;) {
      const item = await lockItem(tx, given.attemptId, given.position, engagementIds)
      const engagement = viewer.engagements.find(({ id }) => id === item?.engagement_id)
      const question = item && library.bank(item.target_slug, item.bank_version)?.questions.find(({ id }) => id === item.question_id)
      if (!item || !engagement || !question) return undefined
      if (item.finished_at !== null) return refuse('handedInElsewhere', { attempt: given.attemptId })
      const refused = refusalToStudy(engagement, now)
      if (refused) return refused
      if (item.closes_at !== null && now > item.closes_at) return refuse('timeIsUp', { attempt: given.attemptId })
      const answer = answerOf(question, 'chosen' in given ? given.chosen : idsAt(item.option_order, given.places))
      if (answer === undefined) return refuse('noAnswer')
      if (await saveItem(tx, { attemptId: given.attemptId, position: given.position, revision: item.revision, answer, at: now })) return { savedAt: now }
    }
  })
}

/** The options that stood at these places; a place that was not shown is no option. */
function idsAt(optionOrder: string, places: readonly string[]): string[] {
  const shown = optionOrder.split(',')
  return places.map((place) => (/^[1-9]\d?$/.test(place) ? shown[Number(place) - 1] : undefined) ?? '')
}
