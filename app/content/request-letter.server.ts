import { listActors } from '../../db/actors.server'
import { listAskables } from '../../db/askables.server'
import { findLineScope, listContacts } from '../../db/addressees.server'
import { countAtCompanies, listCompanyFigures, listLateAtCompanies } from '../../db/company-digest.server'
import { findLineHead } from '../../db/line-head.server'
import { countLine, listLine } from '../../db/line-list.server'
import { findAddressee, readsEasily } from '../../db/mail.server'
import { listRemindersOf, listSlots, type MailedReminder } from '../../db/reminders.server'
import { listHeardCompanies } from '../../db/hearing.server'
import { listCompaniesBelow } from '../../db/slips.server'
import { listProgress } from '../../db/tasks.server'
import { listTeamPeople } from '../../db/team.server'
import type { Context } from '../context'
import type { LineScope } from '../domain/access'
import { dayOf, daysBetween, OPEN_INSTANT, type Day } from '../domain/calendar'
import { tabCounts } from '../domain/line'
import { isMailAddress, letterHead, type Asker, type ComposedTemplate, type DigestLetter, type LetterHead, type MailProps } from '../domain/mail'
import { relationOf, whoWords, type EngagementKind } from '../domain/people'
import { wayTo, whyNotWritten, type WhyNot } from '../domain/reminder'
import { targetTitle } from './target-titles'
import { composeApprovalAsked } from './approvals-letter.server'
import { composeDeparture, composeLeavers, listLeavingOf } from './leaving-letter.server'
import { checkLines, composeChecksReturned, unitChecks } from './checks-letter.server'
import { listFilingDuties } from './filing-duties.server'
import { taskListOf } from './task-list.server'

/** A letter that is written when it leaves, from what is true then; or why it is not needed any more. */
export type Composed<T extends ComposedTemplate = ComposedTemplate> =
  | { to: string; props: MailProps[T]; asked: ReadonlySet<string> }
  | { needless: WhyNot | 'noMail' }

/** A mail of the outbox as far as composing needs it. */
export interface MailToCompose {
  id: string
  template: string
  recipient_id: string
  props: string
}

/** Shown by name in a digest at most. */
const MOST_LATE = 20

/** Writes a letter that is found when it leaves. */
export function composeLetter(context: Context, mail: MailToCompose): Promise<Composed> {
  switch (mail.template as ComposedTemplate) {
    case 'request': return composeRequest(context, mail)
    case 'companyRequest': return composeCompanyRequest(context, mail)
    case 'departure': return composeDeparture(context, mail)
    case 'leavers': return composeLeavers(context, mail)
    case 'approvalAsked': return composeApprovalAsked(context, mail)
    case 'checksReturned': return composeChecksReturned(context, mail)
    default: return composeDigest(context, mail)
  }
}

async function composeRequest(context: Context, mail: MailToCompose): Promise<Composed<'request'>> {
  const { db, library, now } = context
  const today = dayOf(now)
  const { engagementId } = JSON.parse(mail.props) as { engagementId: string }
  const reminders = await listRemindersOf(db, mail.id)
  const [person] = await listAskables(db, [engagementId], 'anybody', today)
  if (!person) return { needless: 'gone' }
  const way = wayTo({ ...person, reached: isMailAddress(person.mail) }, person.relation === 'contract' || reminders.some(({ reason_code: reason }) => reason === 'company') ? 'employer' : 'operator', today)
  if (way.by === 'nobody') return { needless: way.why }
  if (way.by === 'agency') return { needless: 'awaitsEmployer' }
  if (way.by === 'paper') return { needless: 'noMail' }
  const asked = new Set(way.duties.map(({ assignmentId }) => assignmentId))
  if (!reminders.some(({ assignment_id: id }) => asked.has(id))) return { needless: 'done' }
  const rows = way.duties.map((duty) => ({ id: duty.assignmentId, engagement_id: engagementId, target_kind: duty.kind, target_slug: duty.slug, opens_on: duty.opensOn, due_on: duty.dueOn, settled_at: OPEN_INSTANT, settled_as: null, minutes: null, content_version: null, on_leave: 0 as const }))
  const { open } = taskListOf(library, rows, await listProgress(db, [...asked]), [{ ...person, id: engagementId, sequence: 1, unitId: null, under18Until: '' }], now)
  if (open.length === 0) return { needless: 'done' }
  const slots = await listSlots(db, [...asked], now)
  const tasks = [...open].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)).map(({ id, title, kind, dueOn, minutes, begun }) => ({
    title, kind, dueOn, minutes: Math.ceil(minutes), begun, slots: slots.filter((slot) => slot.assignmentId === id).map(({ from, to }) => ({ from, to })),
  }))
  return { to: person.mail, asked, props: { ...letterHead(person, library.words), easy: await readsEasily(db, mail.recipient_id), today, tasks, askers: await askersOf(context, reminders, today) } }
}

/** Who asked, each with the reason given last; jobs are nobody. */
async function askersOf({ db }: Context, reminders: readonly MailedReminder[], today: Day): Promise<Asker[]> {
  const actors = await listActors(db, reminders.map(({ sent_by: by }) => by), today)
  const words = new Map(reminders.flatMap(({ sent_by: by, note }) => (by === null ? [] : [[by, note] as const])))
  return [...words].flatMap(([account, note]) => {
    const by = actors.get(account)
    return by ? [{ who: whoWords(by), words: note }] : []
  })
}

