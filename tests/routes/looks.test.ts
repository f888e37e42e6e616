import { beforeEach, expect, it } from 'vitest'
import { recordAccess } from '../../app/commands/record-access.server'
import { noteLook } from '../../app/commands/note-look.server'
import { askApproval } from '../../app/commands/ask-approval.server'
import { DAY_MS, dayOf } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import * as approvals from '../../app/routes/approvals/list'
import * as requestPage from '../../app/routes/approvals/request'
import * as accessPage from '../../app/routes/audit/access'
import * as companyPerson from '../../app/routes/contractor/person'
import * as exporting from '../../app/routes/contractor/export'
import * as roster from '../../app/routes/contractor/roster'
import * as ownLooks from '../../app/routes/learn/looks'
import * as opened from '../../app/routes/people/person'
import * as teamPerson from '../../app/routes/team/person'
import * as team from '../../app/routes/team/team'
import { personsOf } from '../../db/access-watch.server'
import { inTransaction } from '../../db/database.server'
import { refreshDerived } from '../../db/derived.server'
import { refreshLine } from '../../db/line-members.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('a look at one person without a reason', (engine) => {
  let world: World
  let [head, member, contact, worker, hr, auditor]: TestPerson[] = []
  beforeEach(async () => {
    world = await World.make(engine)
    const unit = await world.addUnit('S01', '仙台店')
    await world.addCompany('C01', 'みほんコールサービス株式会社', 'contractor')
    head = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: unit }, unit })
    member = await world.addPerson({ name: '髙橋 美咲', kana: 'タカハシ ミサキ', unit })
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'C01', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C01') } })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'C01', name: '濵田 美緒' })
    hr = await world.addPerson({ role: 'hr', unit })
    auditor = await world.addPerson({ role: 'auditLead', mail: 'auditor@shuhi.test' })
    const everybody = [head, member, contact, worker, hr].map(({ engagementId }) => engagementId)
    await inTransaction(world.db, async (tx) => (await refreshDerived(tx, everybody, dayOf(world.now)), refreshLine(tx, everybody, dayOf(world.now))))
  })
  const kept = () => world.db.selectFrom('access_log').select(['actor_account_id as by', 'act', 'subject_kind as kind', 'subject_id as of', 'reason']).orderBy('at').orderBy('id').execute()
  const evidence = async () => (await world.db.selectFrom('ledger_entry').select('subject_engagement_id').where('type', '=', 'record.opened').execute()).map((row) => row.subject_engagement_id)
  const file = (of = member!, by = head!) => teamPerson.loader(world.args(world.request(`/team/${of.engagementId}`, by), { engagementId: of.engagementId }))
  const search = (q: string, by = head!) => team.loader(world.args(world.request(`/team?tab=all&q=${encodeURIComponent(q)}`, by)))
  let period = 0
  const asked = async (by: TestPerson, of: TestPerson) => {
    const request = await askApproval(await world.contextOf(by), { assignmentId: await world.addAssignment(of, { kind: 'module', slug: 'M05', due: '2026-11-30', period: `x${++period}` }), kind: 'defer', reasonCode: 'businessTrip', note: '海外へ。', wishedDueOn: '2026-12-10' })
    if (isRefusal(request)) throw new Error(request.refused)
    return request.requestId
  }
  const request = (requestId: string, by: TestPerson) => requestPage.loader(world.args(world.request(`/approvals/${requestId}`, by), { requestId }))

  it('of the line, of the own company and at a request is noted once a day, with its evidence', async () => {
    const look = { by: head!.accountId, act: 'view', kind: 'lineFile', of: member!.engagementId, reason: '受け持つ人の受講と誓約の確認' }
    await file()
    await file()
    expect(await kept()).toEqual([look])
    await companyPerson.loader(world.args(world.request('/', contact), { engagementId: worker!.engagementId }))
    const requestId = await asked(head!, member!)
    await request(requestId, hr!)
    await request(await asked(head!, member!), hr!)
    expect((await kept()).slice(1)).toEqual([
      { by: contact!.accountId, act: 'view', kind: 'companyFile', of: worker!.engagementId, reason: '自社と下位の会社の人の受講と誓約の確認' },
      { by: hr!.accountId, act: 'view', kind: 'request', of: member!.engagementId, reason: '申請の確認' },
    ])
    expect(await evidence()).toEqual([member, worker, member].map((one) => one!.engagementId))
    world.now += DAY_MS
    await world.db.updateTable('session').set({ expires_at: world.now + DAY_MS, last_seen_at: world.now }).execute()
    await file()
    expect((await kept()).at(-1), 'another day is another look').toEqual(look)
  })

  it('is noted once by two tabs at once', async () => {
    const context = await world.contextOf(head!)
    const look = { page: 'lineFile', subjectId: member!.engagementId, engagementId: member!.engagementId } as const
    await Promise.all(Array.from({ length: 8 }, () => noteLook(context, look)))
    await file()
    expect(await kept()).toHaveLength(1)
    await Promise.all([search('髙橋'), search('髙橋')])
    expect(await kept()).toHaveLength(2)
    expect(await evidence()).toHaveLength(1)
  })

  it('is not noted of oneself, of whom one may not see, and of a list', async () => {
    await companyPerson.loader(world.args(world.request('/', contact), { engagementId: contact!.engagementId }))
    await expect(file(worker)).rejects.toMatchObject({ status: 404 })
    await team.loader(world.args(world.request('/team', head)))
    await search(member!.number)
    expect(await kept()).toEqual([])
  })

  it('opens no record: HR that leads a line is still asked why', async () => {
    await world.db.updateTable('engagement_current').set({ supervisor_engagement_id: hr!.engagementId }).where('engagement_id', '=', member!.engagementId).execute()
    await request(await asked(head!, member!), hr!)
    expect(await opened.loader(world.args(world.request('/', hr), { engagementId: member!.engagementId })).catch((thrown: Response) => thrown.headers.get('Location'))).toBe(`/people/${member!.engagementId}/open`)
  })

  it('by name among the team is recorded with what was typed', async () => {
    expect((await search(' 髙橋 ')).rows.map(({ number }) => number)).toEqual([member!.number])
    await search('髙橋')
    await search('タカハ')
    expect((await kept()).map(({ act, kind, of }) => [act, kind, of])).toEqual([['search', 'team', '髙橋'], ['search', 'team', 'タカハ']])
  })

  it('is read by the auditor in words, and by the person', async () => {
    await file()
    world.now += 1
    await search('髙橋')
    const rows = async (query = '') => (await accessPage.loader(world.args(world.request(`/audit/access${query}`, auditor)))).looks.map(({ what, of, reason }) => [what, of.number ?? of.word, reason])
    const look = ['受け持つ人の画面を開いた', member!.number, '受け持つ人の受講と誓約の確認']
    expect(await rows()).toEqual([['チームの一覧をさがした', '「髙橋」', ''], look])
    expect(await rows(`?number=${member!.number}`)).toEqual([look])
    const told = await ownLooks.loader(world.args(world.request('/records/looks', member)))
    expect(told.looks.map(({ words, reason }) => [words, reason])).toEqual([['受け持つ人として、状況の画面を開いた', '受け持つ人の受講と誓約の確認']])
  })

  it('counts for the alarm as one person, wherever it was', async () => {
    const context = async () => ({ ...(await world.contextOf(hr!)) })
    expect((await context()).settings.accessAlarmPeople).toBe(50)
    const unit = (await world.db.selectFrom('org_unit').select('id').executeTakeFirstOrThrow()).id
    const people: TestPerson[] = []
    for (let at = 0; at < 50; at++) people.push(await world.addPerson({ unit }))
    await inTransaction(world.db, (tx) => refreshLine(tx, people.map(({ engagementId }) => engagementId), dayOf(world.now)))
    for (const one of people) await file(one)
    await request(await asked(head!, people[0]!), head!)
    expect(await world.db.selectFrom('access_alarm').select('people').execute()).toEqual([])
    await file()
    expect(await world.db.selectFrom('access_alarm').select('people').execute()).toEqual([{ people: 51 }])
  })

  it('and what was taken with others is read by each whom it is about: the scan of a request, the roster of one’s company', async () => {
    await world.addCompany('C02', 'れいサポート合同会社', 'subcontractor', false, 'C01')
    await world.addCompany('C03', 'よその会社', 'contractor')
    const [below, stranger] = [await world.addPerson({ kind: 'contractorWorker', company: 'C02' }), await world.addPerson({ kind: 'contractorWorker', company: 'C03' })]
    await exporting.action(world.args(world.request('/company/export', contact, {})))
    await recordAccess(await world.contextOf(hr!), { act: 'download', subjectKind: 'scan', subjectId: await asked(head!, member!), subjectEngagementId: member!.engagementId, reason: '確かめるため', bytes: new Uint8Array([1]) })
    const told = async (who: TestPerson) => (await ownLooks.loader(world.args(world.request('/records/looks', who)))).looks.map(({ words }) => words)
    for (const who of [worker!, below]) expect(await told(who)).toEqual(['あなたの会社を含む名簿を書き出した'])
    expect(await told(stranger)).toEqual([])
    expect(await told(member!)).toEqual(['申請に付いた控えを受け取った'])
    expect(await world.db.selectFrom('export_record').select('subjects').execute()).toHaveLength(1)
    expect(await world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'record.taken').execute()).toHaveLength(2)
  })

  it('counts two mails of one person as one', async () => {
    const mail = { day: '2026-11-20', class: 'receipt', template: 'completion', recipient_id: member!.accountId, to_address: 'm@mail.internal', props: '{}', next_try_at: world.now, state: 'sent', tries: 1, leased_until: 0, lease_owner: '', sent_at: world.now, message_id: '', error: '' } as const
    const mails = ['one', 'two'].map((key) => ({ ...mail, id: world.app.newId(), dedupe_key: key }))
    await world.db.insertInto('mail').values(mails).execute()
    expect(await personsOf(world.db, [...mails.map(({ id }) => id), member!.engagementId])).toEqual(new Set([member!.personId]))
  })

  it('of what no identifier can be is not there, whatever letters an address asks with', async () => {
    const status = (answer: Promise<unknown>) => answer.then(() => 200, (thrown: unknown) => (thrown instanceof Response ? thrown.status : Promise.reject(thrown)))
    for (const [loader, path, who] of [
      [team.loader, '/team?unit=', head], [team.loader, '/team?after=', head], [roster.loader, '/company?company=', contact], [roster.loader, '/company?after=', contact], [approvals.loader, '/approvals?after=', hr],
      [accessPage.loader, '/audit/access?before=1~', auditor], [ownLooks.loader, '/records/looks?after=1 ', member],
    ] as const) expect([200, 404], path).toContain(await status(loader(world.args(world.request(`${path}${encodeURIComponent('髙')}`, who!)))))
    expect(await status(team.loader(world.args(world.request(`/team?unit=${encodeURIComponent('髙')}`, head!))))).toBe(404)
  })

  it('is shown also where it cannot be noted, and the log of the server says so', async () => {
    const told: string[] = []
    world.app.log = (level, message) => void told.push(`${level} ${message}`)
    await world.db.schema.alterTable('access_log').renameTo('access_log_gone').execute()
    const shown = file().finally(() => world.db.schema.alterTable('access_log_gone').renameTo('access_log').execute())
    expect((await shown as { person: { number: string } }).person.number).toBe(member!.number)
    expect(told).toEqual(['error 人の記録を見たことを、閲覧の記録に書けませんでした'])
  })
})
