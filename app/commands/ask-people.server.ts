import { listAskables, listOpenAtWork, listOpenDuties, type AskableRow, type AskableScope } from '../../db/askables.server'
import { inTransaction, type Db } from '../../db/database.server'
import { listContacts, type Holder } from '../../db/addressees.server'
import { lockEngagements } from '../../db/engagements.server'
import { findHearing } from '../../db/hearing.server'
import { findCommandResult, recordCommandKey } from '../../db/ledger.server'
import { listCompaniesInLine, narrowedLine } from '../../db/line-companies.server'
import { listRequestMails } from '../../db/request-mails.server'
import { listCompaniesBelow } from '../../db/slips.server'
import type { SignedInContext } from '../context'
import { lineOf, may, reachOf } from '../domain/access'
import { dayOf, type Instant } from '../domain/calendar'
import { companyLines, type CompanyLine } from '../domain/company-block'
import { refuse, type Refusal } from '../domain/refusal'
import { wayTo, whyNotAskedFor, type AskedFrom, type OpenDuty, type WhyNot } from '../domain/reminder'
import { placeRequest } from '../domain/request-hours'
import { askableIn, enterMails, notePapers, readsMail, requestHoursOf, type MailedRequest } from './enter-request.server'
import { recordEvidence } from './evidence.server'

/** So many people may be asked at once. */
export const MOST_ASKED = 200

/** Whom somebody wants to ask: people of the own line or company, or a 委託先 at work in the line. */
export interface Asking {
  engagementIds: readonly string[]
  companyIds: readonly string[]
  /** A unit of the line: only its people count of a company. */
  unitId?: string
}

/**
 * How one person or company is asked, as it stands now. `leavesAt` is when the mail goes; `joins` that it is entered already, `hadToday`
 * that today's has gone. The figures of a company are those of 「わたしのチーム」, and so is whether it is asked: what its people told their
 * employer decides only what `duties` are in the mail, and whether there is one at all, and shows nowhere to who asks (domain.md L25).
 */
export type Planned =
  | { by: 'mail'; person: AskableRow; duties: OpenDuty[]; leavesAt: Instant; joins: boolean; hadToday: boolean; mayShare: boolean }
  | { by: 'paper'; person: AskableRow; duties: OpenDuty[] }
  | { by: 'agency' | 'company'; person: AskableRow; duties: OpenDuty[]; contact: Holder; companyName: string; leavesAt: Instant; hadToday: boolean }
  | { by: 'figures'; companyId: string; companyName: string; contact: Holder; figures: Pick<CompanyLine, 'counted' | 'done'>; duties: { assignmentId: string }[] }
  | { by: 'nobody'; person: AskableRow; duties: readonly OpenDuty[]; why: WhyNot | 'noContact' }
  | { by: 'noFigures'; companyId: string; companyName: string; why: 'done' | 'noContact' }

/**
 * Who would get what through which channel, and who nothing and why, as it stands now: for the page before, and again for the sending.
 * Null when somebody named is not the viewer's to ask.
 */
