import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findPlanningFacts } from '../../../db/assignments.server'
import { listPeopleOfKinds } from '../../../db/without-template.server'
import { countRegistered } from '../../../db/unit-posts.server'
import { planningRules } from '../../content/planning-rules'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { engagementsWithoutTemplate, kindsInDoubt } from '../../domain/without-template'
import { outOf } from '../../domain/percent'
import { guardLoader } from '../../http/guard.server'
import { fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { employedAs } from '../../ui/people'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '様式なし｜守秘' }]

const PAGE = 100

/** 「様式なし」: people in force for whom no pledge of their own legal relation is at hand. Nobody is given another one instead. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ after: z.string().max(64).default('') }) }, async ({ context, query: { after } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const rules = planningRules(library, today)
  const listed = await listPeopleOfKinds(db, kindsInDoubt(rules), { after, limit: PAGE + 1, today })
  const page = listed.slice(0, PAGE)
  const without = new Set(engagementsWithoutTemplate(await findPlanningFacts(db, page.map(({ engagementId }) => engagementId), today), rules))
  return {
    today, registered: (await countRegistered(db, today)).registered, mayRead: may(viewer, 'readPeople'), people: page.filter(({ engagementId }) => without.has(engagementId)).map((person) => ({ ...person, employed: employedAs(person) })),
    next: listed.length > PAGE ? `/people/without-template?${new URLSearchParams({ after: page.at(-1)!.number })}` : null, first: after === '' ? null : '/people/without-template',
  }
})

export default function WithoutTemplate() {
  const { people, registered, today, next, first, mayRead } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={mayRead ? { to: '/people', label: '人をさがす' } : undefined} title="様式なし" lead="働き方に合う誓約書の様式がまだない方です。ほかの様式を代わりに渡すことはできません。" asOf={`基準日 ${fullDayWithWeekday(today)}`} />
      {people.length === 0 ? (
        <Notice kind="info" title={next ? 'この範囲に、様式のない方はいません' : '様式のない方はいません'}><p>在籍中とこれから加わる方の全員に、働き方に合う書面が割り当てられています。</p></Notice>
      ) : (
        <>
          <Notice kind="warn" title="次にすること"><p>法務と相談して様式を用意し、教材の管理者に公開を頼んでください。公開すると、次の計画で自動で割り当てます。それまでは、紙で受け取った書面を保管してください。</p></Notice>
          <Table className="mt-6">
            <caption>この画面に{outOf(people.length, registered)}(分母は、在籍中とこれから加わる人の全員です)</caption>
            <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>雇用形態</ColumnHead><ColumnHead>所属</ColumnHead></Row></Head>
            <Body>
              {people.map(({ engagementId, name, number, employed, unitName }) => (
                <Row key={engagementId}>
                  <RowHead>{mayRead ? <Link className="who" to={`/people/${engagementId}`}>{name ?? `従事者 ${number}`}</Link> : <span className="who">{name ?? `従事者 ${number}`}</span>}<br /><span className="who-no">{number}</span></RowHead>
                  <Cell label="雇用形態">{employed}</Cell>
                  <Cell label="所属">{unitName ?? '―'}</Cell>
                </Row>
              ))}
            </Body>
          </Table>
        </>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
    </Page>
  )
}
