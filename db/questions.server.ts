import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import { hitOne, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/**
 * Who reads what a person says about a pledge: HR for the operator's own people and 個人受託者, the 会社側担当者 for the people of
 * their own and lower-tier companies (domain.md A17). It is part of every WHERE.
 */
export type Ear = { is: 'operator' } | { is: 'employer'; companyIds: readonly string[] }

const hears = (ear: Ear) =>
  ear.is === 'operator' ? sql<boolean>`ec.relation in ('own', 'sole')` : sql<boolean>`ec.relation in ('dispatched', 'contract') and ec.company_id in (${sql.join(ear.companyIds.length > 0 ? ear.companyIds : [''])})`

export interface Speaker {
  engagementId: string
  number: string
  name: string | null
  kind: EngagementKind
  relation: Relation
  companyName: string
}

interface SpeakerRow { engagement_id: string; number: string; display_name: string; kind: EngagementKind; relation: Relation; company_name: string | null; named: 0 | 1 }
const speaker = (row: SpeakerRow): Speaker => ({ engagementId: row.engagement_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, relation: row.relation, companyName: row.company_name ?? '' })

const pledges = (db: Db, ear: Ear, today: Day) =>
  db.selectFrom('assignment as a')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .where(hears(ear))
    .select(['a.id as assignment_id', 'a.target_slug', 'a.due_on', 'ec.engagement_id', 'ec.person_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'c.name as company_name', sql<0 | 1>`1`.as('named')])

export interface OpenQuestion extends Speaker {
  assignmentId: string
  slug: string
  askedAt: Instant
  words: string[]
  key: string
}

/** Questions that stop a due date and have no answer yet, the oldest first. */
export async function listOpenQuestions(db: Db, ear: Ear, page: { after: string; limit: number; today: Day }): Promise<OpenQuestion[]> {
  const rows = await pledges(db, ear, page.today)
    .innerJoin('assignment_event as q', 'q.assignment_id', 'a.id')
    .select(['q.id as event_id', 'q.at'])
    .where('q.kind', '=', 'suspend').where('q.reason_code', '=', 'question').where('a.settled_at', '=', OPEN_INSTANT).where('q.id', '>', page.after)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('assignment_event as r').select('r.id').whereRef('r.assignment_id', '=', 'a.id').where('r.kind', '=', 'resume').whereRef('r.at', '>=', 'q.at'))))
    .orderBy('q.id').limit(page.limit).execute()
  if (rows.length === 0) return []
  const acts = await db.selectFrom('pledge_act').select(['assignment_id', 'note', 'signed_at']).where('assignment_id', 'in', rows.map(({ assignment_id }) => assignment_id)).where('outcome', '=', 'question').orderBy('id').execute()
  return rows.map((row) => ({
    ...speaker(row), assignmentId: row.assignment_id, slug: row.target_slug, askedAt: row.at, key: row.event_id,
    words: acts.filter((act) => act.assignment_id === row.assignment_id && act.signed_at >= row.at).map(({ note }) => note),
  }))
}

export interface AnsweredQuestion extends Speaker {
  slug: string
  words: string[]
  askedAt: Instant
  answer: { words: string; at: Instant }
  key: string
}

/** Questions that have their answer, the newest answer first: what was asked before it and after the answer before. */
export async function listAnsweredQuestions(db: Db, ear: Ear, page: { before: string; limit: number; today: Day }): Promise<AnsweredQuestion[]> {
  let query = pledges(db, ear, page.today).innerJoin('assignment_event as r', 'r.assignment_id', 'a.id').select(['r.id as event_id', 'r.at', 'r.note'])
    .where('r.kind', '=', 'resume').where('r.reason_code', '=', 'answered').orderBy('r.id', 'desc').limit(page.limit)
  if (page.before !== '') query = query.where('r.id', '<', page.before)
  const rows = await query.execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ assignment_id }) => assignment_id)
  const acts = await db.selectFrom('pledge_act').select(['assignment_id', 'note', 'signed_at']).where('assignment_id', 'in', ids).where('outcome', '=', 'question').orderBy('id').execute()
  const answers = await db.selectFrom('assignment_event').select(['assignment_id', 'at']).where('assignment_id', 'in', ids).where('kind', '=', 'resume').where('reason_code', '=', 'answered').execute()
  return rows.map((row) => {
    const before = Math.max(0, ...answers.filter((one) => one.assignment_id === row.assignment_id && one.at < row.at).map(({ at }) => at))
    const asked = acts.filter((act) => act.assignment_id === row.assignment_id && act.signed_at <= row.at && act.signed_at > before)
    return { ...speaker(row), slug: row.target_slug, words: asked.map(({ note }) => note), askedAt: asked[0]?.signed_at ?? row.at, answer: { words: row.note, at: row.at }, key: row.event_id }
  })
}

