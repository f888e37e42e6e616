import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listRolesOn } from '../../../db/appointments.server'
import { addDays, dayOf, isDay, OPEN_DAY } from '../../domain/calendar'
import { ENGAGEMENT_KINDS, ROLES, type Role } from '../../domain/people'
import { actorWords, addressOf, askedPerson } from '../../http/audit.server'
import { guardLoader } from '../../http/guard.server'
import { AuditFilter } from '../../ui/audit-filter'
import { Who } from '../../ui/facts'
import { fullDay, fullDayWithWeekday, fullInstant } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: 'その日の役割｜守秘' }]

const PAGE = 50
const roles = Object.keys(ROLES) as [Role, ...Role[]]
const text = (most: number) => z.string().trim().max(most).catch('').default('')

/** Who held which role on a day, as known now, and who decided it when. */
export const loader = guardLoader({ act: 'readAudit', query: z.object({ on: text(10), number: text(64), role: z.enum(roles).or(z.literal('')).catch('').default(''), after: text(120) }) }, async ({ context: { db, now }, query }) => {
  const today = dayOf(now)
  const day = isDay(query.on) ? query.on : today
  const person = await askedPerson(db, query.number)
  const [number, id] = query.after.split('~')
  const listed = await listRolesOn(db, { day, engagementIds: person.engagementIds, role: query.role || null }, { after: number && id ? { number, id } : null, today, limit: PAGE + 1 })
  const page = listed.slice(0, PAGE)
  const who = await actorWords(db, page.map(({ decidedBy }) => ({ account: decidedBy, system: '' })), today)
  const link = (after: string) => addressOf('/audit/roles', { on: day === today ? '' : day, number: person.number, role: query.role, after })
  const last = page.at(-1)
  return {
    day, today, number: person.number, role: query.role, unknown: person.isUnknown,
    held: page.map((one) => ({ id: one.id, engagementId: one.engagementId, number: one.number, name: one.name, kind: ENGAGEMENT_KINDS[one.kind], role: one.role, scope: one.scopeName, from: one.validFrom, lastDay: one.validTo === OPEN_DAY ? null : addDays(one.validTo, -1), decidedAt: one.decidedAt, decidedBy: one.decidedBy === null ? 'しくみ、またはサーバーでの操作' : who({ account: one.decidedBy, system: '' }) })),
    next: listed.length > PAGE && last ? link(`${last.number}~${last.id}`) : null, first: query.after === '' ? null : link(''),
  }
})

export default function RolesOnDay() {
  const { day, today, number, role, unknown, held, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/audit', label: '監査' }} title={day === today ? '今日の役割' : `${fullDay(day)}の役割`} lead="その日に役割に就いていた人を、いま分かっている事実から並べています。上長は、名簿の上長番号で決まります。" asOf={`基準日 ${fullDayWithWeekday(day)}`} />
      <AuditFilter list="/audit/roles" number={number}>
        <div className="field"><label className="label" htmlFor="on">基準日</label><input className="in" type="date" id="on" name="on" defaultValue={day} key={day} /></div>
        <div className="field"><label className="label" htmlFor="role">役割</label><select className="in" id="role" name="role" defaultValue={role} key={role}><option value="">すべて</option>{Object.entries(ROLES).map(([code, words]) => <option key={code} value={code}>{words}</option>)}</select></div>
      </AuditFilter>
      {held.length === 0 ? <Notice kind="info" title={unknown ? `従事者番号「${number}」の人はいません` : 'その日に当てはまる役割はありません'}><p>基準日を変えるか、人と役割を空にすると、さがせます。</p></Notice> : (
        <Table className="mt-6">
          <caption className="sr-only">{fullDay(day)}の役割</caption>
          <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>役割</ColumnHead><ColumnHead>範囲</ColumnHead><ColumnHead>いつから</ColumnHead><ColumnHead>いつまで</ColumnHead><ColumnHead>だれが決めたか</ColumnHead></Row></Head>
          <Body>
            {held.map((one) => (
              <Row key={one.id}>
                <RowHead><Who name={one.name ?? `従事者 ${one.number}`} number={one.number} kind={one.kind}><Link className="who" to={`/audit/day/${one.engagementId}?on=${day}`}>{one.name ?? `従事者 ${one.number}`}</Link></Who></RowHead>
                <Cell label="役割">{ROLES[one.role]}</Cell>
                <Cell label="範囲">{one.scope || '全体'}</Cell>
                <Cell label="いつから">{fullDay(one.from)}</Cell>
                <Cell label="いつまで">{one.lastDay ? fullDay(one.lastDay) : '決めていない'}</Cell>
                <Cell label="決めた人">{one.decidedBy}<br /><span className="mut">{fullInstant(one.decidedAt)}</span></Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
