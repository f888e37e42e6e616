import { listDemoPeople } from '../../db/demo.server'
import { giveRole } from '../commands/appoint.server'
import type { App, SignedInContext } from '../context'
import { HOUR_MS, startOf, type Day } from '../domain/calendar'
import { isRefusal } from '../domain/refusal'
import { DEMO_PROTECTED, DEMO_SIGN_INS } from './company'
import { demoPersonsOf } from './history.server'

/** HR names the heads of most units as 保護管理者 on a past day; one shop still has none. */
export async function nameProtectionManagers(app: App, day: Day): Promise<void> {
  const hr = demoPersonsOf(await listDemoPeople(app.db, day)).find(({ viewer }) => viewer.engagements[0]!.number === DEMO_SIGN_INS.hr)!.viewer
  const context: SignedInContext = { ...app, now: startOf(day) + 10 * HOUR_MS, from: { address: '127.0.0.1', agent: 'demonstration' }, viewer: { ...hr, roles: [{ role: 'hr', scopeKind: 'all', scopeId: '', engagementId: hr.engagements[0]!.id }] } }
  for (const [unit, number] of DEMO_PROTECTED) {
    const given = await giveRole(context, { number, role: 'protectionManager', scopeCode: unit, from: day, lastDay: '' })
    if (isRefusal(given)) throw new Error(`The demonstration’s 保護管理者 was refused: ${given.refused}`)
  }
}
