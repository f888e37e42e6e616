import { Link } from '@remix-run/react'
import { SILENT_WORDS } from '../domain/company-report'
import type { Coverage } from '../domain/coverage'
import { Status, type Mark } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** Counts with what each is counted among: units, the workforce here, companies that report, mails that left, everybody registered. */
export interface HealthCounts { noHead: number; noProtection: number; units: number; noSupervisor: number; nobody: number; people: number; silentCompanies: number; companies: number; givenUpMails: number; mails: number; withoutTemplate: number; registered: number }

interface Item { what: string; count: number; among: number; unit: string; mark: Mark; why: string; next: string; to: string }

/** What asks to be looked at, each with its list. What is in order is not shown. */
export function HealthTable({ asOf, coverage, health, people, signs, isPast, mayReadOutbox }: { asOf: string; coverage: Coverage; health: HealthCounts; people: (show: string) => string; signs: boolean; isPast: boolean; mayReadOutbox: boolean }) {
  const items: Item[] = ([
    { what: '対象なのに割当がない', count: coverage.gap, among: coverage.target, unit: '人', mark: 'late', why: '研修や誓約が届いていません', next: '一覧と、割り当てられない理由を見る', to: people('gap') },
    { what: '督促の宛先(所属長)が空席', count: health.noHead, among: health.units, unit: '部署', mark: 'late', why: '部署の人の状況を見て、声をかける人がいません', next: '部署の一覧を見る', to: '/program/units?view=noHead' },
    { what: '上長も所属長もいない', count: health.nobody, among: health.people, unit: '人', mark: 'late', why: 'だれも状況を見ておらず、だれからも声がかかりません', next: '人の一覧を見る', to: '/program/units?view=nobody' },
    { what: '上長番号の人が在籍していない', count: health.noSupervisor, among: health.people, unit: '人', mark: 'late', why: '上長への連絡がどこにも届きません', next: '番号の一覧を見る', to: '/program/units?view=noSupervisor' },
    { what: '保護管理者がいない', count: health.noProtection, among: health.units, unit: '部署', mark: 'late', why: '取扱いの責任者が決まっていません', next: '部署の一覧を見る', to: '/program/units?view=noProtection' },
    ...(signs ? [] : [{ what: '合格したのに誓約がない', count: coverage.unpledged, among: coverage.passed, unit: '人', mark: 'late' as const, why: '学んだことを守る約束が、まだ手元にありません', next: '一覧を見る', to: people('unpledged') }]),
    { what: '働き方に合う様式がない', count: health.withoutTemplate, among: health.registered, unit: '人', mark: 'late', why: '誓約書を渡せません', next: '一覧を見る', to: '/people/without-template' },
    { what: `委託先からの${SILENT_WORDS}`, count: health.silentCompanies, among: health.companies, unit: '社', mark: 'soon', why: '委託先の人の状況が、古いままです', next: '会社の一覧を見る', to: '/program/companies?view=silent' },
    { what: '届かなかったメール', count: health.givenUpMails, among: health.mails, unit: '通', mark: 'soon', why: '宛先の誤りの可能性があります', next: mayReadOutbox ? '送信待ちメールを見る' : '人事に、宛先を確かめてもらう', to: mayReadOutbox ? '/system/outbox' : '/help/contact' },
  ] satisfies Item[]).filter(({ count }) => count > 0)
  return (
    <section className="sec">
      <h2>{items.length === 0 ? '確かめてほしいことは、ありません' : `確かめてほしいこと ${items.length}件`}</h2>
      {items.length > 0 && <p className="asof">{asOf}　{isPast && '部署・上長・委託先・様式・メールについては、今日の姿です。'}分母は、順に対象・部署・在籍中の従業者・報告する委託先・送ったメールなど、それぞれの全体です。</p>}
      {items.length > 0 && (
        <Table>
          <caption className="sr-only">確かめてほしいこと</caption>
          <Head><Row><ColumnHead>こと</ColumnHead><ColumnHead>件数</ColumnHead><ColumnHead>なぜ大切か</ColumnHead><ColumnHead>次にすること</ColumnHead></Row></Head>
          <Body>
            {items.map(({ what, count, among, unit, mark, why, next, to }) => (
              <Row key={what}><RowHead><b>{what}</b></RowHead><Cell label="件数"><Status mark={mark}>{`${count.toLocaleString('ja-JP')}/${among.toLocaleString('ja-JP')}${unit}`}</Status></Cell><Cell label="なぜ">{why}</Cell><Cell label="次に"><Link to={to}>{next}</Link></Cell></Row>
            ))}
          </Body>
        </Table>
      )}
    </section>
  )
}
