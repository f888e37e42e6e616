import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listActors } from '../../../db/actors.server'
import { listExceptions } from '../../../db/approval-list.server'
import { listDutiesThen, listGrantsThen } from '../../../db/audit-day.server'
import { findPersonFile, listBesideFacts } from '../../../db/person.server'
import { listReminders } from '../../../db/team.server'
import { requestEvents } from '../../content/request-events.server'
import { targetTitle } from '../../content/target-titles'
import { addDays, dayOf, isDay, OPEN_DAY, OPEN_INSTANT, startOf } from '../../domain/calendar'
import { mayShowDetail } from '../../domain/disclosure'
import { periodWords } from '../../domain/duty-words'
import { CATEGORIES, ENGAGEMENT_KINDS, ROLES, whoWords } from '../../domain/people'
import { standingOf } from '../../domain/standing'
import { guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { DutiesThen } from '../../ui/day-record'
import { EXCEPTION_WORDS } from '../../ui/approval'
import { Facts } from '../../ui/facts'
import { fullDay, fullDayWithWeekday, instantWords, shortDay, timeWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { employedAs } from '../../ui/people'
import { Timeline, type PersonEvent } from '../../ui/person-records'
import { LEAVE_REASONS } from '../../ui/roster-words'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.heading}(${data.number}・${data.kind}) ${fullDay(data.day)}の姿｜守秘` : '守秘' }]

const MOST_DUTIES = 200
const MOST_EVENTS = 60

/** One person on one day: what the person might handle, had learned, had promised, and who had asked for what (domain.md A39). */
export const loader = guardLoader({ act: 'readAudit', params: z.object({ engagementId: z.uuid() }), query: z.object({ on: z.string().max(10).catch('').default('') }) }, async ({ context, params: { engagementId }, query }) => {
  const { db, library, now } = context
  const today = dayOf(now)
  const day = isDay(query.on) && query.on <= today ? query.on : today
  const end = day === today ? now + 1 : startOf(addDays(day, 1))
  const [person, then] = await Promise.all([findPersonFile(db, engagementId, today), findPersonFile(db, engagementId, day)])
  if (!person || !then) throw notFound()
  const openedFor = await mustBeOpen(context, engagementId, 'day', day === today ? '' : day)
  const named = person.name !== null
  const detail = mayShowDetail(person.relation)
  const [beside, duties, reminders, exceptions, grants] = await Promise.all([
    listBesideFacts(db, engagementId, day), listDutiesThen(db, engagementId, end, MOST_DUTIES), detail ? listReminders(db, engagementId, MOST_EVENTS, end) : [],
    listExceptions(db, engagementId, MOST_EVENTS, end), detail ? listGrantsThen(db, engagementId, end, MOST_EVENTS) : [],
  ])
  const actors = await listActors(db, [...reminders.map(({ by }) => by), ...grants.map(({ granted_by: by }) => by), ...exceptions.map(({ approved_by: by }) => by)], today)
  const byWhom = (account: string | null) => { const actor = account === null ? undefined : actors.get(account); return actor ? whoWords({ ...actor, name: actor.shownName }) : '担当者' }
  const titleOf = (kind: string, slug: string) => targetTitle(library, kind, slug)
  const isHere = then.validFrom <= day && day < then.validTo
  const onDay = <F extends { from: string; to: string }>(facts: readonly F[]) => facts.filter(({ from, to }) => from <= day && day < to)
  const leave = onDay(beside.leave)[0]
  const state = { onLeave: leave !== undefined, ended: then.validTo <= day }
  const events: PersonEvent[] = [
    ...requestEvents(reminders, today, byWhom, (id) => duties.filter((one) => one.id === id).map(({ kind, slug }) => titleOf(kind, slug)).join('')),
    ...exceptions.map((one): PersonEvent => ({ at: one.at, what: EXCEPTION_WORDS[one.kind] ?? '承認', text: `${one.approved_by === null ? '' : `${byWhom(one.approved_by)}が承認　`}${titleOf(one.target_kind, one.target_slug)}(${periodWords(one.period)})${one.new_due_on === null ? '' : ` 期限 ${shortDay(one.new_due_on, day)}`}`, byHand: true })),
    ...grants.map((one): PersonEvent => ({ at: one.at, what: '受講の時間', text: `${byWhom(one.granted_by)}が用意 ${instantWords(one.starts_at, day)}から${timeWords(one.ends_at)}まで　${titleOf(one.target_kind, one.target_slug)}`, byHand: true })),
  ].sort((a, b) => b.at - a.at)
  const rows = duties.map((one) => ({
    id: one.id, isTraining: one.kind === 'module', title: titleOf(one.kind, one.slug), period: periodWords(one.period), dueOn: one.dueOn,
    settledOn: one.settledAt === OPEN_INSTANT || one.settledAs === 'ended' ? null : dayOf(one.settledAt), version: one.completion?.version ?? one.act?.version ?? one.certificate?.version ?? null,
    minutes: detail ? (one.completion?.minutes ?? null) : null, receipt: one.act?.receipt ?? one.certificate?.receipt ?? null, typed: named && one.act?.outcome === 'signed' ? one.act.nameTyped : null, standing: standingOf(one, state, day),
  }))
  return {
    engagementId, day, today, isHere, isPast: day < today, heading: named ? (then.name ?? person.name!) : `従事者 ${person.number}`, number: person.number, kind: employedAs(then), relation: then.relation, openedFor,
    asked: rows.filter(({ isTraining, standing }) => isTraining && standing.mark !== 'none').length, finished: rows.filter(({ isTraining, standing }) => isTraining && ['done', 'donelate'].includes(standing.mark)).length,
    facts: {
      service: then.validFrom > day ? `${fullDay(then.validFrom)}に始まる前` : !isHere ? `${fullDay(addDays(then.validTo, -1))}に終わった後` : `${fullDay(then.validFrom)}から${then.validTo === OPEN_DAY ? '' : ` ${fullDay(addDays(then.validTo, -1))}まで`}`,
      unit: then.unitName, supervisor: then.supervisorNumber && `${then.supervisorName ?? '従事者'}(${then.supervisorNumber}${then.supervisorKind === null ? '' : `・${ENGAGEMENT_KINDS[then.supervisorKind]}`})`, handling: isHere ? onDay(beside.handling) : [], roles: isHere ? onDay(beside.roles) : [],
      leave: leave ? `${LEAVE_REASONS[leave.reasonCode as keyof typeof LEAVE_REASONS] ?? '休職'}(${fullDay(leave.from)}から)` : null,
    },
    rows, events, detail, cut: duties.length === MOST_DUTIES || reminders.length === MOST_EVENTS,
  }
})

export default function PersonOnDay() {
  const { engagementId, day, today, isHere, isPast, heading, number, kind, relation, openedFor, asked, finished, facts, rows, events, detail, cut } = useLoaderData<typeof loader>()
  const promises = rows.filter(({ isTraining }) => !isTraining)
  return (
    <Page>
      <PageHead back={{ to: `/audit/records?number=${encodeURIComponent(number)}`, label: '証跡' }} title={`${heading}　${fullDay(day)}の姿`} lead={[number, kind].join('・')} asOf={<>基準日 {fullDayWithWeekday(day)}　{isPast ? 'その日の終わりの姿を、いま分かっている事実から示しています' : 'いまの姿です'}　<span className="nw">開いた理由: {openedFor}</span></>} />
      <Form className="filter pt-0">
        <div className="field"><label className="label" htmlFor="on">基準日</label><input className="in" type="date" id="on" name="on" defaultValue={day} max={today} key={day} /></div>
        <button className="btn btn-sm">この日の姿を見る</button>
      </Form>
      <section className="sec">
        <h2>許されていたこと</h2>
        <Facts facts={[
          ['在籍', facts.service], ['所属', facts.unit], ['上長', facts.supervisor], ['休職・育休', facts.leave],
          ['取り扱う情報', !isHere ? 'その日は在籍していません' : facts.handling.length === 0 ? '登録なし' : <ul>{facts.handling.map((one) => <li key={`${one.category}${one.system}${one.purpose}`}>{CATEGORIES[one.category]}{(one.system || one.purpose) && <span className="mut">　{one.system}{one.purpose && `(${one.purpose})`}</span>}　<span className="mut">{fullDay(one.from)}から</span></li>)}</ul>],
          ['役割', facts.roles.length === 0 ? 'なし' : <ul>{facts.roles.map((one) => <li key={`${one.role}${one.scope}${one.from}`}>{ROLES[one.role]}({one.scope || '全体'})　<span className="mut">{fullDay(one.from)}から</span></li>)}</ul>],
        ]} />
      </section>
      <section className="sec">
        <h2>学んだこと {finished}/{asked}件</h2>
        <DutiesThen rows={rows.filter(({ isTraining }) => isTraining)} day={day} relation={relation} what="研修" />
        {!detail && <p className="sml mut mt-3">委託先で働く方について見られるのは、状態と誓約取得証明だけです。学習時間とテスト、会社からの依頼の記録は、雇い主が管理します。</p>}
      </section>
      <section className="sec">
        <h2>約束したこと</h2>
        <DutiesThen rows={promises} day={day} relation={relation} what="誓約" />
      </section>
      <section className="sec">
        <h2>その日までに頼まれたこと、認められたこと</h2>
        {events.length === 0 ? <p>依頼・猶予・免除・受講の時間の記録は、その日まではありません。</p> : <Timeline events={events} today={day} />}
        {cut && <p className="sml mut">新しいものから{MOST_EVENTS}件までを示しています。</p>}
      </section>
      <section className="sec noprint">
        <h2>もとの記録</h2>
        <ul>
          <li><Link to={`/audit/records?of=${engagementId}`}>この人の証跡</Link></li>
          <li><Link to={`/audit/changes?number=${encodeURIComponent(number)}`}>この人について変わったこと</Link></li>
          <li><Link to={`/audit/access?number=${encodeURIComponent(number)}`}>この人の記録を見た人</Link></li>
          <li><Link to={`/people/${engagementId}`}>いまの記録と、記録一式の受け取り</Link></li>
        </ul>
      </section>
    </Page>
  )
}
