import { beforeAll, expect, it } from 'vitest'
import { decideFiling } from '../../app/commands/decide-filing.server'
import { filingReachOf, openFiling, ownReachOf } from '../../app/commands/open-filing.server'
import { saveFiling, type FilingDraft } from '../../app/commands/save-filing.server'
import { submitFiling } from '../../app/commands/submit-filing.server'
import { itemsOf } from '../../app/content/checklist-schema'
import { findSheet } from '../../app/content/filing-sheet.server'
import { listFilingDuties } from '../../app/content/filing-duties.server'
import type { SignedInContext } from '../../app/context'
import type { ViewerRole } from '../../app/domain/access'
import { startOf, type Day } from '../../app/domain/calendar'
import { MOST_FILES, MOST_FILES_OF_ITEM } from '../../app/domain/filing'
import type { FilingStatement } from '../../app/domain/filing-statement'
import { isRefusal } from '../../app/domain/refusal'
import { WORDS_LIMITS } from '../../app/domain/throttle'
import { inTransaction, insertRows } from '../../db/database.server'
import { findBlob } from '../../db/ledger.server'
import { SCAN } from '../support/approvals'
import { onBothEngines } from '../support/database'
import { NOW, PASSWORD, testLibrary, World, type TestPerson } from '../support/world'

const MONTH = '2026-11'
const FORM = itemsOf(testLibrary().current('checklist', 'CK2')!.meta).map(({ id }) => id)

