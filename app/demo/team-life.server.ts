import { listDutiesToAskAbout } from '../../db/approvals.server'
import { listDemoPeople } from '../../db/demo.server'
import { declinePledge } from '../commands/decline-pledge.server'
import { grantOpportunity } from '../commands/grant-opportunity.server'
import type { App, SignedInContext } from '../context'
import type { Viewer } from '../domain/access'
import { addBusinessDays, addDays, HOUR_MS, startOf, type Day } from '../domain/calendar'
import { isRefusal } from '../domain/refusal'
import { DEMO_SIGN_INS } from './company'
import { demoPersonsOf } from './history.server'

/** How many people of the team have a time of their own in the shift. */
const MOST = 2

/** The manager keeps time free for some of the team, and one of them asks about the pledge and waits for an answer. */
export async function liveInTeam(app: App, today: Day): Promise<void> {
  const people = demoPersonsOf(await listDemoPeople(app.db, today)).map(({ viewer }) => viewer)
  const manager = people.find((one) => one.engagements[0]!.number === DEMO_SIGN_INS.manager)!
  const { id, unitId } = manager.engagements[0]!
  const signIns = new Set<string>(Object.values(DEMO_SIGN_INS))
  const as = (viewer: Viewer, hour: number): SignedInContext => ({ ...app, now: startOf(addDays(today, -1)) + hour * HOUR_MS, viewer, from: { address: '127.0.0.1', agent: 'demonstration' } })
  const free: string[] = []
  let asker: { viewer: Viewer; assignmentId: string } | undefined
  for (const viewer of people) {
    const [one] = viewer.engagements
    if (one!.unitId !== unitId || one!.relation !== 'own' || signIns.has(one!.number) || one!.validFrom >= addDays(today, -1)) continue
    const duties = (await listDutiesToAskAbout(app.db, one!.id, today)).filter(({ waiting, settledAs, dueOn }) => !waiting && settledAs === null && dueOn < '9999')
    const pledge = duties.find(({ targetKind }) => targetKind === 'pledge')
    // who has nothing else open waits as a whole: the team then shows somebody at 回答待ち
    if (!asker && pledge && duties.length === 1) asker = { viewer, assignmentId: pledge.assignmentId }
    else if (free.length < MOST && duties.some(({ targetKind }) => targetKind === 'module')) free.push(one!.id)
  }
  const asManager = as({ ...manager, roles: [{ role: 'unitHead', engagementId: id, scopeKind: 'unit', scopeId: unitId! }] }, 11)
  const granted = free.length > 0 && (await grantOpportunity(asManager, free, { day: addBusinessDays(today, 1, app.library.calendar), from: '10:00', to: '11:00' }))
  const asked = asker && (await declinePledge(as(asker.viewer, 15), { assignmentId: asker.assignmentId, outcome: 'question', words: '退職したあとも守る、とありますが、いつまでのことですか。' }))
  if (!granted || isRefusal(granted) || !asked || isRefusal(asked)) throw new Error(`The demonstration's team has nothing to do: ${JSON.stringify([granted, asked])}`)
}
