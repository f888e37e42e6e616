import { beforeEach, expect, it } from 'vitest'
import { importRoster } from '../../app/commands/import-roster.server'
import type { Day } from '../../app/domain/calendar'
import { leavingOfDraft, leavingWith, withLastDays } from '../../app/domain/roster-leaving'
import { action as upload } from '../../app/routes/people/import'
import { action as choose, loader as missing } from '../../app/routes/people/import-missing'
import { action as apply, loader as preview } from '../../app/routes/people/import-preview'
import { onBothEngines } from '../support/database'
import { bytesOf, rosterCells, rosterText } from '../support/roster'
import { World, type TestPerson } from '../support/world'

it('keeps last days of missing people only, in their order, and takes them back', () => {
  const report = { missing: ['1', '2', '3'].map((number) => ({ number, name: '', kind: 'regular' as const, companyCode: '', unitCode: '', end: '' as const })) }
  const set = (days: Record<string, Day | ''>) => new Map(Object.entries(days))
  const first = withLastDays(report, [], set({ 3: '2026-11-30', 1: '2026-12-31', 9: '2026-12-31' }))
  expect(first).toEqual([{ number: '1', lastDay: '2026-12-31' }, { number: '3', lastDay: '2026-11-30' }])
  expect(withLastDays(report, first, set({ 1: '', 2: '2026-11-25' }))).toEqual([{ number: '2', lastDay: '2026-11-25' }, { number: '3', lastDay: '2026-11-30' }])
  const counts = { counts: { registered: 100 } as never, leaving: 2 }
  expect(leavingWith(counts, { ...leavingOfDraft(''), ends: 3 })).toMatchObject({ leaving: 5, needed: false })
  expect(leavingWith(counts, { ...leavingOfDraft(''), ends: 4 })).toMatchObject({ leaving: 6, needed: true })
})

onBothEngines('在籍を終える人を選ぶ', (engine) => {
  let world: World
  let hr: TestPerson
  let draftId: string
  beforeEach(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ number: '900001', role: 'hr', from: '2015-04-01' })
    await importRoster(world.systemContext(), { files: { roster: bytesOf(rosterText(Array.from({ length: 130 }, (_, one) => ({ ...rosterCells(one), 上長番号: '' })))) }, fileName: 'r.csv', scope: '' })
    const form = new FormData()
    form.set('roster', new File([rosterText([{ ...rosterCells(0), 上長番号: '' }])], 'r.csv'))
    form.set('scope', '=')
    draftId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(((await upload(world.args(world.request('/', hr, form)))) as Response).headers.get('Location')!)![0]
  })
  const look = async (at = 0) => missing(world.args(world.request(`/x?at=${at}`, hr), { draftId }))
  const send = async (given: Record<string, string>, at = 0) => choose(world.args(world.request(`/x?at=${at}`, hr, given), { draftId }))
  const days = (people: readonly { number: string }[], day: string) => Object.fromEntries(people.flatMap(({ number }, row) => [[`people[${row}].number`, number], [`people[${row}].lastDay`, day]]))
  const to = (answer: unknown) => (answer as Response).headers.get('Location')!

  it('goes through all of them fifty at a time and loses nothing on the way', async () => {
    const first = await look()
    expect([first.count, first.people.length, first.leaving]).toEqual([130, 50, 0])
    const second = to(await send({ ...days(first.people.slice(0, 3), '2026-11-30'), go: 'next' }))
    expect(second).toBe(`/people/import/${draftId}/missing?at=50&saved=1`)
    expect((await look(100)).people).toHaveLength(30)
    expect(to(await send({ ...days((await look(50)).people.slice(0, 1), '2026-12-31'), go: 'back' }, 50))).toContain('at=0')
    expect((await look()).people.slice(0, 4).map(({ lastDay }) => lastDay)).toEqual(['2026-11-30', '2026-11-30', '2026-11-30', ''])
    expect((await look()).leaving).toBe(4)
    expect(to(await send({ ...days(first.people.slice(0, 1), ''), go: 'done' }))).toBe(`/people/import/${draftId}`)
    const shown = await preview(world.args(world.request('/x', hr), { draftId }))
    expect(shown.leaving).toMatchObject({ byHand: 3, leaving: 3, needed: false })
    expect(shown.missing.rows[1]!.lastDay).toBe('2026-11-30')
    expect(shown.effect.gained, 'the papers of leaving').toBeGreaterThan(0)
    const done = await apply(world.args(world.request('/x', hr, { note: '' }), { draftId }))
    expect(to(done)).toContain('/people/changes/')
    const ended = await world.db.selectFrom('engagement_current').select('number').where('valid_to', '<', '9999-12-31').orderBy('number').execute()
    expect(ended.map(({ number }) => number)).toEqual([first.people[1]!.number, first.people[2]!.number, (await world.db.selectFrom('engagement_current').select('number').where('valid_to', '=', '2027-01-01').executeTakeFirstOrThrow()).number].sort())
  })

  it('gives everybody one day, and takes all back', async () => {
    expect(await send({ go: 'everybody', everybody: '' })).toMatchObject({ trouble: { errors: { everybody: [expect.any(String)] } } })
    await send({ go: 'everybody', everybody: '2027-03-31' })
    expect((await look()).leaving).toBe(130)
    expect((await preview(world.args(world.request('/x', hr), { draftId }))).leaving).toMatchObject({ byHand: 130, needed: true, registered: 131 })
    await send({ go: 'nobody' })
    expect((await look()).leaving).toBe(0)
  })

  it('says beside each day what can not be, and then keeps none', async () => {
    const { people } = await look()
    const answer = await send({ ...days(people.slice(0, 1), '2026-11-30'), 'people[1].number': people[1]!.number, 'people[1].lastDay': '1999-01-01', 'people[2].number': people[2]!.number, 'people[2].lastDay': '2026-02-30', go: 'next' })
    expect(answer).toMatchObject({ trouble: { errors: { [people[2]!.number]: ['正しい日付を入れてください。'] }, given: { [people[1]!.number]: '1999-01-01' } } })
    const early = await send({ ...days(people.slice(0, 1), '2026-11-30'), 'people[1].number': people[1]!.number, 'people[1].lastDay': '1999-01-01', go: 'next' })
    expect(early).toMatchObject({ trouble: { errors: { [people[1]!.number]: [expect.stringContaining('前後が逆')] }, given: { [people[0]!.number]: '2026-11-30' } } })
    expect((await look()).leaving).toBe(0)
    expect(await send({ go: 'everybody', everybody: '1999-01-01' })).toMatchObject({ trouble: { errors: { everybody: expect.arrayContaining(['ほかに125人']) } } })
    await expect(choose(world.args(world.request('/x', await world.addPerson({ number: '900002', role: 'hr' }), { go: 'stay' }), { draftId }))).rejects.toMatchObject({ status: 404 })
  })
})
