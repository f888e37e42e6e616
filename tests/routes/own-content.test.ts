import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from '../../app/cli.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { publishContent, PublishedContentChanged } from '../../app/commands/publish-content.server'
import { draftStamp, publishEdition } from '../../app/commands/publish-edition.server'
import { findDraft } from '../../app/content/drafts.server'
import { loadLibrary, type Library } from '../../app/content/library.server'
import { MINUTE_MS } from '../../app/domain/calendar'
import { keyOf } from '../../app/domain/quiz'
import { action as nextPage, loader as page } from '../../app/routes/learn/page'
import { action as answer, loader as question } from '../../app/routes/learn/question'
import { action as handIn } from '../../app/routes/learn/review'
import * as law from '../../app/routes/program/law'
import * as list from '../../app/routes/program/library'
import * as preview from '../../app/routes/program/library-preview'
import * as version from '../../app/routes/program/library-version'
import * as requirements from '../../app/routes/program/requirements'
import * as sources from '../../app/routes/program/sources'
import * as system from '../../app/routes/system/system'
import { readSettings } from '../../app/settings.server'
import { findExistingAssignments } from '../../db/assignments.server'
import { writeContent } from '../support/content-fixture'
import { testLibrary, World, type TestPerson } from '../support/world'

const EXAMPLE = 'tests/content/own-example'
const placeOf = (answered: unknown) => (answered instanceof Response ? (answered.headers.get('Location') ?? '') : `no redirect ${JSON.stringify(answered)}`)
const caught = async (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown)

