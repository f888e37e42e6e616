import { beforeAll, describe, expect, it } from 'vitest'
import { askApproval } from '../../app/commands/ask-approval.server'
import { composeApprovalAsked } from '../../app/content/approvals-letter.server'
import { isRefusal } from '../../app/domain/refusal'
import * as list from '../../app/routes/approvals/list'
import * as requestPage from '../../app/routes/approvals/request'
import * as scanPage from '../../app/routes/approvals/scan'
import * as unitPage from '../../app/routes/approvals/unit'
import * as companyPerson from '../../app/routes/contractor/person'
import * as classPage from '../../app/routes/people/class'
import * as entries from '../../app/routes/people/entries'
import * as personPage from '../../app/routes/people/person'
import { SCAN } from '../support/approvals'
import { World, type TestPerson } from '../support/world'

type Handler = (args: never) => Promise<unknown>
interface Answered { status: number; to: string | null; body: Record<string, unknown> }

describe('the screens of requests', () => {
  let world: World
  let [hr, chief, manager, otherManager, member, contact, otherContact, worker]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make('SQLite')
    const [unit, other] = [await world.addUnit('S01', '仙台店'), await world.addUnit('S02', '青森店')]
    await world.addCompany('C01', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('C03', '別の会社', 'contractor')
    const head = (id: string) => world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id }, unit: id })
    const lead = (company: string) => world.addPerson({ kind: 'contractorWorker', company, name: '窓口 花子', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
    ;[hr, chief, manager, otherManager] = [await world.addPerson({ role: 'hr' }), await world.addPerson({ role: 'chief', mail: 'chief@mail.internal' }), await head(unit), await head(other)]
    ;[member, contact, otherContact, worker] = [await world.addPerson({ unit, name: '髙橋 美咲' }), await lead('C01'), await lead('C03'), await world.addPerson({ kind: 'contractorWorker', company: 'C01', name: '濵田 美緒', unit })]
  })
  const call = async (handler: Handler, request: Request, params: Record<string, string> = {}): Promise<Answered> => {
    const answer: unknown = await handler(world.args(request, params)).catch((thrown: unknown) => thrown)
    if (answer instanceof Response) return { status: answer.status, to: answer.headers.get('Location'), body: {} }
    if (answer instanceof Error) throw answer
    const { data, init } = answer as { data?: Record<string, unknown>; init?: { status?: number } }
    return { status: init?.status ?? 200, to: null, body: data && init !== undefined ? data : (answer as Record<string, unknown>) }
  }
  const formOf = (fields: Record<string, string>, file?: { name: string; bytes: Uint8Array }) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    if (file) form.set('scan', new File([file.bytes as BlobPart], file.name))
    return form
  }
  const scan = { name: 'scan.pdf', bytes: SCAN.bytes }
  let period = 0
  const duty = (who: TestPerson, due = '2026-11-30') => world.addAssignment(who, { kind: 'module', slug: 'M05', due, period: `x${++period}` })
  const ask = async (by: TestPerson, assignmentId: string) => {
    const asked = await askApproval(await world.contextOf(by), { assignmentId, kind: 'defer', reasonCode: 'businessTrip', note: '海外の工場へ。', wishedDueOn: '2026-12-10' })
    if (isRefusal(asked)) throw new Error(asked.refused)
    return asked.requestId
  }
  const settled = (id: string) => world.db.selectFrom('assignment').select(['settled_as', 'due_on']).where('id', '=', id).executeTakeFirstOrThrow()

  it('show a manager the own requests, an approver all; another manager finds nothing, also by its address', async () => {
    const requestId = await ask(manager!, await duty(member!))
    const seenBy = async (who: TestPerson) => ((await call(list.loader, world.request('/approvals', who))).body.rows as { id: string }[]).some(({ id }) => id === requestId)
    expect([await seenBy(manager!), await seenBy(chief!), await seenBy(hr!), await seenBy(otherManager!), await seenBy(contact!)]).toEqual([true, true, true, false, false])
    const look = (who: TestPerson) => call(requestPage.loader, world.request(`/approvals/${requestId}`, who), { requestId })
    for (const who of [otherManager!, contact!, member!]) expect((await look(who)).status).toBe(404)
    expect((await look(chief!)).body).toMatchObject({ mayDecide: true, mayWithdraw: false, note: '海外の工場へ。', exceptions: [] })
    expect((await look(manager!)).body).toMatchObject({ mayDecide: false, mayWithdraw: true, mayVoid: false })
    expect(JSON.stringify((await look(chief!)).body)).not.toMatch(/score|answer"|option/)
  })

  it('decide by a plain form: own requests stay with another, words are asked for, and what was typed stays', async () => {
    const id = await duty(member!)
    const requestId = await ask(hr!, id)
    const send = (who: TestPerson, form: Record<string, string>) => call(requestPage.action, world.request(`/approvals/${requestId}`, who, form), { requestId })
    const othersDecide = async (who: TestPerson) => ((await call(list.loader, world.request('/approvals', who))).body.rows as { id: string; others: boolean }[]).find((row) => row.id === requestId)!.others
    expect([await othersDecide(hr!), await othersDecide(chief!)], 'what waits for another is told so').toEqual([true, false])
    expect(await send(hr!, { go: 'accept', words: '' })).toMatchObject({ status: 409, body: { refused: { refused: 'approvalYouAsked' } } })
    expect((await send(otherManager!, { go: 'accept', words: '' })).status).toBe(404)
    expect(await send(chief!, { go: 'return', words: ' ' })).toMatchObject({ status: 409, body: { refused: { refused: 'approvalWords' } } })
    expect(await send(chief!, { go: 'accept', dueOn: '2026-11-01', words: 'どうぞ' })).toMatchObject({ status: 409, body: { refused: { refused: 'approvalDay' }, given: { words: 'どうぞ', dueOn: '2026-11-01' } } })
    expect(await send(chief!, { go: 'accept', dueOn: '2026-12-04', words: 'どうぞ' })).toMatchObject({ status: 303, to: `/approvals/${requestId}?sent=accept` })
    expect(await settled(id)).toEqual({ settled_as: null, due_on: '2026-12-04' })
    expect((await send(chief!, { go: 'void', words: '' })).status).toBe(409)
    expect(await send(hr!, { go: 'void', words: '別の人でした。' })).toMatchObject({ status: 303 })
    expect(await settled(id)).toEqual({ settled_as: null, due_on: '2026-11-30' })
  })

  it('take a scan with a form that has no script, refuse what is none, and give it out recorded', async () => {
    const id = await duty(member!, '2026-11-19')
    const params = { engagementId: member!.engagementId }
    const path = `/people/${member!.engagementId}/entries`
    const send = (form: FormData) => call(entries.action, world.request(path, hr, form), params)
    const fields = { go: 'record', duty: id, how: 'paper onPaper', on: '2026-11-18', minutes: '40', version: '', name: '', note: '' }
    expect((await send(formOf(fields, scan))).to).toContain('/open?to=entries')
    await world.openRecord(hr!, member!.engagementId)
    expect(await send(formOf(fields))).toMatchObject({ status: 400, body: { refused: { refused: 'scanMissing' } } })
    expect(await send(formOf(fields, { name: 'scan.pdf', bytes: new TextEncoder().encode('MZ executable') }))).toMatchObject({ status: 400, body: { refused: { refused: 'scanOfAnotherKind' }, trouble: { given: { minutes: '40' } } } })
    const large = new Uint8Array(10 * 1024 * 1024 + 5)
    large.set(SCAN.bytes)
    expect(await send(formOf(fields, { name: 'large.pdf', bytes: large }))).toMatchObject({ status: 400, body: { refused: { refused: 'scanTooLarge' } } })
    expect((await send(formOf({ ...fields, duty: await duty(hr!) }, scan))).status).toBe(404)
    expect(await send(formOf({ ...fields, on: '2026-12-24' }, scan))).toMatchObject({ status: 409, body: { refused: { refused: 'heldOutside' } } })
    expect(await send(formOf(fields, scan))).toMatchObject({ status: 303, to: '/approvals?sent=asked' })
    const { id: requestId } = await world.db.selectFrom('approval_request').select('id').where('assignment_id', '=', id).executeTakeFirstOrThrow()
    const give = (who: TestPerson) => scanPage.action(world.args(world.request(`/approvals/${requestId}/scan`, who, {}), { requestId })).catch((thrown: unknown) => thrown as Response)
    expect((await give(manager!)).status).toBe(404)
    const file = await give(chief!)
    expect([file.status, file.headers.get('Content-Type'), new Uint8Array(await file.arrayBuffer())]).toEqual([200, 'application/pdf', SCAN.bytes])
    expect(await world.db.selectFrom('access_log').select(['act', 'subject_kind', 'actor_account_id']).where('subject_id', '=', requestId).execute()).toEqual([{ act: 'download', subject_kind: 'scan', actor_account_id: chief!.accountId }])
  })

  it('let HR ask for an exception, of a contractor’s worker too, whose records are entered by the employer only', async () => {
    const id = await duty(worker!)
    await world.openRecord(hr!, worker!.engagementId)
    const params = { engagementId: worker!.engagementId }
    const path = `/people/${worker!.engagementId}/entries`
    expect((await call(entries.loader, world.request(path, hr), params)).body).toMatchObject({ why: 'employers', duties: [], open: expect.arrayContaining([expect.objectContaining({ id })]) as unknown })
    const form = { go: 'exception', 'exception-duty': id, reason: 'defer businessTrip', wished: '', 'exception-note': '' }
    expect(await call(entries.action, world.request(path, hr, form), params)).toMatchObject({ status: 409, body: { refused: { refused: 'approvalDay' }, go: 'exception' } })
    expect(await call(entries.action, world.request(path, hr, { ...form, wished: '2026-12-10' }), params)).toMatchObject({ status: 303, to: '/approvals?sent=asked' })
    expect((await call(entries.action, world.request(path, hr, formOf({ go: 'record', duty: await duty(worker!), how: 'paper onPaper', on: '2026-11-18', minutes: '40' }, scan)), params)).status).toBe(404)
  })

  it('enter a class in two steps, and nobody who does not count', async () => {
    const fresh = await world.addPerson({ name: '佐藤 健' })
    const id = await duty(fresh)
    const send = (form: FormData, who = hr!) => call(classPage.action, world.request('/people/class', who, form))
    const fields = { slug: 'M05', version: '', on: '2026-11-18', minutes: '50', numbers: `${fresh.number}、${worker!.number}\n999999` }
    expect((await send(formOf({ ...fields, go: 'preview' }), chief!)).status).toBe(404)
    const preview = (await send(formOf({ ...fields, go: 'preview' }))).body.preview as { people: { name: string | null; not: string | null }[] }
    expect(preview.people).toMatchObject([{ name: '佐藤 健', not: null }, { name: null, not: 'employers' }, { name: null, not: 'unknown' }])
    expect(await world.db.selectFrom('approval_request').select('id').where('assignment_id', '=', id).execute()).toEqual([])
    expect(await send(formOf({ ...fields, go: 'apply' }))).toMatchObject({ status: 400, body: { refused: { refused: 'scanMissing' } } })
    expect(await send(formOf({ ...fields, go: 'apply' }, scan))).toMatchObject({ status: 303, to: '/approvals?sent=class' })
    expect(await world.db.selectFrom('approval_request').select('kind').where('assignment_id', '=', id).execute()).toEqual([{ kind: 'class' }])
  })

  it('let a company show own people with minutes and results, ask for equivalent training, and reach nobody else’s', async () => {
    const id = await duty(worker!)
    const params = { engagementId: worker!.engagementId }
    const path = `/company/people/${worker!.engagementId}`
    expect((await call(companyPerson.loader, world.request(path, otherContact), params)).status).toBe(404)
    expect((await call(companyPerson.loader, world.request(`/company/people/${member!.engagementId}`, contact), { engagementId: member!.engagementId })).status).toBe(404)
    const form = { go: 'equivalent', 'equivalent-duty': id, on: '2026-11-18', minutes: '45', 'equivalent-note': '自社の研修' }
    expect((await call(companyPerson.action, world.request(path, otherContact, formOf(form, scan)), params)).status).toBe(404)
    expect((await call(companyPerson.action, world.request(path, contact, formOf({ ...form, 'equivalent-duty': await duty(member!) }, scan)), params)).status).toBe(404)
    expect(await call(companyPerson.action, world.request(path, contact, formOf(form, scan)), params)).toMatchObject({ status: 303, to: '/company?done=requested' })
    const { id: requestId } = await world.db.selectFrom('approval_request').select('id').where('assignment_id', '=', id).executeTakeFirstOrThrow()
    // whoever asked for the company is a number to the operator, on the screens and in the mail, and a name to the own side
    const askedBy = async (who: TestPerson) => [((await call(list.loader, world.request('/approvals', who))).body.rows as { id: string; asked: string }[]).find((row) => row.id === requestId)!.asked, ((await call(requestPage.loader, world.request(`/approvals/${requestId}`, who), { requestId })).body.asked as { by: string }).by]
    const [hidden, known] = [`従事者(${contact!.number}・委託先従業者)`, `窓口 花子(${contact!.number}・委託先従業者)`]
    expect([await askedBy(hr!), await askedBy(contact!)]).toEqual([hidden, known].map((one) => [expect.stringContaining(one), one]))
    const letter = (await composeApprovalAsked(await world.contextOf(chief!), { recipient_id: chief!.accountId } as never)) as { props: { requests: { asker: string }[] } }
    expect(letter.props.requests.map(({ asker }) => asker)).toContain(hidden)
    expect(JSON.stringify(letter)).not.toContain('窓口')
    const shown = await call(requestPage.loader, world.request(`/approvals/${requestId}`, hr), { requestId })
    expect(JSON.stringify(shown.body)).not.toContain('濵田')
    expect(await call(requestPage.action, world.request(`/approvals/${requestId}`, hr, { go: 'accept', words: '' }), { requestId })).toMatchObject({ status: 303 })
    expect((await call(companyPerson.loader, world.request(path, contact), params)).body).toMatchObject({ employs: true, duties: expect.arrayContaining([expect.objectContaining({ id, minutes: '45分(同等の研修)' })]) as unknown })
    await world.openRecord(hr!, worker!.engagementId)
    const office = (await call(personPage.loader, world.request(`/people/${worker!.engagementId}`, hr), params)).body
    expect(office).toMatchObject({ detail: false })
    expect(JSON.stringify(office)).not.toMatch(/45分|"minutes":45|濵田/)
  })

  it('put off a unit by the 統括管理者, after a preview, and leave what was late before', async () => {
    const [soon, late] = [await duty(member!, '2026-11-27'), await duty(member!, '2026-11-10')]
    const send = (who: TestPerson, form: Record<string, string>) => call(unitPage.action, world.request('/approvals/unit', who, form))
    const form = { unitCode: 'S01', from: '2026-11-19', dueOn: '2026-12-26', reason: 'disaster', words: '台風で店を閉めました。' }
    expect((await send(hr!, { ...form, go: 'preview' })).status).toBe(404)
    expect(await send(chief!, { ...form, unitCode: 'X', go: 'preview' })).toMatchObject({ status: 409, body: { refused: { refused: 'unitUnknown' } } })
    expect(await send(chief!, { ...form, from: '2026-01-01', go: 'preview' })).toMatchObject({ status: 409, body: { refused: { refused: 'unitFrom' } } })
    expect((await send(chief!, { ...form, go: 'preview' })).body.preview).toMatchObject({ unit: '仙台店' })
    expect(await settled(soon)).toMatchObject({ due_on: '2026-11-27' })
    expect(await send(chief!, { ...form, go: 'apply' })).toMatchObject({ status: 303 })
    expect([await settled(soon), await settled(late)]).toEqual([{ settled_as: null, due_on: '2026-12-28' }, { settled_as: null, due_on: '2026-11-10' }])
    expect(await world.db.selectFrom('assignment_event').select(['kind', 'new_due_on', 'reason_code', 'approved_by']).where('assignment_id', '=', soon).execute()).toEqual([{ kind: 'defer', new_due_on: '2026-12-28', reason_code: 'disaster', approved_by: chief!.accountId }])
    expect(await send(chief!, { ...form, go: 'apply' })).toMatchObject({ status: 409, body: { refused: { refused: 'nothingToPutOff' } } })
  })
})
