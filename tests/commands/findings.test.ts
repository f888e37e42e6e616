import { beforeAll, expect, it } from 'vitest'
import { decideFiling } from '../../app/commands/decide-filing.server'
import { decideFinding } from '../../app/commands/decide-finding.server'
import { filingReachOf, openFiling } from '../../app/commands/open-filing.server'
import { reportFinding } from '../../app/commands/report-finding.server'
import { saveFiling } from '../../app/commands/save-filing.server'
import { submitFiling } from '../../app/commands/submit-filing.server'
import { itemsOf } from '../../app/content/checklist-schema'
import { findSheet } from '../../app/content/filing-sheet.server'
import { OPEN_INSTANT, startOf, type Day } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { WORDS_LIMITS } from '../../app/domain/throttle'
import { inTransaction, insertRows } from '../../db/database.server'
import { countFindings, countReportedFindings, listFindingActs, listFindings, listFindingsOf } from '../../db/findings.server'
import { SCAN } from '../support/approvals'
import { onBothEngines } from '../support/database'
import { NOW, PASSWORD, testLibrary, World, type TestPerson } from '../support/world'

const ALL = { companyIds: null, unitIds: null }

onBothEngines('what a checklist left to mend', (engine) => {
  let world: World
  let unit: string
  let [manager, other, contact, below, foreign, hr, chief]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', false, 'K1')
    await world.addCompany('K9', 'べつの株式会社', 'contractor')
    ;[unit] = [await world.addUnit('S01', '仙台店')]
    const lead = (company: string, name: string) => world.addPerson({ kind: 'contractorWorker', company, name, password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
    ;[contact, below, foreign] = [await lead('K1', '小野寺 仁'), await lead('K2', '早川 望'), await lead('K9', '別 人')]
    manager = await world.addPerson({ name: '山﨑 健一', password: true, unit, role: 'protectionManager', roleScope: { kind: 'unit', id: unit } })
    other = await world.addPerson({ role: 'protectionManager', roleScope: { kind: 'unit', id: await world.addUnit('S02', '福岡店') } })
    ;[hr, chief] = [await world.addPerson({ name: '𠮷田 直子', role: 'hr', password: true }), await world.addPerson({ role: 'chief' })]
  })
  const at = async (day: Day) => {
    world.now = startOf(day) + 10 * 3_600_000
    await world.db.updateTable('session').set({ created_at: world.now, last_seen_at: world.now, expires_at: world.now + 40_000_000 }).execute()
  }
  /** Answers all of a form, some of it with what is to mend, and signs it. */
  const file = async (who: TestPerson, slug: string, subjectId: string, period: string, left: readonly string[], mended: readonly string[] = []) => {
    const context = await world.contextOf(who)
    const opened = await openFiling(context, { slug, subjectId, period })
    if (isRefusal(opened)) throw new Error(opened.refused)
    const items = itemsOf(testLibrary().current('checklist', slug)!.meta)
    await saveFiling(context, { ...opened, files: [], removed: [], answers: items.map(({ id }) => (left.includes(id) ? { itemId: id, answer: 'partly' as const, remark: '途中です', improveBy: '2027-12-18' } : { itemId: id, answer: 'done' as const, remark: '', improveBy: mended.includes(id) ? '2027-12-18' : '' })) })
    const sheet = (await findSheet(context, opened.filingId, await filingReachOf(context)))!
    const signed = await submitFiling(context, { ...opened, shown: sheet.digest, nameTyped: context.viewer.name, password: PASSWORD })
    if (isRefusal(signed)) throw new Error(signed.refused)
    return opened.filingId
  }
  const decideIt = async (who: TestPerson, filingId: string, verdict: Parameters<typeof decideFiling>[1]['verdict']) => decideFiling(await world.contextOf(who), { filingId, verdict, note: '' })
  const left = async (filingId: string) => (await listFindingsOf(world.db, [filingId], '2026-11-20')).map(({ itemId, last }) => `${itemId} ${last ?? 'open'}`)
  const report = async (who: TestPerson, findingId: string, change: object = {}) => reportFinding(await world.contextOf(who), { findingId, mendedOn: '2026-11-20', words: '片付けました。', files: [], ...change })
  const decide = async (who: TestPerson, findingId: string, verdict: Parameters<typeof decideFinding>[1]['verdict']) => decideFinding(await world.contextOf(who), { findingId, verdict })
  const entries = async (type: string) => (await world.db.selectFrom('ledger_entry').select('id').where('type', '=', type).execute()).length

  it('is entered when the company’s filing is accepted, and not before', async () => {
    // a day that stands beside 実施 is left over from an earlier answer
    const filingId = await file(contact!, 'CK1', world.companyId('K1'), 'FY2026', ['1-5', '2-17'], ['1-6'])
    expect(await left(filingId)).toEqual([])
    await decideIt(hr!, filingId, { is: 'accept' })
    expect(await left(filingId)).toEqual(['1-5 open', '2-17 open'])
  })

  it('is reported by the company, decided by another, once, and settled for good', async () => {
    const [finding, second] = await listFindings(world.db, ALL, { view: 'open', slug: 'CK1' }, { after: '', limit: 9, day: '2026-11-20' })
    const { id } = finding!
    for (const who of [below!, foreign!, hr!, manager!]) expect(await report(who, id)).toEqual({ refused: 'notFound' })
    expect(await report(contact!, id, { words: ' ', mendedOn: '2026-11-21' })).toEqual({ refused: 'reportFaulty', facts: { mendedOn: 'future', words: 'missing' } })
    expect(await decide(hr!, id, { is: 'accept' })).toEqual({ refused: 'findingNotWaiting' })
    const [one, two] = await Promise.all([1, 2].map(() => report(contact!, id, { files: [{ name: '=写真.pdf', scan: SCAN }, { name: '同じ.pdf', scan: SCAN }] })))
    expect(one).toHaveProperty('actId')
    expect(two).toEqual(one)
    expect(await report(contact!, id, { words: 'ほかの言葉' })).toEqual({ refused: 'findingSettled' })
    expect(await decide(contact!, id, { is: 'accept' })).toEqual({ refused: 'notFound' })
    expect(await decide(hr!, id, { is: 'return', words: '' })).toEqual({ refused: 'findingWords' })
    expect(await countReportedFindings(world.db, 9)).toBe(1)
    await decide(hr!, id, { is: 'return', words: '写真を添えてください。' })
    expect(await report(contact!, id, { words: '写真を添えました。' })).toHaveProperty('actId')
    expect(await decide(chief!, id, { is: 'accept' })).toHaveProperty('actId')
    expect((await listFindingActs(world.db, id)).map(({ kind, words, files }) => [kind, words, files.length])).toEqual([['reported', '片付けました。', 1], ['returned', '写真を添えてください。', 0], ['reported', '写真を添えました。', 0], ['accepted', '', 0]])
    for (const again of [await report(contact!, id), await decide(hr!, id, { is: 'return', words: 'やはり' })]) expect(again).toHaveProperty('refused')
    expect(await Promise.all(['finding.reported', 'finding.decided'].map(entries))).toEqual([2, 2])
    expect(await countFindings(world.db, { companyIds: [world.companyId('K1')], unitIds: [] })).toMatchObject({ open: 1, reported: 0, settled: 1, nextDay: '2027-12-18' })
    expect(await countFindings(world.db, { companyIds: [world.companyId('K9')], unitIds: [] })).toMatchObject({ open: 0, settled: 0, nextDay: null })
    expect(second!.itemId).toBe('2-17')
  })

  it('is told and decided once, whoever asks at the same moment; what was sent twice is one', async () => {
    const [finding] = await listFindings(world.db, { companyIds: [world.companyId('K1')], unitIds: [] }, { view: 'open', slug: 'CK1' }, { after: '', limit: 9, day: '2026-11-20' })
    const { id } = finding!
    const second = await world.addPerson({ kind: 'contractorWorker', company: 'K1', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
    const files = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `${at}.pdf`, scan: { ...SCAN, bytes: new Uint8Array([...SCAN.bytes, at]) } }))
    expect(await report(contact!, id, { files: files(6) })).toEqual({ refused: 'tooManyFindingFiles', facts: { most: 5 } })
    const told = await Promise.all([report(contact!, id, { files: files(5) }), report(second, id)])
    expect(told.filter((one) => 'refused' in one)).toEqual([{ refused: 'findingSettled' }])
    const first = 'refused' in told[0]! ? second : contact!
    const again = await report(first, id)
    expect(again).toEqual(told.find((one) => !('refused' in one)))
    for (const [who, change] of [[first === second ? contact! : second, {}], [first, { mendedOn: '2026-11-19' }], [first, { words: 'ちがう言葉' }]] as const) expect(await report(who, id, change)).toHaveProperty('refused')

    const back = { is: 'return', words: '写真を添えてください。' } as const
    const sent = await decide(hr!, id, back)
    expect(await decide(hr!, id, { ...back, words: ' 写真を添えてください。 ' })).toEqual(sent)
    for (const [who, verdict] of [[chief!, back], [hr!, { ...back, words: 'ほかの言葉' }], [hr!, { is: 'accept' }]] as const) expect(await decide(who, id, verdict)).toEqual({ refused: 'findingNotWaiting' })
    await report(contact!, id, { words: '写真を添えました。' })
    expect(await decide(other!, id, { is: 'accept' })).toEqual({ refused: 'notFound' })
    expect(await decide(hr!, '00000000-0000-7000-8000-000000000000', { is: 'accept' })).toEqual({ refused: 'notFound' })
    const both = await Promise.all([decide(hr!, id, { is: 'accept' }), decide(chief!, id, { is: 'accept' })])
    expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'findingNotWaiting' }])
    expect((await listFindingActs(world.db, id)).map(({ ordinal, kind }) => `${ordinal} ${kind}`)).toEqual(['1 reported', '2 returned', '3 reported', '4 accepted'])
  })

  it('lets nobody send words without end', async () => {
    const own = await world.addUnit('S03', '盛岡店')
    const keeper = await world.addPerson({ password: true, role: 'protectionManager', roleScope: { kind: 'unit', id: own } })
    const { id } = (await listFindingsOf(world.db, [await file(keeper, 'CK2', own, '2026-11', ['m1'])], '2026-11-20'))[0]!
    const spent = async (who: TestPerson, does: () => Promise<unknown>) => {
      await world.db.deleteFrom('throttle').where('bucket', '=', `words:${who.accountId}`).execute()
      await inTransaction(world.db, (tx) => insertRows(tx, 'throttle', [{ bucket: `words:${who.accountId}`, failures: WORDS_LIMITS.free, refilled_at: world.now }]))
      const done = await does()
      await world.db.deleteFrom('throttle').where('bucket', '=', `words:${who.accountId}`).execute()
      return done
    }
    expect(await spent(keeper, () => report(keeper, id))).toMatchObject({ refused: 'tooManyWords' })
    await report(keeper, id)
    expect(await spent(chief!, () => decide(chief!, id, { is: 'return', words: 'どこですか' }))).toMatchObject({ refused: 'tooManyWords' })
    expect((await listFindingActs(world.db, id)).map(({ kind }) => kind)).toEqual(['reported'])
    expect(await spent(chief!, () => decide(chief!, id, { is: 'accept' }))).toHaveProperty('actId')
  })

  it('may be reported by the office where the office answered, and is then decided by another of it', async () => {
    const filingId = await file(hr!, 'CK3', world.companyId('K9'), 'FY2026', ['last'])
    const { id } = (await listFindingsOf(world.db, [filingId], '2026-11-20'))[0]!
    expect(await report(contact!, id)).toEqual({ refused: 'notFound' })
    expect(await report(hr!, id)).toHaveProperty('actId')
    expect(await decide(hr!, id, { is: 'accept' })).toEqual({ refused: 'findingIsYours' })
    await decide(chief!, id, { is: 'return', words: '会社の言葉で知らせてください。' })
    expect(await report(foreign!, id)).toHaveProperty('actId')
    expect(await decide(hr!, id, { is: 'accept' })).toHaveProperty('actId')
  })

  it('of a unit is entered with the signature, waits while the filing is back, and is replaced by the next signature', async () => {
    const filingId = await file(manager!, 'CK2', unit, '2026-11', ['m1', 'm2'])
    expect(await left(filingId)).toEqual(['m1 open', 'm2 open'])
    const { id } = (await listFindingsOf(world.db, [filingId], '2026-11-20'))[0]!
    expect(await report(other!, id)).toEqual({ refused: 'notFound' })
    await decideIt(chief!, filingId, { is: 'return', reasons: [{ itemId: 'm1', words: 'どこですか' }] })
    expect(await report(manager!, id)).toEqual({ refused: 'filingCameBack' })
    await file(manager!, 'CK2', unit, '2026-11', ['m2'])
    expect(await left(filingId)).toEqual(['m2 open'])
    expect(await world.db.selectFrom('finding').select('id').where('filing_id', '=', filingId).execute()).toHaveLength(3)
    expect((await listFindingActs(world.db, id)).map(({ kind }) => kind)).toEqual(['replaced'])
  })

  it('is followed by the next filing that answers the same item; a late one for an earlier period enters nothing', async () => {
    await at('2026-12-10')
    try {
      const december = await file(manager!, 'CK2', unit, '2026-12', ['m2', 'm3'])
      expect(await left(december)).toEqual(['m2 open', 'm3 open'])
      expect(await world.db.selectFrom('finding_act').select('kind').innerJoin('finding', 'finding.id', 'finding_act.finding_id').innerJoin('filing', 'filing.id', 'finding.filing_id').where('period', '=', '2026-11').where('item_id', '=', 'm2').execute()).toEqual([{ kind: 'replaced' }, { kind: 'followed' }])
      const october = await file(manager!, 'CK2', unit, '2026-10', ['m1'])
      expect(await left(october)).toEqual([])
      expect(await world.db.selectFrom('finding').select('id').where('settled_at', '=', OPEN_INSTANT).execute()).toHaveLength(2)
    } finally {
      await at('2026-11-20')
      world.now = NOW
    }
  })
})
