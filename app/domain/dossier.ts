import { addDays, dayOf, OPEN_DAY, OPEN_INSTANT, type Day, type Instant } from './calendar'
import { extractOf, extractPaper } from './certificate'
import type { DossierFacts, Known } from './dossier-facts'
import { mayShowDetail } from './disclosure'
import { ENGAGEMENT_KINDS, relationOf } from './people'
import { japaneseTimestamp, type Paper } from './pledge-statement'

/** How a dossier is made beside the facts: titles of texts by their version. */
export interface DossierTerms {
  titleOf: (kind: string, slug: string, version: string) => string | undefined
  demonstration: boolean
}

/** A signed paper, a scan, or one's part of an employer's certificate, that goes into the file beside the record. */
export interface Enclosure {
  kind: 'pledge' | 'scan' | 'certificate'
  /** The act whose paper it is, the hash of the scan, or the number of the certificate. */
  of: string
  /** What is drawn of a certificate. */
  paper?: Paper
  title: string
  receipt: string
  number: string
}

type Rows<K extends keyof DossierFacts> = DossierFacts[K] extends readonly (infer R)[] ? R : never
const lastDayOf = (to: Day): Day | null => (to === OPEN_DAY ? null : addDays(to, -1))
const time = (at: Instant): string => japaneseTimestamp(at)

/** What was known at an instant; every instant that matters is noted, so that the latest of them can be told. */
class Knowledge {
  readonly instants: Instant[] = [0]
  constructor(readonly at: Instant) {}
  /** Whether something of this instant was known. */
  knows(instant: Instant | null): boolean {
    if (instant === null || instant > this.at) return false
    this.instants.push(instant)
    return true
  }
  /** Facts as they stood: recorded, and not superseded yet. */
  held<F extends Known>(facts: readonly F[]): F[] {
    return facts.filter((fact) => this.knows(fact.recorded_at) && !(fact.superseded_at < OPEN_INSTANT && this.knows(fact.superseded_at)))
  }
}

/**
 * The record of engagements as known at an instant (A39): a function of the facts and that instant, nothing else. `latestAt` is the
 * newest instant in it: asked for then, the same record comes again. Of a contractor's people status and certificate only (L25).
 */
export function dossierOf(facts: DossierFacts, knownAt: Instant, terms: DossierTerms) {
  const known = new Knowledge(knownAt)
  const enclosures: Enclosure[] = []
  const engagements = facts.engagements.filter(({ created_at: at }) => known.knows(at)).map((engagement) => {
    const versions = known.held(facts.versions.filter(({ engagement_id: id }) => id === engagement.id))
    // of whom no relation was known, no more is told than of a contractor's worker
    const limited = versions.length === 0 || versions.some(({ kind }) => !mayShowDetail(relationOf(kind)))
    const death = facts.deaths.find((row) => row.engagement_id === engagement.id && known.knows(row.at) && !known.knows(row.voided_at))
    // of a contractor's worker by the contracts as they were known (氏名表示)
    const named = !versions.some(({ kind }) => relationOf(kind) === 'contract') || known.held(facts.entrustments.filter(({ company_id: id }) => id === engagement.employer_company_id)).some((one) => one.names_allowed === 1 && one.valid_from <= dayOf(knownAt) && one.valid_to > dayOf(knownAt))
    const duties = facts.assignments.filter((one) => one.engagement_id === engagement.id && known.knows(one.created_at) && !(one.settled_as === 'withdrawn' && known.knows(one.settled_at)))
    return {
      number: engagement.number, sequence: engagement.sequence, employer: { code: engagement.code, name: nameOn(known.held(facts.companies.filter(({ company_id: id }) => id === engagement.employer_company_id)), dayOf(knownAt)) }, shownByNumberOnly: !named,
      registered: versions.map((row) => ({
        from: row.valid_from, lastDay: lastDayOf(row.valid_to), kind: row.kind, kindWords: ENGAGEMENT_KINDS[row.kind], ...(named && { name: row.display_name, kana: row.kana }),
        unit: row.unit_id === null ? null : { code: row.unit_code, name: nameOn(known.held(facts.units.filter(({ unit_id: id }) => id === row.unit_id)), row.valid_from) }, supervisorNumber: row.supervisor_number, recordedAt: time(row.recorded_at),
      })),
      handling: known.held(facts.scopes.filter(({ engagement_id: id }) => id === engagement.id)).map((row) => ({ category: row.category, system: row.system, purpose: row.purpose, from: row.valid_from, lastDay: lastDayOf(row.valid_to) })),
      leave: known.held(facts.leaves.filter(({ engagement_id: id }) => id === engagement.id)).map((row) => ({ from: row.valid_from, lastDay: lastDayOf(row.valid_to) })),
      roles: known.held(facts.roles.filter(({ engagement_id: id }) => id === engagement.id)).map((row) => ({ role: row.role, from: row.valid_from, lastDay: lastDayOf(row.valid_to) })),
      ...(death && { deathNotedAt: time(death.at) }),
      duties: duties.map((duty) => dutyOf(facts, duty, known, terms, { limited, enclosures, number: engagement.number, named, died: death !== undefined })),
      returns: facts.returns.filter((row) => row.engagement_id === engagement.id && known.knows(row.at) && !known.knows(row.voided_at)).map((row) => ({ kind: row.kind, words: row.words, doneOn: known.knows(row.noted_at) ? row.done_on : null })),
    }
  })
  return {
    record: { format: 'shuhi-dossier-1', ...(terms.demonstration && { demonstration: true as const }), knownAt: time(knownAt), engagements },
    enclosures, latestAt: Math.max(...known.instants),
  }
}
export type Dossier = ReturnType<typeof dossierOf>
export type DossierDuty = Dossier['record']['engagements'][number]['duties'][number]

