import { beforeAll, describe, expect, it } from 'vitest'
import { declareHeadcount } from '../../app/commands/declare-headcount.server'
import { draftImport } from '../../app/commands/draft-import.server'
import { importDraft } from '../../app/commands/import-roster.server'
import { undoChangeSet } from '../../app/commands/undo-change-set.server'
import type { SignedInContext } from '../../app/context'
import { listCodesOfCompanies, listHeadcounts } from '../../db/company-register.server'
import { badCellWords } from '../../app/domain/bad-cell-words'
import { exportRoster } from '../../app/domain/roster-export'
import { registerOf } from '../../app/http/roster-export.server'
import { onBothEngines } from '../support/database'
import { bytesOf, rosterText } from '../support/roster'
import { World, type TestPerson } from '../support/world'

const COLUMNS = ['従事者番号', '氏名', '雇用形態', '会社コード', '所属コード', '上長番号', '在籍開始日', 'メール'] as const

onBothEngines('a company’s own roster', (engine) => {
  let world: World
  let contact: SignedInContext
  let other: SignedInContext
  let hr: TestPerson
  let [worker, outsider, staff]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addUnit('S01', '仙台店')
    await world.addCompany('C01', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('C02', 'れいサポート合同会社', 'subcontractor', false, 'C01')
    await world.addCompany('C03', '別の会社', 'contractor')
    const lead = (company: string) => world.addPerson({ kind: 'contractorWorker', company, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
    contact = await world.contextOf(await lead('C01'))
    other = await world.contextOf(await lead('C03'))
    hr = await world.addPerson({ role: 'hr' })
    ;[worker, outsider, staff] = [await world.addPerson({ number: 'M-0007', name: '髙木 悠斗', kind: 'contractorWorker', company: 'C01' }), await world.addPerson({ number: 'X-0001', name: '他社 花子', kind: 'contractorWorker', company: 'C03' }), await world.addPerson({ number: '000900', name: '社員 太郎' })]
  })
  type Cells = Partial<Record<(typeof COLUMNS)[number] | '在籍終了日', string>>
  const file = (rows: Cells[], columns: readonly string[] = COLUMNS) => ({ files: { roster: bytesOf(rosterText(rows as Record<string, string>[], columns as never)) }, fileName: '自社.csv', scope: null, part: true, asCompany: true })
  const newcomer: Cells = { 従事者番号: 'M-0100', 氏名: '濵田 美緒', 雇用形態: '委託先従業者', 会社コード: 'C01', 在籍開始日: '2026-12-01' }
  const drafted = async (rows: Cells[], columns?: readonly string[], by = contact) => (await draftImport(by, file(rows, columns))) as { draftId: string; report: { bad: { column: string; reason: string }[]; people: { number: string; name: string | null }[]; missing: unknown[] } }
  const count = async (table: 'engagement' | 'change_set') => Number((await world.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n)

  it('refuses rows of others, other kinds, units, orders and addresses, each in its cell, and shows nothing of them', async () => {
    const rows: [Cells, string, string][] = [
      [{ ...newcomer, 会社コード: 'C03' }, '会社コード', 'otherCompany'], [{ ...newcomer, 会社コード: '' }, '会社コード', 'otherCompany'], [{ ...newcomer, 雇用形態: '正社員' }, '雇用形態', 'kindOutside'],
      [{ ...newcomer, 所属コード: 'S01' }, '所属コード', 'unitNotYours'], [{ ...newcomer, 上長番号: '000900' }, '上長番号', 'supervisorOnContractor'],
      [{ 従事者番号: outsider!.number, 氏名: '別の 名前', 雇用形態: '委託先従業者', 会社コード: 'C01', 在籍開始日: '2026-12-01' }, '従事者番号', 'numberElsewhere'],
      [{ 従事者番号: staff!.number, 氏名: '別の 名前', 雇用形態: '委託先従業者', 会社コード: 'C01', 在籍開始日: '2026-12-01', メール: 'mine@evil.internal' }, '従事者番号', 'numberElsewhere'],
    ]
    const [people, sets] = [await count('engagement'), await count('change_set')]
    for (const [row, column, reason] of rows) {
      const { draftId, report } = await drafted([row])
      expect(report.bad, reason).toEqual(expect.arrayContaining([expect.objectContaining({ column, reason })]))
      expect(JSON.stringify(report)).not.toMatch(/他社|社員 太郎/)
      expect(report.missing).toEqual([])
      expect(await importDraft(contact, draftId, {}, true)).toMatchObject({ refused: 'rosterHasErrors' })
    }
    expect([await count('engagement'), await count('change_set')]).toEqual([people, sets])
  })

  it('takes own people and those of lower tiers, as one change set that HR can undo', async () => {
    const { draftId, report } = await drafted([newcomer, { ...newcomer, 従事者番号: 'R-0001', 会社コード: 'C02', 氏名: '下位 一郎' }, { 従事者番号: worker!.number, 氏名: '高木 悠斗', 雇用形態: '委託先従業者', 会社コード: 'C01', 在籍開始日: '2024-04-01' }])
    expect(report.bad).toEqual([])
    expect(report.people.map(({ number, name }) => [number, name]).sort()).toEqual([['M-0007', '高木 悠斗'], ['M-0100', '濵田 美緒'], ['R-0001', '下位 一郎']])
    expect(await importDraft(other, draftId, {}, true)).toEqual({ refused: 'draftGone' })
    expect(await importDraft(contact, draftId)).toEqual({ refused: 'draftGone' })
    const imported = await importDraft(contact, draftId, { invite: false }, true)
    expect(imported).toMatchObject({ counts: { new: 2, changed: 1 } })
    const { changeSetId } = imported as { changeSetId: string }
    expect(await world.db.selectFrom('change_set').select('actor_account_id').where('id', '=', changeSetId).executeTakeFirst()).toEqual({ actor_account_id: contact.viewer.accountId })
    const codes = await listCodesOfCompanies(world.db, [world.companyId('C01'), world.companyId('C02')])
    const exported = exportRoster(await registerOf(world.db, codes), { companyCodes: codes, encoding: 'utf-8', today: '2026-11-20', byEmployer: true }) as { bytes: Uint8Array; rows: number }
    const text = new TextDecoder().decode(exported.bytes)
    expect(text).toContain('濵田 美緒')
    expect(text).not.toContain('他社')
    const again = await draftImport(contact, { ...file([]), files: { roster: exported.bytes } })
    expect(again).toMatchObject({ report: { bad: [], people: [] } })
    expect(await undoChangeSet(await world.contextOf(hr), changeSetId)).not.toHaveProperty('refused')
  })

  describe('a 派遣元 with people who answer for others', () => {
    let agency: SignedInContext
    let [plain, deputy, chiefOf, agencyContact, gone]: TestPerson[] = []
    const ask = async (rows: Cells[]) => (await drafted(rows, undefined, agency)).report.bad.map(({ column, reason }) => `${column} ${reason}`)
    const rowOf = ({ number }: TestPerson, more: Cells = {}): Cells => ({ 従事者番号: number, 氏名: `試験 ${number}`, 雇用形態: '派遣社員', 会社コード: 'H1', 在籍開始日: '2024-04-01', メール: 'was@h1.internal', ...more })
    beforeAll(async () => {
      const id = await world.addCompany('H1', '派遣の会社', 'agency')
      const sent = { kind: 'dispatched' as const, company: 'H1', mail: 'was@h1.internal' }
      agencyContact = await world.addPerson({ ...sent, role: 'companyContact', roleScope: { kind: 'company', id } })
      ;[plain, deputy, chiefOf, gone] = [await world.addPerson(sent), await world.addPerson({ ...sent, role: 'protectionDeputy' }), await world.addPerson(sent), await world.addPerson({ ...sent, to: '2026-10-01' })]
      await world.addPerson({ supervisor: chiefOf })
      agency = await world.contextOf(agencyContact)
    })

    it('may change the addresses of the others only', async () => {
      const mail = { メール: 'mine@evil.internal' }
      expect(await ask([rowOf(deputy!, mail)])).toEqual(['メール mailNotYours'])
      expect(await ask([rowOf(chiefOf!, mail)])).toEqual(['メール mailNotYours'])
      expect(await ask([rowOf(deputy!), rowOf(chiefOf!), rowOf(plain!, mail), rowOf(agencyContact!, mail)])).toEqual([])
    })

    it('takes nobody out of supervision by another 雇用形態, not by two files either: one that ends, one that begins', async () => {
      const leaves = await world.addPerson({ kind: 'dispatched', company: 'H1', mail: 'was@h1.internal' })
      expect(await ask([rowOf(plain!, { 雇用形態: '委託先従業者' })])).toEqual(['雇用形態 kindNotYours'])
      const { draftId, report } = await drafted([rowOf(leaves, { 在籍終了日: '2026-11-19' })], [...COLUMNS, '在籍終了日'], agency)
      expect(report.bad).toEqual([])
      expect(await importDraft(agency, draftId, { confirmLeaving: true }, true)).toMatchObject({ counts: { changed: 1 } })
      for (const one of [leaves, gone!]) {
        expect(await ask([rowOf(one, { 雇用形態: '委託先従業者', 在籍開始日: '2026-12-01' })])).toEqual(['雇用形態 kindNotYours'])
        expect(await ask([rowOf(one, { 在籍開始日: '2026-12-01' })]), 'as 派遣社員 they may come again').toEqual([])
      }
    })

    it('neither ends nor lengthens what somebody does at the operator’s', async () => {
      const until = await world.addPerson({ kind: 'dispatched', company: 'H1', mail: 'was@h1.internal', to: '2027-04-01' })
      const askDays = async (who: TestPerson, days: Cells) => (await drafted([rowOf(who, days)], [...COLUMNS, '在籍終了日'], agency)).report.bad.map(({ column, reason }) => `${column} ${reason}`)
      for (const who of [deputy!, chiefOf!]) {
        expect(await askDays(who, { 在籍終了日: '2026-11-30' })).toEqual(['在籍終了日 termNotYours'])
        expect(await askDays(who, { 在籍開始日: '2024-03-01' })).toEqual(['在籍開始日 termNotYours'])
        expect(await askDays(who, {})).toEqual([])
      }
      expect(await askDays(until, { 在籍終了日: '2027-09-30' })).toEqual([])
      await world.addRole(until, 'protectionDeputy')
      expect(await askDays(until, { 在籍終了日: '2027-09-30' })).toEqual(['在籍終了日 termNotYours'])
      expect(await askDays(until, { 在籍終了日: '2026-12-31' })).toEqual(['在籍終了日 termNotYours'])
      expect(await askDays(agencyContact!, { 在籍終了日: '2026-11-30' }), 'a role at the own company is theirs').toEqual([])
      expect(badCellWords({ reason: 'termNotYours', value: '', hint: '保護担当者' }).reason).toContain('保護担当者')
    })

    it('registers no number again that stands as 所属長番号, 責任者番号 or 上長番号', async () => {
      const again = rowOf(gone!, { 在籍開始日: '2026-12-01' })
      expect(await ask([again])).toEqual([])
      const stands = async (table: 'org_unit_version' | 'entrustment_version', column: 'head_number' | 'contact_number', on: string) => {
        const set = (number: string) => world.db.updateTable(table).set({ [column]: number } as never).where('id' as never, '=', on as never).execute()
        await set(gone!.number)
        const bad = await ask([again])
        await set('')
        return bad
      }
      const unit = await world.db.selectFrom('org_unit_version').select('id').executeTakeFirstOrThrow()
      const entrustment = await world.db.selectFrom('entrustment_version as v').innerJoin('entrustment as e', 'e.id', 'v.entrustment_id').select('v.id').where('e.company_id', '=', world.companyId('H1')).executeTakeFirstOrThrow()
      expect(await stands('org_unit_version', 'head_number', unit.id)).toEqual(['従事者番号 roleNotYours'])
      expect(await stands('entrustment_version', 'contact_number', entrustment.id)).toEqual(['従事者番号 roleNotYours'])
      await world.addPerson({ supervisor: gone! })
      expect(await ask([again])).toEqual(['従事者番号 roleNotYours'])
    })
  })

  it('loses its reach with the role: a draft kept before is refused after', async () => {
    const { draftId } = await drafted([{ ...newcomer, 従事者番号: 'M-0200' }])
    const bare = { ...contact, viewer: { ...contact.viewer, roles: [] } }
    expect(await importDraft(bare, draftId, {}, true)).toMatchObject({ refused: expect.stringMatching(/rosterHasErrors|rosterChanged/) as unknown })
  })

  it('declares how many are at work, for own companies only, once a day for the same number', async () => {
    const company = world.companyId('C01')
    const say = (by: SignedInContext, companyId: string, people: number) => declareHeadcount(by, { companyId, people })
    expect(await say(other, company, 15)).toEqual({ refused: 'notFound' })
    expect(await say(await world.contextOf(hr), company, 15)).toEqual({ refused: 'notFound' })
    expect(await say(contact, company, -1)).toMatchObject({ refused: 'headcountOutside' })
    expect(await say(contact, company, 15)).toEqual({ declared: true })
    expect(await say(contact, company, 15)).toEqual({ declared: false })
    expect(await say(contact, world.companyId('C02'), 6)).toEqual({ declared: true })
    expect(await say(contact, company, 14)).toEqual({ declared: true })
    expect((await listHeadcounts(world.db, [company])).get(company)?.people).toBe(14)
  })
})
