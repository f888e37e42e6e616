import { beforeAll, beforeEach, expect, it } from 'vitest'
import { issueSlips } from '../../app/commands/issue-code.server'
import { recordAccess } from '../../app/commands/record-access.server'
import { DAY_MS } from '../../app/domain/calendar'
import { commitmentOf } from '../../app/domain/ledger/entry'
import { isRefusal } from '../../app/domain/refusal'
import { loader as looks } from '../../app/routes/learn/looks'
import { loader as records } from '../../app/routes/learn/records'
import { loader as edit } from '../../app/routes/people/edit'
import { loader as leave } from '../../app/routes/people/leave'
import * as open from '../../app/routes/people/open'
import { loader as person } from '../../app/routes/people/person'
import { action as paper } from '../../app/routes/people/pledge-pdf'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { NOW, World, type TestPerson } from '../support/world'

onBothEngines('記録を開く', (engine) => {
  let world: World
  let hr: TestPerson
  let chief: TestPerson
  let one: TestPerson
  let params: { engagementId: string }
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('C1', '別の会社', 'contractor')
    hr = await world.addPerson({ number: '000021', name: '𠮷田 直子', role: 'hr' })
    chief = await world.addPerson({ number: '900003', role: 'chief' })
  })
  beforeEach(async () => {
    world.now = NOW
    one = await world.addPerson({ kana: 'ミエナイ カナ', password: true })
    params = { engagementId: one.engagementId }
  })
  type Door = (args: never) => Promise<unknown>
  const to = async (door: Door, who: TestPerson, form?: Record<string, string>, query = '') => {
    const answer: unknown = await door(world.args(world.request(`/x${query}`, who, form), params)).catch((thrown: unknown) => thrown)
    return answer instanceof Response ? (answer.headers.get('Location') ?? answer) : answer
  }
  const openIt = (who: TestPerson, form: Record<string, string> = { reason: 'progress', words: '月次の確認' }, query = '') => to(open.action, who, form, query)
  const log = () => world.db.selectFrom('access_log').selectAll().where('subject_id', '=', one.engagementId).execute()

  it('keeps the record shut until a reason is given, by GET writes nothing, and shows no more than the search does', async () => {
    const door = `/people/${one.engagementId}/open`
    expect(await to(person, hr)).toBe(door)
    expect(await to(edit, hr)).toBe(`${door}?to=edit`)
    expect(await to(leave, hr)).toBe(`${door}?to=leave`)
    expect(await to(paper, hr, { assignmentId: one.accountId })).toBe(door)
    expect(Object.keys((await to(open.loader, hr)) as object)).toEqual(['name', 'lead'])
    expect(JSON.stringify(await to(open.loader, hr))).not.toContain('ミエナイ')
    expect(await log()).toEqual([])
  })

  it('asks for a reason that says something', async () => {
    expect(await openIt(hr, { reason: '', words: '' })).toMatchObject({ trouble: { errors: { reason: ['理由を選んでください。'] } } })
    expect(await openIt(hr, { reason: 'other', words: ' ' })).toMatchObject({ trouble: { errors: { words: [expect.stringContaining('くわしい理由')] } } })
    expect(await log()).toEqual([])
    await openIt(hr, { reason: 'other', words: '表彰の候補の確認' })
    expect(await log()).toMatchObject([{ reason: '表彰の候補の確認' }])
  })

  it('opens it for that day to whoever gave the reason, once however often, with evidence', async () => {
    expect(await openIt(hr, undefined, '?to=edit')).toBe(`/people/${one.engagementId}/edit`)
    await Promise.all([openIt(hr), openIt(hr)])
    expect(await log()).toMatchObject([{ actor_account_id: hr.accountId, act: 'view', subject_kind: 'person', reason: '受講と誓約の状況の確認(月次の確認)', at: world.now }])
    expect(await to(person, hr)).toMatchObject({ openedFor: '受講と誓約の状況の確認(月次の確認)', person: { kana: 'ミエナイ カナ' } })
    expect(await to(edit, hr)).toMatchObject({ number: one.number })
    expect(await to(open.loader, hr)).toBe(`/people/${one.engagementId}`)
    expect(await to(person, chief)).toBe(`/people/${one.engagementId}/open`)
    const entries = await world.db.selectFrom('ledger_entry as e').innerJoin('ledger_payload as p', 'p.entry_id', 'e.id').select(['p.bytes', 'p.salt', 'e.commitment']).where('e.type', '=', 'record.opened').where('e.subject_engagement_id', '=', one.engagementId).execute()
    expect(entries).toHaveLength(1)
    const [{ bytes, salt, commitment }] = entries as [(typeof entries)[number]]
    expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ actor: { account: hr.accountId }, subject: one.engagementId, reason: '受講と誓約の状況の確認(月次の確認)' })
    expect(commitmentOf(salt, bytes)).toBe(commitment)
    world.now += 13 * 3_600_000 // 23:00 in Japan
    expect(await to(person, await signedInAgain(hr))).toHaveProperty('openedFor')
    world.now += 2 * 3_600_000
    expect(await to(person, await signedInAgain(hr))).toBe(`/people/${one.engagementId}/open`)
  })
  const signedInAgain = async (who: TestPerson) => (await world.db.updateTable('session').set({ expires_at: world.now + DAY_MS, last_seen_at: world.now }).where('account_id', '=', who.accountId).execute(), who)

  it('gives the paper for the reason of the opening', async () => {
    const own = await world.contextOf(one)
    const assignmentId = await world.addAssignment(one, { kind: 'pledge', slug: 'PL1' })
    const signed = await signRead(own, assignmentId, await readPledge(world, own, assignmentId))
    if (isRefusal(signed)) throw new Error(signed.refused)
    await openIt(chief, { reason: 'audit', words: '' })
    expect(((await to(paper, chief, { assignmentId })) as Response).headers.get('Content-Type')).toBe('application/pdf')
    expect((await records(world.args(world.request('/records', one)))).looks.rows.map(({ who, words, reason }) => [who.split(' ')[2]?.split('・')[0], words, reason])).toEqual([
      ['900003', '署名した書面のPDFを受け取った', '監査・点検・検査への対応'], ['900003', '記録を開いた', '監査・点検・検査への対応'],
    ])
  })

  it('tells the person all of it, page by page, with exports of a roster that the person stood in', async () => {
    await world.db.updateTable('engagement').set({ created_at: NOW }).where('id', '=', one.engagementId).execute()
    const system = { ...world.systemContext(), systemUser: 'root' }
    const exported = (subjectId: string, now: number) => recordAccess({ ...system, now }, { act: 'export', subjectKind: 'roster', subjectId, reason: '突き合わせ', bytes: new Uint8Array([1]) })
    await exported('', NOW - 1)
    await exported('=C1', NOW + 1)
    await exported('=', NOW + 2)
    await exported('', NOW + 3)
    for (let at = 0; at < 40; at++) await recordAccess({ ...(await world.contextOf(one)), now: NOW + 10 + (at >> 1) }, { act: 'download', subjectKind: 'ownRecord', subjectId: one.personId, reason: `${at}`, bytes: new Uint8Array() })
    const page = (query = '') => looks(world.args(world.request(`/records/looks${query}`, one)))
    const first = await page()
    expect(first.looks).toHaveLength(30)
    const rest = await page(new URL(first.next!, 'http://x').search)
    const all = [...first.looks, ...rest.looks]
    expect(all.slice(0, 40).map(({ reason }) => Number(reason)).sort((a, b) => b - a)).toEqual(Array.from({ length: 40 }, (_, at) => 39 - at))
    expect(all.slice(40).map(({ who, words }) => [who, words])).toEqual([['サーバーの管理者(コマンド)', 'あなたの会社を含む名簿を書き出した'], ['サーバーの管理者(コマンド)', 'あなたの会社を含む名簿を書き出した']])
    expect([all[0]!.who, rest.next]).toEqual(['あなた', null])
    const short = await records(world.args(world.request('/records', one)))
    expect([short.looks.rows.length, short.looks.cut]).toEqual([5, true])
  })

  it('names who issued a slip', async () => {
    await issueSlips(await world.contextOf(hr), [one.engagementId])
    const { notices } = await records(world.args(world.request('/records', one)))
    expect(notices.map(({ note }) => note).join()).toContain('発行した人 𠮷田 直子 000021・正社員')
  })

})
