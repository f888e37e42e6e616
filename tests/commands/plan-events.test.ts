import { beforeEach, expect, it } from 'vitest'
import { endRole, giveRole } from '../../app/commands/appoint.server'
import { previewImport } from '../../app/commands/draft-import.server'
import { editPerson } from '../../app/commands/edit-person.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { undoChangeSet } from '../../app/commands/undo-change-set.server'
import type { Requirement } from '../../app/content/schema'
import { isRefusal } from '../../app/domain/refusal'
import { coverageOf } from '../../app/domain/coverage'
import { countedScopes } from '../../app/domain/coverage-scope'
import { planningRules } from '../../app/content/planning-rules'
import { countCoverage, coverageRow } from '../../db/coverage-counts.server'
import { onBothEngines } from '../support/database'
import { bytesOf } from '../support/roster'
import { World, type TestPerson } from '../support/world'

const rule = (id: string, audience: Requirement['audience'], when: Requirement['when'], slug: string): Requirement => ({ id, version: 1, validFrom: '2026-10-01', title: id, audience, target: { kind: 'module', slug }, when })
// two texts that are published stand for those of managers and of shops
const REQUIREMENTS = [
  rule('role-manager', { roles: ['manager', 'protectionManager'] }, { on: 'appointment', businessDays: 10, newOnly: true }, 'M05'),
  rule('shop', { unitKinds: ['shop'] }, { on: 'start', businessDays: 10 }, 'M01'),
  rule('numbers', [{ roles: ['hr'] }, { categories: ['myNumber'] }], { on: 'start', businessDays: 10, newOnly: true }, 'U1'),
]
const TODAY = '2026-11-20'

