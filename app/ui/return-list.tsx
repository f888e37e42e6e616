import { Form, Link } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import { MOST_RETURN_WORDS, RETURN_KINDS, type Departure, type ReturnItem } from '../domain/departure'
import type { Relation } from '../domain/people'
import { Field, type FormTrouble } from './field'
import { shortDay } from './format'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** What comes back, is erased and is stopped: tick what is done, with the day. */
export function ReturnList({ engagementId, commandKey, items, departure, relation, today, trouble }: { engagementId: string; commandKey: string; items: readonly ReturnItem[]; departure: Departure; relation: Relation; today: Day; trouble?: FormTrouble | null }) {
  const { returns, access } = departure
  const open = items.filter(({ doneOn }) => doneOn === null)
  const step = String(trouble?.given.go ?? '')
  return (
    <section className="sec" id="returns">
      <h2>返却・消去と権限の停止</h2>
      {items.length === 0 ? (
        <>
          <p>まだリストがありません。標準のリストと、取り扱うシステムごとの権限の停止から作ります。あとで加えたり外したりできます。</p>
          <Form method="post" className="acts"><button className="btn" name="go" value="begin">返却リストを作る</button></Form>
        </>
      ) : (
        <>
          <p className="sml">返却・消去 {returns.done}/{returns.all}件、権限の停止 {access.done}/{access.all}件。ここに残りがあっても、ほかの手続は止まりません。{relation !== 'own' && relation !== 'sole' && `${relation === 'dispatched' ? '派遣元の担当者' : '委託先の責任者'}にも、このリストを渡してください。`}</p>
          <Form method="post">
            <Table>
              <caption className="sr-only">返すもの、消すデータ、止める権限</caption>
              <Head><Row><ColumnHead className="tick"><span className="sr-only">選ぶ</span></ColumnHead><ColumnHead>内容</ColumnHead><ColumnHead>種類</ColumnHead><ColumnHead>済んだ日</ColumnHead></Row></Head>
              <Body>
                {items.map((item) => (
                  <Row key={item.id}>
                    <Cell className="tick">{item.doneOn === null && <label className="hit"><input className="box" type="checkbox" name="item" value={item.id} aria-label={`${item.words} を選ぶ`} /></label>}</Cell>
                    <RowHead><b>{item.words}</b></RowHead>
                    <Cell label="種類">{RETURN_KINDS[item.kind]}</Cell>
                    <Cell label="済んだ日">{item.doneOn !== null ? <Status mark="done">{shortDay(item.doneOn, today)}</Status> : <Status mark={departure.ended ? 'late' : 'todo'}>まだ</Status>}</Cell>
                  </Row>
                ))}
              </Body>
            </Table>
            {open.length > 0 && (
              <div className="filter noprint">
                <Field name="onDay" label="返した日・消した日・止めた日" value={today} trouble={step === 'finish' ? trouble : null}><input className="in in-s" type="date" max={today} /></Field>
                <button className="btn btn-sm" name="go" value="finish">選んだものを「済み」にする</button>
              </div>
            )}
          </Form>
        </>
      )}
      <div className="acts">{items.length > 0 && <Link className="btn btn-sm" to={`/people/${engagementId}/departure/list`}>渡すリストを印刷する</Link>}</div>
      <details className="more mt-4" open={step === 'add'}>
        <summary>リストに加える・外す</summary>
        <Form method="post" className="mt-2" key={commandKey}>
          <input type="hidden" name="key" value={commandKey} />
          <Field name="kind" label="種類" trouble={step === 'add' ? trouble : null}><select className="in">{Object.entries(RETURN_KINDS).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select></Field>
          <Field name="words" label="内容" hint="例：店舗の鍵、検証用の端末。番号札などのほか、個人の事情は書きません。" trouble={step === 'add' ? trouble : null}><input className="in" maxLength={MOST_RETURN_WORDS} /></Field>
          <div className="acts"><button className="btn btn-sm" name="go" value="add">リストに加える</button></div>
        </Form>
        {items.length > 0 && (
          <ul className="mt-4">
            {items.map((item) => (
              <li key={item.id}>
                <Form method="post"><input type="hidden" name="go" value="void" /><button className="ask" name="item" value={item.id} aria-label={`${item.words} をリストから外す`}>外す</button>　{item.words}</Form>
              </li>
            ))}
          </ul>
        )}
      </details>
    </section>
  )
}
