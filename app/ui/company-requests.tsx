import { Form } from '@remix-run/react'
import { APPROVAL_KINDS, APPROVAL_REASONS, MOST_MINUTES, MOST_NOTE } from '../domain/approval'
import { MOST_SCAN_MB } from '../domain/scan'
import { Field, type FormTrouble } from './field'

export interface DutyChoice {
  id: string
  words: string
}

const Duties = ({ duties }: { duties: readonly DutyChoice[] }) => <>{duties.map((one) => <option key={one.id} value={one.id}>{one.words}</option>)}</>

/** Asks the client to accept training of the company's own as equivalent (domain.md §5.3). */
export function EquivalentForm({ duties, today, operator, trouble }: { duties: readonly DutyChoice[]; today: string; operator: string; trouble: FormTrouble | undefined }) {
  return (
    <details className="more" open={trouble ? true : undefined}>
      <summary>自社の研修を、同等の研修として申請する</summary>
      <Form method="post" encType="multipart/form-data">
        <p className="sml">{operator}が確かめて承認すると、修了になります。実施した日、時間、控えは{operator}の担当者が読みます。修了証や出席簿など、内容と日付の分かる控えを付けてください。</p>
        <Field name="equivalent-duty" label="どの研修に代わるか" need trouble={trouble}><select className="in"><Duties duties={duties} /></select></Field>
        <Field name="on" label="実施した日" need trouble={trouble}><input className="in in-s" type="date" max={today} /></Field>
        <Field name="minutes" label="かかった時間(分)" need trouble={trouble}><input className="in in-s" type="number" inputMode="numeric" min={1} max={MOST_MINUTES} /></Field>
        <Field name="scan" label="控えのファイル" hint={`PDF、JPEG、PNG。1つ、${MOST_SCAN_MB}MBまで。`} need trouble={trouble}><input className="in" type="file" accept="application/pdf,image/jpeg,image/png" /></Field>
        <Field name="equivalent-note" label="研修の内容" hint="教えたことと、確かめ方(テストなど)を短く書いてください。" need trouble={trouble}><textarea className="in min-h-20" maxLength={MOST_NOTE} /></Field>
        <div className="acts"><button className="btn" name="go" value="equivalent">承認を申請する</button></div>
      </Form>
    </details>
  )
}

/** Asks for 猶予 or 免除. What a 配慮 is about is not for a form (domain.md L28). */
export function ExceptionForm({ duties, tomorrow, operator, trouble }: { duties: readonly DutyChoice[]; tomorrow: string; operator: string; trouble: FormTrouble | undefined }) {
  return (
    <details className="more" open={trouble ? true : undefined}>
      <summary>猶予・免除を申請する</summary>
      <Form method="post" encType="multipart/form-data">
        <p className="sml">{operator}が承認するまで、期限は変わりません。配慮の内容そのものは書かないでください。</p>
        <Field name="exception-duty" label="対象" need trouble={trouble}><select className="in"><Duties duties={duties} /></select></Field>
        <Field name="reason" label="申請と理由" need trouble={trouble}>
          <select className="in">{(['defer', 'exempt'] as const).map((kind) => <optgroup key={kind} label={APPROVAL_KINDS[kind]}>{Object.entries(APPROVAL_REASONS[kind]).map(([code, words]) => <option key={code} value={`${kind} ${code}`}>{words}</option>)}</optgroup>)}</select>
        </Field>
        <Field name="wished" label="希望する期限" optional="猶予のときは必ず" trouble={trouble}><input className="in in-s" type="date" min={tomorrow} /></Field>
        <Field name="exception-note" label="説明" optional="「そのほか」のときは必ず" trouble={trouble}><textarea className="in min-h-20" maxLength={MOST_NOTE} /></Field>
        <div className="acts"><button className="btn" name="go" value="exception">申請する</button></div>
      </Form>
    </details>
  )
}
