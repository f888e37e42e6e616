import { beforeAll, expect, it } from 'vitest'
import { countCompletions } from '../../db/understanding.server'
import * as questions from '../../app/routes/program/questions'
import * as questionsCsv from '../../app/routes/program/questions-csv'
import * as sources from '../../app/routes/program/sources'
import * as understanding from '../../app/routes/program/understanding'
import { addAttempt } from '../support/attempts'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('the numbers of few people', (engine) => {
  let world: World
  let chief: TestPerson
  const people: Record<string, TestPerson[]> = {}
  const get = (path: string) => world.args(world.request(path, chief))
  const page = (query: string) => understanding.loader(get(`/program/understanding?${query}`))
  const come = async (group: string, count: number, given: Parameters<World['addPerson']>[0], modules = ['M01']) => {
    people[group] = await Promise.all(Array.from({ length: count }, () => world.addPerson(given)))
    for (const person of people[group]) for (const module of modules) await addAttempt(world, person, { module, right: 2 })
  }
  // of a group there is an about and nothing exact
  const rows = ({ shown }: Awaited<ReturnType<typeof page>>) => shown.map(({ title, isHidden, attempts, about, people: answers, right }) => `${title} ${isHidden ? '―' : ''}${attempts}回 ${about}% ${answers}${right}`)

  beforeAll(async () => {
    world = await World.make(engine)
    chief = await world.addPerson({ role: 'chief' })
    await world.addCompany('C1', '委託先', 'contractor')
    await world.addCompany('A1', '派遣元', 'agency')
    const [sendai, osaka] = [await world.addUnit('S', '仙台'), await world.addUnit('O', '大阪')]
    await come('sendai', 8, { unit: sendai }, ['M01', 'M02'])
    await come('osaka', 5, { kind: 'partTime', unit: osaka })
    await come('nowhere', 2, { kind: 'dispatched', company: 'A1' })
    await come('contract', 8, { kind: 'contractorWorker', company: 'C1' })
    await come('sole', 1, { kind: 'soleContractor' })
  })

  it('are hidden by people, however often each of them took a test, and so is what would give them away', async () => {
    // the two 派遣社員 are too few; without the パート beside them they would be the whole less the others
    expect(rows(await page('module=M01&by=kind')).sort()).toEqual(['パート ―0回 null% 00', '正社員 8回 50% 00', '派遣社員 ―0回 null% 00'])
    for (const person of people.nowhere!) for (let year = 0; year < 3; year++) await addAttempt(world, person, { right: 2 })
    expect(rows(await page('module=M01&by=kind')).sort()).toEqual(['パート ―0回 null% 00', '正社員 8回 50% 00', '派遣社員 ―0回 null% 00'])
    expect((await page('module=M01&by=kind')).own).toEqual({ attempts: 20, people: 80, right: 40 })
  })

  it('of units add up to the whole with those who have none', async () => {
    expect(rows(await page('module=M01&by=unit')).sort()).toEqual(['仙台 8回 50% 00', '大阪 ―0回 null% 00', '所属なし ―0回 null% 00'])
    await come('more', 5, {})
    expect(rows(await page('module=M01&by=unit')).sort()).toEqual(['仙台 8回 50% 00', '大阪 5回 50% 00', '所属なし 12回 50% 00'])
  })

  it('of all contractors together are shown from ten people on, and 派遣 is not among them', async () => {
    expect((await page('module=M01')).company).toEqual([{ slug: 'M01', title: expect.any(String), isHidden: true }])
    await addAttempt(world, people.contract![0]!, { right: 4 })
    // ten attempts of nine people
    expect((await page('module=M01')).company).toEqual([{ slug: 'M01', title: expect.any(String), isHidden: true }])
    await come('ten more', 10, { kind: 'contractorWorker', company: 'C1' })
    const whole = [{ isHidden: false, attempts: 20, people: 80, right: 42 }]
    expect((await page('module=M01')).company).toMatchObject(whole)
    await come('nine', 9, { kind: 'contractorWorker', company: 'C1' })
    expect((await page('module=M01')).company).toMatchObject(whole)
  })

  it('do not tell, looked at before and after, what one more person answered', async () => {
    const figures = async () => {
      const { own, shown } = await page('module=M05')
      const csv = (await (await questionsCsv.loader(get('/program/understanding/csv?module=M05'))).text())
      return { own, shown, csv, questions: (await questions.loader(get('/program/understanding/questions?module=M05'))).questions }
    }
    const takers = await Promise.all(Array.from({ length: 10 }, () => world.addPerson()))
    for (const person of takers.slice(0, 5)) await addAttempt(world, person, { module: 'M05', right: 2 })
    const before = await figures()
    expect(before.own).toEqual({ attempts: 5, people: 20, right: 10 })
    for (const person of takers.slice(5, 9)) {
      await addAttempt(world, person, { module: 'M05', right: 0 })
      expect(await figures()).toEqual(before)
    }
    await addAttempt(world, takers[9]!, { module: 'M05', right: 4 })
    expect((await figures()).own).toEqual({ attempts: 10, people: 40, right: 14 })
  })

  it('of overlapping groups are about, so that the one who makes the difference stays unknown', async () => {
    const desk = await world.addUnit('D', '受付')
    for (let at = 0; at < 7; at++) await addAttempt(world, await world.addPerson({ kind: 'casual', unit: desk }), { module: 'M06', right: 3 })
    const single = await world.addPerson({ kind: 'officer', unit: desk })
    await addAttempt(world, single, { module: 'M06', right: 1 })
    for (let at = 0; at < 7; at++) await addAttempt(world, await world.addPerson({ kind: 'officer' }), { module: 'M06', right: 3 })
    expect(rows(await page('module=M06&by=unit')).sort()).toEqual(['受付 8回 70% 00', '所属なし 7回 75% 00'])
    // 22 of 32 less 21 of 28 would be the one right answer of the one officer at the desk
    expect(rows(await page('module=M06&by=kind')).sort()).toEqual(['アルバイト 7回 75% 00', '取締役 8回 70% 00'])
  })

  it('of a module that hardly anybody took are in no sum, no list of questions and no file', async () => {
    const before = (await page('')).own
    for (const person of people.sendai!.slice(0, 4)) await addAttempt(world, person, { module: 'M03', right: 1 })
    const all = await page('')
    expect([all.own, all.few.map(({ slug }) => slug)]).toEqual([before, ['M03']])
    const alone = await page('module=M03')
    expect([alone.own, alone.shown]).toEqual([{ attempts: 0, people: 0, right: 0 }, []])
    const list = await questions.loader(get('/program/understanding/questions?module=M03'))
    expect([list.isFew, list.questions]).toEqual([true, []])
    const file = async () => (await (await questionsCsv.loader(get('/program/understanding/csv?module=M03'))).text()).split('\r\n').length
    expect(await file()).toBe(2)
    await addAttempt(world, people.sendai![4]!, { module: 'M03', right: 1 })
    expect((await page('module=M03')).own).toEqual({ attempts: 5, people: 20, right: 5 })
    expect((await questions.loader(get('/program/understanding/questions?module=M03'))).isFew).toBe(false)
    expect(await file()).toBeGreaterThan(10)
  })

  it('of completions are counted by version and side; what was taken back does not count, and 派遣 is workforce', async () => {
    const complete = async (person: TestPerson, period: string, slot: 1 | null = 1, version = '1.0') => {
      const id = await world.addAssignment(person, { kind: 'module', slug: 'M01', period })
      await world.db.insertInto('completion').values({ id: world.app.newId(), assignment_id: id, attempt_id: null, content_version: version, bank_version: '1.0', rendered_sha256: 'a'.repeat(64), completed_at: world.now, minutes: 5, route: 'screen', scan_sha256: null, entered_by: null, approved_by: null, settle_slot: slot }).execute()
    }
    for (const period of ['FY2025', 'FY2026']) await complete(people.sendai![0]!, period)
    await complete(people.nowhere![0]!, 'FY2026')
    await complete(people.sendai![1]!, 'FY2026', null)
    await complete(people.sendai![2]!, 'FY2026', 1, '0.9')
    await complete(people.contract![0]!, 'FY2026')
    await complete(people.sole![0]!, 'FY2026')
    expect(await countCompletions(world.db)).toEqual([{ slug: 'M01', version: '0.9', workforce: 1, company: 0 }, { slug: 'M01', version: '1.0', workforce: 3, company: 2 }])
    const { rows: found } = await sources.loader(get('/program/sources?find=R-001-1.1f'))
    expect(found[0]!.completed).toMatchObject({ workforce: 3, company: 2 })
  })

  it('of questions put those first whose key is in doubt, then the least understood, and can be asked for the doubtful only', async () => {
    // who has the others right misses the first question; the fourth is missed by more, but known to the able
    for (let at = 0; at < 30; at++) await addAttempt(world, await world.addPerson(), { module: 'M04', right: at % 2 === 0 ? [false, true, true, at < 18] : [true, false, false, false] })
    const ids = world.app.library.current('module', 'M04')!.bank.questions.filter(({ kind }) => kind === 'single').slice(0, 4).map(({ id }) => id)
    const of = async (show: string) => (await questions.loader(get(`/program/understanding/questions?module=M04&show=${show}`))).questions
    expect((await of('all')).slice(0, 2).map(({ id, doubts }) => [id, doubts])).toEqual([[ids[0], ['reversed', 'distractor']], [ids[3], ['hard']]])
    expect((await of('doubt')).map(({ id }) => id)).toEqual([ids[0], ids[3]])
  })
})
