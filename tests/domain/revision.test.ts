import { describe, expect, it } from 'vitest'
import type { EngagementFacts } from '../../app/domain/audience'
import { OPEN_DAY, startOf, type WorkCalendar } from '../../app/domain/calendar'
import type { ExistingAssignment, PlannedRequirement } from '../../app/domain/planning'
import { decideRevision, isOlder, isRevisionPeriod, periodOfRevision, revisionWant, slugOfRevision, type Revision } from '../../app/domain/revision'
import { yearAt } from '../../app/domain/wanted'
import { Workdays } from '../../app/domain/workdays'

const TODAY = '2026-11-20'
const calendar: WorkCalendar = { holidays: new Set(['2026-11-23']), fiscalYearStart: 4 }
const LAW: Revision = { slug: 'M01', version: '1.10', impact: 'law', gives: 'unit', unitSlug: 'U1', onDay: '2026-11-18' }
const asks = (more: Partial<PlannedRequirement> = {}): { requirement: PlannedRequirement } => ({ requirement: { id: 'r', version: 1, validFrom: '2024-04-01', audience: { kinds: ['regular'] }, target: { kind: 'module', slug: 'M01' }, when: { on: 'start', businessDays: 0 }, ...more } })
const person = (...versions: readonly { from: string; to: string; kind: 'regular' | 'officer' }[]): EngagementFacts => ({ engagementId: 'e', companyKind: 'own', versions: versions.map((one) => ({ ...one, unitCodes: [] })), scopes: [], leaves: [] })
const ALWAYS = { from: '2024-04-01', to: OPEN_DAY, kind: 'regular' } as const
const had = (more: Partial<ExistingAssignment> = {}): ExistingAssignment => ({ id: 'a', kind: 'module', slug: 'M01', period: 'entry', opens: '2026-04-01', due: '2026-04-30', createdAt: startOf('2026-04-01'), settledAs: 'completed', settledOn: '2026-05-01', version: '1.9', touched: true, causes: ['r'], ...more })
/** In the middle of a version, or not begun. */
const open = (more: Partial<ExistingAssignment> = {}) => had({ settledAs: null, settledOn: null, version: undefined as never, period: 'FY2026', ...more })

