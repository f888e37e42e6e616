import { ENGAGEMENT_KINDS, type EngagementKind } from '../domain/people'

export interface PrintedSlip {
  engagementId: string
  number: string
  name: string | null
  kind: EngagementKind
  companyName: string
  unitName: string | null
  code: string
  until: string
  /** The first day, for somebody who has not begun yet. */
  begins: string | null
  qr: { size: number; path: string }
}

/** はじめての利用票 on paper: whose it is, where to go, what to type; cut apart along the lines. A contractor's worker has it from the employer (L25). */
export function Slip({ slip, address, site }: { slip: PrintedSlip; address: string; site: string }) {
  return (
    <article className="leaf break-inside-avoid border-b border-line py-8 print:py-4" aria-label={`従事者番号 ${slip.number} の利用票`}>
      <p><b>はじめての利用票</b><span className="mut">　{slip.kind === 'contractorWorker' ? slip.companyName : site}「守秘」(研修と誓約)</span></p>
      <div className="mt-4 print:mt-2 grid grid-cols-[1fr_auto] gap-6">
        <div>
          <dl className="facts">
            <div><dt>従事者番号</dt><dd><b className="text-xl">{slip.number}</b></dd></div>
            <div><dt>お名前</dt><dd>{slip.name === null ? '(番号だけで表示する契約です)' : `${slip.name} さん`}<br /><span className="mut">{ENGAGEMENT_KINDS[slip.kind]}・{[slip.companyName, slip.unitName].filter(Boolean).join('・')}</span></dd></div>
            <div><dt>コード</dt><dd><b className="hash text-xl whitespace-nowrap">{slip.code}</b><br /><span className="mut">{slip.begins && <b>{slip.begins}から、</b>}{slip.until}まで、1回だけ</span></dd></div>
          </dl>
        </div>
        <svg className="w-36 h-36" viewBox={`0 0 ${slip.qr.size} ${slip.qr.size}`} role="img" aria-label={`${address} を開くQRコード`} shapeRendering="crispEdges">
          <rect width={slip.qr.size} height={slip.qr.size} fill="#fff" />
          <path d={slip.qr.path} fill="#000" />
        </svg>
      </div>
      <ol className="mt-4 print:mt-2 list-decimal pl-6">
        <li>スマートフォンでQRコードを読むか、<b className="hash">{address}</b> を開きます。</li>
        <li>従事者番号とコードを入れ、自分だけが知るパスワード(10文字以上)を決めます。</li>
        <li>次からは、従事者番号とパスワードでサインインします。この票は細かく切って捨ててください。</li>
      </ol>
      <p className="mut mt-2 print:mt-1">コードに0(ゼロ)・O・1・I・Lは使っていません。この票を人に渡さないでください。受講と署名は、あなたの記録になります。</p>
    </article>
  )
}
