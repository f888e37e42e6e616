import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { makePrivateFolder } from '../../app/cli.server'
import { answerCorrectionRequest, answerQuestion, earOf } from '../../app/commands/answer-learner.server'
import { changePassword } from '../../app/commands/change-password.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { makePledgePdf } from '../../app/commands/make-pledge-pdf.server'
import { requestCorrection } from '../../app/commands/request-correction.server'
import { declarationToday, submitCertificate } from '../../app/commands/submit-certificate.server'
import { HOUR_MS, MINUTE_MS, startOf } from '../../app/domain/calendar'
import { findViewer } from '../../app/http/session.server'
import * as roster from '../../app/routes/contractor/roster'
import * as page from '../../app/routes/learn/page'
import * as decline from '../../app/routes/learn/pledge-decline'
import * as pdf from '../../app/routes/learn/pledge-pdf'
import * as receipt from '../../app/routes/learn/pledge-receipt'
import * as text from '../../app/routes/learn/pledge-text'
import { readSettings } from '../../app/settings.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { NOW, PASSWORD, World, type TestPerson } from '../support/world'

const caught = async (work: Promise<unknown>): Promise<unknown> => work.catch((thrown: unknown) => thrown)

describe('settings', () => {
  it('load the demonstration only where no other address leads here', () => {
    const demo = (given: Record<string, string>) => readSettings(given).demo
    expect([demo({}), demo({ BASE_URL: 'http://localhost:3000' }), demo({ BASE_URL: 'http://127.0.0.1:3000' }), demo({ BASE_URL: 'http://[::1]:3000' })]).toEqual([true, true, true, true])
    expect([demo({ BASE_URL: 'https://shuhi.example.jp' }), demo({ BASE_URL: 'https://localhost.example.jp' }), demo({ BASE_URL: 'http://127.0.0.1.example.jp', ALLOW_HTTP: '1' }), demo({ DATABASE_URL: 'mysql://x' })]).toEqual([false, false, false, false])
    expect([demo({ SHUHI_DEMO: '1', BASE_URL: 'https://shuhi.example.jp' }), demo({ SHUHI_DEMO: '0' })]).toEqual([true, false])
  })

  it('keep the folder of the embedded database from others on the machine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shuhi-private-'))
    const before = process.umask(0o022)
    onTestFinished(() => {
      process.umask(before)
      rmSync(folder, { recursive: true, force: true })
    })
    writeFileSync(join(folder, 'shuhi.db'), '', { mode: 0o644 })
    makePrivateFolder(folder)
    makePrivateFolder(join(folder, 'new'))
    writeFileSync(join(folder, 'shuhi.db-wal'), '')
    expect([folder, join(folder, 'new'), join(folder, 'shuhi.db'), join(folder, 'shuhi.db-wal')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700, 0o600, 0o600])
  })
})

