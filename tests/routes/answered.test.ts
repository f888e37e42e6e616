import { beforeAll, expect, it } from 'vitest'
import { answerCorrectionRequest, answerQuestion } from '../../app/commands/answer-learner.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { requestCorrection } from '../../app/commands/request-correction.server'
import * as homePage from '../../app/routes/learn/home'
import * as recordsPage from '../../app/routes/learn/records'
import * as questionsPage from '../../app/routes/people/questions'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

/** What a person asked and what was answered stays readable, for the person and for HR. */
onBothEngines('an answered question', (engine) => {
  let world: World
  let person: TestPerson
  let hr: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    person = await world.addPerson({ name: '髙橋 美咲' })
    hr = await world.addPerson({ role: 'hr' })
  })
  const load = async <T>(door: (args: never) => Promise<T>, path: string, who: TestPerson) => door(world.args(world.request(path, who)))
  const words = async () => (await load(recordsPage.loader, '/records', person)).words.map(({ body, words: stands, answer }) => [body, stands, answer?.words ?? null])
  const closed = async (view: string) => (await load(questionsPage.loader, `/people/questions?view=${view}`, hr)).notes.map(({ about, body, answer }) => [about, body, answer?.words])

  it('is found again with its answer by the person and by HR, each question with its own', async () => {
    const assignmentId = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const ask = async (question: string) => declinePledge(await world.contextOf(person), { assignmentId, outcome: 'question', words: question })
    const answer = async (answered: string) => answerQuestion(await world.contextOf(hr), { assignmentId, words: answered, as: 'operator' })
    await ask('第3条は何ですか。')
    expect(await words()).toEqual([['第3条は何ですか。', '回答待ち', null]])
    expect(await closed('questionsClosed')).toEqual([])
    world.now += 60_000
    await answer('こういうことです。')
    expect((await load(homePage.loader, '/', person)).open).toMatchObject([{ status: { words: '回答あり' } }])
    world.now += 60_000
    await ask('第8条は何ですか。')
    expect(await words()).toEqual([['第8条は何ですか。', '回答待ち', null], ['第3条は何ですか。', '回答あり', 'こういうことです。']])
    world.now += 60_000
    await answer('別のことです。')
    expect(await words()).toEqual([['第8条は何ですか。', '回答あり', '別のことです。'], ['第3条は何ですか。', '回答あり', 'こういうことです。']])
    const title = world.app.library.current('pledge', 'PL1')!.meta.title
    const about = `髙橋 美咲 ${person.number}・正社員　${title}`
    expect(await closed('questionsClosed')).toEqual([[about, '第8条は何ですか。', '別のことです。'], [about, '第3条は何ですか。', 'こういうことです。']])
  })

  it('about a record is told on the first screen and found again by HR', async () => {
    const asked = await requestCorrection(await world.contextOf(person), { subject: 'minutes', body: '40分です。' })
    if (!asked || !('id' in asked)) throw new Error('The request was not taken')
    expect(await closed('correctionsClosed')).toEqual([])
    world.now += 60_000
    await answerCorrectionRequest(await world.contextOf(hr), { requestId: asked.id, words: '直しました。' })
    expect((await load(homePage.loader, '/', person)).answered.corrections).toBe(1)
    expect(await closed('correctionsClosed')).toEqual([[`髙橋 美咲 ${person.number}・正社員　学習時間の訂正`, '40分です。', '直しました。']])
  })
})
