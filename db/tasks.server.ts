import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { prepared } from './prepared.server'

const MOST_TASKS = 60

/** What a person has to do and has done: open assignments by due day, then the last settled ones. At most sixty. */
export async function listTasks(db: Db, engagementIds: readonly string[], today: Day) {
  return engagementIds.length === 0 ? [] : findTasks(db, today, ...engagementIds)
}
const findTasks = prepared((db, today: Day, ...engagementIds: string[]) =>
  db
    .selectFrom('assignment as s')
    .leftJoin('completion as c', (on) => on.onRef('c.assignment_id', '=', 's.id').on('c.settle_slot', '=', 1))
    .select(['s.id', 's.engagement_id', 's.target_kind', 's.target_slug', 's.period', 's.opens_on', 's.due_on', 's.settled_at', 's.settled_as', 'c.minutes', 'c.content_version'])
    .select((row) =>
      row.exists(row.selectFrom('leave_period as l').select('l.id').whereRef('l.engagement_id', '=', 's.engagement_id').where(knownOn('l', today))).as('on_leave'))
    .where('s.engagement_id', 'in', engagementIds)
    .where((row) => row.or([row('s.settled_as', 'is', null), row('s.settled_as', 'in', ['completed', 'declined'])]))
    .orderBy('s.settled_at', 'desc').orderBy('s.due_on').orderBy('s.id')
    .limit(MOST_TASKS))
export type TaskRow = Awaited<ReturnType<typeof listTasks>>[number]

export interface ProgressStep {
  assignment_id: string
  /** `page` shown (detail: page), `attempt` (detail: id), own `act` on a pledge (detail: outcome), `event` of the due day (detail: kind); an answer to a `correction` or `note`; a `slot` set aside (detail: by whom; from `at` to `passed`); the `revision` that gave it (detail: its reason, `passed`: the law changed). */
  step: 'page' | 'attempt' | 'act' | 'event' | 'correction' | 'note' | 'slot' | 'revision'
  /** Content version; of an event its reason. */
  version: string
  detail: string
  /** 0 = not finished. */
  at: number
  passed: number
}

/** How far the open assignments have come, in one query: pages shown, attempts, own signature, questions that stop the due day. */
export async function listProgress(db: Db, assignmentIds: readonly string[]): Promise<ProgressStep[]> {
  return assignmentIds.length === 0 ? [] : findProgress(db, ...assignmentIds)
}
const progressOf = (assignmentIds: readonly string[]) => {
  const ids = sql.join(assignmentIds)
  return sql`
    select assignment_id, 'page' as step, version, page as detail, last_at as at, 0 as passed from page_shown where assignment_id in (${ids})
    union all select assignment_id, 'attempt', module_version, id, coalesce(finished_at, 0), coalesce(passed, 0) from attempt where assignment_id in (${ids})
    union all select assignment_id, 'act', version, outcome, signed_at, 0 from pledge_act where assignment_id in (${ids}) and (outcome <> 'signed' or settle_slot = 1)
    union all select assignment_id, 'event', reason_code, kind, at, 0 from assignment_event where assignment_id in (${ids}) and kind in ('suspend', 'resume')`
}
const findProgress = prepared((db, ...assignmentIds: string[]) => progressOf(assignmentIds).$castTo<ProgressStep>().compile(db))

/** Time that a manager has set aside for learning. */
export interface SetAside {
  startsAt: Instant
  endsAt: Instant
  /** The name of who set it aside. */
  by: string
}

/** What the first screen asks: how far the open assignments have come, which time is set aside for them and not over, and whether what the person wrote was answered since an instant; still one query. */
export async function listProgressAndAnswers(db: Db, assignmentIds: readonly string[], to: { personId: string; accountId: string; since: Instant; now: Instant }): Promise<{ progress: ProgressStep[]; slots: SetAside[]; answered: { corrections: number; notes: number } }> {
  const steps = await findProgressAndAnswers(db, to.personId, to.accountId, to.since, to.now, ...(assignmentIds.length === 0 ? [''] : assignmentIds))
  const count = (step: ProgressStep['step']) => steps.filter((one) => one.step === step).length
  const slots = steps.filter(({ step }) => step === 'slot').map(({ detail, at, passed }): SetAside => ({ startsAt: Number(at), endsAt: Number(passed), by: detail })).sort((a, b) => a.startsAt - b.startsAt)
  return { progress: steps.filter(({ step }) => step !== 'correction' && step !== 'note' && step !== 'slot'), slots, answered: { corrections: count('correction'), notes: count('note') } }
}
const findProgressAndAnswers = prepared((db, personId: string, accountId: string, since: Instant, now: Instant, ...assignmentIds: string[]) =>
  sql`${progressOf(assignmentIds)}
    union all select id, 'correction', '', '', answered_at, 0 from correction_request where person_id = ${personId} and answered_at >= ${since}
    union all select id, 'note', '', '', answered_at, 0 from reader_note where account_id = ${accountId} and answered_at >= ${since}
    union all select a.id, 'revision', r.version, r.reason, r.at, case r.impact when 'law' then 1 else 0 end from assignment a join content_revision r on a.period = concat('rev-', r.slug, '-', r.version) where a.id in (${sql.join(assignmentIds)})
    union all select g.assignment_id, 'slot', '', coalesce((select v.display_name from account c join engagement e on e.person_id = c.person_id join engagement_version v on v.engagement_id = e.id
      where c.id = g.granted_by and v.superseded_at = ${OPEN_INSTANT} order by v.valid_to desc limit 1), ''), g.starts_at, g.ends_at
      from opportunity_grant g where g.assignment_id in (${sql.join(assignmentIds)}) and g.ends_at > ${now}`.$castTo<ProgressStep>().compile(db))
