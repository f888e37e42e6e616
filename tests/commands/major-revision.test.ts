import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { continuePlanning, planAssignments } from '../../app/commands/plan-assignments.server'
import { publishContent } from '../../app/commands/publish-content.server'
import { draftStamp, publishEdition } from '../../app/commands/publish-edition.server'
import { differenceOf } from '../../app/content/difference.server'
import { findDraft, listDrafts } from '../../app/content/drafts.server'
import { moduleInUse } from '../../app/content/in-use.server'
import { readersOf } from '../../app/content/preview.server'
import { findEdition } from '../../app/content/editions.server'
import { newSeals } from '../../app/content/seal.server'
import { loadLibrary, type Library } from '../../app/content/library.server'
import { startOf, type Day } from '../../app/domain/calendar'
import * as home from '../../app/routes/learn/home'
import * as records from '../../app/routes/learn/records'
import * as recordsAll from '../../app/routes/learn/records-all'
import { insertRows, inTransaction } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

/** The worked example of issue §1: the draft that ships, published on its day as 法改正 with the 差分 D1. */
const folder = mkdtempSync(join(tmpdir(), 'shuhi-'))
afterAll(() => rmSync(folder, { recursive: true }))
const REASON = '公益通報を妨げる約束が無効になり、罰の呼び名の説明が加わりました。'
const load = (): Library => {
  const loaded = loadLibrary(folder)
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return loaded.library
}

onBothEngines('the change of law of 2026-12-01, as it ships', (engine) => {
  let world: World
  let library: Library
  let [chief, finished, begun, untouched]: TestPerson[] = []
  beforeAll(async () => {
    cpSync('content', folder, { recursive: true })
    world = await World.make(engine)
    library = world.app.library = load()
    await publishContent(world.systemContext())
    world.now = startOf('2026-12-01') + 10 * 3_600_000
    ;[chief, finished, begun, untouched] = [await world.addPerson({ role: 'chief', kind: 'officer' }), await world.addPerson({ kind: 'partTime' }), await world.addPerson(), await world.addPerson({ kind: 'regular' })]
    await planAssignments(world.systemContext(), 'all')
    await finish(finished!, '2026-11-10')
    await world.db.insertInto('page_shown').values({ assignment_id: await duty(begun!), version: '1.0', track: 'ja', page: 'promises', rendered_sha256: 'x', first_at: 1, last_at: 2, seconds: 3 }).execute()
  }, 120_000)
  const duty = async (person: TestPerson) => (await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', person.engagementId).where('target_slug', '=', 'M01').where('settled_as', 'is', null).executeTakeFirstOrThrow()).id
  const finish = async (person: TestPerson, on: Day) => {
    const id = await duty(person)
    await inTransaction(world.db, async (tx) => {
      await tx.updateTable('assignment').set({ settled_at: startOf(on) + 1000, settled_as: 'completed' }).where('id', '=', id).execute()
      await insertRows(tx, 'completion', [{ id: world.app.newId(), assignment_id: id, attempt_id: null, content_version: '1.0', bank_version: '1.0', rendered_sha256: 'x', completed_at: startOf(on) + 1000, minutes: 30, route: 'screen', scan_sha256: null, entered_by: null, approved_by: null, settle_slot: 1 }])
    })
  }
  const given = async (person: TestPerson) => (await world.db.selectFrom('assignment').select(['target_slug', 'period', 'due_on']).where('engagement_id', '=', person.engagementId).where('period', 'like', 'rev-%').execute()).map((one) => `${one.target_slug} ${one.period} ${one.due_on}`)
  /** The version that somebody reads. */
  const reads = async (person: TestPerson) => {
    const id = await duty(person)
    const pages = (await world.db.selectFrom('page_shown').select(['version', 'page', 'last_at']).where('assignment_id', '=', id).execute()).map(({ version, page, last_at: lastAt }) => ({ version, page, lastAt }))
    return moduleInUse(library, 'M01', pages)!.meta.version
  }

  it('is a draft in the folder, whole in every track, which the command line leaves one', async () => {
    expect(listDrafts(library).map(({ slug, number }) => `${slug} ${number}`)).toEqual(['M01 2.0'])
    const draft = findDraft(library, 'module', 'M01', '2.0')!
    expect(draft.errors).toEqual([])
    const [before, after] = [library.shelf.get('module', 'M01', '1.0')!, draft.read!]
    for (const track of ['ja', 'ja-easy', 'en']) {
      const parts = differenceOf(before, after, track, readersOf(library, findEdition(library, 'module', 'M01', '2.0')!))
      expect(parts.map(({ id, state }) => `${id} ${state}`), track).toEqual(['facts changed', 'page promises changed', 'page after changed', 'question M01-036 new', 'question M01-037 new', 'question M01-038 new'])
      expect(parts[0]!.paragraphs.flat().map((piece) => ('is' in piece ? piece.is : piece.same)).join('')).toContain('法令の時点 2026-12-01')
    }
    expect(library.folder.parts.flatMap(newSeals), 'the command line leaves it one').toEqual([])
    expect(load().current('module', 'M01')!.meta.version).toBe('1.0')
  })

  it('gives D1 to who finished the old text this year, the new text to who has not begun, and says why', async () => {
    const context = await world.contextOf(chief!)
    const wish = { kind: 'module' as const, slug: 'M01', version: '2.0', impact: 'law' as const, gives: 'unit' as const, unit: 'D1', reason: REASON, typed: 'M01 2.0', stamp: draftStamp(findDraft(library, 'module', 'M01', '2.0')!) }
    expect(await publishEdition(context, wish)).toEqual({ published: true })
    await continuePlanning(world.systemContext())
    expect(await Promise.all([finished!, begun!, untouched!].map(given))).toEqual([['D1 rev-M01-2.0 2026-12-15'], [], []])
    expect(await Promise.all([begun!, untouched!].map(reads))).toEqual(['1.0', '2.0'])

    const seen = await home.loader(world.args(world.request('/', finished!)))
    const { hint } = seen.open.find(({ title }) => title.startsWith('法律が変わりました'))!
    expect(hint).toMatch(/^なぜ：法律が変わったため、.*「?通信の秘密.*は2026年12月1日から第2\.0版です。前の版で終えた方に、変わったところをお願いしています。/)
    expect(hint).toContain(REASON)
    const own = await records.loader(world.args(world.request('/records', finished!)))
    expect(own.trainings.rows.filter((row) => row.why !== '').map((row) => [row.title, row.why])).toEqual([[expect.stringContaining('拘禁刑'), expect.stringContaining(REASON)]])
    const all = await recordsAll.loader(world.args(world.request('/records/all', finished!)))
    expect(JSON.stringify(all.sections['割当と修了'])).toContain('2026年12月1日から第2.0版')
    expect((await home.loader(world.args(world.request('/', untouched!)))).open.map(({ hint }) => hint).join('')).not.toContain('なぜ')
  })

  it('gives it too to who finishes the old text afterwards', async () => {
    await finish(begun!, '2026-12-02')
    world.now = startOf('2026-12-03') + 10 * 3_600_000
    await planAssignments(world.systemContext(), 'all')
    expect(await given(begun!)).toEqual(['D1 rev-M01-2.0 2026-12-16'])
  })
})
