import { beforeEach, expect, it } from 'vitest'
import { endRole, giveRole } from '../../app/commands/appoint.server'
import { draftImport, previewImport } from '../../app/commands/draft-import.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { previewUndo, undoChangeSet } from '../../app/commands/undo-change-set.server'
import { badCellWords } from '../../app/domain/bad-cell-words'
import { dayOf } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { findScope } from '../../db/appointments.server'
import { onBothEngines } from '../support/database'
import { bytesOf } from '../support/roster'
import { NOW, World, type TestPerson } from '../support/world'

const units = (...rows: string[]) => ({ files: { units: bytesOf(['所属コード,所属名,上位所属コード,所属長番号', ...rows].join('\n')) }, fileName: 'u.csv', scope: '' })
const companies = (...rows: string[]) => ({ files: { companies: bytesOf(['会社コード,会社名,種別,親会社コード,契約番号,責任者番号', ...rows].join('\n')) }, fileName: 'c.csv', scope: null })

onBothEngines('roles that follow from files', (engine) => {
  let world: World
  let hr: TestPerson
  let other: TestPerson
  beforeEach(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ number: '000021', role: 'hr' })
    other = await world.addPerson({ number: '000022', role: 'hr' })
    await importRoster(world.systemContext(), units('D1,本社,,'))
  })
  const bad = async (person: TestPerson | null, request: Parameters<typeof previewImport>[1]) => {
    const { report } = await previewImport(person ? await world.contextOf(person) : world.systemContext(), request)
    return report.bad.map(({ file, line, column, reason, hint }) => `${file} ${line} ${column} ${reason} ${hint}`)
  }
  const heads = async () => (await world.db.selectFrom('appointment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select('e.number').where('a.role', 'in', ['unitHead', 'companyContact']).where('a.superseded_at', '=', 253402300799999).where('a.valid_to', '=', '9999-12-31').execute()).map(({ number }) => number)
  const apply = async (person: TestPerson | null, request: Parameters<typeof importRoster>[1]) => {
    const done = await importRoster(person ? await world.contextOf(person) : world.systemContext(), request)
    return isRefusal(done) ? done.refused : done.changeSetId
  }

  it('do not come to the one who applies the file, but come from a colleague or the command line', async () => {
    const file = units('D1,本社,,000021', 'D2,営業部,D1,000022')
    expect(await bad(hr, file)).toEqual(['units 2 所属長番号 roleToOneself 所属長'])
    expect(await bad(other, file)).toEqual(['units 3 所属長番号 roleToOneself 所属長'])
    expect(await bad(null, file)).toEqual([])
    const drafted = await draftImport(await world.contextOf(hr), file)
    expect(drafted).toMatchObject({ report: { counts: { bad: 1 } } })
    expect((await world.db.selectFrom('import_draft').select('units').executeTakeFirstOrThrow()).units).toBeNull()
    expect(await apply(hr, file)).toBe('rosterHasErrors')
    expect(await heads()).toEqual([])
    await apply(other, units('D1,本社,,000021'))
    expect(await heads()).toEqual(['000021'])
    expect(badCellWords({ reason: 'roleToOneself', value: '000021', hint: '所属長' }).reason).toContain('あなた自身が所属長になります')
  })

  it('may stay with the one who applies the file, but not be made to last longer', async () => {
    await apply(null, units('D1,本社,,000021'))
    expect(await bad(hr, units('D1,本店,,000021', 'D2,営業部,D1,000022'))).toEqual([])
    await apply(null, units('D1,本社,,'))
    const scope = (await findScope(world.db, 'unit', 'D1', dayOf(NOW)))!
    expect(await giveRole(await world.contextOf(other), { number: '000021', role: 'unitHead', scopeCode: 'D1', from: '2026-11-20', lastDay: '2026-12-31' })).toMatchObject({ scope: { id: scope.id } })
    hr.token = (await world.addPerson({ number: '000023', role: 'hr' })).token // her sessions ended with the new role
    const again = await world.contextOf(hr)
    const { report } = await previewImport({ ...again, viewer: { ...again.viewer, personId: hr.personId } }, units('D1,本社,,000021'))
    expect(report.bad.map(({ reason }) => reason)).toEqual(['roleToOneself'])
  })

  it('of a company are refused in its file too, and a head must stand inside', async () => {
    await world.addCompany('K1', 'みほんコール株式会社', 'contractor')
    const lead = await world.addPerson({ number: 'M-1', kind: 'contractorWorker', company: 'K1', role: 'hr' })
    expect(await bad(lead, companies('K1,みほんコール株式会社,委託先,,K-1,M-1'))).toEqual(['companies 2 責任者番号 roleToOneself 会社側担当者'])
    expect(await bad(hr, companies('K1,みほんコール株式会社,委託先,,K-1,M-1'))).toEqual([])
    expect(await bad(null, units('D1,本社,,M-1'))).toEqual(['units 2 所属長番号 headOutside 所属長'])
  })

  it('do not come back to oneself, nor come from HR, by undoing', async () => {
    await apply(null, units('D1,本社,,000021', 'D2,営業部,D1,'))
    const changeSetId = await apply(other, units('D1,本社,,', 'D2,営業第一部,D1,'))
    const preview = await previewUndo(await world.contextOf(hr), changeSetId)
    if ('refused' in preview) throw new Error(preview.refused)
    expect(preview.leftOut).toEqual([{ kind: 'unit', code: 'D1', name: '本社', reason: 'roleNotYours' }])
    expect(preview.restored.map(({ code }) => code)).toEqual(['D2'])
    expect(await undoChangeSet(await world.contextOf(other), changeSetId)).toMatchObject({ restored: 2, leftOut: 0 })
    expect(await heads()).toEqual(['000021'])

    const admin = await world.addPerson({ number: '000031', role: 'systemAdministrator' })
    const held = await world.db.selectFrom('appointment').select('id').where('engagement_id', '=', other.engagementId).where('role', '=', 'hr').executeTakeFirstOrThrow()
    expect(await endRole(await world.contextOf(admin), { id: held.id, lastDay: '2026-11-19' })).toMatchObject({ number: '000022' })
    const ended = await world.db.selectFrom('change_set').select('id').where('note', 'like', '%の終了').executeTakeFirstOrThrow()
    const third = await world.addPerson({ number: '000024', role: 'hr' })
    expect(await undoChangeSet(await world.contextOf(third), ended.id)).toMatchObject({ refused: 'nothingToUndo' })
  })
})
