import { askApproval } from '../../app/commands/ask-approval.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { draftImport } from '../../app/commands/draft-import.server'
import { draftEdit } from '../../app/commands/edit-person.server'
import { filingReachOf, openFiling } from '../../app/commands/open-filing.server'
import { saveFiling } from '../../app/commands/save-filing.server'
import { reportFinding } from '../../app/commands/report-finding.server'
import { submitFiling } from '../../app/commands/submit-filing.server'
import { itemsOf } from '../../app/content/checklist-schema'
import { findSheet } from '../../app/content/filing-sheet.server'
import { makePledgePdf } from '../../app/commands/make-pledge-pdf.server'
import { declarationToday, submitCertificate } from '../../app/commands/submit-certificate.server'
import { requestCorrection } from '../../app/commands/request-correction.server'
import { ROLES, type Role } from '../../app/domain/people'
import { listFindingActs, listFindingsOf } from '../../db/findings.server'
import { isRefusal } from '../../app/domain/refusal'
import * as page from '../../app/routes/learn/page'
import { SCAN } from './approvals'
import { readPledge, signRead } from './pledges'
import { bytesOf, rosterText } from './roster'
import { PASSWORD, World, type TestPerson } from './world'

export const ROLE_NAMES = Object.keys(ROLES) as Role[]

/** Everybody of whom the table of doors speaks: one without a role, one of each role, and beside them those to whom things belong. */
export const ACTORS = ['learner', ...ROLE_NAMES, 'owner', 'worker', 'contactOfWorker', 'hrOfDraft', 'supervisor', 'otherHead', 'sole'] as const
export type Actor = (typeof ACTORS)[number]

/** The things of one person, which no other may touch. */
export interface Things {
  assignmentId: string
  attemptId: string
  pledgeId: string
  signedId: string
  workerPledgeId: string
  workerOpenPledgeId: string
  askedId: string
  /** The certificate at the end of the worker, open. */
  workerExitId: string
  certificateId: string
  /** Asked by the company of the worker, with a scan. */
  requestId: string
  /** A preview of a company's file with a row of another company. */
  companyDraftId: string
  correctionId: string
  engagementId: string
  ownerAccountId: string
  workerEngagementId: string
  companyId: string
  ownCompanyId: string
  /** Somebody who leaves soon. */
  leaverId: string
  draftId: string
  /** A preview of a file with a wrong row. */
  badDraftId: string
  editDraftId: string
  changeSetId: string
  appointmentId: string
  /** 月次点検 of the owner's unit: one that is being answered, and one that was handed in with a file. */
  ownUnitId: string
  draftFilingId: string
  filedId: string
  filedFileId: string
  /** What it left to mend: one that is open, and one that was reported with a file. */
  openFindingId: string
  reportedFindingId: string
  findingFileId: string
}

