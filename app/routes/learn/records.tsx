import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { gatherOwnRecord } from '../../../db/own-record.server'
import { dayOf } from '../../domain/calendar'
import { guardLoader } from '../../http/guard.server'
import { Facts } from '../../ui/facts'
import { Page, PageHead } from '../../ui/page-head'
import { RecordTable } from '../../ui/record-table'
import { Spoken } from '../../ui/spoken'
import { Status } from '../../ui/status'
import { ownRecordView } from './own-record-view.server'

const MOST = 50

/** Everything this installation holds about oneself; the newest of each, all of it in the download. */
export const loader = guardLoader({ act: 'learn' }, async ({ context }) => {
  const { db, viewer, library, now } = context
  const record = await gatherOwnRecord(db, viewer, dayOf(now), MOST)
  return { ...ownRecordView(library, viewer, record, now, MOST), owner: [viewer.name, viewer.engagements[0]?.number].filter(Boolean).join(' ') }
})

export const meta: MetaFunction = () => [{ title: 'わたしの記録｜守秘' }]

export default function Records() {
  const record = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow" printed={`わたしの記録　${record.owner}`}>
      <PageHead title="わたしの記録" lead="このしくみが、あなたについて持っているもののすべてです。" />
      <div className="acts mt-0">
        <Link className="btn btn-main" to="/records/all">すべてを1つの画面で読む・印刷する</Link>
        <Form method="post" action="/records/download" reloadDocument><button className="btn w-full">まとめて受け取る(JSON)</button></Form>
        <Link className="btn btn-text" to="/records/correction">記録の訂正を申し出る</Link>
      </div>
      <RecordTable title="研修" columns={['教材', '状態', '修了日・期限', '学習時間']} empty="研修の割当はまだありません。割り当てられると「いま、やること」に出ます。" {...record.trainings}
        rows={record.trainings.rows.map(({ id, title, why, mark, words, day, minutes }) => ({ key: id, cells: [<span key="t"><b>{title}</b>{why && <><br /><span className="sml mut">{why}</span></>}</span>, <Status key="s" mark={mark}>{words}</Status>, day, minutes] }))} />
      <RecordTable title="署名した文書・答えた文書" columns={['文書', '状態', '日時', '控え']} empty="署名した文書はまだありません。" {...record.acts}
        rows={record.acts.rows.map(({ id, title, mark, words, at, receipt, to, read }) => ({
          key: id, cells: [<b key="t">{title}</b>, <Status key="s" mark={mark}>{words}</Status>, at, to ? <Link key="r" to={to}>控えを見る({receipt})</Link> : read ? <span key="r">{receipt}<br /><Link to={read}>いまから読んで署名する</Link></span> : receipt],
        }))} />
      {record.certificates.length > 0 && (
        <RecordTable title="雇い主が提出した誓約取得証明" columns={['文書', '取得日', '提出日時', '記録番号']} empty="" rows={record.certificates.map(({ receipt, title, takenOn, at }) => ({ key: receipt, cells: [<b key="t">{title}</b>, takenOn, at, receipt] }))} />
      )}
      <RecordTable title="受験の記録" columns={['テスト', '結果', '日時']} empty="テストはまだ受けていません。" {...record.attempts}
        rows={record.attempts.rows.map(({ id, title, mark, words, score, at }) => ({ key: id, cells: [<Link key="t" to={`/attempts/${id}`}>{title}</Link>, <span key="s"><Status mark={mark}>{words}</Status> {score}</span>, at] }))} />
      <RecordTable title="学習した時間" columns={['教材', 'はじめ', 'おわり', '数えた時間']} empty="学習の記録はまだありません。" {...record.sittings}
        rows={record.sittings.rows.map(({ key, title, from, to, counted }) => ({ key, cells: [title, from, to, counted] }))}>
        <p className="sml mut mt-2">操作のあいだの時間を数えます。操作が90秒ないときは、そこで止まります。「(推定)」は、JavaScriptを使わない端末で読んだ時間と、予定の1.5倍で止めて数えたテストの時間を含みます。違うときは <Link to="/records/correction?subject=minutes">申し出てください</Link></p>
      </RecordTable>
      {record.supervision.length > 0 && (
        <RecordTable title="受講の依頼・時間・申請" columns={['こと', '対象', '人', '日時']} empty="" rows={record.supervision.map(({ id, what, outcome, about, who, note, at }) => ({ key: id, cells: [<span key="w">{what}{outcome && <><br /><span className="sml">{outcome}</span></>}{note && <><br /><span className="sml mut whitespace-pre-line">{note}</span></>}</span>, about, who, at] }))} />
      )}
      <section className="sec">
        <h2>登録されている情報</h2>
        {record.engagements.map(({ id, facts }) => <div key={id} className="mt-4"><Facts facts={facts as [string, string][]} /></div>)}
      </section>
      <RecordTable title="この記録を見た人" columns={['人', 'したこと', '日時', '理由']} empty="まだだれも見ていません。" rows={record.looks.rows.map(({ id, who, words, at, reason }) => ({ key: id, cells: [who, words, at, reason] }))}>
        <p className="sml mut mt-2">記録を開いた人と、書面や名簿を受け取った人です。さがす画面や一覧に氏名と状態が並んだだけのときは、ここには出ません。</p>
        {record.looks.cut && <p className="sml mt-2"><Link to="/records/looks">この記録を見た人を、すべて見る</Link></p>}
      </RecordTable>
      <section className="sec">
        <h2>受け取ったお知らせとコード</h2>
        {record.notices.length === 0 ? <p>お知らせはまだありません。</p> : <ol className="line">{record.notices.map(({ key, at, words, note }) => <li key={key}><time>{at}</time><span>{words}{note && <><br /><span className="sml mut">{note}</span></>}</span></li>)}</ol>}
      </section>
      <RecordTable title="サインイン" columns={['はじめ', '最後の操作', '接続元']} empty="いまサインインしている端末はありません。" rows={record.sessions.map(({ key, from, last, address }) => ({ key, cells: [from, last, address] }))}>
        <p className="sml mt-2 noprint"><Link to="/sessions">端末ごとに見る・終わらせる</Link>　<Link to="/password">パスワードを変える</Link></p>
      </RecordTable>
      {record.words.length > 0 && (
        <section className="sec" id="words">
          <h2>誓約書について書いた言葉と回答</h2>
          <Spoken spoken={record.words} />
        </section>
      )}
      {record.corrections > 0 && <section className="sec"><h2>訂正の申し出</h2><p><Link to="/records/correction#asked">{record.corrections}件の申し出と回答を見る</Link></p></section>}
      {record.notes.length > 0 && (
        <section className="sec" id="notes">
          <h2>教材への指摘</h2>
          <Spoken spoken={record.notes} />
        </section>
      )}
      <p className="src">記録は、研修と誓約の管理、従事者の監督、法令に基づく報告のために使います。賞与や評価には使いません。くわしくは <Link to="/notice">記録の利用目的</Link></p>
    </Page>
  )
}
