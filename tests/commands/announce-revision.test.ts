import { beforeEach, expect, it } from 'vitest'
import { announceRevision, previewRevision, type AskedRevision } from '../../app/commands/announce-revision.server'
import { continuePlanning, planAssignments } from '../../app/commands/plan-assignments.server'
import type { Requirement } from '../../app/content/schema'
import type { SignedInContext } from '../../app/context'
import { OPEN_INSTANT, startOf, type Day } from '../../app/domain/calendar'
import { insertRows, inTransaction } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const rule: Requirement = { id: 'm', version: 1, validFrom: '2024-04-01', title: 'm', audience: { kinds: ['regular', 'partTime'] }, target: { kind: 'module', slug: 'M01' }, when: { on: 'start', businessDays: 0 } }
// U1 stands for the 差分; the version that is in use counts as the new one
const LAW: AskedRevision = { slug: 'M01', version: '1.0', impact: 'law', gives: 'unit', unitSlug: 'U1', reason: '拘禁刑への改正により、罰則の説明が変わりました。' }

onBothEngines('announcing what a new version changes (A19, A20)', (engine) => {
  let world: World
  let chief: TestPerson
  let [finished, begun, untouched, current, longAgo]: TestPerson[] = []
  beforeEach(async () => {
    world = await World.make(engine, [rule])
    chief = await world.addPerson({ role: 'chief', kind: 'commissioned' })
    ;[finished, begun, untouched, current, longAgo] = [await world.addPerson(), await world.addPerson(), await world.addPerson({ kind: 'partTime' }), await world.addPerson(), await world.addPerson()]
    await planAssignments(world.systemContext(), 'all')
    await finish(finished!, '0.9', '2026-11-10')
    await read(begun!, '0.9')
    await finish(current!, '1.0', '2026-11-12')
    await finish(longAgo!, '0.9', '2026-03-31')
  })
  const duty = async (person: TestPerson) => (await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', person.engagementId).where('target_slug', '=', 'M01').executeTakeFirstOrThrow()).id
  const finish = async (person: TestPerson, version: string, on: Day) => {
    const id = await duty(person)
    await inTransaction(world.db, async (tx) => {
      await tx.updateTable('assignment').set({ settled_at: startOf(on) + 1000, settled_as: 'completed' }).where('id', '=', id).execute()
      await insertRows(tx, 'completion', [{ id: world.app.newId(), assignment_id: id, attempt_id: null, content_version: version, bank_version: null, rendered_sha256: 'x', completed_at: startOf(on) + 1000, minutes: 30, route: 'screen', scan_sha256: null, entered_by: null, approved_by: null, settle_slot: 1 }])
    })
  }
  const read = async (person: TestPerson, version: string) => world.db.insertInto('page_shown').values({ assignment_id: await duty(person), version, track: 'ja', page: 'p', rendered_sha256: 'x', first_at: 1, last_at: 2, seconds: 3 }).execute()
  const given = async () => (await world.db.selectFrom('assignment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select(['e.id', 'a.target_slug', 'a.period', 'a.opens_on', 'a.due_on', 'a.settled_as']).where('a.period', 'like', 'rev-%').orderBy('e.id').execute())
    .map((one) => `${[finished, begun, untouched, current, longAgo].findIndex((who) => who?.engagementId === one.id)} ${one.target_slug} ${one.period} ${one.opens_on} ${one.due_on} ${one.settled_as}`)
  const announce = (context: SignedInContext, asked: AskedRevision) => inTransaction(world.db, (tx) => announceRevision(tx, context, asked))
  const night = () => planAssignments(world.systemContext(), 'all')

  it('counts before it is announced, by kind: who finished, who is in the middle, who has not begun', async () => {
    expect(await previewRevision(await world.contextOf(chief), LAW)).toEqual({ counts: [{ kind: 'partTime', finished: 0, begun: 0, untouched: 1 }, { kind: 'regular', finished: 1, begun: 1, untouched: 0 }], people: { finished: 1, begun: 1, untouched: 1 } })
    expect(await world.db.selectFrom('content_revision').select('id').execute()).toEqual([])
  })

  it('is no first version to who has only begun an older one', async () => {
    for (const person of [finished!, longAgo!]) {
      await world.db.deleteFrom('completion').where('assignment_id', '=', await duty(person)).execute()
      await world.db.updateTable('assignment').set({ settled_at: OPEN_INSTANT, settled_as: null }).where('id', '=', await duty(person)).execute()
    }
    expect(await previewRevision(await world.contextOf(chief), LAW)).toMatchObject({ people: { finished: 0, begun: 1 } })
    await world.db.deleteFrom('page_shown').execute()
    expect(await previewRevision(await world.contextOf(chief), LAW)).toMatchObject({ refused: 'revisionIsFirst' })
  })

  it('gives the 差分 to who finished an older version this year, and to nobody else; what was finished stays', async () => {
    const announced = await announce(await world.contextOf(chief), LAW)
    expect(announced).toMatchObject({ people: { finished: 1 } })
    expect(await given()).toEqual([])
    await continuePlanning(world.systemContext())
    expect(await given()).toEqual(['0 U1 rev-M01-1.0 2026-11-20 2026-12-07 null'])
    expect((await world.db.selectFrom('assignment').select('settled_as').where('engagement_id', '=', finished!.engagementId).where('target_slug', '=', 'M01').executeTakeFirstOrThrow()).settled_as).toBe('completed')
    expect(await world.db.selectFrom('assignment_cause').select('requirement_id').where('requirement_id', 'like', 'rev-%').execute()).toEqual([{ requirement_id: 'rev-M01-1.0' }])
    expect(Object.values(await night()).every((count) => count === 0)).toBe(true)
    expect((await world.db.selectFrom('ledger_entry').select('type').where('type', '=', 'content.revised').execute())).toHaveLength(1)
    expect(await announce(await world.contextOf(chief), LAW)).toMatchObject({ refused: 'revisionAnnounced' })
  })

  it('who is in the middle finishes the older version and is given the 差分 then; who begins later reads the new one', async () => {
    await announce(await world.contextOf(chief), LAW)
    await continuePlanning(world.systemContext())
    await finish(begun!, '0.9', '2026-11-24')
    await finish(untouched!, '1.0', '2026-11-24')
    world.now = startOf('2026-11-25') + 3_600_000
    await night()
    expect(await given()).toEqual(['0 U1 rev-M01-1.0 2026-11-20 2026-12-07 null', '1 U1 rev-M01-1.0 2026-11-24 2026-12-08 null'])
  })

  it('stops for leave, ends with the engagement, and reaches nobody of whom the module is no longer asked', async () => {
    const rest = await world.addPerson({ kind: 'regular' })
    await night()
    await finish(rest, '0.9', '2026-11-10')
    await world.db.updateTable('engagement_version').set({ kind: 'officer' }).where('engagement_id', '=', rest.engagementId).execute()
    await world.db.insertInto('leave_period').values({ ...world.fact('2026-11-24', '2026-12-16'), engagement_id: finished!.engagementId, reason_code: 'parental' }).execute()
    await announce(await world.contextOf(chief), LAW)
    await continuePlanning(world.systemContext())
    expect(await given()).toEqual(['0 U1 rev-M01-1.0 2026-11-20 2027-01-05 null'])
    await world.db.updateTable('engagement_version').set({ valid_to: '2026-12-01' }).where('engagement_id', '=', finished!.engagementId).execute()
    world.now = startOf('2026-12-01') + 3_600_000
    await night()
    expect(await given()).toEqual(['0 U1 rev-M01-1.0 2026-11-20 2027-01-05 ended'])
  })

  it('gives the whole again, or nothing; only the 統括管理者 announces, and only what can be', async () => {
    const context = await world.contextOf(chief)
    expect(await announce(await world.contextOf(current!), LAW)).toMatchObject({ refused: 'notFound' })
    for (const [change, refused] of [
      [{ version: '2.0' }, 'revisionNotInUse'], [{ gives: 'none', unitSlug: '' }, 'revisionImpact'], [{ impact: 'minor' }, 'revisionImpact'], [{ unitSlug: 'M01' }, 'revisionUnit'], [{ unitSlug: 'ZZ' }, 'revisionUnit'], [{ gives: 'whole' }, 'revisionUnit'],
      [{ reason: ' ' }, 'revisionReason'], [{ reason: '長'.repeat(201) }, 'revisionReason'], [{ slug: 'M05' }, 'revisionIsFirst'],
    ] as const) expect(await previewRevision(context, { ...LAW, ...change }), JSON.stringify(change)).toMatchObject({ refused })
    await announce(context, { ...LAW, impact: 'major', gives: 'whole', unitSlug: '' })
    await continuePlanning(world.systemContext())
    expect(await given()).toEqual(['0 M01 rev-M01-1.0 2026-11-20 2026-12-07 null'])
    expect((await world.db.selectFrom('assignment').select('id').where('settled_at', '=', OPEN_INSTANT).where('period', 'like', 'rev-%').execute())).toHaveLength(1)
  })

  it('軽微 gives nothing and is kept', async () => {
    expect(await announce(await world.contextOf(chief), { ...LAW, impact: 'minor', gives: 'none', unitSlug: '' })).toMatchObject({ people: { finished: 1 } })
    expect(await continuePlanning(world.systemContext())).toEqual({ planned: 0 })
    expect([await given(), (await world.db.selectFrom('content_revision').select(['version', 'gives']).execute())]).toEqual([[], [{ version: '1.0', gives: 'none' }]])
  })
})
