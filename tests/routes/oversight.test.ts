import { beforeAll, describe, expect, it } from 'vitest'
import { recordEvidence } from '../../app/commands/evidence.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { recordAccess } from '../../app/commands/record-access.server'
import { countHealth } from '../../app/commands/refresh-coverage.server'
import { OPEN_INSTANT } from '../../app/domain/calendar'
import { SILENT_MS } from '../../app/domain/company-report'
import type { CompanyKind } from '../../app/domain/people'
import { sha256 } from '../../app/domain/ledger/entry'
import * as access from '../../app/routes/audit/access'
import * as exportsPage from '../../app/routes/audit/exports'
import * as hub from '../../app/routes/audit/hub'
import * as records from '../../app/routes/audit/records'
import * as settings from '../../app/routes/audit/settings'
import * as change from '../../app/routes/people/change'
import * as silentCompanies from '../../app/routes/program/companies'
import * as csv from '../../app/routes/program/csv-file'
import * as figures from '../../app/routes/program/figures'
import * as overview from '../../app/routes/program/overview'
import * as requirements from '../../app/routes/program/requirements'
import * as system from '../../app/routes/system/system'
import * as why from '../../app/routes/program/why'
import * as firstSignIns from '../../app/routes/system/first-sign-ins'
import * as sessions from '../../app/routes/system/sessions'
import { payloadLines } from '../../app/ui/ledger-words'
import { inTransaction } from '../../db/database.server'
import { World, type TestPerson } from '../support/world'

