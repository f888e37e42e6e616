import { beforeAll, expect, it } from 'vitest'
import { action, loader } from '../../app/routes/system/outbox'
import { enterRequest } from '../../app/commands/enter-request.server'
import { queueMails } from '../../app/commands/queue-mail.server'
import { maskedAddress, withoutAddresses } from '../../app/domain/outbox'
import { inTransaction } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('送信待ちメール', (engine) => {
  let world: World
  let hr: TestPerson, admin: TestPerson, person: TestPerson, worker: TestPerson
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('C1', '青葉設備', 'contractor')
    hr = await world.addPerson({ role: 'hr' })
    admin = await world.addPerson({ role: 'systemAdministrator' })
    person = await world.addPerson({ name: '𠮷田 彩', mail: 'aya@mail.internal' })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'w@mail.internal' })
    const duty = await world.addAssignment(person, { kind: 'module', slug: 'M01' })
    const props = { name: '𠮷田 彩', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局', title: '通信の秘密', completedAt: world.now, minutes: 20, issuedBy: null } as never
    await inTransaction(world.db, async (tx) => {
      await enterRequest(tx, world.systemContext(), { engagementId: person.engagementId, assignmentIds: [duty], reasonCode: 'manager' })
      await queueMails(tx, world.systemContext(), [{ template: 'completion', recipientId: person.accountId, to: 'aya@mail.internal', dedupeKey: 'own', props }, { template: 'completion', recipientId: worker.accountId, to: 'w@mail.internal', dedupeKey: 'theirs', props }])
      await queueMails(tx, world.systemContext(), [{ template: 'reset', recipientId: person.accountId, to: 'aya@mail.internal', dedupeKey: 'code', props }])
    })
    await world.db.insertInto('mail').values(['byOperator', 'byCompany'].map((key) => ({ id: world.app.newId(), day: '2026-11-20', class: 'request', template: 'companyRequest', recipient_id: worker.accountId, dedupe_key: key, to_address: 'w@mail.internal', props: '{}', next_try_at: world.now, state: 'waiting', tries: 0, leased_until: 0, lease_owner: '', sent_at: null, message_id: '', error: '' }) as const)).execute()
    for (const { id, dedupe_key: key } of await world.db.selectFrom('mail').select(['id', 'dedupe_key']).execute()) ids[key.includes('request') ? 'request' : key] = id
    const reminder = { assignment_id: duty, sent_by: null, recipient_kind: 'companyContact', recipient_id: worker.accountId, channel: 'mail', requested_at: world.now, result: '', note: '' } as const
    await world.db.insertInto('reminder').values([{ ...reminder, id: world.app.newId(), mail_id: ids.byOperator!, reason_code: 'manager' }, { ...reminder, id: world.app.newId(), mail_id: ids.byCompany!, reason_code: 'company' }]).execute()
    await world.db.updateTable('mail').set({ state: 'givenUp', tries: 8, error: '550 <aya@mail.internal>: no such mailbox' }).where('id', '=', ids.own!).execute()
  })
  const look = async (who: TestPerson, tab = 'open') => (await loader(world.args(world.request(`/system/outbox?tab=${tab}`, who)))) as Awaited<ReturnType<typeof loader>>
  const post = async (who: TestPerson, form: Record<string, string>) => action(world.args(world.request('/system/outbox', who, form))).catch((thrown: unknown) => thrown) as Promise<Response | { data: { letter: { text?: string } | null; refused: unknown } }>
  const looks = async () => (await world.db.selectFrom('access_log').select('subject_id').where('subject_kind', '=', 'mail').execute()).map(({ subject_id: id }) => id)

  it('shows numbers, kinds and states, given-up first, and no address', async () => {
    const page = await look(admin)
    expect(page.counts).toMatchObject({ open: 6, givenUp: 1, waiting: 5 })
    expect(page.rows[0]).toMatchObject({ state: 'givenUp', number: person.number, to: 'a•••@mail.internal', error: '550 <a•••@mail.internal>: no such mailbox', read: false, fix: null })
    expect(JSON.stringify(page)).not.toMatch(/aya@|𠮷田/)
    expect((await look(hr)).rows[0]).toMatchObject({ read: true, fix: person.engagementId })
    expect((await look(hr)).rows.find(({ id }) => id === ids.theirs)).toMatchObject({ read: false })
    for (const [key, read] of [['code', false], ['byOperator', true], ['byCompany', false]] as const) expect((await look(hr)).rows.find(({ id }) => id === ids[key])).toMatchObject({ read, resend: false })
    expect(page.rows[0]).toMatchObject({ resend: true })
  })

  it('lets HR read its own kinds, written down; codes and what is between a worker and the employer nobody', async () => {
    expect(await post(hr, { do: 'read', id: ids.request! })).toMatchObject({ data: { letter: { text: expect.stringContaining('𠮷田 彩') as string } } })
    expect(await post(hr, { do: 'read', id: ids.own! })).toMatchObject({ data: { letter: { text: expect.stringContaining('20分') as string } } })
    expect((await looks()).sort()).toEqual([ids.request!, ids.own!].sort())
    for (const [who, id] of [[hr, ids.code!], [hr, ids.theirs!], [hr, ids.byCompany!], [admin, ids.own!], [admin, ids.request!]] as const) expect(await post(who, { do: 'read', id })).toMatchObject({ status: 404 })
    expect(await looks()).toHaveLength(2)
  })

  it('sends a given-up mail again, once, to the address of today', async () => {
    expect(await post(admin, { do: 'resend', id: ids.request! })).toMatchObject({ status: 404 })
    await world.db.updateTable('engagement_version').set({ mail: 'new@mail.internal' }).where('engagement_id', '=', person.engagementId).execute()
    expect(await post(hr, { do: 'resend', id: ids.own! })).toMatchObject({ status: 303 })
    expect(await world.db.selectFrom('mail').selectAll().where('id', '=', ids.own!).executeTakeFirst()).toMatchObject({ state: 'waiting', tries: 0, to_address: 'new@mail.internal', error: '' })
    expect(await post(hr, { do: 'resend', id: ids.own! })).toMatchObject({ status: 404 })
    expect(await world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'mail.resent').execute()).toHaveLength(1)
  })

  it('never sends a code again', async () => {
    await world.db.updateTable('mail').set({ state: 'givenUp', tries: 8, props: '{}' }).where('id', '=', ids.code!).execute()
    expect((await look(hr, 'givenUp')).rows.find(({ id }) => id === ids.code)).toMatchObject({ resend: false })
    for (const who of [hr, admin]) expect(await post(who, { do: 'resend', id: ids.code! })).toMatchObject({ status: 404 })
  })

  it('keeps what a company asks of its own people from HR, 派遣社員 included, and what comes to a worker elsewhere', async () => {
    await world.addCompany('H1', '派遣の会社', 'agency')
    const [sent, told] = [await world.addPerson({ kind: 'dispatched', company: 'H1', mail: 's@h1.internal' }), await world.addPerson({ kind: 'dispatched', company: 'H1', mail: 't@h1.internal' })]
    const asked = async (who: TestPerson, reasonCode: 'manager' | 'company') => {
      const duty = await world.addAssignment(who, { kind: 'module', slug: 'M01' })
      await inTransaction(world.db, (tx) => enterRequest(tx, world.systemContext(), { engagementId: who.engagementId, assignmentIds: [duty], reasonCode }))
    }
    await asked(sent, 'company')
    await asked(told, 'manager')
    const mailOf = async (who: TestPerson) => (await world.db.selectFrom('mail').select('id').where('recipient_id', '=', who.accountId).where('class', '=', 'request').executeTakeFirstOrThrow()).id
    const [bySide, byOperator] = [await mailOf(sent), await mailOf(told)]
    const rows = (await look(hr)).rows
    expect([bySide, byOperator].map((id) => rows.find((row) => row.id === id)?.read)).toEqual([false, true])
    expect(await post(hr, { do: 'read', id: bySide })).toMatchObject({ status: 404 })
    expect(await post(hr, { do: 'read', id: byOperator })).toMatchObject({ data: { letter: {} } })
    // one who is here and at a contractor: what the employer there writes is not told apart
    await world.db.updateTable('engagement_current').set({ person_id: told.personId }).where('engagement_id', '=', worker.engagementId).execute()
    expect((await look(hr)).rows.find((row) => row.id === byOperator)?.read).toBe(false)
    expect(await post(hr, { do: 'read', id: byOperator })).toMatchObject({ status: 404 })
    await world.db.updateTable('engagement_current').set({ person_id: worker.personId }).where('engagement_id', '=', worker.engagementId).execute()
  })

  it('tells an alarm to nobody but the auditor', async () => {
    await world.db.updateTable('mail').set({ template: 'accessAlarm', class: 'receipt' }).where('id', '=', ids.request!).execute()
    expect(await post(hr, { do: 'read', id: ids.request! })).toMatchObject({ status: 404 })
  })

  it('masks what it must', () => {
    expect(maskedAddress('𠮷田@例.example')).toBe('𠮷•••@例.example')
    expect(withoutAddresses('550 5.1.1 <a.b+c@d.example>, x@y.z: no')).toBe('550 5.1.1 <a•••@d.example>, x•••@y.z: no')
  })
})
