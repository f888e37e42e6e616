import { beforeAll, expect, it } from 'vitest'
import { answerCorrectionRequest, answerQuestion, answerReaderNote } from '../../app/commands/answer-learner.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { noteToEditor } from '../../app/commands/note-to-editor.server'
import { taskListOf } from '../../app/content/task-list.server'
import type { SignedInContext } from '../../app/context'
import { inTransaction, insertRows } from '../../db/database.server'
import { findLastAnswer, findSuspension } from '../../db/pledges.server'
import { listCorrections, listOpenQuestions, listReaderNotes, listRemarks } from '../../db/questions.server'
import { listNotesOf } from '../../db/records.server'
import { listProgressAndAnswers, listTasks } from '../../db/tasks.server'
import { listUnheardCompanies } from '../../db/unheard.server'
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
    const [a, b] = [await world.addPerson({ name: '髙橋 美咲', mail: 'misaki@sample.example' }), await world.addPerson({ kind: 'contractorWorker', company: 'K2', name: '髙木 悠斗', mail: 'yuto@k2.example' })]
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
      id: ids[at]!, person_id: person.personId, engagement_id: at === 0 ? person.engagementId : null, subject: 'minutes' as const, assignment_id: null, body: '20分足りません。', at: world.now, answered_at: null, answered_by: null, answer: '',
    }))))
    expect((await listCorrections(world.db, false, { after: '', limit: 20, today })).map(({ name, number }) => [name, number])).toEqual([['髙橋 美咲', own.person.number], [null, worker.person.number]])
    expect(await answerCorrectionRequest(contact, { requestId: ids[0]!, words: 'x' })).toEqual({ refused: 'notFound' })
    expect(await answerCorrectionRequest(hr, { requestId: ids[0]!, words: '直しました。' })).toEqual({ dueOn: null })
    expect(await answerCorrectionRequest(hr, { requestId: ids[0]!, words: 'もう一度' })).toEqual({ refused: 'alreadyAnswered' })
    expect((await listCorrections(world.db, true, { after: '', limit: 20, today })).map(({ id, answer }) => [id, answer])).toEqual([[ids[0], '直しました。']])
  })

  it('tells by mail that an answer came, in the employer\'s name where that is the law, and nothing of what it says', async () => {
    const mails = await world.db.selectFrom('mail').selectAll().where('template', '=', 'answer').orderBy('id').execute()
    expect(mails.map(({ recipient_id, to_address }) => [recipient_id, to_address])).toEqual([
      [own.person.accountId, 'misaki@sample.example'], [worker.person.accountId, 'yuto@k2.example'], [own.person.accountId, 'misaki@sample.example'],
    ])
    expect(JSON.parse(mails[1]!.props)).toEqual({ name: '髙木 悠斗', honorific: 'さん', site: 'れいサポート合同会社', contact: 'れいサポート合同会社の責任者' })
    expect(JSON.parse(mails[0]!.props)).toMatchObject({ site: 'サンプル通信株式会社' })
    expect(JSON.stringify(mails)).not.toMatch(/端末は入りません|直しました|の質問|はい。/)
  })

  it('shows on the first screen what was answered, also to who has no mail', async () => {
    const of = async ({ person }: typeof own, now: number) => {
      const { library, viewer } = await world.contextOf(person)
      const rows = await listTasks(world.db, [person.engagementId], today)
      const { progress, answered } = await listProgressAndAnswers(world.db, rows.map(({ id }) => id), { personId: person.personId, accountId: person.accountId, since: now - 30 * 86_400_000, now })
      return { answered, states: taskListOf(library, rows, progress, viewer.engagements, world.now).open.map(({ state }) => state.is) }
    }
    expect(await of(own, world.now)).toEqual({ answered: { corrections: 1, notes: 0 }, states: ['answered'] })
    expect(await of(worker, world.now)).toEqual({ answered: { corrections: 0, notes: 0 }, states: ['answered'] })
    expect((await of(own, world.now + 31 * 86_400_000)).answered).toEqual({ corrections: 0, notes: 0 })
    const nobody = await listProgressAndAnswers(world.db, [], { personId: own.person.personId, accountId: own.person.accountId, since: 0, now: 0 })
    expect(nobody).toEqual({ progress: [], slots: [], answered: { corrections: 1, notes: 0 } })
  })

  it('answers a reader\'s note once, without knowing who wrote it', async () => {
    const silent = await world.addPerson()
    await noteToEditor(await world.contextOf(silent), { kind: 'module', slug: 'M05', version: '1.0', section: 'clues', body: '字が違います。' })
    const [note, ...others] = await listReaderNotes(world.db, false, { after: '', limit: 20 })
    expect(others).toEqual([])
    expect(note).not.toHaveProperty('account_id')
    expect(await answerReaderNote(contact, { noteId: note!.id, outcome: 'fixed', words: 'x' })).toEqual({ refused: 'notFound' })
    const twice = await Promise.all([1, 2].map(() => answerReaderNote(hr, { noteId: note!.id, outcome: 'planned', words: '次の版で直します。' })))
    expect(twice).toContainEqual({ dueOn: null })
    expect(twice).toContainEqual({ refused: 'alreadyAnswered' })
    expect(await listReaderNotes(world.db, false, { after: '', limit: 20 })).toEqual([])
    expect(await listReaderNotes(world.db, true, { after: '', limit: 20 })).toMatchObject([{ status: 'planned', answer: '次の版で直します。' }])
    expect(await listNotesOf(world.db, silent.accountId, 20)).toMatchObject([{ body: '字が違います。', status: 'planned', answered_at: world.now, answer: '次の版で直します。' }])
    expect(await world.db.selectFrom('mail').select('id').where('recipient_id', '=', silent.accountId).execute()).toEqual([])
    expect((await listProgressAndAnswers(world.db, [], { personId: silent.personId, accountId: silent.accountId, since: world.now, now: world.now })).answered).toEqual({ corrections: 0, notes: 1 })
  })

  it('tells HR which companies have nobody to answer, how many wait, and nothing more; a contact above hears them', async () => {
    const page = { after: '', limit: 20, today }
    expect(await listUnheardCompanies(world.db, page)).toEqual([])
    await world.addCompany('K8', 'よその委託先株式会社', 'contractor')
    await world.addCompany('K9', 'よその再委託先株式会社', 'subcontractor', false, 'K8')
    await world.addCompany('H1', 'ひかり人材サービス株式会社', 'agency')
    const ask = async (kind: 'contractorWorker' | 'dispatched', company: string, slug: string) => {
      const asking = await world.addPerson({ kind, company, name: '質問 する人' })
      const id = await world.addAssignment(asking, { kind: 'certificate', slug })
      expect(await declinePledge(await world.contextOf(asking), { assignmentId: id, outcome: 'question', words: 'だれに聞けばよいですか。' })).toEqual({ outcome: 'question' })
    }
    for (const [kind, company, slug] of [['contractorWorker', 'K9', 'PL3'], ['contractorWorker', 'K9', 'PL3'], ['dispatched', 'H1', 'PL2'], ['contractorWorker', 'K2', 'PL3']] as const) await ask(kind, company, slug)
    expect((await listUnheardCompanies(world.db, page)).map(({ code, questions, since }) => [code, questions, since])).toEqual([['H1', 1, world.now], ['K9', 2, world.now]])
    expect((await listUnheardCompanies(world.db, { ...page, after: 'H1', limit: 1 })).map(({ code }) => code)).toEqual(['K9'])
    expect(JSON.stringify(await listUnheardCompanies(world.db, page))).not.toMatch(/だれに|質問 する人/)
    expect(await listOpenQuestions(world.db, { is: 'operator' }, page), 'HR reads none of them').toEqual([])
    const contact8 = await world.contextOf(await world.addPerson({ kind: 'contractorWorker', company: 'K8', to: '2026-11-30', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K8') } }))
    expect((await listUnheardCompanies(world.db, page)).map(({ code }) => code)).toEqual(['H1'])
    expect((await listUnheardCompanies(world.db, { ...page, today: '2026-12-01' })).map(({ code }) => code), 'a contact who has left hears nobody').toEqual(['H1', 'K9'])
    expect(contact8.viewer.roles).toHaveLength(1)
  })
})
