import type { Day } from '../domain/calendar'
import type { Rules } from '../domain/planning'
import type { Library } from './library.server'

/** What planning decides by on a day: the requirements, the texts that there are, and for whom each pledge is lawful. */
export function planningRules(library: Pick<Library, 'requirements' | 'calendar' | 'current'>, today: Day): Rules {
  return {
    requirements: library.requirements,
    calendar: library.calendar,
    today,
    targets: {
      exists: (kind, slug) => library.current(kind, slug) !== undefined,
      lawfulKinds: (slug) => library.current('pledge', slug)?.meta.kinds,
    },
  }
}
