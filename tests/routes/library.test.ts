import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentPublish } from '../../app/cli/content.server'
import { hangings, taughtBefore } from '../../app/content/law-register.server'
import { listEditions } from '../../app/content/editions.server'
import { loadLibrary, type Library } from '../../app/content/library.server'
import * as law from '../../app/routes/program/law'
import * as lawPeople from '../../app/routes/program/law-people'
import * as laws from '../../app/routes/program/laws'
import * as difference from '../../app/routes/program/library-difference'
import * as list from '../../app/routes/program/library'
import * as preview from '../../app/routes/program/library-preview'
import * as version from '../../app/routes/program/library-version'
import { noteToEditor } from '../../app/commands/note-to-editor.server'
import { publishContent } from '../../app/commands/publish-content.server'
import { contentFolder, FILES, writeContent } from '../support/content-fixture'
import { World, type TestPerson } from '../support/world'

const silent = { out: () => undefined, err: () => undefined }
const LAWS = '- { id: law-1, law: 法律, article: 第1条, validFrom: "2020-01-01", status: current, changes: [{ on: "2026-12-01", what: 変わります, toldBy: ["T01 1.1"] }] }\n- { id: law-2, law: 法律, article: 第2条, validFrom: "2020-01-01", status: unverified }\n'
const cleanings: (() => void)[] = []
afterAll(() => cleanings.forEach((clean) => clean()))
const NEXT = ['module.yaml', 'ja.md', 'aid.ja.md', 'quiz.yaml']

