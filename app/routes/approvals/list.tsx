import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listApprovals } from '../../../db/approval-list.server'
import { listApprovalEvents } from '../../../db/approvals.server'
import { listActors } from '../../../db/actors.server'
import { targetTitle } from '../../content/target-titles'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { actorWords, approvalsSeenBy } from '../../http/approvals-seen.server'
import { guardLoader } from '../../http/guard.server'
import { ApprovalTable, whatIsAsked } from '../../ui/approval'
import { fullDayWithWeekday, instantWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'

export const meta: MetaFunction = () => [{ title: '申請｜守秘' }]

const PAGE = 30
const VIEWS = { waiting: '承認を待っている', decided: '決まった' } as const
const SENT = {
  asked: ['申請しました', '承認されるまで、期限も記録も変わりません。結果はこの画面に出ます。'],
  class: ['集合研修の記録を申請しました', '別の人が確かめて承認すると、全員の修了として記録します。'],
  decided: ['決めました', '申請した人に知らせます。'],
  withdrawn: ['申請を取り下げました', '何も変わっていません。'],
  deferred: ['期限を延ばしました', '理由と対象は記録に残りました。'],
} as const
const query = z.object({ view: z.enum(['waiting', 'decided']).catch('waiting').default('waiting'), after: z.string().max(64).default(''), sent: z.enum(['asked', 'class', 'decided', 'withdrawn', 'deferred']).optional().catch(undefined) })

/** What was asked and what became of it: all for those who decide or audit, one's own for the others. */
export const loader = guardLoader({ act: 'readApprovals', query }, async ({ context, query: { view, after, sent } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const seen = await approvalsSeenBy(context)
  const listed = await listApprovals(db, seen, view, { after, limit: PAGE + 1, today })
  const page = listed.slice(0, PAGE)
  const actors = await listActors(db, page.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy]), today)
  const voided = new Set((await listApprovalEvents(db, page.flatMap(({ outcome, assignmentId }) => (outcome === 'accepted' || outcome === 'partly' ? [assignmentId] : [])))).flatMap(({ kind, refs }) => (kind === 'void' && refs.request ? [refs.request] : [])))
  const by = (account: string | null) => (account && actors.has(account) ? actorWords(actors.get(account)!, seen) : '')
  return {
    view, today, sent: sent ?? null, mayDecide: may(viewer, 'decideApprovals'), mayAudit: may(viewer, 'readAudit'), mayEnter: may(viewer, 'enterRecords'), mayDeferUnits: may(viewer, 'deferUnits'),
    rows: page.map((one) => ({
      id: one.id, kind: one.kind, askedAs: one.askedAs, outcome: one.outcome, voided: voided.has(one.id), together: one.together, others: may(viewer, 'decideApprovals') && one.outcome === null && (one.askedBy === viewer.accountId || one.personId === viewer.personId), name: one.name, number: one.number, period: one.period,
      employed: ENGAGEMENT_KINDS[one.personKind], company: one.relation === 'own' ? '' : one.companyName, title: targetTitle(library, one.targetKind, one.slug), what: whatIsAsked(one, today),
      asked: `${by(one.askedBy)} ${instantWords(one.askedAt, today)}`.trim(), decided: one.decidedAt === null ? null : `${one.outcome === 'withdrawn' ? '' : by(one.decidedBy)} ${instantWords(one.decidedAt, today)}`.trim(),
    })),
    next: listed.length > PAGE ? `/approvals?view=${view}&after=${page.at(-1)!.id}` : null, first: after === '' ? null : `/approvals?view=${view}`,
  }
})

export default function Approvals() {
  const { view, today, sent, mayDecide, mayAudit, mayEnter, mayDeferUnits, rows, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      {sent && <Notice kind="ok" title={SENT[sent][0]}><p>{SENT[sent][1]}</p></Notice>}
      <PageHead title="申請" lead={mayDecide ? '猶予・免除と、紙・集合研修などの記録を、申請した人とは別の人が確かめて決めます。' : mayAudit ? '猶予・免除と、紙・集合研修などの記録の申請の全体です。だれが申請し、だれが決めたかを読めます。' : 'あなたが出した猶予・免除などの申請と、その結果です。承認されるまで、期限も記録も変わりません。'} />
      {(mayEnter || mayDeferUnits) && (
        <div className="acts">
          {mayEnter && <Link className="btn btn-sm" to="/people/class">集合研修の記録を入力する</Link>}
          {mayDeferUnits && <Link className="btn btn-sm" to="/approvals/unit">災害などで、部署の期限をまとめて延ばす</Link>}
        </div>
      )}
      <nav className="tabs mt-6" aria-label="申請の種類">{(Object.keys(VIEWS) as (keyof typeof VIEWS)[]).map((one) => <Link key={one} to={`/approvals?view=${one}`} aria-current={one === view ? 'page' : undefined}>{VIEWS[one]}</Link>)}</nav>
      <div className="mt-6">
        {rows.length > 0 ? <ApprovalTable rows={rows} caption={`基準日 ${fullDayWithWeekday(today)}　${view === 'waiting' ? '古い順' : '新しい順'}`} />
          : view === 'waiting' ? <Notice kind="info" title="承認を待っている申請はありません"><p>{mayDecide ? '上長・会社側担当者・人事が申請すると、ここに出ます。' : mayAudit ? '承認を待つ申請があると、ここに出ます。' : '猶予・免除の申請は、人のページからできます。'}</p></Notice>
          : <Notice kind="info" title="決まった申請は、まだありません"><p>承認・差し戻し・取下げになったものが、ここに残ります。</p></Notice>}
        <Pager next={next} first={first} label={`${30}件`} />
      </div>
    </Page>
  )
}
