import { sql } from 'kysely'
import type { Day, Instant } from '../app/domain/calendar'
import type { IntakeKey } from './intakes.server'
import { hitOne, insertRows, type Db, type Tx } from './database.server'
import { recordAccessRow, recordExportRow, type Actor } from './access-log.server'

/** Files with people's records that left the system: who took which, why, and what it was. */

/** Whose dossiers one file holds: persons that were chosen, an intake, or who ended in a month. */
export type DossierSubjects = { chosen: readonly string[] } | { intake: IntakeKey } | { endedIn: string }

export interface DossierPerson {
  engagementId: string
  number: string
}

const ofSubjects = (subjects: DossierSubjects) => {
  if ('chosen' in subjects) return sql<boolean>`ec.engagement_id in (${sql.join(subjects.chosen.length > 0 ? [...subjects.chosen] : [''])})`
  if ('intake' in subjects) return sql<boolean>`ec.valid_from = ${subjects.intake.firstDay} and ec.company_id = ${subjects.intake.companyId} and ec.kind = ${subjects.intake.kind}`
  // the last day is the day before valid_to: a month ends on the first of the next
  return sql<boolean>`ec.valid_to > ${`${subjects.endedIn}-01`} and ec.valid_to <= ${nextMonth(subjects.endedIn)}`
}

const nextMonth = (month: string): Day => {
  const [year, at] = month.split('-').map(Number) as [number, number]
  return at === 12 ? `${year + 1}-01-01` : `${year}-${String(at + 1).padStart(2, '0')}-01`
}

/** The people of a file, by number: so many after one. */
export async function listDossierPeople(db: Db, subjects: DossierSubjects, page: { after: string; limit: number }): Promise<DossierPerson[]> {
  const rows = await db.selectFrom('engagement_current as ec').select(['ec.engagement_id', 'ec.number']).where(ofSubjects(subjects)).where('ec.number', '>', page.after).orderBy('ec.number').limit(page.limit).execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, number: row.number }))
}

/** How many there are in all. */
export async function countDossierPeople(db: Db, subjects: DossierSubjects): Promise<number> {
  return Number((await db.selectFrom('engagement_current as ec').select(({ fn }) => fn.countAll<number>().as('count')).where(ofSubjects(subjects)).executeTakeFirstOrThrow()).count)
}

/** Notes that a file begins to leave: the export, and one line in the log of each person, so that they read it. Its hash is not known yet. */
export async function beginExport(tx: Tx, row: { id: string; at: Instant; actor: Actor; reason: string; kind: 'dossier' | 'dossiers'; subjects: object; people: readonly { accessId: string; engagementId: string }[] }): Promise<void> {
  await recordExportRow(tx, { id: row.id, at: row.at, actor: row.actor, reason: row.reason, kind: row.kind, subjects: JSON.stringify(row.subjects), sha256: '' })
  if (row.people.length === 1) return recordAccessRow(tx, { id: row.people[0]!.accessId, at: row.at, actor: row.actor, act: 'export', subjectKind: 'dossier', subjectId: row.people[0]!.engagementId, reason: row.reason, sha256: null })
  const by = 'account' in row.actor ? { actor_account_id: row.actor.account, actor_system: '' } : { actor_account_id: null, actor_system: row.actor.system }
  await insertRows(tx, 'access_log', row.people.map(({ accessId, engagementId }) => ({ id: accessId, at: row.at, ...by, act: 'export' as const, subject_kind: 'dossier', subject_id: engagementId, reason: row.reason, sha256: null })))
}

/** Notes the hash of the file when its last byte has left; false when it was noted before. */
export async function finishExport(tx: Tx, id: string, sha256: string): Promise<boolean> {
  return hitOne(await tx.updateTable('export_record').set({ sha256 }).where('id', '=', id).where('sha256', '=', '').executeTakeFirst())
}

/** When a dossier of this engagement was last taken. */
export async function findLastDossier(db: Db, engagementId: string): Promise<Instant | null> {
  const row = await db.selectFrom('access_log').select('at').where('subject_id', '=', engagementId).where('subject_kind', '=', 'dossier').orderBy('at', 'desc').limit(1).executeTakeFirst()
  return row?.at ?? null
}
