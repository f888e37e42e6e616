import { redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findHealth } from '../../../db/program-health.server'
import { listHolders, listUnitNames } from '../../../db/unit-posts.server'
import { countHealth } from '../../commands/refresh-coverage.server'
import { may } from '../../domain/access'
import { businessDaysBetween, daysBetween } from '../../domain/calendar'
import { tierFigures } from '../../domain/company-figures'
import { coverageOf, funnelOf } from '../../domain/coverage'
import { outOf, percentWords } from '../../domain/percent'
import { trendOf } from '../../domain/coverage-trend'
import { ENGAGEMENT_KINDS, whoWords, type EngagementKind } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { askedScope, companiesOf, countsOf, EXIT_SCOPE } from '../../http/overview.server'
import { Funnel, stepWord, TrendChart } from '../../ui/coverage-figures'
import { HealthTable, type HealthCounts } from '../../ui/coverage-health'
import { KindTable, TierTable, UnitTable } from '../../ui/coverage-tables'
import { dayWords, fullDayWithWeekday, shortDay, timeWords } from '../../ui/format'
import { Page } from '../../ui/page-head'
import { Pager } from '../../ui/pager'

export const meta: MetaFunction = () => [{ title: '全体の状況｜守秘' }]

const UNITS = 20
const NO_HEALTH: HealthCounts = { noHead: 0, noProtection: 0, units: 0, noSupervisor: 0, nobody: 0, people: 0, silentCompanies: 0, companies: 0, givenUpMails: 0, mails: 0, withoutTemplate: 0, registered: 0 }

/** Where everybody stands in one training or text: is everybody reached, and who is not. */
export const loader = guardLoader(
  { act: 'readProgram', query: z.object({ scope: z.string().max(80).catch('').default(''), on: z.string().max(10).catch('').default(''), units: z.string().max(60).catch('').default('') }) },
  async ({ context, query }) => {
    const { db, now, library } = context
    const { scope, scopes, day, today, title } = askedScope(context, query)
    if (query.scope === EXIT_SCOPE) throw redirect(`/program/exits${day < today ? `?on=${day}` : ''}`)
    const [late, placeId] = query.units.split('~')
    const counts = await countsOf(context, scope, day, today)
    const [units, companies, health] = await Promise.all([
      counts.units(placeId ? { late: Number(late) || 0, placeId } : null, UNITS + 1), companiesOf(db, counts, day),
      findHealth(db).then(async (known): Promise<HealthCounts> => (known.size > 0 ? { ...NO_HEALTH, ...Object.fromEntries(known) } : countHealth({ db, library, now }, today))),
    ])
    const shown = units.slice(0, UNITS)
    const ids = shown.map((unit) => unit.placeId)
    const [names, holders, asked] = await Promise.all([listUnitNames(db, ids, day), listHolders(db, ids, day), counts.asked(ids)])
    const trend = trendOf({
      rows: counts.workforce, done: counts.done.filter(({ counted }) => counted === 1).map(({ done_on: on, people }) => ({ day: on, people })),
      doneBefore: counts.doneBefore.map(({ done_on: on, people }) => ({ day: on, people })), opensOn: scope.opensOn, day,
    })
    const due = trend.dues[0]
    const kinds = (Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]).map((kind) => ({ kind, coverage: coverageOf(counts.workforce.filter((row) => row.kind === kind), day) })).filter(({ coverage }) => coverage.all > 0)
    const last = shown.at(-1)
    return {
      mayReadOutbox: may(context.viewer, 'readOutbox'), scope: scope.key, scopes, title, signs: scope.kind !== 'module', day, today, isPast: day < today, at: counts.at, coverage: coverageOf(counts.workforce, day), trend,
      nextDue: due ? { ...due, days: daysBetween(day, due.day), businessDays: businessDaysBetween(day, due.day, library.calendar) } : null,
      kinds, tiers: tierFigures(companies), health,
      units: shown.map((unit) => ({ ...unit, askedAt: asked.get(unit.placeId) ?? null, name: names.get(unit.placeId)?.name ?? '所属なし', head: holders.filter((one) => one.unitId === unit.placeId && one.role === 'unitHead').map(whoWords)[0] ?? null })),
      next: units.length > UNITS && last ? `/program?${new URLSearchParams({ scope: scope.key, on: day, units: `${last.coverage.overdue}~${last.placeId}` })}` : null, first: query.units === '' ? null : `/program?${new URLSearchParams({ scope: scope.key, on: day })}`,
    }
  },
)

