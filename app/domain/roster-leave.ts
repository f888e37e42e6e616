import { addDays, type Day } from './calendar'
import type { BadCell, BadReason } from './csv'
import { writeLeave } from './leave-text'
import { planOf, type PersonChange } from './roster-person'
import { endOf, startOf, type StoredEngagement } from './roster-state'
import { changeTimeline, type Segment } from './timeline'

/** Leave of one person (A01, A02): `was` names the leave that is corrected or taken back by its first day, `is` the one recorded. */
export interface LeaveEdit {
  number: string
  was: Day | null
  /** `lastDay` is empty while the return is not known. */
  is: { from: Day; lastDay: Day | ''; reason: string } | null
}

/** Decides leave, also a back-dated one; null when nothing changes. */
export function decideLeave(edit: LeaveEdit, engagement: StoredEngagement | undefined, today: Day): PersonChange | BadCell[] | null {
  const bad: BadCell[] = []
  const refuse = (column: string, reason: BadReason, value = '', hint = '') => bad.push({ file: 'roster', line: 0, column, value, reason, hint })
  if (!engagement) return refuse('従事者番号', 'unknownNumber', edit.number), bad
  const old = engagement.leaves.find(({ from }) => from === edit.was)
  if (edit.was !== null && !old) refuse('休職開始日', 'leaveOutside', edit.was)
  const kept = engagement.leaves.filter((one) => one !== old)
  const leaves: Segment<string>[] = kept.map(({ from, to, attrs }) => ({ from, to, attrs }))
  const wanted = edit.is && { from: edit.is.from, to: edit.is.lastDay === '' ? endOf(engagement) : addDays(edit.is.lastDay, 1), attrs: edit.is.reason }
  if (wanted) {
    if (edit.is!.lastDay !== '' && edit.is!.lastDay < wanted.from) refuse('休職終了日', 'endBeforeStart', edit.is!.lastDay, wanted.from)
    else if (wanted.from < startOf(engagement) || wanted.from >= endOf(engagement)) refuse('休職開始日', 'leaveOutside', wanted.from)
    else if (wanted.to > endOf(engagement)) refuse('休職終了日', 'leaveOutside', edit.is!.lastDay)
    if (kept.some((one) => one.from < wanted.to && wanted.from < one.to)) refuse('休職開始日', 'leaveOverlap', wanted.from)
    leaves.push(wanted)
  }
  if (bad.length > 0) return bad
  const step = changeTimeline(engagement.leaves, leaves, (a, b) => a === b)
  if (step.supersede.length + step.insert.length === 0) return null
  const plan = planOf(engagement, { versions: engagement.versions, scopes: engagement.scopes, leaves: leaves.sort((a, b) => (a.from < b.from ? -1 : 1)) })
  return { line: 0, number: edit.number, outcome: 'changed', effectiveOn: wanted?.from ?? today, fields: [{ column: '休職', was: writeLeave(old), is: writeLeave(wanted ?? undefined) }], ends: false, plans: [plan] }
}
