import { beforeAll, expect, it } from 'vitest'
import { addDays, DAY_MS, dayOf } from '../../app/domain/calendar'
import { action, loader } from '../../app/routes/contractor/exit'
import { loader as certificate } from '../../app/routes/contractor/certificate'
import { loader as dayThen } from '../../app/routes/audit/day'
import { loader as departure } from '../../app/routes/people/departure'
import { loader as departures } from '../../app/routes/people/departures'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('a worker who has left without signing, on the screens', (engine) => {
  let world: World
  let contact: TestPerson
  let worker: TestPerson
  let exitId: string
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほん株式会社', 'contractor', true)
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '髙木 悠斗', to: addDays(dayOf(world.now), -2) })
    exitId = await world.addAssignment(worker, { kind: 'certificate', slug: 'PL6-C', period: 'exit' })
  })
  const path = () => `/company/people/${worker.engagementId}/exit`
  const look = async (who = contact) => loader(world.args(world.request(path(), who), { engagementId: worker.engagementId }))
  const send = async (form: Record<string, string>, who = contact) => {
    const answer: unknown = await action(world.args(world.request(path(), who, { assignmentId: exitId, ...form }), { engagementId: worker.engagementId })).catch((thrown: unknown) => thrown)
    if (answer instanceof Error) throw answer
    return answer instanceof Response ? { status: answer.status, to: answer.headers.get('Location') } : { status: (answer as { init: { status: number } }).init.status, ...(answer as { data: { trouble: { errors: Record<string, string[]> }; refused: { refused: string } | null } }).data }
  }
  const form = async (query = '') => certificate(world.args(world.request(`/company/certificate${query}`, contact)))

  it('leads from the certificate form to what is due, for whom, and to one more try', async () => {
    expect((await form()).people).toMatchObject([{ engagementId: worker.engagementId, atEnd: true, signedOn: '' }])
    expect(await look()).toMatchObject({ name: '髙木 悠斗', words: expect.stringContaining(worker.number) as string, certificate: { assignmentId: exitId, answer: null }, tries: [], noted: [], self: false })
    const today = dayOf(world.now)
    expect(await send({ go: 'tried', triedOn: today, channel: 'phone', note: '留守番電話' })).toEqual({ status: 303, to: `${path()}?done=tried#record` })
    expect(await send({ go: 'tried', triedOn: addDays(today, 1), channel: 'phone', note: '' })).toMatchObject({ status: 409, refused: { refused: 'tryOutside' } })
    expect(await send({ go: 'outcome', outcome: 'unreachable', explainedOn: '', words: '' })).toMatchObject({ status: 409, refused: { refused: 'triesNeeded' } })
    expect(await send({ go: 'outcome', outcome: 'explainedDeclined', explainedOn: '', words: '' })).toMatchObject({ status: 400, trouble: { errors: { explainedOn: ['説明した日を入れてください。'] } } })
    expect(await send({ go: 'outcome', explainedOn: '', words: '' })).toMatchObject({ status: 400, trouble: { errors: { outcome: ['結果を選んでください。'] } } })
    expect((await look()).tries).toMatchObject([{ onDay: today, note: '留守番電話', by: `小野寺 仁 ${contact.number}` }])
  })

  it('is recorded, is asked for no longer, and is told to HR and the auditor without the notes', async () => {
    const hr = await world.addPerson({ role: 'hr' })
    await world.openRecord(hr, worker.engagementId)
    const atHr = async () => departure(world.args(world.request('/x', hr), { engagementId: worker.engagementId }))
    expect(await atHr()).toMatchObject({ departure: { pledge: 'elsewhere' }, notedOn: null, pledge: null, tries: [] })
    expect(await send({ go: 'outcome', outcome: 'explainedDeclined', explainedOn: dayOf(world.now), words: '本人だけの言葉' })).toEqual({ status: 303, to: `${path()}?done=outcome#record` })
    const page = await look()
    expect(page).toMatchObject({ certificate: { settledAs: 'declined', answer: 'explainedDeclined' }, noted: [{ words: '説明済み・署名辞退', note: expect.stringContaining('本人だけの言葉') as string }] })
    expect((await form()).people).toEqual([])
    expect((await form(page.toCertificate.replace('/company/certificate', ''))).people).toMatchObject([{ engagementId: worker.engagementId, declined: false }])
    const told = await atHr()
    expect(told).toMatchObject({ departure: { pledge: 'explainedDeclined', next: expect.not.stringMatching('letter') as string }, notedOn: dayOf(world.now), tries: [] })
    const list = await departures(world.args(world.request('/people/departures', hr)))
    const auditor = await world.addPerson({ role: 'auditLead' })
    await world.openRecord(auditor, worker.engagementId)
    const then = await dayThen(world.args(world.request(`/audit/day/${worker.engagementId}?day=${dayOf(world.now)}`, auditor), { engagementId: worker.engagementId }))
    expect(JSON.stringify(then)).toContain('"mark":"declined"')
    for (const shown of [told, list, then]) expect(JSON.stringify(shown)).not.toMatch(/留守番電話|本人だけの言葉/)
  })

  it('is not there for another company, HR, or of somebody of whom nothing is due at the end', async () => {
    await world.addCompany('K9', 'べつの株式会社', 'contractor')
    const stranger = await world.addPerson({ kind: 'contractorWorker', company: 'K9', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K9') } })
    for (const who of [stranger, await world.addPerson({ role: 'hr' })]) {
      await expect(look(who)).rejects.toMatchObject({ status: 404 })
      expect(await send({ go: 'tried', triedOn: dayOf(world.now), channel: 'phone', note: '' }, who)).toMatchObject({ status: 404 })
    }
    await expect(loader(world.args(world.request('/x', contact), { engagementId: contact.engagementId }))).rejects.toMatchObject({ status: 404 })
    world.now += DAY_MS
    expect(await world.db.selectFrom('access_log').select('id').where('subject_id', '=', worker.engagementId).where('subject_kind', '=', 'companyFile').execute()).toHaveLength(1)
  })
})
