import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { hearingOf, upFrom, type Tier } from '../app/domain/tiers'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { listCompaniesBelow } from './slips.server'

/**
 * Who hears the people of a company: its own 会社側担当者, and only where it has none those of the company above (domain.md A17, L25).
 * Figures go up the tiers; own words stay where they were promised to stay.
 */

/** The companies whose people speak to these companies: themselves, and lower tiers with nobody of their own to hear. */
export async function listHeardCompanies(db: Db, companyIds: readonly string[], day: Day): Promise<string[]> {
  const below = await listCompaniesBelow(db, companyIds, day)
  if (below.length <= companyIds.length) return below
  const tiers = await listTiers(db, below, day)
  return below.filter((id) => companyIds.includes(id) || companyIds.includes(hearingOf(tiers, id)?.id ?? ''))
}

/** The name of the company whose 会社側担当者 reads what the people of a company say; undefined while nobody does. */
export const findHearingCompany = async (db: Db, companyId: string, day: Day): Promise<string | undefined> => (await findHearing(db, companyId, day))?.name

/** The company whose 会社側担当者 answers for the people of a company: itself, or the nearest above that has one. */
export const findHearing = async (db: Db, companyId: string, day: Day): Promise<Tier | undefined> => hearingOf(await listTiersAbove(db, companyId, day), companyId)

/** A company and those above it, the nearest first: who answers for it looks in this order. */
export const listCompaniesAbove = async (db: Db, companyId: string, day: Day): Promise<string[]> =>
  [...new Set([companyId, ...upFrom(await listTiersAbove(db, companyId, day), companyId).map(({ id }) => id)])]

async function listTiersAbove(db: Db, companyId: string, day: Day): Promise<Map<string, Tier>> {
  const above = await db
    .withRecursive('above', (part) =>
      part.selectFrom('company').select('id').where('id', '=', companyId).union((again) =>
        again.selectFrom('company_version as c').innerJoin('above as b', 'b.id', 'c.company_id').select('c.parent_company_id as id').where('c.parent_company_id', 'is not', null).$narrowType<{ id: string }>()
          .where(knownOn('c', day))))
    .selectFrom('above').select('id').execute()
  return listTiers(db, above.map(({ id }) => id), day)
}

async function listTiers(db: Db, companyIds: readonly string[], day: Day): Promise<Map<string, Tier>> {
  const rows = await db.selectFrom('company_version').select(['company_id', 'parent_company_id', 'name']).where('company_id', 'in', [...companyIds]).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', day).where('valid_to', '>', day).execute()
  const contacts = await db
    .selectFrom('appointment as r').innerJoin('engagement_current as ec', 'ec.engagement_id', 'r.engagement_id').select('r.scope_id').distinct()
    .where('r.role', '=', 'companyContact').where('r.scope_id', 'in', [...companyIds]).where(knownOn('r', day)).where('ec.valid_from', '<=', day).where('ec.valid_to', '>', day)
    .execute()
  const heard = new Set(contacts.map(({ scope_id: id }) => id))
  return new Map(rows.map(({ company_id: id, parent_company_id: parentId, name }) => [id, { id, parentId, name, hasContact: heard.has(id) }]))
}
