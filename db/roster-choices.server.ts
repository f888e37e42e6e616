import { type Day } from '../app/domain/calendar'
import type { CompanyKind } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'

/** The companies that a form offers: those in force on the day. The own company's code is empty; `named`: 氏名表示 is 可. */
export async function listCompanyChoices(db: Db, today: Day): Promise<{ code: string; name: string; kind: CompanyKind; named: boolean }[]> {
  const rows = await db
    .selectFrom('company as o').innerJoin('company_version as v', 'v.company_id', 'o.id')
    .select(['o.code', 'v.name', 'v.kind'])
    .select(({ exists, selectFrom }) => exists(selectFrom('entrustment as e').innerJoin('entrustment_version as n', 'n.entrustment_id', 'e.id').select('n.id').whereRef('e.company_id', '=', 'o.id').where('n.names_allowed', '=', 1).where(knownOn('n', today))).as('named'))
    .where(knownOn('v', today))
    .orderBy('o.code').limit(2000)
    .execute()
  return rows.map((row) => ({ ...row, named: Number(row.named) === 1 }))
}

/** The units that a form offers: those in force on the day. */
export async function listUnitChoices(db: Db, today: Day): Promise<{ code: string; name: string }[]> {
  return db
    .selectFrom('org_unit as o').innerJoin('org_unit_version as v', 'v.unit_id', 'o.id')
    .select(['o.code', 'v.name'])
    .where(knownOn('v', today)).where('v.kind', '!=', 'unplaced')
    .orderBy('o.code').limit(2000)
    .execute()
}

/** Whether a unit with this code is in force on the day. */
export async function findUnitCode(db: Db, code: string, today: Day): Promise<string | undefined> {
  const row = await db
    .selectFrom('org_unit as o').innerJoin('org_unit_version as v', 'v.unit_id', 'o.id').select('o.code')
    .where('o.code', '=', code).where(knownOn('v', today))
    .executeTakeFirst()
  return row?.code
}