onBothEngines('the rules of a checklist', (engine) => {
  let world: World
  let [hr, chief, auditor, contact]: TestPerson[] = []
  let turn = 0
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    hr = await world.addPerson({ name: '吉田 直子', role: 'hr', password: true })
    chief = await world.addPerson({ role: 'chief', password: true })
    auditor = await world.addPerson({ role: 'auditLead', password: true })
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'K1', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
  })
  /** A unit of its own with so many 保護管理者, and the filing that the first of them began. */
  async function begun(managers = 1) {
    const unit = await world.addUnit(`S${++turn}`, `部署${turn}`)
    const people: TestPerson[] = []
    for (let at = 0; at < managers; at++) people.push(await world.addPerson({ mail: `m${turn}${at}@mail.internal`, name: `管理 ${turn}${at}`, password: true, unit, role: 'protectionManager', roleScope: { kind: 'unit', id: unit } }))
    const opened = await openFiling(await world.contextOf(people[0]!), { slug: 'CK2', subjectId: unit, period: MONTH })
    if (isRefusal(opened)) throw new Error(opened.refused)
    return { unit, people, filingId: opened.filingId }
  }
  const as = (person: TestPerson): Promise<SignedInContext> => world.contextOf(person)
  const sheetOf = async (person: TestPerson, filingId: string) => {
    const context = await as(person)
    return (await findSheet(context, filingId, await filingReachOf(context)))!
  }
  const save = async (person: TestPerson, given: Partial<FilingDraft> & { filingId: string }) => saveFiling(await as(person), { answers: [], files: [], removed: [], ...given })
  const fill = (person: TestPerson, filingId: string, ids: readonly string[] = FORM, remark = '') => save(person, { filingId, answers: ids.map((itemId) => ({ itemId, answer: 'done' as const, remark, improveBy: '' as const })) })
  const sign = async (person: TestPerson, filingId: string, change: object = {}, context?: SignedInContext) => {
    const own = context ?? (await as(person))
    return submitFiling(own, { filingId, shown: (await sheetOf(person, filingId)).digest, nameTyped: own.viewer.name, password: PASSWORD, ...change })
  }
  const giveBack = async (by: TestPerson, filingId: string, words = '書き直してください') => decideFiling(await as(by), { filingId, note: '', verdict: { is: 'return', reasons: [{ itemId: FORM[0]!, words }] } })
  const statementOf = async (person: TestPerson, filingId: string) => JSON.parse(new TextDecoder().decode((await findBlob(world.db, (await sheetOf(person, filingId)).acts.findLast(({ statement }) => statement !== null)!.statement!))!.bytes)) as FilingStatement
  const payloads = async (type: string, filingId: string) =>
    (await world.db.selectFrom('ledger_payload as p').innerJoin('ledger_entry as l', 'l.id', 'p.entry_id').select('p.bytes').where('l.type', '=', type).orderBy('l.id').execute())
      .map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)) as { filing: string }).filter(({ filing }) => filing === filingId)

  it('leave answers and files of another filing alone, whatever is sent', async () => {
    const [one, other] = [await begun(), await begun()]
    const [mine, theirs] = [one.people[0]!, other.people[0]!]
    for (const [person, { filingId }] of [[mine, one], [theirs, other]] as const) await save(person, { filingId, files: [{ itemId: FORM[1]!, name: `${person.number}.pdf`, scan: SCAN }], answers: [{ itemId: FORM[0]!, answer: 'done', remark: person.number, improveBy: '' }] })
    const [file] = (await sheetOf(mine, one.filingId)).items[1]!.files
    await save(theirs, { filingId: other.filingId, removed: [file!.id], answers: [{ itemId: FORM[0]!, answer: 'partly', remark: 'べつ', improveBy: '' }] })
    expect((await sheetOf(mine, one.filingId)).items.slice(0, 2).map(({ remark, files }) => [remark, files.map(({ name }) => name)])).toEqual([[mine.number, []], ['', [`${mine.number}.pdf`]]])
    expect((await sheetOf(theirs, other.filingId)).items.slice(0, 2).map(({ remark, files }) => [remark, files.map(({ name }) => name)])).toEqual([['べつ', []], ['', [`${theirs.number}.pdf`]]])
  })

  it('let nobody answer or sign who only reads', async () => {
    const { people: [manager], filingId } = await begun()
    await fill(manager!, filingId)
    for (const reader of [hr!, auditor!, chief!]) {
      expect(await fill(reader, filingId, FORM, 'よその人')).toEqual({ refused: 'notFound' })
      expect(await sign(reader, filingId)).toEqual({ refused: 'notFound' })
    }
    expect(await fill(contact!, filingId)).toEqual({ refused: 'notFound' })
    expect(await submitFiling(await as(contact!), { filingId, shown: (await sheetOf(manager!, filingId)).digest, nameTyped: 'よその人', password: PASSWORD })).toEqual({ refused: 'notFound' })
    expect((await sheetOf(manager!, filingId)).items.some(({ remark }) => remark !== '')).toBe(false)
    await sign(manager!, filingId)
    expect(await decideFiling(await as(auditor!), { filingId, note: '', verdict: { is: 'return', reasons: [{ itemId: FORM[0]!, words: 'いいえ' }] } })).toEqual({ refused: 'notFound' })
  })

  it('are not signed by guessing: after too many wrong passwords the right one has to wait', async () => {
    const { people: [manager], filingId } = await begun()
    await fill(manager!, filingId)
    const answers: string[] = []
    for (let turn = 0; turn < 30 && answers.at(-1) !== 'slowDown'; turn++) {
      const answer = await sign(manager!, filingId, { password: 'ちがう言葉です' })
      answers.push(isRefusal(answer) ? answer.refused : 'signed')
    }
    expect([answers[0], answers.at(-1), answers.includes('signed')]).toEqual(['signatureFaulty', 'slowDown', false])
    expect(await sign(manager!, filingId)).toMatchObject({ refused: 'slowDown' })
  })

  it('take files for questions of the form only, five to a question and forty in all', async () => {
    const { people: [manager], filingId } = await begun()
    const file = (itemId: string, at: number) => ({ itemId, name: `${at}.pdf`, scan: { ...SCAN, bytes: new Uint8Array([...SCAN.bytes, Math.floor(at / 250), at % 250]) } })
    const files = (itemId: string, from: number, count: number) => Array.from({ length: count }, (_, at) => file(itemId, from + at))
    expect(await save(manager!, { filingId, files: [file('nobody', 1), ...files(FORM[0]!, 10, MOST_FILES_OF_ITEM)] })).toEqual({ saved: 0 })
    expect(await save(manager!, { filingId, files: [file(FORM[0]!, 99)] })).toMatchObject({ refused: 'tooManyFiles' })
    for (let item = 1; item < MOST_FILES / MOST_FILES_OF_ITEM; item++) expect(await save(manager!, { filingId, files: files(FORM[item]!, 20 * item, MOST_FILES_OF_ITEM) })).toEqual({ saved: 0 })
    expect(await save(manager!, { filingId, files: [file(FORM[8]!, 999)] })).toMatchObject({ refused: 'tooManyFiles' })
    expect((await world.db.selectFrom('filing_attachment').select('item_id').where('filing_id', '=', filingId).execute()).filter(({ item_id }) => item_id === 'nobody')).toEqual([])
    expect((await sheetOf(manager!, filingId)).items.flatMap((item) => item.files)).toHaveLength(MOST_FILES)
  })

  it('are signed with the password, once, and another\'s click under the same answers is no signature', async () => {
    const { people: [manager, colleague], filingId } = await begun(2)
    await fill(manager!, filingId)
    const shown = (await sheetOf(manager!, filingId)).digest
    expect(await sign(manager!, filingId, { password: '' })).toEqual({ refused: 'signatureFaulty', facts: { password: 1 } })
    await inTransaction(world.db, (tx) => insertRows(tx, 'sign_in_code', [{ hash: `h${turn}`.padEnd(64, '0'), account_id: manager!.accountId, purpose: 'slip', issued_by: null, created_at: 1, expires_at: 2, used_at: 2, revoked_at: null }]))
    const first = await sign(manager!, filingId, { shown })
    expect(first).toHaveProperty('receipt')
    expect(await sign(manager!, filingId, { shown })).toEqual(first)
    expect(await sign(colleague!, filingId, { shown })).toEqual({ refused: 'filingClosed' })
    expect(await sign(manager!, filingId, { shown: 'a'.repeat(64) })).toEqual({ refused: 'filingClosed' })
    expect(await statementOf(manager!, filingId)).toMatchObject({ dueOn: '2026-11-30', authentication: { method: 'password', credentialOrigin: 'slip', reenteredAt: NOW } })
    expect('demonstration' in (await statementOf(manager!, filingId))).toBe(false)
    expect(await world.db.selectFrom('mail').select(['template', 'dedupe_key']).where('recipient_id', '=', manager!.accountId).execute()).toMatchObject([{ template: 'receipt' }])
    expect(await payloads('filing.submitted', filingId)).toHaveLength(1)
  })

  it('are signed in the name of the engagement that answers, whichever other the person has', async () => {
    const { people: [manager], filingId } = await begun()
    await fill(manager!, filingId)
    const context = await as(manager!)
    const [own] = context.viewer.engagements
    const both = { ...context, viewer: { ...context.viewer, engagements: [{ ...own!, id: 'former', number: '000000', name: '前の名' }, own!] } }
    expect(await sign(manager!, filingId, { nameTyped: '前の名' }, both)).toMatchObject({ refused: 'signatureFaulty', facts: { name: own!.name } })
    expect(await sign(manager!, filingId, {}, both)).toHaveProperty('receipt')
    expect((await statementOf(manager!, filingId)).signer).toMatchObject({ engagementId: own!.id, number: own!.number, nameRegistered: own!.name })
  })

  it('say in the demonstration that they are no record', async () => {
    const { people: [manager], filingId } = await begun()
    await fill(manager!, filingId)
    const context = await as(manager!)
    await sign(manager!, filingId, {}, { ...context, settings: { ...context.settings, demo: true } })
    expect((await statementOf(manager!, filingId)).demonstration).toBe(true)
  })

  it('come back with reasons for questions of the form, each in its evidence, and the third signature replaces the second', async () => {
    const { people: [manager, colleague], filingId } = await begun(2)
    const back: string[] = []
    for (const [at, person] of [manager!, colleague!, manager!].entries()) {
      await fill(person, filingId, FORM, `${at}回目`)
      expect(await sign(person, filingId), String(at)).toHaveProperty('receipt')
      const { acts } = await sheetOf(person, filingId)
      expect((await statementOf(person, filingId)).replaces).toBe(back.at(-1) ?? null)
      back.push(acts.at(-1)!.statement!)
      if (at === 2) break
      const decided = await decideFiling({ ...(await as(chief!)), now: NOW - 5 }, { filingId, note: ' あと1つ ', verdict: { is: 'return', reasons: [{ itemId: FORM[0]!, words: ' 足りません ' }, { itemId: FORM[1]!, words: ' ' }, { itemId: 'nobody', words: 'だれの' }] } })
      const act = (await sheetOf(person, filingId)).acts.at(-1)!
      expect(act).toMatchObject({ kind: 'returned', note: 'あと1つ', at: NOW, counts: { done: FORM.length } })
      expect(await world.db.selectFrom('filing_remark').select(['item_id', 'words']).where('act_id', '=', (decided as { actId: string }).actId).execute()).toEqual([{ item_id: FORM[0], words: '足りません' }])
    }
    expect(await payloads('filing.decided', filingId)).toMatchObject(back.slice(0, 2).map((statement) => ({ outcome: 'returned', statement, reasons: [{ itemId: FORM[0], words: '足りません' }] })))
    expect((await sheetOf(manager!, filingId)).items[0]!.reason).toBe('')
  })

  it('are not decided by whoever signed last, and once only', async () => {
    const opened = await openFiling(await as(hr!), { slug: 'CK3', subjectId: world.companyId('K1'), period: 'FY2026' })
    const { filingId } = opened as { filingId: string }
    const ids = (await sheetOf(hr!, filingId)).items.map(({ id }) => id)
    const back = async (by: TestPerson) => decideFiling(await as(by), { filingId, note: '', verdict: { is: 'return', reasons: [{ itemId: ids[0]!, words: '書き直してください' }] } })
    await fill(hr!, filingId, ids)
    expect(await sign(hr!, filingId)).toHaveProperty('receipt')
    expect(await back(hr!)).toEqual({ refused: 'filingIsYours' })
    expect(await back(chief!)).toHaveProperty('actId')
    await fill(chief!, filingId, ids, '直しました')
    expect(await sign(chief!, filingId)).toHaveProperty('receipt')
    expect(await back(chief!)).toEqual({ refused: 'filingIsYours' })
    const both = await Promise.all([back(hr!), back(hr!)])
    expect(both.map((one) => ('refused' in one ? one.refused : 'decided')).sort()).toEqual(['decided', 'filingNotWaiting'])
  })

  it('let nobody fill the store with files that are taken away again', async () => {
    const { people: [manager], filingId } = await begun()
    await world.db.deleteFrom('throttle').where('bucket', '=', `words:${manager!.accountId}`).execute()
    const bytes = (at: number) => ({ itemId: FORM[0]!, name: 'a.pdf', scan: { ...SCAN, bytes: new Uint8Array([...SCAN.bytes, 1, 2, at]) } })
    const lying = async () => (await sheetOf(manager!, filingId)).items.flatMap((item) => item.files).map(({ id }) => id)
    for (let at = 0; at < WORDS_LIMITS.free; at++) expect(await save(manager!, { filingId, removed: await lying(), files: [bytes(at)] })).toEqual({ saved: 0 })
    const answers = [{ itemId: FORM[0]!, answer: 'done' as const, remark: '見ました', improveBy: '' as const }]
    expect(await save(manager!, { filingId, answers, files: [bytes(99)] })).toMatchObject({ refused: 'tooManyWords' })
    // the answers that came with it are kept, and more may come
    expect((await sheetOf(manager!, filingId)).items.find(({ id }) => id === FORM[0])).toMatchObject({ remark: '見ました', files: [{}] })
    expect(await save(manager!, { filingId, answers })).toEqual({ saved: 1 })
    await world.db.deleteFrom('throttle').where('bucket', '=', `words:${manager!.accountId}`).execute()
  })

  it('open on their day and not before, and reach what somebody answers for, by the role that does', async () => {
    await world.addCompany('K2', 'ことし前の株式会社', 'contractor')
    const open = async (day: Day) => openFiling({ ...(await as(hr!)), now: startOf(day) + 3_600_000 }, { slug: 'CK3', subjectId: world.companyId('K2'), period: 'FY2026' })
    expect(await open('2026-06-30')).toEqual({ refused: 'notFound' })
    expect(await open('2026-07-01')).toHaveProperty('filingId')

    const context = await as(auditor!)
    const held = (role: ViewerRole['role'], scopeKind: ViewerRole['scopeKind'], scopeId: string): ViewerRole => ({ role, scopeKind, scopeId, engagementId: '' })
    const reach = (...roles: ViewerRole[]) => ownReachOf({ ...context, viewer: { ...context.viewer, roles } })
    const [company, unit] = [world.companyId('K1'), await world.addUnit('R1', '届く部署')]
    expect(await reach(held('companyContact', 'company', company), held('protectionManager', 'unit', unit))).toEqual({ companyIds: [company], unitIds: [unit] })
    expect(await reach(held('soleContractor', 'company', company))).toEqual({ companyIds: [company], unitIds: [] })
    for (const other of [held('unitHead', 'unit', unit), held('protectionManager', 'company', company), held('hr', 'all', ''), held('auditLead', 'all', '')]) expect(await reach(other), other.role).toEqual({ companyIds: [], unitIds: [] })
  })

  it('let nobody send words without end', async () => {
    const { people: [manager], filingId } = await begun()
    const bucket = `words:${chief!.accountId}`
    await world.db.deleteFrom('throttle').where('bucket', '=', bucket).execute()
    await inTransaction(world.db, (tx) => insertRows(tx, 'throttle', [{ bucket, failures: WORDS_LIMITS.free, refilled_at: NOW }]))
    await fill(manager!, filingId)
    await sign(manager!, filingId)
    expect(await giveBack(chief!, filingId)).toMatchObject({ refused: 'tooManyWords' })
    expect((await sheetOf(manager!, filingId)).state).toBe('submitted')
    await world.db.deleteFrom('throttle').where('bucket', '=', bucket).execute()
  })

  it('ask for what is open, with the due day it began with, the first due first; what was begun before stays', async () => {
    const { unit, people: [manager], filingId } = await begun()
    const duties = async () => (await listFilingDuties(await as(manager!), { companyIds: [], unitIds: [unit] })).map(({ meta, term, state }) => `${meta.slug} ${term.period} ${term.dueOn} ${state}`)
    expect(await duties()).toEqual(['CK2 2026-10 2026-10-30 none', 'CK2 2026-11 2026-11-30 draft'])
    await world.db.updateTable('filing').set({ due_on: '2026-11-25', period: '2026-07' }).where('id', '=', filingId).execute()
    expect(await duties()).toEqual(['CK2 2026-10 2026-10-30 none', 'CK2 2026-07 2026-11-25 draft', 'CK2 2026-11 2026-11-30 none'])
    await fill(manager!, filingId)
    await sign(manager!, filingId)
    expect(await duties()).toEqual(['CK2 2026-10 2026-10-30 none', 'CK2 2026-11 2026-11-30 none'])
    await giveBack(chief!, filingId)
    expect(await duties()).toContain('CK2 2026-07 2026-11-25 returned')
  })
})
