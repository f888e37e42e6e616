import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Who } from './facts'
import { Field, type FormTrouble } from './field'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** One line of the page before asking: who, for what, and how it gets there. */
export interface AskLine {
  id: string
  name: string
  number: string
  kind: string
  /** What, and beside it the minutes and the due day, which stay on one line. */
  asks: readonly { what: string; by: string }[]
  how: string
  /** May be told the 派遣元 too: its name. */
  share: string | null
}

export interface AskGroup {
  by: string
  title: string
  lines: AskLine[]
}

export interface AskView {
  groups: AskGroup[]
  /** What is asked for by this form again: the same people and companies. */
  fields: { name: string; value: string }[]
  key: string
  /** When the mails leave; null when none does. */
  when: string | null
  hours: string
  note: string
  sends: boolean
  sample: { subject: string; lines: string[] } | null
}

const FORM = 'ask'

/** Who gets what through which channel, and who nothing and why; then the reason, the time, and the one button (look 08-chase). */
export function Asking({ view, action, trouble, sampleNote }: { view: AskView; action: string; trouble?: FormTrouble | null; sampleNote?: ReactNode }) {
  return (
    <div className="cols">
      <div>
        <section className="sec">
          <h2>届け方ごとの一覧</h2>
          <Table>
            <caption className="sr-only">だれに、何が、どう届くか</caption>
            <colgroup><col className="w-[28%]" /><col className="w-[40%]" /><col /></colgroup>
            <Head><Row><ColumnHead>氏名・番号・雇用形態</ColumnHead><ColumnHead>依頼するもの</ColumnHead><ColumnHead>どう届くか</ColumnHead></Row></Head>
            {view.groups.map((group) => (
              <Body key={group.by}>
                <Row className="grp"><RowHead colSpan={3} group>{group.title}</RowHead></Row>
                {group.lines.map((line) => (
                  <Row key={line.id}>
                    <RowHead><Who name={line.name} number={line.number} kind={line.kind} /></RowHead>
                    <Cell label="依頼">{line.asks.length === 0 ? '―' : line.asks.map(({ what, by }) => <span className="block" key={`${what} ${by}`}>{what}<span className="nw">{by}</span></span>)}</Cell>
                    <Cell label="届け方">{line.how}{line.share !== null && <><br /><label className="share"><input className="box" type="checkbox" name="share" value={line.id} form={FORM} /> {line.share}(派遣元)にも共有する</label></>}</Cell>
                  </Row>
                ))}
              </Body>
            ))}
          </Table>
        </section>
      </div>
      {view.sends && (
        <Form method="post" action={action} id={FORM}>
          <section className="sec">
            <h2>送る</h2>
            {view.fields.map(({ name, value }) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />)}
            <input type="hidden" name="key" value={view.key} />
            <Field name="note" label="依頼の理由" hint="督促記録に残ります。依頼を受ける人にも見えます。" need trouble={trouble} value={view.note} className="mt-4"><textarea className="in min-h-24" maxLength={300} /></Field>
            <p className="sml mt-4">{view.when !== null && <><b>{view.when}</b>に届きます。</>}メールを送るのは、営業日の{view.hours}です。夜間には送りません。</p>
            <div className="acts"><button className="btn btn-main w-full" name="send" value="1">この内容で依頼する</button></div>
            {view.sample && (
              <details className="more mt-4">
                <summary>届く文面を見る</summary>
                <div className="sml flow"><p><b>件名：</b>{view.sample.subject}</p>{view.sample.lines.map((line) => <p key={line}>{line}</p>)}<p className="mut">残りの分数は、本人のメールにだけ出ます。送るときに終わっていたものは、入りません。</p></div>
              </details>
            )}
            {sampleNote}
          </section>
        </Form>
      )}
    </div>
  )
}
