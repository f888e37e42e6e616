import { redirect, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findBlob } from '../../../db/ledger.server'
import { findOwnSignedAct, PAPER_GRADE } from '../../../db/pledges.server'
import { fullDay } from '../../domain/calendar'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { authenticationWords, companionWords, signedAtWords, type PledgeStatement } from '../../domain/pledge-statement'
import { guardLoader, notFound } from '../../http/guard.server'
import { findPaperStatement } from '../../http/signed-scan.server'
import { Facts } from '../../ui/facts'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'

export const meta: MetaFunction = () => [{ title: '署名を記録しました｜守秘' }]

const params = z.object({ assignmentId: z.string().max(64) })
const query = z.object({ pdf: z.string().optional() })

/** The receipt of a signature: what was signed by whom, towards whom, when and how; the same for ever. */
export const loader = guardLoader({ act: 'learn', params, query }, async ({ context, params: { assignmentId }, query: { pdf } }) => {
  const act = await findOwnSignedAct(context.db, assignmentId, context.viewer.personId)
  if (!act) throw notFound()
  if (act.evidence_grade === PAPER_GRADE) {
    const paper = await findPaperStatement(context.db, act.statement_sha256)
    if (!paper) throw redirect('/records')
    return {
      id: assignmentId, paper: true, title: paper.template.title, version: paper.template.version, signer: { ...paper.signer, nameTyped: paper.signer.nameOnPaper, kindWords: ENGAGEMENT_KINDS[paper.signer.kind] }, addressee: paper.addressee.name, at: paper.signedOn, atWords: fullDay(paper.signedOn),
      authentication: '紙の誓約書(読み取った控えを、2人で確かめました)', memo: '', guardian: '', receipt: act.receipt, sha256: act.statement_sha256, pages: [], soon: false, certificate: false, companion: '',
    }
  }
  const blob = await findBlob(context.db, act.statement_sha256)
  if (!blob) throw redirect('/records')
  const statement = JSON.parse(new TextDecoder().decode(blob.bytes)) as PledgeStatement
  const { signer, template, addressee, authentication } = statement
  return {
    id: assignmentId, paper: false, title: template.title, version: template.version, signer: { ...signer, kindWords: ENGAGEMENT_KINDS[signer.kind] }, addressee: addressee.name, at: new Date(act.signed_at).toISOString(), atWords: signedAtWords(act.signed_at),
    authentication: authenticationWords(authentication.method), memo: act.note, guardian: statement.guardian, receipt: act.receipt, sha256: act.statement_sha256, pages: statement.pages.map(({ sha256 }) => sha256),
    soon: pdf === 'soon' && act.pdf_sha256 === null, certificate: act.target_kind === 'certificate', companion: companionWords(statement),
  }
})

const grouped = (hash: string) => hash.replace(/(.{8})(?=.)/g, '$1 ')

export default function PledgeReceipt() {
  const signed = useLoaderData<typeof loader>()
  const { signer } = signed
  return (
    <Page width="wrap-narrow">
      {signed.soon && <Notice kind="info" title="控え(PDF)を作っています"><p>数秒で用意できます。少し待って、もう一度「控え(PDF)を受け取る」を押してください。署名は記録されています。</p></Notice>}
      <PageHead title={signed.paper ? '紙の誓約書を記録しました' : '署名を記録しました'} lead="控えをお渡しします。あとから何度でも、同じものを受け取れます。" />
      <Facts facts={[
        ['文書', `${signed.title}${signed.version && ` 第${signed.version}版`}`],
        ['署名した人', <>{signer.nameRegistered} {signer.nameTyped !== signer.nameRegistered && <span className="mut">(入力：{signer.nameTyped})</span>}<br /><span className="sml mut">従事者番号 {signer.number}・{signer.kindWords}</span></>],
        ['差入先', signed.addressee],
        ['日時', <><time dateTime={signed.at}>{signed.atWords}</time> {!signed.paper && <span className="sml mut">サーバー時刻</span>}</>],
        ['本人確認', signed.authentication],
        ['参考訳', signed.companion],
        ['保護者の確認', signed.guardian],
        ['書き添え', signed.memo && <span className="whitespace-pre-line">{signed.memo}</span>],
        ['記録番号', <span className="hash">{signed.receipt}</span>],
        ['記録の指紋', <details><summary className="sml flex min-h-11 items-center underline">SHA-256 を見る</summary><span className="hash">{grouped(signed.sha256)}</span>
          <p className="sml mut mt-2">各ページの本文</p>{signed.pages.map((hash, at) => <p key={hash} className="sml">{at + 1}ページ目 <span className="hash">{grouped(hash)}</span></p>)}</details>],
      ]} />
      <div className="acts">
        <a className="btn btn-main" href={`/pledges/${signed.id}/pdf`}>{signed.paper ? '控えを受け取る' : '控え(PDF)を受け取る'}</a>
        <Link className="btn" to="/">いま、やること へ</Link>
      </div>
      <p className="src">{signed.certificate ? `${signed.addressee}が、この署名をもとに「誓約取得証明」を提出すると、完了になります。` : ''}{signed.paper ? '紙に署名した誓約書の記録です。' : 'これは電子的な署名(記録)です。'}記録番号と記録の指紋で、内容が変わっていないことを確かめられます。<Link to="/help/learner-records">確かめ方を見る</Link></p>
    </Page>
  )
}
