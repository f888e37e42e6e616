import { findPaper } from '../../db/attempts.server'
import type { listDemoPeople } from '../../db/demo.server'
import { findOwnPledge } from '../../db/pledges.server'
import { openAttempt } from '../commands/open-attempt.server'
import { saveAnswer } from '../commands/save-answer.server'
import { showPage } from '../commands/show-page.server'
import { showPledgePage } from '../commands/show-pledge-page.server'
import { signPledge } from '../commands/sign-pledge.server'
import { declarationToday, submitCertificate } from '../commands/submit-certificate.server'
import { submitTest } from '../commands/submit-test.server'
import { renderFor } from '../content/in-use.server'
import { pageStates, readablePledge } from '../content/readable-pledge.server'
import type { ModuleVersion } from '../content/schema'
import type { App, SignedInContext } from '../context'
import type { Viewer } from '../domain/access'
import { addDays, dayOf, HOUR_MS, MINUTE_MS, OPEN_INSTANT, startOf, type Day, type Instant } from '../domain/calendar'
import { relationOf } from '../domain/people'
import { isRefusal } from '../domain/refusal'
import { demoAnswers } from './answers'
import { DEMO_LEFT_OPEN, DEMO_PASSWORD, DEMO_ROSTER_DAYS_AGO, DEMO_SIGN_INS, DEMO_WELL_RUN, demoPeople, type DemoRole } from './company'

type Row = Awaited<ReturnType<typeof listDemoPeople>>[number]

interface Duty { id: string; kind: string; slug: string; due: Day; opens: Day }
export interface DemoPersonState { viewer: Viewer; duties: Duty[] }

/** The rows of the query as people with their open duties. */
export function demoPersonsOf(rows: readonly Row[]): DemoPersonState[] {
  const people = new Map<string, DemoPersonState>()
  for (const row of rows) {
    const person: DemoPersonState = people.get(row.engagement_id) ?? {
      duties: [],
      viewer: {
        accountId: row.account_id, personId: row.person_id, sessionId: '', signedInAt: 0, sessionEndsAt: OPEN_INSTANT, name: row.display_name, roles: [], sharedTerminal: false, authMethod: 'password', furigana: false, track: 'ja', mustChangePassword: false, noticeVersion: null,
        engagements: [{
          id: row.engagement_id, number: row.number, sequence: row.sequence, name: row.display_name, kind: row.kind, relation: relationOf(row.kind), companyId: row.employer_company_id, companyName: row.company_name,
          unitId: row.unit_id, under18Until: row.under18_until, validFrom: row.valid_from, validTo: row.valid_to,
        }],
      },
    }
    if (row.assignment_id) person.duties.push({ id: row.assignment_id, kind: row.target_kind!, slug: row.target_slug!, due: row.due_on!, opens: row.opens_on! })
    people.set(row.engagement_id, person)
  }
  return [...people.values()]
}

/** Manners of going through the duties: below 12 everything in time, 12 all but the pledge, 13 and 14 late, 15 begun, from 16 on nothing. */
const NOTHING_YET = 16
/** Of those who can be signed in to, who has done what; the others have something to do, and time for it. */
const MANNERS: Partial<Record<DemoRole, number>> = { hr: 2, chief: 5, auditor: 13, admin: 8, agency: 3, 'contractor-lead': 6 }

/** Lets the company's people read, be examined and sign on past days: most in time, some late, some only begun, some not at all. */
export async function liveThrough(app: App, people: readonly DemoPersonState[], today: Day): Promise<void> {
  const signIns = new Map<string, DemoRole>(Object.entries(DEMO_SIGN_INS).map(([role, number]) => [number, role as DemoRole]))
  const wellRun = new Map(demoPeople(today).flatMap(({ number, company }) => (DEMO_WELL_RUN[company] ? [[number, DEMO_WELL_RUN[company]] as const] : [])))
  const taken = new Map<DemoRole, Taken[]>()
  for (const [at, person] of people.entries()) {
    const { id, number, validFrom } = person.viewer.engagements[0]!
    const [role, contact] = [signIns.get(number), wellRun.get(number)]
    const manner = role !== undefined ? (MANNERS[role] ?? NOTHING_YET) : contact === undefined ? at % 20 : DEMO_LEFT_OPEN[number] === 'nothing' ? NOTHING_YET : at % 12
    if (manner >= NOTHING_YET) continue
    for (const duty of person.duties) {
      const signedOn = await live(app, person, duty, { manner, early: contact !== undefined && validFrom <= addDays(today, -DEMO_ROSTER_DAYS_AGO[1]) }, today)
      if (contact && signedOn !== undefined && duty.kind === 'certificate' && !DEMO_LEFT_OPEN[number]) taken.set(contact, [...(taken.get(contact) ?? []), { engagementId: id, takenOn: signedOn, slug: duty.slug, by: addDays(duty.due < today ? duty.due : today, -1) }])
    }
  }
  for (const [role, lines] of taken) await certify(app, people.find(({ viewer }) => viewer.engagements[0]!.number === DEMO_SIGN_INS[role])!.viewer, lines)
}

/** A pledge that an employer has taken, and by when it is certified. */
interface Taken { engagementId: string; takenOn: Day; slug: string; by: Day }

