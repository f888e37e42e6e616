import { sql, type RawBuilder } from 'kysely'
import type { AnswerCell, Answered, Group } from '../app/domain/understanding'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'

/** A bank whose answers are counted. */
export interface CountedBank {
  slug: string
  bankVersion: string
  /** Attempts that are not counted yet: see `listWaiting`. */
  waiting?: readonly string[]
}
/** The key of a question that was found to be right later: it decides, not the mark of the day. */
export interface CorrectedKey {
  slug: string
  questionId: string
  key: string
}
type Side = 'workforce' | 'company'

/** First attempts that were handed in. Those who left stay counted. */
function firstAttempts(banks: readonly CountedBank[], side: Side, items: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  const of = banks.length === 0 ? sql`1 = 0` : sql`(${sql.join(banks.map(({ slug, bankVersion }) => sql`(s.target_slug = ${slug} and a.bank_version = ${bankVersion})`), sql` or `)})`
  const waiting = banks.flatMap((bank) => bank.waiting ?? [])
  const counted = waiting.length === 0 ? sql`1 = 1` : sql`a.id not in (${sql.join(waiting)})`
  const relations = side === 'workforce' ? ['own', 'dispatched'] : ['contract', 'sole']
  return sql`from assignment s inner join attempt a on a.assignment_id = s.id and a.ordinal = 1 and a.finished_at is not null
    inner join engagement_current ec on ec.engagement_id = s.engagement_id ${items} where s.target_kind = 'module' and ${of} and ${counted} and ec.relation in (${sql.join(relations)})`
}

/**
 * The attempts of each module that came last and do not make a whole group of so many yet. Numbers grow by groups only: whoever looks before
 * and after one person's test would else read that person's answers from the difference.
 */
export async function listWaiting(db: Db, banks: readonly CountedBank[], side: Side, group: number): Promise<{ slug: string; id: string }[]> {
  const { rows } = await sql<{ slug: string; id: string }>`select w.slug, w.id from (
      select s.target_slug as slug, a.id, row_number() over (partition by s.target_slug order by a.finished_at desc, a.id desc) as nth, count(*) over (partition by s.target_slug) as finished ${firstAttempts(banks, side)}) w
    where w.nth <= w.finished % ${group}`.execute(db)
  return rows
}

/** Their answers, one by one. */
const answered = (banks: readonly CountedBank[]) => firstAttempts(banks, 'workforce', sql`inner join attempt_item i on i.attempt_id = a.id`)

/** 1 for a right answer by the key that holds today. */
function rightBy(corrected: readonly CorrectedKey[]): RawBuilder<number> {
  if (corrected.length === 0) return sql<number>`coalesce(i.correct, 0)`
  const cases = corrected.map(({ slug, questionId, key }) => sql`when s.target_slug = ${slug} and i.question_id = ${questionId} then (case when i.answer = ${key} then 1 else 0 end)`)
  return sql<number>`case ${sql.join(cases, sql` `)} else coalesce(i.correct, 0) end`
}

/** The answers to each question of one bank, counted by answer and by how many of the other questions were right. */
export async function countAnswers(db: Db, bank: CountedBank, corrected: readonly CorrectedKey[]): Promise<Map<string, AnswerCell[]>> {
  const right = rightBy(corrected)
  const { rows } = await sql<{ question_id: string; answer: string | null; is_right: number; rest: number; others: number; people: number }>`
    select c.question_id, c.answer, c.is_right, c.rest, c.others, count(*) as people from (
      select i.question_id, cast(i.answer as char(64)) as answer, ${right} as is_right, a.score - coalesce(i.correct, 0) as rest, a.asked - 1 as others
      ${answered([bank])}) c
    group by c.question_id, c.answer, c.is_right, c.rest, c.others order by c.question_id, c.answer`.execute(db)
  const cells = new Map<string, AnswerCell[]>()
  for (const row of rows) {
    const cell = { answer: row.answer, right: Number(row.is_right) === 1, rest: Number(row.rest), others: Number(row.others), people: Number(row.people) }
    cells.set(row.question_id, [...(cells.get(row.question_id) ?? []), cell])
  }
  return cells
}

export interface AnsweredQuestion extends Answered {
  slug: string
  questionId: string
}

