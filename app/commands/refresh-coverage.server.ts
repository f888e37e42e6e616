import { findPlanningFacts } from '../../db/assignments.server'
import { listReportingCompanies } from '../../db/company-reports.server'
import { countAsked, countCoverage, countDoneOfPeriod, coverageRow, coverageSignature, deleteOtherScopes, listBuilds, recordBuild, replaceAsked, replaceCounts, replaceDone } from '../../db/coverage-counts.server'
import { inTransaction, type Db } from '../../db/database.server'
import { countExits, replaceExitCounts } from '../../db/exits.server'
import { countMailsThatLeft } from '../../db/jobs.server'
import { findHealth, replaceHealth } from '../../db/program-health.server'
import { countUnchased } from '../../db/unchased.server'
import { countRegistered, countUnits, countWithoutSupervisor } from '../../db/unit-posts.server'
import { listPeopleOfKinds } from '../../db/without-template.server'
import { planningRules } from '../content/planning-rules'
import type { Context } from '../context'
import { dayOf, MINUTE_MS, type Day } from '../domain/calendar'
import { isSilent, mustReport, withLastReports } from '../domain/company-report'
import { coverageOf } from '../domain/coverage'
import { countedScopes, yearBefore } from '../domain/coverage-scope'
import { exitPeriod, exitPledgesOf } from '../domain/exit-coverage'
import { engagementsWithoutTemplate, kindsInDoubt } from '../domain/without-template'

/** The counting may take so large a part of the time at most: a company of a hundred thousand is counted less often. */
const SHARE = 10
const PORTION = 500

/**
 * Counts 「全体の状況」 anew where something that is counted has changed since: evidence, study, an event, the day. The counting itself
 * holds up nobody; only what differs is written. `force` counts in any case.
 */
export async function refreshCoverage(context: Context, { force = false } = {}): Promise<Record<string, number>> {
  const { db, library, now } = context
  const today = dayOf(now)
  const rules = planningRules(library, today)
  const [signature, builds, health] = await Promise.all([coverageSignature(db, today), listBuilds(db), findHealth(db)])
  const scopes = countedScopes(rules, today)
  const last = Math.max(0, ...builds.map(({ at }) => at))
  const isFresh = scopes.every(({ key }) => builds.some((build) => build.scope === key && build.signature === signature))
  if (!force && (isFresh || now - last < Math.max(MINUTE_MS / 2, SHARE * (health.get('tookMs') ?? 0)))) return { counted: 0 }
  const began = context.clock()
  for (const scope of scopes) {
    const { counts, done } = await countCoverage(db, scope, today)
    const earlier = yearBefore(scope)
    const doneEarlier = earlier === null ? [] : await countDoneOfPeriod(db, { ...scope, period: earlier.period })
    const asked = await countAsked(db, scope, today)
    const { assigned, gap } = coverageOf(counts.filter(({ side }) => side === 'workforce').map(coverageRow), today)
    await inTransaction(db, async (tx) => {
      await replaceCounts(tx, scope.key, counts)
      await replaceDone(tx, scope.key, done)
      await replaceAsked(tx, scope.key, asked)
      if (earlier !== null) await replaceDone(tx, earlier.key, doneEarlier)
      await recordBuild(tx, { scope: scope.key, at: now, signature, assigned, gap })
    })
  }
  const exits = await countExits(db, exitPledgesOf(library.requirements), exitPeriod(today, library.calendar))
  const counts = await countHealth(context, today)
  await inTransaction(db, async (tx) => {
    await deleteOtherScopes(tx, scopes.flatMap((scope) => [scope.key, yearBefore(scope)?.key ?? scope.key]))
    await replaceExitCounts(tx, exits)
    await replaceHealth(tx, { ...counts, tookMs: context.clock() - began }, now)
  })
  return { counted: scopes.length }
}

/** What is to be looked at, counted from the facts. */
export async function countHealth({ db, library, now }: Pick<Context, 'db' | 'library' | 'now'>, today: Day) {
  const [units, people, noHead, noProtection, noSupervisor, nobody, companies, mails, withoutTemplate] = await Promise.all([
    countUnits(db, 'all', today), countRegistered(db, today), countUnits(db, 'noHead', today), countUnits(db, 'noProtection', today), countWithoutSupervisor(db, today), countUnchased(db, today), listReportingCompanies(db, today), countMailsThatLeft(db), countWithoutTemplate(db, library, today),
  ])
  const reporting = withLastReports(companies)
  return { noHead, noProtection, units, noSupervisor, nobody, ...people, silentCompanies: reporting.filter((one) => isSilent(one, now)).length, companies: reporting.filter(mustReport).length, givenUpMails: mails.givenUp, mails: mails.all, withoutTemplate }
}

/** 「様式なし」: those of the kinds in doubt, gone through in portions. */
async function countWithoutTemplate(db: Db, library: Context['library'], today: Day): Promise<number> {
  const rules = planningRules(library, today)
  const kinds = kindsInDoubt(rules)
  let count = 0
  for (let after = '', people = await listPeopleOfKinds(db, kinds, { after, limit: PORTION, today }); people.length > 0; people = await listPeopleOfKinds(db, kinds, { after, limit: PORTION, today })) {
    count += engagementsWithoutTemplate(await findPlanningFacts(db, people.map(({ engagementId }) => engagementId), today), rules).length
    after = people.at(-1)!.number
  }
  return count
}
