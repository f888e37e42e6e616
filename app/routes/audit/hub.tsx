import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countAlarms, listAlarms } from '../../../db/access-watch.server'
import { dayOf, DAY_MS } from '../../domain/calendar'
import { actorWords, addressOf } from '../../http/audit.server'
import { guardLoader } from '../../http/guard.server'
import { AuditFilter } from '../../ui/audit-filter'
import { fullDayWithWeekday, shortDay, timeWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '監査｜守秘' }]

const PAGE = 20
const YEAR_MS = 365 * DAY_MS

/** What there is to read, and whether somebody looked at unusually many people. Nothing is changed from here. */
export const loader = guardLoader({ act: 'readAudit', query: z.object({ before: z.string().max(80).catch('').default('') }) }, async ({ context: { db, now, settings }, query: { before } }) => {
  const today = dayOf(now)
  const listed = await listAlarms(db, { before, limit: PAGE + 1 })
  const page = listed.slice(0, PAGE)
  const who = await actorWords(db, page.map(({ actor_account_id: account }) => ({ account, system: '' })), today)
  const last = page.at(-1)
  return {
    today, most: settings.accessAlarmPeople, inYear: await countAlarms(db, now - YEAR_MS),
    alarms: page.map((one) => ({ id: one.id, who: who({ account: one.actor_account_id, system: '' }), day: one.day, at: one.at, people: one.people, to: addressOf('/audit/access', { viewer: one.actor_account_id, from: one.day, to: one.day }) })),
    next: listed.length > PAGE && last ? `/audit?before=${last.day}~${last.id}` : null, first: before === '' ? null : '/audit',
  }
})

const READINGS = [
  ['/audit/records', '証跡', '受講・署名・名簿・役割・承認など、記録されたできごと。対象の人、担当した人、日、できごとで絞り込めます'],
  ['/audit/access', '閲覧の記録', 'だれが、だれの記録を、いつ、なぜ開いたか・受け取ったか・さがしたか'],
  ['/audit/exports', '受け取りの記録', 'まとめて受け取られたもの。中身の件数、目的、ファイルのSHA-256'],
  ['/audit/changes', '変わったこと', '取込・訂正・取消し・役割・承認・設定を1つの並びで。変わった人、変えた人、日、種類で絞り込めます'],
  ['/audit/roles', 'その日の役割', 'だれが、どの役割に就いていたか。過去の日も選べます'],
  ['/people/changes', '名簿の取込と変更', '取込・訂正・取消しの1つずつと、人ごとの前の値と後の値'],
  ['/program', '全体の状況', '研修と誓約がどこまで届いたか。数ごとの一覧'],
  ['/program/checks', '点検', '委託先の自己点検、部署の月次点検、委託先の点検、終了時の返却・消去。だれが署名し、何が直すこととして残ったか'],
  ['/audit/settings', '設定と版', 'いま効いている設定、公開された教材・誓約書・決まりの版'],
] as const

export default function Audit() {
  const { today, most, inYear, alarms, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead title="監査" lead="ここから開く画面は、どれも読むだけです。何も変わりません。1人の記録を開くときは理由を残し、本人もそれを読めます。" asOf={`${fullDayWithWeekday(today)}`} />
      <section className="sec">
        <h2>{inYear === 0 ? '多くの人の記録が開かれた日は、この1年ありません' : `多くの人の記録が開かれた日 この1年に${inYear}件`}</h2>
        <p className="sml">1人の担当者が1日に開いた・受け取った人数が{most}人を超えると、監査責任者にメールで知らせ、ここに残します。</p>
        {alarms.length > 0 && (
          <Table className="mt-3">
            <caption className="sr-only">多くの人の記録が開かれた日</caption>
            <Head><Row><ColumnHead>担当者</ColumnHead><ColumnHead>日</ColumnHead><ColumnHead>人数</ColumnHead><ColumnHead>確かめる</ColumnHead></Row></Head>
            <Body>
              {alarms.map((one) => (
                <Row key={one.id}><RowHead><b>{one.who}</b></RowHead><Cell label="日">{shortDay(one.day, today)} {timeWords(one.at)}に目安を超えました</Cell><Cell label="人数"><Status mark="late">{`${one.people.toLocaleString('ja-JP')}人`}</Status></Cell><Cell label="確かめる"><Link to={one.to}>その日に開いた・受け取ったものと理由を見る</Link></Cell></Row>
              ))}
            </Body>
          </Table>
        )}
        <Pager next={next} first={first} label={`${PAGE}件`} />
      </section>
      <section className="sec">
        <h2>ある人の、ある日の姿</h2>
        <p className="sml mb-3">その日に何を許され、何を学び、何を約束していたか。その日までに、だれが督促し、何が認められたか。1枚に並べて、印刷できます。</p>
        <AuditFilter list="/audit/day" number="" button="その日の姿を見る">
          <div className="field"><label className="label" htmlFor="on">基準日</label><input className="in" type="date" id="on" name="on" defaultValue={today} max={today} /></div>
        </AuditFilter>
      </section>
      <section className="sec">
        <h2>読めるもの</h2>
        <dl className="facts">{READINGS.map(([to, label, words]) => <div key={to}><dt><Link to={to}>{label}</Link></dt><dd>{words}</dd></div>)}</dl>
      </section>
    </Page>
  )
}
