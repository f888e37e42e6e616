import { listDutiesToAskAbout } from '../../db/approvals.server'
import { listDemoPeople } from '../../db/demo.server'
import { askApproval } from '../commands/ask-approval.server'
import { decideApproval } from '../commands/decide-approval.server'
import { editPerson } from '../commands/edit-person.server'
import { planAssignments } from '../commands/plan-assignments.server'
import type { App, Context, SignedInContext } from '../context'
import { addDays, fiscalYearOf, fiscalYearStartDay, HOUR_MS, startOf, type Day } from '../domain/calendar'
import type { Role } from '../domain/people'
import { isRefusal } from '../domain/refusal'
import { SCAN } from './approvals.server'
import { DEMO_NEW_SCOPE, DEMO_OLD_PAPERS, DEMO_SIGN_INS } from './company'
import { demoPersonsOf } from './history.server'

const on = (app: App, day: Day): Context => ({ ...app, now: startOf(day) + 9 * HOUR_MS, viewer: null, from: { address: '127.0.0.1', agent: 'demonstration' } })

/** Some signed on paper, years ago: HR enters the old pledges, the 統括管理者 accepts them, and this year's confirmation is asked. */
export async function enterOldPapers(app: App, today: Day): Promise<void> {
  for (const { daysAgo, numbers } of DEMO_OLD_PAPERS) {
    const day = addDays(today, -daysAgo)
    const people = demoPersonsOf(await listDemoPeople(app.db, day)).map(({ viewer }) => viewer)
    const of = (number: string) => people.find(({ engagements: [one] }) => one!.number === number)!
    const by = (number: string, role: Role): SignedInContext => ({ ...on(app, day), viewer: { ...of(number), roles: [{ role, scopeKind: 'all', scopeId: '', engagementId: of(number).engagements[0]!.id }] } })
    const signedOn = addDays(fiscalYearStartDay(fiscalYearOf(day, app.library.calendar), app.library.calendar), -30)
    const ids: string[] = []
    for (const number of numbers) {
      const { id, name } = of(number).engagements[0]!
      const duty = (await listDutiesToAskAbout(app.db, id, day)).find(({ targetKind, settledAs }) => targetKind === 'pledge' && settledAs === null)!
      const asked = await askApproval(by(DEMO_SIGN_INS.hr, 'hr'), { assignmentId: duty.assignmentId, kind: 'paperPledge', reasonCode: 'legacy', note: '', wishedDueOn: null, done: { on: signedOn, minutes: 0, version: '', name }, scan: SCAN })
      const answer = isRefusal(asked) ? asked : await decideApproval(by(DEMO_SIGN_INS.chief, 'chief'), { requestId: asked.requestId, verdict: { is: 'accept', dueOn: null }, words: '' })
      if (isRefusal(answer)) throw new Error(`The demonstration's old paper was refused: ${answer.refused}`)
      ids.push(id)
    }
    await planAssignments(on(app, day), ids)
  }
}

/** A 派遣社員 begins to handle more: the pledge for it is taken by the 派遣元, which certifies it. */
export async function handleMore(app: App, today: Day): Promise<void> {
  const answer = await editPerson(on(app, addDays(today, -DEMO_NEW_SCOPE.daysAgo)), { expect: 'known', cells: { 従事者番号: DEMO_NEW_SCOPE.number, 取扱区分: '通信の秘密・特定利用者情報・個人情報' }, note: '担当が増えました' })
  if (isRefusal(answer)) throw new Error(`The demonstration's new scope was refused: ${answer.refused} ${JSON.stringify(answer.facts ?? {})}`)
}
