import { askPeople } from '../commands/ask-people.server'
import { planRequests } from '../commands/plan-requests.server'
import type { App, SignedInContext } from '../context'
import type { Viewer } from '../domain/access'
import { addDays, HOUR_MS, isBusinessDay, startOf, type Day } from '../domain/calendar'
import { isRefusal } from '../domain/refusal'
import { DEMO_SIGN_INS } from './company'
import type { DemoPersonState } from './history.server'

/** So many 営業日 of requests lie behind the demonstration. */
const DAYS = 5
/** How many people the manager asked on the last 営業日. */
const MOST = 4

/** Lets the past days ask for what was open: the job each morning, and once the manager himself. */
export async function askBefore(app: App, people: readonly DemoPersonState[], today: Day): Promise<void> {
  const { calendar } = app.library
  const days: Day[] = []
  for (let day = addDays(today, -1); days.length < DAYS; day = addDays(day, -1)) if (isBusinessDay(day, calendar)) days.unshift(day)
  for (const day of days) await planRequests(contextAt(app, startOf(day) + 6 * HOUR_MS, null), addDays(day, -1))
  const manager = people.find(({ viewer }) => viewer.engagements[0]!.number === DEMO_SIGN_INS.manager)?.viewer
  const held = manager?.engagements[0]
  if (!manager || !held?.unitId) return
  const late = people.filter(({ viewer, duties }) => viewer.engagements[0]!.unitId === held.unitId && viewer.engagements[0]!.relation !== 'contract' && viewer.personId !== manager.personId && duties.some(({ due }) => due < days.at(-1)!)).slice(0, MOST)
  if (late.length === 0) return
  const viewer: Viewer = { ...manager, roles: [{ role: 'unitHead', engagementId: held.id, scopeKind: 'unit', scopeId: held.unitId }] }
  const asked = await askPeople(contextAt(app, startOf(days.at(-1)!) + 10 * HOUR_MS, viewer) as SignedInContext, {
    engagementIds: late.map((one) => one.viewer.engagements[0]!.id), companyIds: [], note: '勤務時間の中で受けられるように、シフトを調整します。声をかけてください。', shareIds: [], key: app.newId(), from: 'operator',
  })
  if (isRefusal(asked)) throw new Error(`The demonstration's request was refused: ${asked.refused}`)
}

const contextAt = (app: App, now: number, viewer: Viewer | null) => ({ ...app, now, viewer, from: { address: '127.0.0.1', agent: 'demonstration' } })