/** The employer's 会社側担当者 certifies what was taken, in time. */
async function certify(app: App, contact: Viewer, taken: readonly Taken[]): Promise<void> {
  const { id, companyId } = contact.engagements[0]!
  const viewer: Viewer = { ...contact, roles: [{ role: 'companyContact', engagementId: id, scopeKind: 'company', scopeId: companyId }] }
  for (const batch of [...new Set(taken.map(({ by, slug }) => `${by} ${slug}`))].sort()) {
    const [by, slug] = batch.split(' ') as [Day, string]
    const lines = taken.filter((one) => one.by === by && one.slug === slug)
    const template = app.library.current('pledge', slug)!
    const context: SignedInContext = { ...app, now: startOf(by) + 19 * HOUR_MS, viewer, from: { address: '127.0.0.1', agent: 'demonstration' } }
    const answer = await submitCertificate(context, { companyId, slug: template.meta.slug, lines, declaration: await declarationToday(context, companyId, template), nameTyped: viewer.name, password: DEMO_PASSWORD, key: app.newId() })
    if (isRefusal(answer)) throw new Error(`The demonstration's certificate was refused: ${answer.refused} ${JSON.stringify(answer.facts ?? {})}`)
  }
}

/** Does one duty on its past day, if that has come; answers with the day on which a pledge was signed. */
async function live(app: App, person: DemoPersonState, duty: Duty, { manner, early }: { manner: number; early: boolean }, today: Day): Promise<Day | undefined> {
  if (duty.opens > today || duty.slug === 'PL6') return
  const late = manner === 13 || manner === 14
  const planned = late ? addDays(duty.due, 4) : addDays(duty.due, -2 - (manner % 4))
  const day = early && planned >= today ? addDays(today, -2 - (manner % 4)) : planned
  const started = startOf(day < duty.opens ? duty.opens : day) + (9 + (manner % 7)) * HOUR_MS + manner * 3 * MINUTE_MS
  if (started > startOf(today) - HOUR_MS) return
  const person_ = new Walk(app, person.viewer, started)
  if (duty.kind === 'module') await person_.study(duty, manner === 15 ? 'begun' : 'finished')
  else if (manner < 12 || late) return (await person_.sign(duty)) ? dayOf(started) : undefined
}

/** One person going through the product, the clock moving with each step. */
class Walk {
  constructor(private readonly app: App, private readonly viewer: Viewer, private now: Instant) {}

  private context(minutes: number): SignedInContext {
    this.now += minutes * MINUTE_MS
    return { ...this.app, now: this.now, viewer: this.viewer, from: { address: '127.0.0.1', agent: 'demonstration' } }
  }

  async study(duty: Duty, how: 'begun' | 'finished'): Promise<void> {
    const { library } = this.app
    const version = library.current('module', duty.slug)
    if (!version) return
    const engagement = this.viewer.engagements[0]!
    for (const [at, section] of version.meta.sections.entries()) {
      if (how === 'begun' && at === 2) return
      const rendered = renderFor(library, version, section.id, engagement, { furigana: false, track: 'ja' })!
      const shown = await showPage(this.context(section.minutes), { assignmentId: duty.id, page: at + 1, sha256: rendered.sha256, activeSeconds: Math.round(section.minutes * 55) })
      if (!shown || isRefusal(shown)) return
    }
    if (!(await this.attempt(duty, version, 1))) await this.attempt(duty, version, 2)
  }

  /** One attempt at the test of a module; whoever does not pass waits and tries again. */
  private async attempt(duty: Duty, version: ModuleVersion, ordinal: number): Promise<boolean> {
    const opened = await openAttempt(this.context(ordinal === 1 ? 1 : version.meta.quiz.waitMinutes + 1), duty.id)
    if (!opened || isRefusal(opened)) return true
    const paper = await findPaper(this.app.db, opened.attemptId, [this.viewer.engagements[0]!.id])
    const asked = (paper?.items ?? []).flatMap((item) => version.bank.questions.filter(({ id }) => id === item.questionId))
    const answers = demoAnswers(asked, this.viewer.personId, ordinal)
    for (const item of paper?.items ?? []) await saveAnswer(this.context(0.6), { attemptId: opened.attemptId, position: item.position, chosen: answers.get(item.questionId) ?? [] })
    const result = await submitTest(this.context(1), opened.attemptId)
    return result === undefined || isRefusal(result) || result.passed
  }

  async sign(duty: Duty): Promise<boolean> {
    const engagement = this.viewer.engagements[0]!
    const own = await findOwnPledge(this.app.db, duty.id, this.viewer.personId, dayOf(this.now))
    const pledge = readablePledge(this.app.library, duty.slug, { kind: engagement.kind, employerName: engagement.companyName, handled: own?.handled ?? [] })
    if (!pledge) return false
    for (const [at] of pageStates(pledge, []).entries()) {
      const shown = await showPledgePage(this.context(2), { assignmentId: duty.id, page: at + 1, sha256: pledge.pages[at]!.plain.sha256 })
      if (isRefusal(shown)) return false
    }
    return !isRefusal(await signPledge(this.context(2), { assignmentId: duty.id, ticked: pledge.version.meta.keyClauses.map(({ clause }) => clause), nameTyped: this.viewer.name, password: DEMO_PASSWORD, memo: '', guardian: '' }))
  }
}
