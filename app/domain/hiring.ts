import { addDays, type Day } from './calendar'
import type { Relation } from './people'
import { SLIP_DAYS_AHEAD } from './sign-in-code'

/** How far 「入社・受入」 looks back and ahead (domain.md §5.5). */
export const INTAKE_DAYS = { back: 14, ahead: 60 } as const

/** What is known of one person who begins, as yes and no: lists count people by these, so that thousands on 4/1 are a few rows. */
export interface IntakeFacts {
  relation: Relation
  /** A 利用票 or an invitation that can still be used was given out. */
  told: boolean
  /** A password was set. */
  started: boolean
  /** Trainings that are due before the first access, and how many of them are open. */
  trainingAsked: boolean
  trainingOpen: boolean
  /** The pledge, or the employer's 誓約取得証明. */
  pledgeAsked: boolean
  pledgeOpen: boolean
  hasUnit: boolean
  hasSupervisor: boolean
}

/** What is missing before somebody can begin, in the order in which HR sees to it. */
export const MISSING = {
  template: '様式なし',
  unit: '所属なし',
  supervisor: '上長なし',
  told: '利用票・案内がまだ',
  started: 'サインインがまだ',
  training: '研修がまだ',
  pledge: '誓約がまだ',
} as const
export type Missing = keyof typeof MISSING

/** Whether the person's own turn has come: nobody signs in before the first day. */
const hasBegun = (firstDay: Day, today: Day): boolean => firstDay <= today

/**
 * What is missing for one person. Before the first day only what others prepare: register, template, slip; from that day on what the
 * person does as well. A slip can not be given out earlier than 30 days before; of a contractor's people, place and 上長 are their employer's.
 */
export function missingOf(facts: IntakeFacts, firstDay: Day, today: Day): Missing[] {
  const inside = facts.relation === 'own' || facts.relation === 'dispatched'
  const begun = hasBegun(firstDay, today)
  const missing: Record<Missing, boolean> = {
    template: !facts.pledgeAsked,
    unit: inside && !facts.hasUnit,
    supervisor: inside && !facts.hasSupervisor,
    told: !facts.told && !facts.started && today >= addDays(firstDay, -SLIP_DAYS_AHEAD),
    started: begun && !facts.started && facts.told,
    training: begun && facts.trainingAsked && facts.trainingOpen,
    pledge: begun && facts.pledgeAsked && facts.pledgeOpen,
  }
  return (Object.keys(MISSING) as Missing[]).filter((one) => missing[one])
}

/** Whether nothing is missing today. */
export const isReady = (facts: IntakeFacts, firstDay: Day, today: Day): boolean => missingOf(facts, firstDay, today).length === 0

export interface Intake {
  firstDay: Day
  companyId: string
  companyName: string
  kind: string
  people: number
  ready: number
  missing: { [M in Missing]?: number }
}

/** Intakes from people counted by what is known of them. */
export function intakesOf<R extends { firstDay: Day; companyId: string; companyName: string; kind: string; people: number; facts: IntakeFacts }>(rows: readonly R[], today: Day): Intake[] {
  const intakes = new Map<string, Intake>()
  for (const { firstDay, companyId, companyName, kind, people, facts } of rows) {
    const key = `${firstDay} ${companyId} ${kind}`
    let intake = intakes.get(key)
    if (!intake) intakes.set(key, (intake = { firstDay, companyId, companyName, kind, people: 0, ready: 0, missing: {} }))
    const missing = missingOf(facts, firstDay, today)
    intake.people += people
    if (missing.length === 0) intake.ready += people
    for (const one of missing) intake.missing[one] = (intake.missing[one] ?? 0) + people
  }
  return [...intakes.values()]
}
