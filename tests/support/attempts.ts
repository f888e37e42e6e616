import { startOf } from '../../app/domain/calendar'
import { inTransaction, insertRows } from '../../db/database.server'
import type { TestPerson, World } from './world'

export interface GivenAttempt {
  /** So many of the questions are right, or which of them; the others take the first wrong answer. */
  right: number | readonly boolean[]
  module?: string
  ordinal?: number
  open?: boolean
  /** The first of the questions, counted among those with one answer; so many of them. */
  from?: number
  of?: number
}

/** An attempt at a module, straight in the tables; answers what was answered. */
export async function addAttempt(world: World, person: TestPerson, given: GivenAttempt): Promise<{ id: string; answer: string; correct: boolean }[]> {
  const { right, module = 'M01', ordinal = 1, open = false, from = 0, of = 4 } = given
  const { bank } = world.app.library.current('module', module)!
  const id = world.app.newId()
  const assignment = await world.addAssignment(person, { kind: 'module', slug: module, period: `P-${id}`, due: '2026-12-01' })
  const isRight = (at: number) => (typeof right === 'number' ? at < right : right[at] === true)
  const items = bank.questions.filter(({ kind }) => kind === 'single').slice(from, from + of).map((question, at) => ({ id: question.id, answer: question.options.find(({ correct }) => correct === isRight(at))!.id, correct: isRight(at) }))
  const score = items.filter(({ correct }) => correct).length
  const finished = open ? null : startOf('2026-11-10') + 1
  await inTransaction(world.db, async (tx) => {
    await insertRows(tx, 'attempt', [{ id, assignment_id: assignment, ordinal, module_version: '1.0', bank_version: bank.version, seed: 's', asked: items.length, extra_minutes: 0, opened_at: startOf('2026-11-10'), closes_at: null, finished_at: finished, open_slot: open ? 1 : null, score: open ? null : score, passed: open ? null : 0 }])
    await insertRows(tx, 'attempt_item', items.map((item, at) => ({ attempt_id: id, position: at + 1, question_id: item.id, option_order: 'a,b,c,d', answer: item.answer, saved_at: 1, revision: 1, correct: open ? null : item.correct ? 1 : 0 })))
  })
  return items
}
