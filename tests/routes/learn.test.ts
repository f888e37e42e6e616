import { beforeAll, expect, it } from 'vitest'
import { loader as aid } from '../../app/routes/learn/aid'
import { action as askCorrection, loader as correction } from '../../app/routes/learn/correction'
import { action as setFurigana } from '../../app/routes/learn/reading'
import { loader as home } from '../../app/routes/learn/home'
import { action as sendNote } from '../../app/routes/learn/note-to-editor'
import { action as nextPage, loader as page } from '../../app/routes/learn/page'
import { action as answer, loader as question } from '../../app/routes/learn/question'
import { loader as pledgeText } from '../../app/routes/learn/pledge-text'
import { loader as records } from '../../app/routes/learn/records'
import { action as takeRecords } from '../../app/routes/learn/records-download'
import { loader as result } from '../../app/routes/learn/result'
import { action as handIn, loader as review } from '../../app/routes/learn/review'
import { action as openTest, loader as test } from '../../app/routes/learn/test'
import { HOUR_MS, MINUTE_MS, OPEN_DAY, startOf } from '../../app/domain/calendar'
import { sha256 } from '../../app/domain/ledger/entry'
import { readingOf } from '../../app/domain/tracks'
import { keyOf } from '../../app/domain/quiz'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { recordExtraTime } from '../../db/accommodations.server'
import { inTransaction, insertRows } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { NOW, World, type TestPerson } from '../support/world'

/** Where an answer sends the browser. */
const placeOf = (answered: unknown): string => {
  if (!(answered instanceof Response)) throw new Error(`No redirect: ${JSON.stringify(answered)}`)
  return answered.headers.get('Location') ?? `status ${answered.status}`
}
const caught = async (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown)

