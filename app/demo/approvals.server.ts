import { listDutiesToAskAbout } from '../../db/approvals.server'
import { listHeldRoles } from '../../db/appointments.server'
import { listDemoPeople } from '../../db/demo.server'
import { askApproval, type ApprovalToAsk } from '../commands/ask-approval.server'
import { decideApproval } from '../commands/decide-approval.server'
import { declareHeadcount } from '../commands/declare-headcount.server'
import type { App, SignedInContext } from '../context'
import { addDays, HOUR_MS, startOf, type Day } from '../domain/calendar'
import { isRefusal } from '../domain/refusal'
import type { Scan } from '../domain/scan'
import { DEMO_ROSTER_DAYS_AGO, DEMO_SIGN_INS, type DemoRole } from './company'
import { demoPersonsOf } from './history.server'

/** One page with a line of text: enough to be a scan. */
export const SCAN: Scan = {
  type: 'application/pdf',
  bytes: new TextEncoder().encode('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n4 0 obj<</Length 52>>stream\nBT /F 18 Tf 72 760 Td (Demonstration: a scan) Tj ET\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
}

/** People ask for exceptions, one of each state; a company has one more at work than its roster has. */
export async function askInDemo(app: App, today: Day): Promise<void> {
  const people = demoPersonsOf(await listDemoPeople(app.db, today))
  const personOf = (number: string) => people.find(({ viewer }) => viewer.engagements[0]!.number === number)!.viewer
  const as = async (role: DemoRole, daysAgo: number): Promise<SignedInContext> => {
    const viewer = personOf(DEMO_SIGN_INS[role])
    const engagementId = viewer.engagements[0]!.id
    const roles = (await listHeldRoles(app.db, engagementId)).map((held) => ({ role: held.role, scopeKind: held.scopeKind, scopeId: held.scopeId, engagementId }))
    return { ...app, now: startOf(addDays(today, -daysAgo)) + 10 * HOUR_MS, viewer: { ...viewer, roles }, from: { address: '127.0.0.1', agent: 'demonstration' } }
  }
  /** Open duties of somebody of whom this may be asked, the first due first. */
  const openOf = async (wanted: (one: (typeof people)[number]['viewer']) => boolean, kind: 'module' | 'pledge', skip = 0) => {
    for (const { viewer } of people) {
      if (!wanted(viewer)) continue
      const duty = (await listDutiesToAskAbout(app.db, viewer.engagements[0]!.id, today)).find((one) => one.targetKind === kind && !one.waiting && one.settledAs === null && one.dueOn < '9999')
      if (duty && skip-- === 0) return duty
    }
    throw new Error('The demonstration has nothing to ask about')
  }
  const managed = personOf(DEMO_SIGN_INS.manager).engagements[0]!.unitId
  const signIns = new Set<string>(Object.values(DEMO_SIGN_INS))
  const inLine = ({ engagements: [one] }: (typeof people)[number]['viewer']) => one!.unitId === managed && one!.relation === 'own' && !signIns.has(one!.number) && one!.validFrom <= addDays(today, -DEMO_ROSTER_DAYS_AGO[1])
  const ask = async (role: DemoRole, daysAgo: number, asked: ApprovalToAsk) => {
    const answer = await askApproval(await as(role, daysAgo), asked)
    if (isRefusal(answer)) throw new Error(`The demonstration's request was refused: ${answer.refused} ${JSON.stringify(answer.facts ?? {})}`)
    return answer.requestId
  }
  const [first, second, third, fourth] = [await openOf(inLine, 'module', 0), await openOf(inLine, 'module', 1), await openOf(inLine, 'module', 2), await openOf(inLine, 'module', 3)]
  const later = (dueOn: Day, days: number) => addDays(dueOn > today ? dueOn : today, days)
  const decided = await ask('manager', 6, { assignmentId: first.assignmentId, kind: 'defer', reasonCode: 'businessTrip', note: '', wishedDueOn: later(first.dueOn, 30) })
  await decideApproval(await as('chief', 5), { requestId: decided, verdict: { is: 'accept', dueOn: later(first.dueOn, 14) }, words: '出張から戻った週までとします。' })
  const returned = await ask('manager', 4, { assignmentId: second.assignmentId, kind: 'exempt', reasonCode: 'notHandling', note: '', wishedDueOn: null })
  await decideApproval(await as('hr', 3), { requestId: returned, verdict: { is: 'return', words: '名簿では通信の秘密を取り扱うことになっています。取扱区分が違うときは、訂正を知らせてください。' }, words: '' })
  await ask('manager', 1, { assignmentId: third.assignmentId, kind: 'defer', reasonCode: 'noDevice', note: '端末の交換が来週になります。', wishedDueOn: later(third.dueOn, 10) })
  const version = (slug: string) => app.library.current('module', slug)!.meta.version
  const done = (slug: string) => ({ on: addDays(today, -2), minutes: 40, version: version(slug), name: '' })
  await ask('hr', 1, { assignmentId: fourth.assignmentId, kind: 'paper', reasonCode: 'onPaper', note: '答案を読み取りました。', wishedDueOn: null, done: done(fourth.slug), scan: SCAN })
  const { companyId } = personOf(DEMO_SIGN_INS['contractor-lead']).engagements[0]!
  const worker = await openOf(({ engagements: [one] }) => one!.companyId === companyId && !signIns.has(one!.number), 'module')
  await ask('contractor-lead', 1, { assignmentId: worker.assignmentId, kind: 'equivalent', reasonCode: 'ownTraining', note: '自社の情報管理研修で、同じ内容を講師が教え、筆記の確認をしました。', wishedDueOn: null, done: done(worker.slug), scan: SCAN })
  const registered = people.filter(({ viewer }) => viewer.engagements[0]!.companyId === companyId).length
  await declareHeadcount(await as('contractor-lead', 2), { companyId, people: registered + 1 })
}
