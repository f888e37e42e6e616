import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { NOTED_OUTCOMES } from '../app/domain/departure'
import { isKeptOff } from '../app/domain/exit-certificate'
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
  /** Answered 「署名しない」 last of all, and has not signed here (isKeptOff). */
  declined: boolean
  /** What is asked at the end, and not signed here: its employer may note an outcome instead. */
  atEnd: boolean
  /** Whether the operator may see the name (氏名表示). */
  named: boolean
  key: string
}

/** The version `v` in force on a day; of somebody who has left, the last: what is asked at the end may be certified after it. */
const servesOrLeft = (today: Day) => sql<boolean>`(${knownOn('v', today)} or (v.superseded_at = ${OPEN_INSTANT} and ec.valid_to <= ${today} and v.valid_to = ec.valid_to))`

const noted = () => sql<0 | 1>`exists (select 1 from pledge_act k where k.assignment_id = a.id and k.outcome in (${sql.join([...NOTED_OUTCOMES])}))`

/** What still takes a certificate: what is open; and, at the end, what was settled without a signature: nobody's later signature is shut out by that (L31). */
const takesOne = sql<boolean>`(a.settled_at = ${OPEN_INSTANT} or (a.settled_as = 'declined' and a.period = 'exit'))`
/** What is asked for of its own accord: the open, what was signed here after all, and whom somebody asks for by name. */
const isAskedFor = (also: string) => sql<boolean>`(a.settled_at = ${OPEN_INSTANT} or a.engagement_id = ${also} or exists (select 1 from pledge_act k where k.assignment_id = a.id and k.settle_slot = 1 and k.outcome = 'signed'))`

function certifiable(db: Db, companyIds: readonly string[], slug: string, today: Day) {
  return db
    .selectFrom('assignment as a')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(servesOrLeft(today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .leftJoin('pledge_act as p', (on) => on.onRef('p.assignment_id', '=', 'a.id').on('p.settle_slot', '=', 1).on('p.outcome', '=', 'signed'))
    .select(['a.id', 'a.engagement_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.company_id', 'ec.valid_from', 'c.name as company_name', 'ec.valid_to', 'a.target_slug', 'a.period', 'a.due_on', 'p.id as act_id', 'p.signed_at', 'p.receipt', 'ec.sort_key', nameIsShown(today).as('named'), noted().as('noted')])
    .select(({ selectFrom }) => selectFrom('pledge_act as k').select('k.outcome').whereRef('k.assignment_id', '=', 'a.id').where('k.outcome', 'not in', NOTED_OUTCOMES).orderBy('k.id', 'desc').limit(1).as('last_outcome'))
    .where('ec.company_id', 'in', companyIds.length > 0 ? [...companyIds] : [''])
    .where('a.target_kind', '=', 'certificate').where('a.target_slug', '=', slug).where(takesOne)
    // of two open years, or two new scopes, the one that is due first: a certificate names a person once
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('assignment as b').select('b.id').whereRef('b.engagement_id', '=', 'a.engagement_id').where('b.target_kind', '=', 'certificate').where('b.target_slug', '=', slug).where('b.settled_at', '=', OPEN_INSTANT)
      .where(({ eb, or, and, ref }) => or([eb('b.due_on', '<', ref('a.due_on')), and([eb('b.due_on', '=', ref('a.due_on')), eb('b.id', '<', ref('a.id'))])])))))
}
const person = (row: Awaited<ReturnType<ReturnType<typeof certifiable>['execute']>>[number], today: Day): CertifiablePerson => ({
  assignmentId: row.id, engagementId: row.engagement_id, number: row.number, name: row.display_name, kind: row.kind, start: row.valid_from, companyId: row.company_id, companyName: row.company_name ?? '', slug: row.target_slug, dueOn: row.due_on,
  act: row.act_id === null ? null : { id: row.act_id, at: row.signed_at!, receipt: row.receipt! }, declined: isKeptOff({ signed: row.act_id !== null, declined: row.last_outcome === 'declined', noted: Number(row.noted) === 1, left: row.valid_to <= today }), atEnd: row.period === 'exit' && row.act_id === null, named: Number(row.named) === 1, key: `${row.company_id}\t${row.sort_key}\t${row.engagement_id}`,
})

/** The people of these companies whose 誓約取得証明 is still to be submitted, one page by company and name; `also` names one whose end was noted and who signed on paper after all. */
export async function listCertifiablePeople(db: Db, companyIds: readonly string[], slug: string, page: { after: string; limit: number; today: Day; also?: string }): Promise<CertifiablePerson[]> {
  let query = certifiable(db, companyIds, slug, page.today).where(isAskedFor(page.also ?? '')).orderBy('ec.company_id').orderBy('ec.sort_key').orderBy('ec.engagement_id').limit(page.limit)
  const after = page.after.split('\t')
  if (after.length === 3)
    query = query.where(({ eb, or, and }) => or([
      eb('ec.company_id', '>', after[0]!), and([eb('ec.company_id', '=', after[0]!), eb('ec.sort_key', '>', after[1]!)]),
      and([eb('ec.company_id', '=', after[0]!), eb('ec.sort_key', '=', after[1]!), eb('ec.engagement_id', '>', after[2]!)]),
    ]))
  return (await query.execute()).map((row) => person(row, page.today))
}

/** Those among the named people who can be certified now. */
export async function listNamedCertifiable(db: Db, companyIds: readonly string[], slug: string, engagementIds: readonly string[], today: Day): Promise<CertifiablePerson[]> {
  if (engagementIds.length === 0) return []
  return (await certifiable(db, companyIds, slug, today).where('a.engagement_id', 'in', [...engagementIds]).orderBy('ec.number').execute()).map((row) => person(row, today))
}

/** Which texts the open certificates of these companies are about. */
export async function listCertifiableSlugs(db: Db, companyIds: readonly string[], today: Day, also = ''): Promise<string[]> {
  if (companyIds.length === 0) return []
  const rows = await db.selectFrom('assignment as a').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id').select('a.target_slug').distinct()
    .where('ec.company_id', 'in', [...companyIds]).where('ec.valid_from', '<=', today).where(({ eb, or }) => or([eb('ec.valid_to', '>', today), eb('a.period', '=', 'exit')])).where('a.target_kind', '=', 'certificate').where(takesOne).where(isAskedFor(also)).orderBy('a.target_slug').execute()
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
    settled = hitOne(await tx.updateTable('assignment').set({ settled_at: certificate.at, settled_as: 'completed', settled_version: certificate.version, settled_route: 'screen' }).where('id', '=', assignmentId).where((on) => on.or([on('settled_at', '=', OPEN_INSTANT), on('settled_as', '=', 'declined')])).executeTakeFirst()) && settled
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
