import { beforeAll, expect, it } from 'vitest'
import { inTransaction, insertRows } from '../../db/database.server'
import { recordEvidence } from '../../app/commands/evidence.server'
import { countConcerned, recordContentFiles, recordReviews } from '../../db/content.server'
import { countByVersion, countTaughtOld, listFirstReleases, listReleaseTimes, listReviewers, listReviews, listTaughtOld } from '../../db/library.server'
import type { ContentKind } from '../../db/schema'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const TODAY = '2026-11-20'
const OLD = [{ slug: 'M01', version: '1.0' }, { slug: 'M02', version: '1.0' }]
const SINCE = [{ slug: 'M01', version: '1.1' }]

onBothEngines('texts and who met them', (engine) => {
  let world: World
  const people = new Map<string, TestPerson>()
  const complete = async (person: TestPerson, slug: string, version: string, { period = 'entry', slot = 1, kind = 'module' }: { period?: string; slot?: 1 | null; kind?: 'module' | 'pledge' } = {}) => {
    const id = await world.addAssignment(person, { kind, slug, period })
    await inTransaction(world.db, async (tx) => {
      await insertRows(tx, 'completion', [{ id: world.app.newId(), assignment_id: id, attempt_id: null, content_version: version, bank_version: null, rendered_sha256: 'x', completed_at: 1, minutes: 5, route: 'screen', scan_sha256: null, entered_by: null, approved_by: null, settle_slot: slot }])
      await tx.updateTable('assignment').set({ settled_at: 1, settled_as: 'completed' }).where('id', '=', id).execute()
    })
  }
  const add = async (name: string, given: Parameters<World['addPerson']>[0] = {}) => {
    const person = await world.addPerson({ ...given, name })
    people.set(name, person)
    return person
  }
  const named = (rows: readonly { engagementId: string }[]) => rows.map(({ engagementId }) => [...people].find(([, person]) => person.engagementId === engagementId)![0])

  beforeAll(async () => {
    world = await World.make(engine, [])
    await world.addCompany('C1', '青葉設備', 'contractor')
    await complete(await add('前の版'), 'M01', '1.0')
    await complete(people.get('前の版')!, 'M01', '1.0', { period: 'FY2026' })
    await complete(await add('両方の版'), 'M01', '1.0')
    await complete(people.get('両方の版')!, 'M01', '1.1', { period: 'FY2026' })
    await complete(await add('新しい版は数えない'), 'M02', '1.0')
    await complete(people.get('新しい版は数えない')!, 'M01', '1.1', { period: 'FY2026', slot: null })
    await complete(await add('前の版は数えない'), 'M01', '1.0', { slot: null })
    await complete(await add('教材でない'), 'M01', '1.0', { kind: 'pledge' })
    await complete(await add('ほかの組合せ'), 'M02', '1.1')
    await complete(await add('今日まで', { to: '2026-11-21' }), 'M01', '1.0')
    await complete(await add('退職', { to: TODAY }), 'M01', '1.0')
    await complete(await add('明日から', { from: '2026-11-21' }), 'M01', '1.0')
    await complete(await add('委託先の人', { kind: 'contractorWorker', company: 'C1' }), 'M01', '1.0')
    await add('まだ')
  })

  it('counts everybody once by the version that counts', async () => {
    const counted = async (of?: { kind: ContentKind; slug: string }) => [...await countByVersion(world.db, of)].filter(([key]) => !key.startsWith('notice')).map(([key, count]) => `${key} ${count}`).sort()
    const modules = ['module M01 1.0 6', 'module M01 1.1 1', 'module M02 1.0 1', 'module M02 1.1 1']
    expect(await counted()).toEqual([...modules, 'pledge M01 1.0 1'])
    expect((await counted({ kind: 'module', slug: 'M02' }))).toEqual(['module M02 1.0 1', 'module M02 1.1 1'])
    expect([await counted({ kind: 'pledge', slug: 'M01' }), await counted({ kind: 'notice', slug: 'purpose' })]).toEqual([[], []])
    await world.db.updateTable('account').set({ notice_version: null }).execute()
    for (const name of ['前の版', 'まだ']) await world.db.updateTable('account').set({ notice_version: '1.0' }).where('id', '=', people.get(name)!.accountId).execute()
    expect([...await countByVersion(world.db, { kind: 'notice', slug: 'purpose' })]).toEqual([['notice purpose 1.0', 2]])
  })

  it('names whoever finished an old version and none since, while they are there or to come', async () => {
    const all = ['前の版', '新しい版は数えない', '今日まで', '明日から', '委託先の人']
    const found = await listTaughtOld(world.db, OLD, SINCE, { after: '', limit: 20, today: TODAY })
    expect(named(found)).toEqual(all)
    expect(found.at(-1)).toMatchObject({ name: null, company: '青葉設備', isElsewhere: true })
    expect(found[0]).toMatchObject({ name: '前の版', isElsewhere: false })
    const paged: string[] = []
    for (let after = '', turn = 0; turn < 9; turn++) {
      const [one] = await listTaughtOld(world.db, OLD, SINCE, { after, limit: 1, today: TODAY })
      if (!one) break
      paged.push(...named([one]))
      after = one.key
    }
    expect(paged).toEqual(all)
    const counts = await countTaughtOld(world.db, OLD, SINCE, TODAY)
    expect(counts.map(({ kind, company, people: many, of }) => [kind, company, many, of])).toEqual([['contractorWorker', '青葉設備', 1, 1], ['regular', 'サンプル通信株式会社', 4, 9]])
    expect(named(await listTaughtOld(world.db, OLD, [], { after: '', limit: 20, today: TODAY }))).toContain('両方の版')
    expect([await listTaughtOld(world.db, [], SINCE, { after: '', limit: 20, today: TODAY }), await countTaughtOld(world.db, [], SINCE, TODAY)]).toEqual([[], []])
  })

  it('counts whom a new version concerns: of a text, by 雇用形態, each where they stand', async () => {
    const read = (id: string) => world.db.insertInto('page_shown').values({ assignment_id: id, version: '1.0', track: 'ja', page: 'p', rendered_sha256: 'x', first_at: 1, last_at: 2, seconds: 3 }).execute()
    for (const [at, person] of [await add('途中'), await add('未着手'), await add('明日退職', { to: '2026-11-21' }), await add('もういない', { to: TODAY })].entries()) {
      const id = await world.addAssignment(person, { kind: 'module', slug: 'M03' })
      if (at === 0) await read(id)
    }
    await complete(people.get('まだ')!, 'M03', '1.0')
    await complete(people.get('まだ')!, 'M03', '1.0', { period: 'FY2026' })
    await world.addAssignment(people.get('まだ')!, { kind: 'pledge', slug: 'M03' })
    await world.addAssignment(people.get('途中')!, { kind: 'certificate', slug: 'M03' })
    await world.addAssignment(people.get('委託先の人')!, { kind: 'module', slug: 'M03' })
    expect(await countConcerned(world.db, { kind: 'module', slug: 'M03' }, TODAY)).toEqual([{ kind: 'contractorWorker', completed: 0, begun: 0, todo: 1 }, { kind: 'regular', completed: 1, begun: 1, todo: 2 }])
    expect(await countConcerned(world.db, { kind: 'pledge', slug: 'M03' }, TODAY)).toEqual([{ kind: 'regular', completed: 0, begun: 0, todo: 2 }])
    expect(await countConcerned(world.db, { kind: 'module', slug: 'M09' }, TODAY)).toEqual([])
  })

  it('knows when a version, and when the first of its name, was published', async () => {
    const publish = (kind: ContentKind, version: string, track: string, at: number) => inTransaction(world.db, (tx) => recordContentFiles(tx, at, [{ kind, slug: 'Z1', version, track, sha256: 'x', bytes: new Uint8Array(), status: 'draft' }]))
    await publish('module', '1.1', 'ja', 9)
    await publish('module', '1.0', 'meta', 5)
    await publish('module', '1.0', 'ja', 3)
    await publish('pledge', '1.0', 'ja', 1)
    const times = await listReleaseTimes(world.db)
    expect([times.get('module Z1 1.0'), times.get('module Z1 1.1'), times.get('pledge Z1 1.0')]).toEqual([3, 9, 1])
    expect([(await listFirstReleases(world.db, 'module')).get('Z1'), (await listFirstReleases(world.db, 'pledge')).get('Z1'), (await listFirstReleases(world.db, 'notice')).get('Z1')]).toEqual([3, 1, undefined])
  })

  it('counts everybody once by the signature that counts: not one that was declined, taken back or of another pledge', async () => {
    const act = async (person: TestPerson, template: string, { period = 'entry', outcome = 'signed' as 'signed' | 'declined', slot = 1 as 1 | null, version = '1.0' } = {}) => {
      const assignment = await world.addAssignment(person, { kind: 'pledge', slug: template, period })
      await inTransaction(world.db, (tx) => insertRows(tx, 'pledge_act', [{
        id: world.app.newId(), assignment_id: assignment, outcome, template, version, track: 'ja', addressee_company_id: world.companyId(''), statement_sha256: 'x', pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: '', auth_method: 'password', credential_origin: 'initial', evidence_grade: 'screen',
        signed_at: 1, signed_at_text: '', address: '', agent: '', note: '', receipt: world.app.newId(), settle_slot: slot,
      }]))
    }
    const [twice, declined, back, other, newer] = await Promise.all(['2回', '辞退', '取消', 'ほかの誓約', '次の版'].map((name) => world.addPerson({ name })))
    await act(twice!, 'PLZ')
    await act(twice!, 'PLZ', { period: 'FY2026' })
    await act(declined!, 'PLZ', { outcome: 'declined' })
    await act(declined!, 'PLZ', { outcome: 'declined', slot: null, period: 'FY2026' })
    await act(back!, 'PLZ', { slot: null })
    await act(other!, 'PLY')
    await act(newer!, 'PLZ', { version: '1.1' })
    const counted = async (of?: { kind: ContentKind; slug: string }) => [...await countByVersion(world.db, of)].filter(([key]) => /PL[YZ]/.test(key)).map(([key, count]) => `${key} ${count}`).sort()
    expect(await counted()).toEqual(['pledge PLY 1.0 1', 'pledge PLZ 1.0 1', 'pledge PLZ 1.1 1'])
    expect(await counted({ kind: 'pledge', slug: 'PLZ' })).toEqual(['pledge PLZ 1.0 1', 'pledge PLZ 1.1 1'])
    expect(await counted({ kind: 'module', slug: 'PLZ' })).toEqual([])
  })

  it('tells what was said of one version, first to last, and who entered it', async () => {
    const say = (id: string, at: number, kind: ContentKind = 'module', version = '1.0', slug = 'Z2') => inTransaction(world.db, (tx) => recordReviews(tx, at, [{ id, kind, slug, version, status: id, by: '事務局', on: TODAY, note: '', entered: id }]))
    // neither the ids nor the order of entering are the order of time; at one moment the ids tell
    for (const [id, at] of [['r9', 1], ['r5', 3], ['r4', 3], ['r1', 2]] as const) await say(id, at)
    await say('r6', 1, 'pledge')
    await say('r7', 1, 'module', '1.1')
    await say('r8', 1, 'module', '1.0', 'Z3')
    expect((await listReviews(world.db, { kind: 'module', slug: 'Z2', version: '1.0' })).map(({ id }) => id)).toEqual(['r9', 'r1', 'r4', 'r5'])

    const [chief, colleague] = [people.get('前の版')!, people.get('まだ')!]
    const enter = (id: string, by: TestPerson | null, type: 'content.reviewed' | 'content.published' = 'content.reviewed') => inTransaction(world.db, async (tx) => recordEvidence(tx, by ? await world.contextOf(by) : world.systemContext(), { type, commandKey: `${type} ${id}`, payload: {} }))
    await enter('r9', chief)
    await enter('r1', colleague)
    await enter('r4', null)
    await enter('r5', chief, 'content.published')
    await enter('r8', chief)
    expect([...await listReviewers(world.db, ['r9', 'r1', 'r4', 'r5'])].sort()).toEqual([['r1', colleague.accountId], ['r9', chief.accountId]])
    expect([...await listReviewers(world.db, [])]).toEqual([])
  })
})
