import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { hitOne, insertRows, type Db, type Tx } from './database.server'
import { inForce, knownOn } from './in-force.server'

/** The written agreement of a 派遣元 that holds: its people may confirm towards the operator itself (PL2 mode B). */
export async function findAgreement(db: Db, companyId: string): Promise<{ id: string; agreed_on: Day; scan_sha256: string; at: Instant } | undefined> {
  return db.selectFrom('agency_agreement').select(['id', 'agreed_on', 'scan_sha256', 'at']).where('company_id', '=', companyId).where('open_slot', '=', 1).executeTakeFirst()
}

/** Notes that a 派遣元 has agreed in writing; one holds at a time. */
export async function recordAgreement(tx: Tx, row: { id: string; companyId: string; agreedOn: Day; scanSha256: string; enteredBy: string; at: Instant }): Promise<void> {
  await insertRows(tx, 'agency_agreement', [{ id: row.id, company_id: row.companyId, agreed_on: row.agreedOn, scan_sha256: row.scanSha256, entered_by: row.enteredBy, at: row.at, voided_at: null, voided_by: null, open_slot: 1 }])
}

/** Ends an agreement; what was confirmed under it stays. False when it had ended before. */
export async function voidAgreement(tx: Tx, agreementId: string, by: string, at: Instant): Promise<boolean> {
  return hitOne(await tx.updateTable('agency_agreement').set({ voided_at: at, voided_by: by, open_slot: null }).where('id', '=', agreementId).where('open_slot', '=', 1).executeTakeFirst())
}

/** Whether a company is a 派遣元 today. */
export async function findAgency(db: Db, companyId: string, today: Day): Promise<{ name: string } | undefined> {
  return db.selectFrom('company_version as c').select('c.name').where('c.company_id', '=', companyId).where('c.kind', '=', 'agency').where(knownOn('c', today)).executeTakeFirst()
}

/** Every 派遣元 of today by its code, with the agreement that holds. */
export async function listAgencies(db: Db, today: Day, limit: number): Promise<{ companyId: string; code: string; name: string; agreedOn: Day | null; recordedAt: Instant | null }[]> {
  const rows = await db.selectFrom('company as o').innerJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'o.id').on(knownOn('c', today)))
    .leftJoin('agency_agreement as a', (on) => on.onRef('a.company_id', '=', 'o.id').on('a.open_slot', '=', 1))
    .select(['o.id', 'o.code', 'c.name', 'a.agreed_on', 'a.at']).where('c.kind', '=', 'agency').orderBy('o.code').limit(limit).execute()
  return rows.map((row) => ({ companyId: row.id, code: row.code, name: row.name, agreedOn: row.agreed_on, recordedAt: row.at }))
}

/** The 派遣社員 of a company at work today who were never given the 確認書, and those from whom it was taken back, with what was taken back. */
export async function listWithoutConfirmation(db: Db, companyId: string, slug: string, today: Day, limit: number): Promise<{ engagementId: string; takenBack: string | null }[]> {
  const rows = await db.selectFrom('engagement_current as ec').leftJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'ec.engagement_id').on('a.target_kind', '=', 'pledge').on('a.target_slug', '=', slug)).select(['ec.engagement_id', 'a.id'])
    .where('ec.company_id', '=', companyId).where('ec.kind', '=', 'dispatched').where(inForce('ec', today)).where((is) => is.or([is('a.id', 'is', null), is('a.settled_as', '=', 'withdrawn')]))
    .orderBy('ec.number').limit(limit).execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, takenBack: row.id }))
}

/** The 確認書 that people of a company still have to sign. */
export async function listOpenConfirmations(db: Db, companyId: string, slug: string): Promise<{ assignmentId: string; engagementId: string }[]> {
  const rows = await db.selectFrom('assignment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select(['a.id', 'a.engagement_id'])
    .where('e.employer_company_id', '=', companyId).where('a.target_kind', '=', 'pledge').where('a.target_slug', '=', slug).where('a.settled_at', '=', OPEN_INSTANT).orderBy('a.id').execute()
  return rows.map((row) => ({ assignmentId: row.id, engagementId: row.engagement_id }))
}
