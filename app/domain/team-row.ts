import type { Day } from './calendar'
import type { Asking, Place } from './line'
import type { EngagementKind, Relation } from './people'
import type { Mark } from './standing'

/** One person of a line as a manager may see them: what is open and how far, by when, and through whom to ask. */
export interface TeamRow extends Place {
  engagementId: string
  name: string
  number: string
  kind: EngagementKind
  relation: Relation
  companyName: string
  minor: boolean
  validFrom: Day
  open: string[]
  progress: Progress
  mark: Mark
  /** Days left, or past when late. */
  days: number
  asking: Asking
  last: { on: Day; channel: 'mail' | 'slip' | 'screen' | 'paper'; recipient: 'person' | 'manager' | 'companyContact'; byHand: boolean } | null
}

/** How far the person is with what is open; the page has the words. Whoever failed a test is under way like everybody else. */
export type Progress = { is: 'nothing' | 'untouched' | 'unsigned' | 'begun' | 'awaitsEmployer' | 'awaitsAnswer' } | { is: 'reading'; shown: number; of: number }
