import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { dayOf, type Day, type Instant } from '../domain/calendar'
import type { TierFigures } from '../domain/company-figures'
import { type Coverage } from '../domain/coverage'
import { outOf, percentWords } from '../domain/percent'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../domain/people'
import { SOON_DAYS } from '../domain/progress'
import { shortDay } from './format'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

type ListOf = (show: string, more?: Record<string, string>) => string

const Ratio = ({ passed, target, of }: { passed: number; target: number; of: string }) => (
  <>{target > 0 && <><meter min={0} max={target} value={passed} aria-label={`${of}の修了`}>{`${passed}/${target}`}</meter>　</>}<span className="nw">{`${outOf(passed, target)}(${percentWords(passed, target)})`}</span></>
)

/** The people of one figure, among the 対象, behind a link; nobody leads nowhere. */
const Count = ({ count, target, mark, to, of }: { count: number; target: number; mark?: 'late' | 'soon'; to: string; of: string }) =>
  count === 0 ? <>{outOf(0, target)}</> : <Link to={to} aria-label={`${of} ${outOf(count, target)}の一覧`}>{mark ? <Status mark={mark}>{outOf(count, target)}</Status> : outOf(count, target)}</Link>

const SOON = `${SOON_DAYS}日以内`
const FIGURES = <><ColumnHead>修了／対象</ColumnHead><ColumnHead className="num">期限超過</ColumnHead><ColumnHead className="num">{SOON}</ColumnHead><ColumnHead className="num">猶予・回答待ち</ColumnHead></>

function FigureCells({ coverage, name, people, where }: { coverage: Coverage; name: string; people: ListOf; where: Record<string, string> }) {
  return (
    <>
      <Cell label="修了／対象"><Ratio passed={coverage.passed} target={coverage.target} of={name} /></Cell>
      <Cell label="期限超過" className={coverage.overdue === 0 ? 'num z' : 'num'}><Count count={coverage.overdue} target={coverage.target} mark="late" to={people('overdue', where)} of={`${name}の期限超過`} /></Cell>
      <Cell label={SOON} className={coverage.soon === 0 ? 'num z' : 'num'}><Count count={coverage.soon} target={coverage.target} mark="soon" to={people('soon', where)} of={`${name}の${SOON}`} /></Cell>
      <Cell label="猶予など" className={coverage.deferred + coverage.asked === 0 ? 'num z' : 'num'}><Count count={coverage.deferred + coverage.asked} target={coverage.target} to={people('held', where)} of={`${name}の猶予・回答待ち`} /></Cell>
    </>
  )
}

const Whole = ({ coverage, more }: { coverage: Coverage; more?: ReactNode }) => (
  <tfoot role="rowgroup">
    <Row><RowHead>合計</RowHead><Cell label="修了／対象">{`${coverage.passed}/${coverage.target}人(${percentWords(coverage.passed, coverage.target)})`}</Cell><Cell label="期限超過" className="num">{outOf(coverage.overdue, coverage.target)}</Cell><Cell label={SOON} className="num">{outOf(coverage.soon, coverage.target)}</Cell><Cell label="猶予など" className="num">{outOf(coverage.deferred + coverage.asked, coverage.target)}</Cell>{more}</Row>
  </tfoot>
)

/** Units, those with most people past their due day first. */
export function UnitTable({ day, units, people, caption, whole, children }: { day: Day; units: readonly { placeId: string; name: string; head: string | null; askedAt: Instant | null; coverage: Coverage }[]; people: ListOf; caption: string; whole: Coverage; children: ReactNode }) {
  return (
    <section className="sec">
      <h2>部署ごと</h2>
      <Table>
        <caption className="asof">{caption}　所属のない人は合計にだけ入ります</caption>
        <Head><Row><ColumnHead>部署</ColumnHead>{FIGURES}<ColumnHead>最後の督促</ColumnHead><ColumnHead>所属長</ColumnHead></Row></Head>
        <Body>
          {units.map(({ placeId, name, head, askedAt, coverage }) => (
            <Row key={placeId}>
              <RowHead><Link to={people('target', { unit: placeId })}><b>{name}</b></Link></RowHead>
              <FigureCells coverage={coverage} name={name} people={people} where={{ unit: placeId }} />
              <Cell label="最後の督促">{askedAt !== null ? <span className="nw">{shortDay(dayOf(askedAt), day)}</span> : coverage.overdue > 0 ? <Status mark="late">まだありません</Status> : <span className="mut">まだありません</span>}</Cell>
              <Cell label="所属長">{head ?? <Status mark="late">空席</Status>}</Cell>
            </Row>
          ))}
        </Body>
        <Whole coverage={whole} more={<><Cell /><Cell /></>} />
      </Table>
      {children}
    </section>
  )
}

/** Kinds of employment: nobody is left out, officers and part-timers stand like everybody else (A37). */
export function KindTable({ kinds, people, caption, whole }: { kinds: readonly { kind: EngagementKind; coverage: Coverage }[]; people: ListOf; caption: string; whole: Coverage }) {
  return (
    <section className="sec">
      <h2>雇用形態ごと</h2>
      <Table>
        <caption className="asof">{caption}</caption>
        <Head><Row><ColumnHead>雇用形態</ColumnHead>{FIGURES}</Row></Head>
        <Body>{kinds.map(({ kind, coverage }) => <Row key={kind}><RowHead><Link to={people('target', { kind })}><b>{ENGAGEMENT_KINDS[kind]}</b></Link></RowHead><FigureCells coverage={coverage} name={ENGAGEMENT_KINDS[kind]} people={people} where={{ kind }} /></Row>)}</Body>
        <Whole coverage={whole} />
      </Table>
    </section>
  )
}

/** Contractors by tier, in their own block. */
export function TierTable({ tiers, scope, day, today }: { tiers: readonly TierFigures[]; scope: string; day: Day | null; today: Day }) {
  return (
    <section className="sec">
      <h2>委託先(報告ベース)</h2>
      <p className="asof">各社の責任者からの報告と、各社の人が守秘に残した記録による数です。従業者の率には入れていません。　基準日 {shortDay(day ?? today, today)}</p>
      {tiers.length === 0 ? <p>働いている人のいる委託先はありません。</p> : (
        <Table>
          <caption className="sr-only">委託先の階層ごとの状況</caption>
          <Head><Row><ColumnHead>階層</ColumnHead><ColumnHead className="num">会社</ColumnHead><ColumnHead>修了／対象</ColumnHead><ColumnHead>誓約取得証明</ColumnHead><ColumnHead>いちばん古い報告</ColumnHead></Row></Head>
          <Body>
            {tiers.map((tier) => (
              <Row key={tier.tier}>
                <RowHead><b>{tier.tier}</b></RowHead>
                <Cell label="会社" className="num">{tier.companies}社</Cell>
                <Cell label="修了／対象">{`${tier.passed}/${tier.target}人(${percentWords(tier.passed, tier.target)})`}</Cell>
                <Cell label="証明">{tier.certified < tier.companies ? <Status mark="soon">{`${tier.certified}/${tier.companies}社`}</Status> : `${tier.certified}/${tier.companies}社`}</Cell>
                <Cell label="最古の報告">{tier.tier === '個人受託者' ? '本人の記録' : tier.oldest === null ? <Status mark="late">まだない会社があります</Status> : shortDay(dayOf(tier.oldest), today)}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <p className="sml mt-3"><Link to={`/program/companies?${new URLSearchParams({ scope, ...(day !== null && { on: day }) })}`}>会社ごとに見る</Link></p>
    </section>
  )
}