export async function planAsking(context: SignedInContext, given: Asking, from: AskedFrom, db: Db = context.db): Promise<Planned[] | null> {
  const { viewer, now } = context
  if (!may(viewer, from === 'operator' ? 'leadTeam' : 'runCompany')) return null
  const today = dayOf(now)
  const line = lineOf(viewer)
  const reach = reachOf(viewer, 'runCompany')
  const own = reach.all ? [] : reach.companyIds
  const scope: AskableScope = from === 'operator' ? { line } : { companyIds: await listCompaniesBelow(db, own, today) }
  const people = await listAskables(db, given.engagementIds, scope, today)
  if (people.length < new Set(given.engagementIds).size) return null
  const desk = new Desk(context, db)
  const planned: Planned[] = []
  for (const one of people) {
    const person = askableIn(context, one)
    const hearing = from === 'employer' ? await desk.hearing(person.companyId) : undefined
    const way = wayTo(person, from, today)
    if (way.by === 'nobody') planned.push({ by: 'nobody', person, duties: person.duties, why: way.why })
    else if (way.by === 'agency' || (hearing !== undefined && !own.includes(hearing))) {
      const [contact, by] = [await desk.contact(hearing ?? person.companyId), way.by === 'agency' ? ('agency' as const) : ('company' as const)]
      planned.push(contact ? { by, person, duties: way.duties, contact, companyName: person.companyName, leavesAt: 0, hadToday: false } : { by: 'nobody', person, duties: person.duties, why: 'noContact' })
    } else if (way.by === 'paper') planned.push({ by: 'paper', person, duties: way.duties })
    else planned.push({ by: 'mail', person, duties: way.duties, leavesAt: 0, joins: false, hadToday: false, mayShare: from === 'operator' && person.relation === 'dispatched' && (await desk.contact(person.companyId)) !== undefined })
  }
  if (given.companyIds.length > 0) {
    const at = given.unitId === undefined ? line : await narrowedLine(db, line, given.unitId)
    if (!at) return null
    const atWork = from === 'operator' ? companyLines(await listCompaniesInLine(db, at, today, given.companyIds), today) : []
    if (atWork.length < new Set(given.companyIds).size) return null
    for (const { companyId, name: companyName, counted, done } of atWork) {
      const contact = await desk.contact((await desk.hearing(companyId)) ?? companyId)
      const duties = (await listOpenDuties(db, await listOpenAtWork(db, companyId, at, today))).filter((duty) => whyNotAskedFor(duty, 'employer', today) === null || duty.answer === 'signed')
      planned.push(contact && counted > done ? { by: 'figures', companyId, companyName, contact, figures: { counted, done }, duties } : { by: 'noFigures', companyId, companyName, why: contact ? 'done' : 'noContact' })
    }
  }
  return withTimes(context, db, planned)
}

/** Looks up the contacts of companies, each once. */
class Desk {
  readonly #contacts = new Map<string, Holder | undefined>()
  readonly #hearing = new Map<string, string | undefined>()
  constructor(private readonly context: SignedInContext, private readonly db: Db) {}

