import { addDays, fiscalYearStartDay, isDay, OPEN_DAY, OPEN_INSTANT, rollForward, type Day, type Instant, type WorkCalendar } from './calendar'
import type { Relation } from './people'
import type { TargetKind } from './planning'
import { refuse, type Refusal } from './refusal'

/** 申請: what one person asks about a duty and another decides (domain.md A28, A33, A35, A36; §5.3, §5.4). */
export const APPROVAL_KINDS = { defer: '猶予', exempt: '免除', paper: '紙で受けた研修', class: '集合研修', equivalent: '同等の研修', paperPledge: '紙の誓約書' } as const
export type ApprovalKind = keyof typeof APPROVAL_KINDS

/** 人事, 会社側担当者 or somebody who answers for the line. */
export const ASKED_AS = { manager: '上長・所属の責任者', company: '会社側担当者', hr: '人事' } as const
export type AskedAs = keyof typeof ASKED_AS

export const OUTCOMES = { accepted: '承認', partly: '期限を変えて承認', returned: '差し戻し', withdrawn: '取下げ' } as const
export type ApprovalOutcome = keyof typeof OUTCOMES

const OTHER = 'other'
const TALKED = { talkedToHr: '本人から人事に相談済み' } as const
/** Why something is asked. What a 配慮 is about is told to HR by the person alone, never here (domain.md L28). */
export const APPROVAL_REASONS = {
  defer: { leave: '休職・育休', businessTrip: '長期の出張', noDevice: '機器がない', ...TALKED, [OTHER]: 'そのほか' },
  exempt: { leave: '休職・育休(年度内に戻らない)', leaving: 'まもなく退職・契約終了', notHandling: '情報を取り扱わない', ...TALKED, [OTHER]: 'そのほか' },
  paper: { onPaper: '紙の教材とテストで受けた', oral: '口頭のテストで確かめた', unrecorded: '受けた記録が残っていない' },
  class: { attended: '集合研修に出席した' },
  equivalent: { ownTraining: '自社の研修で同じ内容を受けた' },
  paperPledge: { inked: '紙の誓約書に署名した', legacy: '以前から紙で保管している' },
} as const satisfies Record<ApprovalKind, Readonly<Record<string, string>>>

/** A reason in words; '' for one that is not ours. */
export const reasonWords = (kind: ApprovalKind, code: string): string => (APPROVAL_REASONS[kind] as Readonly<Record<string, string>>)[code] ?? ''

const ASKABLE: Record<AskedAs, readonly ApprovalKind[]> = { manager: ['defer', 'exempt'], company: ['defer', 'exempt', 'equivalent'], hr: ['defer', 'exempt', 'paper', 'class', 'paperPledge'] }
const ABOUT: Record<ApprovalKind, readonly TargetKind[]> = {
  defer: ['module', 'pledge', 'certificate'], exempt: ['module', 'pledge', 'certificate'], paper: ['module'], class: ['module'], equivalent: ['module'], paperPledge: ['pledge'],
}

/** What is asked to be changed from the outside: a due day, or being asked at all. The others enter what was done elsewhere. */
export const entersARecord = (kind: ApprovalKind): boolean => kind !== 'defer' && kind !== 'exempt'

/** How the asker stands to the person: in the own line, of the own company or a tier below, in the office, or that person. */
export interface Standing {
  inLine: boolean
  ofCompany: boolean
  office: boolean
  self: boolean
}

/**
 * As what somebody may ask this, or undefined: a manager for the own line, a 会社側担当者 for own people, HR for all; nobody for
 * oneself. What a contractor's worker learned is the employer's to say, so HR enters none of it (domain.md L25).
 */
export function askerFor(kind: ApprovalKind, standing: Standing, relation: Relation): AskedAs | undefined {
  if (standing.self) return undefined
  const as = (['manager', 'company', 'hr'] as const).filter((one) => ASKABLE[one].includes(kind))
  return as.find((one) => (one === 'manager' ? standing.inLine && relation !== 'contract' : one === 'company' ? standing.ofCompany : standing.office && !(entersARecord(kind) && relation === 'contract')))
}

/** A duty as far as asking needs it. */
export interface AskedDuty {
  targetKind: TargetKind
  period: string
  dueOn: Day
  settledAt: Instant
  settledAs: string | null
  validFrom: Day
  validTo: Day
  /** Another request waits for its decision. */
  waiting: boolean
}

/** What was done elsewhere. */
export interface Done {
  on: Day
  minutes: number
  /** The version taught or signed; '' where an old paper does not tell. */
  version: string
  /** The name on a signed paper. */
  name: string
}

export interface Asking {
  kind: ApprovalKind
  reasonCode: string
  note: string
  wishedDueOn: Day | null
  done: Done | null
  hasScan: boolean
}

