import { beforeAll, describe, expect, it } from 'vitest'
import { dayOf, HOUR_MS } from '../../app/domain/calendar'
import { askApproval } from '../../app/commands/ask-approval.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { isRefusal } from '../../app/domain/refusal'
import * as home from '../../app/routes/learn/home'
import * as csv from '../../app/routes/team/csv'
import * as personPage from '../../app/routes/team/person'
import * as team from '../../app/routes/team/team'
import * as units from '../../app/routes/team/units'
import { inTransaction } from '../../db/database.server'
import { refreshDerived } from '../../db/derived.server'
import { refreshLine } from '../../db/line-members.server'
import { World, type TestPerson } from '../support/world'

describe('わたしのチーム', () => {
  let world: World
  let [head, failed, asking, dispatched, minor, done]: TestPerson[] = []
  let unit = ''
  const load = async (path = '/team', who = head!) => (await team.loader(world.args(world.request(path, who)))) as Awaited<ReturnType<typeof team.loader>>
  const file = async (who: TestPerson, by = head!) => (await personPage.loader(world.args(world.request('/team/x', by), { engagementId: who.engagementId }))) as Awaited<ReturnType<typeof personPage.loader>>

  beforeAll(async () => {
    world = await World.make('SQLite')
    await world.addCompany('A', 'れいだいスタッフ', 'agency')
    unit = await world.addUnit('D1', '仙台')
    head = await world.addPerson({ name: '山﨑 健一', role: 'unitHead', roleScope: { kind: 'unit', id: unit }, unit })
    failed = await world.addPerson({ name: '髙橋 美咲', kana: 'タカハシ ミサキ', unit })
    asking = await world.addPerson({ name: '邉見 浩二', unit, kind: 'commissioned' })
    dispatched = await world.addPerson({ name: '葛城 蓮', unit, kind: 'dispatched', company: 'A' })
    minor = await world.addPerson({ name: '=1+1', unit, kind: 'casual', under18Until: '2027-03-31' })
    done = await world.addPerson({ name: '高橋 美咲', kana: 'タカハシ ミサキ', unit, kind: 'partTime' })
    const module = await world.addAssignment(failed, { kind: 'module', slug: 'M01', due: '2026-11-13' })
    await world.db.insertInto('page_shown').values({ assignment_id: module, version: '1.0', track: 'ja', page: 'promises', rendered_sha256: 'a'.repeat(64), first_at: 1, last_at: 1, seconds: 77_777 }).execute()
    await world.db.insertInto('attempt').values({ id: world.app.newId(), assignment_id: module, ordinal: 1, module_version: '1.0', bank_version: '1.0', seed: 's', asked: 10, extra_minutes: 15, opened_at: 1, closes_at: null, finished_at: 2, open_slot: null, score: 3, passed: 0 }).execute()
    const pledge = await world.addAssignment(asking, { kind: 'pledge', slug: 'PL1', due: '2026-11-13' })
    const asked = await declinePledge(await world.contextOf(asking), { assignmentId: pledge, outcome: 'question', words: 'ひみつの質問' })
    if (isRefusal(asked)) throw new Error(asked.refused)
    await world.addAssignment(dispatched, { kind: 'certificate', slug: 'PL2', due: '2026-11-13' })
    await world.addAssignment(minor, { kind: 'module', slug: 'M01', due: '2026-11-24' })
    const settled = await world.addAssignment(done, { kind: 'module', slug: 'M01', due: '2026-11-30' })
    await world.db.updateTable('assignment').set({ settled_as: 'completed', settled_at: world.now }).where('id', '=', settled).execute()
    const everybody = [head, failed, asking, dispatched, minor, done].map(({ engagementId }) => engagementId)
    await inTransaction(world.db, async (tx) => (await refreshDerived(tx, everybody, dayOf(world.now)), refreshLine(tx, everybody, dayOf(world.now))))
  })

  it('lists whom to help first, with the button by legal relation', async () => {
    const { rows, tabs, completion, query } = await load()
    expect(rows.map(({ name, number, employed, open, progress, mark, ask, note }) => ({ name, number, employed, open, progress, mark, ask, note }))).toEqual([
      { name: '髙橋 美咲', number: '000002', employed: '正社員', open: '通信の秘密', progress: expect.stringMatching(/^受講中 1\/\d+節$/) as string, mark: 'late', ask: '本人に依頼', note: '前回 なし' },
      { name: '葛城 蓮', number: '000004', employed: '派遣社員(れいだいスタッフ)', open: '誓約取得証明', progress: '派遣元の提出待ち', mark: 'late', ask: '派遣元に依頼', note: '前回 なし' },
      { name: '邉見 浩二', number: '000003', employed: '嘱託社員', open: '秘密保持誓約書', progress: '人事が対応中', mark: 'ask', ask: '', note: '止めています\n人事の回答まで' },
      { name: '=1+1', number: '000005', employed: 'アルバイト・18歳未満', open: '通信の秘密', progress: '未着手\n22時〜5時は受講できません', mark: 'soon', ask: '本人に依頼', note: '前回 なし' },
    ].sort((a, b) => rows.findIndex(({ number }) => number === a.number) - rows.findIndex(({ number }) => number === b.number)))
    expect(Object.fromEntries(tabs.map(({ tab, count }) => [tab, count]))).toMatchObject({ open: 4, late: 2, soon: 1, hold: 1, done: 1, all: 5 })
    expect(completion).toMatchObject({ whole: 5, counted: 5, done: 1, inTime: 1 })
    expect(query.tab).toBe('open')
  })

  it('finds any variant of a name among all, and tells who bears the same', async () => {
    expect((await load('/team?tab=all&q=高橋')).rows.map(({ number }) => number).sort()).toEqual(['000002', '000006'])
    expect((await load('/team?tab=all&q=高橋&kind=hourly')).rows.map(({ number }) => number)).toEqual(['000006'])
    expect((await file(failed!)).namesakes).toEqual(['高橋 美咲 000006・パート'])
    expect((await file(minor!)).namesakes).toEqual([])
  })

  it('never shows answers, scores, minutes, attempts, words or reasons', async () => {
    for (const page of [JSON.stringify(await load('/team?tab=all')), JSON.stringify(await file(failed!)), JSON.stringify(await file(asking!))]) {
      expect(page).not.toMatch(/score|passed|attempt|minutes|ひみつ|不合格|77777/)
    }
    const { duties } = await file(failed!)
    expect(duties).toMatchObject([{ title: '「通信の秘密」を守る仕事', period: '入社・受入時', standing: { mark: 'late' } }])
    expect((await file(asking!)).events.map(({ what }) => what)).toContain('質問')
  })

  it('shows the outcome of a request and no second form while it waits', async () => {
    const before = await file(failed!)
    expect(before.mayAsk).toHaveLength(1)
    const asked = await askApproval(await world.contextOf(head!), { assignmentId: before.mayAsk[0]!.id, kind: 'defer', reasonCode: 'businessTrip', note: '', wishedDueOn: '2026-12-04' })
    if (isRefusal(asked)) throw new Error(asked.refused)
    const after = await file(failed!)
    expect(after.mayAsk).toEqual([])
    expect(after.requests).toMatchObject([{ kind: 'defer', outcome: null, wishedDueOn: '2026-12-04', title: '通信の秘密' }])
  })

  it('is taken as a file that a spreadsheet runs nothing of, and who took it is recorded', async () => {
    const answer = await csv.action(world.args(world.request('/team/csv', head, { tab: 'all', sort: 'due' })))
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())
    expect(text.startsWith('\uFEFF従事者番号,氏名,')).toBe(true)
    expect(text.trimEnd().split('\r\n')).toHaveLength(6)
    expect(text).toContain("000005,'=1+1,アルバイト,サンプル通信株式会社,仙台,はい,")
    expect(await world.db.selectFrom('access_log').select(['act', 'actor_account_id', 'reason']).where('subject_kind', '=', 'team').where('act', '=', 'export').execute()).toEqual([{ act: 'export', actor_account_id: head!.accountId, reason: 'わたしのチーム(全員)' }])
    expect(await world.db.selectFrom('export_record').select('kind').execute()).toEqual([{ kind: 'team' }])
  })

  it('A04 follows the unit, and a unit that is not one’s own is not there', async () => {
    const other = await world.addUnit('D2', '福岡')
    const stranger = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: other } })
    await expect(load(`/team?unit=${other}`)).rejects.toMatchObject({ status: 404 })
    await expect(file(failed!, stranger)).rejects.toMatchObject({ status: 404 })
    await expect(csv.action(world.args(world.request('/team/csv', head, { unit: other })))).rejects.toMatchObject({ status: 404 })
    expect((await load('/team', stranger)).rows).toEqual([])
    expect(((await units.loader(world.args(world.request('/team/units', head)))) as { units: { code: string }[] }).units.map(({ code }) => code)).toEqual(['D1'])
    expect((await load(`/team?unit=${unit}`)).rows).toHaveLength(4)
  })

  it('waits on the first screen with whoever is late', async () => {
    const { desk } = (await home.loader(world.args(world.request('/', head)))) as { desk: { words: string; to: string }[] }
    expect(desk).toContainEqual({ words: '期限を過ぎた人に声をかける(2人)', to: '/team?tab=late' })
    world.now += HOUR_MS
  })
})
