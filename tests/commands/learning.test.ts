import { beforeAll, expect, it } from 'vitest'
import { openAttempt } from '../../app/commands/open-attempt.server'
import { saveAnswer } from '../../app/commands/save-answer.server'
import { showPage } from '../../app/commands/show-page.server'
import { submitTest } from '../../app/commands/submit-test.server'
import { moduleInUse, renderFor } from '../../app/content/in-use.server'
import { DAY_MS, HOUR_MS, MINUTE_MS, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { keyOf } from '../../app/domain/quiz'
import { isRefusal } from '../../app/domain/refusal'
import { canonicalBytes } from '../../app/domain/ledger/canonical'
import { sha256 } from '../../app/domain/ledger/entry'
import { findLesson } from '../../db/learning.server'
import { findPaper } from '../../db/attempts.server'
import { inTransaction, insertRows } from '../../db/database.server'
import { NOW, World, type TestPerson } from '../support/world'
import { onBothEngines } from '../support/database'

onBothEngines('reading and examination', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine)
  })

  const slug = 'M05'
  const module = () => world.app.library.current('module', slug)!
  const read = async (person: TestPerson, assignmentId: string, page: number, how: { sha256?: string; openedAt?: number; activeSeconds?: number } = {}) => {
    const context = await world.contextOf(person)
    const section = module().meta.sections[page - 1]!
    const rendered = renderFor(world.app.library, module(), section.id, context.viewer.engagements[0]!, { furigana: false, track: 'ja' })!
    return showPage(context, { assignmentId, page, sha256: rendered.sha256, openedAt: world.now - MINUTE_MS, ...how })
  }
  const readAll = async (person: TestPerson, assignmentId: string) => {
    for (let page = 1; page <= module().meta.sections.length; page++) {
      world.now += 2 * MINUTE_MS
      await read(person, assignmentId, page)
    }
  }
  const open = async (person: TestPerson, assignmentId: string) => {
    const opened = await openAttempt(await world.contextOf(person), assignmentId)
    if (!opened || isRefusal(opened)) throw new Error(JSON.stringify(opened))
    return opened.attemptId
  }
  const paperOf = async (person: TestPerson, attemptId: string) => (await findPaper(world.db, attemptId, [person.engagementId]))!
  const answerAll = async (person: TestPerson, attemptId: string, wrong = 0) => {
    const paper = await paperOf(person, attemptId)
    for (const item of paper.items) {
      world.now += MINUTE_MS
      const question = module().bank.questions.find(({ id }) => id === item.questionId)!
      const key = keyOf(question).split(',')
      const bad = question.kind === 'order' ? [...key].reverse() : [question.options.find(({ correct }) => !correct)!.id]
      await saveAnswer(await world.contextOf(person), { attemptId, position: item.position, chosen: item.position <= wrong ? bad : key })
    }
  }
  const submit = async (person: TestPerson, attemptId: string) => submitTest(await world.contextOf(person), attemptId)
  const enrol = async (given: Parameters<World['addPerson']>[0] = {}, now = NOW) => {
    world.now = now
    const person = await world.addPerson(given)
    await world.db.updateTable('session').set({ created_at: now - 2 * HOUR_MS }).where('account_id', '=', person.accountId).execute()
    return { person, assignmentId: await world.addAssignment(person, { kind: 'module', slug }) }
  }

  it('records page, time and hash of what was rendered, and keeps the bytes once', async () => {
    const { person, assignmentId } = await enrol()
    expect(await read(person, assignmentId, 1)).toEqual({ next: 2, settled: false })
    const [shown] = await world.db.selectFrom('page_shown').selectAll().where('assignment_id', '=', assignmentId).execute()
    expect(shown).toMatchObject({ page: module().meta.sections[0]!.id, version: '1.0', track: 'ja', first_at: NOW, seconds: 60 })
    const blob = await world.db.selectFrom('blob').selectAll().where('sha256', '=', shown!.rendered_sha256).executeTakeFirstOrThrow()
    expect(sha256(new Uint8Array(blob.bytes))).toBe(shown!.rendered_sha256)
  })

  it('refuses a page that was not rendered so, one too far ahead, and one of somebody else', async () => {
    const { person, assignmentId } = await enrol()
    expect(await read(person, assignmentId, 1, { sha256: 'f'.repeat(64) })).toMatchObject({ refused: 'shownDifferently' })
    expect(await read(person, assignmentId, 3)).toMatchObject({ refused: 'pagesLeft', facts: { page: 1 } })
    const other = await world.addPerson()
    expect(await read(other, assignmentId, 1)).toBeUndefined()
    expect(await openAttempt(await world.contextOf(other), assignmentId)).toBeUndefined()
  })

  it('takes a page with furigana as shown with furigana', async () => {
    const { person, assignmentId } = await enrol()
    const context = await world.contextOf(person)
    const ruby = renderFor(world.app.library, module(), module().meta.sections[0]!.id, context.viewer.engagements[0]!, { furigana: true, track: 'ja' })!
    expect(await read(person, assignmentId, 1, { sha256: ruby.sha256 })).toEqual({ next: 2, settled: false })
  })

  it('counts time between events, capped without script, as reported with it but never more than passed', async () => {
    const { person, assignmentId } = await enrol()
    const minutes = module().meta.sections[0]!.minutes
    await read(person, assignmentId, 1, { openedAt: world.now - HOUR_MS })
    world.now += 30_000
    await read(person, assignmentId, 1, { openedAt: 1 })
    world.now += 3 * MINUTE_MS
    await read(person, assignmentId, 2, { openedAt: world.now - 3 * MINUTE_MS, activeSeconds: 999 })
    const sittings = await world.db.selectFrom('study_session').selectAll().where('assignment_id', '=', assignmentId).orderBy('started_at').execute()
    expect(sittings.map(({ measured, counted_seconds }) => [measured, counted_seconds])).toEqual([['capped', minutes * 90 + 30], ['events', 180]])
    expect(sittings.every(({ started_at, ended_at }) => started_at <= ended_at)).toBe(true)
  })

  it('opens no test before every page was shown, and one only', async () => {
    const { person, assignmentId } = await enrol()
    await read(person, assignmentId, 1)
    expect(await openAttempt(await world.contextOf(person), assignmentId)).toMatchObject({ refused: 'pagesLeft', facts: { page: 2 } })
    await readAll(person, assignmentId)
    const context = await world.contextOf(person)
    const opened = await Promise.all([openAttempt(context, assignmentId), openAttempt(context, assignmentId), openAttempt(context, assignmentId)])
    expect(new Set(opened.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await world.db.selectFrom('attempt').select('asked').where('assignment_id', '=', assignmentId).execute()).toEqual([{ asked: module().meta.quiz.draw }])
  })

  it('saves every answer, resumes at the first open question, and lets the last of two tabs win', async () => {
    const { person, assignmentId } = await enrol()
    await readAll(person, assignmentId)
    const attemptId = await open(person, assignmentId)
    const paper = await paperOf(person, attemptId)
    const single = paper.items.find(({ questionId }) => module().bank.questions.find(({ id }) => id === questionId)!.kind === 'single')!
    const context = await world.contextOf(person)
    expect(await saveAnswer(context, { attemptId, position: single.position, chosen: ['z'] })).toMatchObject({ refused: 'noAnswer' })
    await Promise.all(['a', 'b'].map((id) => saveAnswer(context, { attemptId, position: single.position, chosen: [id] })))
    expect(await saveAnswer(context, { attemptId, position: single.position, chosen: ['c'] })).toEqual({ savedAt: world.now })
    const item = (await paperOf(person, attemptId)).items[single.position - 1]!
    expect([item.answer, item.revision]).toEqual(['c', 3])
    expect(await openAttempt(context, assignmentId)).toEqual({ attemptId, position: single.position === 1 ? 2 : 1 })
    const stranger = await world.addPerson()
    expect(await saveAnswer(await world.contextOf(stranger), { attemptId, position: 1, chosen: ['a'] })).toBeUndefined()
    expect(await submit(stranger, attemptId)).toBeUndefined()
  })

  it('completes and settles with evidence on a pass, once however often it is pressed', async () => {
    const { person, assignmentId } = await enrol({ mail: 'learner@sample.example' })
    await readAll(person, assignmentId)
    const attemptId = await open(person, assignmentId)
    expect(await submit(person, attemptId)).toMatchObject({ refused: 'unanswered', facts: { position: 1 } })
    await answerAll(person, attemptId, 2)
    const results = await Promise.all([submit(person, attemptId), submit(person, attemptId)])
    for (const result of results) expect(result).toEqual({ attemptId, score: 8, total: 10, passed: true })
    const [completion, ...more] = await world.db.selectFrom('completion').selectAll().where('assignment_id', '=', assignmentId).execute()
    expect(more).toEqual([])
    const lesson = (await findLesson(world.db, assignmentId, [person.engagementId]))!
    expect(lesson).toMatchObject({ settledAs: 'completed', settledAt: world.now })
    const pages = module().meta.sections.map(({ id }) => ({ page: id, sha256: lesson.shown.find(({ page }) => page === id)!.sha256 }))
    expect(completion).toMatchObject({ attempt_id: attemptId, content_version: '1.0', bank_version: module().bank.version, route: 'screen', rendered_sha256: sha256(canonicalBytes(pages)) })
    expect(await world.db.selectFrom('assignment').select(['settled_version', 'settled_route']).where('id', '=', assignmentId).executeTakeFirstOrThrow()).toEqual({ settled_version: '1.0', settled_route: 'screen' })
    expect(completion!.minutes).toBeGreaterThan(10)
    const mails = await world.db.selectFrom('mail').select(['template', 'props']).where('recipient_id', '=', person.accountId).execute()
    expect(mails.map(({ template, props }) => [template, JSON.parse(props)])).toMatchObject([['completion', { title: module().meta.title, minutes: completion!.minutes }]])
    const entries = await world.db.selectFrom('ledger_entry as e').innerJoin('ledger_payload as p', 'p.entry_id', 'e.id').select(['e.type', 'p.bytes']).where('e.command_key', '=', `test ${attemptId}`).execute()
    expect(entries).toHaveLength(1)
    expect(JSON.parse(new TextDecoder().decode(entries[0]!.bytes))).toMatchObject({ module: slug, score: 8, passed: true, completion: { rendered: completion!.rendered_sha256 } })
    expect(await saveAnswer(await world.contextOf(person), { attemptId, position: 1, chosen: ['a'] })).toMatchObject({ refused: 'handedInElsewhere' })
    expect(await openAttempt(await world.contextOf(person), assignmentId)).toMatchObject({ refused: 'alreadySettled' })
  })

  it('makes whoever failed wait, then asks other questions', async () => {
    const { person, assignmentId } = await enrol()
    await readAll(person, assignmentId)
    const first = await open(person, assignmentId)
    await answerAll(person, first, 3)
    expect(await submit(person, first)).toMatchObject({ passed: false, score: 7 })
    expect(await world.db.selectFrom('completion').selectAll().where('assignment_id', '=', assignmentId).execute()).toEqual([])
    expect(await openAttempt(await world.contextOf(person), assignmentId)).toMatchObject({ refused: 'waitForNextAttempt', facts: { at: world.now + 30 * MINUTE_MS } })
    world.now += 30 * MINUTE_MS
    const second = await open(person, assignmentId)
    const asked = await Promise.all([first, second].map(async (id) => (await paperOf(person, id)).items.map(({ questionId }) => questionId)))
    expect(asked[1]!.filter((id) => asked[0]!.includes(id))).toEqual([])
    expect(await paperOf(person, second)).toMatchObject({ ordinal: 2, seed: expect.stringMatching(/^[0-9a-f]{32}$/) as string })
  })

  it('shuts module and test to people under 18 at night, with what they saved kept', async () => {
    const { person, assignmentId } = await enrol({ under18Until: '2026-11-30' }, startOf('2026-11-20') + 21.5 * HOUR_MS)
    await readAll(person, assignmentId)
    const attemptId = await open(person, assignmentId)
    await saveAnswer(await world.contextOf(person), { attemptId, position: 1, chosen: ['a'] })
    world.now = startOf('2026-11-20') + 22 * HOUR_MS - 1
    expect(isRefusal(await openAttempt(await world.contextOf(person), assignmentId))).toBe(false)
    world.now += 1
    const refusals = [await read(person, assignmentId, 1), await openAttempt(await world.contextOf(person), assignmentId), await saveAnswer(await world.contextOf(person), { attemptId, position: 2, chosen: ['a'] }), await submit(person, attemptId)]
    for (const refusal of refusals) expect(refusal).toMatchObject({ refused: 'nightForMinors' })
  })

  it('stores extra minutes granted to a person, and not those that were voided', async () => {
    const { person, assignmentId } = await enrol()
    await inTransaction(world.db, (tx) => insertRows(tx, 'accommodation', [
      { id: world.app.newId(), engagement_id: person.engagementId, kind: 'extraTime', target_slug: '', extra_minutes: 15, note: new Uint8Array(), decided_by: 'hr', at: 1, voided_at: null, voided_by: null, open_slot: 1 },
      { id: world.app.newId(), engagement_id: person.engagementId, kind: 'extraTime', target_slug: '', extra_minutes: 99, note: new Uint8Array(), decided_by: 'hr', at: 2, voided_at: 3, voided_by: 'hr', open_slot: null },
    ]))
    await readAll(person, assignmentId)
    const attemptId = await open(person, assignmentId)
    const attempt = await world.db.selectFrom('attempt').selectAll().where('id', '=', attemptId).executeTakeFirstOrThrow()
    expect(attempt).toMatchObject({ extra_minutes: 15, closes_at: null, open_slot: 1 })
  })

  it('takes no answer after the time is up, and hands in what was saved', async () => {
    const { person, assignmentId } = await enrol()
    await readAll(person, assignmentId)
    const attemptId = await open(person, assignmentId)
    await saveAnswer(await world.contextOf(person), { attemptId, position: 1, chosen: ['z'] })
    await world.db.updateTable('attempt').set({ closes_at: world.now + 10 * MINUTE_MS }).where('id', '=', attemptId).execute()
    const paper = await paperOf(person, attemptId)
    const [first] = paper.items
    const question = module().bank.questions.find(({ id }) => id === first!.questionId)!
    const right = { attemptId, position: 1, chosen: keyOf(question).split(',') }
    world.now += 10 * MINUTE_MS
    expect(await saveAnswer(await world.contextOf(person), right)).toEqual({ savedAt: world.now })
    world.now += 1
    expect(await saveAnswer(await world.contextOf(person), { ...right, position: 2 })).toMatchObject({ refused: 'timeIsUp' })
    expect(await submit(person, attemptId)).toEqual({ attemptId, score: 1, total: 10, passed: false })
  })

  it('completes nothing for a duty that was taken back meanwhile', async () => {
    const { person, assignmentId } = await enrol()
    await readAll(person, assignmentId)
    const attemptId = await open(person, assignmentId)
    await answerAll(person, attemptId)
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'withdrawn' }).where('id', '=', assignmentId).execute()
    expect(await submit(person, attemptId)).toMatchObject({ passed: true })
    expect(await world.db.selectFrom('completion').selectAll().where('assignment_id', '=', assignmentId).execute()).toEqual([])
    expect((await findLesson(world.db, assignmentId, [person.engagementId]))!.settledAs).toBe('withdrawn')
  })

  it('begins nothing before the day it opens', async () => {
    const { person } = await enrol()
    const later = await world.addAssignment(person, { kind: 'module', slug, period: 'FY2027', opens: '2027-06-01', due: '2027-06-30' })
    expect(await read(person, later, 1)).toMatchObject({ refused: 'opensLater' })
    expect((await findLesson(world.db, later, [person.engagementId]))!.settledAt).toBe(OPEN_INSTANT)
    expect(moduleInUse(world.app.library, slug, [{ version: '0.9', page: 'x', lastAt: NOW - DAY_MS }])!.meta.version).toBe('1.0')
  })
})
