import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findExistingAssignments, findPlanningFacts } from '../../../db/assignments.server'
import { findPersonFile } from '../../../db/person.server'
import { listRevisions } from '../../../db/revisions.server'
import { revisionWords } from '../../content/cause-words'
import { planningRules } from '../../content/planning-rules'
import { targetTitle } from '../../content/target-titles'
import { dayOf } from '../../domain/calendar'
import { periodWords } from '../../domain/duty-words'
import { explainAudience, type DueStep } from '../../domain/explain'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { periodOfRevision } from '../../domain/revision'
import { guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { dayWords, fullDay, fullDayWithWeekday } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { employedAs } from '../../ui/people'
import { audienceWords, GRACE_WORDS, NOT_ASKED, whenWords } from '../../ui/requirement-words'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `割当の理由(${data.person.number})｜守秘` : '守秘' }]

/** Why one person was assigned what, and why not: duties and rules, no answers. It is part of the record, and opens like it. */
export const loader = guardLoader({ act: 'readProgram', params: z.object({ engagementId: z.uuid() }) }, async ({ context, params: { engagementId } }) => {
  const { db, library, now } = context
  const today = dayOf(now)
  const person = await findPersonFile(db, engagementId, today)
  if (!person) throw notFound()
  const openedFor = await mustBeOpen(context, engagementId, 'why')
  const [[facts], existing] = await Promise.all([findPlanningFacts(db, [engagementId], today), findExistingAssignments(db, [engagementId])])
  const revisions = (await listRevisions(db)).flatMap((one) => (existing.get(engagementId) ?? []).filter(({ period }) => period === periodOfRevision(one)).map((served) => ({ one, served })))
  const explained = facts ? explainAudience(facts, existing.get(engagementId) ?? [], planningRules(library, today)) : []
  return {
    person: { engagementId, number: person.number, name: person.name, employed: employedAs(person), unit: person.unitName }, today, openedFor,
    given: revisions.map(({ one, served }) => ({ id: served.id, title: targetTitle(library, served.kind, served.slug), why: revisionWords(library, one), settledAs: served.settledAs, dueOn: served.due })),
    rules: explained.flatMap((one) => {
      const requirement = library.requirements.find(({ id, version }) => id === one.requirementId && version === one.version)
      if (!requirement) return []
      return [{
        id: requirement.id, title: requirement.title, target: targetTitle(library, requirement.target.kind, requirement.target.slug), who: audienceWords(requirement.audience), when: whenWords(requirement.when), since: one.since,
        not: 'not' in one.asked ? `${NOT_ASKED[one.asked.not]}${one.asked.not === 'otherKind' && one.asked.kind ? `(この人は${ENGAGEMENT_KINDS[one.asked.kind]})` : ''}` : null,
        opens: 'not' in one.asked ? null : one.asked.opens,
        served: one.served && { period: one.served.period, settledAs: one.served.settledAs, settledOn: one.served.settledOn, assignedOn: dayOf(one.served.createdAt) }, steps: one.dueSteps,
      }]
    }),
  }
})

function stepWords(step: DueStep, today: string): string {
  if (step.how === 'whenBack') return '休職・育休のあいだ期限は止まり、復帰すると決まります'
  const day = dayWords(step.day, today)
  if (step.how === 'rule') return `決まりの日 ${day}`
  if (step.how === 'heardLate') return `割り当てた日から${GRACE_WORDS}として ${day}`
  if (step.how === 'given') return `猶予、または質問への回答で ${day}`
  return step.how === 'leave' ? `休みのあとの${GRACE_WORDS}として ${day}` : `同じ内容のほかの決まりと合わせて ${day}`
}

const SETTLED = { completed: '終えました', declined: '説明済み・署名辞退', ended: '在籍の終わりで閉じました', exempted: '免除', withdrawn: '取り下げました' } as const

export default function Why() {
  const { person, rules, given, today, openedFor } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: `/people/${person.engagementId}`, label: `${person.name ?? `従事者 ${person.number}`}の記録` }} title="なぜ割り当てられたか" lead={[person.name, person.number, person.employed, person.unit].filter(Boolean).join('・')} asOf={`基準日 ${fullDayWithWeekday(today)}　開いた理由: ${openedFor}　本人の「わたしの記録」に残ります`} />
      <Table>
        <caption className="sr-only">受講の決まりごとの、割当の理由</caption>
        <Head><Row><ColumnHead>決まり</ColumnHead><ColumnHead>割当</ColumnHead><ColumnHead>理由</ColumnHead><ColumnHead>期限の決まり方</ColumnHead></Row></Head>
        <Body>
          {rules.map((rule) => (
            <Row key={rule.id}>
              <RowHead><b>{rule.title}</b><br /><span className="mut">{rule.target}</span></RowHead>
              <Cell label="割当">
                {rule.not !== null ? <Status mark="none">ありません</Status> : rule.served === null ? <Status mark="late">次の計画で割り当てます</Status> : <Status mark={rule.served.settledAs === null ? 'todo' : rule.served.settledAs === 'completed' ? 'done' : 'none'}>{rule.served.settledAs === null ? '割り当てています' : SETTLED[rule.served.settledAs]}</Status>}
                {rule.served !== null && <><br /><span className="mut">{periodWords(rule.served.period)}・{dayWords(rule.served.assignedOn, today)}に割当</span></>}
              </Cell>
              <Cell label="理由">{rule.not ?? <>対象です：{rule.who}<br /><span className="mut">{rule.opens !== null && `${fullDay(rule.opens)}から`}(決まりは{fullDay(rule.since)}から)</span></>}{rule.not !== null && <><br /><span className="mut">決まりの対象：{rule.who}</span></>}</Cell>
              <Cell label="期限">{rule.not !== null ? '―' : <>{rule.when}{rule.steps.length > 0 && <ol className="sml">{rule.steps.map((step) => <li key={step.how}>{stepWords(step, today)}</li>)}</ol>}</>}</Cell>
            </Row>
          ))}
        </Body>
      </Table>
      {given.length > 0 && (
        <section className="sec">
          <h2>教材の改訂による割当</h2>
          <ul>{given.map((one) => <li key={one.id}><b>{one.title}</b>　期限 {dayWords(one.dueOn, today)}・{one.settledAs === null ? '割り当てています' : SETTLED[one.settledAs]}<br /><span className="mut">{one.why}</span></li>)}</ul>
        </section>
      )}
      <p className="src">割当は、登録されている雇用形態・会社・所属とその種別・役割・取り扱う情報・期間と、教材の改訂だけで決まります。違うときは、登録の訂正を人事に頼んでください。<Link to="/program/requirements">受講の決まりの一覧</Link></p>
    </Page>
  )
}
