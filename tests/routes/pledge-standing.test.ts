import { beforeAll, expect, it } from 'vitest'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { answerQuestion } from '../../app/commands/answer-learner.server'
import * as certificatePage from '../../app/routes/contractor/certificate'
import * as rosterPage from '../../app/routes/contractor/roster'
import * as homePage from '../../app/routes/learn/home'
import * as personPage from '../../app/routes/people/person'
import { standingWord } from '../../app/ui/standing'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { World, type TestPerson } from '../support/world'

/** One person's pledge towards an employer is said alike on the screens of the person, the company and the operator. */
onBothEngines('where one pledge stands, seen by three', (engine) => {
  let world: World
  let contact: TestPerson
  let hr: TestPerson
  let person: TestPerson
  let assignmentId: string
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'K1', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
    hr = await world.addPerson({ role: 'hr' })
    person = await world.addPerson({ kind: 'contractorWorker', company: 'K1', password: true })
    assignmentId = await world.addAssignment(person, { kind: 'certificate', slug: 'PL3', due: '2026-12-25' })
  })
  const load = async <T>(door: (args: never) => Promise<T>, path: string, who: TestPerson, params: Record<string, string> = {}) => door(world.args(world.request(path, who), params))
  const seen = async () => {
    const home = await load(homePage.loader, '/', person)
    const roster = (await load(rosterPage.loader, '/company?show=all', contact)).people.find(({ engagementId }) => engagementId === person.engagementId)!
    await world.openRecord(hr, person.engagementId)
    const file = (await load(personPage.loader, `/people/${person.engagementId}`, hr, { engagementId: person.engagementId })).duties[0]!
    return {
      home: [home.open.length, home.waiting[0]?.status?.words ?? home.open[0]?.status?.words ?? '', (home.waiting[0] ?? home.open[0])?.action?.label],
      company: [standingWord(roster.standing!, 'contract'), roster.pledge], operator: standingWord(file.standing, 'contract'),
    }
  }
  /** What waits about people; the checklist that waits for every company is not told here. */
  const desk = async (who: TestPerson) => (await load(homePage.loader, '/', who)).desk.map(({ words }) => words).filter((words) => !words.startsWith('点検に答える'))
  const answer = async (outcome: 'question' | 'later' | 'declined') => declinePledge(await world.contextOf(person), { assignmentId, outcome, words: outcome === 'question' ? '第3条は何ですか。' : '' })

  it('goes through every stage together', async () => {
    expect(await seen()).toEqual({ home: [1, '', '読む'], company: ['未署名', null], operator: '委託先の証明待ち' })
    await answer('question')
    expect(await seen()).toEqual({ home: [0, '回答待ち', '読む'], company: ['回答待ち', 'question'], operator: '回答待ち' })
    expect([await desk(contact), await desk(hr), await desk(person)]).toEqual([['自社の方の質問に答える(1件)'], [], []])
    world.now += 60_000
    await answerQuestion(await world.contextOf(contact), { assignmentId, words: 'こういうことです。', as: 'employer' })
    expect(await seen()).toEqual({ home: [1, '回答あり', '回答を見て読む'], company: [expect.stringMatching(/未署名|受講中/), 'answered'], operator: '委託先の証明待ち' })
    world.now += 60_000
    await answer('declined')
    expect(await seen()).toEqual({ home: [0, '署名辞退', '本文を読む'], company: ['署名辞退', 'declined'], operator: '委託先の証明待ち' })
    expect((await load(certificatePage.loader, '/company/certificate', contact)).people).toMatchObject([{ declined: true, signedOn: '' }])
    expect((await load(rosterPage.loader, '/company', contact)).companies).toMatchObject([{ pledgeOf: 1, pledgeDone: 0, pledgeDeclined: 1 }])
    expect([await desk(contact), await desk(hr)]).toEqual([['「署名しない」と答えた方と話す(この30日に1人)'], []])
    world.now += 60_000
    await answer('later')
    expect(await desk(contact)).toEqual([])
    expect((await seen()).home).toEqual([1, '今は署名しない', '読む'])
    const own = await world.contextOf(person)
    await signRead(own, assignmentId, await readPledge(world, own, assignmentId))
    expect(await seen()).toEqual({ home: [0, '委託先の提出待ち', '控えを見る'], company: ['委託先の提出待ち', 'signed'], operator: '委託先の証明待ち' })
    expect(await desk(contact)).toEqual(['誓約取得証明を提出する(署名した方 1人)'])
    expect((await load(rosterPage.loader, '/company', contact)).companies).toMatchObject([{ pledgeDone: 0, pledgeDeclined: 0 }])
  })

  it('names every fault of a certificate at once', async () => {
    const sent = world.request('/company/certificate', contact, { company: world.companyId('K1'), text: 'PL3', key: 'a'.repeat(36), person: [person.engagementId], [`taken.${person.engagementId}`]: '', name: '', password: '' })
    expect(await certificatePage.action(world.args(sent))).toMatchObject({ data: { trouble: { errors: { [`taken.${person.engagementId}`]: ['受け取った日を入れてください。'], declare: [expect.any(String)], name: [expect.any(String)], password: [expect.any(String)] } } }, init: { status: 400 } })
  })

  it('offers the paper to the company that keeps it, and calls no day that has passed the next one', async () => {
    const late = await world.addPerson({ kind: 'contractorWorker', company: 'K1' })
    await world.addAssignment(late, { kind: 'certificate', slug: 'PL3', due: '2026-11-02' })
    const { people, companies } = await load(rosterPage.loader, '/company?show=all', contact)
    expect(people.find(({ engagementId }) => engagementId === person.engagementId)!.paper).toBe(assignmentId)
    expect(people.find(({ engagementId }) => engagementId === late.engagementId)).toMatchObject({ paper: null, standing: { mark: 'late' } })
    expect(companies[0]!.nextDue).toMatch(/^12\//)
    expect(companies[0]!.late).toBe(1)
  })

  it('counts as late whom the list calls late, and nobody whose clock stands still', async () => {
    for (const outcome of ['question', 'declined', 'later'] as const) {
      const one = await world.addPerson({ kind: 'contractorWorker', company: 'K1' })
      const id = await world.addAssignment(one, { kind: 'certificate', slug: 'PL3', due: '2026-11-02' })
      await declinePledge(await world.contextOf(one), { assignmentId: id, outcome, words: '第3条は何ですか。' })
    }
    const { people, companies } = await load(rosterPage.loader, '/company?show=all', contact)
    expect(people.map(({ standing }) => standing?.mark).sort()).toEqual(expect.arrayContaining(['ask', 'declined', 'late', 'late']))
    expect(people.filter(({ standing }) => standing?.mark === 'late')).toHaveLength(2)
    expect(companies[0]!.late).toBe(2)
  })
})
