import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { fullDay } from './format'

/**
 * Narrows a list of the auditor by person and days. A person may be meant by number, by name in any shape, or by kana: who that
 * is is made out first, and the number found stands in the address.
 */
export function AuditFilter({ list, number, label = '人', from, to, button = '絞り込む', children }: { /** The list that is narrowed. */ list: string; /** Left out where nobody is asked for. */ number?: string; label?: string; from?: string; to?: string; button?: string; children?: ReactNode }) {
  return (
    <Form action="/audit/find" className="filter pt-0" role="search">
      <input type="hidden" name="list" value={list} />
      {number !== undefined && <PersonField name="number" label={label} number={number} />}
      {from !== undefined && <div className="field"><label className="label" htmlFor="from">はじめの日</label><input className="in" type="date" id="from" name="from" defaultValue={from} key={`f${from}`} /></div>}
      {to !== undefined && <div className="field"><label className="label" htmlFor="to">終わりの日</label><input className="in" type="date" id="to" name="to" defaultValue={to} key={`t${to}`} /></div>}
      {children}
      <button className="btn btn-sm">{button}</button>
      <p className="hint w-full" id="who-hint">人は、氏名・フリガナ・従事者番号のどれでもさがせます。字体の違いは区別しません。</p>
    </Form>
  )
}

/** Whom a list is about: a number, a name, kana. */
export const PersonField = ({ name, label, number }: { name: string; label: string; number: string }) => (
  <div className="field"><label className="label" htmlFor={name}>{label}</label><input className="in" id={name} name={name} defaultValue={number} key={`${name}${number}`} maxLength={100} autoComplete="off" aria-describedby="who-hint" /></div>
)

/** What a list was narrowed by, for paper: the form itself is not printed. */
export const narrowedWords = ({ from, to, by = '', doing = '' }: { from: string; to: string; by?: string; doing?: string }): string =>
  [from || to ? `${from ? fullDay(from) : 'はじめ'}から${to ? fullDay(to) : 'いま'}まで` : '', by && `${doing} ${by}`].filter(Boolean).join('　')