export const MOST_NOTE = 500
export const MOST_MINUTES = 600
/** As far as a due day may be put off. */
export const MOST_DAYS_OFF = 366
/** Before this no paper that is kept can be from. */
const OLDEST_PAPER: Day = '1990-01-01'

export type AskRefusal = Refusal<'approvalReason' | 'approvalWaiting' | 'approvalSettled' | 'approvalEnded' | 'approvalOfAnother' | 'approvalDay' | 'approvalNoDue' | 'heldOutside' | 'heldMinutes' | 'heldVersion' | 'nameOnPaper' | 'scanMissing'>

/** Whether a duty still waits to be done: a refusal to sign does not stand in the way of a signature on paper. */
const isOpen = (kind: ApprovalKind, { settledAt, settledAs }: Pick<AskedDuty, 'settledAt' | 'settledAs'>): boolean => settledAt === OPEN_INSTANT || (kind === 'paperPledge' && settledAs === 'declined')

/** Whether a request can still do what it asks. */
export function refusalOfDuty(kind: ApprovalKind, duty: Omit<AskedDuty, 'waiting'>, today: Day): AskRefusal | null {
  if (!ABOUT[kind].includes(duty.targetKind)) return refuse('approvalOfAnother')
  if (!isOpen(kind, duty)) return refuse('approvalSettled')
  if (duty.validTo <= today) return refuse('approvalEnded')
  return null
}

/** The days among which a due day may be put off: later than now, not before tomorrow, within a year. */
export const daysToPutOff = (dueOn: Day, today: Day): { from: Day; to: Day } => ({ from: addDays(dueOn > today ? dueOn : today, 1), to: addDays(today, MOST_DAYS_OFF) })

/** A new due day: a 営業日 among the days allowed (domain.md L34), or why not. */
export function decideNewDue(dueOn: Day, wished: Day | null, today: Day, calendar: WorkCalendar): { dueOn: Day } | Refusal<'approvalDay' | 'approvalNoDue'> {
  if (dueOn === OPEN_DAY) return refuse('approvalNoDue')
  const { from, to } = daysToPutOff(dueOn, today)
  if (wished === null || !isDay(wished) || wished < from || wished > to) return refuse('approvalDay', { from, to })
  return { dueOn: rollForward(wished, calendar) }
}

/** The days on which something may have been done that counts for a duty: in its year, within the engagement, not tomorrow. */
export function daysThatCount(duty: Pick<AskedDuty, 'targetKind' | 'period' | 'validFrom' | 'validTo'>, today: Day, calendar: WorkCalendar): { from: Day; to: Day } {
  const begin = duty.period.startsWith('FY') ? fiscalYearStartDay(duty.period, calendar) : duty.targetKind === 'pledge' ? OLDEST_PAPER : duty.validFrom
  const from = duty.period.startsWith('FY') && duty.validFrom > begin ? duty.validFrom : begin
  return { from, to: duty.validTo <= today ? addDays(duty.validTo, -1) : today }
}

function refusalOfDone(kind: ApprovalKind, done: Done | null, duty: AskedDuty, has: { version: (version: string) => boolean; scan: boolean }, today: Day, calendar: WorkCalendar): AskRefusal | null {
  const { from, to } = daysThatCount(duty, today, calendar)
  if (!done || !isDay(done.on) || done.on < from || done.on > to) return refuse('heldOutside', { from, to })
  if (kind !== 'paperPledge' && (!Number.isInteger(done.minutes) || done.minutes < 1 || done.minutes > MOST_MINUTES)) return refuse('heldMinutes', { most: MOST_MINUTES })
  if (!(kind === 'paperPledge' && done.version === '') && !has.version(done.version)) return refuse('heldVersion')
  if (kind === 'paperPledge' && (done.name.trim() === '' || done.name.length > 100)) return refuse('nameOnPaper')
  return has.scan ? null : refuse('scanMissing')
}

/** Whether this may be asked now, and with which wished day; else what to mend. */
export function decideAsking(asked: Asking, duty: AskedDuty, knows: (version: string) => boolean, today: Day, calendar: WorkCalendar): { wishedDueOn: Day | null } | AskRefusal {
  const closed = refusalOfDuty(asked.kind, duty, today)
  if (closed) return closed
  if (duty.waiting) return refuse('approvalWaiting')
  if (reasonWords(asked.kind, asked.reasonCode) === '' || asked.note.length > MOST_NOTE || (asked.reasonCode === OTHER && asked.note.trim() === '')) return refuse('approvalReason', { most: MOST_NOTE })
  if (entersARecord(asked.kind)) return refusalOfDone(asked.kind, asked.done, duty, { version: knows, scan: asked.hasScan }, today, calendar) ?? { wishedDueOn: null }
  if (asked.kind === 'exempt') return { wishedDueOn: null }
  const decided = decideNewDue(duty.dueOn, asked.wishedDueOn, today, calendar)
  return 'dueOn' in decided ? { wishedDueOn: decided.dueOn } : decided
}