  async contact(companyId: string): Promise<Holder | undefined> {
    if (!this.#contacts.has(companyId)) this.#contacts.set(companyId, (await listContacts(this.db, [companyId], dayOf(this.context.now))).find(({ mail }) => readsMail(this.context, mail)))
    return this.#contacts.get(companyId)
  }

  async hearing(companyId: string): Promise<string | undefined> {
    if (!this.#hearing.has(companyId)) this.#hearing.set(companyId, (await findHearing(this.db, companyId, dayOf(this.context.now)))?.id)
    return this.#hearing.get(companyId)
  }
}

const mailedTo = (one: Planned) => (one.by === 'mail' ? { ...one.person, about: `request ${one.person.engagementId}` } : 'contact' in one ? { ...one.contact, about: 'companyRequest ' } : undefined)

async function withTimes(context: SignedInContext, db: Db, planned: Planned[]): Promise<Planned[]> {
  const today = dayOf(context.now)
  const mails = await listRequestMails(db, planned.flatMap((one) => mailedTo(one)?.accountId ?? []), today)
  return planned.map((one) => {
    const to = mailedTo(one)
    if (!to || !('leavesAt' in one)) return one
    const held = mails.filter(({ accountId }) => accountId === to.accountId)
    const place = placeRequest(held, to.about, context.now, requestHoursOf(context), context.library.calendar)
    const leavesAt = 'join' in place ? place.join.leavesAt : place.leavesAt
    return { ...one, leavesAt, joins: 'join' in place, hadToday: !('join' in place) && held.some(({ day, state }) => day === today && state !== 'needless') }
  })
}

/** What came of asking, in counts: people by mail, on paper, through their companies, and companies asked for figures. */
export interface Asked {
  mailed: number
  papers: number
  through: number
  companies: number
  nobody: number
}

/**
 * Asks: mails go into the one request mail of the day, papers wait to be handed over, and each is a 督促記録 with who, to whom, why, when
 * and through what (R-003-21b). The same form sent twice asks once. Whom it is not for the viewer to ask is not there.
 */
export async function askPeople(context: SignedInContext, given: Asking & { note: string; shareIds: readonly string[]; key: string; from: AskedFrom }): Promise<Asked | Refusal<'notFound' | 'nobodyChosen' | 'tooManyAtOnce'>> {
  const { db, now, viewer } = context
  if (given.engagementIds.length + given.companyIds.length === 0) return refuse('nobodyChosen')
  if (given.engagementIds.length + given.companyIds.length > MOST_ASKED) return refuse('tooManyAtOnce', { most: MOST_ASKED })
  const commandKey = `ask-people ${viewer.accountId} ${given.key}`.slice(0, 190)
  const before = await findCommandResult(db, commandKey)
  if (before) return JSON.parse(before) as Asked
  return inTransaction(db, async (tx) => {
    // whoever asks stands in one line: the same form sent twice waits for itself
    await lockEngagements(tx, [...given.engagementIds, ...viewer.engagements.map(({ id }) => id)])
    const earlier = await findCommandResult(tx, commandKey)
    if (earlier) return JSON.parse(earlier) as Asked
    const planned = await planAsking(context, given, given.from, tx)
    if (!planned) return refuse('notFound')
    const reason = given.from === 'operator' ? 'manager' : 'company'
    const assignments = (duties: readonly { assignmentId: string }[]) => duties.map(({ assignmentId: id }) => ({ id, reasonCode: reason }))
    const mails = planned.flatMap((one): MailedRequest[] => {
      if (one.by === 'mail') return [{ to: one.person, template: 'request', engagementId: one.person.engagementId, recipientKind: 'person', assignments: assignments(one.duties), note: given.note }]
      return 'contact' in one && one.duties.length > 0 ? [{ to: one.contact, template: 'companyRequest', engagementId: null, recipientKind: 'companyContact', assignments: assignments(one.duties), note: given.note }] : []
    })
    const shared: MailedRequest[] = []
    const desk = new Desk(context, tx)
    for (const one of planned) {
      const contact = one.by === 'mail' && one.mayShare && given.shareIds.includes(one.person.engagementId) ? await desk.contact(one.person.companyId) : undefined
      if (one.by === 'mail' && contact) shared.push({ to: contact, template: 'companyRequest', engagementId: null, recipientKind: 'companyContact', assignments: assignments(one.duties), note: given.note })
    }
    const entered = await enterMails(tx, context, [...mails, ...shared])
    const papers = planned.flatMap((one) => (one.by === 'paper' ? [one] : []))
    await notePapers(tx, context, papers.map(({ person, duties }) => ({ accountId: person.accountId, assignments: assignments(duties), note: given.note })))
    const count = (...ways: Planned['by'][]) => planned.filter(({ by }) => ways.includes(by)).length
    const asked: Asked = { mailed: count('mail'), papers: papers.length, through: count('agency', 'company'), companies: count('figures'), nobody: count('nobody', 'noFigures') }
    await recordEvidence(tx, context, {
      type: 'reminder.requested', commandKey,
      payload: { from: given.from, note: given.note, asked, mails: [...new Set(entered.map(({ mailId }) => mailId))], people: planned.flatMap((one) => ('person' in one && one.by !== 'nobody' ? [{ engagement: one.person.engagementId, by: one.by }] : [])), companies: planned.flatMap((one) => (one.by === 'figures' ? [one.companyId] : [])) },
    })
    await recordCommandKey(tx, { key: commandKey, command: 'ask-people', at: now, result: JSON.stringify(asked) })
    return asked
  })
}
