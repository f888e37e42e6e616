import { expect, it } from 'vitest'
import { listCompletions } from '../../db/completions-export.server'
import { eachRowOf, type RowsText } from '../../db/dialect.server'
import { OPEN_DAY } from '../../app/domain/calendar'
import { completionWriter } from '../../app/domain/completions-csv'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const TODAY = '2026-11-20'

it('are never fewer rows than the database has counted', () => {
  const rowsOf = (of: RowsText) => {
    const rows: string[] = []
    eachRowOf(of, (text, at, end) => rows.push(text.slice(at, end)))
    return rows
  }
  expect(rowsOf({ text: 'a\u001Eb', count: '2' })).toEqual(['a', 'b'])
  expect(rowsOf({ text: 'a', count: 1 })).toEqual(['a'])
  expect(rowsOf({ text: null, count: 0 })).toEqual([])
  expect(() => rowsOf({ text: 'a\u001Eb', count: 3 })).toThrow('cut off')
})

onBothEngines('everybody’s completions', (engine) => {
  async function finish(world: World, person: TestPerson, duties: readonly { slug: string; due?: string; ago?: number; version?: string }[]) {
    for (const { slug, due = '2026-11-18', ago = 0, version } of duties) {
      const id = await world.addAssignment(person, { kind: 'module', slug, due })
      await world.db.updateTable('assignment').set({ settled_at: world.now - ago, settled_as: 'completed', ...(version && { settled_version: version, settled_route: 'paper' }) }).where('id', '=', id).execute()
    }
  }
  async function linesOf(world: World, side: 'workforce' | 'company', most?: number) {
    const write = completionWriter((_kind, slug) => slug)
    let text = ''
    const sizes: number[] = []
    for await (const portion of listCompletions(world.db, side, TODAY, most)) {
      const people = [...portion]
      expect(people.filter(({ duties }) => duties.length === 0), 'who finished nothing is not among them').toEqual([])
      sizes.push(people.length)
      text += people.map(({ person, duties }) => write(person, duties)).join('')
    }
    return { lines: text.split('\r\n').slice(0, -1), sizes }
  }

  it('come by number, of one side at a time', async () => {
    const world = await World.make(engine)
    await world.addCompany('C1', '青葉設備', 'contractor')
    const unit = await world.addUnit('D1', '本社')
    const people = [await world.addPerson({ name: '受講 一', unit }), await world.addPerson({ name: '受講, 二' }), await world.addPerson({ name: '受講 三', kind: 'contractorWorker', company: 'C1' })]
    // the company and the unit were called otherwise, and will be
    const renamed = async (table: 'company_version' | 'org_unit_version', name: string) => {
      const held = await world.db.selectFrom(table).selectAll().where('name', '=', name).executeTakeFirstOrThrow()
      await world.db.updateTable(table).set({ valid_from: '2025-04-01', valid_to: '2027-04-01' }).where('id', '=', held.id).execute()
      for (const [other, valid_from, valid_to] of [['前の名', '2020-04-01', '2025-04-01'], ['後の名', '2027-04-01', OPEN_DAY]] as const) await world.db.insertInto(table).values({ ...held, id: world.app.newId(), name: other, valid_from, valid_to } as never).execute()
    }
    await renamed('company_version', '青葉設備')
    await renamed('org_unit_version', '本社')
    for (const person of people) {
      await finish(world, person, [{ slug: 'M01' }, { slug: 'M02', due: TODAY, ago: 86_400_000 }, { slug: 'M04', due: TODAY }])
      await world.addAssignment(person, { kind: 'module', slug: 'M05' })
    }
    expect((await linesOf(world, 'workforce')).lines).toEqual([
      `${people[0]!.number},受講 一,正社員,サンプル通信株式会社,D1,本社,研修,M02,入社・受入時,,2026-11-20,,2026-11-19,期限内,`,
      `${people[0]!.number},受講 一,正社員,サンプル通信株式会社,D1,本社,研修,M01,入社・受入時,,2026-11-18,,2026-11-20,期限後,`,
      `${people[0]!.number},受講 一,正社員,サンプル通信株式会社,D1,本社,研修,M04,入社・受入時,,2026-11-20,,2026-11-20,期限内,`,
      `${people[1]!.number},"受講, 二",正社員,サンプル通信株式会社,,,研修,M02,入社・受入時,,2026-11-20,,2026-11-19,期限内,`,
      `${people[1]!.number},"受講, 二",正社員,サンプル通信株式会社,,,研修,M01,入社・受入時,,2026-11-18,,2026-11-20,期限後,`,
      `${people[1]!.number},"受講, 二",正社員,サンプル通信株式会社,,,研修,M04,入社・受入時,,2026-11-20,,2026-11-20,期限内,`,
    ])
    expect((await linesOf(world, 'company')).lines).toEqual([
      `${people[2]!.number},,委託先従業者,青葉設備,,,研修,M02,入社・受入時,,2026-11-20,,2026-11-19,期限内,`,
      `${people[2]!.number},,委託先従業者,青葉設備,,,研修,M01,入社・受入時,,2026-11-18,,2026-11-20,期限後,`,
      `${people[2]!.number},,委託先従業者,青葉設備,,,研修,M04,入社・受入時,,2026-11-20,,2026-11-20,期限内,`,
    ])
  })

  it('come once and in the same order however many are read at a time', async () => {
    const world = await World.make(engine)
    for (let count = 0; count < 11; count++) {
      const person = await world.addPerson({ name: `受講 ${count}` })
      if (count % 4 !== 3) await finish(world, person, [{ slug: 'M01', version: '1.2' }, { slug: 'M03' }].slice(count % 2))
      await world.addAssignment(person, { kind: 'module', slug: 'M05' })
      const withdrawn = await world.addAssignment(person, { kind: 'module', slug: 'M06' })
      await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'withdrawn' }).where('id', '=', withdrawn).execute()
    }
    const whole = await linesOf(world, 'workforce')
    expect(whole.lines.length).toBeGreaterThan(10)
    expect(whole.lines.filter((line) => /,(M05|M06),/.test(line)), 'what is open, or was taken back').toEqual([])
    expect(whole.lines.filter((line) => /,M01,入社・受入時,1\.2,.*,紙$/.test(line))).toHaveLength(6)
    for (const most of [1, 2, 3, 5, 11, 12, 1_000]) expect((await linesOf(world, 'workforce', most)).lines, `${most} duties at a time`).toEqual(whole.lines)
    // fifteen duties were finished and eleven withdrawn, by nine of eleven people
    for (const [most, portions] of [[26, 1], [25, 2], [8, 4], [1, 11]] as const) expect((await linesOf(world, 'workforce', most)).sizes, `${most} duties at a time`).toHaveLength(portions)
  })

  it('come once and in order whatever is written meanwhile, a number that was given twice among them', async () => {
    const world = await World.make(engine)
    for (let count = 0; count < 11; count++) await finish(world, await world.addPerson({ name: `受講 ${count}` }), count === 2 || count === 9 ? [] : [{ slug: 'M01' }, { slug: 'M03', ago: 5_000 }])
    const again = await world.addPerson({ number: '000004a', name: '再入社' })
    await world.db.updateTable('engagement').set({ number: '000004', sequence: 2 }).where('id', '=', again.engagementId).execute()
    await world.db.updateTable('engagement_current').set({ number: '000004' }).where('engagement_id', '=', again.engagementId).execute()
    await finish(world, again, [{ slug: 'M01' }])
    const whole = (await linesOf(world, 'workforce')).lines
    for (const most of [1, 2, 3, 4, 5, 12]) expect((await linesOf(world, 'workforce', most)).lines, `${most} at a time`).toEqual(whole)
    const of = async (number: string) => ({ engagementId: (await world.db.selectFrom('engagement').select('id').where('number', '=', number).where('sequence', '=', 1).executeTakeFirstOrThrow()).id }) as TestPerson
    const lines: string[] = []
    const write = completionWriter((_kind, slug) => slug)
    let portions = 0
    for await (const portion of listCompletions(world.db, 'workforce', TODAY, 4)) {
      for (const { person, duties } of portion) lines.push(...write(person, duties).split('\r\n').slice(0, -1))
      if (++portions !== 3) continue
      // behind: finished, renamed, and somebody new; ahead: finished, and somebody new
      await finish(world, await of('000003'), [{ slug: 'M01' }])
      await finish(world, await of('000010'), [{ slug: 'M01' }])
      await world.db.updateTable('engagement_current').set({ display_name: '改名' }).where('display_name', '=', '受講 1').execute()
      await finish(world, await world.addPerson({ number: '000000', name: '後ろ' }), [{ slug: 'M01' }])
      await finish(world, await world.addPerson({ number: '000099', name: '先' }), [{ slug: 'M01' }])
    }
    const keys = lines.map((line) => line.split(',').filter((_, at) => [0, 1, 7].includes(at)).join(' '))
    expect(new Set(keys).size, 'no row comes twice').toBe(keys.length)
    expect(lines.map((line) => line.slice(0, 6))).toEqual(lines.map((line) => line.slice(0, 6)).sort())
    expect(whole.filter((line) => !lines.includes(line)), 'nobody is lost').toEqual([])
    expect(lines.some((line) => line.includes('後ろ') || line.includes('改名') || line.startsWith('000003')), 'what was written stays as it was').toBe(false)
    expect(lines.filter((line) => line.startsWith('000099')), 'what lies ahead is as it is when it is reached').toHaveLength(1)
  })
})
