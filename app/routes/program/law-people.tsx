import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countTaughtOld, listTaughtOld } from '../../../db/library.server'
import { hangings, taughtBefore } from '../../content/law-register.server'
import { dayOf } from '../../domain/calendar'
import { groupedBy } from '../../domain/grouped'
import { ENGAGEMENT_KINDS, isWorkforce, type EngagementKind } from '../../domain/people'
import { outOf } from '../../domain/percent'
import { guardLoader, notFound } from '../../http/guard.server'
import { Who } from '../../ui/facts'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `前の文で学んだ人｜${data?.title ?? '法令'}｜守秘` }]

const PAGE = 50

/** Who completed a text that tells a law as it was before a change, and none that tells it as it is since. */
export const loader = guardLoader({ act: 'readProgram', params: z.object({ lawId: z.string().max(64) }), query: z.object({ on: z.string().max(10), after: z.string().max(80).catch('').default('') }) }, async ({ context: { db, library, now }, params: { lawId }, query: { on, after } }) => {
  const law = library.laws.get(lawId)
  const change = law?.changes.find((one) => one.on === on)
  if (!law || !change) throw notFound()
  const today = dayOf(now)
  const { old, since } = taughtBefore((await hangings(library)).filter(({ laws }) => laws.includes(lawId)), change)
  const [counted, listed] = await Promise.all([countTaughtOld(db, old, since, today), listTaughtOld(db, old, since, { after, limit: PAGE + 1, today })])
  const link = (key: string) => `/program/laws/${lawId}/people?${new URLSearchParams({ on, ...(key && { after: key }) })}`
  const sum = (rows: typeof counted) => rows.reduce((all, { people, of }) => ({ people: all.people + people, of: all.of + of }), { people: 0, of: 0 })
  const own = counted.filter(({ kind }) => isWorkforce(kind))
  const grouped = <K extends string>(rows: typeof counted, keyOf: (row: (typeof counted)[number]) => K) => [...groupedBy(rows, keyOf)].map(([name, of]) => ({ name, ...sum(of) })).filter(({ people }) => people > 0)
  return {
    title: law.title, lawId, on, what: change.what, today, workforce: sum(own), companies: sum(counted.filter(({ kind }) => !isWorkforce(kind))),
    byKind: grouped(own, ({ kind }) => kind).map(({ name, ...row }) => ({ name: ENGAGEMENT_KINDS[name as EngagementKind], ...row })), byUnit: grouped(own, ({ unit }) => unit ?? '所属なし'), byCompany: grouped(counted.filter(({ kind }) => !isWorkforce(kind)), ({ company }) => company),
    people: listed.slice(0, PAGE).map(({ key: _key, ...one }) => one), next: listed.length > PAGE ? link(listed[PAGE - 1]!.key) : null, first: after === '' ? null : link(''),
  }
})

export default function TaughtOldText() {
  const { title, lawId, on, what, today, workforce, companies, byKind, byUnit, byCompany, people, next, first } = useLoaderData<typeof loader>()
  const back = { to: `/program/laws/${lawId}`, label: title }
  return (
    <Page>
      <PageHead back={back} title={`前の文で学んだ人 ${outOf(workforce.people, workforce.of)}`} lead={`${fullDay(on)}の改正：${what}`} asOf={`基準日 ${fullDayWithWeekday(today)}　従業者だけの数で、分母は在籍中とこれから加わる人の全員です。委託先は別の欄に出ます`} />
      {workforce.people + companies.people === 0 ? <Notice kind="info" title="前の文で学んだ人はいません"><p>在籍中の人は、新しい文の教材を終えたか、この法令の教材をまだ終えていません。</p></Notice> : (
        <>
          <div className="cols cols-even">
            <Counts caption="雇用形態ごと" of="雇用形態" rows={byKind} />
            <Counts caption="部署ごと" of="部署" rows={byUnit} />
          </div>
          {byCompany.length > 0 && <Counts caption={`委託先・個人受託者(報告ベース) ${outOf(companies.people, companies.of)}`} of="会社" rows={byCompany} />}
          <section className="sec">
            <h2>一覧</h2>
            <Table>
              <caption className="sr-only">前の文で学んだ人</caption>
              <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>所属・会社</ColumnHead></Row></Head>
              <Body>
                {people.map((one) => (
                  <Row key={one.engagementId}>
                    <RowHead>{one.name === null ? <Who name={`従事者 ${one.number}`} number={one.number} kind={ENGAGEMENT_KINDS[one.kind]} /> : <Who name={one.name} number={one.number} kind={ENGAGEMENT_KINDS[one.kind]}><Link className="who" to={`/people/${one.engagementId}`}>{one.name}</Link></Who>}</RowHead>
                    <Cell label="所属・会社">{[one.isElsewhere ? one.company : null, one.unit].filter(Boolean).join('・') || '―'}</Cell>
                  </Row>
                ))}
              </Body>
            </Table>
            <Pager next={next} first={first} label={`${PAGE}人`} />
          </section>
        </>
      )}
    </Page>
  )
}

function Counts({ caption, of, rows }: { caption: string; of: string; rows: readonly { name: string; people: number; of: number }[] }) {
  return (
    <Table>
      <caption>{caption}</caption>
      <Head><Row><ColumnHead>{of}</ColumnHead><ColumnHead className="num">人数</ColumnHead></Row></Head>
      <Body>{rows.map(({ name, people, of: all }) => <Row key={name}><RowHead>{name}</RowHead><Cell label="人数" className="num">{outOf(people, all)}</Cell></Row>)}</Body>
    </Table>
  )
}
