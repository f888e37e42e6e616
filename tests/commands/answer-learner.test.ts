import { beforeAll, expect, it } from 'vitest'
import { answerCorrectionRequest, answerQuestion } from '../../app/commands/answer-learner.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import type { SignedInContext } from '../../app/context'
import { inTransaction, insertRows } from '../../db/database.server'
import { findLastAnswer, findSuspension } from '../../db/pledges.server'
import { listCorrections, listOpenQuestions, listRemarks } from '../../db/questions.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('answering learners', (engine) => {
  let world: World
  let hr: SignedInContext
  let contact: SignedInContext
  let own: { person: TestPerson; id: string }
  let worker: { person: TestPerson; id: string }
  const today = '2026-11-20'
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', false, 'K1')
    hr = await world.contextOf(await world.addPerson({ role: 'hr' }))
    contact = await world.contextOf(await world.addPerson({ kind: 'contractorWorker', company: 'K1', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } }))
    const [a, b] = [await world.addPerson({ name: '髙橋 美咲' }), await world.addPerson({ kind: 'contractorWorker', company: 'K2', name: '髙木 悠斗' })]
    own = { person: a, id: await world.addAssignment(a, { kind: 'pledge', slug: 'PL1', due: '2026-11-27' }) }
    worker = { person: b, id: await world.addAssignment(b, { kind: 'certificate', slug: 'PL3', due: '2026-11-27' }) }
    for (const { person, id } of [own, worker]) {
      await declinePledge(await world.contextOf(person), { assignmentId: id, outcome: 'question', words: `${id} の質問` })
      await declinePledge(await world.contextOf(person), { assignmentId: id, outcome: 'later', words: '' })
    }
  })

  it('shows each ear its own people\'s words only', async () => {
    const page = { after: '', before: '', limit: 20, today }
    const employer = { is: 'employer', companyIds: [world.companyId('K1'), world.companyId('K2')] } as const
    const questions = async (ear: Parameters<typeof listOpenQuestions>[1]) => (await listOpenQuestions(world.db, ear, page)).map(({ assignmentId, words, name }) => [assignmentId, words, name])
    expect(await questions({ is: 'operator' })).toEqual([[own.id, [`${own.id} の質問`], '髙橋 美咲']])
    expect(await questions(employer)).toEqual([[worker.id, [`${worker.id} の質問`], '髙木 悠斗']])
    expect(await questions({ is: 'employer', companyIds: [world.companyId('K1')] })).toEqual([])
    expect(await questions({ is: 'employer', companyIds: [] })).toEqual([])
    expect((await listRemarks(world.db, { is: 'operator' }, 'notSigned', page)).map(({ outcome }) => outcome)).toEqual(['later'])
    expect(await listRemarks(world.db, employer, 'memo', page)).toEqual([])
  })

  it('lets the due date run again with the days that were left, once', async () => {
    const later = { ...hr, now: world.now + 5 * 86_400_000 }
    expect(await answerQuestion(hr, { assignmentId: worker.id, words: 'x', as: 'operator' })).toEqual({ refused: 'notFound' })
    expect(await answerQuestion(hr, { assignmentId: own.id, words: 'x', as: 'employer' })).toEqual({ refused: 'notFound' })
    expect(await answerQuestion(contact, { assignmentId: own.id, words: 'x', as: 'employer' })).toEqual({ refused: 'notFound' })
    expect(await answerQuestion(contact, { assignmentId: own.id, words: 'x', as: 'operator' })).toEqual({ refused: 'notFound' })
    expect(await answerQuestion(later, { assignmentId: own.id, words: '認めた端末は入りません。', as: 'operator' })).toEqual({ dueOn: '2026-12-02' })
    expect(await answerQuestion(later, { assignmentId: own.id, words: 'もう一度', as: 'operator' })).toEqual({ refused: 'alreadyAnswered' })
    expect(await findSuspension(world.db, own.id)).toBeNull()
    expect(await findLastAnswer(world.db, own.id)).toMatchObject({ note: '認めた端末は入りません。' })
    expect(await world.db.selectFrom('assignment').select('due_on').where('id', '=', own.id).execute()).toEqual([{ due_on: '2026-12-02' }])
    expect(await listOpenQuestions(world.db, { is: 'operator' }, { after: '', limit: 20, today })).toEqual([])
    expect(await answerQuestion(contact, { assignmentId: worker.id, words: 'はい。', as: 'employer' })).toHaveProperty('dueOn')
    const payloads = (await world.db.selectFrom('ledger_payload as p').innerJoin('ledger_entry as l', 'l.id', 'p.entry_id').select('p.bytes').where('l.type', '=', 'learner.answered').execute()).map(({ bytes }) => new TextDecoder().decode(bytes))
    expect(payloads).toHaveLength(2)
    expect(payloads.join()).not.toContain('認めた端末')
  })

  it('answers a correction request once, and names a contractor\'s worker by number', async () => {
    const ids = [world.app.newId(), world.app.newId()]
    await inTransaction(world.db, (tx) => insertRows(tx, 'correction_request', [own, worker].map(({ person }, at) => ({
      id: ids[at], person_id: person.personId, engagement_id: at === 0 ? person.engagementId : null, subject: 'minutes', assignment_id: null, body: '20分足りません。', at: world.now, answered_at: null, answered_by: null, answer: '',
    }))))
    expect((await listCorrections(world.db, false, { after: '', limit: 20, today })).map(({ name, number }) => [name, number])).toEqual([['髙橋 美咲', own.person.number], [null, worker.person.number]])
    expect(await answerCorrectionRequest(contact, { requestId: ids[0]!, words: 'x' })).toEqual({ refused: 'notFound' })
    expect(await answerCorrectionRequest(hr, { requestId: ids[0]!, words: '直しました。' })).toEqual({ dueOn: null })
    expect(await answerCorrectionRequest(hr, { requestId: ids[0]!, words: 'もう一度' })).toEqual({ refused: 'alreadyAnswered' })
    expect((await listCorrections(world.db, true, { after: '', limit: 20, today })).map(({ id, answer }) => [id, answer])).toEqual([[ids[0], '直しました。']])
  })
})