export default function Overview() {
  const { mayReadOutbox, scope, scopes, title, signs, day, today, isPast, at, coverage, trend, nextDue, kinds, tiers, health, units, next, first } = useLoaderData<typeof loader>()
  const steps = funnelOf(coverage, signs ? 'signature' : 'training')
  const asOf = `基準日 ${fullDayWithWeekday(day)}`
  const people = (show: string, more: Record<string, string> = {}) => `/program/people?${new URLSearchParams({ scope, ...(isPast && { on: day }), show, ...more })}`
  const rest: Record<string, readonly [string, string, number] | null> = { all: null, target: ['gap', '割当のない人', coverage.gap], assigned: ['todo', signs ? '未署名(未着手)' : '未着手', coverage.todo], begun: ['doing', signs ? '読みかけ' : '受講中', coverage.doing], passed: signs ? null : ['unpledged', '誓約の未署名', coverage.unpledged], pledged: null }
  return (
    <Page>
      <div className="head">
        <h1>全体の状況</h1>
        <Form className="filter pb-0">
          <div className="field"><label className="label" htmlFor="scope">研修・誓約</label><select className="in" id="scope" name="scope" defaultValue={scope}>{scopes.map((one) => <option key={one.key} value={one.key}>{one.title}</option>)}</select></div>
          <div className="field"><label className="label" htmlFor="on">基準日</label><input className="in" type="date" id="on" name="on" defaultValue={day} max={today} key={day} /></div>
          <button className="btn btn-sm">表示する</button>
        </Form>
        <p className="asof mt-4">{title}　{asOf}　{isPast ? 'その日の姿を、いま分かっている事実から数えています' : `数は${timeWords(at)}現在です`}</p>
      </div>
      <div className="cols cols-even">
        <section className="sec">
          <h2>どこまで届いたか</h2>
          <p className="asof"><span className="nw">従業者(役員・パート・派遣社員を含む)</span>　<span className="nw">委託先は含みません</span>　<span className="nw">{asOf}</span></p>
          <Funnel steps={steps} coverage={coverage} signs={signs} />
        </section>
        <section className="sec">
          <h2>数字と、次に進んでいない人</h2>
          <p className="asof">{asOf}　次に進んでいない人の分母は、その段階の人数です</p>
          <table className="rows">
            <caption className="sr-only">段階ごとの人数と、次に進んでいない人</caption>
            <thead><tr><th scope="col">段階</th><th scope="col" className="num">人数／対象</th><th scope="col" className="num">対象比</th><th scope="col">次に進んでいない人</th></tr></thead>
            <tbody>
              {steps.map((step) => {
                const left = rest[step.key] ?? null
                return (
                  <tr key={step.key}>
                    <th scope="row"><b>{stepWord(step.key, signs)}</b></th>
                    <td className="num nw">{step.key === 'all' ? `${step.people.toLocaleString('ja-JP')}人` : outOf(step.people, coverage.target)}</td>
                    <td className="num nw">{step.key === 'all' ? '―' : percentWords(step.people, coverage.target)}</td>
                    <td>{step.key === 'all' ? <Apart {...{ coverage, people }} /> : left === null ? <span className="mut">―</span> : left[2] === 0 ? <span className="mut">{left[1]} {outOf(0, step.people)}</span> : <Link to={people(left[0])}>{left[1]} {outOf(left[2], step.people)}</Link>}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
          <p className="sml mt-4"><b>期限内率 {percentWords(coverage.dueInTime, coverage.dueCome)}</b>({outOf(coverage.dueInTime, coverage.dueCome)})　期限の日が過ぎた対象の人のうち、期限内に終えた人。期限がまだの人と、質問への回答を待つ人は分母に入りません。猶予中の人は、猶予後の日が期限です。</p>
          <p className="sml mt-2">{signs ? '署名' : '修了'} {outOf(coverage.passed, coverage.target)} = 期限内 {outOf(coverage.inTime, coverage.target)} + {coverage.late > 0 ? <Link to={people('late')}>期限後 {outOf(coverage.late, coverage.target)}</Link> : `期限後 ${outOf(0, coverage.target)}`}。未了は{outOf(coverage.unfinished, coverage.target)}{coverage.overdue > 0 && <>、うち<Link to={people('overdue')}>期限超過 {outOf(coverage.overdue, coverage.target)}</Link></>}{coverage.declined > 0 && <>、<Link to={people('declined')}>説明済み・署名辞退 {outOf(coverage.declined, coverage.target)}</Link></>}です。</p>
        </section>
      </div>
      <section className="sec">
        <h2>期限までの動き</h2>
        <p className="asof">{asOf}　{signs ? '署名した' : '修了した'}人 {outOf(coverage.passed, coverage.target)}</p>
        <div className="cols">
          <TrendChart trend={trend} target={coverage.target} day={day} dues={trend.dues.slice(0, 2)} />
          <div>
            {nextDue ? <p>次の期限 {dayWords(nextDue.day, today)} まで<b>あと{nextDue.days}日({nextDue.businessDays}営業日)</b>。この日が期限で、まだの人は、未了の人のうち{outOf(nextDue.left, coverage.unfinished)}です。</p> : <p>これから来る期限のある、まだの人はいません。{coverage.overdue > 0 && `期限を過ぎてまだの人が${outOf(coverage.overdue, coverage.target)}います。`}</p>}
            <details className="more mt-3">
              <summary>数字で見る</summary>
              <table className="rows">
                <caption className="sr-only">日ごとの修了者数</caption>
                <thead><tr><th scope="col">日</th><th scope="col" className="num">今年(対象 {coverage.target.toLocaleString('ja-JP')}人のうち)</th>{trend.points[0]!.before !== null && <th scope="col" className="num">昨年(人数だけ)</th>}</tr></thead>
                <tbody>{trend.points.map((point) => <tr key={point.day}><th scope="row">{shortDay(point.day, today)}</th><td className="num">{point.now === null ? '―' : outOf(point.now, coverage.target)}</td>{point.before !== null && <td className="num">{point.before}人</td>}</tr>)}</tbody>
              </table>
            </details>
          </div>
        </div>
      </section>
      <HealthTable asOf={asOf} coverage={coverage} health={health} people={people} signs={signs} isPast={isPast} mayReadOutbox={mayReadOutbox} />
      <UnitTable day={day} units={units} people={people} caption={`期限超過の人数の多い順　${asOf}`} whole={coverage}><Pager next={next} first={first} label={`${UNITS}部署`} /></UnitTable>
      <KindTable kinds={kinds} people={people} caption={asOf} whole={coverage} />
      <TierTable tiers={tiers} scope={scope} day={isPast ? day : null} today={today} />
      <section className="sec noprint">
        <h2>ほかの見方</h2>
        <ul>
          <li><Link to="/program/requirements">受講の決まり(だれに・何を・いつまでに)</Link></li>
          <li><Link to="/program/checks">点検の状況(委託先の自己点検、部署の月次点検など)</Link></li>
          <li><Link to="/program/library">教材と版(下書き・下見・公開)</Link></li>
          <li><Link to="/program/laws">法令と、それに根拠を置く教材</Link></li>
          <li><Link to="/program/understanding">分かっているか(理解度と、問題ごとの見立て)</Link></li>
          <li><Link to="/program/sources">教材と根拠条項の対応</Link></li>
          <li><Link to="/program/exits">退職・終了した人の誓約</Link></li>
          <li><Link to="/program/units?view=all">部署ごとの所属長と保護管理者</Link></li>
          <li><a href={`/program/figures?${new URLSearchParams({ scope, ...(isPast && { on: day }) })}`} download>この画面の数をCSVで受け取る</a></li>
          <li><Link to="/program/csv">全員の修了をCSVで受け取る</Link></li>
          <li><Link to="/people/without-template">働き方に合う誓約書の様式がない人(様式なし)</Link></li>
        </ul>
      </section>
    </Page>
  )
}

/** Who is registered and not among the 対象, with where each stands. */
function Apart({ coverage, people }: { coverage: ReturnType<typeof coverageOf>; people: (show: string) => string }) {
  const parts = ([['away', '休職等', coverage.away], ['before', '開始前', coverage.before], ['notAsked', '対象外', coverage.notAsked], ['exempted', '免除', coverage.exempted]] as const).filter(([, , count]) => count > 0)
  if (parts.length === 0) return <span className="mut">全員が対象です</span>
  return <>{parts.map(([show, word, count], at) => <span key={show}>{at > 0 && '・'}<Link to={people(show)}>{word} {outOf(count, coverage.all)}</Link></span>)}<span className="mut"> を除く</span></>
}
