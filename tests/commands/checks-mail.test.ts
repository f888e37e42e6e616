import { beforeAll, expect, it } from 'vitest'
import { decideFiling } from '../../app/commands/decide-filing.server'
import { decideFinding } from '../../app/commands/decide-finding.server'
import { filingReachOf, openFiling } from '../../app/commands/open-filing.server'
import { planDigests } from '../../app/commands/plan-requests.server'
import { reportFinding } from '../../app/commands/report-finding.server'
import { saveFiling } from '../../app/commands/save-filing.server'
import { submitFiling } from '../../app/commands/submit-filing.server'
import { itemsOf } from '../../app/content/checklist-schema'
import { findSheet } from '../../app/content/filing-sheet.server'
import { composeLetter } from '../../app/content/request-letter.server'
import { startOf } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { listFindingsOf } from '../../db/findings.server'
import { onBothEngines } from '../support/database'
import { NOW, PASSWORD, testLibrary, World, type TestPerson } from '../support/world'

onBothEngines('the mails about checklists', (engine) => {
  let world: World
  let unit: string
  let [manager, contact, chief]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', false, 'K1')
    unit = await world.addUnit('S01', '仙台店')
    const lead = (company: string, mail: string) => world.addPerson({ kind: 'contractorWorker', company, mail, password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
    contact = await lead('K1', 'lead1@mail.internal')
    await lead('K2', 'lead2@mail.internal')
    manager = await world.addPerson({ name: '山﨑 健一', mail: 'boss@mail.internal', password: true, unit, role: 'protectionManager', roleScope: { kind: 'unit', id: unit } })
    chief = await world.addPerson({ role: 'chief', mail: 'chief@mail.internal' })
  })
  const file = async (who: TestPerson, slug: string, subjectId: string, period: string, left: readonly string[] = []) => {
    const context = await world.contextOf(who)
    const opened = await openFiling(context, { slug, subjectId, period })
    if (isRefusal(opened)) throw new Error(opened.refused)
    await saveFiling(context, { ...opened, files: [], removed: [], answers: itemsOf(testLibrary().current('checklist', slug)!.meta).map(({ id }) => (left.includes(id) ? { itemId: id, answer: 'partly' as const, remark: '途中です', improveBy: '2026-12-18' } : { itemId: id, answer: 'done' as const, remark: '', improveBy: '' })) })
    const sheet = (await findSheet(context, opened.filingId, await filingReachOf(context)))!
    const signed = await submitFiling(context, { ...opened, shown: sheet.digest, nameTyped: context.viewer.name, password: PASSWORD })
    if (isRefusal(signed)) throw new Error(signed.refused)
    return opened.filingId
  }
  const sendBack = async (filingId: string, itemId: string) => decideFiling(await world.contextOf(chief!), { filingId, note: '', verdict: { is: 'return', reasons: [{ itemId, words: 'どこですか。' }] } })
  const asked = async () => (await world.db.selectFrom('mail').select(['id', 'to_address', 'template', 'recipient_id', 'props', 'class']).where('class', '=', 'request').orderBy('to_address').execute())
  const composed = async (to: string) => composeLetter(world.systemContext(), (await asked()).find((mail) => mail.to_address === to)!)

  it('ask with the one request mail of the day for what came back, and say what that is when it leaves', async () => {
    const own = await file(contact!, 'CK1', world.companyId('K1'), 'FY2026')
    await sendBack(own, '1-1')
    const monthly = await file(manager!, 'CK2', unit, '2026-11', ['m1'])
    await sendBack(monthly, 'm1')
    await sendBack(await file(contact!, 'CK1', world.companyId('K2'), 'FY2026'), '1-1')
    await file(contact!, 'CK1', world.companyId('K1'), 'FY2026')
    await sendBack(own, '1-2')
    expect((await asked()).map(({ to_address: to, template }) => `${to} ${template}`)).toEqual(['boss@mail.internal checksReturned', 'lead1@mail.internal checksReturned', 'lead2@mail.internal checksReturned'])
    expect(await composed('lead1@mail.internal')).toMatchObject({ props: { honorific: '様', findings: 0, checks: [{ of: 'みほんコールサービス株式会社・2026年度' }, { of: 'れいサポート合同会社・2026年度' }] } })
    expect(await composed('lead2@mail.internal')).toMatchObject({ props: { checks: [{ title: '委託先の自己点検', of: 'れいサポート合同会社・2026年度', dueOn: '2026-06-30' }] } })
    expect(await composed('boss@mail.internal')).toMatchObject({ props: { honorific: 'さん', checks: [{ title: '保護管理者の月次点検', of: '仙台店・2026年11月' }] } })
    await file(manager!, 'CK2', unit, '2026-11', ['m1'])
    expect(await composed('boss@mail.internal')).toEqual({ needless: 'done' })
    const { id } = (await listFindingsOf(world.db, [monthly], '2026-11-20'))[0]!
    await reportFinding(await world.contextOf(manager!), { findingId: id, mendedOn: '2026-11-20', words: '片付けました。', files: [] })
    expect(await composed('boss@mail.internal')).toEqual({ needless: 'done' })
    await decideFinding(await world.contextOf(chief!), { findingId: id, verdict: { is: 'return', words: '写真を添えてください。' } })
    expect(await composed('boss@mail.internal')).toMatchObject({ props: { checks: [], findings: 1 } })
    expect(await asked()).toHaveLength(3)
  })

  it('tell a 保護管理者 once a week what is to check, also where nobody of the line has anything open', async () => {
    world.now = startOf('2026-11-24') + 8 * 3_600_000
    await planDigests(world.systemContext(), undefined)
    const mail = await world.db.selectFrom('mail').selectAll().where('template', '=', 'managerDigest').executeTakeFirstOrThrow()
    const letter = await composeLetter(world.systemContext(), mail)
    world.now = NOW
    expect(mail.to_address).toBe('boss@mail.internal')
    expect(letter).toMatchObject({ props: { open: 0, checks: [{ title: '保護管理者の月次点検', of: '仙台店・2026年10月' }] } })
  })
})
