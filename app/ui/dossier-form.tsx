import { Form } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import { DOSSIER_PURPOSES, MOST_PURPOSE_WORDS, type DossierPurpose } from '../domain/dossier'
import { Field } from './field'

/** What for, and why: both are recorded, and the person reads them. What the page itself is about is offered; elsewhere whoever takes it says so. */
export function DossierFields({ purpose }: { purpose: DossierPurpose | null }) {
  return (
    <>
      <Field name="purpose" label="目的" need value={purpose ?? ''}><select className="in">{purpose === null && <option value="">選んでください</option>}{Object.entries(DOSSIER_PURPOSES).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select></Field>
      <Field name="words" label="くわしい理由" need hint="だれが、何のために受け取ったかを記録します。本人も見られます。"><textarea className="in min-h-20" maxLength={MOST_PURPOSE_WORDS} /></Field>
    </>
  )
}

/** The form by which one person's dossier is taken (look 10-person). */
export function DossierForm({ engagementId, fileName, last, others, today, trouble }: { engagementId: string; fileName: string; last: string | null; others: boolean; today: Day; trouble: string | null }) {
  return (
    <section className="sec" id="dossier">
      <h2>記録一式を受け取る</h2>
      <p className="sml">署名済みPDF、修了・受験・督促の一覧、記録データ、表紙を1つのZIPにまとめます。同じ記録からは、いつも同じファイルができます。</p>
      {trouble !== null && <p className="err" role="alert">{trouble}</p>}
      <Form method="post" action={`/people/${engagementId}/dossier`} reloadDocument className="mt-5">
        <DossierFields purpose={null} />
        <details className="more mt-4">
          <summary>範囲と記録時点を変える</summary>
          {others && <label className="share"><input className="box" type="checkbox" name="whole" value="yes" />ほかの在籍の記録も入れる</label>}
          <Field name="asOf" label="この日の終わりに知られていた記録" optional="空なら最新"><input className="in in-s" type="date" max={today} /></Field>
        </details>
        <div className="acts"><button className="btn btn-main w-full">ZIPを受け取る</button></div>
      </Form>
      <p className="sml mut mt-3">ファイル名：{fileName}<br />前回の受け取り：{last ?? 'なし'}</p>
    </section>
  )
}
