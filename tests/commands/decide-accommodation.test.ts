import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { grantExtraTime, voidAccommodation } from '../../app/commands/decide-accommodation.server'
import { openAttempt } from '../../app/commands/open-attempt.server'
import { showPage } from '../../app/commands/show-page.server'
import { renderFor } from '../../app/content/in-use.server'
import { MINUTE_MS } from '../../app/domain/calendar'
import { extraMinutesFor, planExtraTime } from '../../app/domain/accommodation'
import { isRefusal } from '../../app/domain/refusal'
import { loader as records } from '../../app/routes/learn/records'
import { loader as rules } from '../../app/routes/learn/test'
import { loader as screen } from '../../app/routes/people/accommodation'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

describe('extra time', () => {
  const grants = fc.uniqueArray(fc.record({ id: fc.uuid(), target: fc.constantFrom('', 'M01', 'M05'), minutes: fc.integer({ min: 1, max: 240 }) }), { selector: ({ target }) => target })
  it('is the more helpful of all tests and of this one, and never that of another', () => {
    fc.assert(fc.property(grants, (held) => {
      const of = (target: string) => held.find((one) => one.target === target)?.minutes ?? 0
      expect(extraMinutesFor(held, 'M01')).toBe(Math.max(of(''), of('M01')))
    }))
  })
  it('takes the place of what was granted for the same tests, and is granted once', () => {
    const held = [{ id: 'a', target: '', minutes: 20 }, { id: 'b', target: 'M01', minutes: 30 }]
    expect(planExtraTime(held, { target: 'M01', minutes: 30 })).toEqual({ same: 'b' })
    expect(planExtraTime(held, { target: 'M01', minutes: 20 })).toEqual({ replaces: 'b' })
    expect(planExtraTime(held, { target: 'M05', minutes: 20 })).toEqual({ replaces: null })
  })
})

onBothEngines('extra time of a person', (engine) => {
  let world: World
  let hr: TestPerson
  let chief: TestPerson
  let person: TestPerson
  let assignmentId: string
  let unlimited: number | undefined
  const slug = 'M05'
  const module = () => world.app.library.current('module', slug)!
  beforeAll(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ role: 'hr' })
    chief = await world.addPerson({ role: 'chief' })
    unlimited = module().meta.quiz.limitMinutes
    Object.assign(module().meta.quiz, { limitMinutes: 20 }) // none of ours has a limit
  })
  afterAll(() => void Object.assign(module().meta.quiz, { limitMinutes: unlimited })) // other files read the same library
  beforeEach(async () => {
    person = await world.addPerson()
    assignmentId = await world.addAssignment(person, { kind: 'module', slug })
    for (const [at, section] of module().meta.sections.entries()) {
      const context = await world.contextOf(person)
      const { sha256 } = renderFor(world.app.library, module(), section.id, context.viewer.engagements[0]!, { furigana: false, track: 'ja' })!
      await showPage(context, { assignmentId, page: at + 1, sha256 })
    }
  })
  const grant = async (minutes: number, target = '', by = hr) => grantExtraTime(await world.contextOf(by), { engagementId: person.engagementId, target, minutes, note: '読み上げを使うため' })
  const rows = () => world.db.selectFrom('accommodation').selectAll().where('engagement_id', '=', person.engagementId).orderBy('at').orderBy('id').execute()
  const open = async () => {
    const opened = await openAttempt(await world.contextOf(person), assignmentId)
    if (!opened || isRefusal(opened)) throw new Error(JSON.stringify(opened))
    const { extra_minutes: extra, opened_at: from, closes_at: until } = await world.db.selectFrom('attempt').selectAll().where('id', '=', opened.attemptId).executeTakeFirstOrThrow()
    return { extra, minutes: (until! - from) / MINUTE_MS }
  }

  it('is added to the next test, shown before it begins, and leaves an open one its time', async () => {
    await grant(10)
    await grant(15, slug)
    await grant(99, 'M01')
    const first = await rules(world.args(world.request('/x', person), { assignmentId }))
    expect(first).toMatchObject({ limit: 35, extraMinutes: 15 })
    expect(await open()).toEqual({ extra: 15, minutes: 35 })
    await grant(60)
    expect(await open()).toEqual({ extra: 15, minutes: 35 })
  })

  it('is granted once by two clicks, replaced by another, and taken back', async () => {
    const [one, again] = await Promise.all([grant(10), grant(10)])
    expect(one).toEqual(again)
    const other = await grant(20)
    expect((await rows()).map(({ extra_minutes: minutes, open_slot: slot }) => [minutes, slot])).toEqual([[10, null], [20, 1]])
    const context = await world.contextOf(hr)
    const { id } = other as { id: string }
    expect(await voidAccommodation(context, { engagementId: chief.engagementId, id })).toMatchObject({ refused: 'notFound' })
    expect(await voidAccommodation(context, { engagementId: person.engagementId, id })).toEqual({ id })
    expect(await voidAccommodation(context, { engagementId: person.engagementId, id })).toMatchObject({ refused: 'notFound' })
    expect(await open()).toEqual({ extra: 0, minutes: 20 })
  })

  it('leaves evidence without the reason, and is for HR and the person alone', async () => {
    for (const by of [chief, person]) expect(await grant(10, '', by)).toMatchObject({ refused: 'notFound' })
    expect(await grant(10, 'nothing')).toMatchObject({ refused: 'notFound' })
    await grant(10)
    const payloads = await world.db.selectFrom('ledger_entry as e').innerJoin('ledger_payload as p', 'p.entry_id', 'e.id').select('p.bytes').where('e.type', '=', 'accommodation.decided').where('e.subject_engagement_id', '=', person.engagementId).execute()
    const texts = payloads.map(({ bytes }) => new TextDecoder().decode(bytes))
    expect(texts.map((text) => JSON.parse(text))).toMatchObject([{ act: 'granted', minutes: 10, target: '', subject: person.engagementId, actor: { account: hr.accountId } }])
    expect(texts[0]).not.toContain('読み上げ')
    const own = await records(world.args(world.request('/records', person)))
    expect(JSON.stringify(own.engagements)).toContain('すべてのテストの時間を10分延長(読み上げを使うため)')
    const look = (by: TestPerson) => screen(world.args(world.request('/x', by), { engagementId: person.engagementId })).catch((thrown: unknown) => thrown)
    expect(await look(chief)).toMatchObject({ status: 404 })
    expect((await look(hr)) as Response).toMatchObject({ status: 303 })
    await world.openRecord(hr, person.engagementId)
    expect(await look(hr)).toMatchObject({ decisions: [{ note: '読み上げを使うため', voided: null }] })
  })
})
