import { expect, it } from 'vitest'
import { lineOf } from '../../app/domain/access'
import { companyLines } from '../../app/domain/company-block'
import { dayOf } from '../../app/domain/calendar'
import * as team from '../../app/routes/team/team'
import { listCompaniesInLine } from '../../db/line-companies.server'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

onBothEngines('the companies at work in a line', (engine) => {
  it('L25 are those whose people stand in its units or report to its manager, with figures and without persons', async () => {
    const world = await World.make(engine)
    await world.addCompany('C1', 'みほんコール', 'contractor')
    await world.addCompany('C2', 'れいサポート', 'subcontractor', false, 'C1')
    await world.addCompany('C3', 'よその会社', 'contractor')
    const root = await world.addUnit('D', '本社')
    const unit = await world.addUnit('D1', '仙台', root)
    const elsewhere = await world.addUnit('D2', '福岡', root)
    const head = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: unit } })
    const contact = await world.addPerson({ kind: 'contractorWorker', company: 'C1', name: '小野寺 仁', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C1') } })
    const workers = [await world.addPerson({ kind: 'contractorWorker', company: 'C1', unit, name: '隠 された' }), await world.addPerson({ kind: 'contractorWorker', company: 'C2', supervisor: head, name: '隠 された' }), await world.addPerson({ kind: 'contractorWorker', company: 'C3', unit: elsewhere })]
    for (const worker of workers) await world.addAssignment(worker, { kind: 'module', slug: 'M01', due: '2026-11-13' })
    await world.addPerson({ kind: 'contractorWorker', company: 'C1', unit, to: '2026-11-20' })
    const { viewer } = await world.contextOf(head)
    const lines = companyLines(await listCompaniesInLine(world.db, lineOf(viewer), dayOf(world.now)), dayOf(world.now))
    const told = { name: '小野寺 仁', number: contact.number, kind: 'contractorWorker' }
    expect(lines.map(({ name, depth, counted, done, late, contact: answers }) => ({ name, depth, counted, done, late, answers }))).toEqual([
      { name: 'みほんコール', depth: 0, counted: 1, done: 0, late: 1, answers: { ...told, above: false } }, { name: 'れいサポート', depth: 1, counted: 1, done: 0, late: 1, answers: { ...told, above: true } },
    ])
    const page = JSON.stringify(await team.loader(world.args(world.request('/team', head))))
    expect(page).toContain('みほんコール')
    for (const { engagementId, number } of workers) for (const word of [engagementId, `"${number}"`, '隠 された']) expect(page).not.toContain(word)
    expect(page).not.toContain(contact.engagementId)
    expect(await listCompaniesInLine(world.db, lineOf((await world.contextOf(contact)).viewer), dayOf(world.now))).toEqual([])
  })
})
