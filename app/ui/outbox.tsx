import type { ReactNode } from 'react'
import type { MailClass } from '../domain/mail'
import type { OutboxTab } from '../domain/outbox'
import { Status, type Mark } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

export const MAIL_KIND: Readonly<Record<MailClass, string>> = { request: '依頼', receipt: '控え・お知らせ', code: 'コード', digest: '週のまとめ' }
export const TAB_WORDS: Readonly<Record<OutboxTab, { words: string; mark?: Mark }>> = {
  open: { words: '送信待ち' }, waiting: { words: '待機中', mark: 'wait' }, again: { words: '再送中', mark: 'soon' }, givenUp: { words: '断念', mark: 'late' }, sent: { words: '今日送ったもの', mark: 'done' }, needless: { words: '今日送らなかったもの', mark: 'none' }, fictional: { words: '架空の宛先', mark: 'none' },
}

export interface OutboxLine {
  id: string
  state: string
  again: boolean
  to: string
  number: string | null
  kind: string
  title: string
  tries: number
  next: string
  error: string
  read: boolean
  fix: string | null
  resend: boolean
}

function stateOf({ state, again }: OutboxLine): readonly [Mark, string] {
  if (state === 'givenUp') return ['late', '断念']
  if (state === 'sent') return ['done', '送りました']
  if (state === 'needless') return ['none', '送りませんでした']
  if (state === 'fictional') return ['none', '架空の宛先']
  return again ? ['soon', '再送中'] : ['wait', state === 'sending' ? '送信中' : '待機中']
}

/** Mails by number, kind and state (look 12-outbox). */
export function OutboxTable({ rows, count, form }: { rows: readonly OutboxLine[]; count: number; form: (row: OutboxLine) => ReactNode }) {
  return (
    <Table className="mt-4">
      <caption>{count}通のうち{rows.length}通。宛先は伏せています。</caption>
      <Head><Row><ColumnHead>状態</ColumnHead><ColumnHead>宛先</ColumnHead><ColumnHead>種類</ColumnHead><ColumnHead className="num">回数</ColumnHead><ColumnHead>次の送信</ColumnHead><ColumnHead>最後の応答</ColumnHead><ColumnHead>できること</ColumnHead></Row></Head>
      <Body>
        {rows.map((row) => {
          const [mark, words] = stateOf(row)
          return (
            <Row key={row.id}>
              <Cell label="状態"><Status mark={mark}>{words}</Status></Cell>
              <RowHead><span className="break-all">{row.to}</span><br /><span className="mut">{row.number ?? '―'}</span></RowHead>
              <Cell label="種類">{row.kind}　{row.title}</Cell>
              <Cell label="回数" className="num">{row.tries}回</Cell>
              <Cell label="次の送信">{row.next}</Cell>
              <Cell label="応答"><span className="break-words">{row.error || '―'}</span></Cell>
              <Cell label="できること"><div className="flex flex-wrap gap-x-4">{form(row)}</div></Cell>
            </Row>
          )
        })}
      </Body>
    </Table>
  )
}