/** How many answered each question of these banks, and how many rightly. */
export async function countByQuestion(db: Db, banks: readonly CountedBank[], corrected: readonly CorrectedKey[]): Promise<AnsweredQuestion[]> {
  const { rows } = await sql<{ slug: string; question_id: string; people: number; is_right: number }>`select s.target_slug as slug, i.question_id, count(*) as people, sum(${rightBy(corrected)}) as is_right
    ${answered(banks)} group by s.target_slug, i.question_id order by s.target_slug, i.question_id`.execute(db)
  return rows.map((row) => ({ slug: row.slug, questionId: row.question_id, people: Number(row.people), right: Number(row.is_right) }))
}

/** Answers of a group: how many people stand behind them, and how many first attempts; somebody has one in each module, and one each year. */
export interface AnsweredGroup<K extends string = string> extends Answered, Group {
  group: K
  attempts: number
}

/** How many answers of an attempt are right by the keys that hold today: its score, unless a question in it was corrected. */
const rightOf = (corrected: readonly CorrectedKey[]): RawBuilder<number> =>
  corrected.length === 0 ? sql<number>`a.score` : sql<number>`a.score + (select coalesce(sum(${rightBy(corrected)} - coalesce(i.correct, 0)), 0) from attempt_item i where i.attempt_id = a.id)`

/** Counted from the attempts alone: going through every answer takes several times as long. */
async function countGrouped<K extends string>(db: Db, group: RawBuilder<K>, banks: readonly CountedBank[], corrected: readonly CorrectedKey[], side: Side): Promise<AnsweredGroup<K>[]> {
  const { rows } = await sql<{ place: K; persons: number; attempts: number; people: number; is_right: number }>`select ${group} as place, count(distinct ec.person_id) as persons, count(*) as attempts, sum(a.asked) as people, sum(${rightOf(corrected)}) as is_right
    ${firstAttempts(banks, side)} group by ${group} order by ${group}`.execute(db)
  return rows.map((row) => ({ group: row.place, persons: Number(row.persons), attempts: Number(row.attempts), people: Number(row.people), right: Number(row.is_right) }))
}

/** By 雇用形態. */
export const countByKind = (db: Db, banks: readonly CountedBank[], corrected: readonly CorrectedKey[]): Promise<AnsweredGroup<EngagementKind>[]> =>
  countGrouped(db, sql<EngagementKind>`ec.kind`, banks, corrected, 'workforce')

/** By module: of the workforce, or of all contractors together. */
export const countByModule = (db: Db, banks: readonly CountedBank[], corrected: readonly CorrectedKey[], side: Side): Promise<AnsweredGroup[]> =>
  countGrouped(db, sql<string>`s.target_slug`, banks, corrected, side)

/** By unit, in the order of their ids; '' stands for those without one, so that the units add up to the whole. */
export const countByUnit = (db: Db, banks: readonly CountedBank[], corrected: readonly CorrectedKey[]): Promise<AnsweredGroup[]> =>
  countGrouped(db, sql<string>`coalesce(ec.unit_id, '')`, banks, corrected, 'workforce')

/** How often each module is assigned, what was excused, withdrawn or closed by an end left out: of the workforce, and of contractors. */
export async function countAssigned(db: Db): Promise<Map<string, { workforce: number; company: number }>> {
  const { rows } = await sql<{ slug: string; workforce: number; company: number }>`select s.target_slug as slug,
      sum(case when ec.relation in ('own', 'dispatched') then 1 else 0 end) as workforce, sum(case when ec.relation in ('own', 'dispatched') then 0 else 1 end) as company
    from assignment s inner join engagement_current ec on ec.engagement_id = s.engagement_id
    where s.target_kind = 'module' and (s.settled_as is null or s.settled_as = 'completed') group by s.target_slug`.execute(db)
  return new Map(rows.map((row) => [row.slug, { workforce: Number(row.workforce), company: Number(row.company) }]))
}

/** How many completed each version of each module: of the workforce, and of contractors by what they left here. */
export async function countCompletions(db: Db): Promise<{ slug: string; version: string; workforce: number; company: number }[]> {
  const { rows } = await sql<{ slug: string; version: string; workforce: number; company: number }>`select s.target_slug as slug, c.content_version as version,
      sum(case when ec.relation in ('own', 'dispatched') then 1 else 0 end) as workforce, sum(case when ec.relation in ('own', 'dispatched') then 0 else 1 end) as company
    from completion c inner join assignment s on s.id = c.assignment_id inner join engagement_current ec on ec.engagement_id = s.engagement_id
    where c.settle_slot = 1 and s.target_kind = 'module' group by s.target_slug, c.content_version order by s.target_slug, c.content_version`.execute(db)
  return rows.map((row) => ({ slug: row.slug, version: row.version, workforce: Number(row.workforce), company: Number(row.company) }))
}
