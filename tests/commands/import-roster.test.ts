import { beforeEach, expect, it } from 'vitest'
import { previewImport } from '../../app/commands/draft-import.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { rebuildDerived } from '../../app/commands/rebuild-derived.server'
import { isRefusal } from '../../app/domain/refusal'
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
    await apply(rosterText(rows), { confirmLeaving: true })
    rows[2] = { ...rows[2], 在籍開始日: '2027-01-05', 在籍終了日: '' }
    expect(await apply(rosterText(rows))).toMatchObject({ counts: { rehired: 1, unchanged: 3 } })
    const engagements = await world.db.selectFrom('engagement').select(['sequence', 'person_id']).where('number', '=', '000003').execute()
    expect(engagements.map(({ sequence }) => sequence).sort()).toEqual([1, 2])
    expect(new Set(engagements.map(({ person_id }) => person_id)).size).toBe(1)
  })
})
