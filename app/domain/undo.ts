/** Undoing a change set restores what it superseded, and leaves out what was touched since or would lose its cause (A31, house.md §3). */

import { addDays, dayOf, type Day, type Instant } from './calendar'

/** How long a change set can be undone. */
export const UNDO_DAYS = 30
/** Last day on which a change set can be undone. */
export const undoableUntil = (at: Instant): Day => addDays(dayOf(at), UNDO_DAYS)

/** What is undone together or not at all: everything a change set did to one person, one unit or one company. */
export interface UndoGroup {
  key: string
  /** Facts it recorded are superseded again, or others of the same kind came after them. */
  touchedSince: boolean
  /** Something learned, signed or decided hangs on what would be gone. */
  bearsEvidence: boolean
  /** Undoing would give, or take, a role that whoever undoes may not. */
  roleNotYours?: boolean
  /** Undoing would change an address that whoever undoes may not. */
  mailNotYours?: boolean
  /** Undoing would take the whole registration of an office holder for whom whoever undoes may not vouch. */
  officeNotYours?: boolean
}

/** `needs` can only be undone when `also` is undone as well; null stands for something outside the change set: `role`, one that the person holds or has held. */
export interface UndoDependency {
  needs: string
  also: string | null
  role?: boolean
}

export type LeftOutReason = 'touchedSince' | 'bearsEvidence' | 'hasRole' | 'stillUsed' | 'roleNotYours' | 'mailNotYours' | 'officeNotYours'

export interface UndoDecision {
  undo: string[]
  leftOut: { key: string; reason: LeftOutReason }[]
}

/** Which groups are undone. What is left out takes along whatever it still needs. */
export function decideUndo(groups: readonly UndoGroup[], dependencies: readonly UndoDependency[]): UndoDecision {
  const leftOut = new Map<string, LeftOutReason>()
  for (const { key, touchedSince, bearsEvidence, roleNotYours, mailNotYours, officeNotYours } of groups) {
    const reason = touchedSince ? 'touchedSince' : bearsEvidence ? 'bearsEvidence' : roleNotYours ? 'roleNotYours' : officeNotYours ? 'officeNotYours' : mailNotYours ? 'mailNotYours' : null
    if (reason) leftOut.set(key, reason)
  }
  for (const { needs, also, role } of dependencies) if (also === null && role && !leftOut.has(needs)) leftOut.set(needs, 'hasRole')
  for (const { needs, also } of dependencies) if (also === null && !leftOut.has(needs)) leftOut.set(needs, 'stillUsed')
  const hanging = new Map<string, string[]>()
  for (const { needs, also } of dependencies) if (also !== null && also !== needs) hanging.set(also, [...(hanging.get(also) ?? []), needs])
  const waiting = [...leftOut.keys()]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop())
    for (const needs of hanging.get(key) ?? [])
      if (!leftOut.has(needs)) {
        leftOut.set(needs, 'stillUsed')
        waiting.push(needs)
      }
  return { undo: groups.filter(({ key }) => !leftOut.has(key)).map(({ key }) => key), leftOut: groups.flatMap(({ key }) => (leftOut.has(key) ? [{ key, reason: leftOut.get(key)! }] : [])) }
}
