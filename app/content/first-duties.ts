import type { Day } from '../domain/calendar'
import { requirementsInForce } from '../domain/requirement'
import type { Library } from './library.server'
import { planningRules } from './planning-rules'

/** The trainings that are due before the first access: what the requirements ask at the start, without a day's delay (domain.md §5.5). */
export function firstTrainings(library: Library, today: Day): string[] {
  const inForce = requirementsInForce(planningRules(library, today).requirements, today).map(({ requirement }) => requirement)
  return [...new Set(inForce.filter(({ when, target }) => when.on === 'start' && when.businessDays === 0 && target.kind === 'module').map(({ target }) => target.slug))]
}
