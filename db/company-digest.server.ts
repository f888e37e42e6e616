import { sql } from 'kysely'
import { addDays, OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { CompanyFigures } from '../app/domain/mail'
import type { EngagementKind } from '../app/domain/people'
import { SOON_DAYS } from '../app/domain/progress'
import type { Db } from './database.server'
import { waitsForAnother } from './due-days.server'
import { inForce, knownOn } from './in-force.server'

/** What is open at companies, for the letters to their 会社側担当者: as their own page counts. A manager's letter counts as 「わたしのチーム」 does. */

const atCompanies = (companyIds: readonly string[]) => sql<boolean>`ec.company_id in (${sql.join(companyIds.length > 0 ? [...companyIds] : [''])})`
const runs = sql<boolean>`not ${waitsForAnother()}`

/** How many people of companies have something open, are late, have something due soon, or are on leave with something open. */
export async function countAtCompanies(db: Db, companyIds: readonly string[], today: Day): Promise<{ open: number; late: number; soon: number; onLeave: number }> {
  const row = await db
    .selectFrom('engagement_current as ec').innerJoin('assignment as a', 'a.engagement_id', 'ec.engagement_id')
    .select([
      sql<number>`count(distinct case when ec.on_leave = 0 and a.opens_on <= ${today} and ${runs} then ec.engagement_id end)`.as('open'),
      sql<number>`count(distinct case when ec.on_leave = 0 and a.due_on < ${today} and ${runs} then ec.engagement_id end)`.as('late'),
      sql<number>`count(distinct case when ec.on_leave = 0 and a.due_on >= ${today} and a.due_on <= ${addDays(today, SOON_DAYS)} and ${runs} then ec.engagement_id end)`.as('soon'),
      sql<number>`count(distinct case when ec.on_leave = 1 then ec.engagement_id end)`.as('on_leave'),
    ])
    .where('a.settled_at', '=', OPEN_INSTANT).where(inForce('ec', today)).where(atCompanies(companyIds)).executeTakeFirstOrThrow()
  return { open: Number(row.open), late: Number(row.late), soon: Number(row.soon), onLeave: Number(row.on_leave) }
}

/** Those of companies who are past a due day, the longest first. */
export async function listLateAtCompanies(db: Db, companyIds: readonly string[], today: Day, limit: number): Promise<{ number: string; name: string; kind: EngagementKind; dueOn: Day }[]> {
  return db
    .selectFrom('engagement_current as ec').innerJoin('assignment as a', 'a.engagement_id', 'ec.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', today)))
    .select(({ fn }) => ['ec.number', 'v.display_name as name', 'ec.kind', fn.min<Day>('a.due_on').as('dueOn')])
    .where('a.settled_at', '=', OPEN_INSTANT).where('a.due_on', '<', today).where('ec.on_leave', '=', 0).where(inForce('ec', today)).where(runs).where(atCompanies(companyIds))
    .groupBy(['ec.engagement_id', 'ec.number', 'v.display_name', 'ec.kind']).orderBy('dueOn').orderBy('ec.number').limit(limit).execute()
}

/** Companies with what is open there: figures only. */
export async function listCompanyFigures(db: Db, companyIds: readonly string[], today: Day): Promise<(CompanyFigures & { companyId: string })[]> {
  if (companyIds.length === 0) return []
  const open = sql<boolean>`a.settled_at = ${OPEN_INSTANT} and a.opens_on <= ${today} and ec.on_leave = 0 and ${runs}`
  const rows = await db
    .selectFrom('engagement_current as ec').leftJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'ec.engagement_id').on('a.settled_at', '=', OPEN_INSTANT))
    .innerJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .select([
      'ec.company_id', 'c.name', sql<number>`count(distinct ec.engagement_id)`.as('people'), sql<number>`count(distinct case when ${open} then ec.engagement_id end)`.as('open'),
      sql<number>`count(distinct case when ${open} and a.due_on < ${today} then ec.engagement_id end)`.as('late'), sql<Day | null>`min(case when ${open} and a.due_on >= ${today} then a.due_on end)`.as('next_due'),
    ])
    .where('ec.company_id', 'in', [...companyIds]).where(inForce('ec', today)).groupBy(['ec.company_id', 'c.name']).orderBy('c.name').execute()
  return rows.map((row) => ({ companyId: row.company_id, name: row.name, people: Number(row.people), open: Number(row.open), late: Number(row.late), nextDue: row.next_due }))
}

