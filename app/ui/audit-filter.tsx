import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'

/** Narrows a list of the auditor by number and days; state lives in the address. */
export function AuditFilter({ number, from, to, label = '従事者番号', hidden, children }: { number: string; from: string; to: string; label?: string; /** Narrowed by days only; these go along. */ hidden?: Record<string, string>; children?: ReactNode }) {
  return (
    <Form className="filter pt-0" role="search">
      {hidden ? Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />) : <div className="field"><label className="label" htmlFor="number">{label}</label><input className="in" id="number" name="number" defaultValue={number} key={number} /></div>}
      <div className="field"><label className="label" htmlFor="from">はじめの日</label><input className="in" type="date" id="from" name="from" defaultValue={from} key={`f${from}`} /></div>
      <div className="field"><label className="label" htmlFor="to">終わりの日</label><input className="in" type="date" id="to" name="to" defaultValue={to} key={`t${to}`} /></div>
      {children}
      <button className="btn btn-sm">しぼる</button>
    </Form>
  )
}
