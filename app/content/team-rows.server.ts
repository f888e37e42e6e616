import type { LineRow } from '../../db/line-list.server'
import type { ListedPerson, TeamDuty } from '../../db/team.server'
import { dayOf, OPEN_INSTANT, type Day } from '../domain/calendar'
import { groupedBy } from '../domain/grouped'
import { askingOf, isOpenOn, type Place } from '../domain/line'
import { dueOf } from '../domain/progress'
import type { Mark } from '../domain/standing'
import { isMinorOn } from '../domain/study'
import type { Progress, TeamRow } from '../domain/team-row'
import type { Library } from './library.server'
import { shortTitle } from './target-titles'

/** The rows of 「わたしのチーム」 with their people, in the order of the list: where each stands and what is open of them. */
export function teamRows(library: Library, listed: readonly (LineRow & { person: ListedPerson | null })[], duties: readonly TeamDuty[], today: Day): { row: TeamRow; person: ListedPerson }[] {
  const dutiesOf = groupedBy(duties, ({ engagementId }) => engagementId)
  return listed.flatMap(({ bucket, nextDue, person }) => (person ? [{ row: teamRowOf(library, person, { bucket, nextDue }, dutiesOf.get(person.engagementId) ?? [], today), person }] : []))
}

function teamRowOf(library: Library, person: ListedPerson, place: Place, duties: readonly TeamDuty[], today: Day): TeamRow {
  const open = duties.filter((duty) => isOpenOn(duty, today))
  const due = dueOf(place.nextDue, today)
  return {
    bucket: place.bucket, nextDue: place.nextDue, engagementId: person.engagementId, name: person.name, number: person.number, kind: person.kind, relation: person.relation, companyName: person.companyName, validFrom: person.validFrom,
    minor: isMinorOn(person.under18Until, today), open: [...new Set(open.map(({ kind, slug }) => shortTitle(library, kind, slug)))], progress: progressOf(library, open),
    mark: markOf(place, open.length > 0, due.mark), days: due.days, asking: askingOf(place, person, open, today),
    last: person.last ? { on: dayOf(person.last.at), channel: person.last.channel, recipient: person.last.recipient, byHand: person.last.byHand } : null,
  }
}

function markOf({ bucket }: Place, isOpen: boolean, due: ReturnType<typeof dueOf>['mark']): Mark {
  switch (bucket) {
    case 'held': return isOpen ? 'ask' : 'declined'
    case 'leave': return 'stop'
    case 'before': return 'todo'
    case 'done': return 'done'
    case 'doneLate': return 'donelate'
    case 'exempt': case 'none': return 'none'
    default: return due === 'late' ? 'late' : bucket === 'deferred' ? 'wait' : due === 'soon' ? 'soon' : bucket
  }
}

function progressOf(library: Library, open: readonly TeamDuty[]): Progress {
  const running = open.filter(({ asked, settledAt }) => !asked && settledAt === OPEN_INSTANT)
  if (running.length === 0) return { is: open.length > 0 ? 'awaitsAnswer' : 'nothing' }
  const own = running.filter(({ kind }) => kind !== 'certificate')
  if (own.length === 0) return { is: 'awaitsEmployer' }
  const reading = own.find(({ kind, begun }) => kind === 'module' && begun)
  const sections = reading && library.current('module', reading.slug)?.meta.sections.length
  if (reading && sections) return { is: 'reading', shown: Math.min(reading.shown, sections), of: sections }
  return { is: own.some(({ begun }) => begun) ? 'begun' : own.every(({ kind }) => kind === 'pledge') ? 'unsigned' : 'untouched' }
}
