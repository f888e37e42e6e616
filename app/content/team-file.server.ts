import { listRevisions } from '../../db/revisions.server'
import { listActors } from '../../db/actors.server'
import { listGrants } from '../../db/grants.server'
import { listCauses, listDueEvents, listExceptionRequests, listNamesakes, listReminders, listTeamDuties, type TeamDuty, type TeamPerson } from '../../db/team.server'
import type { SignedInContext } from '../context'
import { listOriginalDues } from '../../db/due-days.server'
import { lineOf } from '../domain/access'
import { daysToPutOff } from '../domain/approval'
import { dayOf, OPEN_INSTANT, type Day, type Instant } from '../domain/calendar'
import { shortDay, slotWords } from '../domain/day-words'
import { periodWords } from '../domain/duty-words'
import { isRevisionPeriod } from '../domain/revision'
import { groupedBy } from '../domain/grouped'
import { foldName } from '../domain/name'
import { ENGAGEMENT_KINDS, whoWords } from '../domain/people'
import { askingOf, isOpenOn, placeOf } from '../domain/line'
import { standingOf } from '../domain/standing'
import { isMinorOn } from '../domain/study'
import { requestEvents } from './request-events.server'
import { shortTitle, targetTitle } from './target-titles'
import { causeWords } from './cause-words'

const MOST_EVENTS = 60
const MOST_REQUESTS = 10

export interface TeamEvent {
  at: Instant
  what: string
  text: string
  byHand: boolean
  small?: string
}

