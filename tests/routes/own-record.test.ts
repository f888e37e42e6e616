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

  it('is open at night to people under 18 too: a record and a copy are nothing to study', async () => {
    world.now = startOf('2026-11-20') + 23 * HOUR_MS
    await world.db.updateTable('session').set({ last_seen_at: world.now, expires_at: world.now + HOUR_MS }).execute()
    expect((await everything(world.args(world.request('/records/all', person)))).name).toBe('髙橋 葛󠄀子')
    expect((await paper(world.args(world.request('/x', person), { assignmentId }))).status).toBe(200)
    expect((await receipt(world.args(world.request('/x', person), { assignmentId }))).receipt).toMatch(/^SH-/)
  })
})
