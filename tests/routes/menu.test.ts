import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { matchPath } from '@remix-run/react'
import { beforeAll, describe, expect, it } from 'vitest'
import { loader as root } from '../../app/root'
import routes from '../../app/routes'
import { ROLES, type Role } from '../../app/domain/people'
import { World, type TestPerson } from '../support/world'

/** The work that HR looks for beside the people. */
const work = [...readFileSync('app/routes/people/search.tsx', 'utf8').matchAll(/\['(\/[\w/-]+)', '/g)].map(([, to]) => to!)

describe('what the menu offers', () => {
  let world: World
  const people = new Map<string, TestPerson>()
  beforeAll(async () => {
    world = await World.make('SQLite')
    const unit = await world.addUnit('S1', '仙台コールセンター')
    await world.addCompany('C1', '青葉設備', 'contractor')
    people.set('nobody', await world.addPerson())
    for (const role of Object.keys(ROLES) as Role[])
      people.set(role, await world.addPerson({ role, ...(['unitHead', 'protectionManager', 'protectionDeputy'].includes(role) && { roleScope: { kind: 'unit' as const, id: unit } }), ...(role === 'companyContact' && { kind: 'contractorWorker' as const, company: 'C1', roleScope: { kind: 'company' as const, id: world.companyId('C1') } }) }))
  })
  const opens = async (path: string, who: TestPerson): Promise<unknown> => {
    const { file } = routes.find((one) => (path === '/' ? one.index : one.path !== undefined && one.path !== '*' && matchPath(`/${one.path}`, path)))!
    const { loader } = (await import(join('../../app', file))) as { loader: (args: never) => Promise<unknown> }
    return loader(world.args(world.request(path, who))).then(() => 'opens', (thrown: unknown) => (thrown instanceof Response ? thrown.status : thrown))
  }
  const menuOf = async (who: TestPerson) => (await root(world.args(world.request('/', who)))).nav.map(({ to }) => to)

  it.each(['nobody', ...Object.keys(ROLES)])('opens for %s', async (role) => {
    const who = people.get(role)!
    const menu = await menuOf(who)
    expect(menu).toEqual(expect.arrayContaining(['/', '/records', '/help']))
    expect(await Promise.all(menu.map(async (path) => [path, await opens(path, who)]))).toEqual(menu.map((path) => [path, 'opens']))
  })

  it('and the work beside the people open for HR, with all that HR’s day needs', async () => {
    const hr = people.get('hr')!
    const all = [...(await menuOf(hr)), ...work]
    expect(all).toEqual(expect.arrayContaining(['/people', '/people/hiring', '/people/departures', '/people/import', '/approvals', '/people/agreements', '/people/pledge-papers', '/people/class', '/people/slips', '/people/questions', '/people/changes', '/system/outbox']))
    expect(await Promise.all(work.map(async (path) => [path, await opens(path, hr)]))).toEqual(work.map((path) => [path, 'opens']))
  })
})
