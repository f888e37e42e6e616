import type { Day } from '../domain/calendar'
import type { Rules } from '../domain/planning'
import { needsAgreement } from '../domain/pledge-clauses'
import type { Library } from './library.server'

const made = new WeakMap<object, Rules>()

/** What planning decides by on a day: the requirements, the texts that there are, and for whom each pledge is lawful. The same as long as library and day are. */
export function planningRules(library: Pick<Library, 'requirements' | 'calendar' | 'current'>, today: Day): Rules {
  const known = made.get(library)
  if (known?.today === today) return known
  const rules: Rules = {
    requirements: library.requirements,
    calendar: library.calendar,
    today,
    targets: {
      hasModule: (slug) => library.current('module', slug) !== undefined,
      lawfulKinds: (slug) => {
        const text = library.current('pledge', slug)
        // a 確認書 towards the 派遣先 is never planned: it is handed out where the 派遣元 has agreed (commands/hand-out-confirmation)
        return text && (needsAgreement(text.meta) ? [] : text.meta.kinds)
      },
    },
  }
  made.set(library, rules)
  return rules
}
