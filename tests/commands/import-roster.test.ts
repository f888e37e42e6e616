import { beforeEach, expect, it } from 'vitest'
import { previewImport } from '../../app/commands/draft-import.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { rebuildDerived } from '../../app/commands/rebuild-derived.server'
import { isRefusal } from '../../app/domain/refusal'
import { listCompanyCodes, readRegister } from '../../db/register.server'
import { onBothEngines } from '../support/database'
import { bytesOf, rosterCells, rosterCsv, rosterText, type RosterCells } from '../support/roster'
import { World } from '../support/world'

onBothEngines('importing a roster', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await World.make(engine)
  })
  const request = (text: string) => ({ files: { roster: bytesOf(text) }, fileName: 'r.csv', scope: null })
  const apply = async (text: string, options = {}) => {
    const answer = await importRoster(world.systemContext(), request(text), options)
    if (isRefusal(answer)) throw new Error(JSON.stringify(answer))
    return answer
  }

  it('brings people with units, logins, search tokens and assignments', async () => {
    const preview = await previewImport(world.systemContext(), request(rosterCsv(60)))
    expect(preview.report.bad).toEqual([])
    expect(preview.report.counts).toMatchObject({ new: 60, changed: 0, missing: 0, unchanged: 0 })
    const { changeSetId } = await apply(rosterCsv(60), { baseSha256: preview.baseSha256 })
    const db = world.db
    expect(await db.selectFrom('engagement_version').select('display_name').where('recorded_by', '=', changeSetId).execute()).toHaveLength(60)
    expect((await db.selectFrom('engagement_current').selectAll().where('number', '=', '000045').executeTakeFirstOrThrow()).supervisor_engagement_id).not.toBeNull()
    expect(await db.selectFrom('search_token').select('token').where('token', '=', '高橋健').execute()).not.toHaveLength(0)
    expect(await db.selectFrom('login_identifier').select('kind').where('kind', '=', 'mail').execute()).toHaveLength(45)
    expect((await db.selectFrom('assignment').select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n).toBe(preview.report.effect.gained)
    // What was written without being read back is what the facts say: derived rows, and what the units, kinds and categories ask for.
    expect(await rebuildDerived(world.systemContext())).toMatchObject({ mended: 0 })
    expect(Object.values(await planAssignments(world.systemContext(), 'all')).every((count) => count === 0)).toBe(true)
    expect(await previewImport(world.systemContext(), request(rosterCsv(60)))).toMatchObject({ report: { counts: { unchanged: 60, new: 0, changed: 0, missing: 0 } } })
  })

  it('changes from today, ends, rehires and moves', async () => {
    const rows: RosterCells[] = [0, 1, 2, 3].map((at) => rosterCells(at))
    await apply(rosterText(rows))
    rows[1] = { ...rows[1], 氏名: '三浦 健', 取扱区分: '個人情報' }
    rows[2] = { ...rows[2], 在籍終了日: '2026/11/30' }
    const { report } = await previewImport(world.systemContext(), request(rosterText(rows)))
    expect(report.people.map(({ number, outcome, fields }) => [number, outcome, fields.map(({ column }) => column)])).toEqual([['000002', 'changed', ['氏名', '取扱区分']], ['000003', 'changed', ['在籍終了日']]])
    expect(await importRoster(world.systemContext(), request(rosterText(rows)))).toMatchObject({ refused: 'leavingNotConfirmed' })
    const called = async () => (await world.db.selectFrom('engagement_current').select('display_name').where('number', '=', '000002').executeTakeFirstOrThrow()).display_name
    expect(await called()).toBe(rosterCells(1)['氏名'])
    await apply(rosterText(rows), { confirmLeaving: true })
    expect(await called()).toBe('三浦 健')
    rows[2] = { ...rows[2], 在籍開始日: '2027-01-05', 在籍終了日: '' }
    expect(await apply(rosterText(rows))).toMatchObject({ counts: { rehired: 1, unchanged: 3 } })
    const engagements = await world.db.selectFrom('engagement').select(['sequence', 'person_id']).where('number', '=', '000003').execute()
    expect(engagements.map(({ sequence }) => sequence).sort()).toEqual([1, 2])
    expect(new Set(engagements.map(({ person_id }) => person_id)).size).toBe(1)
  })

  it('reads the register alike in one sweep and by those whom it asks about', async () => {
    const rows = [0, 1, 2, 3, 4].map((at) => rosterCells(at))
    await apply(rosterText(rows), {})
    const query = { companyCodes: await listCompanyCodes(world.db), numbers: [], compared: rows.map(({ 従事者番号: number }) => number!), whole: true }
    const [swept, asked] = [await readRegister(world.db, query, 1), await readRegister(world.db, query, Infinity)]
    expect([...swept.register.engagements.values()].flat().filter(({ scopes }) => scopes.size > 0)).not.toHaveLength(0)
    expect(swept.register).toEqual(asked.register)
    expect(swept.sha256()).toBe(asked.sha256())
  })

  it('knows of everybody in a company what they were in another', async () => {
    await world.addCompany('A1', '派遣株式会社', 'agency')
    await apply(rosterText([{ ...rosterCells(0), 在籍終了日: '2026-11-30' }]))
    await apply(rosterText([{ ...rosterCells(0), 会社コード: 'A1', 雇用形態: '派遣社員', 在籍開始日: '2026-12-01', 在籍終了日: '' }]))
    for (const companyCodes of [[''], ['A1']]) {
      const { register } = await readRegister(world.db, { companyCodes, numbers: [] })
      expect(register.engagements.get(rosterCells(0).従事者番号!)?.map(({ sequence, companyCode }) => [sequence, companyCode])).toEqual([[1, ''], [2, 'A1']])
    }
  })
})