const nameOn = (versions: readonly (Known & { name: string })[], day: Day): string => (versions.findLast((one) => one.valid_from <= day) ?? versions[0])?.name ?? ''

interface DutyTerms {
  limited: boolean
  enclosures: Enclosure[]
  number: string
  /** Whether the name is shown. */
  named: boolean
  /** Nothing is open any more of whoever has died. */
  died: boolean
}

function dutyOf(facts: DossierFacts, duty: Rows<'assignments'>, known: Knowledge, terms: DossierTerms, { limited, enclosures, number, named, died }: DutyTerms) {
  const of = <R extends { assignment_id: string }>(rows: readonly R[]) => rows.filter(({ assignment_id: id }) => id === duty.id)
  const who = (account: string | null) => (account === null ? null : (facts.numbers[account] ?? null))
  const textKind = duty.target_kind === 'certificate' ? 'pledge' : duty.target_kind
  const events = of(facts.events).filter(({ at }) => known.knows(at)).map((row) => ({ ...row, names: JSON.parse(row.refs) as { completion?: string; act?: string; voids?: string; request?: string } }))
  const voided = new Set(events.flatMap(({ kind, names }) => (kind === 'void' && names.voids ? [names.voids] : [])))
  /** What was entered later than it was done is known since it was accepted; undefined for what the screen recorded itself. */
  const accepted = (what: 'completion' | 'act', id: string) => of(facts.events).map((row) => ({ row, names: JSON.parse(row.refs) as Record<string, string> })).find(({ row, names }) => row.kind === 'credit' && names[what] === id)?.row
  const stands = (what: 'completion' | 'act', id: string, at: Instant) => {
    const entry = accepted(what, id)
    return entry ? known.knows(entry.at) && !voided.has(entry.id) : known.knows(at)
  }
  const completion = of(facts.completions).find((row) => stands('completion', row.id, row.completed_at))
  const acts = of(facts.acts).filter((row) => stands('act', row.id, row.signed_at))
  const certificate = of(facts.certificates).find(({ at }) => known.knows(at))
  const noted = of(facts.noted).filter((row) => known.knows(row.signed_at)).at(-1)
  const title = (version: string) => terms.titleOf(textKind, duty.target_slug, version)
  // a paper from before need not name its version
  const version = completion?.content_version || acts.at(-1)?.version || certificate?.version || null
  const titled = version ?? versionBy(facts, textKind, duty.target_slug, known.at)
  const dueOn = dueOf(facts, duty, known)
  const exempt = events.findLast(({ kind, id }) => kind === 'exempt' && !voided.has(id))
  const said = [...acts].reverse().find(({ outcome }) => outcome === 'signed') ?? acts.at(-1)
  const status = completion ? 'completed' : said && said.outcome !== 'question' && said.outcome !== 'later' ? said.outcome : certificate ? 'certified' : noted ? noted.outcome : exempt ? 'exempted' : died || (duty.settled_as === 'ended' && known.knows(duty.settled_at)) ? 'ended' : 'open'
  const doneOn = completion ? dayOf(completion.completed_at) : said?.outcome === 'signed' ? dayOf(said.signed_at) : certificate ? dayOf(certificate.at) : null
  const declared = certificate ? extractOf(certificate.statement, certificate.statement_sha256, duty.engagement_id, named) : null
  if (declared) enclosures.push({ kind: 'certificate', of: `${declared.receipt} ${duty.engagement_id}`, paper: extractPaper(declared, terms.demonstration), title: title(declared.template.version) ?? declared.template.title, receipt: declared.receipt, number })
  const shown = {
    kind: duty.target_kind, slug: duty.target_slug, title: (titled === undefined ? undefined : title(titled)) ?? duty.target_slug, version, period: duty.period, opensOn: duty.opens_on, dueOn: dueOn === OPEN_DAY ? null : dueOn, assignedAt: time(duty.created_at),
    status, doneOn, late: doneOn !== null && doneOn > dueOn,
    certificate: certificate ? { template: certificate.template, version: certificate.version, takenOn: certificate.taken_on, declaredAt: time(certificate.at), receipt: certificate.receipt, statementSha256: certificate.statement_sha256, declared } : null,
  }
  if (limited) return shown
  const paperOf = (act: (typeof acts)[number]) => facts.approvals.find(({ id }) => id === (JSON.parse(accepted('act', act.id)?.refs ?? '{}') as { request?: string }).request)?.scan_sha256 ?? null
  for (const act of acts.filter(({ outcome }) => outcome === 'signed')) {
    const scan = paperOf(act)
    enclosures.push({ kind: scan === null ? 'pledge' : 'scan', of: scan ?? act.id, title: title(act.version) ?? shown.title, receipt: act.receipt, number })
  }
  // the sheet of a class names everybody who came
  if (completion?.scan_sha256 && completion.route !== 'class') enclosures.push({ kind: 'scan', of: completion.scan_sha256, title: shown.title, receipt: '', number })
  const until = completion?.completed_at ?? 0
  return {
    ...shown,
    completion: completion ? { completedAt: time(completion.completed_at), minutes: completion.minutes, route: completion.route, version: completion.content_version, bankVersion: completion.bank_version, renderedSha256: completion.rendered_sha256, scanSha256: completion.scan_sha256 } : null,
    // passed or not; score and answers are the person's own, as the notice of purposes says
    attempts: of(facts.attempts).filter(({ finished_at: at }) => known.knows(at)).map((row) => ({ ordinal: row.ordinal, version: row.module_version, bankVersion: row.bank_version, openedAt: time(row.opened_at), finishedAt: time(row.finished_at!), passed: row.passed === 1 })),
    // a sitting grows while it lasts: those of a finished training stand still
    sittings: of(facts.sittings).filter(({ ended_at: at }) => at <= until).map((row) => ({ startedAt: time(row.started_at), endedAt: time(row.ended_at), minutes: Math.round(row.counted_seconds / 6) / 10, measured: row.measured })),
    acts: acts.map((row) => ({
      outcome: row.outcome, template: row.template, version: row.version, receipt: row.receipt, at: row.signed_at_text, statementSha256: row.statement_sha256, nameRegistered: row.name_registered, nameTyped: row.name_typed, authentication: row.auth_method, grade: row.evidence_grade,
      // what somebody asks is between the person and HR, and may be about wrongs in the house (domain.md A40)
      note: row.outcome === 'question' || row.outcome === 'later' ? '' : row.note,
    })),
    events: events.map((row) => ({ kind: row.kind, newDueOn: row.new_due_on, reason: row.reason_code, note: row.kind === 'resume' || row.kind === 'suspend' ? '' : row.note, requestedBy: who(row.requested_by), approvedBy: who(row.approved_by), at: time(row.at) })),
    approvals: of(facts.approvals).filter(({ asked_at: at }) => known.knows(at)).map((row) => {
      const decided = known.knows(row.decided_at)
      return { kind: row.kind, reason: row.reason_code, note: row.note, wishedDueOn: row.wished_due_on, askedBy: who(row.asked_by), askedAs: row.asked_as, askedAt: time(row.asked_at), outcome: decided ? row.outcome : null, answer: decided ? row.answer : '', decidedBy: decided ? who(row.decided_by) : null, decidedAt: decided ? time(row.decided_at!) : null }
    }),
    reminders: of(facts.reminders).filter(({ requested_at: at }) => known.knows(at)).map((row) => {
      const sent = known.knows(row.sent_at)
      // a mail that was given up can be sent again, and then that is forgotten: it is no end
      const ended = row.result !== 'givenUp' && known.knows(row.result_at)
      return { to: row.recipient_kind, channel: row.channel, reason: row.reason_code, by: who(row.sent_by), at: time(row.requested_at), leavesAt: row.leaves_at === null ? null : time(row.leaves_at), leavesIn: row.leaves_in, sentAt: sent ? time(row.sent_at!) : null, result: ended ? row.result : row.channel === 'paper' ? 'toHand' : '' }
    }),
    contactTries: of(facts.tries).filter(({ at }) => known.knows(at)).map((row) => ({ onDay: row.on_day, channel: row.channel, note: row.note, by: who(row.entered_by), at: time(row.at) })),
  }
}

