import { Form } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import type { FormTrouble } from './field'
import { fullDay } from './format'
import { Notice } from './notice'

/** What has stopped since somebody's death was noted, and what goes on (A32). */
export function DeathNotice({ death }: { death: { day: Day; by: string } }) {
  return (
    <Notice kind="info" title="亡くなったことが記録されています">
      <p>{fullDay(death.day)}に{death.by}が記録しました。本人へのお知らせと依頼は、すべて止まっています。退職時の誓約は求めません。サインインもできません。</p>
      <p>記録は、ほかの人と同じ年数のあいだ保管します。ご家族への連絡は、このしくみから行いません。</p>
    </Notice>
  )
}

/** Notes somebody's death, or takes the note back. */
export function DeathSection({ died, name, trouble }: { died: boolean; name: string; trouble?: FormTrouble | null }) {
  const own = trouble?.given.go === 'died' ? trouble : null
  return (
    <details className="more mt-8" id="death" open={own !== null}>
      <summary>亡くなったとき</summary>
      {died ? (
        <Form method="post" className="mt-2">
          <p className="sml">誤って記録したときは、取り消せます。取り消すと、お知らせとサインインが元に戻ります。記録したことと取り消したことは、どちらも残ります。</p>
          <div className="acts"><button className="btn btn-sm" name="go" value="notDied">亡くなったという記録を取り消す</button></div>
        </Form>
      ) : (
        <Form method="post" className="mt-2">
          <p className="sml">記録すると、本人へのお知らせと依頼がすぐに止まり、退職時の誓約を求めなくなります。上長や会社の担当者にも、この方の依頼は届きません。研修や誓約の記録は残ります。</p>
          <label className="pick"><input type="checkbox" name="sure" value="yes" id="f-sure" aria-describedby={own ? 'f-sure-err' : undefined} /><span>{name}のことであると確かめました</span></label>
          {own?.errors.sure && <span className="err" id="f-sure-err">{own.errors.sure.join(' ')}</span>}
          <div className="acts"><button className="btn btn-sm" name="go" value="died">亡くなったことを記録する</button></div>
        </Form>
      )}
    </details>
  )
}
