import { dayOf, type Day, type Instant } from './calendar'
import { csvLine, withoutFormula } from './csv'
import { periodWords, ROUTE_WORDS, TARGET_WORDS, wordOf } from './duty-words'
import { ENGAGEMENT_KINDS, type EngagementKind } from './people'

/** The columns of 「全員の修了」. */
export const COMPLETION_COLUMNS = ['従事者番号', '氏名', '雇用形態', '会社', '所属コード', '所属', '種類', '内容', '期', '版', '期限', '元の期限(猶予)', '終えた日', '期限内', '方法'] as const

export interface ExportedPerson {
  number: string
  /** Empty where the operator may not see it (domain.md L25). */
  name: string
  kind: EngagementKind
  company: string
  unitCode: string
  unit: string
}

/** Something completed: what was asked and how it was done as one text, which many people share, and when. */
export interface CompletedDuty {
  what: string
  settledAt: Instant
  /** 元の期限 of what a 猶予 put off. */
  originalDue?: Day
}

/** What was asked and how it was done, part by part. */
export interface DutyParts {
  kind: string
  slug: string
  period: string
  dueOn: Day
  version: string
  route: string
}

/** Cells that a spreadsheet runs nothing of. */
const safe = (cells: readonly string[]) => csvLine(cells.map(withoutFormula))

/** More ends of lines than this are not kept. */
const MOST_KEPT = 5_000

/** Makes the lines of what somebody completed. A person's cells are made once, and so are those of what many completed alike on the same day. */
export function completionWriter(partsOf: (what: string) => DutyParts, titleOf: (kind: string, slug: string) => string): (person: ExportedPerson, duties: readonly CompletedDuty[]) => string {
  const kept = new Map<string, Map<string, string>>()
  let lines = 0
  const endOf = ({ what, settledAt, originalDue = '' }: CompletedDuty): string => {
    const doneOn = dayOf(settledAt)
    const day = originalDue === '' ? doneOn : `${doneOn} ${originalDue}`
    let ends = kept.get(what)
    if (ends === undefined) kept.set(what, (ends = new Map()))
    let end = ends.get(day)
    if (end === undefined) {
      const { kind, slug, period, dueOn, version, route } = partsOf(what)
      end = safe([wordOf(TARGET_WORDS, kind), titleOf(kind, slug), periodWords(period), version, dueOn, originalDue, doneOn, doneOn <= dueOn ? '期限内' : '期限後', route === '' ? '' : wordOf(ROUTE_WORDS, route)])
      if (++lines > MOST_KEPT) {
        kept.clear()
        lines = 0
      } else ends.set(day, end)
    }
    return end
  }
  return ({ number, name, kind, company, unitCode, unit }, duties) => {
    const whose = safe([number, name, ENGAGEMENT_KINDS[kind] ?? kind, company, unitCode, unit])
    return duties.map((duty) => `${whose},${endOf(duty)}\r\n`).join('')
  }
}
