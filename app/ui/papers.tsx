import { Form } from '@remix-run/react'
import type { Refusal } from '../domain/refusal'
import type { MessageCode } from './messages'
import { Notice } from './notice'
import { Page, PageHead } from './page-head'
import { Refused } from './refused'

export interface PrintedPaper {
  id: string
  number: string
  who: string
  honorific: string
  kind: string
  site: string
  contact: string
  askedOn: string
  asks: { title: string; due: string; minutes: number }[]
}

export interface PapersView {
  papers: readonly PrintedPaper[]
  door: string
  qr: { size: number; path: string } | null
  today: string
  /** What was asked just now: by mail, and on paper. */
  sent?: number | undefined
  count?: number | undefined
  handed: boolean
}

/** お知らせの紙 of whom one asks: as the manager and as the 会社側担当者 print them, each at an own door. */
export function PapersPage({ page, tried, action, back }: { page: PapersView; tried: { refused: Refusal<MessageCode>; id: string } | undefined; action: string; back: { to: string; label: string } }) {
  const { papers, sent, count, handed } = page
  return (
    <Page width="wrap-narrow">
      <div className="noprint">
        {count ? <Notice kind="ok" title={`${sent ? `${sent}人への依頼をメールの便に入れました。` : ''}${count}人には紙を渡してください`} /> : handed ? <Notice kind="ok" title="渡した日を記録しました" /> : null}
        <Refused refused={tried?.refused} />
        <PageHead back={back} title="お知らせの紙" asOf={`渡していない紙 ${papers.length}人分`} lead="メールの登録がない人に、印刷して手渡しする紙です。1人1枚です。渡したら、その日を記録してください。" />
        {papers.length > 0 && <p>印刷は、ブラウザーの「印刷」(Ctrl+P または ⌘+P)から行います。</p>}
      </div>
      <Papers {...page} action={action} trouble={tried?.id ?? null} />
    </Page>
  )
}

/** One A4 a person, with nothing on it that opens anything; and where it is noted that it was handed over (A09). */
function Papers({ papers, door, qr, today, action, trouble }: Pick<PapersView, 'papers' | 'door' | 'qr' | 'today'> & { action: string; trouble: string | null }) {
  if (papers.length === 0 || !qr) return <Notice kind="info" title="渡す紙はありません"><p>メールの登録がない人に依頼すると、ここに、その人に渡す紙が出ます。</p></Notice>
  return (
    <>
      {papers.map((paper) => (
        <section className="leaf border-b border-line py-8 print:border-0 print:py-0 print:break-after-page" key={paper.id} aria-label={`${paper.who} ${paper.number} へのお知らせ`}>
          <p className="mut">{paper.site}「守秘」(研修と誓約)</p>
          <h2 className="mt-2">{paper.who} {paper.honorific}</h2>
          <p className="who-no">{paper.number}・{paper.kind}</p>
          {paper.asks.length === 0 ? <p className="mt-4">いま残っているものはありません。この紙を渡す必要はありません。</p> : (
            <>
              <p className="mt-4">次のものが残っています。勤務時間の中で進めてください。</p>
              <dl className="facts mt-2">{paper.asks.map(({ title, due, minutes }) => <div key={title}><dt>{due}</dt><dd><b>{title}</b>　約{minutes}分</dd></div>)}</dl>
              <div className="mt-4 grid grid-cols-[1fr_auto] gap-6">
                <ol className="list-decimal pl-6">
                  <li>会社の端末か自分のスマートフォンで、<b className="hash">{door}</b> を開くか、QRコードを読みます。</li>
                  <li>従事者番号 <b>{paper.number}</b> とパスワードでサインインします。</li>
                  <li>「いま、やること」の上から順に進めます。途中でやめても、続きから始められます。</li>
                </ol>
                <svg className="w-28 h-28" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={`${door} を開くQRコード`} shapeRendering="crispEdges"><rect width={qr.size} height={qr.size} fill="#fff" /><path d={qr.path} fill="#000" /></svg>
              </div>
              <p className="sml mt-2">パスワードを忘れたとき、時間が取れないとき、読みにくいときは、{paper.contact}に相談できます。この紙に、秘密の番号は書いていません。</p>
            </>
          )}
          <Form method="post" action={action} className="filter noprint">
            <input type="hidden" name="engagementId" value={paper.id} />
            <div className="field"><label className="label" htmlFor={`d-${paper.id}`}>渡した日</label><input className="in" type="date" id={`d-${paper.id}`} name="day" defaultValue={today} max={today} required aria-invalid={trouble === paper.id || undefined} /></div>
            <button className="btn btn-sm" aria-label={`${paper.who} ${paper.number} に渡した日を記録する`}>渡した日を記録する</button>
          </Form>
        </section>
      ))}
    </>
  )
}
