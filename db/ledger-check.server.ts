import { sql } from 'kysely'
import { groupedBy } from '../app/domain/grouped'
import { canonicalBytes } from '../app/domain/ledger/canonical'
import { sha256 } from '../app/domain/ledger/entry'
import { asSet, type FactKind, type KeptEntry, type Payload } from '../app/domain/ledger/verify'
import type { Db } from './database.server'

/** What the check of the ledger reads, page by page: entries, kept bytes, and the facts that evidence speaks of. */
const PAGE = 500

/** One page of entries by their id, with what they say. */
export async function listKeptEntries(db: Db, after: string): Promise<KeptEntry[]> {
  const rows = await db.selectFrom('ledger_entry as l').leftJoin('ledger_payload as p', 'p.entry_id', 'l.id').select(['l.id', 'l.type', 'l.at', 'l.actor_kind', 'l.actor_account_id', 'l.subject_engagement_id', 'l.commitment', 'p.salt', 'p.bytes']).where('l.id', '>', after).orderBy('l.id').limit(PAGE).execute()
  return rows.map((row) => ({ id: row.id, type: row.type, at: Number(row.at), actorKind: row.actor_kind, account: row.actor_account_id, subject: row.subject_engagement_id, commitment: row.commitment, payload: row.salt && row.bytes ? { salt: row.salt, bytes: row.bytes } : null }))
}

/** Every kept file by its hash, one after the other, and whether its bytes still have it. */
export async function* eachBlob(db: Db): AsyncGenerator<{ sha256: string; isIntact: boolean }> {
  for (let after = ''; ; ) {
    const hashes = await db.selectFrom('blob').select('sha256').where('sha256', '>', after).orderBy('sha256').limit(PAGE).execute()
    for (const { sha256: hash } of hashes) {
      const { bytes, size } = await db.selectFrom('blob').select(['bytes', 'size']).where('sha256', '=', hash).executeTakeFirstOrThrow()
      yield { sha256: hash, isIntact: sha256(bytes) === hash && Number(size) === bytes.byteLength }
    }
    if (hashes.length < PAGE) return
    after = hashes.at(-1)!.sha256
  }
}

type Facts = Map<string, Payload>
type Reader = (db: Db, ids: readonly string[]) => Promise<Facts>
const byId = <R extends { id: string }>(rows: readonly R[], of: (row: R) => Payload): Facts => new Map(rows.map((row) => [row.id, of(row)]))

async function filingActs(db: Db, ids: readonly string[]): Promise<Facts> {
  const rows = await db.selectFrom('filing_act').selectAll().where('id', 'in', [...ids]).execute()
  const reasons = groupedBy(await db.selectFrom('filing_remark').selectAll().where('act_id', 'in', [...ids]).execute(), ({ act_id: id }) => id)
  return byId(rows, (row) => ({
    kind: row.kind, by: row.by_account, filing: row.filing_id, statement: row.statement_sha256, receipt: row.receipt, note: row.note, done: row.done, partly: row.partly, notDone: row.not_done, none: row.not_applicable,
    reasons: asSet((reasons.get(row.id) ?? []).map(({ item_id: itemId, words }) => ({ itemId, words }))),
  }))
}

async function findingActs(db: Db, ids: readonly string[]): Promise<Facts> {
  const rows = await db.selectFrom('finding_act').selectAll().where('id', 'in', [...ids]).execute()
  const files = groupedBy(await db.selectFrom('finding_file').select(['act_id', 'sha256']).where('act_id', 'in', [...ids]).execute(), ({ act_id: id }) => id)
  return byId(rows, (row) => ({ kind: row.kind, by: row.by_account, finding: row.finding_id, on: row.mended_on, words: row.words, files: asSet((files.get(row.id) ?? []).map(({ sha256: hash }) => hash)) }))
}

async function certificates(db: Db, ids: readonly string[]): Promise<Facts> {
  const rows = await db.selectFrom('pledge_certificate').selectAll().where('id', 'in', [...ids]).execute()
  const lines = groupedBy(await db.selectFrom('pledge_certificate_line').select(['certificate_id', 'engagement_id']).where('certificate_id', 'in', [...ids]).execute(), ({ certificate_id: id }) => id)
  return byId(rows, (row) => ({ by: row.declared_by, company: row.company_id, receipt: row.receipt, statement: row.statement_sha256, template: row.template, version: row.version, engagements: asSet((lines.get(row.id) ?? []).map(({ engagement_id: id }) => id)) }))
}

async function attempts(db: Db, ids: readonly string[]): Promise<Facts> {
  const rows = await db.selectFrom('attempt').selectAll().where('id', 'in', [...ids]).where('finished_at', 'is not', null).execute()
  const items = groupedBy(await db.selectFrom('attempt_item').select(['attempt_id', 'question_id', 'option_order', 'answer']).where('attempt_id', 'in', [...ids]).orderBy('attempt_id').orderBy('position').execute(), ({ attempt_id: id }) => id)
  return byId(rows, (row) => ({
    assignment: row.assignment_id, ordinal: row.ordinal, version: row.module_version, bank: row.bank_version, seed: row.seed, score: row.score, passed: row.passed === 1,
    answers: sha256(canonicalBytes((items.get(row.id) ?? []).map((item) => ({ questionId: item.question_id, optionOrder: item.option_order.split(','), answer: item.answer })))),
  }))
}