/** Everything that a manager's page of one person of the line says. */
export async function teamFileOf({ db, library, viewer, now }: SignedInContext, person: TeamPerson) {
  const today = dayOf(now)
  const duties = await listTeamDuties(db, [person.engagementId], 'all')
  const ids = duties.map(({ id }) => id)
  const [causes, reminders, dueEvents, grants, asked, namesakes, originals] = await Promise.all([
    listCauses(db, ids), listReminders(db, person.engagementId, MOST_EVENTS), listDueEvents(db, ids), listGrants(db, [person.engagementId], MOST_EVENTS), listExceptionRequests(db, person.engagementId, MOST_REQUESTS),
    listNamesakes(db, lineOf(viewer), person, foldName(person.name), today), listOriginalDues(db, [person.engagementId]),
  ])
  const revisions = causes.some(({ requirementId }) => isRevisionPeriod(requirementId)) ? await listRevisions(db) : []
  const actors = await listActors(db, [...reminders.map(({ by }) => by), ...grants.map(({ by }) => by)], today)
  const nameOf = (account: string | null) => (account === null ? null : (actors.get(account) ?? null))
  const byWhom = (account: string | null) => { const actor = nameOf(account); return actor ? whoWords({ ...actor, name: actor.shownName }) : '担当者' }
  const titleOf = new Map(duties.map(({ id, kind, slug }) => [id, targetTitle(library, kind, slug)]))
  const short = new Map(duties.map(({ id, kind, slug }) => [id, shortTitle(library, kind, slug)]))
  const place = placeOf(duties.filter(({ settledAs }) => settledAs !== 'ended'), person, today)
  const open = duties.filter((duty) => isOpenOn(duty, today))
  const causeTitles = (id: string) => [...new Set(causes.filter(({ assignmentId }) => assignmentId === id).flatMap(({ requirementId }) => causeWords(library, requirementId, revisions) ?? []))]
  const events: TeamEvent[] = [
    ...assignedEvents(duties),
    ...requestEvents(reminders, today, byWhom, (id) => short.get(id) ?? ''),
    ...grants.map((one): TeamEvent => ({ at: one.at, what: '受講の時間', byHand: true, text: `${byWhom(one.by)}が用意`, small: slotWords(one, today) })),
    ...dueEvents.flatMap(({ assignmentId, kind, newDueOn, at }): TeamEvent[] => {
      const title = short.get(assignmentId) ?? ''
      if (kind === 'suspend') return [{ at, what: '質問', text: `${title}　回答があるまで、期限は止まります`, byHand: true }]
      if (kind === 'resume') return [{ at, what: '期限の再開', text: title, byHand: false, small: newDueOn === null ? undefined : `新しい期限 ${shortDay(newDueOn, today)}` }]
      return [{ at, what: kind === 'defer' ? '猶予' : '免除', text: `${title}　承認されました`, byHand: true, small: newDueOn === null ? undefined : `新しい期限 ${shortDay(newDueOn, today)}` }]
    }),
    ...duties.flatMap((duty) => settledEvent(duty, titleOf.get(duty.id) ?? '')),
  ].sort((a, b) => b.at - a.at).slice(0, MOST_EVENTS)
  return {
    person, place: { ...place, asking: askingOf(place, person, open, today), relation: person.relation }, minor: isMinorOn(person.under18Until, today),
    namesakes: namesakes.map(({ name, number, kind }) => `${name} ${number}・${ENGAGEMENT_KINDS[kind]}`), events,
    duties: [...duties].sort((a, b) => Number(b.settledAt === OPEN_INSTANT) - Number(a.settledAt === OPEN_INSTANT) || (a.dueOn < b.dueOn ? 1 : -1) * (a.settledAt === OPEN_INSTANT ? -1 : 1)).map((duty) => ({
      id: duty.id, title: titleOf.get(duty.id)!, period: periodWords(duty.period), causes: causeTitles(duty.id), opensOn: duty.opensOn, dueOn: duty.dueOn, originalDue: originals.get(duty.id) ?? null,
      settledOn: duty.settledAt === OPEN_INSTANT || duty.settledAs === 'ended' ? null : dayOf(duty.settledAt), special: specialOf(duty, today), standing: standingOf(duty, { onLeave: person.onLeave, ended: false }, today),
    })),
    grants: grants.filter(({ endsAt }) => endsAt > now).map(({ id, startsAt, endsAt }) => ({ id, startsAt, endsAt })),
    requests: asked.map((one) => ({
      id: one.id, kind: one.kind as 'defer' | 'exempt', title: short.get(one.assignment_id) ?? '', askedAt: one.asked_at, decidedAt: one.decided_at, outcome: one.outcome, wishedDueOn: one.wished_due_on,
      answer: one.asked_by === viewer.accountId ? one.answer : '',
    })),
    mayAsk: open.filter(({ id }) => !asked.some((one) => one.assignment_id === id && one.outcome === null)).map(({ id, dueOn }) => ({ id, title: short.get(id)!, dueOn, ...daysToPutOff(dueOn, today) })),
    mayGrant: open.some(({ kind, asked: stopped }) => kind !== 'certificate' && !stopped),
  }
}

const specialOf = (duty: TeamDuty, today: Day): 'exempted' | 'deferred' | 'later' | null => {
  if (duty.settledAs === 'exempted') return 'exempted'
  if (duty.settledAt !== OPEN_INSTANT) return null
  if (duty.opensOn > today) return 'later'
  return duty.deferred && !duty.asked && duty.dueOn >= today ? 'deferred' : null
}

/** What was assigned at one moment, as one event. */
function assignedEvents(duties: readonly TeamDuty[]): TeamEvent[] {
  return [...groupedBy(duties, ({ createdAt }) => createdAt)].map(([at, of]) => {
    const count = (what: string, asked: TeamDuty['kind']) => { const many = of.filter(({ kind }) => kind === asked).length; return many > 0 ? [`${what}${many}件`] : [] }
    return { at, what: '割当', byHand: false, text: [...count('研修', 'module'), ...count('誓約', 'pledge'), ...count('誓約取得証明', 'certificate')].join('・') }
  })
}

/** How a duty ended, as status only. */
function settledEvent({ kind, settledAt, settledAs }: TeamDuty, title: string): TeamEvent[] {
  if (settledAs === 'completed') return [{ at: settledAt, what: kind === 'pledge' ? '署名' : kind === 'certificate' ? '証明' : '修了', text: title, byHand: true }]
  return settledAs === 'declined' ? [{ at: settledAt, what: '署名辞退', text: title, byHand: true }] : []
}