onBothEngines('promises', (engine) => {
  let world: World
  const logged: string[] = []
  beforeEach(async () => {
    world = await World.make(engine)
    logged.length = 0
    world.app.log = (level, message) => void logged.push(`${level} ${message}`)
  })
  const get = (person: TestPerson, path: string, params: Record<string, string> = {}) => world.args(world.request(path, person), params)

  it('a lower tier’s words go to its own 会社側担当者, and up only while it has none', async () => {
    for (const [code, parent] of [['K1', undefined], ['K2', 'K1'], ['K3', 'K2']] as const) await world.addCompany(code, `会社${code}`, parent ? 'subcontractor' : 'contractor', false, parent)
    const contactOf = (company: string) => world.addPerson({ kind: 'contractorWorker', company, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
    const lead = await contactOf('K1')
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'K3' })
    const assignmentId = await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
    const way = async () => (await decline.loader(get(worker, `/pledges/${assignmentId}/decline`, { assignmentId }))).hears
    expect(await way()).toBe('会社K1')
    await declinePledge(await world.contextOf(worker), { assignmentId, outcome: 'question', words: 'K3の言葉' })
    const read = async (person: TestPerson) => (await roster.loader(get(person, '/company'))).asked.map(({ words }) => words.join())
    const answer = async (person: TestPerson) => answerQuestion(await world.contextOf(person), { assignmentId, words: 'はい', as: 'employer' })
    expect(await read(lead)).toEqual(['K3の言葉'])
    const middle = await contactOf('K2')
    expect([await way(), await read(lead), await read(middle)]).toEqual(['会社K2', [], ['K3の言葉']])
    const own = await contactOf('K3')
    expect([await way(), await read(lead), await read(middle), await read(own)]).toEqual(['会社K3', [], [], ['K3の言葉']])
    expect([await answer(lead), await answer(middle)]).toEqual([{ refused: 'notFound' }, { refused: 'notFound' }])
    const figures = await roster.loader(get(lead, '/company'))
    expect(figures.companies.map(({ name }) => name)).toEqual(['会社K1', '会社K2', '会社K3'])
    expect(await earOf(await world.contextOf(lead), 'employer')).toEqual({ is: 'employer', companyIds: [world.companyId('K1')] })
    expect(await answer(own)).toHaveProperty('dueOn')
  })

  it('bytes that no longer fit their hash are not shown, and the log says so', async () => {
    const person = await world.addPerson({ password: true })
    const context = await world.contextOf(person)
    const assignmentId = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    await signRead(context, assignmentId, await readPledge(world, context, assignmentId))
    const act = await world.db.selectFrom('pledge_act').select(['id', 'statement_sha256']).executeTakeFirstOrThrow()
    const hash = (await makePledgePdf(context, act.id))!
    const doors = () => [caught(receipt.loader(get(person, '/x', { assignmentId }))), caught(pdf.loader(get(person, '/x', { assignmentId })))]
    expect((await Promise.all(doors())).map((answered) => (answered instanceof Response ? answered.status : 'shown'))).toEqual(['shown', 200])
    for (const sha of [act.statement_sha256, hash]) {
      const { bytes } = await world.db.selectFrom('blob').select('bytes').where('sha256', '=', sha).executeTakeFirstOrThrow()
      const changed = new Uint8Array(bytes)
      changed[changed.length - 3]! ^= 1
      await world.db.updateTable('blob').set({ bytes: changed }).where('sha256', '=', sha).execute()
    }
    expect((await Promise.all(doors())).map((answered) => (answered as Response).status)).toEqual([500, 500])
    expect(logged.filter((line) => line.includes('指紋が合いません'))).toHaveLength(2)
  })

  it('minutes begin no earlier than signing in and the last step of anything else', async () => {
    const person = await world.addPerson()
    const [first, second] = [await world.addAssignment(person, { kind: 'module', slug: 'M05' }), await world.addAssignment(person, { kind: 'module', slug: 'M01' })]
    const read = async (assignmentId: string) => {
      const params = { assignmentId, page: '1' }
      const { sha256 } = await page.loader(get(person, `/learn/${assignmentId}/pages/1`, params))
      await caught(page.action(world.args(world.request(`/learn/${assignmentId}/pages/1`, person, { sha256, openedAt: String(world.now - HOUR_MS), active: '3600' }), params)))
      return world.db.selectFrom('study_session').select(['started_at', 'counted_seconds']).where('assignment_id', '=', assignmentId).executeTakeFirstOrThrow()
    }
    world.now = NOW + MINUTE_MS
    expect(await read(first)).toEqual({ started_at: NOW, counted_seconds: 60 })
    world.now += 5000
    expect(await read(second)).toEqual({ started_at: NOW + MINUTE_MS, counted_seconds: 5 })
  })

  it('a certificate names no day before somebody’s service began', async () => {
    await world.addCompany('K1', '会社K1', 'contractor')
    const lead = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'K1', from: '2026-11-16' })
    await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
    const submit = async (takenOn: string) => submitCertificate(await world.contextOf(lead), { companyId: world.companyId('K1'), slug: 'PL3', lines: [{ engagementId: worker.engagementId, takenOn }], declaration: await declarationToday(await world.contextOf(lead), world.companyId('K1'), world.app.library.current('pledge', 'PL3')!), nameTyped: '小野寺仁', password: PASSWORD, key: `form-${takenOn}` })
    for (const day of ['1901-01-01', '2026-11-15']) expect(await submit(day)).toEqual({ refused: 'takenBeforeStart', facts: { number: worker.number, start: '2026-11-16' } })
    expect(await submit('2026-11-21')).toMatchObject({ refused: 'takenInFuture' })
    expect(await submit('2026-11-16')).toHaveProperty('receipt')
  })

  it('a session ends at its hour whatever password is set, and with the last engagement', async () => {
    const person = await world.addPerson({ password: true, to: '2026-11-21' })
    const [{ expires_at: end }] = (await world.db.selectFrom('session').select('expires_at').where('account_id', '=', person.accountId).execute()) as [{ expires_at: number }]
    world.now = NOW + 30 * MINUTE_MS
    const changed = await changePassword(await world.contextOf(person), { current: PASSWORD, password: 'べつの-ことば-42-かさ' })
    if ('refused' in changed) throw new Error(changed.refused)
    expect((await world.db.selectFrom('session').select('expires_at').where('account_id', '=', person.accountId).execute()).map(({ expires_at }) => expires_at)).toEqual([end])
    const here = { ...person, token: changed.token }
    expect(await findViewer(world.app, world.request('/', here), world.now)).not.toBeNull()
    await world.db.updateTable('engagement_version').set({ valid_to: '2026-11-20' }).where('engagement_id', '=', person.engagementId).execute()
    expect(await findViewer(world.app, world.request('/', here), world.now)).toBeNull()
  })

  it('at night a person under 18 gets no text of a pledge as a file either', async () => {
    const person = await world.addPerson({ under18Until: '2027-03-31' })
    const assignmentId = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const take = async () => (await caught(text.loader(get(person, '/x', { assignmentId })))) as Response
    expect((await take()).headers.get('Content-Type')).toContain('text/plain')
    world.now = startOf('2026-11-20') + 22 * HOUR_MS
    await world.db.updateTable('session').set({ last_seen_at: world.now, expires_at: world.now + HOUR_MS }).execute()
    const refused = await take()
    expect([refused.status, refused.headers.get('Location')]).toEqual([302, `/pledges/${assignmentId}/pages/1`])
  })

  it('nobody in HR answers what they asked themselves', async () => {
    const [hr, other] = [await world.addPerson({ role: 'hr' }), await world.addPerson({ role: 'hr' })]
    const context = await world.contextOf(hr)
    const request = await requestCorrection(context, { subject: 'registered', assignmentId: undefined, body: '等級が違います' })
    if (!request || !('id' in request)) throw new Error('The request was not taken')
    expect(await answerCorrectionRequest(context, { requestId: request.id, words: '直しました' })).toEqual({ refused: 'ownRequest' })
    expect(await answerCorrectionRequest(await world.contextOf(other), { requestId: request.id, words: '確かめました' })).toEqual({ dueOn: null })
    const assignmentId = await world.addAssignment(hr, { kind: 'pledge', slug: 'PL1' })
    await declinePledge(context, { assignmentId, outcome: 'question', words: '第3条は' })
    expect(await answerQuestion(context, { assignmentId, words: 'x', as: 'operator' })).toEqual({ refused: 'ownRequest' })
    expect(await answerQuestion(await world.contextOf(other), { assignmentId, words: 'x', as: 'operator' })).toHaveProperty('dueOn')
  })
})
