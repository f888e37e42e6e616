import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { contentPublish } from '../../app/cli/content.server'
import { PublishedContentChanged, publishContent } from '../../app/commands/publish-content.server'
import { loadLibrary, variablesFor, type Library } from '../../app/content/library.server'
import type { Context } from '../../app/context'
import { onBothEngines } from '../support/database'
import { contentFolder, FILES, writeContent } from '../support/content-fixture'
import { World } from '../support/world'

const silent = { out: () => undefined, err: () => undefined }
const QUIZ = 'modules/T01/1.0/quiz.yaml'

onBothEngines('publishing content', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine)
  })
  const contextWith = (folder: string): Context => {
    const loaded = loadLibrary(folder)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    return { ...world.systemContext(), library: loaded.library }
  }
  const rendered = (library: Library, version: string) =>
    library.renderPage(library.find('module', 'T01', version)!, 'one', { track: 'ja', furigana: true, variables: variablesFor(library, { relation: 'own', companyName: '' }) })!.sha256

  it('enters nothing before anything is sealed, then everything once, with one entry for each new version', async () => {
    const folder = contentFolder({
      'reviews.yaml': '- { kind: module, slug: T01, version: "1.0", status: internal, by: 事務局, on: "2026-11-20" }\n',
      'errata.yaml': '- { slug: T01, question: T01-004, on: "2026-12-01", correct: [b], reason: 誤り }\n',
    })
    const versions = async () => (await world.db.selectFrom('content_version').select(['kind', 'slug', 'version', 'track']).orderBy('kind').orderBy('track').execute()).map((row) => Object.values(row).join(' '))
    expect(await publishContent({ ...contextWith(folder) })).toEqual({ versions: 0 })
    expect(await versions()).toEqual([])

    await contentPublish([], silent, folder)
    const [first, second] = await Promise.all([publishContent(contextWith(folder)), publishContent(contextWith(folder))])
    expect([first.versions, second.versions].sort()).toContain(4)
    await publishContent(contextWith(folder))
    expect(await versions()).toEqual(['module T01 1.0 aid.ja', 'module T01 1.0 ja', 'module T01 1.0 meta', 'notice purpose 1.0 ja', 'pledge PL1 1.0 ja', 'pledge PL1 1.0 meta'])
    expect(await world.db.selectFrom('content_version').select(['status_at_publish', 'published_at']).where('slug', '=', 'T01').where('track', '=', 'ja').executeTakeFirst()).toEqual({ status_at_publish: 'internal', published_at: world.now })
    expect(await world.db.selectFrom('bank_version').select(['slug', 'version']).execute()).toEqual([{ slug: 'T01', version: '1.0' }])
    expect(await world.db.selectFrom('requirement_version').select(['requirement_id', 'version', 'valid_from']).execute()).toEqual([{ requirement_id: 'entry', version: 1, valid_from: '2024-04-01' }])
    expect(await world.db.selectFrom('content_review').select(['slug', 'status']).execute()).toEqual([{ slug: 'T01', status: 'internal' }])
    expect(await world.db.selectFrom('erratum').select(['question_id']).execute()).toEqual([{ question_id: 'T01-004' }])
    const entries = await world.db.selectFrom('ledger_entry').select('command_key').where('type', '=', 'content.published').execute()
    expect(entries.filter(({ command_key }) => command_key !== null).map(({ command_key }) => command_key!.replace(/^content.published /, '').replace(/ \w{16}$/, '')).sort()).toEqual(['bank T01 1.0', 'module T01 1.0', 'notice purpose 1.0', 'pledge PL1 1.0', 'requirement entry 1'])

    const { library } = contextWith(folder)
    expect(library.errata('T01', 'T01-004')).toEqual([{ on: '2026-12-01', correct: ['b'], reason: '誤り' }])
    expect(library.reviewStatus('module', 'T01', '1.0')).toBe('internal')
    expect(library.reviewStatus('pledge', 'PL1', '1.0')).toBe('draft')
  })

  it('answers for versions and banks whose files are gone from what the database kept', async () => {
    const folder = contentFolder()
    await contentPublish([], silent, folder)
    await publishContent(contextWith(folder))
    const before = rendered(contextWith(folder).library, '1.0')
    for (const name of ['module.yaml', 'ja.md', 'aid.ja.md', 'quiz.yaml']) writeContent(folder, `modules/T01/1.1/${name}`, FILES[`modules/T01/1.0/${name}`]!.replace('version: "1.0"', 'version: "1.1"').replace('どうしますか。\n', 'どうする？\n'))
    await contentPublish([], silent, folder)
    rmSync(join(folder, 'modules/T01/1.0'), { recursive: true })
    const context = contextWith(folder)
    expect(context.library.find('module', 'T01', '1.0')).toBeUndefined()
    await publishContent(context)
    expect(context.library.current('module', 'T01')!.meta.version).toBe('1.1')
    expect(rendered(context.library, '1.0')).toBe(before)
    expect(rendered(context.library, '1.1')).not.toBe(before)
    expect(context.library.bank('T01', '1.0')!.questions).toHaveLength(26)
  })

  it('stops when lock and file were both changed behind the back of the database', async () => {
    const folder = contentFolder({ [QUIZ]: (text) => text.replace('｜理由《りゆう》です', 'わけです') })
    await contentPublish([], silent, folder)
    await expect(publishContent(contextWith(folder))).rejects.toThrow(PublishedContentChanged)
  })
})

