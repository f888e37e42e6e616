import { beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.server'
import { refreshDerived } from '../../db/derived.server'
import { dayOf } from '../../app/domain/calendar'
import { loader as person } from '../../app/routes/people/person'
import { loader as search } from '../../app/routes/people/search'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('人をさがす', (engine) => {
  let world: World
  let hr: TestPerson
  let learner: TestPerson
  const people: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('C01', 'みほんコール株式会社', 'contractor', false)
    await world.addCompany('C02', 'れいだい設備株式会社', 'contractor', true)
    hr = await world.addPerson({ number: '000021', name: '𠮷田 直子', kana: 'ヨシダ ナオコ', role: 'hr' })
    learner = await world.addPerson({ number: '000100', name: '高橋 一郎', kana: 'タカハシ イチロウ' })
    people.push(
      hr, learner,
      await world.addPerson({ number: '000101', name: '髙橋 美咲', kana: 'タカハシ ミサキ', from: '2026-12-01' }),
      await world.addPerson({ number: '000102', name: '高橋 恵子', kana: 'タカハシ ケイコ', to: '2026-10-01' }),
      await world.addPerson({ number: '000103', name: '橋本 高橋', kana: 'ハシモト タカハシ' }),
      await world.addPerson({ number: 'M-0007', name: '高橋 秘子', kana: 'タカハシ ヒメコ', kind: 'contractorWorker', company: 'C01' }),
      await world.addPerson({ number: 'N-0001', name: '髙𣘺 潤', kana: 'タカハシ ジュン', kind: 'contractorWorker', company: 'C02' }),
    )
    await inTransaction(world.db, (tx) => refreshDerived(tx, people.map(({ engagementId }) => engagementId), dayOf(world.now)))
    await world.addAssignment(learner, { kind: 'module', slug: 'M01', due: '2026-11-13' })
    await world.addAssignment(learner, { kind: 'module', slug: 'M05', due: '2026-11-24' })
  })

  const found = (query: string, viewer = hr) => search(world.args(world.request(`/people?${query}`, viewer)))
  const numbers = async (query: string) => (await found(query)).people.map(({ number }) => number).sort()

  it('finds every variant of a name, its kana and the number by their beginning', async () => {
    const all = ['000100', '000101', '000102', '000103', 'N-0001']
    expect(await numbers(`q=${encodeURIComponent('高橋')}`)).toEqual(all)
    expect(await numbers(`q=${encodeURIComponent('髙𣘺')}`)).toEqual(all)
    expect(await numbers(`q=${encodeURIComponent('たかはし')}`)).toEqual(all)
    expect(await numbers('q=00010')).toEqual(['000100', '000101', '000102', '000103'])
    expect(await numbers(`q=${encodeURIComponent('タカハシ ミ')}`)).toEqual(['000101'])
    expect(await numbers('q=%25')).toEqual([])
  })

  it('finds who stands in a unit or one below, by the beginning of its name or its code', async () => {
    const above = await world.addUnit('D200', '東北支社')
    const below = await world.addUnit('D210', '仙台コールセンター', above)
    const one = await world.addPerson({ number: '000777', name: '高橋 葵', kana: 'タカハシ アオイ', unit: below })
    await inTransaction(world.db, (tx) => refreshDerived(tx, [one.engagementId], dayOf(world.now)))
    for (const unit of ['仙台', 'D210', '東北', 'D200']) expect(await numbers(`unit=${encodeURIComponent(unit)}`), unit).toEqual(['000777'])
    expect(await numbers(`q=${encodeURIComponent('高橋')}&unit=D210`)).toEqual(['000777'])
    expect(await numbers('unit=D21')).toEqual([])
    await world.db.deleteFrom('engagement_current').where('engagement_id', '=', one.engagementId).execute()
  })

  it('offers a number with its zeros where one without them finds nobody', async () => {
    expect(await found('q=101')).toMatchObject({ people: [], near: '000101' })
    expect(await found('q=%EF%BC%91%EF%BC%90%EF%BC%91')).toMatchObject({ people: [], near: '000101' })
    for (const query of ['q=999', 'q=x101', 'q=000101']) expect((await found(query)).near, query).toBeNull()
  })

  it('finds a hidden name by number only and never shows it', async () => {
    expect(await numbers(`q=${encodeURIComponent('高橋 秘')}`)).toEqual([])
    const [hidden] = (await found('q=m-00')).people
    expect(hidden).toMatchObject({ number: 'M-0007', name: null, kana: null })
    await world.openRecord(hr, hidden!.engagementId)
    const shown = await person(world.args(world.request('/', hr), { engagementId: hidden!.engagementId }))
    expect(JSON.stringify(shown)).not.toContain('秘子')
    expect(shown.heading).toBe('従事者 M-0007')
  })

  it('filters by relation and by service on the day', async () => {
    expect(await numbers('relation=contract')).toEqual(['M-0007', 'N-0001'])
    expect(await numbers('service=before')).toEqual(['000101'])
    expect(await numbers('service=left')).toEqual(['000102'])
    expect(await numbers(`service=in&q=${encodeURIComponent('高橋')}`)).toEqual(['000100', '000103', 'N-0001'])
    expect((await found(`service=in&q=${encodeURIComponent('高橋')}`)).count).toBe(3)
  })

  it('shows the duty that asks most, and pages without losing or repeating anybody', async () => {
    const [one] = (await found('q=000100')).people
    expect(one!.training).toMatchObject({ mark: 'late', days: 7 })
    expect(one!.signature).toBeUndefined()
    const extra = await Promise.all(Array.from({ length: 60 }, (_, at) => world.addPerson({ number: `Z${String(at).padStart(3, '0')}`, name: `頁田 ${at}`, kana: 'ページダ' })))
    await inTransaction(world.db, (tx) => refreshDerived(tx, extra.map(({ engagementId }) => engagementId), dayOf(world.now)))
    for (const query of ['q=z', `q=${encodeURIComponent('頁田')}`, '']) {
      const first = await found(query)
      expect(first.people).toHaveLength(50)
      const rest = await found(new URL(first.next!, 'http://x').search.slice(1))
      const seen = [...first.people, ...rest.people].map(({ number }) => number)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.filter((number) => number.startsWith('Z'))).toHaveLength(60)
      expect(rest.next).toBeNull()
    }
  })

  it('is closed to those who may not look for people', async () => {
    await expect(found('q=a', learner)).rejects.toMatchObject({ status: 404 })
    await expect(person(world.args(world.request('/', learner), { engagementId: hr.engagementId }))).rejects.toMatchObject({ status: 404 })
    await expect(person(world.args(world.request('/', hr), { engagementId: '00000000-0000-7000-8000-000000000000' }))).rejects.toMatchObject({ status: 404 })
  })

  it('states facts, duties and changes of one person', async () => {
    await world.openRecord(hr, learner.engagementId)
    const shown = await person(world.args(world.request('/', hr), { engagementId: learner.engagementId }))
    expect(shown.duties.map(({ title, standing }) => [title.length > 0, standing.mark, standing.days])).toEqual([[true, 'late', 7], [true, 'soon', 4]])
    expect(shown.asked).toEqual({ training: 2, signature: 0 })
    expect(shown.events).toHaveLength(1)
    expect(shown.names).toEqual([{ name: '高橋 一郎', from: '2024-04-01' }])
  })

  it('records a search by name, once a day and account, and a number not at all', async () => {
    const looks = () => world.db.selectFrom('access_log').select(['act', 'subject_kind', 'subject_id', 'reason', 'actor_account_id']).where('act', '=', 'search').where('subject_id', '=', '橋本').execute()
    const q = encodeURIComponent('橋本')
    expect((await found(`q=%20${q}%20&service=in`)).people.map(({ number }) => number)).toEqual(['000103'])
    await found(`q=${q}`)
    const first = { act: 'search', subject_kind: 'people', subject_id: '橋本', reason: '在籍中', actor_account_id: hr.accountId }
    expect(await looks()).toEqual([first])
    const other = await world.addPerson({ role: 'hr' })
    await found(`q=${q}`, other)
    expect(await looks(), 'what one has looked for another has not').toEqual([first, { ...first, reason: '', actor_account_id: other.accountId }])
    await found('q=000103')
    expect(await world.db.selectFrom('access_log').select('id').where('subject_id', '=', '000103').execute()).toEqual([])
  })
})