/** Who a 会社側担当者 hears it from, and whether the office is still held. */
async function contactHead({ db, library }: Context, mail: MailToCompose, today: Day): Promise<{ to: string; head: LetterHead; personId: string; companyIds: string[] } | null> {
  const held = (await listContacts(db, 'all', today)).filter(({ accountId }) => accountId === mail.recipient_id)
  if (!held[0]) return null
  return { to: held[0].mail, personId: held[0].personId, companyIds: held.map(({ forCompanyId }) => forCompanyId), head: { name: held[0].name, honorific: '様', site: library.words.operator, contact: library.words.consultDesk } }
}

async function composeCompanyRequest(context: Context, mail: MailToCompose): Promise<Composed<'companyRequest'>> {
  const { db, library, now } = context
  const today = dayOf(now)
  const contact = await contactHead(context, mail, today)
  if (!contact) return { needless: 'gone' }
  if (!isMailAddress(contact.to)) return { needless: 'noMail' }
  const reminders = await listRemindersOf(db, mail.id)
  const within = new Set(await listCompaniesBelow(db, contact.companyIds, today))
  const about = reminders.filter(({ company_id: company }) => within.has(company))
  const companies = (await listCompanyFigures(db, [...new Set(about.flatMap(({ relation, company_id: id }) => (relation === 'contract' ? [id] : [])))], today)).filter(({ open }) => open > 0)
  const sent = await listAskables(db, about.flatMap(({ relation, engagement_id: id }) => (relation === 'dispatched' ? [id] : [])), 'anybody', today)
  const people = sent.flatMap((person) => {
    const open = person.duties.filter(({ opensOn, answer }) => opensOn <= today && answer !== 'declined')
    return open.length === 0 || whyNotWritten(person, today) ? [] : [{ who: whoWords(person), open: open.map(({ kind, slug }) => (kind === 'certificate' ? '誓約取得証明' : targetTitle(library, kind, slug))).join('、'), dueOn: open[0]!.dueOn }]
  })
  const leaving = await listLeavingOf(context, await listHeardCompanies(db, contact.companyIds, today), today)
  if (companies.length + people.length + leaving.length === 0) return { needless: 'done' }
  return {
    to: contact.to, asked: new Set(about.map(({ assignment_id: id }) => id)),
    props: { ...contact.head, today, companies: companies.map(({ name, people: count, open, late, nextDue }) => ({ name, people: count, open, late, nextDue })), people, leaving, askers: await askersOf(context, reminders, today) },
  }
}

async function composeDigest(context: Context, mail: MailToCompose): Promise<Composed<'managerDigest' | 'companyDigest'>> {
  const { db, library, now } = context
  const today = dayOf(now)
  if (mail.template === 'managerDigest') {
    const line = await findLineScope(db, mail.recipient_id, today)
    const to = await findAddressee(db, mail.recipient_id, today)
    if (!line || !to) return { needless: 'gone' }
    const figures = await figuresOfLine(context, line, today)
    const checks = await unitChecks(context, mail.recipient_id)
    if (!figures && checks.length === 0) return { needless: 'done' }
    return { to: to.mail, asked: new Set(), props: { ...letterHead({ name: to.name, relation: relationOf(to.kind), companyName: to.companyName ?? '' }, library.words), today, ...(figures ?? NOBODY_OPEN), checks } }
  }
  const contact = await contactHead(context, mail, today)
  if (!contact) return { needless: 'gone' }
  const companyIds = await listCompaniesBelow(db, contact.companyIds, today)
  const counts = await countAtCompanies(db, companyIds, today)
  const checks = checkLines(await listFilingDuties(context, { companyIds, unitIds: [] }))
  if (counts.open + checks.length === 0) return { needless: 'done' }
  const late = counts.late > 0 ? await listLateAtCompanies(db, companyIds, today, MOST_LATE) : []
  const companies = (await listCompanyFigures(db, companyIds, today)).map(({ name, people, open, late, nextDue }) => ({ name, people, open, late, nextDue }))
  return { to: contact.to, asked: new Set(), props: { ...contact.head, today, ...counts, people: late.map((one) => lateLine(one, today)), companies, checks } }
}

const NOBODY_OPEN = { open: 0, late: 0, soon: 0, onLeave: 0, people: [] }

const lateLine = (one: { name: string; number: string; kind: EngagementKind; dueOn: Day }, today: Day) => ({ who: whoWords(one), days: daysBetween(one.dueOn, today) })

/** What the tabs of 「わたしのチーム」 say of a line, and who stands under 期限超過 there; null when nobody has anything open. */
async function figuresOfLine({ db }: Context, scope: LineScope, today: Day): Promise<Omit<DigestLetter, keyof LetterHead | 'today' | 'checks'> | null> {
  const line = await findLineHead(db, scope, null, { mostUnits: 0, today })
  if (!line) return null
  const { open, late, soon, leave: onLeave } = tabCounts(await countLine(db, line, null, today), today)
  if (open === 0) return null
  const listed = late > 0 ? await listLine(db, line, { tab: 'late', kinds: null, prefix: '', order: 'due' }, { after: null, limit: MOST_LATE, today }) : []
  const people = await listTeamPeople(db, scope, listed.map(({ engagementId }) => engagementId), today)
  return { open, late, soon, onLeave, people: listed.flatMap(({ engagementId, nextDue: dueOn }) => ((one) => (one ? [lateLine({ ...one, dueOn }, today)] : []))(people.get(engagementId))) }
}
