import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { textBlocksOf, textFileOf } from '../../domain/pledge-text'
import { download } from '../../http/download.server'
import { guardLoader } from '../../http/guard.server'
import { openOwnPledge } from '../../http/own-pledge.server'
import { fullDay } from '../../ui/format'

const params = z.object({ assignmentId: z.string().max(64) })

/** The whole text as a file, to be read at home before deciding (domain.md §5.1). */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { assignmentId } }) => {
  const { own, pledge, refused } = await openOwnPledge(context, assignmentId)
  if (refused) throw redirect(`/pledges/${own.id}/pages/1`)
  const { title, version, asOf } = pledge.version.meta
  const text = textFileOf(`${title} 第${version}版`, [`差入先：${pledge.addresseeName}`, `この誓約書の法令は${fullDay(asOf)}時点です。`], pledge.pages.map(({ plain }) => textBlocksOf(plain.title, plain.html)))
  return download(new TextEncoder().encode(`\ufeff${text}`), { name: `${title} 第${version}版.txt`, plainName: `${own.target_slug}_${version}.txt`, type: 'text/plain; charset=utf-8' })
})
