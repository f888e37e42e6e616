import { dayOf, type Day, type Instant } from './calendar'
import { csvLine, withoutFormula } from './csv'
import { periodWords, ROUTE_WORDS, TARGET_WORDS, wordOf } from './duty-words'
import { ENGAGEMENT_KINDS, type EngagementKind } from './people'

/** The columns of 「全員の修了」. */
export const COMPLETION_COLUMNS = ['従事者番号', '氏名', '雇用形態', '会社', '所属コード', '所属', '種類', '内容', '期', '版', '期限', '元の期限(猶予)', '終えた日', '期限内', '方法'] as const

/** In which place somebody works. Of those who work in the same it is the same object. */
export interface Post {
  kind: EngagementKind
  company: string
  unitCode: string
  unit: string
}

export interface ExportedPerson {
  number: string
  /** Empty where the operator may not see it (domain.md L25). */
  name: string
  post: Post
}

/** Something completed, and when. */
export interface CompletedDuty {
  what: DutyParts
  settledAt: Instant
  /** 元の期限 of what a 猶予 put off. */
  originalDue?: Day
}

/** What was asked and how it was done. Of those who were asked and did the same it is the same object. */
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

/** More parts of lines than this are not kept. */
const MOST_KEPT = 5_000

/** Makes the lines of what somebody completed. The cells of a post are made once, and so are those of what many completed alike on the same day. */
export function completionWriter(titleOf: (kind: string, slug: string) => string): (person: ExportedPerson, duties: readonly CompletedDuty[]) => string {
  const posts = new Map<Post, string>()
  const ends = new Map<DutyParts, Map<Day, string>>()
  let kept = 0
  const keep = <K>(parts: Map<K, string>, key: K, made: string): string => {
    if (++kept > MOST_KEPT) {
      posts.clear()
      ends.clear()
      kept = 0
    } else parts.set(key, made)
    return made
  }
  const postOf = (post: Post) => posts.get(post) ?? keep(posts, post, safe([ENGAGEMENT_KINDS[post.kind] ?? post.kind, post.company, post.unitCode, post.unit]))
  const endOf = ({ kind, slug, period, dueOn, version, route }: DutyParts, doneOn: Day, originalDue: string) =>
    `${safe([wordOf(TARGET_WORDS, kind), titleOf(kind, slug), periodWords(period), version, dueOn, originalDue, doneOn, doneOn <= dueOn ? '期限内' : '期限後', route === '' ? '' : wordOf(ROUTE_WORDS, route)])}\r\n`
  const keptEndOf = (what: DutyParts, doneOn: Day) => {
    let days = ends.get(what)
    if (days === undefined) ends.set(what, (days = new Map()))
    return days.get(doneOn) ?? keep(days, doneOn, endOf(what, doneOn, ''))
  }
  return ({ number, name, post }, duties) => {
    const whose = `${safe([number, name])},${postOf(post)},`
    let lines = ''
    for (const { what, settledAt, originalDue } of duties) lines += whose + (originalDue === undefined ? keptEndOf(what, dayOf(settledAt)) : endOf(what, dayOf(settledAt), originalDue))
    return lines
  }
}
