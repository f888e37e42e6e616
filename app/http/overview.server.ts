import { listReportingCompanies } from '../../db/company-reports.server'
import { countAsked, countCoverage, countDoneOfPeriod, coverageRow, findAsked, findCounts, findCountsByPlace, findDone, listBuilds, listLatePlaces, type CountRow, type DoneRow } from '../../db/coverage-counts.server'
import type { Db } from '../../db/database.server'
import { countExits, findExitCounts } from '../../db/exits.server'
import { planningRules } from '../content/planning-rules'
import { targetTitle } from '../content/target-titles'
import type { Context } from '../context'
import { dayOf, isDay, type Day, type Instant } from '../domain/calendar'
import { companyFigures, type CompanyFigures } from '../domain/company-figures'
import { withLastReports } from '../domain/company-report'
import { coverageOf, type Coverage, type CoverageRow } from '../domain/coverage'
import { countedScopes, yearBefore, type CoverageScope } from '../domain/coverage-scope'
import { periodWords, quoted, TARGET_WORDS } from '../domain/duty-words'
import { exitPeriod, exitPledgesOf, type ExitRow } from '../domain/exit-coverage'
import { groupedBy } from '../domain/grouped'
import { inTiers } from '../domain/tiers'

type Reading = Pick<Context, 'db' | 'library' | 'now'>

/** What is looked at: a target in a period, as of a day; what the address does not say, or says wrongly, is today and the first of the list. */
export function askedScope({ library, now }: Omit<Reading, 'db'>, query: { scope: string; on: string }): { scope: CoverageScope; scopes: { key: string; title: string }[]; day: Day; today: Day; title: string } {
  const today = dayOf(now)
  const day = isDay(query.on) && query.on < today ? query.on : today
  const scopes = countedScopes(planningRules(library, today), day)
  const scope = scopes.find(({ key }) => key === query.scope) ?? scopes.find(({ kind, slug }) => query.scope.startsWith(`${kind}-${slug}-`)) ?? scopes[0]!
  const titleOf = (one: CoverageScope) => `${one.year === null ? 'はじめの' : `${periodWords(one.period)} `}${TARGET_WORDS[one.kind]}${quoted(targetTitle(library, one.kind, one.slug))}`
  const exit = exitPledgesOf(library.requirements).length === 0 ? [] : [{ key: EXIT_SCOPE, title: exitTitle(library) }]
  return { scope, scopes: [...scopes.map((one) => ({ key: one.key, title: titleOf(one) })), ...exit], day, today, title: titleOf(scope) }
}

/** The numbers of a scope on a day: from what was counted beforehand when it is today, else from the facts as known now. */
export interface CountsOf {
  /** When the numbers were counted. */
  at: Instant
  workforce: readonly CoverageRow[]
  done: readonly DoneRow[]
  doneBefore: readonly DoneRow[]
  companies: () => Promise<readonly CountRow[]>
  /** When somebody of each of these units was last asked. */
  asked: (placeIds: readonly string[]) => Promise<ReadonlyMap<string, Instant>>
  /** One page of units, those with most people past their due day first. */
  units: (after: { late: number; placeId: string } | null, limit: number) => Promise<{ placeId: string; coverage: Coverage }[]>
}

/** Reads the counts, or counts now where nothing was counted yet. */
export async function countsOf({ db, now }: Reading, scope: CoverageScope, day: Day, today: Day): Promise<CountsOf> {
  const build = day === today ? (await listBuilds(db)).find((one) => one.scope === scope.key && dayOf(one.at) <= today) : undefined
  return build ? derivedCounts(db, scope, day, build.at) : liveCounts(db, scope, day, now)
}

async function derivedCounts(db: Db, scope: CoverageScope, day: Day, at: Instant): Promise<CountsOf> {
  const earlier = yearBefore(scope)
  const [workforce, done, doneBefore] = await Promise.all([findCounts(db, scope.key, { side: 'workforce' }), findDone(db, scope.key), earlier ? findDone(db, earlier.key) : []])
  return {
    at, workforce: workforce.map(coverageRow), done, doneBefore,
    companies: () => findCountsByPlace(db, scope.key, 'company'), asked: (placeIds) => findAsked(db, scope.key, placeIds),
    units: async (after, limit) => {
      const places = await listLatePlaces(db, scope.key, day, { after, limit })
      const rows = await findCounts(db, scope.key, { side: 'workforce', placeIds: places.map(({ placeId }) => placeId) })
      return places.map(({ placeId }) => ({ placeId, coverage: coverageOf(rows.filter(({ place_id }) => place_id === placeId).map(coverageRow), day) }))
    },
  }
}

async function liveCounts(db: Db, scope: CoverageScope, day: Day, now: Instant): Promise<CountsOf> {
  const earlier = yearBefore(scope)
  const [{ counts, done }, doneBefore] = await Promise.all([countCoverage(db, scope, day), earlier ? countDoneOfPeriod(db, { ...scope, period: earlier.period }) : []])
  const workforce = counts.filter(({ side }) => side === 'workforce')
  return {
    at: now, workforce: workforce.map(coverageRow), done, doneBefore, companies: async () => counts.filter(({ side }) => side === 'company'), asked: () => countAsked(db, scope, day),
    units: async (after, limit) => {
      const byPlace = groupedBy(workforce, ({ place_id: place }) => place)
      return [...byPlace].flatMap(([placeId, rows]) => (placeId === null ? [] : [{ placeId, coverage: coverageOf(rows.map(coverageRow), day) }]))
        .sort((a, b) => b.coverage.overdue - a.coverage.overdue || (a.placeId < b.placeId ? -1 : 1))
        .filter(({ placeId, coverage: { overdue } }) => after === null || overdue < after.late || (overdue === after.late && placeId > after.placeId)).slice(0, limit)
    },
  }
}

/** The companies that have people at work, in the order of their tiers, with their figures. */
export async function companiesOf(db: Db, counts: CountsOf, day: Day): Promise<CompanyFigures[]> {
  const [rows, companies] = await Promise.all([counts.companies(), listReportingCompanies(db, day)])
  return inTiers(withLastReports(companies)).flatMap((company) => companyFigures(company, rows.filter(({ place_id }) => place_id === company.companyId).map(coverageRow), day) ?? [])
}

/** How those who left answered the pledge at the end: as counted beforehand when the day is today, else from the facts as known now. */
export async function exitsOf({ db, library, now }: Reading, day: Day, today: Day): Promise<{ slugs: string[]; title: string; rows: readonly ExitRow[]; at: Instant }> {
  const slugs = exitPledgesOf(library.requirements)
  const at = day === today ? Math.max(0, ...(await listBuilds(db)).map((build) => build.at)) : 0
  const isCounted = at > 0 && dayOf(at) <= today
  return { slugs, title: exitTitle(library), rows: isCounted ? await findExitCounts(db) : await countExits(db, slugs, exitPeriod(day, library.calendar)), at: isCounted ? at : now }
}

/** What the pledge at the end is called in the list of what is counted. */
export const EXIT_SCOPE = 'exit'
const exitTitle = (library: Reading['library']): string => `終わりの誓約${quoted(targetTitle(library, 'pledge', exitPledgesOf(library.requirements)[0] ?? ''))}`
