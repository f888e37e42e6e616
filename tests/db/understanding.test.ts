import { beforeAll, expect, it } from 'vitest'
import * as questions from '../../app/routes/program/questions'
import * as questionsCsv from '../../app/routes/program/questions-csv'
import * as sources from '../../app/routes/program/sources'
import * as understanding from '../../app/routes/program/understanding'
import { countedBanks } from '../../app/http/understanding.server'
import { countAnswers, countByKind, countByModule, countByQuestion, countByUnit } from '../../db/understanding.server'
import { addAttempt, type GivenAttempt } from '../support/attempts'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('what was understood', (engine) => {
  let world: World
  let chief: TestPerson
  let unit: string
  const bank = () => world.app.library.current('module', 'M01')!.bank
  const banks = () => [{ slug: 'M01', bankVersion: bank().version }]
  const kept: { side: 'own' | 'contract'; items: { id: string; answer: string; correct: boolean }[]; score: number }[] = []
  const get = (path: string) => world.args(world.request(path, chief))

  /** An attempt with four questions of M01, kept beside the database where it is a first one that was handed in. */
  async function attempt(person: TestPerson, side: 'own' | 'contract', given: GivenAttempt) {
    const items = await addAttempt(world, person, given)
    if (!given.open && (given.ordinal ?? 1) === 1) kept.push({ side, items, score: items.filter(({ correct }) => correct).length })
  }

  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('C1', '委託先', 'contractor')
    unit = await world.addUnit('U1', '本部')
    chief = await world.addPerson({ role: 'chief' })
    for (let at = 0; at < 6; at++) await attempt(await world.addPerson({ unit, kind: at === 0 ? 'partTime' : 'regular' }), 'own', { right: at % 5, from: at % 3 })
    const again = await world.addPerson({ unit })
    await attempt(again, 'own', { right: 4, ordinal: 2 })
    await attempt(again, 'own', { right: 4, open: true })
    await addAttempt(world, again, { module: 'M02', right: 4 })
    for (let at = 0; at < 3; at++) await attempt(await world.addPerson({ kind: 'contractorWorker', company: 'C1' }), 'contract', { right: 1 })
  })

  it('counts first attempts that were handed in, as a list of people would', async () => {
    const own = kept.filter(({ side }) => side === 'own').flatMap(({ items, score }) => items.map((item) => ({ ...item, rest: score - Number(item.correct) })))
    const rows = await countByQuestion(world.db, banks(), [])
    const ids = [...new Set(own.map(({ id }) => id))].sort()
    expect(rows).toEqual(ids.map((id) => ({ slug: 'M01', questionId: id, people: own.filter((one) => one.id === id).length, right: own.filter((one) => one.id === id && one.correct).length })))
    const cells = await countAnswers(world.db, banks()[0]!, [])
    for (const id of ids) {
      const expected = own.filter((one) => one.id === id)
      expect(cells.get(id)!.reduce((all, { people }) => all + people, 0)).toBe(expected.length)
      for (const cell of cells.get(id)!) {
        expect(cell.others).toBe(3)
        expect(cell.people).toBe(expected.filter((one) => one.answer === cell.answer && one.correct === cell.right && one.rest === cell.rest).length)
      }
    }
  })

  it('counts groups, and leaves contractors to themselves', async () => {
    expect(await countByModule(world.db, banks(), [], 'workforce')).toEqual([{ group: 'M01', persons: 6, attempts: 6, people: 24, right: 0 + 1 + 2 + 3 + 4 + 0 }])
    expect(await countByModule(world.db, banks(), [], 'company')).toEqual([{ group: 'M01', persons: 3, attempts: 3, people: 12, right: 3 }])
    expect((await countByKind(world.db, banks(), [])).map(({ group, attempts }) => [group, attempts])).toEqual([['partTime', 1], ['regular', 5]])
    expect(await countByUnit(world.db, banks(), [])).toMatchObject([{ group: unit, attempts: 6 }])
    expect(await countByModule(world.db, [{ slug: 'M01', bankVersion: '9.9' }], [], 'workforce')).toEqual([])
    expect(await countByModule(world.db, [], [], 'workforce')).toEqual([])
  })

  it('counts a corrected key by the key that holds today', async () => {
    const question = bank().questions.filter(({ kind }) => kind === 'single')[1]!
    const wrong = question.options.find(({ correct }) => !correct)!.id
    const answers = kept.filter(({ side }) => side === 'own').flatMap(({ items }) => items.filter(({ id }) => id === question.id).map(({ answer }) => answer))
    const corrected = [{ slug: 'M01', questionId: question.id, key: wrong }]
    const row = (await countByQuestion(world.db, banks(), corrected)).find(({ questionId }) => questionId === question.id)!
    expect(row.right).toBe(answers.filter((answer) => answer === wrong).length)
    const marked = await countByQuestion(world.db, banks(), [])
    expect(row.right).not.toBe(marked.find(({ questionId }) => questionId === question.id)!.right)
    const others = (rows: typeof marked) => rows.filter(({ questionId }) => questionId !== question.id)
    expect(others(await countByQuestion(world.db, banks(), corrected))).toEqual(others(marked))
    expect(await countByQuestion(world.db, banks(), [{ ...corrected[0]!, slug: 'M02' }])).toEqual(marked)
    const [all, before] = [await countByModule(world.db, banks(), corrected, 'workforce'), await countByModule(world.db, banks(), [], 'workforce')]
    expect(all[0]!.right - before[0]!.right).toBe(row.right - marked.find(({ questionId }) => questionId === question.id)!.right)
    expect((await countByKind(world.db, banks(), corrected)).reduce((sum, { right }) => sum + right, 0)).toBe(all[0]!.right)
    expect(countedBanks(world.app.library, world.app.library.list('module')).corrected).toEqual([])
  })

  it('pages topics, provisions and questions by key, each once', async () => {
    for (const by of ['topic', 'provision']) {
      const keys: string[] = []
      for (let path: string | null = `/program/understanding?by=${by}`; path !== null; ) {
        const page: Awaited<ReturnType<typeof understanding.loader>> = await understanding.loader(get(path))
        keys.push(...page.shown.map(({ key }) => key))
        path = page.next
      }
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys.length).toBeGreaterThan(3)
    }
    const first = await questions.loader(get('/program/understanding/questions?module=M01'))
    const second = await questions.loader(get(first.next!))
    expect(first.questions.length + second.questions.length).toBeLessThanOrEqual(first.all)
    expect(second.questions.some(({ id }) => first.questions.some((one) => one.id === id))).toBe(false)
    expect(first.questions[0]).toMatchObject({ isFew: true, doubts: [] })
    const csv = await (await questionsCsv.loader(get('/program/understanding/csv?module=M01'))).text()
    expect(csv.split('\r\n').length).toBe(bank().questions.length + 2)
    expect((await questions.loader(get('/program/understanding/questions'))).slug).toBe(world.app.library.requirements.find(({ target }) => target.kind === 'module')!.target.slug)
  })

  it('maps every row of the ledger once, and finds what is asked for', async () => {
    const ids: string[] = []
    for (let path: string | null = '/program/sources'; path !== null; ) {
      const page: Awaited<ReturnType<typeof sources.loader>> = await sources.loader(get(path))
      ids.push(...page.rows.map(({ id }) => id))
      path = page.next
    }
    expect(ids.length).toBe(world.app.library.folder.provisions.size)
    expect(new Set(ids).size).toBe(ids.length)
    const one = await sources.loader(get('/program/sources?find=R-001-1.1f'))
    expect(one.rows.map(({ id }) => id)).toEqual(['R-001-1.1f'])
    expect(one.rows[0]!.taught.map(({ slug }) => slug)).toContain('M01')
    const outside = await sources.loader(get('/program/sources?show=outside&fit=O'))
    expect(outside.rows.every(({ taught, fit }) => taught.length === 0 && fit.includes('O'))).toBe(true)
  })
})