describe('the library', () => {
  let world: World
  let chief: TestPerson
  let auditor: TestPerson
  let learner: TestPerson
  let relearner: TestPerson
  let worker: TestPerson
  let library: Library
  let folder: string
  const write = (number: string, change: (text: string) => string) => {
    for (const name of NEXT) writeContent(folder, `modules/T01/${number}/${name}`, change(FILES[`modules/T01/1.0/${name}`]!.replace('version: "1.0"', `version: "${number}"`)))
  }
  beforeAll(async () => {
    world = await World.make('SQLite')
    folder = contentFolder({ 'laws.yaml': LAWS, 'reviews.yaml': '- { kind: module, slug: T01, version: "1.0", status: counsel, by: 弁護士, on: "2026-11-20" }\n' }, (clean) => cleanings.push(clean))
    write('1.1', (text) => text)
    await contentPublish([], silent, folder)
    write('1.2', (text) => text.replace('objectives: [分かる]', 'objectives: [分かる]\nextra: 1').replace('どうしますか。\n', '｜下書《したが》きです。\n'))
    write('1.3', (text) => text.replace('どうしますか。\n', '｜新《あたら》しい｜文《ぶん》です。{{operator}}\n'))
    const bank = 'modules/T01/1.3/quiz.yaml'
    writeContent(folder, bank, FILES['modules/T01/1.0/quiz.yaml']!.replace('version: "1.0"', 'version: "1.3"').replace(/explanation: .*/, 'explanation: ｜新《あたら》しい｜説明《せつめい》です。'))
    const loaded = loadLibrary(folder)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    library = loaded.library
    world.app.library = library
    await publishContent(world.systemContext())
    await world.addCompany('C1', '青葉設備', 'contractor')
    chief = await world.addPerson({ role: 'chief' })
    auditor = await world.addPerson({ role: 'auditLead' })
    learner = await world.addPerson({ name: '古い 一郎' })
    relearner = await world.addPerson({ name: '新しい 二郎' })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'C1', name: '秘密 三郎' })
    const complete = async (person: TestPerson, number: string, period = 'entry') => {
      const id = await world.addAssignment(person, { kind: 'module', slug: 'T01', period })
      await world.db.insertInto('completion').values({ id: world.app.newId(), assignment_id: id, attempt_id: null, content_version: number, bank_version: '1.0', rendered_sha256: 'a'.repeat(64), completed_at: world.now, minutes: 5, route: 'screen', scan_sha256: null, entered_by: null, approved_by: null, settle_slot: 1 }).execute()
    }
    for (const person of [learner, relearner, worker]) await complete(person, '1.0')
    await complete(relearner, '1.1', 'FY2026')
  })
  const at = (path: string, who: TestPerson, params: Record<string, string> = {}) => world.args(world.request(path, who), params)
  const T01 = (number: string) => ({ kind: 'module', slug: 'T01', version: number })
  const caught = (answer: Promise<unknown>) => answer.then(() => 'open', (thrown: unknown) => (thrown instanceof Response ? thrown.status : Promise.reject(thrown)))

  it('lists what is in use, what was, and drafts, each with its people', async () => {
    const { editions, drafts } = await list.loader(at('/program/library?show=all', chief))
    expect(drafts).toBe(2)
    expect(editions.filter(({ slug }) => slug === 'T01').map(({ version, state, people, review, questions, isBroken }) => [version, state, people, review, questions, isBroken])).toEqual([
      ['1.3', 'draft', 0, 'draft', 26, false], ['1.2', 'draft', 0, 'draft', null, true], ['1.1', 'current', 1, 'draft', 26, false], ['1.0', 'former', 3, 'counsel', 26, false],
    ])
    expect((await list.loader(at('/program/library?kind=pledge', chief))).editions.map(({ slug }) => slug)).toEqual(['PL1'])
    expect(listEditions(library).filter(({ state }) => state === 'draft')).toHaveLength(2)
  })

  it('says what is wrong with a draft by file, line and field, and reads it again when it was mended', async () => {
    const broken = await version.loader(at('/x', chief, T01('1.2')))
    expect(broken.errors).toMatchObject([{ file: `${folder}/modules/T01/1.2/module.yaml`, line: 8, field: 'extra' }])
    expect(broken.isReadable).toBe(false)
    expect(await caught(preview.loader(at('/x', chief, T01('1.2'))))).toBe(404)
    expect(await caught(version.loader(at('/x', chief, T01('9.9'))))).toBe(404)
    expect(await caught(version.loader(at('/x', chief, { kind: 'module', slug: '..', version: '..' })))).toBe(404)
    writeContent(folder, 'modules/T01/1.2/module.yaml', FILES['modules/T01/1.0/module.yaml']!.replace('version: "1.0"', 'version: "1.2"'))
    expect((await version.loader(at('/x', chief, T01('1.2')))).errors).toEqual([])
    expect((await version.loader(at('/x', chief, T01('1.0')))).reviews).toMatchObject([{ status: 'counsel', by_whom: '弁護士' }])
  })

  it('shows a draft to nobody who learns, and any text as each audience reads it', async () => {
    expect(library.current('module', 'T01')!.meta.version).toBe('1.1')
    const as = async (who: string, page = 'one', number = '1.3') => preview.loader(at(`/x?as=${who}&page=${page}&ruby=0`, chief, T01(number)))
    expect((await as('own')).html).toContain('サンプル通信株式会社の店です')
    expect((await as('contract')).html).toContain('(委託先の会社名)の店です')
    expect((await as('own')).html).toContain('新しい文です')
    expect((await as('dispatched', 'aid')).html).toContain('窓口と、(派遣元の会社名)の担当者に知らせます')
    expect((await preview.loader(at('/x?as=contract', chief, { kind: 'pledge', slug: 'PL1', version: '1.0' }))).open).toEqual(['own'])
    expect((await preview.loader(at('/x', chief, { kind: 'notice', slug: 'purpose', version: '1.0' }))).html).toContain('サンプル通信株式会社の')
    expect(await world.db.selectFrom('page_shown').selectAll().execute()).toEqual([])
  })

  it('shows keys to the editor only', async () => {
    const keys = async (who: TestPerson) => preview.loader(at('/x?page=questions', who, T01('1.3')))
    const shown = await keys(chief)
    expect(shown.questions).toHaveLength(26)
    expect(shown.questions[3]!.options.map(({ isKey }) => isKey).filter(Boolean)).toHaveLength(1)
    const { questions, page, html } = await keys(auditor)
    expect([questions, page, html.length > 0]).toEqual([[], 'one', true])
    const compared = async (who: TestPerson) => (await difference.loader(at('/x?from=1.1', who, T01('1.3')))).parts.map(({ id }) => id.split(' ')[0])
    expect(await compared(chief)).toEqual(expect.arrayContaining(['page', 'question']))
    const { parts } = await difference.loader(at('/x?from=1.1', chief, T01('1.3')))
    expect(JSON.stringify(parts)).toContain('新しい文です。サンプル通信株式会社')
    expect(JSON.stringify(parts)).not.toContain('{{')
    expect(await compared(auditor)).toEqual((await compared(chief)).filter((part) => part !== 'question'))
  })

  it('lists laws, and what hangs on each: every published version, the current one marked', async () => {
    const all = await laws.loader(at('/program/laws', chief))
    expect(all.laws.map(({ id, isUnverified, uses }) => [id, isUnverified, uses.section, uses.question, uses.whole])).toEqual([['law-1', false, 1, 26, 1], ['law-2', true, 0, 0, 0]])
    expect((await laws.loader(at('/program/laws?show=changed', chief))).laws).toHaveLength(1)
    expect((await laws.loader(at(`/program/laws?q=${encodeURIComponent('第2条')}`, chief))).laws.map(({ id }) => id)).toEqual(['law-2'])
    const one = await law.loader(at('/x', chief, { lawId: 'law-1' }))
    expect(one.hanging.filter(({ part }) => part !== 'question').map(({ slug, version: number, part, isCurrent }) => [slug, number, part, isCurrent])).toEqual(expect.arrayContaining([['T01', '1.0', 'section', false], ['T01', '1.1', 'section', true], ['PL1', '1.0', 'whole', true]]))
    expect(one.hanging.some(({ version: number }) => number === '1.3')).toBe(false)
    expect(await caught(law.loader(at('/x', chief, { lawId: 'law-9' })))).toBe(404)
  })

  it('counts and names who learned the text before a change and nothing since; contractors apart and by number', async () => {
    expect((await law.loader(at('/x', chief, { lawId: 'law-1' }))).changes).toEqual([{ on: '2026-12-01', what: '変わります', old: ['T01 第1.0版'], workforce: { people: 1, of: 4 }, companies: { people: 1, of: 1 } }])
    const told = await lawPeople.loader(at('/x?on=2026-12-01', chief, { lawId: 'law-1' }))
    expect([told.workforce, told.companies, told.byCompany]).toEqual([{ people: 1, of: 4 }, { people: 1, of: 1 }, [{ name: '青葉設備', people: 1, of: 1 }]])
    expect(told.byKind).toEqual([{ name: '正社員', people: 1, of: 4 }])
    expect(told.people.map(({ name, number }) => name ?? number)).toEqual(['古い 一郎', worker.number].sort((a, b) => (a === worker.number ? 1 : b === worker.number ? -1 : 0)))
    expect(JSON.stringify(told)).not.toContain('秘密 三郎')
    expect(await caught(lawPeople.loader(at('/x?on=2026-12-02', chief, { lawId: 'law-1' })))).toBe(404)
  })

  it('takes the day for which a section was written as what it taught', async () => {
    const hanging = (await hangings(library)).filter(({ slug }) => slug === 'T01')
    expect(taughtBefore(hanging, { on: '2026-11-21', what: '', toldBy: [] }).old).toHaveLength(2)
    expect(taughtBefore(hanging, { on: '2026-11-20', what: '', toldBy: [] })).toMatchObject({ old: [], since: [{ version: '1.0' }, { version: '1.1' }] })
    expect(taughtBefore(hanging, { on: '2026-11-21', what: '', toldBy: ['T01'] }).old).toEqual([])
  })

  it('names who published a version and who entered a review, to the auditor too', async () => {
    const one = { kind: 'module', slug: 'T01', version: '1.1' } as const
    await caught(version.action(world.args(world.request('/x', chief, { status: 'counsel', by: 'みほん法律事務所', note: '' }), one)))
    await world.db.insertInto('content_release').values({ ...one, id: world.app.newId(), impact: 'minor', gives: 'none', unit_slug: '', reason: '字を直しました。', by_account: chief.accountId, at: world.now }).execute()
    const { release, reviews } = await version.loader(at('/x', auditor, one))
    const name = (await world.contextOf(chief)).viewer.name
    expect(release).toMatchObject({ by: expect.stringContaining(name) as string, reason: '字を直しました。' })
    expect(reviews).toMatchObject([{ by_whom: 'みほん法律事務所', enteredBy: expect.stringContaining(name) as string, recordedAt: world.now }])
    expect((await version.loader(at('/x', auditor, { ...one, version: '1.0' }))).reviews).toMatchObject([{ enteredBy: null }])
  })

  it('takes notes on texts that there are, and on no others', async () => {
    const note = async (slug: string, number: string) => noteToEditor({ ...(await world.contextOf(learner)), library }, { kind: 'module', slug, version: number, section: 'one', body: '字が違います。' })
    expect([await note('T01', '1.0'), await note('T01', '9.9'), await note('T01', '1.3'), await note('__proto__', '1.0')]).toEqual([null, { refused: 'notFound' }, { refused: 'notFound' }, { refused: 'notFound' }])
  })
})
