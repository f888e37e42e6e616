import { beforeAll, expect, it } from 'vitest'
import type { Day } from '../../app/domain/calendar'
import { findCertificate, findCompanyName, findPledgeKeptBy, listCertifiablePeople, listCertifiableSlugs, listCertificateLines, listCertificates, listCompanyNames, listNamedCertifiable, recordCertificate } from '../../db/certificates.server'
import { inTransaction, insertRows } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const DAY = '2026-11-20'

onBothEngines('certificates in the database', (engine) => {
  let world: World
  let by: TestPerson
  beforeAll(async () => {
    world = await World.make(engine, [])
    by = await world.addPerson({ role: 'chief' })
  })
  let turn = 0
  const company = async (name = '会社') => (await world.addCompany(`C${++turn}`, name, 'contractor'), { code: `C${turn}`, id: world.companyId(`C${turn}`) })
  const act = async (assignmentId: string, outcome: 'signed' | 'declined' | 'question', addressee: string) => {
    const id = world.app.newId()
    await inTransaction(world.db, (tx) => insertRows(tx, 'pledge_act', [{ id, assignment_id: assignmentId, outcome, template: 'PL3', version: '1.0', track: 'ja', addressee_company_id: addressee, statement_sha256: 'e'.repeat(64), pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: '', auth_method: '', credential_origin: '', evidence_grade: '', signed_at: 1, signed_at_text: '', address: '', agent: '', note: '', receipt: id.slice(-12), settle_slot: outcome === 'signed' ? 1 : null }]))
    return id
  }
  const listed = (ids: string[], day: Day = DAY) => listCertifiablePeople(world.db, ids, 'PL3', { after: '', limit: 50, today: day })

  it('lists one page after another by company and name, each person once, and which texts are asked for', async () => {
    for (const [code, kind] of [['P1', 'contractor'], ['P2', 'contractor'], ['P3', 'agency']] as const) await world.addCompany(code, `会社${code}`, kind)
    const [p1, p2, p3] = ['P1', 'P2', 'P3'].map((code) => world.companyId(code)) as [string, string, string]
    const at = async (company: string, kana: string, slug = 'PL3', more: object = {}) => {
      const person = await world.addPerson({ kind: 'contractorWorker', company, kana, ...more })
      await world.addAssignment(person, { kind: 'certificate', slug })
      return person
    }
    const [b, a, same, other] = [await at('P1', 'イ'), await at('P1', 'ア'), await at('P1', 'イ'), await at('P2', 'ア')]
    const [coming, ended, gone] = [await at('P1', 'ウ', 'PL2', { from: '2026-11-21' }), await at('P1', 'エ', 'PL4-C', { to: '2026-11-20' }), await at('P3', 'オ', 'PL5-C', { to: '2026-11-21' })]
    await world.addAssignment(a, { kind: 'pledge', slug: 'PL1' })
    await world.addAssignment(ended, { kind: 'certificate', slug: 'PL6-C', period: 'exit' })
    const pages = async (companyIds: string[]) => {
      const found: string[] = []
      for (let after = '', turn = 0; turn < 9; turn++) {
        const [one, more] = await listCertifiablePeople(world.db, companyIds, 'PL3', { after, limit: 1, today: DAY })
        expect(more).toBeUndefined()
        if (!one) break
        found.push(one.engagementId)
        after = one.key
      }
      return found
    }
    const first = [a, ...[b, same].sort((one, two) => (one.engagementId < two.engagementId ? -1 : 1))].map(({ engagementId }) => engagementId)
    expect([await pages([p1]), await pages([p2]), await pages([])]).toEqual([first, [other.engagementId], []])
    expect(await pages([p1, p2])).toEqual(p1 < p2 ? [...first, other.engagementId] : [other.engagementId, ...first])
    const slugs = (companyIds: string[], day = DAY) => listCertifiableSlugs(world.db, companyIds, day)
    expect([await slugs([p1]), await slugs([p3]), await slugs([p1], '2026-11-21'), await slugs([p3], '2026-11-21'), await slugs([])]).toEqual([['PL3', 'PL6-C'], ['PL5-C'], ['PL2', 'PL3', 'PL6-C'], [], []])
    expect([coming, gone]).toHaveLength(2)
  })

  it('take whoever is in force or has left, once, as the person is called last; not who is only coming', async () => {
    const { code, id } = await company()
    const person = async (more: object = {}) => {
      const one = await world.addPerson({ kind: 'contractorWorker', company: code, ...more })
      return { ...one, duty: await world.addAssignment(one, { kind: 'certificate', slug: 'PL3' }) }
    }
    const [here, left, coming] = [await person({ name: '今の名' }), await person({ name: '最後の名', from: '2025-04-01', to: '2026-11-01' }), await person({ from: '2026-12-01' })]
    // what each was called before, and a version that was corrected
    for (const [one, until] of [[here, '2024-04-01'], [left, '2025-04-01']] as const) {
      const { id: version, ...now } = await world.db.selectFrom('engagement_version').selectAll().where('engagement_id', '=', one.engagementId).executeTakeFirstOrThrow()
      await inTransaction(world.db, (tx) => insertRows(tx, 'engagement_version', [{ ...now, id: world.app.newId(), display_name: '前の名', valid_from: '2022-04-01', valid_to: until }, { ...now, id: world.app.newId(), display_name: '誤りの名', superseded_at: 5, superseded_by: world.changeSetId }]))
      expect(version).not.toBe('')
    }
    const names = (await listed([id])).map(({ name }) => name).sort()
    expect(names).toEqual(['今の名', '最後の名'])
    expect((await listNamedCertifiable(world.db, [id], 'PL3', [left.engagementId, coming.engagementId], DAY)).map(({ engagementId }) => engagementId)).toEqual([left.engagementId])
    expect(await listNamedCertifiable(world.db, [id], 'PL3', [], DAY)).toEqual([])
  })

  it('name of two open duties the one that is due first, whatever else is open, and what was answered last', async () => {
    const { code, id } = await company()
    const one = await world.addPerson({ kind: 'contractorWorker', company: code })
    const later = await world.addAssignment(one, { kind: 'certificate', slug: 'PL3', period: 'b', due: '2026-12-01' })
    await world.addAssignment(one, { kind: 'certificate', slug: 'PL3', period: 'c', due: '2026-12-01' })
    for (const target of [{ kind: 'certificate', slug: 'PL2' }, { kind: 'pledge', slug: 'PL3' }] as const) await world.addAssignment(one, { ...target, due: '2026-11-01' })
    const settled = await world.addAssignment(one, { kind: 'certificate', slug: 'PL3', period: 'a', due: '2026-11-02' })
    await world.db.updateTable('assignment').set({ settled_at: 9, settled_as: 'completed' }).where('id', '=', settled).execute()
    const rows = async () => (await listed([id])).map(({ assignmentId, declined, act: signed }) => ({ assignmentId, declined, signed: signed?.id ?? null }))
    expect(await rows()).toEqual([{ assignmentId: later, declined: false, signed: null }])
    await act(later, 'declined', id)
    expect(await rows()).toMatchObject([{ declined: true }])
    await act(later, 'question', id)
    expect(await rows()).toMatchObject([{ declined: false }])
    await act(later, 'declined', id)
    const signed = await act(later, 'signed', id)
    expect(await rows()).toEqual([{ assignmentId: later, declined: false, signed }])
    // whoever signed and said no to something later, has signed
    await act(later, 'declined', id)
    expect(await rows()).toEqual([{ assignmentId: later, declined: false, signed }])
  })

  it('are found by their own company only, with the people on them by number, and settle what is open', async () => {
    const [own, other] = [await company(), await company()]
    const people = [await world.addPerson({ number: '9002', kind: 'contractorWorker', company: own.code, name: '二' }), await world.addPerson({ number: '9001', kind: 'contractorWorker', company: own.code, name: '一' })]
    const { id: version, ...now } = await world.db.selectFrom('engagement_version').selectAll().where('engagement_id', '=', people[0]!.engagementId).executeTakeFirstOrThrow()
    await inTransaction(world.db, (tx) => insertRows(tx, 'engagement_version', [{ ...now, id: world.app.newId(), display_name: '前の名', valid_from: '2022-04-01', valid_to: now.valid_from }, { ...now, id: version.replace(/^./, 'f'), display_name: '誤りの名', valid_from: '2027-04-01', superseded_at: 5, superseded_by: world.changeSetId }]))
    const lines = await Promise.all(people.map(async (one) => ({ engagementId: one.engagementId, assignmentId: await world.addAssignment(one, { kind: 'certificate', slug: 'PL3' }), takenOn: '2026-11-19' })))
    const record = (of: typeof lines, receipt: string, companyId = own.id) => {
      const id = world.app.newId()
      return inTransaction(world.db, async (tx) => ({ id, settled: await recordCertificate(tx, { id, companyId, template: 'PL3', version: '1.0', declaredBy: by.accountId, statementSha256: 'f'.repeat(64), at: 7, receipt, nameTyped: '' }, of) }))
    }
    const first = await record(lines, 'R1')
    const again = await record([lines[0]!], 'R2')
    const foreign = await record([], 'R3', other.id)
    // one that was settled meanwhile spoils all of it, wherever it stands
    const open = { ...lines[1]!, assignmentId: await world.addAssignment(people[1]!, { kind: 'certificate', slug: 'PL3', period: 'FY2026' }) }
    expect((await record([lines[0]!, open], 'R4', other.id)).settled).toBe(false)
    expect([first.settled, again.settled]).toEqual([true, false])
    expect(await world.db.selectFrom('assignment').select(['settled_at', 'settled_as']).where('id', 'in', lines.map(({ assignmentId }) => assignmentId)).execute()).toEqual([{ settled_at: 7, settled_as: 'completed' }, { settled_at: 7, settled_as: 'completed' }])
    expect(await listCertificateLines(world.db, first.id)).toEqual([{ number: '9001', taken_on: '2026-11-19', name: '一' }, { number: '9002', taken_on: '2026-11-19', name: '二' }])
    expect((await listCertificates(world.db, [own.id], 9)).map(({ id, people: count }) => [id, Number(count)])).toEqual([[again.id, 1], [first.id, 2]])
    expect([(await listCertificates(world.db, [own.id], 1)).length, (await listCertificates(world.db, [], 9)).length]).toEqual([1, 0])
    const find = async (id: string, ids: string[]) => (await findCertificate(world.db, id, ids))?.receipt
    expect([await find(first.id, [own.id]), await find(first.id, [other.id]), await find(first.id, []), await find(foreign.id, [own.id, other.id])]).toEqual(['R1', undefined, undefined, 'R3'])
  })

  it('lead to the signed pledge that was promised to this company, and to nobody else’s', async () => {
    const [own, other] = [await company(), await company()]
    const one = await world.addPerson({ kind: 'contractorWorker', company: own.code })
    const duty = (period: string, kind: 'certificate' | 'pledge' = 'certificate') => world.addAssignment(one, { kind, slug: 'PL3', period })
    const [signed, declined, pledge, unsigned] = [await duty('a'), await duty('b'), await duty('c', 'pledge'), await duty('d')]
    const id = await act(signed, 'signed', own.id)
    await act(declined, 'declined', own.id)
    await act(pledge, 'signed', own.id)
    const kept = async (assignmentId: string, ids: string[]) => (await findPledgeKeptBy(world.db, ids, assignmentId))?.id
    expect([await kept(signed, [own.id]), await kept(signed, [other.id]), await kept(signed, []), await kept(declined, [own.id]), await kept(pledge, [own.id]), await kept(unsigned, [own.id])]).toEqual([id, undefined, undefined, undefined, undefined, undefined])
  })

  it('name companies as they are called on the day, in the order of names', async () => {
    const [b, a] = [await company('乙社'), await company('丙社')]
    const rename = (id: string, name: string, from: Day, to: Day, more: object = {}) => inTransaction(world.db, (tx) => insertRows(tx, 'company_version', [{ ...world.fact(from, to), company_id: id, name, kind: 'contractor', parent_company_id: null, ...more }]))
    await rename(b.id, '旧乙社', '2018-04-01', '2020-04-01')
    await rename(b.id, '誤乙社', '2018-04-01', '9999-12-31', { superseded_at: 5, superseded_by: world.changeSetId })
    expect([await findCompanyName(world.db, b.id, DAY), await findCompanyName(world.db, b.id, '2020-04-01'), await findCompanyName(world.db, b.id, '2020-03-31'), await findCompanyName(world.db, b.id, '2018-04-01'), await findCompanyName(world.db, b.id, '2018-03-31')]).toEqual(['乙社', '乙社', '旧乙社', '旧乙社', ''])
    expect([await listCompanyNames(world.db, [a.id, b.id], DAY), await listCompanyNames(world.db, [b.id], '2020-04-01'), await listCompanyNames(world.db, [b.id], '2020-03-31'), await listCompanyNames(world.db, [b.id], '2018-04-01'), await listCompanyNames(world.db, [a.id], '2018-04-01'), await listCompanyNames(world.db, [], DAY)]).toEqual([['丙社', '乙社'], ['乙社'], ['旧乙社'], ['旧乙社'], [], []])
  })
})
