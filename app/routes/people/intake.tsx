import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countIntakes, listIntake } from '../../../db/intakes.server'
import { firstTrainings } from '../../content/first-duties'
import { may } from '../../domain/access'
import { dayOf, isDay } from '../../domain/calendar'
import { intakesOf, MISSING, missingOf, type IntakeFacts } from '../../domain/hiring'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../../domain/people'
import { guardLoader, notFound } from '../../http/guard.server'
import { fullDayWithWeekday } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

const PAGE = 100

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title}｜守秘` : '守秘' }]

/** The people of one intake: what each has, and what is missing. */
export const loader = guardLoader(
  { act: 'manageRoster', query: z.object({ day: z.string().refine(isDay), company: z.uuid(), kind: z.enum(Object.keys(ENGAGEMENT_KINDS) as [EngagementKind, ...EngagementKind[]]), after: z.string().max(64).catch('').default('') }) },
  async ({ context: { db, library, now, viewer }, query }) => {
    const today = dayOf(now)
    const firstDay = query.day
    const duties = { slugs: firstTrainings(library, today) }
    const key = { firstDay, companyId: query.company, kind: query.kind }
    const [intake] = intakesOf((await countIntakes(db, { from: firstDay, to: firstDay }, duties, { today, now })).filter(({ companyId, kind }) => companyId === query.company && kind === query.kind), today)
    if (!intake) throw notFound()
    const listed = await listIntake(db, key, duties, { after: query.after, limit: PAGE + 1, today, now })
    const link = (after: string) => `/people/hiring/intake?${new URLSearchParams({ day: firstDay, company: query.company, kind: query.kind, ...(after && { after }) })}`
    const page = listed.slice(0, PAGE)
    return {
      today, intake, firstDay, title: `${fullDayWithWeekday(firstDay)}の${ENGAGEMENT_KINDS[query.kind]}`, mayTake: may(viewer, 'takeDossiers'), relation: page[0]?.relation ?? null,
      people: page.map((one) => ({ ...one, missing: missingOf(one.facts, firstDay, today) })),
      next: listed.length > PAGE ? link(page.at(-1)!.number) : null, first: query.after === '' ? null : link(''),
    }
  },
)

/** One thing that is asked: open, done or not asked at all. */
function Asked({ asked, open, begun, words }: { asked: boolean; open: boolean; begun: boolean; words: { open: string; done: string } }) {
  if (!asked) return <Status mark="none">対象外</Status>
  return open ? <Status mark={begun ? 'late' : 'todo'}>{begun ? words.open : '最初の日から'}</Status> : <Status mark="done">{words.done}</Status>
}

const SignIn = ({ facts }: { facts: IntakeFacts }) => (facts.started ? <Status mark="done">はじめている</Status> : facts.told ? <Status mark="wait">利用票・案内あり</Status> : <Status mark="todo">まだ渡していない</Status>)

export default function IntakePage() {
  const { today, intake, firstDay, title, people, next, first, relation, mayTake } = useLoaderData<typeof loader>()
  const begun = firstDay <= today
  return (
    <Page>
      <PageHead back={{ to: '/people/hiring', label: '入社・受入' }} title={title} lead={intake.companyName} asOf={`基準日 ${fullDayWithWeekday(today)}　そろっている人 ${intake.ready}/${intake.people}人`} />
      <div className="acts mt-0 mb-6">
        {relation !== 'contract' && <Link className="btn btn-sm" to="/people/slips">利用票を発行する・案内を送る</Link>}
        {mayTake && <Link className="btn btn-sm" to={`/people/dossiers?${new URLSearchParams({ day: firstDay, company: intake.companyId, kind: intake.kind })}`}>記録一式を受け取る</Link>}
      </div>
      <Table>
        <caption className="sr-only">この日から働く人</caption>
        <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>所属</ColumnHead><ColumnHead>サインイン</ColumnHead><ColumnHead>はじめの研修</ColumnHead><ColumnHead>誓約</ColumnHead><ColumnHead>足りないもの</ColumnHead></Row></Head>
        <Body>
          {people.map((one) => (
            <Row key={one.engagementId}>
              <RowHead><Link className="who" to={`/people/${one.engagementId}`}>{one.name ?? `従事者 ${one.number}`}</Link><br /><span className="who-no">{one.name !== null && `${one.number}・`}{ENGAGEMENT_KINDS[one.kind]}</span></RowHead>
              <Cell label="所属">{one.unitName ?? '―'}</Cell>
              <Cell label="サインイン"><SignIn facts={one.facts} /></Cell>
              <Cell label="研修"><Asked asked={one.facts.trainingAsked} open={one.facts.trainingOpen} begun={begun} words={{ open: 'まだ', done: '修了' }} /></Cell>
              <Cell label="誓約"><Asked asked={one.facts.pledgeAsked} open={one.facts.pledgeOpen} begun={begun} words={{ open: one.relation === 'own' || one.relation === 'sole' ? '未署名' : '証明待ち', done: one.relation === 'own' || one.relation === 'sole' ? '済み' : '証明あり' }} /></Cell>
              <Cell label="足りない">{one.missing.length === 0 ? 'なし' : one.missing.map((missing) => MISSING[missing]).join('、')}</Cell>
            </Row>
          ))}
        </Body>
      </Table>
      <Pager next={next} first={first} label={`${PAGE}人`} />
      {relation === 'contract' && <p className="src">委託先の方の利用票は、雇い主の会社側担当者が発行して本人に渡します。こちらから本人へ直接の連絡はしません。</p>}
    </Page>
  )
}
