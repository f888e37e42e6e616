import { beforeAll, expect, it } from 'vitest'
import { action as edit, loader as editForm } from '../../app/routes/people/edit'
import { action as leave, loader as leaveForm } from '../../app/routes/people/leave'
import { action as add, loader as newForm } from '../../app/routes/people/new'
import { cellsOf, personForm, typedValues } from '../../app/http/person-form.server'
import { HOUR_MS } from '../../app/domain/calendar'
import { loader as preview } from '../../app/routes/people/import-preview'
import { words } from '../../app/ui/messages'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const TYPED = { number: '009001', name: '髙田 新', kana: 'タカダ シン', mail: 'shin@example.jp', kind: '契約社員', company: '', unit: '', supervisor: '000022', start: '2026-11-24', end: '2027-03-31', categories: ['communicationsSecrecy', 'personalInfo'], minor: 'until', minorUntil: '2026-12-31', note: '採用' }

it('gives back what the form of one person sent, whatever was chosen', () => {
  for (const more of [{}, { minor: 'yes', minorUntil: '' }, { minor: '', minorUntil: '' }, { categories: [] }, { end: '', kana: '' }]) {
    const { effectiveOn: _day, note: _note, ...form } = personForm.parse({ ...TYPED, ...more })
    expect(typedValues(cellsOf({ ...form, effectiveOn: '', note: '' }))).toEqual(form)
  }
})

onBothEngines('入力し直す', (engine) => {
  let world: World
  let hr: TestPerson
  let person: TestPerson
  let params: { engagementId: string }
  beforeAll(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ number: '000021', role: 'hr' })
    await world.addPerson({ number: '000022' })
    person = await world.addPerson({ number: '000412', name: '髙橋 美咲' })
    params = { engagementId: person.engagementId }
    await world.openRecord(hr, person.engagementId)
  })
  const idOf = (answer: unknown) => /draft=([0-9a-f-]{36})$/.exec((answer as Response).headers.get('Location')!)![1]!
  const correct = (more: object = {}) => edit(world.args(world.request('/', hr, { ...TYPED, number: '', name: '三浦 美咲', effectiveOn: '2026-11-10', start: '2024-04-01', ...more }), params))
  const form = (query: string, viewer = hr, who = params) => editForm(world.args(world.request(`/x${query}`, viewer), who))

  it('shows what was just typed into a correction, with nothing personal in the address', async () => {
    const draft = idOf(await correct())
    const { form: again } = await form(`?again=${draft}`)
    expect(again!.again).toMatchObject({ effectiveOn: '2026-11-10', note: '採用', values: { name: '三浦 美咲', mail: 'shin@example.jp', kind: '契約社員', end: '2027-03-31', minor: 'until', minorUntil: '2026-12-31', categories: ['communicationsSecrecy', 'personalInfo'] } })
    expect(again!.values.name).toBe('髙橋 美咲')
    expect((await form('')).form!.again).toBeNull()
  })

  it('is nobody else\'s, about nobody else, and gone with the preview', async () => {
    const draft = idOf(await correct({ name: '三浦 千尋' }))
    const other = await world.addPerson({ number: '000023', role: 'hr' })
    await Promise.all([world.openRecord(other, person.engagementId), world.openRecord(hr, other.engagementId)])
    expect((await form(`?again=${draft}`, other)).form!.again).toBeNull()
    expect((await form(`?again=${draft}`, hr, { engagementId: other.engagementId })).form!.again).toBeNull()
    await edit(world.args(world.request('/', hr, { draft }), params))
    expect((await form(`?again=${draft}`)).form!.again).toBeNull()
    expect((await form('?again=nonsense')).form!.again).toBeNull()
  })

  it('does the same for a new person and for leave', async () => {
    const draft = idOf(await add(world.args(world.request('/people/new', hr, TYPED))))
    expect((await newForm(world.args(world.request(`/people/new?again=${draft}`, hr)))).again).toMatchObject({ values: { number: '009001', name: '髙田 新' }, note: '採用' })
    expect((await form(`?again=${draft}`)).form!.again).toBeNull()
    const away = idOf(await leave(world.args(world.request('/', hr, { from: '2026-11-25', lastDay: '2026-12-31', reason: 'parental', note: '申出' }), params)))
    const { typed } = await leaveForm(world.args(world.request(`/x?again=${away}`, hr), params))
    expect(typed).toMatchObject({ note: '申出', leave: { was: null, is: { from: '2026-11-25', lastDay: '2026-12-31', reason: 'parental' } } })
  })

  it('answers a preview that is gone after a day with its own words, the same to whoever asks', async () => {
    const draft = idOf(await correct({ name: '三浦 遥' }))
    const look = async (door: typeof editForm | typeof preview, path: string, who: object) => door(world.args(world.request(path, hr), who as typeof params)).then(() => 'open', async (thrown: unknown) => (thrown instanceof Response ? `${thrown.status} ${await thrown.text()}` : String(thrown)))
    expect(await look(editForm, `/x?draft=${draft}`, params)).toBe('open')
    const before = world.now
    world.now += 25 * HOUR_MS
    await world.db.updateTable('session').set({ last_seen_at: world.now, expires_at: world.now + HOUR_MS }).execute()
    await world.openRecord(hr, person.engagementId)
    expect(await look(editForm, `/x?draft=${draft}`, params)).toBe('404 editGone')
    expect(await look(preview, '/x', { draftId: draft })).toBe('404 draftGone')
    world.now = before
    for (const code of ['draftGone', 'editGone'] as const) expect(words(code)).toMatchObject({ title: 'この確認は、もう使えません', body: expect.stringContaining('24時間') as string })
  })
})
