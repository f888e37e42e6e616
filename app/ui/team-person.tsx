import { Form } from '@remix-run/react'
import { rolesThatMay } from '../domain/access'
import type { Day } from '../domain/calendar'
import type { NoGrant } from '../domain/grant'
import type { Relation } from '../domain/people'
import type { Standing } from '../domain/standing'
import { Field, type FormTrouble } from './field'
import { shortDay } from './format'
import { DueCell, StandingStatus } from './standing'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

export interface TeamDutyView {
  id: string
  title: string
  period: string
  causes: readonly string[]
  opensOn: Day
  dueOn: Day
  /** 元の期限 of what a 猶予 put off. */
  originalDue: Day | null
  settledOn: Day | null
  /** Approved not to be done, put off by 猶予, or to open later; else what the standing says. */
  special: 'exempted' | 'deferred' | 'later' | null
  standing: Standing
}

/** Every period of every duty of one person: why, by when, and where it stands. */
export function TeamDuties({ duties, relation, today, caption }: { duties: readonly TeamDutyView[]; relation: Relation; today: Day; caption: string }) {
  if (duties.length === 0) return <p>割り当てられた研修や誓約は、まだありません。</p>
  return (
    <Table>
      <caption className="asof">{caption}</caption>
      <Head><Row><ColumnHead>内容</ColumnHead><ColumnHead>きっかけ</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>状態</ColumnHead></Row></Head>
      <Body>
        {duties.map((duty) => (
          <Row key={duty.id}>
            <RowHead><b>{duty.title}</b></RowHead>
            <Cell label="きっかけ">{duty.period}{duty.causes.map((cause) => <span key={cause}><br /><span className="mut">{cause}</span></span>)}</Cell>
            <Cell label="期限"><DueCell {...duty} today={today} /></Cell>
            <Cell label="状態">
              {duty.special === 'exempted' ? <Status mark="none">免除</Status> : duty.special === 'deferred' ? <Status mark="wait">猶予中</Status> : duty.special === 'later' ? <Status mark="todo">{shortDay(duty.opensOn, today)}から</Status> : <StandingStatus standing={duty.standing} relation={relation} />}
              {duty.settledOn !== null && ` ${shortDay(duty.settledOn, today)}`}
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}

/** A day and two times of it, in Japanese time. */
export function SlotFields({ trouble, value, first }: { trouble?: FormTrouble | null; value?: { day: string; from: string; to: string }; first: Day }) {
  return (
    <>
      <div className="mt-3"><Field name="day" label="日" need trouble={trouble} value={value?.day}><input className="in in-s" type="date" min={first} /></Field></div>
      <div className="mt-3 grid max-w-sm grid-cols-2 items-end gap-3">
        <div><Field name="from" label="始まり" need trouble={trouble} value={value?.from}><input className="in" type="time" /></Field></div>
        <div><Field name="to" label="終わり" need trouble={trouble} value={value?.to}><input className="in" type="time" /></Field></div>
      </div>
    </>
  )
}

/** Asks HR for 猶予 or 免除 of one duty; what a 配慮 is about has no place here. */
export function ExceptionForm({ about, duties, reasons, trouble, days }: { about: 'defer' | 'exempt'; duties: readonly { id: string; title: string; due: string }[]; reasons: Readonly<Record<string, string>>; trouble?: FormTrouble | null; days: { from: Day; to: Day } }) {
  return (
    <Form method="post">
      <input type="hidden" name="about" value={about} />
      <p className="sml">{about === 'defer' ? `${rolesThatMay('decideApprovals')}が承認するまで、期限は変わりません。` : `${rolesThatMay('decideApprovals')}が承認するまで、受ける必要があるままです。`}配慮の内容そのものは書かないでください(本人から人事へ直接伝えられます)。</p>
      <Field name="assignmentId" id={`f-${about}-assignmentId`} label="どれについて" need trouble={trouble}><select className="in">{duties.map(({ id, title, due }) => <option key={id} value={id}>{title}(期限 {due})</option>)}</select></Field>
      <Field name="reason" id={`f-${about}-reason`} label="理由" need trouble={trouble}><select className="in">{Object.entries(reasons).map(([code, words]) => <option key={code} value={code}>{words}</option>)}</select></Field>
      {about === 'defer' && <Field name="wishedDueOn" label="希望する期限" need trouble={trouble}><input className="in in-s" type="date" min={days.from} max={days.to} /></Field>}
      <Field name="note" id={`f-${about}-note`} label="事情" optional="「そのほか」のときは書いてください" trouble={trouble}><textarea className="in" rows={3} maxLength={500} /></Field>
      <div className="acts mt-3"><button className="btn btn-sm">{about === 'defer' ? '猶予を申請する' : '免除を申請する'}</button></div>
    </Form>
  )
}

/** Why somebody is given no time, and what to do instead. */
export const NO_GRANT: Readonly<Record<NoGrant, string>> = {
  nothingOpen: 'いま、本人がすることはありません', minorNight: '18歳未満の方は、22時から翌5時までは受講できません', onLeave: 'この日は休職・育休です', notStarted: 'この日は、まだ在籍していません', ended: 'この日は、在籍が終わっています',
}
