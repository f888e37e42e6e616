import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { ANSWERS, CHANGES, isFinding, type Answer, type Change } from '../domain/filing'
import { MOST_SCAN_MB } from '../domain/scan'
import { fullDay } from './format'
import { Status, type Mark } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** Why a file that was to go with an answer or a report was not taken, by its name. */
export const scanFaultWords = (name: string, fault: 'scanMissing' | 'scanTooLarge' | 'scanOfAnotherKind'): string =>
  `「${name}」は受け取れませんでした。${fault === 'scanMissing' ? '中身がありません。' : fault === 'scanTooLarge' ? `${MOST_SCAN_MB}MBまでにしてください。` : '中身がPDF、JPEG、PNGのどれかのファイルにしてください。'}`

const MARKS: Readonly<Record<Answer, Mark>> = { done: 'done', partly: 'doing', notDone: 'fail', none: 'none' }
export const AnswerStatus = ({ answer }: { answer: Answer | null }) => (answer === null ? <Status mark="todo">まだ</Status> : <Status mark={MARKS[answer]}>{ANSWERS[answer]}</Status>)

/** One answered item, as it is read before signing and ever after. */
export interface ReadItem {
  id: string
  group: string
  number: string
  text: string
  answer: Answer | null
  remark: string
  improveBy: string
  files: readonly { id: string; name: string }[]
  /** What was answered the time before, and how it stands to that; left out where nothing was. */
  before?: { answer: Answer | null; change: Change; reworded: boolean; finding: { id: string; mark: Mark; words: string } | null }
}

/** Answers by group, beside those of the time before. `note` is what stands under an item: what is missing, or why it comes back. */
export function CheckItems({ items, earlier, filesOf, note }: { items: readonly ReadItem[]; earlier: string | null; filesOf: string | null; note?: (item: ReadItem) => ReactNode }) {
  const groups = [...new Set(items.map(({ group }) => group))]
  return (
    <Table>
      <caption className="sr-only">項目ごとの答え</caption>
      <Head><Row><ColumnHead>項目</ColumnHead><ColumnHead>答え</ColumnHead>{earlier !== null && <ColumnHead>前回({earlier})から</ColumnHead>}<ColumnHead>備考・添付</ColumnHead></Row></Head>
      {groups.map((group) => (
        <Body key={group}>
          <Row className="grp"><RowHead group colSpan={earlier === null ? 3 : 4}>{group}</RowHead></Row>
          {items.filter((item) => item.group === group).map((item) => (
            <Row key={item.id} id={`item-${item.id}`}>
              <RowHead className="font-normal"><span><b>{item.number}</b>　{item.text}</span></RowHead>
              <Cell label="答え"><AnswerStatus answer={item.answer} /></Cell>
              {earlier !== null && <Cell label="前回から">{item.before && <Before {...item.before} now={item.answer} />}</Cell>}
              <Cell label="備考・添付">
                <span>
                  {item.remark && <span className="block whitespace-pre-line">{item.remark}</span>}
                  {isFinding(item.answer) && item.improveBy && <span className="block sml">{fullDay(item.improveBy)}までに直す</span>}
                  {item.files.map((file) => (filesOf === null ? <span key={file.id} className="block sml">添付 {file.name}</span> : <Form key={file.id} method="post" action={`${filesOf}/${file.id}`} reloadDocument><button className="ask" aria-label={`${item.number}の添付 ${file.name}を受け取る`}>{file.name}</button></Form>))}
                  {note?.(item)}
                  {!note && item.remark === '' && item.files.length === 0 && <span className="mut">―</span>}
                </span>
              </Cell>
            </Row>
          ))}
        </Body>
      ))}
    </Table>
  )
}

/** What became of an item that was left to mend, with the way there. */
export const FindingLine = ({ finding: { id, mark, words } }: { finding: { id: string; mark: Mark; words: string } }) => (
  <span className="block sml"><Link to={`/checks/findings/${id}`}>直すこと</Link>　<Status mark={mark}>{words}</Status></span>
)

function Before({ answer, change, reworded, finding, now }: NonNullable<ReadItem['before']> & { now: Answer | null }) {
  return (
    <span>
      {answer !== null && answer !== now && now !== null && <span className="block"><del className="was">{ANSWERS[answer]}</del><span className="arrow">→</span><ins className="is">{ANSWERS[now]}</ins></span>}
      <span className={change === 'same' ? 'mut' : undefined}>{CHANGES[change]}</span>
      {finding && <FindingLine finding={finding} />}
      {reworded && <span className="block sml mut">項目の文が前回と違います</span>}
    </span>
  )
}
