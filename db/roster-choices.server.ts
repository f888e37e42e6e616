import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { CompanyKind } from '../app/domain/people'
import type { Db } from './database.server'

/** The companies that a form offers: those in force on the day. The own company's code is empty. */
export async function listCompanyChoices(db: Db, today: Day): Promise<{ code: string; name: string; kind: CompanyKind }[]> {
  return db
    .selectFrom('company as o').innerJoin('company_version as v', 'v.company_id', 'o.id')
    .select(['o.code', 'v.name', 'v.kind'])
    .where('v.superseded_at', '=', OPEN_INSTANT).where('v.valid_from', '<=', today).where('v.valid_to', '>', today)
    .orderBy('o.code').limit(2000)
    .execute()
}

/** The units that a form offers: those in force on the day. */
export async function listUnitChoices(db: Db, today: Day): Promise<{ code: string; name: string }[]> {
  return db
    .selectFrom('org_unit as o').innerJoin('org_unit_version as v', 'v.unit_id', 'o.id')
    .select(['o.code', 'v.name'])
    .where('v.superseded_at', '=', OPEN_INSTANT).where('v.valid_from', '<=', today).where('v.valid_to', '>', today).where('v.kind', '!=', 'unplaced')
    .orderBy('o.code').limit(2000)
    .execute()
}
