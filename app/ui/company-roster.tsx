import { Form, Link } from '@remix-run/react'
import { Fragment } from 'react'
import { headcountDiffers } from '../domain/headcount'
import type { Relation } from '../domain/people'
import { percentWords } from '../domain/percent'
import type { Standing } from '../domain/standing'
import { Approval, type CompanyStanding } from './company-report'
import { Who } from './facts'
import { Notice } from './notice'
import { StandingStatus } from './standing'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

export interface CompanyRow {
  companyId: string
  name: string
  kindWords: string
  depth: number
  people: number
  trainingDone: number
  trainingOf: number
  pledgeDone: number
  pledgeOf: number
  late: number
  nextDue: string | null
  declared: number | null
  contract: CompanyStanding['contract']
}

/** n/N人 with its percentage; a number never stands alone. */
const share = (done: number, of: number) => (of === 0 ? '―' : `${done}/${of}人(${percentWords(done, of)})`)

/** The figures of each company, lower tiers under the one they work for. */
export function Companies({ companies }: { companies: readonly CompanyRow[] }) {
  const tiers = companies.some(({ depth }) => depth > 0)
  return (
    <Table>
      <caption className="sr-only">会社ごとの状況</caption>
      <Head><Row><ColumnHead>会社</ColumnHead><ColumnHead className="num">申告</ColumnHead><ColumnHead className="num">名簿</ColumnHead><ColumnHead className="num">研修を終えた方</ColumnHead><ColumnHead className="num">誓約取得証明</ColumnHead>{tiers && <ColumnHead>再委託の承認</ColumnHead>}<ColumnHead>期限</ColumnHead></Row></Head>
      <Body>
        {companies.map((one) => (
          <Row key={one.companyId}>
            <RowHead>{'　'.repeat(Math.max(0, one.depth - 1))}{one.depth > 0 && '└ '}<b>{one.name}</b> <span className="mut">{one.kindWords}</span></RowHead>
            <Cell label="申告" className="num">{one.declared === null ? '―' : `${one.declared}人`}</Cell>
            <Cell label="名簿" className="num">{headcountDiffers(one.declared, one.people) ? <Status mark="late">{one.people}人</Status> : `${one.people}人`}</Cell>
            <Cell label="研修" className="num">{share(one.trainingDone, one.trainingOf)}</Cell>
            <Cell label="証明" className="num">{share(one.pledgeDone, one.pledgeOf)}</Cell>
            {tiers && <Cell label="承認">{one.depth > 0 ? <Approval contract={one.contract} /> : '―'}</Cell>}
            <Cell label="期限">{one.late > 0 && <><Status mark="late">期限超過 {one.late}人</Status><br /></>}{one.nextDue === null ? (one.late > 0 ? null : '―') : `次は ${one.nextDue}`}</Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}

export interface RosterRow {
  engagementId: string
  companyId: string
  name: string
  number: string
  kindWords: string
  relation: Relation
  hasPassword: boolean
  open: string[]
  /** Something is left that is the person's own turn. */
  mayAsk: boolean
  due: string
  standing: Standing | undefined
  /** How the person answered the pledge here, if they did. */
  pledge: string | null
  /** When the person was last asked. */
  asked: string | null
  /** Of whose signed pledge the paper can be had here: the duty's id. */
  paper: string | null
}

const PLEDGE: Readonly<Record<string, readonly ['done' | 'declined' | 'ask' | 'todo', string]>> = { signed: ['done', '署名済み'], declined: ['declined', '署名辞退'], question: ['ask', '回答待ち'], answered: ['todo', '未署名(質問に回答済み)'], later: ['todo', '今は署名しない'] }

const ASK_FORM = 'ask-people'

/** Leads to the page that shows who would get what, before anything is sent. */
export const AskButton = () => (
  <Form method="post" action="/company/chase" id={ASK_FORM}><div className="acts acts-stick"><button className="btn">選んだ方への依頼を確かめる</button></div></Form>
)

/** The people of one page under their companies. */
export function Roster({ people, companies, all }: { people: readonly RosterRow[]; companies: readonly { companyId: string; name: string }[]; all: boolean }) {
  if (people.length === 0)
    return all ? (
      <Notice kind="info" title="名簿に、まだだれもいません"><p>業務に就く方の名簿を、CSVで読み込んでください。</p><div className="acts"><Link className="btn btn-sm" to="/company/import">名簿をまとめて直す</Link></div></Notice>
    ) : (
      <Notice kind="info" title="未了の方はいません"><p>名簿に載っている方は全員、いまやることを終えています。「すべての方」にすると、終わった方も出ます。</p></Notice>
    )
  const groups = companies.map((company) => ({ ...company, people: people.filter(({ companyId }) => companyId === company.companyId) })).filter((group) => group.people.length > 0)
  return (
    <Table>
      <caption>受講や署名の依頼は、雇い主であるあなたの会社の名前で送ります。左の四角に印をつけて、下のボタンで確かめてください。</caption>
      <Head><Row><ColumnHead className="tick"><span className="sr-only">選ぶ</span></ColumnHead><ColumnHead>氏名・番号</ColumnHead><ColumnHead>未了のもの</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead>ここでの署名</ColumnHead><ColumnHead>最後の依頼</ColumnHead></Row></Head>
      {groups.map((group) => (
        <Body key={group.companyId}>
          <Row className="grp"><RowHead colSpan={7} group>{group.name}</RowHead></Row>
          {group.people.map((person) => <Person key={person.engagementId} person={person} />)}
        </Body>
      ))}
    </Table>
  )
}

function Person({ person }: { person: RosterRow }) {
  const signature = person.pledge === null ? undefined : PLEDGE[person.pledge]
  return (
    <Row>
      <Cell className="tick">{person.mayAsk && <label className="hit"><input className="box" type="checkbox" name="e" value={person.engagementId} form={ASK_FORM} aria-label={`${person.name} ${person.number} を選ぶ`} /></label>}</Cell>
      <RowHead><Who name={person.name} number={person.number} kind={person.kindWords}><Link className="who" to={`/company/people/${person.engagementId}`}>{person.name}</Link></Who>{!person.hasPassword && <><br /><span className="mut sml">まだ利用を始めていません</span></>}</RowHead>
      <Cell label="未了">{person.open.length === 0 ? 'なし' : person.open.map((title, at) => <Fragment key={title}>{at > 0 && <br />}{title}</Fragment>)}</Cell>
      <Cell label="期限">{person.due}</Cell>
      <Cell label="状態"><StandingStatus standing={person.standing} relation={person.relation} /></Cell>
      <Cell label="署名">{signature ? <Status mark={signature[0]}>{signature[1]}</Status> : '―'}
        {person.paper !== null && (
          <Form method="post" action="/company/pledge-pdf" reloadDocument>
            <input type="hidden" name="assignmentId" value={person.paper} />
            <button className="ask" aria-label={`${person.name}の誓約書のPDFを受け取る`}>PDFを受け取る</button>
          </Form>
        )}
      </Cell>
      <Cell label="最後の依頼">{person.asked ?? '―'}</Cell>
    </Row>
  )
}