/** The due day at an instant: what the first later move took away, else what stands (A39). */
function dueOf(facts: DossierFacts, duty: Rows<'assignments'>, known: Knowledge): Day {
  const moves = facts.dueChanges.filter(({ assignment_id: id }) => id === duty.id)
  for (const move of moves) known.knows(move.at)
  return moves.find(({ at }) => at > known.at)?.due_before ?? duty.due_on
}

/** The version of a text that was the newest at an instant, else the first ever. */
function versionBy(facts: DossierFacts, kind: string, slug: string, at: Instant): string | undefined {
  const versions = facts.published.filter((one) => one.kind === kind && one.slug === slug)
  return (versions.findLast((one) => Number(one.published_at) <= at) ?? versions[0])?.version
}

export const DOSSIER_PURPOSES = { departure: '退職時の保管', hiring: '入社・受入時の保管', disclosure: '本人からの開示の求め', audit: '監査・検査への対応', other: 'そのほか' } as const
export type DossierPurpose = keyof typeof DOSSIER_PURPOSES
/** As many dossiers as go into one file. */
export const MOST_DOSSIERS = 1_000
export const MOST_PURPOSE_WORDS = 300

/** The reason as it is kept and as the person reads it. */
export const purposeWords = (purpose: DossierPurpose, words: string): string => `${DOSSIER_PURPOSES[purpose]}：${words.trim()}`

/** A name that Windows takes: nothing that it forbids, no blanks, not too long, no dot at the end. */
export const fileNamePart = (text: string): string => [...text.replace(/[\s\u0000-\u001F<>:"/\\|?*]+/gu, '')].slice(0, 60).join('').replace(/\.+$/u, '')

/** 000412_髙橋美咲_20261120: whose record, and the day of its 記録時点. */
export function dossierName({ record }: Pick<Dossier, 'record'>, knownAt: Instant): string {
  const last = record.engagements.at(-1)
  const name = last?.registered.at(-1)?.name ?? ''
  return [last?.number ?? 'record', name, dayOf(knownAt).replaceAll('-', '')].map(fileNamePart).filter((part) => part !== '').join('_')
}