export interface Remark extends Speaker {
  outcome: string
  slug: string
  at: Instant
  words: string
  receipt: string
  assignmentId: string
  /** What became of it since: nothing, handed out again, or signed after all. */
  since: 'nothing' | 'reopened' | 'signed'
  dueOn: Day
  /** Whether it can be handed out again: one's own pledge, declined last, of somebody who is still here. */
  canReopen: boolean
  key: string
}

/** 「今は署名しない」「署名しない」, or what was added to a signature, newest first. */
export async function listRemarks(db: Db, ear: Ear, what: 'notSigned' | 'memo', page: { before: string; limit: number; today: Day }): Promise<Remark[]> {
  let query = pledges(db, ear, page.today).innerJoin('pledge_act as k', 'k.assignment_id', 'a.id').select(['k.id', 'k.outcome', 'k.note', 'k.signed_at', 'k.receipt', 'a.settled_as', 'a.settled_at', 'a.target_kind', 'ec.valid_from', 'ec.valid_to']).orderBy('k.id', 'desc').limit(page.limit)
  query = what === 'memo' ? query.where('k.outcome', '=', 'signed').where('k.note', '!=', '') : query.where('k.outcome', 'in', ['later', 'declined'])
  if (page.before !== '') query = query.where('k.id', '<', page.before)
  const { today } = page
  return (await query.execute()).map((row) => {
    const stands = row.settled_as === 'declined' && row.settled_at === row.signed_at
    const declined = row.outcome === 'declined' && row.target_kind === 'pledge'
    return {
      ...speaker(row), outcome: row.outcome, slug: row.target_slug, at: row.signed_at, words: row.note, receipt: row.receipt, key: row.id, assignmentId: row.assignment_id, dueOn: row.due_on,
      since: declined && row.settled_as === 'completed' ? 'signed' as const : declined && row.settled_as === null ? 'reopened' as const : 'nothing' as const,
      canReopen: declined && stands && row.valid_from <= today && today < row.valid_to,
    }
  })
}

/** How many questions wait, counted no further than `limit`. */
export async function countOpenQuestions(db: Db, ear: Ear, today: Day, limit: number): Promise<number> {
  return (await listOpenQuestions(db, ear, { after: '', limit, today })).length
}

/**
 * How many who are here answered 「署名しない」 since an instant and nothing has followed: neither handed out again nor signed, nor
 * another answer given. Counted no further than `limit`; a talk leaves no trace, so it is for the caller to let the answer grow old.
 */
export async function countDeclined(db: Db, ear: Ear, today: Day, since: Instant, limit: number): Promise<number> {
  const rows = await pledges(db, ear, today).innerJoin('pledge_act as k', 'k.assignment_id', 'a.id')
    .where('k.outcome', '=', 'declined').where('k.signed_at', '>=', since).where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today)
    .where(({ and, or, eb, ref }) => or([and([eb('a.target_kind', '=', 'pledge'), eb('a.settled_as', '=', 'declined'), eb('a.settled_at', '=', ref('k.signed_at'))]), and([eb('a.target_kind', '=', 'certificate'), eb('a.settled_at', '=', OPEN_INSTANT)])]))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('pledge_act as n').select('n.id').whereRef('n.assignment_id', '=', 'a.id').whereRef('n.id', '>', 'k.id'))))
    .limit(limit).execute()
  return rows.length
}

/** Takes hold of a pledge that somebody whose words one may read was given, as it stands under the lock. */
export async function lockSettledPledge(tx: Tx, assignmentId: string, ear: Ear, today: Day) {
  const one = pledges(tx, ear, today).where('a.id', '=', assignmentId).where('a.target_kind', '=', 'pledge')
  const found = await one.executeTakeFirst()
  if (!found) return undefined
  await lockRows(tx, tx.selectFrom('engagement').select('id').where('id', '=', found.engagement_id)).execute()
  await lockRows(tx, tx.selectFrom('assignment').select('id').where('id', '=', assignmentId)).execute()
  return one.select(['a.settled_as', 'ec.valid_from', 'ec.valid_to']).executeTakeFirst()
}