/** Completions by their attempt, or by their own id where there was none. */
async function completions(db: Db, ids: readonly string[]): Promise<Facts> {
  const attempt = ids.filter((id) => id.startsWith('attempt ')).map((id) => id.slice('attempt '.length))
  const rows = await db.selectFrom('completion').selectAll().where((on) => on.or([on('attempt_id', 'in', [...attempt, '']), on.and([on('id', 'in', [...ids]), on('attempt_id', 'is', null)])])).execute()
  return new Map(rows.map((row) => [row.attempt_id === null ? row.id : `attempt ${row.attempt_id}`, { assignment: row.assignment_id, version: row.content_version, rendered: row.rendered_sha256, minutes: row.minutes, by: row.approved_by }]))
}

const agreements = (end: boolean): Reader => async (db, ids) => {
  const rows = await db.selectFrom('agency_agreement').selectAll().where('id', 'in', [...ids]).execute()
  return byId(rows.filter(({ voided_at: ended }) => !end || ended !== null), (row) => ({ by: end ? row.voided_by : row.entered_by, company: row.company_id, on: row.agreed_on, scan: row.scan_sha256 }))
}

/** What was published, by name and hash; where the bytes no longer have the hash there is nothing. */
async function texts(db: Db): Promise<Facts> {
  const files = [...(await db.selectFrom('content_version').select(['slug', 'sha256', 'bytes']).execute()), ...(await db.selectFrom('bank_version').select(['slug', 'sha256', 'bytes']).execute())]
  const rules = await db.selectFrom('requirement_version').select(['requirement_id', 'sha256', 'json']).execute()
  return new Map([...files.map((row) => [row.slug, row.sha256, row.bytes] as const), ...rules.map((row) => [row.requirement_id, row.sha256, row.json] as const)].flatMap(([slug, hash, bytes]) => (sha256(bytes) === hash ? [[`${slug} ${hash}`, {}] as const] : [])))
}

async function releases(db: Db): Promise<Facts> {
  const rows = await db.selectFrom('content_release').selectAll().execute()
  return new Map(rows.map((row) => [`${row.kind} ${row.slug} ${row.version}`, { by: row.by_account, impact: row.impact, gives: row.gives, unit: row.unit_slug, words: row.reason }]))
}

async function revisions(db: Db): Promise<Facts> {
  const rows = await db.selectFrom('content_revision').selectAll().execute()
  return new Map(rows.map((row) => [`${row.slug} ${row.version}`, { by: row.announced_by, impact: row.impact, gives: row.gives, unit: row.unit_slug, reason: row.reason }]))
}

const READERS: Record<FactKind, Reader> = {
  filingAct: filingActs, findingAct: findingActs, certificate: certificates, attempt: attempts, completion: completions, agreement: agreements(false), agreementEnd: agreements(true), text: texts, release: releases, revision: revisions,
  pledgeAct: async (db, ids) => byId(await db.selectFrom('pledge_act').selectAll().where('id', 'in', [...ids]).execute(), (row) => ({
    outcome: row.outcome, assignment: row.assignment_id, statement: row.statement_sha256, receipt: row.receipt, template: row.template, version: row.version, addressee: row.addressee_company_id,
  })),
  approval: async (db, ids) => byId(await db.selectFrom('approval_request').selectAll().where('id', 'in', [...ids]).execute(), (row) => ({ by: row.decided_by, assignment: row.assignment_id, kind: row.kind, outcome: row.outcome, words: row.answer })),
  review: async (db, ids) => byId(await db.selectFrom('content_review').selectAll().where('id', 'in', [...ids]).execute(), (row) => ({ version: `${row.kind} ${row.slug} ${row.version}`, review: row.status, reviewer: row.by_whom, words: row.note })),
}

/** Facts of a kind by the ids under which evidence names them; small kinds come whole. */
export const findFacts = (db: Db, kind: FactKind, ids: readonly string[]): Promise<Facts> => READERS[kind](db, ids)

/** The kinds whose ids are looked through one by one; those above are read whole. */
const IDS: Partial<Record<FactKind, string>> = {
  filingAct: 'select id from filing_act', findingAct: "select id from finding_act where kind in ('reported','returned','accepted')", pledgeAct: 'select id from pledge_act', certificate: 'select id from pledge_certificate',
  attempt: 'select id from attempt where finished_at is not null', approval: "select id from approval_request where outcome in ('accepted','partly','returned')", agreement: 'select id from agency_agreement', agreementEnd: 'select id from agency_agreement where voided_at is not null', review: "select id from content_review where entered <> ''",
  completion: "select attempt_id as id, 'attempt ' as prefix from completion where attempt_id is not null union all select id, '' as prefix from completion where attempt_id is null",
}

/** Every fact of a kind, by the id under which evidence names it. */
export async function* eachFactId(db: Db, kind: FactKind): AsyncGenerator<string> {
  const query = IDS[kind]
  if (query === undefined) return yield* (await findFacts(db, kind, [])).keys()
  for (let after = ''; ; ) {
    const { rows } = await sql<{ id: string; prefix?: string }>`select q.* from (${sql.raw(query)}) q where q.id > ${after} order by q.id limit ${PAGE}`.execute(db)
    for (const { id, prefix = '' } of rows) yield `${prefix}${id}`
    if (rows.length < PAGE) return
    after = rows.at(-1)!.id
  }
}
