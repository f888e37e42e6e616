import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import { hitOne, insertRows, type Db, type Tx } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown } from './people-search.server'

export interface CertifiablePerson {
  assignmentId: string
  engagementId: string
  number: string
  name: string
  kind: EngagementKind
  /** First day of service. */
  start: Day
  companyId: string
  companyName: string
  slug: string
  dueOn: Day
  /** Signed here: the act, when, and its receipt. */
  act: { id: string; at: Instant; receipt: string } | null
  /** Answered 「署名しない」 last of all, and has not signed here. */
  declined: boolean
  /** Whether the operator may see the name (氏名表示). */
  named: boolean
  key: string
}

/** The version `v` in force on a day; of somebody who has left, the last: what is asked at the end may be certified after it. */
const servesOrLeft = (today: Day) => sql<boolean>`(${knownOn('v', today)} or (v.superseded_at = ${OPEN_INSTANT} and ec.valid_to <= ${today} and v.valid_to = ec.valid_to))`

function certifiable(db: Db, companyIds: readonly string[], slug: string, today: Day) {
  return db
    .selectFrom('assignment as a')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(servesOrLeft(today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .leftJoin('pledge_act as p', (on) => on.onRef('p.assignment_id', '=', 'a.id').on('p.settle_slot', '=', 1).on('p.outcome', '=', 'signed'))
    .select(['a.id', 'a.engagement_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.company_id', 'ec.valid_from', 'c.name as company_name', 'a.target_slug', 'a.due_on', 'p.id as act_id', 'p.signed_at', 'p.receipt', 'ec.sort_key', nameIsShown(today).as('named')])
    .select(({ selectFrom }) => selectFrom('pledge_act as k').select('k.outcome').whereRef('k.assignment_id', '=', 'a.id').orderBy('k.id', 'desc').limit(1).as('last_outcome'))
    .where('ec.company_id', 'in', companyIds.length > 0 ? [...companyIds] : [''])
    .where('a.target_kind', '=', 'certificate').where('a.target_slug', '=', slug).where('a.settled_at', '=', OPEN_INSTANT)
    // of two open years, or two new scopes, the one that is due first: a certificate names a person once
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('assignment as b').select('b.id').whereRef('b.engagement_id', '=', 'a.engagement_id').where('b.target_kind', '=', 'certificate').where('b.target_slug', '=', slug).where('b.settled_at', '=', OPEN_INSTANT)
      .where(({ eb, or, and, ref }) => or([eb('b.due_on', '<', ref('a.due_on')), and([eb('b.due_on', '=', ref('a.due_on')), eb('b.id', '<', ref('a.id'))])])))))
}
const person = (row: Awaited<ReturnType<ReturnType<typeof certifiable>['execute']>>[number]): CertifiablePerson => ({
  assignmentId: row.id, engagementId: row.engagement_id, number: row.number, name: row.display_name, kind: row.kind, start: row.valid_from, companyId: row.company_id, companyName: row.company_name ?? '', slug: row.target_slug, dueOn: row.due_on,
  act: row.act_id === null ? null : { id: row.act_id, at: row.signed_at!, receipt: row.receipt! }, declined: row.act_id === null && row.last_outcome === 'declined', named: Number(row.named) === 1, key: `${row.company_id}\t${row.sort_key}\t${row.engagement_id}`,
})

/** The people in force at these companies whose 誓約取得証明 is still to be submitted, one page by company and name. */
export async function listCertifiablePeople(db: Db, companyIds: readonly string[], slug: string, page: { after: string; limit: number; today: Day }): Promise<CertifiablePerson[]> {
  let query = certifiable(db, companyIds, slug, page.today).orderBy('ec.company_id').orderBy('ec.sort_key').orderBy('ec.engagement_id').limit(page.limit)
  const after = page.after.split('\t')
  if (after.length === 3)
    query = query.where(({ eb, or, and }) => or([
      eb('ec.company_id', '>', after[0]!), and([eb('ec.company_id', '=', after[0]!), eb('ec.sort_key', '>', after[1]!)]),
      and([eb('ec.company_id', '=', after[0]!), eb('ec.sort_key', '=', after[1]!), eb('ec.engagement_id', '>', after[2]!)]),
    ]))
  return (await query.execute()).map(person)
}

/** Those among the named people who can be certified now. */
export async function listNamedCertifiable(db: Db, companyIds: readonly string[], slug: string, engagementIds: readonly string[], today: Day): Promise<CertifiablePerson[]> {
  if (engagementIds.length === 0) return []
  return (await certifiable(db, companyIds, slug, today).where('a.engagement_id', 'in', [...engagementIds]).orderBy('ec.number').execute()).map(person)
}

