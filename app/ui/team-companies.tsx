import { Form } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import type { CompanyLine } from '../domain/company-block'
import { percentOf } from '../domain/percent'
import { COMPANY_KINDS, ENGAGEMENT_KINDS } from '../domain/people'
import { Who } from './facts'
import { shortDay } from './format'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** 委託先で働く人: companies and their figures, never persons; one button, to the company's 会社側担当者 (domain.md L25). */
export function TeamCompanies({ companies, unit, today }: { companies: readonly CompanyLine[]; /** The one unit whose figures these are. */ unit: { id: string; name: string } | null; today: Day }) {
  return (
    <section className="sec" id="companies">
      <h2>委託先で働く人</h2>
      {unit !== null && <p className="asof">{unit.name}と、その下の所属で働く人の数です。依頼も、この人たちの分だけになります。</p>}
      <p className="lead">仕事の指示や受講の依頼は、委託先の責任者が行います。ここからは、<b>会社の責任者にだけ</b>依頼できます。数は各社からの報告によるもので、上の修了率には入れていません。</p>
      {companies.length === 0 ? <p>受け持つ所属で働く委託先の人は、いません。</p> : (
        <Form method="post" action="/team/chase">
          {unit !== null && <input type="hidden" name="unit" value={unit.id} />}
          <Table className="mt-4">
            <caption className="sr-only">委託先の状況</caption>
            <Head><Row><ColumnHead>会社</ColumnHead><ColumnHead>責任者</ColumnHead><ColumnHead className="num">修了／対象</ColumnHead><ColumnHead className="num">未了</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>最終報告</ColumnHead><ColumnHead><span className="sr-only">操作</span></ColumnHead></Row></Head>
            <Body>{companies.map((one) => <Company key={one.companyId} one={one} today={today} />)}</Body>
          </Table>
        </Form>
      )}
    </section>
  )
}

function Company({ one, today }: { one: CompanyLine; today: Day }) {
  const percent = percentOf(one.done, one.counted)
  const left = one.counted - one.done
  return (
    <Row>
      <RowHead>
        {one.depth > 0 && <span className="sr-only">下の会社 </span>}{'　'.repeat(Math.max(0, one.depth - 1))}{one.depth > 0 && <span aria-hidden="true">└ </span>}<b>{one.name}</b><br />
        <span className="mut">{one.depth > 0 && '　'}{COMPANY_KINDS[one.kind]}{one.contractNumber !== null && `・契約 ${one.contractNumber}`}</span>
      </RowHead>
      <Cell label="責任者">{one.contact === null ? <span className="mut">登録されていません</span> : <Who name={one.contact.name} number={one.contact.number} kind={ENGAGEMENT_KINDS[one.contact.kind]}><span>{`${one.contact.name} 様${one.contact.above ? ' 経由' : ''}`}</span></Who>}</Cell>
      <Cell label="修了／対象" className="num">{percent === null ? '―' : `${one.done}/${one.counted}人(${percent}%)`}</Cell>
      <Cell label="未了" className="num">{one.counted === 0 ? '―' : <Status mark={one.late > 0 ? 'late' : left > 0 ? 'todo' : 'done'}>{left}人</Status>}</Cell>
      <Cell label="期限">{one.due === null ? '―' : shortDay(one.due, today)}</Cell>
      <Cell label="最終報告">{one.reportedOn === null ? 'まだありません' : shortDay(one.reportedOn, today)}</Cell>
      <Cell>{one.mayAsk && <button className="btn btn-sm" name="co" value={one.companyId} aria-label={`${one.name}の責任者に依頼`}>責任者に依頼</button>}</Cell>
    </Row>
  )
}
