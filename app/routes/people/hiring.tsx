import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { countIntakes } from '../../../db/intakes.server'
import { firstTrainings } from '../../content/first-duties'
import { addDays, dayOf, daysBetween } from '../../domain/calendar'
import { INTAKE_DAYS, intakesOf, MISSING, type Missing } from '../../domain/hiring'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { fullDayWithWeekday, shortDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '入社・受入｜守秘' }]

/** Who begins, by first day, company and 雇用形態, and how many of them have all that they need. */
export const loader = guardLoader({ act: 'manageRoster' }, async ({ context: { db, library, now } }) => {
  const today = dayOf(now)
  const rows = await countIntakes(db, { from: addDays(today, -INTAKE_DAYS.back), to: addDays(today, INTAKE_DAYS.ahead) }, { slugs: firstTrainings(library, today) }, { today, now })
  const intakes = intakesOf(rows, today)
  return { today, intakes, people: intakes.reduce((sum, { people }) => sum + people, 0), ready: intakes.reduce((sum, { ready }) => sum + ready, 0) }
})

export default function Hiring() {
  const { today, intakes, people, ready } = useLoaderData<typeof loader>()
  const known = [...new Set(intakes.map(({ firstDay }) => firstDay))]
  // who is still to come first, then who came last
  const days = [...known.filter((day) => day >= today), ...known.filter((day) => day < today).reverse()]
  return (
    <Page>
      <PageHead title="入社・受入" lead="最初の日までにそろえることを、日ごとにまとめています。" asOf={`基準日 ${fullDayWithWeekday(today)}　${INTAKE_DAYS.back}日前から${INTAKE_DAYS.ahead}日先まで　そろっている人 ${ready}/${people}人`} />
      {intakes.length === 0 ? (
        <Notice kind="info" title="この期間に、入社・受入の人はいません"><p>名簿の取込か「1人を追加する」で、在籍開始日が{INTAKE_DAYS.ahead}日先までの人を登録すると、ここに出ます。</p><div className="acts"><Link className="btn btn-sm" to="/people/import">名簿を取り込む</Link></div></Notice>
      ) : (
        <Table>
          <caption className="sr-only">入社・受入の人数と、そろっている人数</caption>
          <Head><Row><ColumnHead>会社・雇用形態</ColumnHead><ColumnHead>人数</ColumnHead><ColumnHead>そろっている人</ColumnHead><ColumnHead>足りないもの</ColumnHead></Row></Head>
          {days.map((day) => (
            <Body key={day}>
              <Row className="grp"><RowHead group colSpan={4}>{shortDay(day, today)}　{day === today ? '今日' : day > today ? `あと${daysBetween(today, day)}日` : `${daysBetween(day, today)}日前から`}</RowHead></Row>
              {intakes.filter(({ firstDay }) => firstDay === day).map((intake) => (
                <Row key={`${intake.companyId} ${intake.kind}`}>
                  <RowHead><Link to={`/people/hiring/intake?${new URLSearchParams({ day, company: intake.companyId, kind: intake.kind })}`}><b>{ENGAGEMENT_KINDS[intake.kind as EngagementKind]}</b></Link><br /><span className="mut">{intake.companyName}</span></RowHead>
                  <Cell label="人数">{intake.people}人</Cell>
                  <Cell label="そろっている"><Status mark={intake.ready === intake.people ? 'done' : intake.firstDay < today ? 'late' : 'todo'}>{intake.ready}/{intake.people}人</Status></Cell>
                  <Cell label="足りない">{(Object.keys(intake.missing) as Missing[]).length === 0 ? 'なし' : (Object.keys(MISSING) as Missing[]).filter((one) => intake.missing[one]).map((one) => `${MISSING[one]} ${intake.missing[one]}人`).join('、')}</Cell>
                </Row>
              ))}
            </Body>
          ))}
        </Table>
      )}
      <p className="src">最初の日より前に数えるのは、名簿の所属と上長、働き方に合う誓約書の様式、利用票か案内です(利用票は、最初の日の30日前から発行できます)。研修と誓約は、本人がサインインできる最初の日から数えます。委託先の方の利用票は、雇い主の会社側担当者が渡します。</p>
    </Page>
  )
}