/** Which texts the open certificates of these companies are about. */
export async function listCertifiableSlugs(db: Db, companyIds: readonly string[], today: Day): Promise<string[]> {
  if (companyIds.length === 0) return []
  const rows = await db.selectFrom('assignment as a').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id').select('a.target_slug').distinct()
    .where('ec.company_id', 'in', [...companyIds]).where('ec.valid_from', '<=', today).where(({ eb, or }) => or([eb('ec.valid_to', '>', today), eb('a.period', '=', 'exit')])).where('a.target_kind', '=', 'certificate').where('a.settled_at', '=', OPEN_INSTANT).orderBy('a.target_slug').execute()
  return rows.map(({ target_slug }) => target_slug)
}

/** Enters a certificate with its lines and settles the duties it fulfils; false when one of them was settled meanwhile. */
export async function recordCertificate(
  tx: Tx,
  certificate: { id: string; companyId: string; template: string; version: string; declaredBy: string; statementSha256: string; at: Instant; receipt: string; nameTyped: string },
  lines: readonly { engagementId: string; assignmentId: string; takenOn: Day }[],
): Promise<boolean> {
  await insertRows(tx, 'pledge_certificate', [{
    id: certificate.id, company_id: certificate.companyId, template: certificate.template, version: certificate.version, declared_by: certificate.declaredBy, statement_sha256: certificate.statementSha256, at: certificate.at,
    route: 'screen', receipt: certificate.receipt, name_typed: certificate.nameTyped,
  }])
  await insertRows(tx, 'pledge_certificate_line', lines.map(({ engagementId, assignmentId, takenOn }) => ({ certificate_id: certificate.id, engagement_id: engagementId, assignment_id: assignmentId, taken_on: takenOn })))
  let settled = true
  for (const { assignmentId } of lines)
    settled = hitOne(await tx.updateTable('assignment').set({ settled_at: certificate.at, settled_as: 'completed', settled_version: certificate.version, settled_route: 'screen' }).where('id', '=', assignmentId).where('settled_at', '=', OPEN_INSTANT).executeTakeFirst()) && settled
  return settled
}

/** A certificate of one of these companies. */
export async function findCertificate(db: Db, certificateId: string, companyIds: readonly string[]) {
  return db.selectFrom('pledge_certificate').selectAll().where('id', '=', certificateId).where('company_id', 'in', companyIds.length > 0 ? [...companyIds] : ['']).executeTakeFirst()
}

/** The people on a certificate, by number. */
export async function listCertificateLines(db: Db, certificateId: string) {
  return db
    .selectFrom('pledge_certificate_line as l').innerJoin('engagement as e', 'e.id', 'l.engagement_id')
    .select((at) => ['e.number', 'l.taken_on', at.selectFrom('engagement_version as v').whereRef('v.engagement_id', '=', 'l.engagement_id').where('v.superseded_at', '=', OPEN_INSTANT).orderBy('v.valid_from', 'desc').limit(1).select('v.display_name').as('name')])
    .where('l.certificate_id', '=', certificateId).orderBy('e.number').limit(500).execute()
}

/** The certificates of these companies, newest first. */
export async function listCertificates(db: Db, companyIds: readonly string[], limit: number) {
  if (companyIds.length === 0) return []
  return db.selectFrom('pledge_certificate as c').select(['c.id', 'c.template', 'c.version', 'c.at', 'c.receipt'])
    .select((at) => at.selectFrom('pledge_certificate_line as l').whereRef('l.certificate_id', '=', 'c.id').select((all) => all.fn.countAll<number>().as('count')).as('people'))
    .where('c.company_id', 'in', [...companyIds]).orderBy('c.id', 'desc').limit(limit).execute()
}

/** The names of companies on a day, in the order of names. */
export async function listCompanyNames(db: Db, companyIds: readonly string[], day: Day): Promise<string[]> {
  if (companyIds.length === 0) return []
  const rows = await db.selectFrom('company_version').select('name').where('company_id', 'in', [...companyIds]).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', day).where('valid_to', '>', day).orderBy('name').execute()
  return rows.map(({ name }) => name)
}

/** The name of a company on a day. */
export async function findCompanyName(db: Db, companyId: string, day: Day): Promise<string> {
  const row = await db.selectFrom('company_version').select('name').where('company_id', '=', companyId).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', day).where('valid_to', '>', day).executeTakeFirst()
  return row?.name ?? ''
}

/** The signed pledge that one of these companies was promised and keeps; nobody else's paper is found. */
export async function findPledgeKeptBy(db: Db, companyIds: readonly string[], assignmentId: string): Promise<{ id: string; receipt: string } | undefined> {
  return db
    .selectFrom('pledge_act as p').innerJoin('assignment as a', 'a.id', 'p.assignment_id')
    .select(['p.id', 'p.receipt'])
    .where('a.id', '=', assignmentId).where('a.target_kind', '=', 'certificate').where('p.outcome', '=', 'signed').where('p.settle_slot', '=', 1)
    .where('p.addressee_company_id', 'in', companyIds.length > 0 ? [...companyIds] : [''])
    .executeTakeFirst()
}
