import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { beforeAll, expect, it } from 'vitest'
import { ownDocument } from '../../app/content/own-document.server'
import { makePledgePdf } from '../../app/commands/make-pledge-pdf.server'
import { HOUR_MS, startOf } from '../../app/domain/calendar'
import { sha256 } from '../../app/domain/ledger/entry'
import { loader as everything } from '../../app/routes/learn/records-all'
import { action as takeRecords } from '../../app/routes/learn/records-download'
import { loader as receipt } from '../../app/routes/learn/pledge-receipt'
import { loader as paper } from '../../app/routes/learn/pledge-pdf'
import { DocumentPart } from '../../app/ui/plain-document'
import { loader as records } from '../../app/routes/learn/records'
import { inTransaction, insertRows } from '../../db/database.server'
import { gatherOwnRecord } from '../../db/own-record.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { World, type TestPerson } from '../support/world'

/** One's own record for people: what the file for machines holds stands on one page, in words. */
onBothEngines('one’s own record on one page', (engine) => {
  let world: World
  let person: TestPerson
  let assignmentId: string
  beforeAll(async () => {
    world = await World.make(engine)
    person = await world.addPerson({ name: '髙橋 葛󠄀子', password: true, under18Until: '2027-03-31' })
    assignmentId = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    await signRead(context, assignmentId, await readPledge(world, context, assignmentId))
    const act = await world.db.selectFrom('pledge_act').select('id').executeTakeFirstOrThrow()
    await makePledgePdf(context, act.id)
  })
  const file = async () => JSON.parse(await (await takeRecords(world.args(world.request('/records/download', person, {})))).text()) as Record<string, unknown>

  it('has every section of the file, and no code where there is a word', async () => {
    const page = await everything(world.args(world.request('/records/all', person)))
    const { 書式: _f, 作成日時: _m, 利用目的: _p, 氏名: name, ...sections } = await file()
    expect(page.name).toBe(name)
    expect(Object.keys(page.sections)).toEqual(Object.keys(sections))
    const html = Object.values(page.sections).map((value) => renderToStaticMarkup(createElement(DocumentPart, { value }))).join('')
    expect(html).toContain('署名済み')
    expect(html).toContain('2026年11月20日 10時')
    expect(html).not.toMatch(/>(pledge|module|certificate|entry|completed|password|\d{4}-\d{2}-\d{2}[^<]*)</)
  })

  it('tells no mark, no number of rows and no day after the last one to a person', async () => {
    const html = renderToStaticMarkup(createElement(DocumentPart, { value: [
      { 通し番号: 1, 十八歳未満の最終日: '9999-12-30', 有効開始日: '2026-04-01', 有効終了日の翌日: '2027-04-01' }, { 対象: '「通信の秘密」を守る仕事', 記号: 'M01' },
    ] }))
    expect(html).toContain('<dt>18歳未満の最後の日</dt><dd>はい(終わりの日は未定)</dd>')
    expect(html).toContain('<dt>いつまで</dt><dd>2027年3月31日')
    const viewer = (await world.contextOf(person)).viewer
    const held = await gatherOwnRecord(world.db, viewer, '2026-11-20', 10)
    const leave = [{ engagement_id: person.engagementId, reason_code: 'childcare', valid_from: '2026-04-01', valid_to: '2026-05-01' }]
    expect(ownDocument((await world.contextOf(person)).library, viewer, { ...held, leave }, [], world.now).休職など).toEqual([{ 区分: 'childcare', から: '2026-04-01', まで: '2026-04-30' }])
    expect(html).not.toMatch(/9999|通し番号|翌日|M01/)
    expect(await file()).toMatchObject({ 登録されている情報: [{ 通し番号: 1 }], 割当と修了: [{ 記号: expect.any(String) }] })
  })

  it('tells the fingerprint by which the file of the copy can be checked', async () => {
    const answer = (await paper(world.args(world.request('/x', person), { assignmentId })))
    const [signed] = (await file()).誓約 as { 控えのハッシュ: string }[]
    expect(signed!.控えのハッシュ).toBe(sha256(new Uint8Array(await answer.arrayBuffer())))
  })

  it('tells what others asked, kept free, decided and noted about one', async () => {
    const manager = await world.addPerson({ name: '山﨑 健一' })
    const [duty, other] = [await world.addAssignment(person, { kind: 'module', slug: 'M05' }), await world.addAssignment(await world.addPerson(), { kind: 'module', slug: 'M05' })]
    const [at, id] = [world.now, () => world.app.newId()]
    await inTransaction(world.db, async (tx) => {
      const about = (assignment_id: string, note: string) => ({ id: id(), assignment_id, sent_by: manager.accountId, recipient_kind: 'person' as const, recipient_id: person.accountId, channel: 'paper' as const, reason_code: 'manager', requested_at: at, mail_id: null, leaves_at: null, leaves_in: null, result: '', result_at: null, note })
      await insertRows(tx, 'reminder', [about(duty, 'シフトを空けます'), about(other, '別の人への言葉')])
      await insertRows(tx, 'opportunity_grant', [{ id: id(), assignment_id: duty, granted_by: manager.accountId, starts_at: at + HOUR_MS, ends_at: at + 2 * HOUR_MS, at }])
      await insertRows(tx, 'approval_request', [{ id: id(), kind: 'defer', assignment_id: duty, engagement_id: person.engagementId, reason_code: 'businessTrip', note: '月末まで出張です', wished_due_on: '2026-12-18', proposal: '{}', scan_sha256: null, asked_by: manager.accountId, asked_as: 'manager', asked_at: at, decided_by: null, decided_at: null, outcome: null, answer: '', open_slot: 1 }])
      await insertRows(tx, 'return_item', [{ id: id(), engagement_id: person.engagementId, kind: 'thing', words: '入館証', entered_by: null, at, done_on: null, done_by: null, noted_at: null, voided_at: null, voided_by: null }])
      await insertRows(tx, 'contact_try', [{ id: id(), assignment_id: duty, on_day: '2026-11-19', channel: 'phone', note: '留守でした', entered_by: manager.accountId, at }])
    })
    const taken = JSON.stringify(await file())
    for (const told of ['シフトを空けます', '山﨑 健一', '長期の出張', '月末まで出張です', '承認を待っています', '返すもの　入館証', '留守でした', '電話']) expect(taken).toContain(told)
    expect(taken).not.toContain('別の人への言葉')
    const shown = await records(world.args(world.request('/records', person)))
    expect(shown.supervision.map(({ what, who }) => [what, who])).toEqual(expect.arrayContaining([
      ['依頼(本人へ・書面)', `山﨑 健一 ${manager.number}・正社員`], [expect.stringContaining('受講の時間'), expect.stringContaining('山﨑')], ['猶予の申請(承認を待っています)', expect.stringContaining('山﨑')],
    ]))
  })

  it('tells of the mails of the day: what went with them, when, by what way, and what became of it', async () => {
    const own = await world.addPerson({ name: '髙橋 便子' })
    const [one, two] = [await world.addAssignment(own, { kind: 'module', slug: 'M05' }), await world.addAssignment(own, { kind: 'module', slug: 'M01' })]
    const at = startOf('2026-11-19') + 10 * HOUR_MS
    const mail = world.app.newId()
    await inTransaction(world.db, async (tx) => {
      await insertRows(tx, 'mail', [{ id: mail, day: '2026-11-20', class: 'request', template: 'request', recipient_id: own.accountId, dedupe_key: 'x', to_address: 'bin@mail.internal', props: '{}', state: 'sent', tries: 1, next_try_at: at, leased_until: 0, lease_owner: '', sent_at: at + 23 * HOUR_MS, message_id: '', error: '' }])
      const about = (assignment_id: string) => ({ id: world.app.newId(), assignment_id, sent_by: null, recipient_kind: 'person' as const, recipient_id: own.accountId, channel: 'mail' as const, reason_code: 'due', requested_at: at, mail_id: mail, leaves_at: at + 23 * HOUR_MS, leaves_in: 'nextBusinessDay' as const, result: 'sent', result_at: at + 23 * HOUR_MS, note: '' })
      await insertRows(tx, 'reminder', [about(one), about(two)])
    })
    const shown = await records(world.args(world.request('/records', own)))
    expect(shown.supervision).toMatchObject([{ what: '依頼(本人へ・メール)', outcome: '11月20日(金) 9時00分に送りました', who: '自動のお知らせ' }])
    expect(shown.supervision[0]!.about.split('／')).toHaveLength(2)
    expect(shown.notices.find(({ words }) => words.endsWith('(メール)'))).toMatchObject({ note: expect.stringMatching(/^bin@mail\.internal　送りました　内容：.+／.+/) as string })
  })

  it('is open at night to people under 18 too: a record and a copy are nothing to study', async () => {
    world.now = startOf('2026-11-20') + 23 * HOUR_MS
    await world.db.updateTable('session').set({ last_seen_at: world.now, expires_at: world.now + HOUR_MS }).execute()
    expect((await everything(world.args(world.request('/records/all', person)))).name).toBe('髙橋 葛󠄀子')
    expect((await paper(world.args(world.request('/x', person), { assignmentId }))).status).toBe(200)
    expect((await receipt(world.args(world.request('/x', person), { assignmentId }))).receipt).toMatch(/^SH-/)
  })
})
