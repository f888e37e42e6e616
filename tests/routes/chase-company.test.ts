import { beforeEach, expect, it } from 'vitest'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { composeLetter } from '../../app/content/request-letter.server'
import { isRefusal } from '../../app/domain/refusal'
import { action as chase } from '../../app/routes/team/chase'
import { loader as team } from '../../app/routes/team/team'
import type { AskView } from '../../app/ui/asking'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('the page before asking a 委託先', (engine) => {
  let world: World
  let manager: TestPerson
  let unit: string
  beforeEach(async () => {
    world = await World.make(engine)
    unit = await world.addUnit('S1', '仙台コールセンター')
    manager = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: unit } })
    for (const [code, name] of [['C1', '青葉設備'], ['C2', '若草設備'], ['C3', '欅設備']] as const) {
      await world.addCompany(code, name, 'contractor')
      await world.addPerson({ kind: 'contractorWorker', company: code, mail: `${code}@mail.internal`, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(code) } })
    }
  })
  const worker = async (company: string, answer: 'open' | 'declined' | 'none', at = unit) => {
    const one = await world.addPerson({ kind: 'contractorWorker', company, unit: at })
    if (answer === 'none') return
    const assignmentId = await world.addAssignment(one, { kind: 'certificate', slug: 'PL3', due: '2026-11-13' })
    if (answer === 'declined') expect(isRefusal(await declinePledge(await world.contextOf(one), { assignmentId, outcome: 'declined', words: '' }))).toBe(false)
  }
  const post = async (form: Record<string, string | string[]>) => chase(world.args(world.request('/team/chase', manager, form))) as unknown as Promise<Response & { data: { view: AskView & { lead: string } } }>
  const block = async () => (await team(world.args(world.request('/team', manager)))).companies!
  const mails = async () => world.db.selectFrom('mail').selectAll().where('class', '=', 'request').orderBy('to_address').execute()

  it('L25 shows the figures of 「わたしのチーム」: neither page, nor the two together, tell that somebody declined', async () => {
    for (const answer of ['open', 'declined', 'none'] as const) await worker('C1', answer)
    await worker('C1', 'open', await world.addUnit('S2', '福岡コールセンター'))
    for (const answer of ['open', 'open', 'none'] as const) await worker('C2', answer)
    await worker('C3', 'declined')
    const companies = await block()
    const { data: { view } } = await post({ co: companies.map(({ companyId }) => companyId) })
    const shown = new Map(view.groups.flatMap(({ by, lines }) => lines.map(({ id, asks, how }) => [id, { by, figures: asks[0]?.by, how }])))
    expect(companies.map(({ name, counted, done, mayAsk }) => [name, counted, done, mayAsk]).sort()).toEqual([['欅設備', 1, 0, true], ['若草設備', 2, 0, true], ['青葉設備', 2, 0, true]].sort())
    for (const { companyId, counted, done } of companies) expect(shown.get(companyId)).toEqual({ by: 'figures', figures: `${counted - done}/${counted}人`, how: shown.get(world.companyId('C2'))!.how })
    expect(view.when, 'the time of the mail would tell whether there is one').toBeNull()
  })

  it('asks for one unit as that unit’s figures stand, and for no unit of another line', async () => {
    const below = await world.addUnit('S11', '仙台第一係', unit)
    const elsewhere = await world.addUnit('S2', '福岡コールセンター')
    await worker('C1', 'open')
    await worker('C1', 'open', below)
    await worker('C1', 'none', below)
    await worker('C1', 'open', elsewhere)
    const co = world.companyId('C1')
    const figures = async (form: Record<string, string>) => (await post({ co, ...form })).data.view.groups[0]!.lines[0]!.asks[0]!.by
    expect((await team(world.args(world.request(`/team?unit=${below}`, manager)))).companies).toMatchObject([{ name: '青葉設備', counted: 1, done: 0 }])
    expect([await figures({}), await figures({ unit: below })]).toEqual(['2/2人', '1/1人'])
    const { data: { view } } = await post({ co, unit: below })
    expect(view.fields).toContainEqual({ name: 'unit', value: below })
    expect(view.lead).toContain('仙台第一係で働く人の分だけ')
    await expect(post({ co, unit: elsewhere })).rejects.toMatchObject({ status: 404 })
    await post({ co, unit: below, send: '1', key: 'u', note: '案内をお願いします。' })
    expect(await world.db.selectFrom('reminder').select('id').execute()).toHaveLength(1)
  })

  it('asks as before: a company is written to about what may be asked for, and where there is nothing of it not at all', async () => {
    await worker('C1', 'open')
    await worker('C1', 'declined')
    await worker('C3', 'declined')
    const co = ['C1', 'C3'].map((code) => world.companyId(code))
    expect((await post({ co, send: '1', key: 'k', note: '案内をお願いします。' })).headers.get('Location')).toBe('/team?sent=0&companies=2')
    const sent = await mails()
    expect(sent.map(({ to_address: to }) => to)).toEqual(['C1@mail.internal'])
    expect(await world.db.selectFrom('reminder').select('id').execute()).toHaveLength(1)
    expect(await composeLetter(world.systemContext(), sent[0]!)).toMatchObject({ props: { companies: [{ name: '青葉設備', people: 3, open: 1, late: 1 }] } })
    const again = await post({ co })
    expect(new Set(again.data.view.groups.flatMap(({ lines }) => lines.map(({ how }) => how))).size, 'nor does the page afterwards').toBe(1)
  })

  it('has nothing to send where nobody has anything open, and no company of another line', async () => {
    await worker('C1', 'none')
    expect((await post({ co: world.companyId('C1') })).data.view).toMatchObject({ sends: false, groups: [{ by: 'nobody', lines: [{ how: '未了の方はいません。' }] }] })
    await expect(post({ co: [world.companyId('C1'), world.companyId('C2')] })).rejects.toMatchObject({ status: 404 })
  })
})
