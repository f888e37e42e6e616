import { listOpenDuties } from '../../../db/askables.server'
import { listPapers } from '../../../db/papers.server'
import { noteHanded, paperScope } from '../../commands/note-handed.server'
import { targetTitle } from '../../content/target-titles'
import type { SignedInContext } from '../../context'
import { dayOf, isDay } from '../../domain/calendar'
import { letterHead } from '../../domain/mail'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal, refuse } from '../../domain/refusal'
import { whyNotAskedFor, type AskedFrom } from '../../domain/reminder'
import { notFound } from '../../http/guard.server'
import { qrOf } from '../../http/qr.server'
import { dayWords } from '../../ui/format'

const MOST = 50

/** The papers that wait to be handed over, each as it is printed now: what is open, by when, how to sign in. No code and no token. */
export async function papersView(context: SignedInContext, from: AskedFrom) {
  const { db, library, now, settings } = context
  const today = dayOf(now)
  const scope = await paperScope(context, from)
  if (!scope) throw notFound()
  const papers = await listPapers(db, scope, today, MOST)
  const duties = papers.length === 0 ? [] : await listOpenDuties(db, papers.map(({ engagementId }) => engagementId))
  const door = settings.baseUrl.origin
  return {
    today, door, qr: papers.length === 0 ? null : qrOf(`${door}/`),
    papers: papers.map((paper) => ({
      id: paper.engagementId, number: paper.number, kind: ENGAGEMENT_KINDS[paper.kind], askedOn: dayWords(dayOf(paper.askedAt), today), ...letterHead(paper, library.words), who: paper.name,
      asks: duties.filter((duty) => duty.engagementId === paper.engagementId && whyNotAskedFor(duty, from, today) === null).map(({ kind, slug, dueOn }) => ({
        title: targetTitle(library, kind, slug), due: `${dueOn < today ? '▲ ' : ''}${dayWords(dueOn, today)}${dueOn < today ? 'を過ぎています' : 'まで'}`,
        minutes: (kind === 'module' ? library.current('module', slug)?.meta.minutes : library.current('pledge', slug)?.meta.minutes) ?? 0,
      })),
    })),
  }
}

/** Notes the day; a refusal comes back in words, and what is not the viewer's is not there. */
export async function handPaper(context: SignedInContext, given: { engagementId: string; day: string }, from: AskedFrom) {
  const noted = isDay(given.day) ? await noteHanded(context, { engagementId: given.engagementId, day: given.day, from }) : refuse('handedWhen')
  if (isRefusal(noted) && noted.refused === 'notFound') throw notFound()
  return isRefusal(noted) ? refuse('handedWhen', noted.facts) : null
}
