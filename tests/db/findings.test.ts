import { beforeAll, expect, it } from 'vitest'
import { OPEN_INSTANT, startOf, type Day } from '../../app/domain/calendar'
import type { FindingActKind } from '../../app/domain/finding'
import { sha256 } from '../../app/domain/ledger/entry'
import { inTransaction, insertRows } from '../../db/database.server'
import { countFindings, countOpenFindings, countReportedFindings, countReturnedFindings, findFinding, listFindings, listFindingsOf, type Finding, type FindingView } from '../../db/findings.server'
import { recordBlob } from '../../db/ledger.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const DAY = '2026-11-20'
const ALL = { companyIds: null, unitIds: null }

onBothEngines('findings in the database', (engine) => {
  let world: World
  let by: TestPerson
  let [a, b, unit]: string[] = []
  const ids = new Map<string, string>()
  /** A filing with what it left to mend, straight in the tables; each finding with what was done with it. */
  async function filed(name: string, slug: string, subject: { company?: string; unit?: string }, left: readonly [Day, ...FindingActKind[]][]) {
    const id = world.app.newId()
    ids.set(name, id)
    await inTransaction(world.db, async (tx) => {
      await insertRows(tx, 'filing', [{ id, slug, version: '1.0', subject_kind: subject.unit ? 'unit' : 'company', subject_id: (subject.company ?? subject.unit)!, company_id: subject.company ?? null, unit_id: subject.unit ?? null, period: 'FY2026', opens_on: '2026-04-01', due_on: '2026-06-30', opened_by: by.accountId, opened_at: 1 }])
      const act = world.app.newId()
      const bytes = new TextEncoder().encode(name)
      await recordBlob(tx, { sha256: sha256(bytes), mediaType: 'application/json', bytes })
      await insertRows(tx, 'filing_act', [{ id: act, filing_id: id, ordinal: 1, kind: 'submitted', by_account: by.accountId, at: 2, statement_sha256: sha256(bytes), receipt: name, name_typed: '', note: '', done: 0, partly: left.length, not_done: 0, not_applicable: 0 }])
      for (const [at, [improveBy, ...acts]] of left.entries()) {
        const finding = world.app.newId()
        ids.set(`${name}${at}`, finding)
        const settled = acts.some((kind) => kind === 'accepted' || kind === 'followed' || kind === 'replaced')
        await insertRows(tx, 'finding', [{ id: finding, filing_id: id, act_id: act, item_id: `${9 - at}`, position: at, answer: 'partly', improve_by: improveBy, raised_at: startOf('2026-05-01'), settled_at: settled ? startOf('2026-06-01') : OPEN_INSTANT }])
        for (const [turn, kind] of acts.entries()) await insertRows(tx, 'finding_act', [{ id: world.app.newId(), finding_id: finding, ordinal: turn + 1, kind, by_account: by.accountId, at: startOf('2026-05-02') + turn, mended_on: kind === 'reported' ? '2026-05-02' : '', words: '' }])
      }
    })
  }
  const named = (rows: readonly Finding[]) => rows.map((one) => [...ids].find(([, id]) => id === one.id)![0])

  beforeAll(async () => {
    world = await World.make(engine, [])
    by = await world.addPerson({ role: 'chief' })
    for (const code of ['A', 'B']) await world.addCompany(code, `会社${code}`, 'contractor')
    ;[a, b, unit] = [world.companyId('A'), world.companyId('B'), await world.addUnit('S', '仙台店')]
    // what either was called before
    await inTransaction(world.db, async (tx) => {
      await insertRows(tx, 'company_version', [{ ...world.fact('2018-04-01', '2020-04-01'), company_id: a!, name: '旧会社', kind: 'contractor', parent_company_id: null }])
      await insertRows(tx, 'org_unit_version', [{ ...world.fact('2018-04-01', '2020-04-01'), unit_id: unit!, parent_unit_id: null, name: '旧店', kind: 'dept', head_number: '' }])
    })
    await filed('A', 'CK1', { company: a! }, [['2026-12-01'], ['2026-11-30', 'reported'], ['2026-12-01', 'reported', 'returned'], ['2026-11-25', 'reported', 'accepted'], ['2026-11-26', 'replaced']])
    await filed('C', 'CK3', { company: a! }, [['2026-11-27'], ['2026-11-26', 'followed']])
    await filed('B', 'CK1', { company: b! }, [['2026-12-02', 'reported', 'returned', 'reported'], ['2026-12-03', 'reported', 'returned']])
    await filed('S', 'CK2', { unit: unit! }, [['2026-12-04']])
  })

  it('are listed by whose turn it is, the first to be mended first, what is settled last first, within reach and of one form', async () => {
    const list = async (view: FindingView, reach: Parameters<typeof listFindings>[1] = ALL, slug: string | null = null) => named(await listFindings(world.db, reach, { view, slug }, { after: '', limit: 20, day: DAY })).join(' ')
    expect([await list('open'), await list('reported'), await list('settled')]).toEqual(['C0 A0 A2 B1 S0', 'A1 B0', 'C1 A4 A3'])
    expect([await list('open', { companyIds: [a!], unitIds: [] }), await list('open', { companyIds: [], unitIds: [unit!] }), await list('open', { companyIds: [unit!], unitIds: [a!] }), await list('open', { companyIds: [], unitIds: [] })]).toEqual(['C0 A0 A2', 'S0', '', ''])
    expect([await list('open', ALL, 'CK1'), await list('reported', ALL, 'CK3'), await list('settled', ALL, 'CK3')]).toEqual(['A0 A2 B1', '', 'C1'])
  })

  it('come each once over the pages, also where many are to be mended on one day', async () => {
    for (const [view, expected] of [['open', 'C0 A0 A2 B1 S0'], ['settled', 'C1 A4 A3']] as const) {
      const found: string[] = []
      for (let after = '', turn = 0; turn < 9; turn++) {
        const [one, more] = await listFindings(world.db, ALL, { view, slug: null }, { after, limit: 1, day: DAY })
        expect(more).toBeUndefined()
        if (!one) break
        found.push(...named([one]))
        after = `${one.improveBy}~${one.id}`
      }
      expect(found.join(' ')).toBe(expected)
    }
    for (const broken of ['2026-12-01', '~x', 'x']) expect(await listFindings(world.db, ALL, { view: 'open', slug: null }, { after: broken, limit: 20, day: DAY }), broken).toHaveLength(5)
  })

  it('are counted as they are listed, with the first day on which one is to be mended', async () => {
    expect(await countFindings(world.db, ALL)).toEqual({ open: 5, reported: 2, settled: 3, nextDay: '2026-11-27' })
    expect(await countFindings(world.db, ALL, 'CK1')).toEqual({ open: 3, reported: 2, settled: 2, nextDay: '2026-12-01' })
    expect(await countFindings(world.db, { companyIds: [b!], unitIds: [unit!] })).toEqual({ open: 2, reported: 1, settled: 0, nextDay: '2026-12-03' })
    expect([await countReturnedFindings(world.db, ALL), await countReturnedFindings(world.db, { companyIds: [a!], unitIds: [] }), await countReturnedFindings(world.db, { companyIds: [], unitIds: [unit!] })]).toEqual([2, 1, 0])
    expect([await countReportedFindings(world.db, 9), await countReportedFindings(world.db, 1)]).toEqual([2, 1])
    expect(await countOpenFindings(world.db, ['A', 'C'].map((name) => ids.get(name)!))).toEqual(new Map([[ids.get('A'), 3], [ids.get('C'), 1]]))
    expect([(await countOpenFindings(world.db, [])).size, (await listFindingsOf(world.db, [], DAY)).length]).toEqual([0, 0])
  })

  it('of a filing come in the order of the form, without what another signature replaced, under the name of the day', async () => {
    expect(named(await listFindingsOf(world.db, [ids.get('A')!], DAY))).toEqual(['A0', 'A1', 'A2', 'A3'])
    const find = (name: string, reach: Parameters<typeof findFinding>[2] = ALL, day = DAY) => findFinding(world.db, ids.get(name)!, reach, day)
    expect([(await find('A0'))?.name, (await find('S0'))?.name, (await find('A0', ALL, '2019-04-01'))?.name]).toEqual(['会社A', '仙台店', '旧会社'])
    expect(await find('A2')).toMatchObject({ last: 'returned', lastAt: startOf('2026-05-02') + 1, slug: 'CK1', companyId: a, unitId: null })
    expect([await find('A0', { companyIds: [b!], unitIds: [] }), await find('S0', { companyIds: [unit!], unitIds: [] })]).toEqual([undefined, undefined])
  })
})