/** A company with one of each role and a learner who has something of everything. */
export async function makeCast(): Promise<{ world: World; people: Record<Actor, TestPerson>; things: Things }> {
  const world = await World.make('SQLite')
  await world.addCompany('A', '青葉設備', 'contractor')
  await world.addCompany('B', '別の会社', 'contractor')
  await world.addCompany('I', '個人(通信設計)', 'sole')
  const [unit, otherUnit] = [await world.addUnit('S01', '仙台店'), await world.addUnit('S02', '福岡店')]
  const inUnit = { roleScope: { kind: 'unit' as const, id: unit } }
  const contactOf = (company: string) => world.addPerson({ kind: 'contractorWorker', company, password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
  const supervisor = await world.addPerson()
  const people: Record<Actor, TestPerson> = {
    learner: await world.addPerson(), unitHead: await world.addPerson({ role: 'unitHead', ...inUnit }), protectionManager: await world.addPerson({ role: 'protectionManager', password: true, ...inUnit }),
    protectionDeputy: await world.addPerson({ role: 'protectionDeputy', ...inUnit }), companyContact: await contactOf('B'), hr: await world.addPerson({ role: 'hr' }), chief: await world.addPerson({ role: 'chief' }),
    auditLead: await world.addPerson({ role: 'auditLead' }), systemAdministrator: await world.addPerson({ role: 'systemAdministrator' }),
    owner: await world.addPerson({ password: true, unit, supervisor }), worker: await world.addPerson({ kind: 'contractorWorker', company: 'A', password: true }), contactOfWorker: await contactOf('A'), hrOfDraft: await world.addPerson({ role: 'hr' }),
    sole: await world.addPerson({ kind: 'soleContractor', company: 'I' }), supervisor, otherHead: await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: otherUnit } }),
  }
  const { owner, worker } = people
  const own = await world.contextOf(owner)
  const assignmentId = await world.addAssignment(owner, { kind: 'module', slug: 'M05' })
  const [pledgeId, signedId] = [await world.addAssignment(owner, { kind: 'pledge', slug: 'PL1' }), await world.addAssignment(owner, { kind: 'pledge', slug: 'PL6', period: 'exit' })]
  const signed = await signRead(own, signedId, await readPledge(world, own, signedId))
  if (isRefusal(signed)) throw new Error(signed.refused)
  await readPledge(world, own, pledgeId)
  await makePledgePdf(own, (await world.db.selectFrom('pledge_act').select('id').where('assignment_id', '=', signedId).executeTakeFirstOrThrow()).id)
  const workerPledgeId = await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
  const atWork = await world.contextOf(worker)
  const workerSigned = await signRead(atWork, workerPledgeId, await readPledge(world, atWork, workerPledgeId))
  if (isRefusal(workerSigned)) throw new Error(workerSigned.refused)
  await makePledgePdf(atWork, workerSigned.actId)
  const contact = await world.contextOf(people.contactOfWorker)
  const certificate = await submitCertificate(contact, {
    declaration: await declarationToday(contact, world.companyId('A'), contact.library.current('pledge', 'PL3')!), companyId: world.companyId('A'), slug: 'PL3', lines: [{ engagementId: worker.engagementId, takenOn: '2026-11-19' }], nameTyped: contact.viewer.name, password: PASSWORD, key: 'cast-certificate',
  })
  if (isRefusal(certificate)) throw new Error(certificate.refused)
  const askedId = await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3', period: 'FY2026' })
  const asked = await declinePledge(await world.contextOf(worker), { assignmentId: askedId, outcome: 'question', words: '第3条は何のことですか。' })
  if (isRefusal(asked)) throw new Error(asked.refused)
  const requested = await askApproval(contact, {
    assignmentId: await world.addAssignment(worker, { kind: 'module', slug: 'M05', period: 'FY2026' }), kind: 'equivalent', reasonCode: 'ownTraining', note: '', wishedDueOn: null, scan: SCAN,
    done: { on: '2026-11-18', minutes: 40, version: contact.library.current('module', 'M05')!.meta.version, name: '' },
  })
  if (isRefusal(requested)) throw new Error(requested.refused)
  const companyDraft = await draftImport(contact, { files: { roster: bytesOf(rosterText([{ 従事者番号: 'C900', 氏名: '他社 の人', 雇用形態: '委託先従業者', 会社コード: 'B', 在籍開始日: '2026-12-01' }], ['従事者番号', '氏名', '雇用形態', '会社コード', '在籍開始日'])) }, fileName: 'own.csv', scope: null, part: true, asCompany: true })
  if (isRefusal(companyDraft)) throw new Error(companyDraft.refused)
  const hr = await world.contextOf(people.hrOfDraft)
  const drafted = await draftImport(hr, { files: { roster: bytesOf(rosterText([{ 従事者番号: 'N001', 氏名: '新しい 人', 雇用形態: '正社員', 在籍開始日: '2026-12-01' }], ['従事者番号', '氏名', '雇用形態', '在籍開始日'])) }, fileName: 'roster.csv', scope: null })
  const bad = await draftImport(hr, { files: { roster: bytesOf(rosterText([{ 従事者番号: 'N003', 氏名: '新しい 人', 雇用形態: '正社', 在籍開始日: '2026-12-01' }], ['従事者番号', '氏名', '雇用形態', '在籍開始日'])) }, fileName: 'bad.csv', scope: null })
  const edited = await draftEdit(hr, { expect: 'new', cells: { 従事者番号: 'N002', 氏名: '新しい 人', 雇用形態: '正社員', 在籍開始日: '2026-12-01' }, note: '' } as Parameters<typeof draftEdit>[1])
  if (isRefusal(drafted) || isRefusal(bad) || isRefusal(edited) || 'bad' in edited) throw new Error(`No draft: ${JSON.stringify([drafted, edited])}`)
  const filed = await fileMonthly(world, people.protectionManager, unit)
  const things: Things = {
    assignmentId, attemptId: await openTest(world, owner, assignmentId), pledgeId, signedId, workerPledgeId, workerOpenPledgeId: await world.addAssignment(worker, { kind: 'certificate', slug: 'PL5-C', period: 'FY2026' }), askedId, workerExitId: await world.addAssignment(worker, { kind: 'certificate', slug: 'PL6-C', period: 'exit' }), certificateId: certificate.certificateId, requestId: requested.requestId, companyDraftId: companyDraft.draftId,
    correctionId: ((await requestCorrection(own, { subject: 'minutes', assignmentId, body: '時間が違います' })) as { id: string }).id, engagementId: owner.engagementId, ownerAccountId: owner.accountId, workerEngagementId: worker.engagementId, companyId: world.companyId('A'), ownCompanyId: world.companyId(), leaverId: (await world.addPerson({ to: '2026-12-01' })).engagementId,
    draftId: drafted.draftId, badDraftId: bad.draftId, editDraftId: edited.draftId, changeSetId: world.changeSetId,
    ...filed, ownUnitId: unit,
    appointmentId: (await world.db.selectFrom('appointment').select('id').where('engagement_id', '=', people.unitHead.engagementId).executeTakeFirstOrThrow()).id,
  }
  return { world, people, things }
}

