import { Form } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import { ROLES, type Role } from '../domain/people'
import { Facts, Who } from './facts'
import { Field, TroubleSummary, type FormTrouble } from './field'
import { dayWords, shortDay } from './format'
import { Notice } from './notice'
import { PageHead } from './page-head'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

interface ListedAppointment {
  id: string
  number: string
  name: string | null
  kind: string | null
  role: Role
  scope: string
  from: Day
  lastDay: Day | null
  mayEnd: boolean
}

/** Roles held now or later, filtered by number and role; each row ends what the viewer may end. */
export function AppointmentList({ appointments, q, role, today }: { appointments: readonly ListedAppointment[]; q: string; role: Role | null; today: Day }) {
  return (
    <>
      <Form className="filter pt-0" role="search">
        <div className="field"><label className="label" htmlFor="q">従事者番号のはじめ</label><input className="in" id="q" name="q" defaultValue={q} key={q} /></div>
        <div className="field">
          <label className="label" htmlFor="show-role">役割</label>
          <select className="in" id="show-role" name="role" defaultValue={role ?? ''}><option value="">すべて</option>{Object.entries(ROLES).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select>
        </div>
        <button className="btn btn-sm">さがす</button>
      </Form>
      {appointments.length === 0 ? (
        <Notice kind="info" title="当てはまる役割はありません"><p>{q || role ? '番号と役割を確かめて、さがし直してください。' : 'まだだれも役割に就いていません。上の「役割を与える」から始めてください。'}</p></Notice>
      ) : (
        <Table className="mt-6">
          <caption>いま、またはこれから就く役割(従事者番号の順)</caption>
          <Head><Row><ColumnHead>{appointments.some(({ kind }) => kind !== null) ? '氏名・番号' : '従事者番号'}</ColumnHead><ColumnHead>役割</ColumnHead><ColumnHead>範囲</ColumnHead><ColumnHead>いつから</ColumnHead><ColumnHead>いつまで</ColumnHead><ColumnHead><span className="sr-only">終える</span></ColumnHead></Row></Head>
          <Body>
            {appointments.map((one) => (
              <Row key={one.id}>
                <RowHead>{one.kind ? <Who name={one.name ?? `従事者 ${one.number}`} number={one.number} kind={one.kind} /> : <span className="who">{one.number}</span>}</RowHead>
                <Cell label="役割">{ROLES[one.role]}</Cell>
                <Cell label="範囲">{one.scope || '全体'}</Cell>
                <Cell label="いつから">{shortDay(one.from, today)}</Cell>
                <Cell label="いつまで">{one.lastDay ? shortDay(one.lastDay, today) : '決めていない'}</Cell>
                <Cell>
                  {one.mayEnd && (
                    <Form method="post" action="/people/appointments">
                      <input type="hidden" name="id" value={one.id} />
                      <input type="hidden" name="lastDay" value={today} />
                      <button className="btn btn-sm" name="step" value="previewEnd" aria-label={`${one.number} の${ROLES[one.role]}を終える`}>終える</button>
                    </Form>
                  )}
                </Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
    </>
  )
}

const LABELS = { number: '従事者番号', role: '役割', scopeCode: '所属コード または 会社コード', from: '開始日', lastDay: '最後の日' }

/** Asks who is to hold which role, where and from when; nothing changes before it was looked at. */
export function GiveForm({ roles, places, today, trouble }: { roles: readonly Role[]; places: Record<'units' | 'companies', readonly { code: string; name: string }[]> | null; today: Day; trouble?: FormTrouble | null }) {
  return (
    <details className="more mb-8" open={trouble ? true : undefined}>
      <summary>役割を与える</summary>
      {places !== null && (
        <datalist id="places">
          {places.units.map(({ code, name }) => <option key={`u${code}`} value={code}>{name}(所属)</option>)}
          {places.companies.map(({ code, name }) => <option key={`c${code}`} value={code}>{name}(会社)</option>)}
        </datalist>
      )}
      <Form method="post" action="/people/appointments" className="max-w-120">
        <div className="mb-6 empty:hidden"><TroubleSummary trouble={trouble} labels={LABELS} /></div>
        <Field name="number" label={LABELS.number} hint="先頭の0も入れてください。" trouble={trouble} need><input className="in" autoCapitalize="none" spellCheck={false} /></Field>
        <Field name="role" label={LABELS.role} trouble={trouble} need>
          <select className="in">{roles.map((role) => <option key={role} value={role}>{ROLES[role]}</option>)}</select>
        </Field>
        {places !== null && (
          <Field name="scopeCode" label={LABELS.scopeCode} hint="所属長・保護管理者・保護担当者は所属コード、会社側担当者は会社コード。名前やコードの一部を入れると、候補が出ます。" trouble={trouble}><input className="in" list="places" autoCapitalize="none" spellCheck={false} autoComplete="off" /></Field>
        )}
        <Field name="from" label={LABELS.from} trouble={trouble} value={today} need><input className="in" type="date" /></Field>
        <Field name="lastDay" label={LABELS.lastDay} optional="任意" hint="空にすると、終えるまで続きます。" trouble={trouble}><input className="in" type="date" /></Field>
        <div className="acts"><button className="btn btn-main" name="step" value="preview">内容を確かめる</button></div>
      </Form>
    </details>
  )
}

/** What the line holds: a number alone is not called a name. */
const headOf = ({ name }: { name: string | null }): string => (name === null ? '従事者番号' : '氏名・番号')

/** What giving a role will do, before it is done. */
export function GivePreview({ giving, today }: { giving: { number: string; name: string | null; kind: string | null; minor: boolean; role: Role; scope: string; scopeCode: string; from: Day; lastDay: Day | '' }; today: Day }) {
  return (
    <>
      <PageHead back={{ to: '/people/appointments', label: '役割' }} title="この役割を与えますか" lead="まだ何も変わっていません。" />
      {giving.minor && <div className="mb-6"><Notice kind="warn" title="18歳未満の人です"><p>番号が違っていないか、この役割に就く人かを、確かめてください。22時から翌5時までは、法律で働けません。</p></Notice></div>}
      <Facts facts={[
        [headOf(giving), `${giving.name ? `${giving.name} ` : ''}${giving.number}${giving.kind ? `・${giving.kind}` : ''}`], ['役割', ROLES[giving.role]], ['範囲', giving.scope || '全体'],
        ['開始日', dayWords(giving.from, today)], ['最後の日', giving.lastDay ? dayWords(giving.lastDay, today) : '決めない'],
      ]} />
      <p className="mt-6">与えると、本人のサインインはいったん終わります。だれが与えたかは記録されます。</p>
      <Form method="post" action="/people/appointments">
        {(['number', 'role', 'scopeCode', 'from', 'lastDay'] as const).map((name) => <input key={name} type="hidden" name={name} value={giving[name]} />)}
        <div className="acts"><button className="btn btn-main" name="step" value="give">{ROLES[giving.role]}にする</button></div>
      </Form>
    </>
  )
}

/** What ending a role will do, before it is done; the last day can still be chosen. */
export function EndPreview({ ending, today }: { ending: { id: string; number: string; name: string | null; role: Role; scope: string; lastDay: Day }; today: Day }) {
  return (
    <>
      <PageHead back={{ to: '/people/appointments', label: '役割' }} title="この役割を終えますか" lead="まだ何も変わっていません。" />
      <Facts facts={[[headOf(ending), `${ending.name ? `${ending.name} ` : ''}${ending.number}`], ['役割', ROLES[ending.role]], ['範囲', ending.scope || '全体']]} />
      <Form method="post" action="/people/appointments" className="mt-6 max-w-120">
        <input type="hidden" name="id" value={ending.id} />
        <Field name="lastDay" label={LABELS.lastDay} hint={`${dayWords(today, today)}を選ぶと、今日いっぱい続きます。すぐに止めるときは、前の日を選んでください。`} value={ending.lastDay} need><input className="in" type="date" /></Field>
        <div className="acts"><button className="btn btn-main" name="step" value="end">{ROLES[ending.role]}を終える</button></div>
      </Form>
    </>
  )
}
