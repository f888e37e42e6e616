import { Form, Link } from '@remix-run/react'
import { dayOf, type Day, type Instant } from '../domain/calendar'
import type { Relation } from '../domain/people'
import type { Standing } from '../domain/standing'
import { dayWords, instantWords, shortDay } from './format'
import { DueCell, StandingStatus } from './standing'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

export interface PersonDuty {
  id: string
  title: string
  period: string
  dueOn: Day
  /** 元の期限 of what a 猶予 put off. */
  originalDue: Day | null
  kind: string
  version: string | null
  settledOn: Day | null
  minutes: number | null
  receipt: string | null
  hasPaper: boolean
  standing: Standing
}

/** What one person is asked, where each stands, and the proof of it. */
export function AssignmentTable({ duties, relation, today, engagementId, caption }: { duties: readonly PersonDuty[]; relation: Relation; today: Day; engagementId: string; caption: string }) {
  if (duties.length === 0) return <p>割り当てられた研修や誓約は、まだありません。決まりに当てはまると、名簿を反映したときと毎晩、自動で割り当てます。</p>
  return (
    <Table>
      <caption className="asof">{caption}</caption>
      <Head><Row><ColumnHead>内容</ColumnHead><ColumnHead>版</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead>証跡</ColumnHead></Row></Head>
      <Body>
        {duties.map((duty) => (
          <Row key={duty.id}>
            <RowHead><b>{duty.title}</b><br /><span className="mut">{duty.period}</span></RowHead>
            <Cell label="版">{duty.version ?? <span className="mut">読むと決まります</span>}</Cell>
            <Cell label="期限"><DueCell {...duty} today={today} /></Cell>
            <Cell label="状態"><StandingStatus standing={duty.standing} relation={relation} /> {duty.settledOn !== null && shortDay(duty.settledOn, today)}</Cell>
            <Cell label={duty.kind === 'certificate' || duty.hasPaper || duty.receipt !== null || duty.minutes !== null ? '証跡' : undefined}>
              {duty.minutes !== null && <span className="nw">修了の記録(勤務 {duty.minutes}分)</span>}
              {duty.hasPaper && (
                <Form method="post" action={`/people/${engagementId}/pledge-pdf`} reloadDocument>
                  <input type="hidden" name="assignmentId" value={duty.id} />
                  <button className="ask" aria-label={`${duty.title}のPDFを受け取る`}>PDFを受け取る</button>
                </Form>
              )}
              {duty.kind === 'certificate' && <span className="sml mut">誓約書は雇い主が保管しています{duty.receipt !== null && '。証明 '}</span>}
              {duty.receipt !== null && <span className="hash nw">{duty.receipt}</span>}
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}

export interface PersonEvent {
  at: Instant
  what: string
  text: string
  byHand: boolean
  /** Known by its day alone: entered from paper. */
  dayOnly?: boolean
  receipt?: string
  small?: string
  changeSetId?: string
}

/** What happened, newest first; a filled square is what somebody did. */
export function Timeline({ events, today }: { events: readonly PersonEvent[]; today: Day }) {
  return (
    <ol className="line">
      {events.map((event) => (
        <li key={`${event.at}${event.what}${event.text}`} data-big={event.byHand || undefined}>
          <time dateTime={new Date(event.at).toISOString()}>{event.dayOnly ? dayWords(dayOf(event.at), today) : instantWords(event.at, today)}</time>
          <span>
            <b>{event.what}</b>　{event.text}
            {event.receipt && <>　<span className="hash nw">{event.receipt}</span></>}
            {event.changeSetId && <>　<Link to={`/people/changes/${event.changeSetId}`}>変更セットを見る</Link></>}
            {event.small && <><br /><span className="sml mut">{event.small}</span></>}
          </span>
        </li>
      ))}
    </ol>
  )
}