onBothEngines('publishing content again', (engine) => {
  let world: World
  let folder: string
  const REVIEW = (change: Partial<Record<'kind' | 'slug' | 'version' | 'status' | 'on', string>> = {}) => {
    const one = { kind: 'module', slug: 'T01', version: '1.0', status: 'internal', on: '2026-11-20', ...change }
    return `- { kind: ${one.kind}, slug: ${one.slug}, version: "${one.version}", status: ${one.status}, by: 事務局, on: "${one.on}" }\n`
  }
  const ERRATUM = (slug: string, question: string, on: string) => `- { slug: ${slug}, question: ${question}, on: "${on}", correct: [b], reason: 誤り }\n`
  const publish = async () => {
    const loaded = loadLibrary(folder)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    return publishContent({ ...world.systemContext(), library: loaded.library })
  }
  const rows = async () => Object.fromEntries(await Promise.all((['content_version', 'content_review', 'erratum', 'requirement_version', 'ledger_entry'] as const).map(async (table) => [table, (await world.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n] as const)).then((all) => all.map(([table, n]) => [table, Number(n)])))
  beforeEach(async () => {
    world = await World.make(engine)
    folder = contentFolder()
    await publish()
    expect(await rows()).toMatchObject({ content_version: 0, requirement_version: 0 })
    await contentPublish([], silent, folder)
    await publish()
  })

  it('enters a review and a correction that came since, each once, whatever of it is new', async () => {
    let reviews = ''
    for (const [at, change] of [{}, { status: 'counsel' }, { on: '2026-11-21' }, { version: '1.1' }, { kind: 'pledge' }, { slug: 'T02' }].entries()) {
      writeContent(folder, 'reviews.yaml', (reviews += REVIEW(change)))
      for (const _ of [1, 2]) await publish()
      expect((await rows()).content_review, JSON.stringify(change)).toBe(at + 1)
    }
    let errata = ''
    const before = (await rows()).ledger_entry!
    for (const [at, [slug, question, on]] of ([['T01', 'T01-004', '2026-12-01'], ['T01', 'T01-005', '2026-12-01'], ['T02', 'T01-004', '2026-12-01'], ['T01', 'T01-004', '2026-12-02']] as const).entries()) {
      writeContent(folder, 'errata.yaml', (errata += ERRATUM(slug, question, on)))
      for (const _ of [1, 2]) await publish()
      expect(await rows()).toMatchObject({ erratum: at + 1, ledger_entry: before + at + 1 })
    }
  })

  it('refuses a requirement that is not what was entered, is gone, or stands in no lock, and writes nothing', async () => {
    const lock = readFileSync(join(folder, 'published.lock'), 'utf8')
    const rules = FILES['requirements.yaml']!
    const before = await rows()
    const again = async (text: string, sealed: boolean) => {
      writeContent(folder, 'requirements.yaml', text)
      writeContent(folder, 'published.lock', lock.replace(/^requirement .*\n/m, ''))
      writeContent(folder, 'reviews.yaml', REVIEW())
      if (sealed) await contentPublish([], silent, folder)
      return publish()
    }
    await expect(again(rules.replace('businessDays: 0', 'businessDays: 9'), true)).rejects.toThrow(/requirement entry 1 -.*前に使われたものと違います/)
    await expect(again(rules.replace('id: entry', 'id: other'), true)).rejects.toThrow(/どのフォルダにもありません: entry。/)
    await expect(again(rules, false)).rejects.toThrow(/公開したものの中にありません: entry 1。/)
    await expect(again(rules, false)).rejects.toThrow(PublishedContentChanged)
    expect(await rows()).toEqual(before)
    await again(rules, true)
    expect(await rows()).toMatchObject({ ...before, content_review: 1 })
  })
})
