import { beforeAll, expect, it } from 'vitest'
import { previewImport } from '../../app/commands/draft-import.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { parseTable, type Row } from '../../app/domain/csv'
import { ROSTER_COLUMNS, type RosterColumn } from '../../app/domain/roster-columns'
import { exportRoster } from '../../app/domain/roster-export'
import { loader as records } from '../../app/routes/learn/records'
import { action as download } from '../../app/routes/learn/records-download'
import { loader as change } from '../../app/routes/people/change'
import { loader as edit } from '../../app/routes/people/edit'
import { loader as person } from '../../app/routes/people/person'
import { listCompanyCodes, readRegister } from '../../db/register.server'
import { onBothEngines } from '../support/database'
import { bytesOf, rosterText, type RosterCells } from '../support/roster'
import { World, type TestPerson } from '../support/world'

interface Case {
  is: string
  /** Cells without which this one can not come. */
  with?: RosterCells
  /** The column under which the preview and the history tell it; null where nothing changes. */
  toldAs?: RosterColumn | null
  /** What the page of the person, the form of HR, the own record and its file show of it. */
  page: string
  form: string
  own: string
  file: string
}
const same = (is: string, more: Partial<Case> = {}): Case => ({ is, page: is, form: is, own: is, file: is, ...more })

/** Every column there is: a new one is not done before each of these places knows it. The company comes last, for it begins another engagement. */
const CASES: Record<RosterColumn, Case> = {
  従事者番号: same('000777', { toldAs: null }),
  氏名: same('葛󠄀城 蓮'),
  フリガナ: same('カツラギ レン'),
  // Whoever reads the page has to know whether mail can reach the person, not the address.
  メール: same('ren@example.test', { page: '"hasMail":true' }),
  雇用形態: same('嘱託社員', { page: '"kind":"commissioned"' }),
  // A learner reads the name of the unit.
  所属コード: same('U8', { with: { 所属名: '第八部' }, own: '第八部', file: '第八部' }),
  所属名: same('第九部', { with: { 所属コード: 'U9' }, toldAs: '所属コード', form: 'U9' }),
  上長番号: same('900001'),
  在籍開始日: same('2024-05-07', { own: '2024年5月7日' }),
  在籍終了日: same('2027-03-30', { page: '2027-03-31', own: '2027年3月30日', file: '2027-03-31' }),
  取扱区分: same('特定利用者情報', { page: 'specifiedUserInfo', form: 'specifiedUserInfo' }),
  '18歳未満': same('2027-04-01', { own: '2027年4月1日' }),
  会社コード: same('A1', { with: { 雇用形態: '派遣社員' }, page: '派遣元株式会社', own: '派遣元株式会社', file: '派遣元株式会社' }),
}

onBothEngines('every column of the roster', (engine) => {
  let world: World
  let hr: TestPerson
  let one: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('A1', '派遣元株式会社', 'agency')
    hr = await world.addPerson({ number: '900001', role: 'hr' })
    one = await world.addPerson({ number: '000777', password: true })
  })

  it('is tried', () => expect(Object.keys(CASES).sort()).toEqual([...ROSTER_COLUMNS].sort()))

  it.each(Object.entries(CASES) as [RosterColumn, Case][])('%s is told, kept, exported and shown', async (column, { is, with: beside = {}, toldAs = column, page, form, own, file }) => {
    const cells: RosterCells = { 従事者番号: one.number, ...beside, [column]: is }
    const roster = { files: { roster: bytesOf(rosterText([cells], Object.keys(cells) as RosterColumn[])) }, fileName: 'x', scope: null }
    if (toldAs !== null) {
      const { report } = await previewImport(world.systemContext(), roster)
      expect([report.bad, report.people.map(({ fields }) => fields.map(({ column: told }) => told))]).toEqual([[], [expect.arrayContaining([toldAs])]])
      expect(await importRoster(world.systemContext(), roster, { invite: false, confirmLeaving: true })).not.toHaveProperty('refused')
    }
    const companyCodes = await listCompanyCodes(world.db)
    const { register } = await readRegister(world.db, { companyCodes, numbers: [] })
    const exported = exportRoster(register, { companyCodes, encoding: 'utf-8', today: '2026-11-20' })
    if ('unwritable' in exported) throw new Error('utf-8 writes everything')
    const rows: Row<RosterColumn>[] = []
    parseTable('roster', new TextDecoder().decode(exported.bytes), { columns: ROSTER_COLUMNS, required: [] }, (row) => void rows.push(row))
    expect(rows.find(({ cells: { 従事者番号: number } }) => number === one.number)?.cells[column]).toBe(is)

    const { id: engagementId } = await world.db.selectFrom('engagement').select('id').where('number', '=', one.number).orderBy('sequence', 'desc').executeTakeFirstOrThrow()
    await world.openRecord(hr, engagementId)
    const shown = async (door: (args: never) => Promise<unknown>, who: TestPerson, params: Record<string, string> = {}) => JSON.stringify(await door(world.args(world.request('/x', who), params)))
    expect(await shown(person, hr, { engagementId })).toContain(page)
    expect(await shown(edit, hr, { engagementId })).toContain(form)
    expect(await shown(records, one)).toContain(own)
    expect(await (await download(world.args(world.request('/records/download', one, {})))).text()).toContain(file)
    if (toldAs === null) return
    const { id: changeSetId } = await world.db.selectFrom('change_set').select('id').where('kind', '=', 'import').orderBy('at', 'desc').limit(1).executeTakeFirstOrThrow()
    expect(await shown(change, hr, { changeSetId })).toMatch(column === '会社コード' ? /"begun"/ : new RegExp(`"label":"${{ 所属コード: '所属', 取扱区分: '取り扱う情報' }[toldAs as string] ?? toldAs}"`))
  })
})