describe('what a revision gives an engagement (A19, A20)', () => {
  const given = ({ revision = {}, facts = person(ALWAYS), inForce = [asks()], has = ['M01', 'U1'], existing = [had()] }: { revision?: Partial<Revision>; facts?: EngagementFacts; inForce?: { requirement: PlannedRequirement }[]; has?: string[]; existing?: ExistingAssignment[] } = {}) => {
    const want = revisionWant({ ...LAW, ...revision }, facts, { targets: { hasModule: (slug) => has.includes(slug), lawfulKinds: () => undefined }, days: new Workdays(calendar), calendar, year: yearAt(TODAY, calendar), today: TODAY, inForce }, existing)
    return want && `${want.kind} ${want.slug} ${want.period} ${want.opens} ${want.due}`
  }
  const UNIT = 'module U1 rev-M01-1.10 2026-11-18 2026-12-03'

  it('is the 差分, or the whole again, from the day of the announcement, with ten 営業日; 軽微 gives nothing, and nothing is given before its day', () => {
    expect([given(), given({ revision: { gives: 'whole', unitSlug: '' }, has: ['M01'] })]).toEqual([UNIT, 'module M01 rev-M01-1.10 2026-11-18 2026-12-03'])
    expect([given({ revision: { gives: 'none' } }), given({ revision: { onDay: '2026-11-21' } }), given({ has: ['M01'] }), given({ revision: { gives: 'whole' }, has: ['U1'] })]).toEqual([undefined, undefined, undefined, undefined])
    expect(given({ revision: { onDay: TODAY } })).toBe('module U1 rev-M01-1.10 2026-11-20 2026-12-07')
  })

  it('reaches whoever is asked for this module today: not for another, not as a pledge, not from tomorrow on or until yesterday', () => {
    for (const inForce of [[], [asks({ target: { kind: 'module', slug: 'M02' } })], [asks({ target: { kind: 'pledge', slug: 'M01' } })]]) expect(given({ inForce })).toBeUndefined()
    expect(given({ inForce: [asks({ target: { kind: 'module', slug: 'M02' } }), asks()] })).toBe(UNIT)
    expect([given({ facts: person({ ...ALWAYS, from: TODAY }) }), given({ facts: person({ ...ALWAYS, from: '2026-11-21' }) }), given({ facts: person({ ...ALWAYS, to: '2026-11-21' }) }), given({ facts: person({ ...ALWAYS, to: TODAY }) }), given({ facts: person({ ...ALWAYS, kind: 'officer' }) })]).toEqual([UNIT, undefined, UNIT, undefined, undefined])
  })

  it('is given for an older version finished since the year of the announcement began, from the first such day where that is later', () => {
    expect([given({ existing: [had({ settledOn: '2026-04-01' })] }), given({ existing: [had({ settledOn: '2026-03-31' })] })]).toEqual([UNIT, undefined])
    for (const one of [had({ slug: 'M02' }), had({ kind: 'pledge' }), had({ version: '1.10' }), had({ version: undefined as never }), had({ settledAs: 'exempted' }), had({ settledAs: 'declined' }), had({ settledAs: 'ended' }), had({ settledAs: 'withdrawn' })]) expect(given({ existing: [one] }), JSON.stringify(one)).toBeUndefined()
    expect(given({ existing: [had({ settledOn: '2026-11-20', period: 'FY2026' }), had({ settledOn: '2026-11-19' })] })).toBe('module U1 rev-M01-1.10 2026-11-19 2026-12-04')
    // what is open of another module, or was taken back, holds nothing up
    expect([given({ existing: [had(), open({ slug: 'M02' })] }), given({ existing: [had(), open({ kind: 'pledge' })] })]).toEqual([UNIT, UNIT])
  })

  it('is not given to whoever has the module open, or has finished the new version; what was given stays given', () => {
    expect([given({ existing: [had(), open()] }), given({ existing: [had(), had({ period: 'FY2026', version: '1.10' })] }), given({ existing: [had(), had({ period: 'FY2026', version: '1.11' })] })]).toEqual([undefined, undefined, undefined])
    expect([given({ existing: [had(), had({ period: 'FY2026', version: undefined as never })] }), given({ existing: [had(), had({ period: 'FY2026', settledAs: 'exempted', version: '1.10' })] })]).toEqual([UNIT, UNIT])
    const unit = had({ slug: 'U1', period: 'rev-M01-1.10', settledAs: null, settledOn: null })
    expect(given({ existing: [had(), open(), unit] })).toBe(UNIT)
    for (const other of [{ settledAs: 'withdrawn' }, { kind: 'pledge' }, { slug: 'U2' }, { period: 'entry' }] as const) expect(given({ existing: [had(), open(), { ...unit, ...other }] }), JSON.stringify(other)).toBeUndefined()
    expect(given({ existing: [had({ version: '1.10' }), unit] })).toBeUndefined()
    // the whole again, once it is done in the new version, is not what keeps it from being given
    expect(given({ revision: { gives: 'whole', unitSlug: '' }, existing: [had(), had({ period: 'rev-M01-1.10', version: '1.10', settledOn: '2026-11-19' })] })).toBe('module M01 rev-M01-1.10 2026-11-18 2026-12-03')
  })
})

it('has a period of its own for each version of a module, from which the module is read again', () => {
  for (const slug of ['M01', 'M09-S']) expect(slugOfRevision(periodOfRevision({ slug, version: '1.10' }))).toBe(slug)
  expect([periodOfRevision(LAW), 'entry', 'FY2026'].map(isRevisionPeriod)).toEqual([true, false, false])
})

it('tells the older version by its numbers', () => {
  const older = [['1.9', '1.10'], ['1.0', '2.0'], ['1.10', '2.0'], ['1', '1.1'], ['9.9', '10.0']] as const
  for (const [a, b] of older) expect([isOlder(a, b), isOlder(b, a), isOlder(a, a)], `${a} ${b}`).toEqual([true, false, false])
  expect(isOlder('1', '1.0')).toBe(false)
})

it('is announced with a reason that everybody can read whole', () => {
  const decide = (reason: string) => decideRevision({ ...LAW, reason }, { current: '1.10', older: true, unitExists: true })?.refused
  expect([decide('葛󠄀'.repeat(100)), decide(`${'あ'.repeat(200)} `), decide('あ'.repeat(201)), decide(' ')]).toEqual([undefined, undefined, 'revisionReason', 'revisionReason'])
})