onBothEngines('the learner’s pages', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine)
  })
  const module = (slug = 'M05') => world.app.library.current('module', slug)!
  const get = (person: TestPerson, path: string, params: Record<string, string> = {}) => world.args(world.request(path, person), params)
  const post = (person: TestPerson, path: string, form: Record<string, string | string[]>, params: Record<string, string> = {}) => world.args(world.request(path, person, form), params)
  const enrol = async (given: Parameters<World['addPerson']>[0] = {}, now = NOW) => {
    world.now = now
    const person = await world.addPerson(given)
    return { person, id: await world.addAssignment(person, { kind: 'module', slug: 'M05', due: '2026-11-24' }) }
  }
  const readTo = async (person: TestPerson, id: string, last: number) => {
    let place = ''
    for (let at = 1; at <= last; at++) {
      const params = { assignmentId: id, page: String(at) }
      const shown = await page(get(person, `/learn/${id}/pages/${at}`, params))
      world.now += MINUTE_MS
      place = placeOf(await caught(nextPage(post(person, `/learn/${id}/pages/${at}`, { sha256: shown.sha256, openedAt: String(shown.openedAt), active: '' }, params))))
    }
    return place
  }
  const answerAll = async (person: TestPerson, first: string, right: boolean) => {
    let place = first
    while (/\/questions\/\d+$/.test(place)) {
      const [, attemptId, position] = /attempts\/([^/]+)\/questions\/(\d+)/.exec(place)! as unknown as [string, string, string]
      const params = { attemptId, position }
      const shown = await question(get(person, place, params))
      const item = await world.db.selectFrom('attempt_item').select(['question_id', 'option_order']).where('attempt_id', '=', attemptId).where('position', '=', Number(position)).executeTakeFirstOrThrow()
      const options = item.option_order.split(',')
      expect(shown.question!.options.map((one) => one.id)).toEqual(options.map((_, at) => String(at + 1)))
      const key = keyOf(['M05', 'M01'].flatMap((slug) => module(slug).bank.questions).find(({ id }) => id === item.question_id)!).split(',')
      const chosen = right ? key : shown.question!.kind === 'order' ? [...key].reverse() : [options.find((id) => !key.includes(id))!]
      const form: Record<string, string | string[]> = shown.question!.kind === 'order' ? Object.fromEntries(chosen.map((id, at) => [`place.${options.indexOf(id) + 1}`, String(at + 1)])) : { answer: chosen.map((id) => String(options.indexOf(id) + 1)) }
      if (shown.position === shown.total) form.last = '1'
      place = placeOf(await caught(answer(post(person, place, form, params))))
    }
    return place
  }

  it('leads from home through every section and question to the result, one press each', async () => {
    const { person, id } = await enrol()
    const first = await home(get(person, '/'))
    expect(first.open).toMatchObject([{ id, minutes: '約25分', due: { mark: 'soon', words: '期限 11月24日(火) あと4日' }, action: { to: `/learn/${id}/pages/1`, label: '始める' } }])
    await readTo(person, id, 2)
    expect((await home(get(person, '/'))).open[0]).toMatchObject({ status: { mark: 'doing', words: '受講中', about: '5節のうち2節まで済み' }, action: { label: '3節から続ける', to: `/learn/${id}/pages/3` } })
    const start = await readTo(person, id, module().meta.sections.length)
    expect(start).toMatch(/\/attempts\/[^/]+\/questions\/1$/)
    expect((await home(get(person, '/'))).open[0]).toMatchObject({ action: { label: 'テストを続ける' } })
    expect(placeOf(await caught(test(get(person, `/learn/${id}/test`, { assignmentId: id }))))).toBe(start)
    const reviewPlace = await answerAll(person, start, true)
    expect(reviewPlace).toMatch(/\/review$/)
    const attemptId = reviewPlace.split('/')[2]!
    expect((await review(get(person, reviewPlace, { attemptId }))).items.every((item) => item.answer !== null && item.text !== '')).toBe(true)
    expect(placeOf(await caught(handIn(post(person, reviewPlace, {}, { attemptId }))))).toBe(`/attempts/${attemptId}`)
    const passed = await result(get(person, `/attempts/${attemptId}`, { attemptId }))
    if (!passed.passed) throw new Error('not passed')
    expect(passed).toMatchObject({ score: 10, total: 10, mark: 'done', next: null })
    expect(passed.items).toHaveLength(10)
    for (const item of passed.items) expect([item.explanation, item.source, item.section.title].every((words) => words.length > 0)).toBe(true)
    const done = await home(get(person, '/'))
    expect([done.open, done.finished[0]]).toMatchObject([[], { id, mark: 'done', words: '修了 11月20日(金)' }])
    const again = await page(get(person, `/learn/${id}/pages/4`, { assignmentId: id, page: '4' }))
    expect(again).toMatchObject({ settled: true, left: 0 })
    const mail = await world.db.selectFrom('mail').selectAll().where('recipient_id', '=', person.accountId).execute()
    expect(mail).toEqual([])
  })

  it('says after a fail what to read again and when to try again, and explains the wait', async () => {
    const { person, id } = await enrol({ mail: 'a@b.example' })
    const reviewPlace = await answerAll(person, await readTo(person, id, module().meta.sections.length), false)
    const attemptId = reviewPlace.split('/')[2]!
    await caught(handIn(post(person, reviewPlace, {}, { attemptId })))
    const failed = await result(get(person, `/attempts/${attemptId}`, { attemptId }))
    if (failed.passed) throw new Error('passed')
    expect(failed).toMatchObject({ score: 0, needed: 8, near: false, wait: 30, next: { is: 'at', words: '今日の10時35分', night: false } })
    expect([failed.sections.length, new Set(failed.sections.map(({ page: at }) => at)).size]).toEqual([3, 3])
    const topics = [...failed.sections.flatMap(({ title }) => title.split('、')), ...failed.others]
    expect(topics.sort(), 'each topic with a wrong answer is named, once').toEqual(module().meta.topics.map(({ title }) => title).sort())
    expect((await test(get(person, `/learn/${id}/test`, { assignmentId: id }))).refused).toMatchObject({ refused: 'waitForNextAttempt' })
    expect(placeOf(await caught(openTest(post(person, `/learn/${id}/test`, {}, { assignmentId: id }))))).toBe(`/learn/${id}/test`)
    expect((await home(get(person, '/'))).open[0]).toMatchObject({ status: { mark: 'fail' }, action: { to: `/attempts/${attemptId}` } })
    world.now += 30 * MINUTE_MS
    expect((await home(get(person, '/'))).open[0]).toMatchObject({ action: { label: 'もう一度受ける', to: `/learn/${id}/test` } })
    expect((await test(get(person, `/learn/${id}/test`, { assignmentId: id }))).refused).toBeNull()
  })

  it('lets nobody jump ahead, and shows nobody else’s', async () => {
    const { person, id } = await enrol()
    expect(placeOf(await caught(page(get(person, `/learn/${id}/pages/3`, { assignmentId: id, page: '3' }))))).toBe(`/learn/${id}/pages/1`)
    const other = await world.addPerson()
    const start = await readTo(person, id, module().meta.sections.length)
    const attemptId = start.split('/')[2]!
    const strange = [
      page(get(other, `/learn/${id}/pages/1`, { assignmentId: id, page: '1' })), test(get(other, '/x', { assignmentId: id })), question(get(other, start, { attemptId, position: '1' })), review(get(other, '/x', { attemptId })),
      result(get(other, '/x', { attemptId })), handIn(post(other, '/x', {}, { attemptId })), answer(post(other, start, { answer: 'a' }, { attemptId, position: '1' })), openTest(post(other, '/x', {}, { assignmentId: id })),
      askCorrection(post(other, '/records/correction', { subject: 'record', assignment: id, body: 'x' })),
    ]
    for (const answered of await Promise.all(strange.map(caught))) expect((answered as Response).status).toBe(404)
  })

  it('refuses an order with a number twice in words, and keeps what was put in', async () => {
    const { person, id } = await enrol()
    const start = await readTo(person, id, module().meta.sections.length)
    const attemptId = start.split('/')[2]!
    const order = module().bank.questions.find(({ kind }) => kind === 'order')!
    await world.db.updateTable('attempt_item').set({ question_id: order.id, option_order: order.options.map(({ id: option }) => option).join() }).where('attempt_id', '=', attemptId).where('position', '=', 1).execute()
    const places = Object.fromEntries(order.options.map((_, at) => [`place.${at + 1}`, '2']))
    const refused = (await answer(post(person, start, places, { attemptId, position: '1' }))) as unknown as { data: { refused: object; places: object } }
    expect(refused.data).toMatchObject({ refused: { refused: 'sameNumberTwice', facts: { number: '2' } }, places: { 1: '2' } })
    const foreign = (await answer(post(person, start, { 'place.a': '1', 'place.b': '2', 'place.c': '3', 'place.d': '4' }, { attemptId, position: '1' }))) as unknown as { data: { refused: object } }
    expect(foreign.data).toMatchObject({ refused: { refused: 'noAnswer' } })
    expect(placeOf(await caught(answer(post(person, start, { ...places, go: 'pause' }, { attemptId, position: '1' }))))).toBe('/')
  })

  it('turns people under 18 away at night with words, and shows no text', async () => {
    const { person, id } = await enrol({ under18Until: '2027-03-31' }, startOf('2026-11-20') + 22 * HOUR_MS)
    const shut = await page(get(person, `/learn/${id}/pages/1`, { assignmentId: id, page: '1' }))
    expect(shut).toMatchObject({ refused: { refused: 'nightForMinors' }, html: '', sha256: '' })
    const first = await home(get(person, '/'))
    expect(first).toMatchObject({ minor: true, night: true, open: [{ action: null }], counsel: '上長や人事に相談する' })
    const pledge = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    expect(placeOf(await caught(pledgeText(get(person, `/pledges/${pledge}/text`, { assignmentId: pledge }))))).toBe(`/pledges/${pledge}/pages/1`)
    const contractor = await world.addPerson({ kind: 'soleContractor' })
    expect((await home(get(contractor, '/'))).counsel).toBe('研修事務局に相談する')
  })

  it('names a time after five when the wait ends at night, and shows the result but nothing to study', async () => {
    const { person, id } = await enrol({ under18Until: '2027-03-31' }, startOf('2026-11-20') + 21 * HOUR_MS)
    const reviewPlace = await answerAll(person, await readTo(person, id, module().meta.sections.length), false)
    const attemptId = reviewPlace.split('/')[2]!
    world.now = startOf('2026-11-20') + 21 * HOUR_MS + 46 * MINUTE_MS
    await caught(handIn(post(person, reviewPlace, {}, { attemptId })))
    const shown = async () => {
      const answered = await result(get(person, `/attempts/${attemptId}`, { attemptId }))
      if (answered.passed) throw new Error('passed')
      return answered
    }
    expect(await shown()).toMatchObject({ night: false, next: { is: 'at', words: '明日の5時00分', night: true } })
    expect((await test(get(person, `/learn/${id}/test`, { assignmentId: id }))).refused?.facts).toEqual({ words: '明日の5時00分' })
    expect((await home(get(person, '/'))).open[0]!.status!.about).toBe('次は明日の5時00分から受けられます')
    world.now = startOf('2026-11-20') + 22 * HOUR_MS + 27 * MINUTE_MS
    expect(await shown()).toMatchObject({ night: true, score: 0, next: { is: 'at', words: '明日の5時00分', night: true } })
    expect((await home(get(person, '/'))).open[0]).toMatchObject({ status: { about: '次は明日の5時00分から受けられます' }, action: null })
    world.now = startOf('2026-11-21') + 5 * HOUR_MS
    await world.db.updateTable('session').set({ last_seen_at: world.now, expires_at: world.now + HOUR_MS }).execute()
    expect(await shown()).toMatchObject({ night: false, next: { is: 'open' } })
  })

  it('says that answers are kept only when there are any', async () => {
    const { person, id } = await enrol({ under18Until: '2027-03-31' }, startOf('2026-11-20') + 21 * HOUR_MS)
    const start = await readTo(person, id, module().meta.sections.length)
    const params = { attemptId: start.split('/')[2]!, position: '1' }
    const facts = async () => {
      world.now = startOf('2026-11-20') + 22 * HOUR_MS
      return (await question(get(person, start, params))).refused
    }
    expect(await facts()).toEqual({ refused: 'nightForMinors' })
    world.now = startOf('2026-11-20') + 21 * HOUR_MS + 50 * MINUTE_MS
    await world.db.updateTable('attempt_item').set({ answer: 'a', saved_at: world.now }).where('attempt_id', '=', params.attemptId).where('position', '=', 2).execute()
    expect(await facts()).toEqual({ refused: 'nightForMinors', facts: { kept: 1 } })
  })

  it('leads to the page that tells the time of a test before it is opened, where there is a limit or extra time', async () => {
    const { person, id } = await enrol()
    await inTransaction(world.db, (tx) => recordExtraTime(tx, { id: world.app.newId(), target: '', minutes: 15, engagementId: person.engagementId, note: '', decidedBy: person.accountId, at: world.now }))
    const last = module().meta.sections.length
    expect(await readTo(person, id, last)).toBe(`/learn/${id}/test`)
    expect((await page(get(person, `/learn/${id}/pages/${last}`, { assignmentId: id, page: String(last) }))).limited).toBe(true)
    expect((await test(get(person, `/learn/${id}/test`, { assignmentId: id })))).toMatchObject({ refused: null, extraMinutes: 15 })
  })

  it('keeps a declined pledge in sight, told apart from waiting to sign', async () => {
    world.now = NOW
    const person = await world.addPerson()
    const [no, later] = [await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' }), await world.addAssignment(person, { kind: 'pledge', slug: 'PL6', period: 'exit' })]
    const context = await world.contextOf(person)
    await declinePledge(context, { assignmentId: no, outcome: 'declined', words: '' })
    await declinePledge(context, { assignmentId: later, outcome: 'later', words: '' })
    const first = await home(get(person, '/'))
    expect(first.declined).toMatchObject([{ id: no, words: '11月20日(金)に「署名しない」を選びました', hint: expect.stringContaining('人事の担当者がお話をうかがいます') as string, mayRead: true }])
    expect(first.open).toMatchObject([{ id: later, status: { mark: 'todo', words: '今は署名しない' } }])
    expect((await records(get(person, '/records'))).acts.rows.map(({ words }) => words).sort()).toEqual(['今は署名しない', '署名辞退'])
  })

  it('keeps furigana on the account and goes back only to our own pages', async () => {
    const { person, id } = await enrol()
    const path = `/learn/${id}/pages/1`
    expect(placeOf(await setFurigana(post(person, '/reading', { furigana: 'on', to: path })))).toBe(path)
    const shown = await page(get(person, path, { assignmentId: id, page: '1' }))
    expect([shown.reading.furigana, shown.html.includes('<ruby>')]).toEqual([true, true])
    expect(placeOf(await setFurigana(post(person, '/reading', { furigana: 'off', to: '//elsewhere.example/' })))).toBe('/')
  })

  it('are read, examined and explained in the track a person chose, and what was shown says which', async () => {
    world.now = NOW
    const person = await world.addPerson()
    const id = await world.addAssignment(person, { kind: 'module', slug: 'M01', due: '2026-11-24' })
    const first = { assignmentId: id, page: '1' }
    expect((await page(get(person, `/learn/${id}/pages/1`, first))).reading).toMatchObject({ track: 'ja', tracks: ['ja', 'ja-easy', 'en'], missing: null })
    await setFurigana(post(person, '/reading', { track: 'en', to: '/' }))
    const shown = await page(get(person, `/learn/${id}/pages/1`, first))
    expect([shown.reading.track, shown.html.startsWith('<section class="goals"><h2>What you will be able to do</h2>')]).toEqual(['en', true])
    const start = await readTo(person, id, module('M01').meta.sections.length)
    const rows = await world.db.selectFrom('page_shown').select(['track', 'page']).where('assignment_id', '=', id).execute()
    expect(rows.map(({ track }) => track)).toEqual(module('M01').meta.sections.map(() => 'en'))
    const [, attemptId] = /attempts\/([^/]+)\//.exec(start)! as unknown as [string, string]
    const asked = await question(get(person, start, { attemptId, position: '1' }))
    expect(asked.question!.text + asked.question!.options.map(({ plain }) => plain).join('')).not.toMatch(/[ぁ-ん]{4}/)
    const done = await answerAll(person, start, false)
    await caught(handIn(post(person, done, {}, { attemptId })))
    const failed = await result(get(person, `/attempts/${attemptId}`, { attemptId }))
    expect(JSON.stringify(failed)).toContain(world.app.library.namesIn(module('M01'), 'en').title)
    await setFurigana(post(person, '/reading', { track: 'ja-easy', to: '/' }))
    expect((await page(get(person, `/learn/${id}/pages/1`, first))).html).toContain('できるように なること')
    const sheet = await aid(get(person, `/learn/${id}/aid`, { assignmentId: id }))
    expect([sheet.reading.track, sheet.html.includes(world.app.library.words.consultDesk)]).toEqual(['ja-easy', true])
    const other = await world.addAssignment(person, { kind: 'module', slug: 'T-none' })
    expect(await caught(aid(get(person, `/learn/${other}/aid`, { assignmentId: other })))).toMatchObject({ status: 404 })
  })

  it('say so where a text is not told in the track a person reads', async () => {
    expect(readingOf({ furigana: true, track: 'en' }, ['ja', 'ja-easy'])).toEqual({ furigana: true, track: 'ja', tracks: ['ja', 'ja-easy'], missing: 'en' })
    expect(readingOf({ furigana: false, track: 'ja-easy' }, ['ja', 'ja-easy'])).toEqual({ furigana: false, track: 'ja-easy', tracks: ['ja', 'ja-easy'], missing: null })
  })

  it('shows and hands out what is held about oneself, and records the taking', async () => {
    const { person, id } = await enrol({ name: '髙橋 葛󠄀子' })
    const other = await world.addPerson({ name: '別人 花子' })
    await world.addAssignment(other, { kind: 'module', slug: 'M01' })
    await readTo(person, id, 1)
    const shown = await records(get(person, '/records'))
    expect(shown.trainings.rows).toHaveLength(1)
    expect(shown.sittings.rows[0]).toMatchObject({ counted: '1分(推定)' })
    const file = (await takeRecords(post(person, '/records/download', {})))
    const bytes = new Uint8Array(await file.arrayBuffer())
    const text = new TextDecoder().decode(bytes)
    expect(JSON.parse(text)).toMatchObject({ 氏名: '髙橋 葛󠄀子', 表示したページ: [{ ページ: module().meta.sections[0]!.id }], サインイン: [{ 端末: 'test' }] })
    expect(text).not.toContain('別人')
    const log = await world.db.selectFrom('access_log').selectAll().where('actor_account_id', '=', person.accountId).execute()
    expect(log).toMatchObject([{ act: 'download', subject_kind: 'ownRecord', sha256: sha256(bytes) }])
    expect((await records(get(person, '/records'))).looks.rows).toMatchObject([{ who: 'あなた', words: '記録をまとめて受け取った' }])
  })

  it('hands out no marks and no seed of a test before the duty is passed, and all of them after', async () => {
    const { person, id } = await enrol()
    const taken = async () => {
      const text = await (await takeRecords(post(person, '/records/download', {}))).text()
      return { text, tests: (JSON.parse(text) as { 受験: { 抽選の種?: string; 解答: Record<string, unknown>[] }[] }).受験 }
    }
    const seeds = async () => (await world.db.selectFrom('attempt').select('seed').where('assignment_id', '=', id).execute()).map(({ seed }) => seed)
    const start = await readTo(person, id, module().meta.sections.length)
    const attemptId = start.split('/')[2]!
    const hidden = async () => {
      const { text, tests } = await taken()
      for (const seed of await seeds()) expect(text).not.toContain(seed)
      for (const one of tests[0]!.解答) expect([one.正誤, one.選択肢の順, one.答え]).toEqual([expect.stringContaining('合格したあと'), undefined, undefined])
      return tests[0]!.解答
    }
    await hidden()
    await answerAll(person, start, false)
    await caught(handIn(post(person, `/attempts/${attemptId}/review`, {}, { attemptId })))
    expect((await hidden()).every(({ 答えた選択肢の位置: places }) => (places as number[]).every((place) => place > 0))).toBe(true)
    world.now += HOUR_MS / 2
    const again = placeOf(await caught(openTest(post(person, `/learn/${id}/test`, {}, { assignmentId: id }))))
    await answerAll(person, again, true)
    await caught(handIn(post(person, `${again}/review`, {}, { attemptId: again.split('/')[2]! })))
    const { text, tests } = await taken()
    for (const seed of await seeds()) expect(text).toContain(seed)
    expect(tests.flatMap(({ 解答 }) => 解答).every(({ 正誤, 選択肢の順: order }) => typeof 正誤 === 'boolean' && typeof order === 'string')).toBe(true)
  })

  it('takes a correction with evidence, refuses an empty one, and lists the answer', async () => {
    const { person, id } = await enrol()
    const refused = (await askCorrection(post(person, '/records/correction', { subject: 'minutes', body: '  ' }))) as unknown as { data: { errors: Record<string, string[]> } }
    expect(refused.data.errors.body).toEqual(['どう違うかを書いてください'])
    expect(placeOf(await caught(askCorrection(post(person, '/records/correction', { subject: 'minutes', assignment: id, body: '40分です' }))))).toBe('/records/correction?sent=1')
    const request = await world.db.selectFrom('correction_request').selectAll().where('person_id', '=', person.personId).executeTakeFirstOrThrow()
    expect(request).toMatchObject({ subject: 'minutes', assignment_id: id, body: '40分です', answered_at: null })
    await world.db.updateTable('correction_request').set({ answered_at: world.now, answer: '直しました' }).where('id', '=', request.id).execute()
    expect((await correction(get(person, '/records/correction'))).asked).toMatchObject([{ body: '40分です', answer: { words: '直しました' } }])
    const entry = await world.db.selectFrom('ledger_entry').selectAll().where('type', '=', 'record.correctionRequested').where('subject_engagement_id', '=', person.engagementId).execute()
    expect(entry).toHaveLength(1)
  })

  it('keeps a note to the editors about a text that exists', async () => {
    const { person } = await enrol()
    const path = '/notes-to-editor?kind=module&slug=M05&version=1.0&section=clues&to=/records'
    expect(placeOf(await caught(sendNote(post(person, path, { body: '字が違います' }))))).toContain('sent=1')
    expect(await world.db.selectFrom('reader_note').selectAll().where('account_id', '=', person.accountId).execute()).toMatchObject([{ slug: 'M05', section: 'clues', body: '字が違います' }])
  })

  it('shows the worker of another company what waits for the employer, and nobody on leave a deadline', async () => {
    world.now = NOW
    await world.addCompany(`A-${engine}`, 'れいだいスタッフ株式会社', 'agency')
    const person = await world.addPerson({ kind: 'dispatched', company: `A-${engine}` })
    const pledge = await world.addAssignment(person, { kind: 'certificate', slug: 'PL2', due: '2026-11-02' })
    expect((await home(get(person, '/'))).open).toMatchObject([{ title: expect.stringMatching(/を読んで署名する$/) as string, action: { to: `/pledges/${pledge}/pages/1`, label: '読む' } }])
    await inTransaction(world.db, (tx) => insertRows(tx, 'pledge_act', [{
      id: world.app.newId(), assignment_id: pledge, outcome: 'signed', template: 'PL2', version: '1.0', track: 'ja', addressee_company_id: world.companyId(`A-${engine}`), statement_sha256: 'a'.repeat(64), pages_shown: '[]', clauses_ticked: '[]',
      name_typed: '', name_registered: '', auth_method: 'password', credential_origin: '', evidence_grade: '', signed_at: world.now, signed_at_text: '', address: '', agent: '', note: '', receipt: `R-${engine}`, settle_slot: 1,
    }]))
    const waiting = await home(get(person, '/'))
    expect([waiting.open, waiting.waiting]).toMatchObject([[], [{ status: { mark: 'wait', words: '派遣元の提出待ち' }, action: { to: `/pledges/${pledge}/receipt` } }]])
    expect(waiting.waiting).toMatchObject([{ due: { mark: null, words: expect.stringContaining('会社の提出の期限') as string }, minutes: '' }])
    const { person: away } = await enrol()
    await inTransaction(world.db, (tx) => insertRows(tx, 'leave_period', [{ ...world.fact('2026-11-01'), valid_to: OPEN_DAY, engagement_id: away.engagementId, reason_code: 'childcare' }]))
    expect((await home(get(away, '/'))).open[0]).toMatchObject({ due: { mark: 'stop', words: '期限は止まっています' } })
  })
})
