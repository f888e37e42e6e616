import { Link } from '@remix-run/react'
import { APPROVAL_KINDS, ASKED_AS, OUTCOMES, reasonWords, type ApprovalKind, type ApprovalOutcome, type AskedAs, type Done } from '../domain/approval'
import { periodWords } from '../domain/duty-words'
import { Who } from './facts'
import { dayWords, shortDay } from './format'
import { Status, type Mark } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

const OUTCOME_MARK: Record<ApprovalOutcome, Mark> = { accepted: 'done', partly: 'done', returned: 'fail', withdrawn: 'none' }

/** What an approval did, as it stands in a person's history. */
export const EXCEPTION_WORDS: Readonly<Record<string, string>> = { defer: '猶予', exempt: '免除', credit: '紙・集合研修などの記録', void: '承認の取消し' }

/** Where a request stands. */
export function ApprovalState({ outcome, voided = false }: { outcome: ApprovalOutcome | null; voided?: boolean }) {
  if (voided) return <Status mark="none">承認の取消し</Status>
  return outcome === null ? <Status mark="wait">承認待ち</Status> : <Status mark={OUTCOME_MARK[outcome]}>{OUTCOMES[outcome]}</Status>
}

/** 氏名 as far as it may be shown. */
export const shownName = (name: string | null) => name ?? '従事者'

export interface ApprovalRow {
  id: string
  kind: ApprovalKind
  askedAs: AskedAs
  outcome: ApprovalOutcome | null
  voided: boolean
  together: number
  name: string | null
  number: string
  employed: string
  /** The employer, where it is not the operator. */
  company: string
  title: string
  period: string
  what: string
  asked: string
  /** Waits for somebody else than the viewer, who asked for it or whom it is about. */
  others: boolean
  decided: string | null
}

/** Requests, one a row; a class is one row for all who came. */
export function ApprovalTable({ rows, caption }: { rows: readonly ApprovalRow[]; caption: string }) {
  return (
    <Table>
      <caption className="asof">{caption}</caption>
      <Head><Row><ColumnHead>だれの</ColumnHead><ColumnHead>申請</ColumnHead><ColumnHead>内容</ColumnHead><ColumnHead>申請した人</ColumnHead><ColumnHead>状態</ColumnHead></Row></Head>
      <Body>
        {rows.map((row) => (
          <Row key={row.id}>
            <RowHead>
              {row.together > 1
                ? <Link className="who" to={`/approvals/${row.id}`}>集合研修に出た {row.together}人</Link>
                : <Who name={shownName(row.name)} number={row.number} kind={row.employed}><Link className="who" to={`/approvals/${row.id}`}>{shownName(row.name)}</Link></Who>}
              {row.company !== '' && row.together === 1 && <><br /><span className="mut sml">{row.company}</span></>}
            </RowHead>
            <Cell label="申請">{APPROVAL_KINDS[row.kind]}<br /><span className="mut">{row.what}</span></Cell>
            <Cell label="内容">{row.title}<br /><span className="mut">{periodWords(row.period)}</span></Cell>
            <Cell label="申請した人">{ASKED_AS[row.askedAs]}<br /><span className="mut">{row.asked}</span></Cell>
            <Cell label="状態"><ApprovalState outcome={row.outcome} voided={row.voided} />{row.others && <><br /><span className="mut">決めるのは別の人です</span></>}{row.decided !== null && <><br /><span className="mut">{row.decided}</span></>}</Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}

/** What is asked, in a few words: the wished day, or when and how long. */
export function whatIsAsked({ kind, wishedDueOn, proposal, reasonCode }: { kind: ApprovalKind; wishedDueOn: string | null; proposal: string; reasonCode: string }, today: string): string {
  if (wishedDueOn !== null) return `${shortDay(wishedDueOn, today)}まで`
  if (proposal === '') return reasonWords(kind, reasonCode)
  const done = JSON.parse(proposal) as Done
  return kind === 'paperPledge' ? `${shortDay(done.on, today)}に署名` : `${shortDay(done.on, today)}に${done.minutes}分`
}

/** What accepting does, before it is done. */
export function effectWords({ kind, wishedDueOn, dueOn, proposal, title, together }: { kind: ApprovalKind; wishedDueOn: string | null; dueOn: string; proposal: string; title: string; together: number }, today: string): string {
  if (kind === 'defer') return `${title}の期限が、${dayWords(dueOn, today)}から${dayWords(wishedDueOn ?? dueOn, today)}になります。依頼のメールも新しい期限に合わせます。`
  if (kind === 'exempt') return `${title}は免除になり、対象の人数から外れます。あとから年次の割当や名簿の取込があっても、免除のままです。`
  const done = JSON.parse(proposal) as Done
  const late = done.on > dueOn ? '期限を過ぎた日なので、「期限後」と記録します。' : '期限内の日です。'
  if (kind === 'paperPledge') return `${title}を、${dayWords(done.on, today)}に紙で署名したものとして記録します。${late}記録番号を付け、控えは読み取ったファイルです。`
  return `${together > 1 ? `${together}人の` : ''}${title}を、${dayWords(done.on, today)}に${done.minutes}分で修了したものとして記録します。${together > 1 ? '期限内か期限後かは、1人ずつの期限で決まります。' : late}`
}
