import { z } from 'zod'
import { listUnitNames } from '../../../db/unit-posts.server'
import { dayOf } from '../../domain/calendar'
import { coverageOf } from '../../domain/coverage'
import { figuresCsv, type FiguresRow } from '../../domain/coverage-csv'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../../domain/people'
import { download } from '../../http/download.server'
import { guardLoader } from '../../http/guard.server'
import { askedScope, companiesOf, countsOf } from '../../http/overview.server'

/** More units than any company has. */
const MOST_UNITS = 20_000

/** The figures of the overview as a file: sums only, so that nobody's record is taken by it. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ scope: z.string().max(80).catch('').default(''), on: z.string().max(10).catch('').default('') }) }, async ({ context, query }) => {
  const { scope, day, today } = askedScope(context, query)
  const counts = await countsOf(context, scope, day, today)
  const [units, companies] = await Promise.all([counts.units(null, MOST_UNITS), companiesOf(context.db, counts, day)])
  const placeIds = units.map(({ placeId }) => placeId)
  const [names, asked] = await Promise.all([listUnitNames(context.db, placeIds, day), counts.asked(placeIds)])
  const askedOn = (placeId: string) => (asked.has(placeId) ? dayOf(asked.get(placeId)!) : null)
  const kinds = (Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]).map((kind) => ({ kind, coverage: coverageOf(counts.workforce.filter((row) => row.kind === kind), day) }))
  const rows: FiguresRow[] = [
    { of: '従業者', name: '合計', coverage: coverageOf(counts.workforce, day) },
    ...units.map(({ placeId, coverage }): FiguresRow => ({ of: '部署', name: names.get(placeId)?.name ?? '所属なし', coverage, askedOn: askedOn(placeId) })),
    ...kinds.filter(({ coverage }) => coverage.all > 0).map(({ kind, coverage }): FiguresRow => ({ of: '雇用形態', name: ENGAGEMENT_KINDS[kind], coverage })),
    ...companies.map(({ name, coverage }): FiguresRow => ({ of: '委託先(報告ベース)', name, coverage })),
  ]
  return download(new TextEncoder().encode(figuresCsv(rows, day)), { name: `全体の状況_${scope.key}_${day}.csv`, plainName: `figures_${day}.csv`, type: 'text/csv; charset=utf-8' })
})
