import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findPersonFile } from '../../../db/person.server'
import { findPledgeOf } from '../../../db/pledges.server'
import { dayOf } from '../../domain/calendar'
import { TRACKS } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { paperToSign } from '../../http/ink-paper.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { InkPaper, PaperHelp } from '../../ui/ink-paper'
import { Page } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '署名用の紙｜守秘' }]

const query = z.object({ track: z.enum(TRACKS).default('ja').catch('ja') })

/** A person's pledge towards the operator to hand out on paper. One towards an employer is the employer's to print (domain.md L24, L25). */
export const loader = guardLoader({ act: 'enterRecords', params: z.object({ engagementId: z.uuid(), assignmentId: z.uuid() }), query }, async ({ context, params: { engagementId, assignmentId }, query: { track } }) => {
  const { db, viewer, now } = context
  const today = dayOf(now)
  const person = await findPersonFile(db, engagementId, today)
  const paper = person?.name ? paperToSign(context, await findPledgeOf(db, assignmentId, engagementId, today), { furigana: viewer.furigana, track }) : undefined
  if (!person || !paper || paper.meta.addressee === 'employer') throw notFound()
  await mustBeOpen(context, engagementId, 'entries')
  const refused = paper.refused?.refused === 'nightForMinors' ? null : paper.refused
  return { engagementId, assignmentId, refused, sheet: refused ? null : paper.sheet, chosen: track }
})

export default function PersonPledgePaper() {
  const { engagementId, assignmentId, refused, sheet, chosen } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-mid">
      <Link className="back noprint" to={`/people/${engagementId}/entries`}>← 紙の記録・猶予・免除</Link>
      <h1 className="head noprint">署名用の紙</h1>
      <Refused refused={refused} />
      {sheet && (
        <>
          <PaperHelp sheet={sheet} chosen={chosen} to={(track) => `/people/${engagementId}/pledge-paper/${assignmentId}?track=${track}`}>署名した紙を受け取ったら、控えを本人に渡し、読み取って「紙の記録」から入れます。別の人が確かめて承認すると、記録になります。</PaperHelp>
          <InkPaper sheet={sheet} />
        </>
      )}
    </Page>
  )
}
