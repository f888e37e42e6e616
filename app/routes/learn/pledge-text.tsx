import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { findOwnPledge } from '../../../db/pledges.server'
import { readablePledge } from '../../content/readable-pledge.server'
import { dayOf } from '../../domain/calendar'
import { refusalToRead } from '../../domain/pledge'
import { textBlocksOf, textFileOf } from '../../domain/pledge-text'
import { download } from '../../http/download.server'
import { guardLoader, notFound } from '../../http/guard.server'
import { fullDay } from '../../ui/format'

const params = z.object({ assignmentId: z.string().max(64) })

/** The whole text as a file, to be read at home before deciding (domain.md §5.1). */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { assignmentId } }) => {
  const { viewer, db, library, now } = context
  const own = await findOwnPledge(db, assignmentId, viewer.personId, dayOf(now))
  const pledge = own?.kind ? readablePledge(library, own.target_slug, { kind: own.kind, employerName: own.company_name ?? '' }) : undefined
  if (!pledge) throw notFound()
  if (refusalToRead(pledge.version.meta, { kind: own!.kind!, under18Until: own!.under18_until ?? '' }, now)) throw redirect(`/pledges/${own!.id}/pages/1`)
  const { title, version, asOf } = pledge.version.meta
  const text = textFileOf(`${title} 第${version}版`, [`差入先：${pledge.addresseeName}`, `この誓約書の法令は${fullDay(asOf)}時点です。`], pledge.pages.map(({ plain }) => textBlocksOf(plain.title, plain.html)))
  return download(new TextEncoder().encode(`\ufeff${text}`), { name: `${title} 第${version}版.txt`, plainName: `${own!.target_slug}_${version}.txt`, type: 'text/plain; charset=utf-8' })
})
