import { Link } from '@remix-run/react'
import { Notice } from './notice'

/** How far the planning that a large change left for afterwards has come. It goes on by itself, also after a restart. */
export function PlanningProgress({ done, total, here }: { done: number; total: number; here: string }) {
  return (
    <Notice kind="info" title={`割当を計算しています(${total.toLocaleString('ja-JP')}人のうち ${done.toLocaleString('ja-JP')}人まで終わりました)`}>
      <p>人数が多いので、反映のあとに続けて計算しています。この画面を閉じても、サーバーを止めて始め直しても、続きから進みます。終わるまで、割当の数は途中のものです。</p>
      <div className="acts"><Link className="btn btn-sm" to={here} reloadDocument>いまの進み具合を見る</Link></div>
    </Notice>
  )
}