/** Takes hold of a duty in which somebody whose words one may read has asked. */
export async function lockAskedPledge(tx: Tx, assignmentId: string, ear: Ear, today: Day) {
  const found = await pledges(tx, ear, today).where('a.id', '=', assignmentId).where('a.settled_at', '=', OPEN_INSTANT).executeTakeFirst()
  if (!found) return undefined
  await lockRows(tx, tx.selectFrom('engagement').select('id').where('id', '=', found.engagement_id)).execute()
  await lockRows(tx, tx.selectFrom('assignment').select('id').where('id', '=', assignmentId)).execute()
  return found
}

export interface OpenCorrection extends Speaker {
  id: string
  subject: 'minutes' | 'record' | 'registered'
  body: string
  at: Instant
  answeredAt: Instant | null
  answer: string
}

/** Requests to correct a record: those without an answer oldest first, or the answered ones newest first. Contractors' workers by number. */
export async function listCorrections(db: Db, answered: boolean, page: { after: string; limit: number; today: Day }): Promise<OpenCorrection[]> {
  let query = db
    .selectFrom('correction_request as r')
    .innerJoin('engagement_current as ec', (on) => on.on(sql<boolean>`ec.engagement_id = coalesce(r.engagement_id, (select max(x.engagement_id) from engagement_current x where x.person_id = r.person_id))`))
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(page.today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', page.today)))
    .select(['r.id', 'r.subject', 'r.body', 'r.at', 'r.answered_at', 'r.answer', 'ec.engagement_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'c.name as company_name', nameIsShown(page.today).as('named')])
    .where('r.answered_at', answered ? 'is not' : 'is', null).orderBy('r.id', answered ? 'desc' : 'asc').limit(page.limit)
  if (page.after !== '') query = query.where('r.id', answered ? '<' : '>', page.after)
  return (await query.execute()).map((row) => ({ ...speaker(row), id: row.id, subject: row.subject, body: row.body, at: row.at, answeredAt: row.answered_at, answer: row.answer }))
}

/** Whose request it is. */
export async function findRequester(db: Db, requestId: string): Promise<string | undefined> {
  return (await db.selectFrom('correction_request').select('person_id').where('id', '=', requestId).executeTakeFirst())?.person_id
}

/** Gives a correction request its one answer; false when it has one. */
export async function answerCorrection(tx: Tx, answer: { id: string; by: string; at: Instant; words: string }): Promise<{ engagementId: string | null; personId: string } | undefined> {
  const hit = hitOne(await tx.updateTable('correction_request').set({ answered_at: answer.at, answered_by: answer.by, answer: answer.words }).where('id', '=', answer.id).where('answered_at', 'is', null).executeTakeFirst())
  if (!hit) return undefined
  const row = await tx.selectFrom('correction_request').select(['engagement_id', 'person_id']).where('id', '=', answer.id).executeTakeFirstOrThrow()
  return { engagementId: row.engagement_id, personId: row.person_id }
}

/** What became of a reader's note: the text was mended, will be in its next version, or stays as it is for a reason. */
export type NoteOutcome = 'fixed' | 'planned' | 'asIs'

/** What readers say about texts: those without an answer oldest first, or the answered ones newest first. Who said it is not shown. */
export async function listReaderNotes(db: Db, answered: boolean, page: { after: string; limit: number }) {
  let query = db.selectFrom('reader_note').select(['id', 'kind', 'slug', 'version', 'section', 'body', 'at', 'status', 'answered_at', 'answer']).where('status', answered ? '!=' : '=', 'open').orderBy('id', answered ? 'desc' : 'asc').limit(page.limit)
  if (page.after !== '') query = query.where('id', answered ? '<' : '>', page.after)
  return query.execute()
}

/** Gives a reader's note its one answer, and says whose it is; undefined when it has one. */
export async function answerNote(tx: Tx, answer: { id: string; by: string; at: Instant; words: string; outcome: NoteOutcome }): Promise<{ personId: string } | undefined> {
  const hit = hitOne(await tx.updateTable('reader_note').set({ status: answer.outcome, answered_at: answer.at, answered_by: answer.by, answer: answer.words }).where('id', '=', answer.id).where('status', '=', 'open').executeTakeFirst())
  if (!hit) return undefined
  const row = await tx.selectFrom('reader_note as n').innerJoin('account as a', 'a.id', 'n.account_id').select('a.person_id').where('n.id', '=', answer.id).executeTakeFirstOrThrow()
  return { personId: row.person_id }
}