/** Reads every section of a module in the browser's way; the last one opens the test. */
async function openTest(world: World, person: TestPerson, assignmentId: string): Promise<string> {
  for (let at = 1; ; at++) {
    const path = `/learn/${assignmentId}/pages/${at}`
    const params = { assignmentId, page: String(at) }
    const { sha256 } = await page.loader(world.args(world.request(path, person), params))
    const answer: unknown = await page.action(world.args(world.request(path, person, { sha256 }), params)).catch((thrown: unknown) => thrown)
    const to = answer instanceof Response ? answer.headers.get('Location') : undefined
    if (!to) throw new Error(`Page ${at} did not lead on`)
    const attempt = /^\/attempts\/([^/]+)/.exec(to)
    if (attempt) return attempt[1]!
  }
}

/** The 月次点検 of a unit: this month's begun, last month's signed. */
async function fileMonthly(world: World, manager: TestPerson, unit: string) {
  const context = await world.contextOf(manager)
  const begin = async (period: string) => {
    const opened = await openFiling(context, { slug: 'CK2', subjectId: unit, period })
    if (isRefusal(opened)) throw new Error(opened.refused)
    return opened.filingId
  }
  const [draftFilingId, filedId] = [await begin('2026-11'), await begin('2026-10')]
  const form = itemsOf(context.library.current('checklist', 'CK2')!.meta)
  await saveFiling(context, { filingId: filedId, removed: [], files: [{ itemId: form[0]!.id, name: '写真.pdf', scan: SCAN }], answers: form.map(({ id }, at) => (at < 2 ? { itemId: id, answer: 'partly' as const, remark: '途中です', improveBy: '2026-12-18' } : { itemId: id, answer: 'done' as const, remark: '', improveBy: '' })) })
  const sheet = (await findSheet(context, filedId, await filingReachOf(context)))!
  const filed = await submitFiling(context, { filingId: filedId, shown: sheet.digest, nameTyped: context.viewer.name, password: PASSWORD })
  if (isRefusal(filed)) throw new Error(filed.refused)
  const [open, told] = await listFindingsOf(world.db, [filedId], '2026-11-20')
  const reported = await reportFinding(context, { findingId: told!.id, mendedOn: '2026-11-20', words: '直しました。', files: [{ name: '写真.pdf', scan: SCAN }] })
  if (isRefusal(reported)) throw new Error(reported.refused)
  const [act] = await listFindingActs(world.db, told!.id)
  return { openFindingId: open!.id, reportedFindingId: told!.id, findingFileId: act!.files[0]!.id, draftFilingId, filedId, filedFileId: sheet.items[0]!.files[0]!.id }
}
