import { Link } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import { isNoted, LEAD_DAYS, NEAR_DAYS, type Departure, type PledgeState } from '../domain/departure'
import type { EngagementKind, Relation } from '../domain/people'
import { addresseeFor } from '../domain/pledge'
import { shortDay } from './format'
import { employedAs } from './people'
import { StandingStatus } from './standing'
import { Status, type Mark } from './status'
import { Body, Cell, Row, RowHead } from './table'

export interface DepartureRow {
  engagementId: string
  name: string | null
  number: string
  kind: EngagementKind
  relation: Relation
  companyName: string
  lastDay: Day
  departure: Departure
}

const PLEDGE: Record<PledgeState, { mark: Mark; words: string; small?: string }> = {
  notAsked: { mark: 'none', words: '求めません' },
  elsewhere: { mark: 'wait', words: '' },
  certified: { mark: 'done', words: '誓約取得証明あり' },
  none: { mark: 'none', words: '対象外' },
  later: { mark: 'todo', words: `${LEAD_DAYS}日前に渡す` },
  open: { mark: 'todo', words: '未署名' },
  asked: { mark: 'ask', words: '質問あり' },
  declined: { mark: 'declined', words: '署名しない(本人)', small: '説明の記録がまだです' },
  signed: { mark: 'done', words: '署名済み' },
  explainedDeclined: { mark: 'declined', words: '説明済み・署名辞退', small: '手続は完了です' },
  unreachable: { mark: 'declined', words: '連絡不能', small: '手続は完了です' },
}

/** What the pledge at the end has come to: an outcome, never a fault. */
export function PledgeOutcome({ state, relation }: { state: PledgeState; relation: Relation }) {
  const { mark, words, small } = PLEDGE[state]
  return (
    <>
      <Status mark={mark}>{state === 'elsewhere' ? `${relation === 'dispatched' ? '派遣元' : '委託先'}で実施` : words}</Status>
      {small !== undefined && <><br /><span className="mut">{small}</span></>}
    </>
  )
}

/** n/m件, or what is left after the end. */
export function ReturnsStatus({ departure: { returns, ended } }: { departure: Departure }) {
  if (returns.all === 0) return <Status mark="none">リストなし</Status>
  if (ended && returns.done < returns.all)
    return <><Status mark="late">{returns.all - returns.done}件残り</Status><br /><span className="mut">{returns.open.slice(0, 2).join('、')}{returns.open.length > 2 && ' ほか'}</span></>
  return <Status mark={returns.done === returns.all ? 'done' : returns.done > 0 ? 'doing' : 'todo'}>{returns.done}/{returns.all}件</Status>
}

/** What is open beside the pledge: due by the last day with its standing, the rest as what ends with the engagement. */
function RemainingStatus({ departure: { exit, remaining: { due, waived, ended } }, relation }: { departure: Departure; relation: Relation }) {
  if (ended > 0) return <Status mark="none">未了のまま終了 {ended}件</Status>
  const more = waived > 0 ? `期限が先の${waived}件は、在籍の終わりで終わります` : ''
  return (
    <>
      {exit ? <StandingStatus standing={exit} relation={relation} /> : <Status mark="none">なし</Status>}
      {due > 1 && <span className="mut">　ほか{due - 1}件</span>}
      {more !== '' && <><br /><span className="mut">{more}</span></>}
    </>
  )
}

function AccessStatus({ departure: { access, ended }, lastDay, today }: { departure: Departure; lastDay: Day; today: Day }) {
  if (access.all === 0) return <Status mark="none">リストなし</Status>
  if (access.stoppedOn !== null) return <Status mark="done">{shortDay(access.stoppedOn, today)}</Status>
  return ended ? <Status mark="late">{access.all - access.done}件が未停止</Status> : <Status mark="todo">予定 {shortDay(lastDay, today)}</Status>
}

const NEXT: Record<Departure['next'], { words: string; to?: string }> = {
  makeList: { words: '返却リストを作る', to: '#returns' },
  checkReturns: { words: '返却・消去を確かめる', to: '#returns' },
  checkAccess: { words: '権限の停止を確かめる', to: '#returns' },
  noteOutcome: { words: '誓約の結果を記録する', to: '#pledge' },
  explain: { words: '説明の結果を記録する', to: '#pledge' },
  answer: { words: '質問に答える', to: '#pledge' },
  letter: { words: '義務が続くことの通知文を作る', to: '/letter' },
  handList: { words: '返却リストを渡す', to: '/list' },
  tellOfPledge: { words: '誓約を案内する', to: '#pledge' },
  waitForLastDay: { words: '最終日を待つ' },
  nothing: { words: '残っているものはありません' },
}

/** The rows of one group of the table. */
export function DepartureRows({ people, title, today }: { people: readonly DepartureRow[]; title: string; today: Day }) {
  return (
    <Body>
      <Row className="grp"><RowHead group colSpan={7}>{title}</RowHead></Row>
      {people.map((one) => {
        const { departure } = one
        const page = `/people/${one.engagementId}/departure`
        const next = NEXT[departure.next]
        return (
          <Row key={one.engagementId}>
            <RowHead><Link className="who" to={page}>{one.name ?? `従事者 ${one.number}`}</Link><br /><span className="who-no">{one.name !== null && `${one.number}・`}{employedAs(one)}</span></RowHead>
            <Cell label="最後の日">{shortDay(one.lastDay, today)}{!departure.ended && <><br />{departure.daysLeft <= NEAR_DAYS ? <Status mark="soon">{departure.daysLeft === 0 ? '今日まで' : `あと${departure.daysLeft}日`}</Status> : <span className="mut">あと{departure.daysLeft}日</span>}</>}</Cell>
            <Cell label="研修の残り"><RemainingStatus departure={departure} relation={one.relation} /></Cell>
            <Cell label="退職時の誓約"><PledgeOutcome state={departure.pledge} relation={one.relation} /></Cell>
            <Cell label="返却・消去"><ReturnsStatus departure={departure} /></Cell>
            <Cell label="権限の停止"><AccessStatus departure={departure} lastDay={one.lastDay} today={today} /></Cell>
            <Cell label="次に">{next.to === undefined ? next.words : <Link className="ask" to={`${page}${next.to}`}>{next.words}</Link>}{departure.ended && !departure.died && departure.next !== 'letter' && addresseeFor(one.relation) === 'operator' && isNoted(departure.pledge) && <><br /><Link className="ask" to={`${page}/letter`}>義務が続くことの通知文を作る</Link></>}</Cell>
          </Row>
        )
      })}
    </Body>
  )
}

/** What the law says of the pledge at the end (domain.md L31); nobody is pressed by it. */
export const EXIT_LAW = '退職時の誓約は、強制できません。署名の有無は、給与・退職金・離職票・証明書の手続と関係ありません。署名がなくても、法律(電気通信事業法 第4条第2項)と入社時の誓約の義務は続きます。結果は「署名」「説明済み・署名辞退」「連絡不能(2回の連絡の記録あり)」のどれかで記録します。'
