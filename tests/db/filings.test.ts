import { beforeAll, expect, it } from 'vitest'
import { OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { sha256 } from '../../app/domain/ledger/entry'
import type { FilingActKind } from '../../app/domain/filing'
import { inTransaction, insertRows } from '../../db/database.server'
import { countOfficeRows, countWaitingFilings, listFiled, listFilingsFor, listOfficeRows } from '../../db/filing-lists.server'
import { findSubject, listProtectionManagers, listSubjects, type SubjectKind } from '../../db/filing-subjects.server'
import { findFiling, findFilingBefore, saveFilingAnswers } from '../../db/filings.server'
import { recordBlob } from '../../db/ledger.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const DAY = '2026-11-20'
const YEAR = { day: DAY, from: '2026-04-01', before: '2027-04-01' }
const KINDS = ['contractor', 'subcontractor'] as const
const ALL = { companyIds: null, unitIds: null }

onBothEngines('filings in the database', (engine) => {
  let world: World
  let by: TestPerson
  const ids = new Map<string, string>()
  const [company, unit]: [Record<string, string>, Record<string, string>] = [{}, {}]

  /** A filing with what was done with it, straight in the tables; a signature's statement is named by its place. */
  async function filed(name: string, slug: string, kind: SubjectKind, subjectId: string, period: string, acts: readonly FilingActKind[]) {
    const id = world.app.newId()
    ids.set(name, id)
    await inTransaction(world.db, async (tx) => {
      await insertRows(tx, 'filing', [{ id, slug, version: '1.0', subject_kind: kind, subject_id: subjectId, company_id: kind === 'unit' ? null : subjectId, unit_id: kind === 'unit' ? subjectId : null, period, opens_on: '2026-04-01', due_on: '2026-06-30', opened_by: by.accountId, opened_at: 1 }])
      for (const [at, act] of acts.entries()) {
        const bytes = new TextEncoder().encode(`${name} ${at}`)
        const hash = act === 'submitted' ? sha256(bytes) : null
        if (hash) await recordBlob(tx, { sha256: hash, mediaType: 'application/json', bytes })
        await insertRows(tx, 'filing_act', [{ id: world.app.newId(), filing_id: id, ordinal: at + 1, kind: act, by_account: by.accountId, at: startOf('2026-05-01') + at, statement_sha256: hash, receipt: `${name}${at}`, name_typed: '', note: '', done: 10 * (at + 1), partly: at, not_done: 0, not_applicable: 0 }])
      }
    })
  }
  const statement = (name: string, at: number) => sha256(new TextEncoder().encode(`${name} ${at}`))
  const named = (rows: readonly { filingId: string }[]) => rows.map(({ filingId }) => [...ids].find(([, id]) => id === filingId)?.[0] ?? filingId)

  beforeAll(async () => {
    world = await World.make(engine)
    by = await world.addPerson({ role: 'chief' })
    await world.addCompany('A', 'あさひ', 'contractor')
    await world.addCompany('B', 'ひので', 'subcontractor', false, 'A')
    await world.addCompany('C', 'みなと', 'contractor')
    await world.addCompany('D', 'みなと', 'contractor')
    await world.addCompany('H', '派遣元', 'agency')
    for (const code of 'ABCDH') company[code] = world.companyId(code)
    for (const code of ['S', 'T', 'X']) unit[code] = await world.addUnit(code, `部署${code}`)
    await filed('A24', 'CK1', 'company', company.A!, 'FY2024', ['submitted', 'accepted'])
    await filed('A25', 'CK1', 'company', company.A!, 'FY2025', ['submitted', 'returned', 'submitted', 'accepted'])
    await filed('A25 CK3', 'CK3', 'company', company.A!, 'FY2025', ['submitted'])
    await filed('A26', 'CK1', 'company', company.A!, 'FY2026', ['submitted', 'accepted'])
    await filed('B24', 'CK1', 'company', company.B!, 'FY2024', ['submitted', 'accepted'])
    await filed('B25', 'CK1', 'company', company.B!, 'FY2025', ['submitted', 'returned'])
    await filed('C22', 'CK1', 'company', company.C!, 'FY2022', [])
    await filed('C26', 'CK1', 'company', company.C!, 'FY2026', ['submitted'])
    await filed('C26 CK3', 'CK3', 'company', company.C!, 'FY2026', ['submitted'])
    await filed('D25 CK3', 'CK3', 'company', company.D!, 'FY2025', ['submitted'])
    await filed('S10', 'CK2', 'unit', unit.S!, '2026-10', ['submitted'])
  })

  it('find one only within reach', async () => {
    const found = async (name: string, reach: object) => (await findFiling(world.db, ids.get(name)!, { companyIds: [], unitIds: [], ...reach })) !== undefined
    expect([await found('A26', ALL), await found('A26', { companyIds: [company.A] }), await found('A26', { companyIds: [company.B], unitIds: [company.A] }), await found('A26', {}), await found('S10', { unitIds: [unit.S] }), await found('S10', { unitIds: [unit.T], companyIds: [unit.S] })]).toEqual([true, true, false, false, true, false])
  })

  it('compare with the newest one before that is complete, of the same form and subject, by its last signature', async () => {
    const before = async (code: string, period: string, complete: FilingActKind = 'accepted', slug = 'CK1') => findFilingBefore(world.db, { slug, subject_id: company[code]!, period }, complete)
    expect(await before('A', 'FY2026')).toMatchObject({ period: 'FY2025', statement: statement('A25', 2) })
    expect(await before('A', 'FY2025')).toMatchObject({ period: 'FY2024', statement: statement('A24', 0) })
    expect(await before('A', 'FY2024')).toBeUndefined()
    expect(await before('B', 'FY2026')).toMatchObject({ period: 'FY2024', statement: statement('B24', 0) })
    expect([await before('D', 'FY2026'), await before('C', 'FY2026')]).toEqual([undefined, undefined])
    expect(await before('D', 'FY2026', 'submitted', 'CK3')).toMatchObject({ period: 'FY2025', statement: statement('D25 CK3', 0) })
    expect(await before('D', 'FY2026', 'submitted')).toBeUndefined()
  })

  it('list for some subjects those of the periods asked for, and what is not finished', async () => {
    const list = async (codes: string, periods: string[]) => named(await listFilingsFor(world.db, 'CK1', [...codes].map((code) => company[code]!), periods, DAY)).sort()
    expect(await list('AB', ['FY2026'])).toEqual(['A26', 'B25'])
    expect(await list('C', ['FY2026'])).toEqual(['C22', 'C26'])
    expect(await list('BC', [])).toEqual(['B25', 'C22'])
    expect(await list('', ['FY2026'])).toEqual([])
    const rows = await listFilingsFor(world.db, 'CK1', [company.C!], ['FY2026'], DAY)
    expect(named(rows)).toEqual(['C26', 'C22'])
  })

  it('say of each when it was handed in last, how far it is answered, and whose it is', async () => {
    await inTransaction(world.db, async (tx) => {
      const answer = { remark: 'あと', improveBy: '' }
      await saveFilingAnswers(tx, ids.get('C22')!, { account: by.accountId, at: 1 }, [{ itemId: '1-1', answer: 'done', ...answer }, { itemId: '1-2', answer: 'partly', ...answer }, { itemId: '1-3', answer: null, ...answer }])
      await saveFilingAnswers(tx, ids.get('A26')!, { account: by.accountId, at: 1 }, [{ itemId: '1-1', answer: 'done', ...answer }])
    })
    const rows = await listFilingsFor(world.db, 'CK1', ['A', 'C'].map((code) => company[code]!), ['FY2024', 'FY2025', 'FY2026'], DAY)
    const handedIn = startOf('2026-05-01')
    expect(rows.map((row) => [named([row])[0], row.name, row.submittedAt, row.answered]).sort()).toEqual([
      ['A24', 'あさひ', handedIn, 0], ['A25', 'あさひ', handedIn + 2, 0], ['A26', 'あさひ', handedIn, 1], ['C22', 'みなと', null, 2], ['C26', 'みなと', handedIn, 0],
    ])
    expect((await listFiled(world.db, { companyIds: [], unitIds: [unit.S!] }, { before: '', limit: 9, day: DAY })).map(({ name, submittedAt }) => [name, submittedAt])).toEqual([['部署S', handedIn]])
  })

  it('list what was handed in within reach, the newest period first, each once over the pages', async () => {
    const pages = async (reach: { companyIds: string[] | null; unitIds: string[] | null }) => {
      const found: string[] = []
      for (let before = '', turn = 0; turn < 20; turn++) {
        const [one] = await listFiled(world.db, reach, { before, limit: 1, day: DAY })
        if (!one) return found
        found.push(...named([one]))
        before = `${one.period}~${one.filingId}`
      }
      return found
    }
    const ofA = await pages({ companyIds: [company.A!], unitIds: [] })
    expect([ofA[0], ofA.slice(1, 3).sort(), ofA[3], ofA.length]).toEqual(['A26', ['A25', 'A25 CK3'], 'A24', 4])
    expect(await pages({ companyIds: [company.C!], unitIds: [] })).toHaveLength(2)
    expect(await pages({ companyIds: [], unitIds: [unit.S!] })).toEqual(['S10'])
    expect(await pages({ companyIds: [unit.S!], unitIds: [company.A!] })).toEqual([])
    expect((await pages(ALL)).length).toBe(10)
  })

  it('count what waits for the office, of the forms that come to it', async () => {
    expect([await countWaitingFilings(world.db, ['CK1'], 10), await countWaitingFilings(world.db, ['CK1', 'CK3'], 10), await countWaitingFilings(world.db, ['CK1', 'CK3'], 2), await countWaitingFilings(world.db, [], 10)]).toEqual([1, 4, 2, 0])
  })

  it('show the office every company in a period once, and how the last act left its filing', async () => {
    const form = (more: object = {}) => ({ slug: 'CK1', subject: 'company' as const, companyKinds: [...KINDS], handedTo: 'operator' as const, period: 'FY2026', ...more })
    const names = async (view: 'all' | 'open' | 'waiting' | 'done', more: object = {}) => (await listOfficeRows(world.db, form(more), YEAR, { view, after: '', limit: 20 })).map(({ code, filing }) => `${code} ${filing?.last ?? '-'}`).sort()
    expect(await names('all')).toEqual(['A accepted', 'B -', 'C submitted', 'D -'])
    expect([await names('open'), await names('waiting'), await names('done')]).toEqual([['B -', 'D -'], ['C submitted'], ['A accepted']])
    expect(await names('all', { period: 'FY2025', onlyFiled: true })).toEqual(['A accepted', 'B returned'])
    expect(await names('open', { period: 'FY2025' })).toEqual(['B returned', 'C -', 'D -'])
    expect([await names('waiting', { slug: 'CK3', handedTo: 'file' }), await names('done', { slug: 'CK3', handedTo: 'file' })]).toEqual([[], ['C submitted']])
    expect(await countOfficeRows(world.db, form(), YEAR)).toEqual({ all: 4, open: 2, waiting: 1, done: 1, counts: { done: 30, partly: 1, notDone: 0, none: 0 } })
    const found: string[] = []
    for (let after = '', turn = 0; turn < 9; turn++) {
      const [row] = await listOfficeRows(world.db, form(), YEAR, { view: 'all', after, limit: 1 })
      if (!row) break
      found.push(row.code)
      after = `${row.name}\t${row.subjectId}`
    }
    expect(found.sort()).toEqual(['A', 'B', 'C', 'D'])
  })

  it('are about companies with an approved contract in the span, of the kinds asked for', async () => {
    const names = async (span: typeof YEAR, reach: typeof ALL | { companyIds: string[]; unitIds: null } = ALL, subject: SubjectKind = 'company') => (await listSubjects(world.db, { subject, companyKinds: [...KINDS] }, reach, span, 50)).map(({ code }) => code).sort()
    const contract = async (code: string, change: object) => world.db.updateTable('entrustment_version').set(change).where('entrustment_id', 'in', world.db.selectFrom('entrustment').select('id').where('company_id', '=', company[code]!)).execute()
    expect(await names(YEAR)).toEqual(['A', 'B', 'C', 'D'])
    expect(await names(YEAR, { companyIds: [company.B!], unitIds: null })).toEqual(['B'])
    expect((await findSubject(world.db, { subject: 'company', companyKinds: [...KINDS] }, ALL, YEAR, company.C!))?.code).toBe('C')
    const restore = { valid_from: '2020-04-01', valid_to: '9999-12-31', status: 'approved' as const, superseded_at: OPEN_INSTANT, superseded_by: null }
    for (const [change, gone] of [[{ status: 'pending' }, true], [{ superseded_at: 5, superseded_by: world.changeSetId }, true], [{ valid_from: '2027-04-01' }, true], [{ valid_from: '2027-03-31' }, false], [{ valid_to: '2026-04-01' }, true], [{ valid_to: '2026-04-02' }, false]] as const) {
      await contract('C', change)
      expect([await names(YEAR), await names(YEAR, ALL, 'entrustment')], JSON.stringify(change)).toEqual(gone ? [['A', 'B', 'D'], ['K-A', 'K-B', 'K-D']] : [['A', 'B', 'C', 'D'], ['K-A', 'K-B', 'K-C', 'K-D']])
      await contract('C', restore)
    }
    await contract('D', { valid_to: '2026-12-11' })
    const ending = async (endsBefore: string) => (await listOfficeRows(world.db, { slug: 'CK4', subject: 'entrustment', companyKinds: [...KINDS], handedTo: 'operator', period: 'end', endsBefore }, YEAR, { view: 'all', after: '', limit: 9 })).map(({ code }) => code)
    expect([await ending('2027-01-01'), await ending('2026-12-12'), await ending('2026-12-11')]).toEqual([['K-D'], ['K-D'], []])
    await contract('D', restore)
  })

  it('are about units with a 保護管理者, and name the one of today', async () => {
    const appoint = async (code: string, role: 'protectionManager' | 'unitHead', change: object = {}) => {
      const person = await world.addPerson({ name: `${role}${code}`, unit: unit[code]! })
      await inTransaction(world.db, (tx) => insertRows(tx, 'appointment', [{ ...world.fact('2026-05-01'), engagement_id: person.engagementId, role, scope_kind: 'unit', scope_id: unit[code]!, delegated_from: null, ...change }]))
      return person
    }
    const holder = await appoint('S', 'protectionManager')
    await appoint('S', 'protectionManager', { valid_to: '2026-06-01' })
    await appoint('T', 'protectionManager', { superseded_at: 5, superseded_by: world.changeSetId })
    await appoint('T', 'unitHead')
    await appoint('X', 'protectionManager')
    await world.db.updateTable('org_unit_version').set({ kind: 'unplaced' }).where('unit_id', '=', unit.X!).execute()
    const list = async (unitIds: string[] | null) => (await listSubjects(world.db, { subject: 'unit', companyKinds: [] }, { companyIds: null, unitIds }, YEAR, 50)).map(({ code }) => code)
    expect([await list(null), await list([unit.S!]), await list([unit.T!])]).toEqual([['S'], ['S'], []])
    expect([...await listProtectionManagers(world.db, [unit.S!], DAY)]).toEqual([[unit.S, [`protectionManagerS(${holder.number}・正社員)`]]])
    expect((await listProtectionManagers(world.db, [unit.T!], DAY)).size).toBe(0)
  })
})
