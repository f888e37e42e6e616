import { listDemoPeople } from '../../db/demo.server'
import { listExitDuties } from '../../db/departures.server'
import { listReturnItems } from '../../db/return-items.server'
import { finishReturnItems } from '../commands/finish-return-item.server'
import { beginReturnList } from '../commands/list-return-items.server'
import { noteExitOutcome } from '../commands/note-exit-outcome.server'
import { planAssignments } from '../commands/plan-assignments.server'
import type { App, Context, SignedInContext } from '../context'
import { addDays, HOUR_MS, startOf, type Day } from '../domain/calendar'
import { LEAD_DAYS } from '../domain/departure'
import { isRefusal } from '../domain/refusal'
import { DEMO_LEFT, DEMO_SIGN_INS } from './company'
import { demoPersonsOf } from './history.server'

const on = (app: App, day: Day): Context => ({ ...app, now: startOf(day) + 9 * HOUR_MS, viewer: null, from: { address: '127.0.0.1', agent: 'demonstration' } })

/** As the nights would have done it: on its day, the pledge at the end is handed to who has left meanwhile. */
export async function planDeparture(app: App, today: Day): Promise<void> {
  const day = addDays(today, -DEMO_LEFT.daysAgo - LEAD_DAYS + 1)
  const left = demoPersonsOf(await listDemoPeople(app.db, day)).find(({ viewer }) => viewer.engagements[0]!.number === DEMO_LEFT.number)
  if (left) await planAssignments(on(app, day), [left.viewer.engagements[0]!.id])
}

/** HR goes through the end of one person, one thing is still out; and who leaves soon has a list. */
export async function bringDepartures(app: App, today: Day): Promise<void> {
  const lastDay = addDays(today, -DEMO_LEFT.daysAgo)
  const people = demoPersonsOf(await listDemoPeople(app.db, lastDay))
  const of = (number: string) => people.find(({ viewer }) => viewer.engagements[0]!.number === number)!
  const hr = of(DEMO_SIGN_INS.hr).viewer
  const byHr = (day: Day): SignedInContext => ({ ...on(app, day), viewer: { ...hr, roles: [{ role: 'hr', scopeKind: 'all', scopeId: '', engagementId: hr.engagements[0]!.id }] } })
  const engagementId = of(DEMO_LEFT.number).viewer.engagements[0]!.id
  await beginReturnList(byHr(addDays(lastDay, -LEAD_DAYS)), engagementId)
  await beginReturnList(byHr(addDays(today, -1)), of('001005').viewer.engagements[0]!.id)
  const [badge, ...others] = await listReturnItems(app.db, [engagementId])
  const [pledge] = (await listExitDuties(app.db, [engagementId])).pledges
  if (!badge || !pledge) throw new Error('The demonstration has nobody who has left')
  const done = await finishReturnItems(byHr(lastDay), { engagementId, itemIds: others.map(({ id }) => id), onDay: lastDay })
  const noted = await noteExitOutcome(byHr(addDays(lastDay, -1)), { engagementId, assignmentId: pledge.assignmentId, outcome: 'explainedDeclined', note: '退職の面談で、書面の内容と続く義務を説明しました。' })
  if (isRefusal(done) || isRefusal(noted)) throw new Error('The demonstration’s departure was refused')
}
