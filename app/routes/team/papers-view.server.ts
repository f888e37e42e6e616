import { data, redirect } from '@remix-run/node'
import { z } from 'zod'
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
import type { FormResult } from '../../http/form.server'
import { notFound } from '../../http/guard.server'
import { qrOf } from '../../http/qr.server'
import { dayWords } from '../../ui/format'

const MOST = 50

export const query = z.object({ sent: z.coerce.number().int().nonnegative().optional().catch(undefined), papers: z.coerce.number().int().nonnegative().optional().catch(undefined), handed: z.literal('1').optional().catch(undefined) })
export const form = z.object({ engagementId: z.string().max(64), day: z.string().max(10) })

/** The papers that wait to be handed over, each as it is printed now: what is open, by when, how to sign in. No code and no token. */
export async function papersView(context: SignedInContext, { sent, papers: count, handed }: z.infer<typeof query>, from: AskedFrom) {
  const { db, library, now, settings } = context
  const today = dayOf(now)
  const scope = await paperScope(context, from)
  if (!scope) throw notFound()
  const papers = await listPapers(db, scope, today, MOST)
  const duties = papers.length === 0 ? [] : await listOpenDuties(db, papers.map(({ engagementId }) => engagementId))
  const door = settings.baseUrl.origin
  return {
    today, door, sent, count, handed: handed === '1', qr: papers.length === 0 ? null : qrOf(`${door}/`),
    papers: papers.map((paper) => ({
      id: paper.engagementId, number: paper.number, kind: ENGAGEMENT_KINDS[paper.kind], askedOn: dayWords(dayOf(paper.askedAt), today), ...letterHead(paper, library.words), who: paper.name,
      asks: duties.filter((duty) => duty.engagementId === paper.engagementId && whyNotAskedFor(duty, from, today) === null).map(({ kind, slug, dueOn }) => ({
        title: targetTitle(library, kind, slug), due: `${dueOn < today ? '▲ ' : ''}${dayWords(dueOn, today)}まで`,
        minutes: (kind === 'module' ? library.current('module', slug)?.meta.minutes : library.current('pledge', slug)?.meta.minutes) ?? 0,
      })),
    })),
  }
}

/** Notes the day; a refusal comes back in words, and what is not the viewer's is not there. */
export async function handPaper(context: SignedInContext, sent: FormResult<z.infer<typeof form>>, from: AskedFrom, page: string) {
  if (!sent.ok) throw notFound()
  const { engagementId, day } = sent.value
  const noted = isDay(day) ? await noteHanded(context, { engagementId, day, from }) : refuse('handedWhen')
  if (!isRefusal(noted)) return redirect(`${page}?handed=1`, { status: 303 })
  if (noted.refused === 'notFound') throw notFound()
  return data({ refused: refuse('handedWhen', noted.facts), id: engagementId }, { status: 400 })
}
