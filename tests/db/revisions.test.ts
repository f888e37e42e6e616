import { beforeAll, expect, it } from 'vitest'
import { startOf, type Day } from '../../app/domain/calendar'
import type { ExistingAssignment } from '../../app/domain/planning'
import { inTransaction, insertRows } from '../../db/database.server'
import { countForRevision, isAnnounced, listRevisions, listRevisionsThatGive } from '../../db/revisions.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const TODAY = '2026-11-20'
const OF = { slug: 'M01', version: '1.10', since: '2026-04-01', today: TODAY }

onBothEngines('whom a new version concerns (A19)', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine, [])
  })
  const give = (person: TestPerson, slug = 'M01', period = 'entry', kind: 'module' | 'pledge' = 'module') => world.addAssignment(person, { kind, slug, period })
  const settle = (id: string, version: string, on: Day, { as = 'completed', slot = 1 }: { as?: NonNullable<ExistingAssignment['settledAs']>; slot?: 1 | null } = {}) => inTransaction(world.db, async (tx) => {
    await tx.updateTable('assignment').set({ settled_at: startOf(on), settled_as: as }).where('id', '=', id).execute()
    await insertRows(tx, 'completion', [{ id: world.app.newId(), assignment_id: id, attempt_id: null, content_version: version, bank_version: null, rendered_sha256: 'x', completed_at: startOf(on), minutes: 30, route: 'screen', scan_sha256: null, entered_by: null, approved_by: null, settle_slot: slot }])
  })
  const read = (id: string, version: string) => world.db.insertInto('page_shown').values({ assignment_id: id, version, track: 'ja', page: 'p', rendered_sha256: 'x', first_at: 1, last_at: 2, seconds: 3 }).execute()
  const counted = async () => (await countForRevision(world.db, OF)).map(({ kind, finished, begun, untouched }) => `${kind} ${finished} ${begun} ${untouched}`)
  let before = { finished: 0, begun: 0, untouched: 0 }
  /** What one more person changes in the counts. */
  const adds = async (of: Parameters<World['addPerson']>[0], how: (person: TestPerson) => Promise<unknown>) => {
    await how(await world.addPerson(of))
    const after = (await countForRevision(world.db, OF)).reduce((all, one) => ({ finished: all.finished + one.finished, begun: all.begun + one.begun, untouched: all.untouched + one.untouched }), { finished: 0, begun: 0, untouched: 0 })
    const more = (['finished', 'begun', 'untouched'] as const).flatMap((place) => (after[place] === before[place] ? [] : `${place} ${after[place] - before[place]}`)).join()
    before = after
    return more
  }

  it('counts nobody while nobody has met the module', async () => {
    await world.addPerson()
    expect(await counted()).toEqual([])
  })

  it('counts each person in force once, where the person stands with this module and its older versions', async () => {
    const done = (version: string, on: Day = '2026-05-01', more?: Parameters<typeof settle>[3]) => async (person: TestPerson) => settle(await give(person), version, on, more)
    const cases: readonly [string, Parameters<World['addPerson']>[0], (person: TestPerson) => Promise<unknown>, string][] = [
      ['finished an older version', {}, done('1.9'), 'finished 1'],
      ['on the first day of the year', {}, done('1.9', '2026-04-01'), 'finished 1'],
      ['before it', {}, done('1.9', '2026-03-31'), ''],
      ['finished the new version', {}, done('1.10'), ''],
      ['finished both', {}, async (person) => { await settle(await give(person), '1.9', '2026-05-01'); await settle(await give(person, 'M01', 'FY2026'), '1.10', '2026-06-01') }, ''],
      ['finished twice in older versions', {}, async (person) => { await settle(await give(person), '1.8', '2026-05-01'); await settle(await give(person, 'M01', 'FY2026'), '1.9', '2026-06-01') }, 'finished 1'],
      ['ended, not finished', {}, done('1.9', '2026-05-01', { as: 'ended' }), ''],
      ['a completion that does not count', {}, done('1.9', '2026-05-01', { slot: null }), ''],
      ['finished another module', {}, async (person) => settle(await give(person, 'M02'), '1.9', '2026-05-01'), ''],
      ['something else of the same name', {}, async (person) => settle(await give(person, 'M01', 'entry', 'pledge'), '1.9', '2026-05-01'), ''],
      ['in the middle of an older version', {}, async (person) => read(await give(person), '1.9'), 'begun 1'],
      ['finished one, and in the middle of the next', {}, async (person) => { await settle(await give(person), '1.9', '2026-05-01'); await read(await give(person, 'M01', 'FY2026'), '1.9') }, 'begun 1'],
      ['has read the new version', {}, async (person) => read(await give(person), '1.10'), 'untouched 1'],
      ['has not begun', {}, (person) => give(person), 'untouched 1'],
      ['has not begun twice', {}, async (person) => { await give(person); await give(person, 'M01', 'FY2026') }, 'untouched 1'],
      ['has another module open', {}, async (person) => read(await give(person, 'M02'), '1.9'), ''],
      ['has a pledge of the same name open', {}, async (person) => read(await give(person, 'M01', 'entry', 'pledge'), '1.9'), ''],
      ['begins today', { from: TODAY }, (person) => give(person), 'untouched 1'],
      ['begins tomorrow', { from: '2026-11-21' }, (person) => give(person), ''],
      ['leaves today', { to: '2026-11-21' }, (person) => give(person), 'untouched 1'],
      ['has left', { to: TODAY }, (person) => give(person), ''],
    ]
    for (const [who, of, how, expected] of cases) expect(await adds(of, how), who).toBe(expected)
    await give(await world.addPerson({ kind: 'officer' }))
    expect(await counted()).toEqual(['officer 0 0 1', 'regular 3 2 5'])
  })

  it('keeps what was announced: once a version, the newest first, and of each only what gives something is planned', async () => {
    const announce = (slug: string, version: string, gives: 'none' | 'unit') => world.db.insertInto('content_revision').values({ id: world.app.newId(), slug, version, impact: gives === 'none' ? 'minor' : 'law', gives, unit_slug: gives === 'none' ? '' : 'U1', reason: 'x', on_day: TODAY, at: 1, announced_by: null }).execute()
    for (const [slug, version, gives] of [['M01', '1.9', 'unit'], ['M02', '2.0', 'none'], ['M01', '1.10', 'unit']] as const) await announce(slug, version, gives)
    expect([await isAnnounced(world.db, 'M01', '1.9'), await isAnnounced(world.db, 'M01', '2.0'), await isAnnounced(world.db, 'M02', '1.9')]).toEqual([true, false, false])
    const names = (rows: readonly { slug: string; version: string }[]) => rows.map(({ slug, version }) => `${slug} ${version}`)
    expect(names(await listRevisionsThatGive(world.db))).toEqual(['M01 1.9', 'M01 1.10'])
    expect([names(await listRevisions(world.db)), names(await listRevisions(world.db, ['M01'])), names(await listRevisions(world.db, []))]).toEqual([['M01 1.10', 'M02 2.0', 'M01 1.9'], ['M01 1.10', 'M01 1.9'], []])
    await expect(announce('M01', '1.9', 'none')).rejects.toThrow()
  })
})