onBothEngines('what follows from roles, units and handling', (engine) => {
  let world: World
  let hr: TestPerson
  beforeEach(async () => {
    world = await World.make(engine, REQUIREMENTS)
    hr = await world.addPerson({ number: 'HR1', role: 'hr' })
    await importRoster(world.systemContext(), file({ units: 'D1,本社,,,部署\nS1,駅前店,D1,,店舗\n' }))
  })
  const file = (given: { roster?: string; units?: string }) => ({
    files: {
      ...(given.roster && { roster: bytesOf(`従事者番号,氏名,雇用形態,所属コード,上長番号,在籍開始日,取扱区分\n${given.roster}`) }), ...(given.units && { units: bytesOf(`所属コード,所属名,上位所属コード,所属長番号,種別\n${given.units}`) }),
    }, fileName: 'f.csv', scope: '', part: true,
  })
  const bring = async (given: Parameters<typeof file>[0]) => {
    const done = await importRoster(world.systemContext(), file(given), { invite: false })
    if (isRefusal(done)) throw new Error(`${done.refused} ${JSON.stringify((await previewImport(world.systemContext(), file(given))).report.bad)}`)
    return done.changeSetId
  }
  const duties = async (state: 'open' | 'withdrawn' = 'open') => (await world.db.selectFrom('assignment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select(['e.number', 'a.target_slug', 'a.period', 'a.due_on', 'a.settled_as']).orderBy('e.number').orderBy('a.target_slug').execute())
    .filter(({ settled_as }) => (state === 'open' ? settled_as === null : settled_as === 'withdrawn')).map(({ number, target_slug, period, due_on }) => `${number} ${target_slug} ${period} ${due_on}`)
  /** Whatever a change left, the night would find nothing to do. */
  const atRest = async () => expect(Object.values(await planAssignments(world.systemContext(), 'all')).every((count) => count === 0)).toBe(true)

  it('a role that is given on the screen asks for its training, and ended before anything was read takes it back', async () => {
    await bring({ roster: '000001,試験 一,正社員,D1,,2020-04-01,通信の秘密\n' })
    const context = await world.contextOf(hr)
    expect(isRefusal(await giveRole(context, { number: '000001', role: 'protectionManager', scopeCode: 'D1', from: TODAY, lastDay: '' }))).toBe(false)
    expect(await duties()).toEqual(['000001 M05 role-2026-11-20 2026-12-07'])
    await atRest()
    const { id } = await world.db.selectFrom('appointment').select('id').where('role', '=', 'protectionManager').executeTakeFirstOrThrow()
    await endRole(context, { id, lastDay: '2026-11-19' })
    expect([await duties(), await duties('withdrawn')]).toEqual([[], ['000001 M05 role-2026-11-20 2026-12-07']])
    await atRest()
  })

  it('the head in a file and the 上長 of others are managers, whoever of them is new; undone it is taken back', async () => {
    await bring({ roster: '000001,試験 一,正社員,D1,,2020-04-01,通信の秘密\n000002,試験 二,正社員,D1,,2020-04-01,通信の秘密\n' })
    const named = await bring({ units: 'D1,本社,,000001,部署\n' })
    expect(await duties()).toEqual(['000001 M05 role-2026-11-20 2026-12-07'])
    const hired = await bring({ roster: '000003,試験 三,正社員,D1,000002,2026-11-16,通信の秘密\n000004,試験 四,正社員,D1,000003,2026-11-16,通信の秘密\n' })
    expect(await duties()).toEqual(['000001 M05 role-2026-11-20 2026-12-07', '000002 M05 role-2026-11-16 2026-12-01', '000003 M05 role-2026-11-16 2026-12-01'])
    await atRest()
    await undoChangeSet(world.systemContext(), hired)
    expect(await duties()).toEqual(['000001 M05 role-2026-11-20 2026-12-07'])
    await undoChangeSet(world.systemContext(), named)
    expect(await duties()).toEqual([])
    await atRest()
  })

  it('a person given another 上長 by hand makes the new one a manager, and the old one none', async () => {
    await bring({ roster: '000001,試験 一,正社員,D1,,2020-04-01,\n000002,試験 二,正社員,D1,,2020-04-01,\n000003,試験 三,正社員,D1,000001,2026-11-16,\n' })
    expect(await duties()).toEqual(['000001 M05 role-2026-11-16 2026-12-01'])
    await editPerson(world.systemContext(), { expect: 'known', cells: { 従事者番号: '000003', 上長番号: '000002' }, effectiveOn: TODAY, note: '' })
    expect(await duties()).toEqual(['000002 M05 role-2026-11-20 2026-12-07'])
    await atRest()
  })

  it('the kind of a unit counts for all below it, also when it becomes a shop later and when that is undone', async () => {
    await bring({ units: 'S11,一階,S1,,\nX1,営業所,D1,,\nX11,窓口,X1,,\n', roster: '000001,試験 一,アルバイト,S11,,2026-11-16,\n000002,試験 二,アルバイト,X11,,2026-11-16,\n' })
    expect(await duties()).toEqual(['000001 M01 entry 2026-12-01'])
    const becomes = await bring({ units: 'X1,営業所,D1,,店舗\n' })
    expect(await duties()).toEqual(['000001 M01 entry 2026-12-01', '000002 M01 entry 2026-12-01'])
    await atRest()
    await undoChangeSet(world.systemContext(), becomes)
    expect(await duties()).toEqual(['000001 M01 entry 2026-12-01'])
    // a file without the column leaves the kind as it is; an unknown word changes nothing
    await importRoster(world.systemContext(), { files: { units: bytesOf('所属コード,所属名\nS1,駅前本店\n') }, fileName: 'u.csv', scope: '', part: true })
    await atRest()
    const { report } = await previewImport(world.systemContext(), file({ units: 'S1,駅前店,D1,,売店\n' }))
    expect(report.bad.map(({ column, reason }) => `${column} ${reason}`)).toEqual(['種別 word'])
  })

  it('HR and whoever handles 個人番号 are asked by one requirement; the preview of a file says the same as the file does', async () => {
    const roster = '000005,試験 五,正社員,D1,,2026-11-16,個人番号\n000006,試験 六,正社員,D1,000005,2026-11-16,通信の秘密\n'
    const { report } = await previewImport(world.systemContext(), file({ roster }))
    await bring({ roster })
    expect(await duties()).toEqual(['000005 M05 role-2026-11-16 2026-12-01', '000005 U1 entry 2026-12-01'])
    expect(report.effect.byTarget.map(({ kind, slug, count }) => `${kind} ${slug} ${count}`).sort()).toEqual(['module M05 1', 'module U1 1'])
  })

  it('the overview asks whom planning asks', async () => {
    await world.addRole(hr, 'systemAdministrator')
    await bring({ units: 'D1,本社,,000001,部署\n', roster: '000001,試験 一,正社員,D1,,2020-04-01,\n000002,試験 二,正社員,S1,000001,2020-04-01,\n000003,試験 三,契約社員,D1,000002,2020-04-01,個人番号\n' })
    const yearly = (audience: Requirement['audience']) => ({ ...rule('y', audience, { on: 'fiscalYear', opens: '04-01', due: '06-30' }, 'U1'), validFrom: '2026-04-01' })
    const asked = async (audience: Requirement['audience']) => {
      const rules = { ...planningRules(world.app.library, TODAY), requirements: [yearly(audience)] }
      const [scope] = countedScopes(rules, TODAY)
      return coverageOf((await countCoverage(world.db, scope!, TODAY)).counts.map(coverageRow), TODAY).gap
    }
    expect([await asked({ roles: ['manager'] }), await asked({ roles: ['hr'] }), await asked({ unitKinds: ['shop'] }), await asked([{ roles: ['hr'] }, { categories: ['myNumber'] }]), await asked({ roles: ['systemAdministrator'], kinds: ['casual'] }), await asked({ kinds: ['regular'] })]).toEqual([2, 1, 1, 2, 0, 3])
  })
})
