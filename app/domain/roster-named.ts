import type { EngagementFacts } from './audience'
import { OPEN_DAY } from './calendar'
import type { RosterDecision } from './roster-diff'
import type { EngagementPlan, Register } from './roster-state'

/** Who is somebody's 上長, head of a unit or contact of a company by a change: what they are asked for may change with the rows of others. */

type Change = Pick<RosterDecision, 'people' | 'appointments'>
type Held = NonNullable<EngagementFacts['roles']>

const reports = (versions: EngagementPlan['after']['versions']) => versions.filter(({ attrs }) => attrs.supervisor !== '').map(({ from, to, attrs }) => `${attrs.supervisor} ${from} ${to}`)

/** The numbers to which a change gives, or from which it takes, people who report, a unit or a company. */
export function numbersNamed({ people, appointments }: Change, register: Pick<Register, 'engagements'>): Set<string> {
  const named = new Set(appointments.flatMap(({ open, close }) => [...(open === null ? [] : [open]), ...close.map(({ number }) => number)]))
  for (const plan of people.flatMap(({ plans }) => plans)) {
    const before = plan.id === null ? [] : reports(register.engagements.get(plan.number)?.find(({ id }) => id === plan.id)?.versions ?? [])
    const after = reports(plan.after.versions)
    for (const one of [...before.filter((had) => !after.includes(had)), ...after.filter((has) => !before.includes(has))]) named.add(one.slice(0, one.lastIndexOf(' ', one.lastIndexOf(' ') - 1)))
  }
  return named
}

/** The roles after a change of those whom it writes, from those they hold now; people who no longer report to somebody are still counted. */
export function rolesAfter({ people, appointments }: Change, heldNow: ReadonlyMap<string, Held>): (plan: EngagementPlan) => Held {
  const given = new Map<string, Held[number][]>()
  const add = (number: string, one: Held[number]) => given.set(number, [...(given.get(number) ?? []), one])
  for (const plan of people.flatMap(({ plans }) => plans)) for (const { from, to, attrs } of plan.after.versions) if (attrs.supervisor !== '') add(attrs.supervisor, { role: 'manager', from, to })
  for (const { role, open, on } of appointments) if (open !== null) add(open, { role: role === 'unitHead' ? 'manager' : role, from: on, to: OPEN_DAY })
  return ({ id, number }) => [...((id !== null && heldNow.get(id)) || []), ...(given.get(number) ?? [])]
}
