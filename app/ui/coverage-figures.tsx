import type { Day } from '../domain/calendar'
import { type Coverage, type FunnelStep } from '../domain/coverage'
import { outOf, percentWords } from '../domain/percent'
import type { Trend } from '../domain/coverage-trend'
import { fullDay, shortDay } from './format'

const INK = '#1a1a1a'
const SUB = '#4d4d4d'
const ACT = '#0017c1'
const DUE = '#8b3200'

/** The words of a step; of a text to sign, passing is signing. */
export const STEP_WORDS = { all: '在籍', target: '対象', assigned: '割当', begun: '着手', passed: '合格', pledged: '誓約' } as const
export const stepWord = (key: FunnelStep['key'], signs: boolean): string => (key === 'passed' && signs ? '署名' : STEP_WORDS[key])

const STEP_HEIGHT = 52
const share = (part: number, whole: number) => `${whole === 0 ? 0 : Math.round((part * 1000) / whole) / 10}%`

/** 在籍→対象→割当→着手→合格→誓約 as bars, each beside the one before; the same numbers stand in the table next to it. */
export function Funnel({ steps, coverage, signs }: { steps: readonly FunnelStep[]; coverage: Coverage; signs: boolean }) {
  const first = steps[0]!.people
  return (
    <figure>
      <svg role="img" aria-labelledby="ft fd" width="100%" height={steps.length * STEP_HEIGHT} xmlns="http://www.w3.org/2000/svg">
        <title id="ft">研修と誓約の届き方</title>
        <desc id="fd">{`${steps.map(({ key, people }) => `${stepWord(key, signs)}${people}人`).join('、')}。数字は隣の表と同じです。`}</desc>
        {steps.map(({ key, people }, at) => (
          <g key={key}>
            <text x="0" y={at * STEP_HEIGHT + 16} fontSize="14" fontWeight="700" fill={INK}>{`${stepWord(key, signs)}　${people.toLocaleString('ja-JP')}人`}</text>
            {key !== 'all' && <text x="100%" y={at * STEP_HEIGHT + 16} fontSize="14" fill={SUB} textAnchor="end">{`${outOf(people, coverage.target)}　${percentWords(people, coverage.target)}`}</text>}
            <rect x="0" y={at * STEP_HEIGHT + 24} width={share(steps[Math.max(0, at - 1)]!.people, first)} height="14" fill="#e6e6e6" />
            <rect x="0" y={at * STEP_HEIGHT + 24} width={share(people, first)} height="14" fill={key === 'all' ? '#666666' : ACT} />
          </g>
        ))}
      </svg>
      <figcaption>{`灰色は、1つ前の段階との差です。割合の分母は対象${coverage.target.toLocaleString('ja-JP')}人です。`}</figcaption>
    </figure>
  )
}

/** How many have finished by each day, this year and the last, to the due days still to come. */
export function TrendChart({ trend, target, day, dues }: { trend: Trend; target: number; day: Day; dues: readonly { day: Day }[] }) {
  const { points } = trend
  const [from, to] = [Date.parse(points[0]!.day), Date.parse(points.at(-1)!.day)]
  const most = Math.max(target, 1, ...points.map(({ now, before }) => Math.max(now ?? 0, before ?? 0)))
  const x = (at: Day) => (to === from ? 100 : Math.round(((Date.parse(at) - from) / (to - from)) * 1000) / 10)
  const y = (people: number) => Math.round((1 - people / most) * 1000) / 10
  const line = (of: 'now' | 'before') => points.flatMap((point) => (point[of] === null ? [] : [`${x(point.day)},${y(point[of])}`])).join(' ')
  const today = points.filter(({ now }) => now !== null).at(-1)
  const isRight = today !== undefined && x(today.day) > 50
  return (
    <figure>
      <svg role="img" aria-labelledby="tt td" width="100%" height="290" xmlns="http://www.w3.org/2000/svg">
        <title id="tt">期限までの修了者数の動き</title>
        <desc id="td">{`${fullDay(points[0]!.day)}から${fullDay(day)}までに${today?.now ?? 0}人が終えました。対象は${target}人です。${dues.length > 0 ? `次の期限は${dues.map((due) => fullDay(due.day)).join('、')}。` : ''}${points[0]!.before === null ? '' : `昨年の同じ時期は${points.filter((point) => point.day <= day).at(-1)?.before ?? 0}人でした。`}`}</desc>
        <text x="0" y="14" fontSize="14" fill={SUB}>{`${target.toLocaleString('ja-JP')}人(対象)`}</text>
        <svg y="24" width="100%" height="220" viewBox="0 0 100 100" preserveAspectRatio="none">
          <line x1="0" x2="100" y1={y(target)} y2={y(target)} stroke="#666666" strokeDasharray="2 3" vectorEffect="non-scaling-stroke" />
          <line x1="0" x2="100" y1="100" y2="100" stroke={INK} strokeWidth="2" vectorEffect="non-scaling-stroke" />
          {dues.map((due) => <line key={due.day} x1={x(due.day)} x2={x(due.day)} y1="0" y2="100" stroke={DUE} strokeWidth="2" vectorEffect="non-scaling-stroke" />)}
          {points[0]!.before !== null && <polyline points={line('before')} fill="none" stroke="#666666" strokeWidth="2" strokeDasharray="5 4" vectorEffect="non-scaling-stroke" />}
          <polyline points={line('now')} fill="none" stroke={ACT} strokeWidth="4" vectorEffect="non-scaling-stroke" />
        </svg>
        {today && (
          <>
            <circle cx={`${x(today.day)}%`} cy={24 + y(today.now!) * 2.2} r="5" fill={ACT} />
            <text x={`${x(today.day)}%`} y={Math.max(40, 24 + y(today.now!) * 2.2 - 12)} fontSize="14" fontWeight="700" fill={ACT} textAnchor={isRight ? 'end' : 'start'}>{`${shortDay(today.day)} ${outOf(today.now!, target)}`}</text>
          </>
        )}
        <text x="0" y="264" fontSize="14" fill={SUB}>{shortDay(points[0]!.day, day)}</text>
        {dues.slice(-1).map((due) => <text key={due.day} x={`${x(due.day)}%`} y="264" fontSize="14" fontWeight="700" fill={DUE} textAnchor="end">{`${shortDay(due.day, day)} 期限`}</text>)}
        {dues.length === 0 && <text x="100%" y="264" fontSize="14" fill={SUB} textAnchor="end">{shortDay(points.at(-1)!.day, day)}</text>}
      </svg>
      <figcaption>{points[0]!.before === null ? '昨年度の記録はありません。' : '実線は今年、点線は昨年の同じ日です。'}</figcaption>
    </figure>
  )
}
