import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findCertificate, listCertificateLines } from '../../../db/certificates.server'
import { findBlob } from '../../../db/ledger.server'
import { listCompaniesBelow } from '../../../db/slips.server'
import { reachOf } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import type { CertificateStatement } from '../../domain/certificate'
import { authenticationWords, signedAtWords } from '../../domain/pledge-statement'
import { guardLoader, notFound } from '../../http/guard.server'
import { Facts } from '../../ui/facts'
import { fullDay } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '誓約取得証明を提出しました｜守秘' }]

/** The receipt of a 誓約取得証明 of one's own company or a lower tier. */
export const loader = guardLoader({ act: 'runCompany', params: z.object({ certificateId: z.string().max(64) }) }, async ({ context, params: { certificateId } }) => {
  const { db, viewer, now } = context
  const reach = reachOf(viewer, 'runCompany')
  const certificate = await findCertificate(db, certificateId, reach.all ? [] : await listCompaniesBelow(db, reach.companyIds, dayOf(now)))
  const blob = certificate && (await findBlob(db, certificate.statement_sha256))
  if (!certificate || !blob) throw notFound()
  const statement = JSON.parse(new TextDecoder().decode(blob.bytes)) as CertificateStatement
  const lines = await listCertificateLines(db, certificateId)
  return {
    company: statement.company.name, operator: statement.addressee.name, title: `${statement.template.title} 第${statement.template.version}版`, declaration: statement.declaration, receipt: certificate.receipt, sha256: certificate.statement_sha256,
    at: new Date(certificate.at).toISOString(), atWords: signedAtWords(certificate.at), by: statement.declaredBy, authentication: authenticationWords(statement.authentication.method),
    lines: lines.map(({ number, name, taken_on }) => ({ number, name: name ?? '', takenOn: fullDay(taken_on), ...passedOn(statement, number) })),
  }
})

/** What the statement says of one person: whose pledge it is, under which name, and whether it was signed here. */
function passedOn(statement: CertificateStatement, number: string) {
  const line = statement.lines.find((one) => one.number === number)
  return { employer: line?.employer.name ?? '', named: line !== undefined && line.name !== null, signedHere: line !== undefined && line.receipt !== null }
}

export default function CertificateReceipt() {
  const certificate = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/company', label: '自社の名簿に戻る' }} title="誓約取得証明を提出しました" lead={`${certificate.lines.length}人分です。あとから何度でも、この画面で確かめられます。`} />
      <Facts facts={[
        ['証明した会社', certificate.company],
        ['提出先', certificate.operator],
        ['対象の文書', certificate.title],
        ['宣言', certificate.declaration],
        ['提出した人', <>{certificate.by.nameRegistered}{certificate.by.nameTyped !== certificate.by.nameRegistered && <span className="mut"> (入力：{certificate.by.nameTyped})</span>} <span className="sml mut">{certificate.by.number}</span></>],
        ['日時', <><time dateTime={certificate.at}>{certificate.atWords}</time> <span className="sml mut">サーバー時刻</span></>],
        ['本人確認', certificate.authentication],
        ['記録番号', <span className="hash">{certificate.receipt}</span>],
        ['記録の指紋', <span className="hash">{certificate.sha256.replace(/(.{8})(?=.)/g, '$1 ')}</span>],
      ]} />
      <section className="sec">
        <h2>証明した方 {certificate.lines.length}人</h2>
        <Table><caption className="sr-only">証明した方</caption>
          <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>雇い主</ColumnHead><ColumnHead>受け取った日</ColumnHead><ColumnHead>受け取り方</ColumnHead><ColumnHead>渡したもの</ColumnHead></Row></Head>
          <Body>{certificate.lines.map(({ number, name, employer, named, takenOn, signedHere }) => <Row key={number}><RowHead><span className="who">{name}</span><br /><span className="who-no">{number}</span></RowHead><Cell label="雇い主">{employer}</Cell><Cell label="受け取った日">{takenOn}</Cell><Cell label="受け取り方">{signedHere ? 'ここで署名' : '会社で受け取り'}</Cell><Cell label="渡したもの">{named ? '氏名・番号・日付' : '番号・日付'}</Cell></Row>)}</Body>
        </Table>
      </section>
      <div className="acts"><Link className="btn" to="/company">自社の名簿へ</Link></div>
    </Page>
  )
}
