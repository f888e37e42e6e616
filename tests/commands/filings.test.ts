import { beforeAll, describe, expect, it } from 'vitest'
import { decideFiling } from '../../app/commands/decide-filing.server'
import { filingReachOf, openFiling } from '../../app/commands/open-filing.server'
import { saveFiling } from '../../app/commands/save-filing.server'
import { submitFiling } from '../../app/commands/submit-filing.server'
import { itemsOf } from '../../app/content/checklist-schema'
import { findSheet } from '../../app/content/filing-sheet.server'
import type { SignedInContext } from '../../app/context'
import type { FilingStatement } from '../../app/domain/filing-statement'
import { canonicalBytes } from '../../app/domain/ledger/canonical'
import { sha256 } from '../../app/domain/ledger/entry'
import { isRefusal } from '../../app/domain/refusal'
import { findBlob } from '../../db/ledger.server'
import { SCAN } from '../support/approvals'
import { onBothEngines } from '../support/database'
import { PASSWORD, testLibrary, World, type TestPerson } from '../support/world'

const MONTH = '2026-11'

onBothEngines('a checklist', (engine) => {
  let world: World
  let unit: string
  let otherUnit: string
  let manager: TestPerson
  let other: TestPerson
  let contact: TestPerson
  let hr: TestPerson
  let chief: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', false, 'K1')
    await world.addCompany('K9', 'べつの株式会社', 'contractor')
    await world.addCompany('H1', 'かなえスタッフ株式会社', 'agency')
    ;[unit, otherUnit] = [await world.addUnit('S01', '仙台店'), await world.addUnit('S02', '福岡店')]
    const inUnit = (id: string, name: string) => world.addPerson({ name, password: true, unit: id, role: 'protectionManager', roleScope: { kind: 'unit', id } })
    manager = await inUnit(unit, '山﨑 健一')
    other = await inUnit(otherUnit, '橋本 拓海')
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
    hr = await world.addPerson({ name: '𠮷田 直子', role: 'hr', password: true })
    chief = await world.addPerson({ name: '坂本 由美', role: 'chief', password: true })
  })
  const as = (person: TestPerson): Promise<SignedInContext> => world.contextOf(person)
  const begin = async (person: TestPerson, slug: string, subjectId: string, period: string) => {
    const answer = await openFiling(await as(person), { slug, subjectId, period })
    if (isRefusal(answer)) throw new Error(answer.refused)
    return answer.filingId
  }
  const sheetOf = async (person: TestPerson, filingId: string) => {
    const context = await as(person)
    return (await findSheet(context, filingId, await filingReachOf(context)))!
  }
  const items = (slug: string) => itemsOf(testLibrary().current('checklist', slug)!.meta)
  const fill = async (person: TestPerson, filingId: string, slug: string, change: Record<string, object> = {}) =>
    saveFiling(await as(person), { filingId, files: [], removed: [], answers: items(slug).map(({ id }) => ({ itemId: id, answer: 'done' as const, remark: '', improveBy: '', ...change[id] })) })
  const sign = async (person: TestPerson, filingId: string, change: object = {}) =>
    submitFiling(await as(person), { filingId, shown: (await sheetOf(person, filingId)).digest, nameTyped: (await as(person)).viewer.name, password: PASSWORD, ...change })
  const acts = (filingId: string) => world.db.selectFrom('filing_act').select(['ordinal', 'kind']).where('filing_id', '=', filingId).orderBy('ordinal').execute()
  const entries = async (type: string) => (await world.db.selectFrom('ledger_entry').select('id').where('type', '=', type).execute()).length

  describe('of a unit each month', () => {
    it('is answered by the 保護管理者 of that unit and of no other, once a month', async () => {
      const [first, second] = await Promise.all([1, 2].map(() => begin(manager, 'CK2', unit, MONTH)))
      expect(first).toBe(second)
      for (const [person, subjectId, period] of [[other, unit, MONTH], [contact, unit, MONTH], [hr, unit, MONTH], [manager, otherUnit, MONTH], [manager, unit, '2026-12'], [manager, unit, 'FY2026'], [manager, unit, '2025-11']] as const)
        expect(await openFiling(await as(person), { slug: 'CK2', subjectId, period }), `${period}`).toEqual({ refused: 'notFound' })
      expect(await world.db.selectFrom('filing').select(['unit_id', 'period', 'opens_on', 'due_on']).where('slug', '=', 'CK2').execute()).toEqual([{ unit_id: unit, period: MONTH, opens_on: '2026-11-01', due_on: '2026-11-30' }])
    })

    it('keeps what was answered so far, and is signed only when all of it is answered', async () => {
      const filingId = await begin(manager, 'CK2', unit, MONTH)
      await saveFiling(await as(manager), { filingId, files: [], removed: [], answers: [{ itemId: 'm1', answer: 'partly', remark: '窓口の机に付箋', improveBy: '' }, { itemId: 'nobody', answer: 'done', remark: '', improveBy: '' }] })
      expect((await sheetOf(manager, filingId)).items.map(({ answer }) => answer).slice(0, 2)).toEqual(['partly', null])
      expect(await sign(manager, filingId)).toEqual({ refused: 'filingIncomplete', facts: { count: 9 } })
      await fill(manager, filingId, 'CK2', { m1: { answer: 'partly', remark: '窓口の机に付箋', improveBy: '2026-11-27' }, m6: { answer: 'none', remark: '今月動いた人はいません' } })
      expect(await sign(manager, filingId, { nameTyped: '山田', password: 'ちがう' })).toMatchObject({ refused: 'signatureFaulty', facts: { name: '山﨑 健一', password: 1 } })
      expect(await sign(manager, filingId, { shown: 'f'.repeat(64) })).toEqual({ refused: 'shownDifferently' })
      expect(await sign(other, filingId, { shown: (await sheetOf(manager, filingId)).digest }).catch(() => 'nothing to see')).toBe('nothing to see')
      expect(await acts(filingId)).toEqual([])
      const shown = (await sheetOf(manager, filingId)).digest
      const [one, two] = await Promise.all([1, 2].map(() => sign(manager, filingId, { shown, nameTyped: '山崎健一' })))
      expect(one).toMatchObject({ receipt: expect.stringMatching(/^SH-2026-/) })
      expect(two).toEqual(one)
      expect(await acts(filingId)).toEqual([{ ordinal: 1, kind: 'submitted' }])
      expect(await entries('filing.submitted')).toBe(1)
    })

    it('is kept as the bytes that were hashed, and changes no more', async () => {
      const filingId = await begin(manager, 'CK2', unit, MONTH)
      const { acts: [act], state } = await sheetOf(manager, filingId)
      expect(state).toBe('submitted')
      const bytes = (await findBlob(world.db, act!.statement!))!.bytes
      const statement = JSON.parse(new TextDecoder().decode(bytes)) as FilingStatement
      expect(canonicalBytes(statement)).toEqual(new Uint8Array(bytes))
      expect(statement).toMatchObject({ format: 'shuhi-filing-1', subject: { kind: 'unit', id: unit, name: '仙台店' }, period: MONTH, replaces: null, counts: { done: 7, partly: 1, notDone: 0, none: 1 }, signer: { capacity: 'protectionManager', nameTyped: '山崎健一', nameRegistered: '山﨑 健一' } })
      expect(statement.items[0]).toMatchObject({ number: '1', answer: 'partly', remark: '窓口の机に付箋', improveBy: '2026-11-27' })
      expect(statement.declaration).toContain('仙台店について')
      expect(statement.form.sha256).toBe(testLibrary().current('checklist', 'CK2')!.sha256)
      expect(await fill(manager, filingId, 'CK2')).toEqual({ refused: 'filingClosed' })
      expect(await sign(manager, filingId, { shown: 'e'.repeat(64) })).toEqual({ refused: 'filingClosed' })
    })

    it('may come back with reasons, and is signed again in the place of the first', async () => {
      const filingId = await begin(manager, 'CK2', unit, MONTH)
      const decide = async (by: TestPerson, verdict: Parameters<typeof decideFiling>[1]['verdict']) => decideFiling(await as(by), { filingId, verdict, note: '' })
      expect(await decide(manager, { is: 'accept' })).toEqual({ refused: 'notFound' })
      expect(await decide(chief, { is: 'accept' })).toEqual({ refused: 'filingNotWaiting' })
      for (const reasons of [[], [{ itemId: 'm1', words: ' ' }], [{ itemId: 'm1', words: ' ' }, { itemId: 'x', words: 'ありません' }]]) expect(await decide(chief, { is: 'return', reasons }), JSON.stringify(reasons)).toEqual({ refused: 'filingReasons' })
      expect(await decide(chief, { is: 'return', reasons: [{ itemId: 'm1', words: 'どの窓口かを書いてください。' }, { itemId: 'x', words: 'ありません' }] })).toHaveProperty('actId')
      const back = await sheetOf(manager, filingId)
      expect([back.state, back.items[0]!.reason, back.items[0]!.answer]).toEqual(['returned', 'どの窓口かを書いてください。', 'partly'])
      await fill(manager, filingId, 'CK2', { m1: { answer: 'partly', remark: '2番窓口', improveBy: '2026-11-27' } })
      const again = await sign(manager, filingId)
      expect(again).toHaveProperty('receipt')
      const sheet = await sheetOf(manager, filingId)
      expect(sheet.acts.map(({ kind }) => kind)).toEqual(['submitted', 'returned', 'submitted'])
      expect((JSON.parse(new TextDecoder().decode((await findBlob(world.db, sheet.acts[2]!.statement!))!.bytes)) as FilingStatement).replaces).toBe(sheet.acts[0]!.statement)
      expect(await entries('filing.decided')).toBe(1)
    })
  })

  it('gives whoever sent it back, and then signs it half answered, no receipt: a decision is none', async () => {
    const filingId = await begin(hr, 'CK3', world.companyId('K9'), 'FY2026')
    const [first] = items('CK3')
    await fill(hr, filingId, 'CK3')
    expect(await sign(hr, filingId)).toHaveProperty('receipt')
    expect(await decideFiling(await as(chief), { filingId, verdict: { is: 'return', reasons: [{ itemId: first!.id, words: '何を見たかを書いてください。' }] }, note: '' })).toHaveProperty('actId')
    await fill(hr, filingId, 'CK3', { [first!.id]: { answer: null } })
    expect(await sign(chief, filingId)).toMatchObject({ refused: 'filingIncomplete' })
    expect((await acts(filingId)).map(({ kind }) => kind)).toEqual(['submitted', 'returned'])
  })

  it('takes files by what they are, once each, and their hashes into the statement', async () => {
    const filingId = await begin(other, 'CK2', otherUnit, MONTH)
    const file = (name: string, itemId = 'm2') => ({ itemId, name, scan: SCAN })
    const save = async (given: object) => saveFiling(await as(other), { filingId, answers: [], files: [], removed: [], ...given })
    await save({ files: [file('=台帳.pdf'), file('同じもの.pdf')] })
    await save({ files: [file('もう一度.pdf'), file('別の項目.pdf', 'm3')] })
    const [first, second] = (await sheetOf(other, filingId)).items.flatMap(({ files }) => files)
    expect([first, second].map((one) => [one!.name, one!.itemId])).toEqual([['台帳.pdf', 'm2'], ['別の項目.pdf', 'm3']])
    await save({ removed: [second!.id] })
    const many = Array.from({ length: 6 }, (_, at) => ({ ...file(`${at}.pdf`, 'm4'), scan: { ...SCAN, bytes: new Uint8Array([...SCAN.bytes, at]) } }))
    expect(await save({ files: many, answers: [{ itemId: 'm1', answer: 'done', remark: '残る', improveBy: '' }] })).toMatchObject({ refused: 'tooManyFiles' })
    expect((await sheetOf(other, filingId)).items.map(({ files, remark }) => [files.length, remark]).slice(0, 4)).toEqual([[0, '残る'], [1, ''], [0, ''], [0, '']])
    await fill(other, filingId, 'CK2')
    await sign(other, filingId)
    const act = (await sheetOf(other, filingId)).acts.at(-1)!
    expect((JSON.parse(new TextDecoder().decode((await findBlob(world.db, act.statement!))!.bytes)) as FilingStatement).items[1]!.attachments).toEqual([{ name: '台帳.pdf', sha256: sha256(SCAN.bytes), size: SCAN.bytes.byteLength, type: 'application/pdf' }])
  })
})
