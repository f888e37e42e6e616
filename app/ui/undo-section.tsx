import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Day } from '../domain/calendar'
import { LEFT_OUT } from './change-words'
import { dayWords } from './format'

interface Item {
  kind: 'person' | 'unit' | 'company'
  code: string
  name: string | null
}

const KINDS = { person: '人', unit: '所属', company: '会社' } as const
const nameOf = ({ kind, code, name }: Item) => `${name ?? (kind === 'person' ? '従事者' : KINDS[kind])}(${code || '自社'})`

/** What undoing would restore, what it would leave out and why, and the button that does it. */
export function UndoSection({ preview, changeSetId, today, children }: {
  preview: { restored: readonly (Item & { gone: boolean })[]; restoredCount: number; gonePeople: number; goneOthers: number; leftOut: readonly (Item & { reason: keyof typeof LEFT_OUT })[]; leftOutCount: number; until: Day; baseSha256: string }
  changeSetId: string
  today: Day
  children: ReactNode
}) {
  const { restored, restoredCount, gonePeople, goneOthers, leftOut, leftOutCount } = preview
  const back = restoredCount - gonePeople - goneOthers
  return (
    <section className="sec">
      <h2>元に戻す前に確かめる</h2>
      <p><b>まだ何も変わっていません。</b>{gonePeople > 0 && `${gonePeople}人の登録を取り消します。`}{goneOthers > 0 && `所属・会社${goneOthers}件の登録を取り消します。`}{back > 0 && `${back}件が前の登録に戻ります。`}{leftOutCount > 0 && `${leftOutCount}件は戻りません。`}{dayWords(preview.until, today)}まで元に戻せます。</p>
      {gonePeople > 0 && <p>登録を取り消した人は、サインインできなくなります。渡した利用票とパスワードも使えません。</p>}
      {restoredCount > 0 && (
        <details className="more mt-2" open={restoredCount <= 20 || undefined}>
          <summary>元に戻すもの {restoredCount}件</summary>
          <ul>{restored.map((item) => <li key={`${item.kind}${item.code}`}>{KINDS[item.kind]}　{nameOf(item)}{item.gone && <span className="mut">　登録を取り消します</span>}</li>)}</ul>
          {restoredCount > restored.length && <p className="sml mut">ほかに{restoredCount - restored.length}件</p>}
        </details>
      )}
      {leftOutCount > 0 && (
        <details className="more mt-2" open>
          <summary>戻らないもの {leftOutCount}件とその理由</summary>
          <ul>{leftOut.map((item) => <li key={`${item.kind}${item.code}`}>{KINDS[item.kind]}　{item.kind === 'person' ? <Link to={`/people?q=${encodeURIComponent(item.code)}`}>{nameOf(item)}</Link> : nameOf(item)}　<span className="mut">{LEFT_OUT[item.reason]}</span></li>)}</ul>
          {leftOutCount > leftOut.length && <p className="sml mut">ほかに{leftOutCount - leftOut.length}件</p>}
        </details>
      )}
      {restoredCount > 0 ? (
        <Form method="post" action={`/people/changes/${changeSetId}`} className="mt-6">
          <input type="hidden" name="base" value={preview.baseSha256} />
          {children}
          <div className="acts"><button className="btn btn-main">{restoredCount}件を元に戻す</button><Link className="btn btn-text" to={`/people/changes/${changeSetId}`}>やめる</Link></div>
        </Form>
      ) : <p className="mt-4">元に戻せるものがありません。直すところは、その人の画面の「訂正する・終了する」で、1人ずつ直してください。</p>}
    </section>
  )
}
