import { beforeAll, expect, it } from 'vitest'
import { endRole, giveRole } from '../../app/commands/appoint.server'
import { askApproval } from '../../app/commands/ask-approval.server'
import { askPeople } from '../../app/commands/ask-people.server'
import { decideApproval } from '../../app/commands/decide-approval.server'
import { editPerson } from '../../app/commands/edit-person.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { noteSettings } from '../../app/commands/note-settings.server'
import { undoChangeSet } from '../../app/commands/undo-change-set.server'
import { DAY_MS, dayOf, startOf } from '../../app/domain/calendar'
import * as changes from '../../app/routes/audit/changes'
import * as day from '../../app/routes/audit/day'
import * as find from '../../app/routes/audit/find'
import * as records from '../../app/routes/audit/records'
import * as roles from '../../app/routes/audit/roles'
import * as open from '../../app/routes/people/open'
import { onBothEngines } from '../support/database'
import { bytesOf, rosterCells, rosterText } from '../support/roster'
import { NOW, World, type TestPerson } from '../support/world'

onBothEngines('what the 監査責任者 reads of changes', (engine) => {
  let world: World
  let [auditor, hr, chief, admin, manager]: TestPerson[] = []
  let [takahashi, edited]: string[] = []
  const later = async (to: string) => {
    world.now = startOf(to) + 10 * 3_600_000
    await world.db.updateTable('session').set({ expires_at: world.now + 30 * DAY_MS, last_seen_at: world.now }).execute()
  }
  const idOf = async (number: string) => (await world.db.selectFrom('engagement').select('id').where('number', '=', number).executeTakeFirstOrThrow()).id

  beforeAll(async () => {
    world = await World.make(engine)
    auditor = await world.addPerson({ number: '900001', role: 'auditLead' })
    hr = await world.addPerson({ number: '900002', role: 'hr', name: '人事 太郎' })
    chief = await world.addPerson({ number: '900003', role: 'chief' })
    admin = await world.addPerson({ number: '900004', role: 'systemAdministrator' })
    manager = await world.addPerson({ number: '000041', name: '課長 一子' })
    world.now = startOf('2026-10-01') + 10 * 3_600_000
    await noteSettings(world.systemContext())
    // 髙橋 健 is 000002, 髙橋 千尋 000012: the first reports to the manager
    const rows = [1, 11].map((at) => ({ ...rosterCells(at, '2026-10-01'), 上長番号: at === 1 ? '000041' : '' }))
    await importRoster(await world.contextOf(hr), { files: { roster: bytesOf(rosterText(rows)) }, fileName: '十月.csv', scope: null }, { confirmLeaving: true })
    takahashi = await idOf('000002')
    await later('2026-10-05')
    edited = (await editPerson(await world.contextOf(hr), { expect: 'known', cells: { 従事者番号: '000002', フリガナ: 'タカハシ ケン' }, note: '' }) as { changeSetId: string }).changeSetId
    await later('2026-10-06')
    await giveRole(await world.contextOf(admin), { number: '000002', role: 'hr', scopeCode: '', from: '2026-10-06', lastDay: '' })
    await later('2026-10-20')
    const held = await world.db.selectFrom('appointment').select('id').where('engagement_id', '=', takahashi).executeTakeFirstOrThrow()
    await endRole(await world.contextOf(admin), { id: held.id, lastDay: '2026-10-25' })
    await later('2026-11-03')
    await undoChangeSet(await world.contextOf(hr), edited)
    await later('2026-11-10')
    const duty = await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', takahashi).where('target_slug', '=', 'M01').executeTakeFirstOrThrow()
    await askPeople(await world.contextOf(manager), { engagementIds: [takahashi], companyIds: [], note: '', shareIds: [], key: 'k1', from: 'operator' })
    const asked = (await askApproval(await world.contextOf(manager), { assignmentId: duty.id, kind: 'defer', reasonCode: 'businessTrip', note: '繁忙期です。', wishedDueOn: '2026-12-15' }) as { requestId: string }).requestId
    await decideApproval(await world.contextOf(chief), { requestId: asked, verdict: { is: 'accept', dueOn: null }, words: '' })
    await later(dayOf(NOW))
  })

  const get = (path: string, who: TestPerson | undefined = auditor, params: Record<string, string> = {}) => world.args(world.request(path, who), params)
  const look = async (query: string) => (await changes.loader(get(`/audit/changes?${query}`))).changes
  const seek = (asked: Record<string, string>) => find.loader(get(`/audit/find?${new URLSearchParams({ list: '/audit/changes', ...asked })}`))
  const seekOne = async (asked: Record<string, string>) => ((await seek(asked).catch((thrown: unknown) => thrown)) as Response).headers.get('Location')

  it('tells of one person every kind of change with the values before and after, whoever made it and however many it was about', async () => {
    const told = await look('number=000002')
    expect(told.map(({ kind }) => kind)).toEqual(['approval', 'approval', 'undo', 'role', 'role', 'edit', 'import'])
    expect(told.find(({ kind }) => kind === 'edit')).toMatchObject({ isUndone: true, who: expect.stringContaining('人事 太郎') as string, story: { outcome: 'changed', fields: [{ label: 'フリガナ', was: 'タカハシ タケル', is: 'タカハシ ケン' }] } })
    expect(told.find(({ kind }) => kind === 'undo')!.story!.fields).toEqual([{ label: 'フリガナ', was: 'タカハシ ケン', is: 'タカハシ タケル' }])
    expect(told.find(({ kind }) => kind === 'import')).toMatchObject({ what: '名簿の取込(十月.csv)', story: { outcome: 'begun' } })
    expect(told.filter(({ kind }) => kind === 'role').map(({ what, story }) => [what, story!.fields[0]!.is])).toEqual([['人事の終了', '人事 2026-10-06 から 2026-10-25 まで'], ['人事の任命', '人事 2026-10-06 から']])
    expect(told[0]!.lines).toContainEqual({ label: '結果', value: '承認' })
    expect((await look('number=000012')).map(({ kind }) => kind)).toEqual(['import'])
    expect(await look('number=999999')).toEqual([])
  })

  it('is narrowed by who did it, by days and by kind, and says when the settings changed', async () => {
    const kindsOf = async (query: string) => (await look(query)).map(({ kind }) => kind)
    expect(await kindsOf('by=900004')).toEqual(['role', 'role'])
    expect(await kindsOf('by=900003')).toEqual(['approval'])
    expect(await kindsOf('by=000041&number=000002')).toEqual(['approval'])
    expect(await kindsOf('from=2026-10-05&to=2026-10-06&number=000002')).toEqual(['role', 'edit'])
    for (const kind of ['import', 'edit', 'undo', 'role', 'approval']) expect(new Set(await kindsOf(`kind=${kind}&number=000002`)), kind).toEqual(new Set([kind]))
    const context = world.systemContext()
    expect(await noteSettings(context)).toEqual({ changed: 0 })
    expect(await noteSettings({ ...context, settings: { ...context.settings, accessAlarmPeople: 7, databaseUrl: 'mysql://u:hi-mi-tsu@db.example/x' } })).toEqual({ changed: 2 })
    const [changed, first] = await look('kind=settings')
    const library = { ...context.library, words: { ...context.library.words, requestHours: '10-16', hotline: '社外の窓口' } }
    expect(await noteSettings({ ...context, library, settings: { ...context.settings, accessAlarmPeople: 7, databaseUrl: 'mysql://u:hi-mi-tsu@db.example/x' } })).toEqual({ changed: 2 })
    const hours = JSON.stringify((await look('kind=settings'))[0])
    for (const told of ['9時から18時', '10時から16時', '社外の窓口']) expect(hours).toContain(told)
    expect(JSON.stringify(changed)).toContain('7人を超えたとき')
    expect(JSON.stringify([changed, first])).not.toContain('hi-mi-tsu')
    expect(first!.at).toBeLessThan(changed!.at)
  })

  it('is paged by key over both sources: every change once, newest first', async () => {
    const all = await world.db.selectFrom('change_set').select('id').where('kind', '!=', 'plan').execute()
    const seen: { id: string; at: number }[] = []
    const { listChanges } = await import('../../db/audit-changes.server')
    for (let before = ''; ; ) {
      const page = await listChanges(world.db, { kind: null, engagementIds: null, account: null, from: null, to: null }, { before, limit: 2 })
      seen.push(...page)
      if (page.length < 2) break
      before = page.at(-1)!.key
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(all.every(({ id }) => seen.some((one) => one.id === id))).toBe(true)
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).sort((a, b) => b - a))
  })

  it('finds the person by name in any shape and by kana, records the search, and asks which of several', async () => {
    expect(await seekOne({ number: '高橋健', from: '2026-10-01' })).toBe('/audit/changes?number=000002&from=2026-10-01')
    expect(await seekOne({ number: 'たかはし ちひろ' })).toBe('/audit/changes?number=000012')
    expect(await seekOne({ number: '000002', by: '髙橋 千尋' })).toBe('/audit/changes?number=000002&by=000012')
    const { people } = await seek({ number: 'タカハシ', kind: 'edit' })
    expect(people.map(({ number }) => number).sort()).toEqual(['000002', '000012'])
    expect(await seekOne(Object.fromEntries(new URL(`http://x${people[0]!.to}`).searchParams))).toBe(`/audit/changes?number=${people[0]!.number}&kind=edit`)
    expect((await seek({ number: '居ない' })).people).toEqual([])
    expect(await seekOne({ list: '/audit/day', number: '高橋健', on: '2026-10-10' })).toBe(`/audit/day/${takahashi}?on=2026-10-10`)
    expect((await seek({ list: '/audit/day', number: '999999' })).people).toEqual([])
    const searches = await world.db.selectFrom('access_log').select(['subject_id', 'actor_account_id']).where('act', '=', 'search').orderBy('id').execute()
    expect(searches).toEqual(['高橋健', 'たかはし ちひろ', '髙橋 千尋', 'タカハシ', '居ない'].map((typed) => ({ subject_id: typed, actor_account_id: auditor!.accountId })))
    expect((await records.loader(get('/audit/records?by=900004'))).entries.map(({ what }) => what)).toEqual(['役割を変えた', '役割を変えた'])
  })

  it('says who held which role on a past day, as known now, and who decided it', async () => {
    const held = async (query: string) => (await roles.loader(get(`/audit/roles?${query}`))).held
    expect((await held('on=2026-10-10&number=000002')).map(({ role, from, lastDay, decidedBy }) => ({ role, from, lastDay, decidedBy: decidedBy.includes('900004') }))).toEqual([{ role: 'hr', from: '2026-10-06', lastDay: '2026-10-25', decidedBy: true }])
    expect(await held('on=2026-10-05&number=000002')).toEqual([])
    expect((await held('on=2026-10-25&role=hr')).map(({ number }) => number)).toEqual(['000002', '900002'])
    expect((await held('on=2026-10-26&role=hr')).map(({ number }) => number)).toEqual(['900002'])
    expect((await held('')).map(({ number }) => number)).not.toContain('000002')
  })

  it('shows one person on one past day: allowed, learned, promised, asked; once the record is open, and back to that day', async () => {
    const params = { engagementId: takahashi! }
    const on = (query: string) => day.loader(get(`/audit/day/x${query}`, auditor, params))
    const door = (await on('?on=2026-10-10').catch((thrown: unknown) => thrown)) as Response
    expect(door.headers.get('Location')).toBe(`/people/${takahashi}/open?to=day&on=2026-10-10`)
    const opened = (await open.action(world.args(world.request('/people/x/open?to=day&on=2026-10-10', auditor, { reason: 'audit', words: '' }), params))) as Response
    expect(opened.headers.get('Location')).toBe(`/audit/day/${takahashi}?on=2026-10-10`)
    const then = await on('?on=2026-10-10')
    expect(then.facts).toMatchObject({ supervisor: '課長 一子(000041・正社員)', roles: [{ role: 'hr' }], handling: [{ category: 'communicationsSecrecy' }] })
    expect(then.events).toEqual([])
    const dueThen = then.rows.find(({ title, isTraining }) => isTraining && title.includes('通信の秘密'))!
    const now = await on('')
    expect(now.facts.roles).toEqual([])
    expect(now.events.map(({ what }) => what)).toEqual(['依頼', '猶予'])
    expect(now.events.find(({ what }) => what === '依頼')!.text).toContain('課長 一子(000041・正社員)から本人へ')
    expect(now.events.find(({ what }) => what === '猶予')!.text).toContain('(900003・正社員)が承認')
    expect(now.rows.find(({ id }) => id === dueThen.id)!.dueOn).toBe('2026-12-15')
    expect(dueThen.dueOn < '2026-12-15').toBe(true)
  })
})
