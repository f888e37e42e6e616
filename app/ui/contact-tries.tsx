import { Form } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import { CONTACT_CHANNELS, type ContactChannel } from '../domain/departure'
import { Field, type FormTrouble } from './field'
import { shortDay } from './format'

export interface ShownTry {
  id: string
  onDay: Day
  channel: ContactChannel
  note: string
  by: string
}

/** The tries to reach somebody, oldest first; nothing where there is none. */
export function TriesList({ tries, today }: { tries: readonly ShownTry[]; today: Day }) {
  if (tries.length === 0) return null
  return (
    <>
      <h3 className="mt-4">連絡の記録</h3>
      <ul>{tries.map((one) => <li key={one.id}>{shortDay(one.onDay, today)}　{CONTACT_CHANNELS[one.channel]}{one.note !== '' && `　${one.note}`}<span className="mut">　{one.by}</span></li>)}</ul>
    </>
  )
}

/** One more try. The form begins anew after each. */
export function TryForm({ assignmentId, tries, opensOn, today, open, hint, trouble }: {
  assignmentId: string; tries: readonly ShownTry[]; opensOn: Day; today: Day; open: boolean; hint: string; trouble?: FormTrouble | null
}) {
  return (
    <details className="more mt-4" open={open}>
      <summary>連絡を記録する</summary>
      <Form method="post" key={tries.length}>
        <input type="hidden" name="assignmentId" value={assignmentId} />
        <Field name="triedOn" label="連絡した日" value={today} trouble={trouble}><input className="in in-s" type="date" min={opensOn} max={today} /></Field>
        <Field name="channel" label="方法" trouble={trouble}><select className="in">{Object.entries(CONTACT_CHANNELS).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select></Field>
        <Field name="note" label="覚え書き" optional="空でもかまいません" hint={hint} trouble={trouble}><input className="in" maxLength={300} /></Field>
        <div className="acts"><button className="btn btn-sm" name="go" value="tried">連絡を記録する</button></div>
      </Form>
    </details>
  )
}
