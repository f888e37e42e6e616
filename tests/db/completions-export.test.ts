import { expect, it } from 'vitest'
import { completionRows } from '../../db/completions-export.server'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

onBothEngines('everybody’s completions', (engine) => {
  it('come by number, portion by portion, of one side at a time', async () => {
    const world = await World.make(engine)
    await world.addCompany('C1', '青葉設備', 'contractor')
    const unit = await world.addUnit('D1', '本社')
    const people = [await world.addPerson({ name: '受講 一', unit }), await world.addPerson({ name: '受講 二' }), await world.addPerson({ name: '受講 三', kind: 'contractorWorker', company: 'C1' })]
    for (const person of people) {
      const id = await world.addAssignment(person, { kind: 'module', slug: 'M01', due: '2026-11-18' })
      await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('id', '=', id).execute()
      await world.addAssignment(person, { kind: 'module', slug: 'M05' })
    }
    const rowsOf = async (side: 'workforce' | 'company') => {
      const rows: string[][] = []
      for await (const portion of completionRows(world.db, side, '2026-11-20')) rows.push(...portion)
      return rows
    }
    expect(await rowsOf('workforce')).toEqual([
      [people[0]!.number, 'regular', 'サンプル通信株式会社', 'D1', '本社', 'module', 'M01', 'entry', '2026-11-18', '', '', '受講 一', '2026-11-20'],
      [people[1]!.number, 'regular', 'サンプル通信株式会社', '', '', 'module', 'M01', 'entry', '2026-11-18', '', '', '受講 二', '2026-11-20'],
    ])
    expect(await rowsOf('company')).toMatchObject([[people[2]!.number, 'contractorWorker', '青葉設備', '', '', 'module', 'M01', 'entry', '2026-11-18', '', '', '', '2026-11-20']])
  })
})
