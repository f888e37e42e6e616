import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findCompanyPerson } from '../../../db/company-person.server'
import { findPledgeOf } from '../../../db/pledges.server'
import { companiesOf } from '../../commands/ask-approval.server'
import { reachOf } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { TRACKS } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { paperToSign } from '../../http/ink-paper.server'
import { InkPaper, PaperHelp } from '../../ui/ink-paper'
import { Page } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '署名用の紙｜守秘' }]

const query = z.object({ track: z.enum(TRACKS).default('ja').catch('ja') })

/** The pledge of one's own employee to hand out on paper: only the employer itself prints what is promised to it. */
export const loader = guardLoader({ act: 'runCompany', params: z.object({ engagementId: z.uuid(), assignmentId: z.uuid() }), query }, async ({ context, params: { engagementId, assignmentId }, query: { track } }) => {
  const { db, viewer, now } = context
  const today = dayOf(now)
  const person = await findCompanyPerson(db, await companiesOf(context), engagementId, today)
  const reach = reachOf(viewer, 'runCompany')
  const employs = person !== undefined && !reach.all && reach.companyIds.includes(person.companyId)
  const paper = employs ? paperToSign(context, await findPledgeOf(db, assignmentId, engagementId, today), { furigana: viewer.furigana, track }) : undefined
  if (!paper || paper.meta.addressee === 'operator') throw notFound()
  const refused = paper.refused?.refused === 'nightForMinors' ? null : paper.refused
  return { engagementId, assignmentId, refused, sheet: refused ? null : paper.sheet, chosen: track }
})

export default function CompanyPledgePaper() {
  const { engagementId, assignmentId, refused, sheet, chosen } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-mid">
      <Link className="back noprint" to={`/company/people/${engagementId}`}>← 本人の状況</Link>
      <h1 className="head noprint">署名用の紙</h1>
      <Refused refused={refused} />
      {sheet && (
        <>
          <PaperHelp sheet={sheet} chosen={chosen} to={(track) => `/company/people/${engagementId}/pledge-paper/${assignmentId}?track=${track}`}>署名した紙は、あなたの会社が保管し、控えを本人に渡します。受け取った日を「誓約取得証明」に入れると、完了になります。</PaperHelp>
          <InkPaper sheet={sheet} />
        </>
      )}
    </Page>
  )
}