describe('an operator’s own folder in the product', () => {
  let world: World
  let [chief, learner]: TestPerson[] = []
  let own: string
  const library = () => world.app.library
  const load = (): Library => {
    const loaded = loadLibrary('content', own)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    return loaded.library
  }
  beforeAll(async () => {
    own = mkdtempSync(join(tmpdir(), 'shuhi-own-'))
    cpSync(EXAMPLE, own, { recursive: true })
    world = await World.make('SQLite', undefined, load)
    chief = await world.addPerson({ role: 'chief' })
    learner = await world.addPerson({ from: '2026-11-16' })
    await publishContent(world.systemContext())
    await planAssignments(world.systemContext(), [learner.engagementId])
  })
  afterAll(() => rmSync(own, { recursive: true, force: true }))
  const get = (person: TestPerson | undefined, path: string, params: Record<string, string> = {}) => world.args(world.request(path, person!), params)
  const post = (path: string, form: Record<string, string | string[]>, params: Record<string, string>) => world.args(world.request(path, learner!, form), params)

  it('asks for the own module, and teaches and examines it with the own words', async () => {
    const planned = (await findExistingAssignments(world.db, [learner!.engagementId])).get(learner!.engagementId)!
    const { id, causes } = planned.find(({ slug }) => slug === 'X01')!
    expect(causes).toEqual(['x-carry'])
    expect(planned.some(({ slug }) => slug === 'M01')).toBe(true)
    let place = `/learn/${id}/pages/1`
    for (const at of [1, 2]) {
      const params = { assignmentId: id, page: String(at) }
      const shown = await page(get(learner, place, params))
      expect(shown.html).toContain(at === 1 ? '通信情報取扱規程の' : '事故の受付(内線 7000、社外から 0120-000-700・24時間)')
      world.now += 2 * MINUTE_MS
      place = placeOf(await caught(nextPage(post(place, { sha256: shown.sha256, openedAt: String(shown.openedAt), active: '' }, params))))
    }
    while (/\/questions\/\d+$/.test(place)) {
      const [, attemptId, position] = /attempts\/([^/]+)\/questions\/(\d+)/.exec(place)! as unknown as [string, string, string]
      const shown = await question(get(learner, place, { attemptId, position }))
      const item = await world.db.selectFrom('attempt_item').select(['question_id', 'option_order']).where('attempt_id', '=', attemptId).where('position', '=', Number(position)).executeTakeFirstOrThrow()
      const options = item.option_order.split(',')
      const keys = keyOf(library().current('module', 'X01')!.bank.questions.find(({ id }) => id === item.question_id)!).split(',')
      const form: Record<string, string | string[]> = shown.question!.kind === 'order' ? Object.fromEntries(keys.map((key, at) => [`place.${options.indexOf(key) + 1}`, String(at + 1)])) : { answer: keys.map((key) => String(options.indexOf(key) + 1)) }
      if (shown.position === shown.total) form.last = '1'
      place = placeOf(await caught(answer(post(place, form, { attemptId, position }))))
    }
    const attemptId = /attempts\/([^/]+)/.exec(place)![1]!
    await caught(handIn(post(place, {}, { attemptId })))
    expect((await findExistingAssignments(world.db, [learner!.engagementId])).get(learner!.engagementId)!.find(({ slug }) => slug === 'X01')).toMatchObject({ settledAs: 'completed' })
  })

  it('is told apart from ours in the library, the requirements, the laws and the sources', async () => {
    const shown = await list.loader(get(chief, '/program/library'))
    expect(shown.hasOwn).toBe(true)
    expect(shown.editions.filter(({ origin }) => origin === 'own').map(({ slug, title, review }) => [slug, title, review])).toEqual([['X01', '貸与したスマートフォンの持ち出し', 'internal']])
    expect(shown.editions.find(({ slug }) => slug === 'M01')).toMatchObject({ origin: 'standard' })
    expect((await list.loader(get(chief, '/program/library?of=own'))).editions.map(({ slug }) => slug)).toEqual(['X01'])
    const address = { kind: 'module', slug: 'X01', version: '1.0' }
    expect(await version.loader(get(chief, '/program/library/module/X01/1.0', address))).toMatchObject({ whose: '自社の教材', state: 'current' })
    expect((await preview.loader(get(chief, '/program/library/module/X01/1.0/preview?page=lost', address))).html).toContain('事故の受付')
    const rules = (await requirements.loader(get(chief, '/program/requirements'))).requirements
    expect(rules.find(({ id }) => id === 'x-carry')).toMatchObject({ isOwn: true, state: 'inForce', held: { held: 1, completed: 1 } })
    expect(rules.find(({ id }) => id === 'entry-m01')).toMatchObject({ isOwn: false })
    const one = await law.loader(get(chief, '/program/laws/x-carry-guide', { lawId: 'x-carry-guide' }))
    expect(one.hanging.filter(({ part }) => part === 'section').map(({ slug, id }) => `${slug} ${id}`)).toEqual(['X01 carry', 'X01 lost'])
    const rows = await sources.loader(get(chief, `/program/sources?${new URLSearchParams({ seed: '端末持出しの手引き' })}`))
    expect(rows.rows.map(({ id, taught }) => `${id} ${taught[0]!.slug}`)).toEqual(['X-CARRY-3 X01', 'X-CARRY-7 X01'])
    expect(rows.seeds.map(({ words }) => words)).toContain('端末持出しの手引き')
    world.app.library = testLibrary()
    expect(await list.loader(get(chief, '/program/library'))).toMatchObject({ hasOwn: false })
    world.app.library = load()
    await publishContent(world.systemContext())
  })

  it('publishes a draft of the own folder in the product and writes in neither folder', async () => {
    const locks = ['content/published.lock', join(own, 'published.lock')].map((path) => readFileSync(path, 'utf8'))
    for (const name of ['module.yaml', 'ja.md', 'quiz.yaml']) writeContent(own, `modules/X01/1.1/${name}`, readFileSync(`${EXAMPLE}/modules/X01/1.0/${name}`, 'utf8').replace('version: "1.0"', 'version: "1.1"'))
    const draft = findDraft(library(), 'module', 'X01', '1.1')!
    expect([draft.folder, draft.errors]).toEqual([join(own, 'modules/X01/1.1'), []])
    const done = await publishEdition({ ...(await world.contextOf(chief!)), library: library() }, { kind: 'module', slug: 'X01', version: '1.1', impact: 'minor', gives: 'none', unit: '', reason: '言い回しを直しました。', typed: 'X01 1.1', stamp: draftStamp(draft) })
    expect(done).toEqual({ published: true })
    expect(library().current('module', 'X01')!.meta.version).toBe('1.1')
    expect(['content/published.lock', join(own, 'published.lock')].map((path) => readFileSync(path, 'utf8'))).toEqual(locks)
    expect(existsSync('content/modules/X01')).toBe(false)
    const restarted = load()
    await publishContent({ ...world.systemContext(), library: restarted })
    expect(restarted.current('module', 'X01')!.meta.version).toBe('1.1')
    writeContent(own, 'modules/X01/1.1/ja.md', `${readFileSync(`${EXAMPLE}/modules/X01/1.0/ja.md`, 'utf8')}\n`)
    await expect(publishContent({ ...world.systemContext(), library: load() })).rejects.toThrow(join(own, 'modules/X01/1.1/ja.md'))
    rmSync(join(own, 'modules/X01/1.1'), { recursive: true })
    const kept = load()
    await publishContent({ ...world.systemContext(), library: kept })
    expect(kept.current('module', 'X01')!.meta.version).toBe('1.1')
  })

  it('is compared with the disk where the administrator looks, and where a draft is judged by what was read', async () => {
    world.app.library = load()
    await publishContent(world.systemContext())
    const admin = await world.addPerson({ role: 'systemAdministrator' })
    const shown = async () => (await system.loader(get(admin, '/system'))).own
    const address = { kind: 'module', slug: 'X02', version: '1.0' }
    const draft = async () => version.loader(get(chief, '/program/library/module/X02/1.0', address))
    expect(await shown()).toMatchObject({ path: own, changed: [], errors: [] })
    for (const name of ['module.yaml', 'ja.md', 'quiz.yaml']) writeContent(own, `modules/X02/1.0/${name}`, readFileSync(`${EXAMPLE}/modules/X01/1.0/${name}`, 'utf8').replaceAll('X01', 'X02').replaceAll('x-carry-guide', 'x-new'))
    expect((await draft()).isOlder).toBe(false)
    const laws = readFileSync(join(own, 'laws.yaml'), 'utf8')
    writeContent(own, 'laws.yaml', `${laws}${laws.split('\n')[1]!.replace('x-carry-guide', 'x-new')}\n`)
    expect(await shown()).toMatchObject({ changed: [join(own, 'laws.yaml')], errors: [] })
    expect(await draft()).toMatchObject({ isOlder: true })
    const headline = async () => (await system.loader(get(admin, '/system'))).headline
    const [before, runs] = [await headline(), world.app.settings]
    expect(before).not.toMatch(/始められません/)
    writeContent(own, 'laws.yaml', `${laws}- law: [\n`)
    expect([await headline(), (await shown())!.errors.length]).toEqual([expect.stringMatching(/、次に始められません$/), 1])
    world.app.settings = { ...runs, smtpUrl: runs.smtpUrl ? undefined : 'smtp://127.0.0.1:9' }
    expect(await headline()).toMatch(/、次に始められません$/)
    world.app.settings = runs
    writeContent(own, 'laws.yaml', laws)
    expect(await headline()).toBe(before)
    rmSync(join(own, 'modules/X02'), { recursive: true })
    world.app.settings = { ...world.app.settings, demo: false }
    expect((await system.loader(get(admin, '/system'))).examples).toEqual([{ name: 'consultDesk', what: '研修の相談先' }, { name: 'hotline', what: '通報の窓口' }])
  })

  it('does not start without the lock that says which requirements are published: nothing is withdrawn in silence', async () => {
    const lock = readFileSync(join(own, 'published.lock'), 'utf8')
    rmSync(join(own, 'published.lock'))
    await expect(publishContent({ ...world.systemContext(), library: load() })).rejects.toThrow(/公開したものの中にありません: x-carry 1。.*content publish で作り直せます/)
    writeContent(own, 'published.lock', lock)
    await publishContent({ ...world.systemContext(), library: load() })
  })

  it('is missed when it is not given any more: nothing is withdrawn in silence', async () => {
    await expect(publishContent({ ...world.systemContext(), library: testLibrary() })).rejects.toThrow(PublishedContentChanged)
    await expect(publishContent({ ...world.systemContext(), library: testLibrary() })).rejects.toThrow(/どのフォルダにもありません: x-carry。.*CONTENT_DIR/)
  })

  it('stops the start when it is not there, and says where and what to do', async () => {
    await expect(openApp(readSettings({ CONTENT_DIR: '/nowhere/own', DATA_DIR: own, LOG_LEVEL: 'silent' }))).rejects.toThrow(/標準の教材は content、自社の教材\(CONTENT_DIR\)は \/nowhere\/own です。\n\/nowhere\/own:1 {2}CONTENT_DIR のフォルダがありません。/)
    expect(existsSync(join(own, 'shuhi.db'))).toBe(false)
  })
})