describe('oversight', () => {
  let world: World
  let [chief, auditor, admin, hr, learner, worker]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make('SQLite')
    await world.addCompany('C1', '青葉設備', 'contractor')
    chief = await world.addPerson({ role: 'chief', name: '統括 花子' })
    auditor = await world.addPerson({ role: 'auditLead' })
    admin = await world.addPerson({ role: 'systemAdministrator', password: true })
    hr = await world.addPerson({ role: 'hr', name: '人事 太郎' })
    learner = await world.addPerson({ name: '=受講 一郎', from: '2026-11-16' })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'C1', name: '秘密 次郎' })
    await planAssignments(world.systemContext(), 'all')
    await world.db.updateTable('assignment').set({ settled_at: world.now - 1000, settled_as: 'completed' }).where('engagement_id', 'in', [learner.engagementId, worker.engagementId]).where('target_slug', '=', 'M01').execute()
  })
  const at = (path: string, who: TestPerson | undefined, params: Record<string, string> = {}) => world.args(world.request(path, who), params)
  const post = (path: string, who: TestPerson | undefined, form: Record<string, string>) => world.args(world.request(path, who, form))
  const caught = (answer: Promise<unknown>) => answer.catch((thrown: unknown) => thrown)

  it('shows the whole with n/N, as of today and of a past day, and never a contractor’s worker', async () => {
    const today = await overview.loader(at('/program', chief))
    expect(today.coverage).toMatchObject({ all: 5, target: 5, passed: 1 })
    expect(today.tiers).toMatchObject([{ tier: '委託先・販売代理店', companies: 1, passed: 1, target: 1, certified: 0, oldest: null }])
    expect((await overview.loader(at('/program?on=2026-11-10', chief))).coverage).toMatchObject({ all: 5, before: 1, target: 4, gap: 4, passed: 0 })
    expect(JSON.stringify(today)).not.toContain('次郎')
  })

  it('hands out its figures as a file, contractors in lines of their own', async () => {
    const text = await (await figures.loader(at('/program/figures', chief))).text()
    const lines = text.replace('\uFEFF', '').trim().split('\r\n').map((line) => line.split(','))
    const line = (name: string) => Object.fromEntries(lines[0]!.map((column, index) => [column, lines.find((cells) => cells[1] === name)![index]]))
    expect(line('合計')).toMatchObject({ 区分: '従業者', '対象者数(全体)': '5', 対象: '5', 修了: '1', 未了: '4', 修了率: '20.0%', 期限の過ぎた対象: '0', うち期限内: '0', 期限内率: '―', 基準日: '2026-11-20' })
    expect(line('青葉設備')).toMatchObject({ 区分: '委託先(報告ベース)', 対象: '1', 修了: '1', 修了率: '100.0%' })
    expect(lines.filter(([of]) => of === '雇用形態').reduce((sum, cells) => sum + Number(cells[8]), 0)).toBe(5)
    expect(text).not.toContain('次郎')
  })

  it('counts what each rule gave, and how much of it is done', async () => {
    const given = new Map((await requirements.loader(at('/program/requirements', chief))).requirements.map(({ id, held }) => [id, held]))
    expect(given.get('entry-m01')).toEqual({ held: 6, completed: 2 })
    expect(given.get('exit-pledge-employment')).toEqual({ held: 0, completed: 0 })
  })

  it('counts as silent the companies that the list behind the number shows', async () => {
    const own = await World.make('SQLite')
    const lead = await own.addPerson({ role: 'chief' })
    const headcount = (code: string, at: number) => own.db.insertInto('company_headcount').values({ id: own.app.newId(), company_id: own.companyId(code), people: 3, on_day: '2026-11-01', declared_by: lead.accountId, at }).execute()
    const companies: [string, CompanyKind, string?][] = [['LONG', 'contractor'], ['NEWS', 'contractor'], ['BELOW', 'subcontractor', 'NEWS'], ['NEVER', 'subcontractor', 'LONG'], ['EMPTY', 'contractor'], ['LATER', 'contractor'], ['AGENCY', 'agency'], ['SHOP', 'salesAgency']]
    for (const [code, kind, parent] of companies) {
      await own.addCompany(code, code, kind, false, parent)
      if (code !== 'EMPTY') await own.addPerson({ kind: kind === 'agency' ? 'dispatched' : 'contractorWorker', company: code, ...(code === 'LATER' && { from: '2026-12-01' }) })
    }
    await headcount('LONG', own.now - SILENT_MS)
    await headcount('NEWS', own.now - SILENT_MS + 1)
    const { companies: listed, silent } = await silentCompanies.loader(own.args(own.request('/program/companies?view=silent', lead)))
    expect(listed.map(({ name }) => name).sort()).toEqual(['LONG', 'NEVER', 'SHOP'])
    expect([silent, (await countHealth(own.systemContext(), '2026-11-20')).silentCompanies]).toEqual([3, 3])
  })

  it('explains one person once the record is open', async () => {
    const params = { engagementId: learner!.engagementId }
    const door = await caught(why.loader(at('/program/why/x', chief, params)))
    expect((door as Response).headers.get('Location')).toBe(`/people/${learner!.engagementId}/open?to=why`)
    await world.openRecord(chief!, learner!.engagementId)
    const { rules } = await why.loader(at('/program/why/x', chief, params))
    expect(rules.find(({ id }) => id === 'entry-m01')).toMatchObject({ not: null, served: { settledAs: 'completed' } })
    expect(rules.find(({ id }) => id === 'entry-pledge-mandate')?.not).toContain('雇用形態')
  })

  it('hands out all completions by POST, spreadsheet-safe, recorded with their hash, contractors’ people apart and without a name', async () => {
    expect(((await csv.action(post('/program/csv/file', chief, { side: 'workforce', reason: ' ' }))) as Response).headers.get('Location')).toBe('/program/csv?missing=1')
    const taken = async (side: string) => Buffer.from(await ((await csv.action(post('/program/csv', chief, { side, reason: '点検' }))) as Response).arrayBuffer())
    const bytes = await taken('workforce')
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes.toString().trimEnd().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(`${learner!.number},'=受講 一郎,正社員,サンプル通信株式会社`)
    expect((await taken('company')).toString()).not.toContain('次郎')
    const kept = await world.db.selectFrom('export_record').selectAll().where('kind', '=', 'completions').execute()
    expect(kept.map(({ sha256: hash, reason, subjects }) => ({ hash, reason, subjects: JSON.parse(subjects) as unknown }))).toContainEqual({ hash: sha256(bytes), reason: '点検', subjects: { rows: 1, people: 1, side: 'workforce' } })
  })

  it('lets the auditor read evidence in words, and what is about one person only after the record was opened', async () => {
    await world.openRecord(hr!, learner!.engagementId)
    const look = async () => (await records.loader(at(`/audit/records?number=${learner!.number}`, auditor))).entries.find(({ what, who }) => what === '記録を開いた' && who.startsWith('人事 太郎'))!
    expect(await look()).toMatchObject({ isOpen: false, lines: [], subject: { number: learner!.number } })
    await world.openRecord(auditor!, learner!.engagementId)
    expect((await look()).lines).toContainEqual({ label: '理由', value: '登録・異動・休職・退職などの手続' })
    expect((await records.loader(at('/audit/records?from=2026-11-21', auditor))).entries).toEqual([])
    const paged = await records.loader(at('/audit/records', auditor))
    expect(paged.entries.length).toBeGreaterThan(3)
    expect(paged.entries.map(({ at: when }) => when)).toEqual(paged.entries.map(({ at: when }) => when).sort((a, b) => b - a))
  })

  it('keeps test attempts of a contractor’s worker from the auditor, and of everybody which attempt it was', async () => {
    const payload = { attempt: 'a', ordinal: 3, opened: world.now, passed: false, score: 1, total: 5, module: 'M01' }
    for (const one of [learner!, worker!]) await inTransaction(world.db, (tx) => recordEvidence(tx, world.systemContext(), { type: 'test.finished', subjectEngagementId: one.engagementId, payload }))
    const { entries } = await records.loader(at('/audit/records?type=test.finished', auditor))
    expect(entries.map(({ subject }) => subject?.number)).toEqual([learner!.number])
    expect(payloadLines(payload).map(({ label }) => label)).toEqual(['受験', '教材'])
  })

  it('lets the auditor see who looked at whom, what was taken, and the settings without a secret', async () => {
    const looks = (await access.loader(at(`/audit/access?number=${learner!.number}&by=${hr!.number}`, auditor))).looks
    expect(looks).toMatchObject([{ what: '1人の記録を開いた', reason: '登録・異動・休職・退職などの手続', of: { number: learner!.number } }])
    await recordAccess(await world.contextOf(hr!), { act: 'export', subjectKind: 'roster', subjectId: '', reason: '夜間の連携', bytes: new Uint8Array([7]), subjects: { rows: 60 } })
    expect((await exportsPage.loader(at('/audit/exports', auditor))).taken[0]).toMatchObject({ what: '名簿', reason: '夜間の連携', sha256: sha256(new Uint8Array([7])) })
    expect((await hub.loader(at('/audit', auditor))).alarms).toMatchObject([{ people: 61, who: expect.stringContaining(hr!.number) as string }])
    await world.db.insertInto('content_version').values({ kind: 'notice', slug: 'purpose', version: world.app.library.notice.version, track: 'ja', sha256: 'a'.repeat(64), status_at_publish: 'draft', published_at: world.now, bytes: new Uint8Array() }).execute()
    const withSecrets = { ...world.app, settings: { ...world.app.settings, databaseUrl: 'mysql://shuhi:hi-mi-tsu@db.example/shuhi', smtpUrl: 'smtp://post:hi-mi-tsu@mail.example:587?token=hi-mi-tsu' } }
    const shown = JSON.stringify(await settings.loader({ ...(at('/audit/settings', auditor) as object), context: { app: withSecrets, nonce: '', address: '' } } as never))
    for (const told of ['db.example/shuhi', '9時から18時', world.app.library.words.reportDesk]) expect(shown).toContain(told)
    expect(shown).not.toContain('hi-mi-tsu')
    expect(shown).toContain('"title":"利用目的"')
  })

  it('shows the auditor changes without a way to undo them', async () => {
    await world.db.insertInto('change_set').values({ id: '01931f00-0000-7000-8000-000000000001', kind: 'import', actor_account_id: hr!.accountId, at: world.now, source_sha256: null, undoes: null, note: '取込', summary: '{}' }).execute()
    const params = { changeSetId: '01931f00-0000-7000-8000-000000000001' }
    expect(await change.loader(at('/people/changes/x?undo=1', auditor, params))).toMatchObject({ mayUndo: false, undo: null })
    expect(await change.loader(at('/people/changes/x', hr, params))).toMatchObject({ mayUndo: true })
  })

  it('runs a job at once for the administrator, through the lease, with evidence', async () => {
    const answer = await caught(system.action(post('/system', admin, { job: 'refresh-coverage' })))
    expect((answer as Response).headers.get('Location')).toBe('/system?job=refresh-coverage&ran=done')
    expect(await world.db.selectFrom('ledger_entry').select('type').where('type', '=', 'job.run').execute()).toHaveLength(1)
    expect((await system.loader(at('/system', admin))).jobs.find(({ name }) => name === 'refresh-coverage')).toMatchObject({ succeededAt: world.now, failure: '' })
    await world.db.updateTable('job_lease').set({ leased_until: world.now + 60_000 }).where('name', '=', 'refresh-coverage').execute()
    expect(((await caught(system.action(post('/system', admin, { job: 'refresh-coverage' })))) as Response).headers.get('Location')).toContain('ran=running')
    expect(((await caught(system.action(post('/system', admin, { job: 'no-such' })))) as Response).status).toBe(404)
    expect((await overview.loader(at('/program', chief))).coverage, 'from the tables').toMatchObject({ all: 5, target: 5, passed: 1 })
  })

  it('shows the administrator who is signed in and who never was, by number, without names', async () => {
    const state = await sessions.loader(at('/system/sessions', admin))
    expect(state.sessions.find(({ number }) => number === learner!.number)).toMatchObject({ sessions: 1 })
    const first = await firstSignIns.loader(at('/system/first-sign-ins', admin))
    expect(first.counts).toEqual({ never: 5, all: 6 })
    expect(first.people.map(({ number }) => number)).not.toContain(admin!.number)
    for (const name of ['一郎', '次郎', '太郎', '花子']) expect(JSON.stringify([state, first])).not.toContain(name)
  })

  it('ends all sessions of a number after a preview that changes nothing', async () => {
    const of = { account: learner!.accountId }
    const alive = () => world.db.selectFrom('session').select('id_hash').where('account_id', '=', learner!.accountId).where('expires_at', '<', OPEN_INSTANT).execute()
    await sessions.action(post('/system/sessions', admin, { ...of, step: 'preview' }))
    expect(await alive()).toHaveLength(1)
    await caught(sessions.action(post('/system/sessions', admin, { ...of, step: 'end' })))
    expect(await alive()).toEqual([])
    expect(await world.db.selectFrom('ledger_entry').select('subject_engagement_id').where('type', '=', 'sessions.ended').execute()).toEqual([{ subject_engagement_id: learner!.engagementId }])
  })
})
