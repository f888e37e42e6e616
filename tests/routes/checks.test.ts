import { beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, insertRows } from '../../db/database.server'
import { planDigests } from '../../app/commands/plan-requests.server'
import { composeLetter } from '../../app/content/request-letter.server'
import { itemsOf } from '../../app/content/checklist-schema'
import { listWaiting } from '../../app/http/desk.server'
import { SCAN_FORM_BYTES } from '../../app/http/scan.server'
import * as answer from '../../app/routes/checks/answer'
import * as file from '../../app/routes/checks/file'
import * as finding from '../../app/routes/checks/finding'
import * as findings from '../../app/routes/checks/findings'
import * as report from '../../app/routes/checks/report'
import * as list from '../../app/routes/checks/list'
import * as record from '../../app/routes/checks/record'
import * as sign from '../../app/routes/checks/sign'
import * as office from '../../app/routes/program/checks'
import { startOf } from '../../app/domain/calendar'
import { SCAN } from '../support/approvals'
import { NOW, PASSWORD, testLibrary, World, type TestPerson } from '../support/world'

type Handler = (args: never) => Promise<unknown>
interface Answered { status: number; to: string | null; body: Record<string, unknown>; response?: Response }

describe('the screens of checklists', () => {
  let world: World
  let [contact, below, otherContact, hr, chief, auditor]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make('SQLite')
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', false, 'K1')
    await world.addCompany('K9', 'べつの株式会社', 'contractor')
    await world.addCompany('H1', 'かなえスタッフ株式会社', 'agency')
    const lead = (company: string, name: string, mail = '') => world.addPerson({ kind: 'contractorWorker', company, name, mail, password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
    ;[contact, below, otherContact] = [await lead('K1', '小野寺 仁'), await lead('K2', '早川 望'), await lead('K9', '別 人', 'lead9@mail.internal')]
    ;[hr, chief, auditor] = [await world.addPerson({ role: 'hr', name: '𠮷田 直子', password: true }), await world.addPerson({ role: 'chief', password: true }), await world.addPerson({ role: 'auditLead' })]
  })
  const call = async (handler: Handler, request: Request, params: Record<string, string> = {}): Promise<Answered> => {
    const given: unknown = await handler(world.args(request, params)).catch((thrown: unknown) => thrown)
    if (given instanceof Response) return { status: given.status, to: given.headers.get('Location'), body: {}, response: given }
    if (given instanceof Error) throw given
    const { data, init } = given as { data?: Record<string, unknown>; init?: { status?: number } }
    return { status: init?.status ?? 200, to: null, body: data && init !== undefined ? data : (given as Record<string, unknown>) }
  }
  const formOf = (fields: Record<string, string>, files: Record<string, { name: string; bytes: Uint8Array }> = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    for (const [name, one] of Object.entries(files)) form.set(name, new File([one.bytes as BlobPart], one.name))
    return form
  }
  const begin = async (who: TestPerson, slug: string, subject: string, period: string) => (await call(list.action, world.request('/checks', who, { slug, subject, period }))).to?.replace('/checks/', '') ?? ''
  const groups = (slug: string) => testLibrary().current('checklist', slug)!.meta.groups
  const answerPart = (who: TestPerson, filingId: string, part: number, ids: readonly string[], change: Record<string, string> = {}, files = {}) =>
    call(answer.action, world.request(`/checks/${filingId}`, who, formOf({ part: String(part), go: 'next', ...Object.fromEntries(ids.map((id) => [`answer.${id}`, 'done'])), ...change }, files)), { filingId })
  const look = (handler: Handler, who: TestPerson, filingId: string, tail = '') => call(handler, world.request(`/checks/${filingId}${tail}`, who), { filingId })
  const signIt = async (who: TestPerson, filingId: string, name: string, change: Record<string, string> = {}) => {
    const { digest } = (await look(sign.loader, who, filingId, '/sign')).body as { digest: string }
    return call(sign.action, world.request(`/checks/${filingId}/sign`, who, { shown: digest, declare: 'on', name, password: PASSWORD, ...change }), { filingId })
  }
  const answerAll = async (who: TestPerson, filingId: string, slug: string, change: Record<string, string> = {}) => {
    const parts = itemsOf(testLibrary().current('checklist', slug)!.meta).length <= 12 ? [groups(slug)] : groups(slug).map((group) => [group])
    for (const [at, part] of parts.entries()) await answerPart(who, filingId, at + 1, part.flatMap(({ items }) => items.map(({ id }) => id)), change)
  }
  const decide = (who: TestPerson, filingId: string, fields: Record<string, string>) => call(record.action, world.request(`/checks/${filingId}/record`, who, fields), { filingId })
  const officeOf = async (form: string, more = '') => (await call(office.loader, world.request(`/program/checks?form=${form}${more}`, chief))).body as { counts: Record<string, number>; rows: { name: string; words: string; subjectId: string; holders: unknown; mayAnswer: boolean; filingId: string | null }[]; findings: number }

  it('ask a company for its own and its lower tiers’ self-check, and no other', async () => {
    const duties = (await call(list.loader, world.request('/checks', contact))).body.duties as { slug: string; subject: string; state: string; words: string }[]
    expect(duties.map(({ slug, subject, words }) => [slug, subject, words])).toEqual([['CK1', 'みほんコールサービス株式会社', '期限超過 143日'], ['CK1', 'れいサポート合同会社', '期限超過 143日']])
    expect(((await call(list.loader, world.request('/checks', otherContact))).body.duties as { subject: string }[]).map(({ subject }) => subject)).toEqual(['べつの株式会社'])
    expect(await begin(otherContact!, 'CK1', world.companyId('K1'), 'FY2026')).toBe('')
    expect(await begin(contact!, 'CK1', world.companyId('H1'), 'FY2026')).toBe('')
    expect((await listWaiting(await world.contextOf(contact!))).map(({ words }) => words)).toContainEqual('点検に答える(2件、期限 6月30日(火)を過ぎています)')
  })

  it('ask nobody for what was due before the checklist came to this installation', async () => {
    await inTransaction(world.db, (tx) => insertRows(tx, 'content_version', [{ kind: 'checklist' as const, slug: 'CK1', version: '1.0', track: 'meta', sha256: 'c'.repeat(64), status_at_publish: 'draft', published_at: NOW, bytes: new Uint8Array() }]))
    try {
      expect((await call(list.loader, world.request('/checks', contact))).body.duties).toEqual([])
      expect(await begin(contact!, 'CK1', world.companyId('K1'), 'FY2026')).toBe('')
      expect(await officeOf('CK1')).toMatchObject({ counts: { all: 0 }, rows: [], asked: false, since: '2026年11月20日' })
      expect((await officeOf('CK3')).counts.all).toBe(3)
    } finally {
      await inTransaction(world.db, (tx) => tx.deleteFrom('content_version').execute())
    }
  })

  it('keep each part as it is answered, and the answers also when a file is refused', async () => {
    const filingId = await begin(contact!, 'CK1', world.companyId('K1'), 'FY2026')
    expect((await answerPart(contact!, filingId, 1, ['1-1'])).to).toBe(`/checks/${filingId}?part=2`)
    const refused = await answerPart(contact!, filingId, 2, ['1-2', '1-3'], { 'remark.1-2': '入口の鍵' }, { 'file.1-2': { name: 'memo.txt', bytes: new TextEncoder().encode('text') }, 'file.1-3': { name: '見取図.pdf', bytes: SCAN.bytes } })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ kept: true, errors: [expect.stringContaining('1-2の「memo.txt」') as string] })
    const { groups: shown } = (await look(answer.loader, contact!, filingId, '?part=2')).body as { groups: { items: { answer: string; remark: string; files: { name: string }[] }[] }[] }
    expect(shown[0]!.items.slice(0, 3).map(({ answer: given, remark, files }) => [given, remark, files.map(({ name }) => name)])).toEqual([['done', '入口の鍵', []], ['done', '', ['見取図.pdf']], [null, '', []]])
    const large = await answerPart(contact!, filingId, 2, ['1-2', '1-3'], { 'remark.1-2': '入口の鍵と窓' }, { 'file.1-2': { name: '大.pdf', bytes: new Uint8Array(SCAN_FORM_BYTES) } })
    expect(large).toMatchObject({ status: 400, body: { kept: true, errors: [expect.stringContaining('大きすぎて') as string] } })
    expect(((await look(answer.loader, contact!, filingId, '?part=2')).body as { groups: { items: { remark: string }[] }[] }).groups[0]!.items[0]!.remark).toBe('入口の鍵と窓')
    expect((await look(answer.loader, otherContact!, filingId)).status).toBe(404)
    expect((await look(answer.loader, hr!, filingId)).status).toBe(404)
    expect((await signIt(contact!, filingId, '小野寺 仁')).body).toMatchObject({ refused: { refused: 'filingIncomplete', facts: { count: 41 } } })
  })

  it('go from the company to the office and back, item by item, and end accepted', async () => {
    const filingId = await begin(contact!, 'CK1', world.companyId('K1'), 'FY2026')
    await answerAll(contact!, filingId, 'CK1', { 'answer.1-5': 'partly', 'remark.1-5': '記録に抜け', 'improve.1-5': '2026-12-18', 'answer.1-13': 'none', 'remark.1-13': '開発をしていません' })
    expect((await signIt(contact!, filingId, '小野寺')).status).toBe(422)
    expect((await signIt(contact!, filingId, '小野寺仁')).to).toBe(`/checks/${filingId}/record?done=1`)
    expect((await officeOf('CK1')).counts).toMatchObject({ all: 3, open: 2, waiting: 1, done: 0 })
    expect((await listWaiting(await world.contextOf(hr!))).map(({ to }) => to)).toContain('/program/checks?view=waiting')
    expect((await decide(contact!, filingId, { go: 'accept' })).status).toBe(404)
    expect((await decide(chief!, filingId, { go: 'return', 'reason.1-5': ' ' })).body).toMatchObject({ refused: { refused: 'filingReasons' } })
    expect((await decide(chief!, filingId, { go: 'return', note: 'あと1つです。', 'reason.1-5': 'どの月のものか書いてください。' })).to).toBe(`/checks/${filingId}/record?done=returned`)
    expect((await look(answer.loader, contact!, filingId)).body).toMatchObject({ back: { note: 'あと1つです。', items: [{ id: '1-5', number: '1-5', part: 2 }] } })
    await answerPart(contact!, filingId, 2, ['1-2', '1-3', '1-4', '1-5', '1-6', '1-7'], { 'answer.1-5': 'partly', 'remark.1-5': '9月の2件', 'improve.1-5': '2026-12-18' })
    await signIt(contact!, filingId, '小野寺 仁')
    expect((await decide(hr!, filingId, { go: 'accept' })).to).toBe(`/checks/${filingId}/record?done=accepted`)
    const seen = (await look(record.loader, auditor!, filingId, '/record')).body as { acts: { what: string }[]; decides: boolean; standing: { words: string }; items: { id: string; remark: string }[] }
    expect([seen.acts.map(({ what }) => what), seen.decides, seen.standing.words, seen.items.find(({ id }) => id === '1-5')!.remark]).toEqual([['署名して提出', '差し戻し', '署名して提出', '受理'], false, '受理済み(期限後)', '9月の2件'])
    expect((await look(record.loader, otherContact!, filingId, '/record')).status).toBe(404)
    expect(await officeOf('CK1', '&view=done')).toMatchObject({ counts: { done: 1 }, findings: 1, rows: [{ name: 'みほんコールサービス株式会社', words: '受理済み(期限後)' }] })
  })

  it('give out a file to who may read it, and note who took it', async () => {
    const filingId = await begin(contact!, 'CK1', world.companyId('K1'), 'FY2026')
    const { items } = (await look(record.loader, auditor!, filingId, '/record')).body as { items: { files: { id: string; name: string }[] }[] }
    const { id } = items.flatMap(({ files }) => files)[0]!
    const take = (who: TestPerson) => call(file.action, world.request(`/checks/${filingId}/files/${id}`, who, {}), { filingId, fileId: id })
    const taken = await take(auditor!)
    expect(new Uint8Array(await taken.response!.arrayBuffer())).toEqual(SCAN.bytes)
    expect(taken.response!.headers.get('Content-Disposition')).toContain(encodeURIComponent('見取図.pdf'))
    expect((await take(otherContact!)).status).toBe(404)
    expect(await world.db.selectFrom('access_log').select(['subject_kind', 'subject_id']).where('subject_kind', '=', 'filing').execute()).toEqual([{ subject_kind: 'filing', subject_id: filingId }])
  })

  it('compare with the year before, item by item', async () => {
    const at = async (now: number) => {
      world.now = now
      await world.db.updateTable('session').set({ created_at: now, last_seen_at: now, expires_at: now + 3_600_000 * 12 }).execute()
    }
    await at(startOf('2027-05-10') + 10 * 3_600_000)
    try {
      const filingId = await begin(contact!, 'CK1', world.companyId('K1'), 'FY2027')
      const { groups: asked, earlier } = (await look(answer.loader, contact!, filingId, '?part=2')).body as { earlier: string; groups: { items: { id: string; before: { answer: string; remark: string; finding: { id: string } | null } }[] }[] }
      expect([earlier, asked.flatMap(({ items }) => items).find(({ id }) => id === '1-5')!.before]).toEqual(['2026年度', { answer: 'partly', remark: '9月の2件', text: expect.any(String) as string, finding: { id: expect.any(String) as string, mark: 'late', words: '予定を143日過ぎました' } }])
      await answerAll(contact!, filingId, 'CK1', { 'answer.2-3': 'notDone', 'remark.2-3': '多要素がまだ', 'improve.2-3': '2027-06-30' })
      await signIt(contact!, filingId, '小野寺 仁')
      const seen = (await look(record.loader, chief!, filingId, '/record')).body as { earlier: string; items: { id: string; before: { answer: string; change: string; reworded: boolean } }[] }
      const of = (id: string) => seen.items.find((item) => item.id === id)!.before
      expect([seen.earlier, of('1-5'), of('2-3'), of('1-13').change, of('1-1').change]).toEqual(['2026年度', expect.objectContaining({ answer: 'partly', change: 'better', finding: expect.objectContaining({ mark: 'late' }) as object }), expect.objectContaining({ answer: 'done', change: 'worse', finding: null }), 'other', 'same'])
      await decide(chief!, filingId, { go: 'accept' })
      const after = (await look(record.loader, chief!, filingId, '/record')).body as { earlier: string; items: { id: string; before: object; finding: { id: string; words: string } | null }[] }
      expect([after.earlier, after.items.filter(({ finding }) => finding !== null).map(({ id }) => id), after.items.find(({ id }) => id === '1-5')!.before]).toEqual(['2026年度', ['2-3'], expect.objectContaining({ finding: expect.objectContaining({ words: '次の点検に引き継ぎ' }) as object })])
      const left = after.items.find(({ id }) => id === '2-3')!.finding!
      const told = await call(report.action, world.request(`/checks/findings/${left.id}/report`, contact, formOf({ mendedOn: '2027-05-10', words: '入れました。' }, { file: { name: '設定.pdf', bytes: SCAN.bytes } })), { findingId: left.id })
      expect(told.to).toBe(`/checks/findings/${left.id}?done=reported`)
      const wrong = await call(report.action, world.request(`/checks/findings/${left.id}/report`, contact, formOf({ mendedOn: '2027-05-11', words: '' }, { file: { name: 'm.pdf', bytes: new TextEncoder().encode('MZ') } })), { findingId: left.id })
      expect([wrong.status, (wrong.body as { trouble: { errors: Record<string, string[]> } }).trouble.errors]).toEqual([400, { file: ['「m.pdf」は受け取れませんでした。中身がPDF、JPEG、PNGのどれかのファイルにしてください。'] }])
      // somebody else of the company was quicker: the words come back instead of leading away
      const late = await call(report.action, world.request(`/checks/findings/${left.id}/report`, contact, formOf({ mendedOn: '2027-05-10', words: 'わたしも直しました。' })), { findingId: left.id })
      expect([late.status, late.body]).toEqual([409, expect.objectContaining({ refused: expect.objectContaining({ refused: 'findingSettled' }) as object, trouble: { errors: {}, given: { mendedOn: '2027-05-10', words: 'わたしも直しました。' } } })])
      expect(await call(report.loader, world.request(`/checks/findings/${left.id}/report`, contact), { findingId: left.id })).toMatchObject({ status: 200, body: { awaited: false } })
      expect((await call(findings.loader, world.request('/checks/findings', chief))).body).toMatchObject({ view: 'reported', rows: [{ id: left.id, words: '確認待ち' }] })
      expect((await call(findings.loader, world.request('/checks/findings?view=reported', otherContact))).body).toMatchObject({ rows: [] })
      const decided = await call(finding.action, world.request(`/checks/findings/${left.id}`, hr, { go: 'accept' }), { findingId: left.id })
      expect(decided.to).toBe(`/checks/findings/${left.id}?done=accepted`)
      expect((await call(finding.loader, world.request(`/checks/findings/${left.id}`, auditor), { findingId: left.id })).body).toMatchObject({ standing: { words: '直しました' }, reports: false, decides: false, acts: [{ words: '入れました。', files: [{ name: '設定.pdf' }] }, { words: '' }] })
      expect((await call(finding.loader, world.request(`/checks/findings/${left.id}`, otherContact), { findingId: left.id })).status).toBe(404)
    } finally {
      await at(NOW)
    }
  })

  it('let the office check a company once a year; the company reads the outcome, and whoever signed it does not send it back', async () => {
    expect(await begin(contact!, 'CK3', world.companyId('K1'), 'FY2026')).toBe('')
    const rows = (await officeOf('CK3')).rows
    expect(rows.map(({ name, mayAnswer }) => [name, mayAnswer])).toEqual([['べつの株式会社', true], ['みほんコールサービス株式会社', true], ['れいサポート合同会社', true]])
    const filingId = await begin(hr!, 'CK3', world.companyId('K1'), 'FY2026')
    await answerAll(hr!, filingId, 'CK3')
    expect((await signIt(hr!, filingId, '吉田 直子')).to).toContain('/record')
    expect((await look(record.loader, contact!, filingId, '/record')).status).toBe(200)
    expect((await look(record.loader, below!, filingId, '/record')).status).toBe(404)
    expect((await decide(hr!, filingId, { go: 'return', 'reason.way': '誤り' })).body).toMatchObject({ refused: { refused: 'filingIsYours' } })
    expect((await decide(chief!, filingId, { go: 'accept' })).body).toMatchObject({ refused: { refused: 'filingNotWaiting' } })
  })

  it('ask for what is returned and erased when a contract ends', async () => {
    expect((await officeOf('CK4')).counts.all).toBe(0)
    const { id } = await world.db.selectFrom('entrustment').select('id').where('company_id', '=', world.companyId('K2')).executeTakeFirstOrThrow()
    await inTransaction(world.db, (tx) => tx.updateTable('entrustment_version').set({ valid_to: '2026-12-11' }).where('entrustment_id', '=', id).execute())
    expect(await officeOf('CK4')).toMatchObject({ counts: { all: 1 }, rows: [{ name: 'れいサポート合同会社', words: '未着手', subjectId: id }] })
    const duties = (await call(list.loader, world.request('/checks', below))).body.duties as { slug: string; due: string }[]
    expect(duties.find(({ slug }) => slug === 'CK4')).toMatchObject({ due: '12月24日(木)' })
    const filingId = await begin(below!, 'CK4', id, 'end')
    await answerAll(below!, filingId, 'CK4')
    expect((await signIt(below!, filingId, '早川 望')).to).toContain('/record')
  })

  it('are answered by a 個人受託者 in person, whom nobody appointed, and by no other', async () => {
    const sole = await world.addCompany('I1', '個人(通信設計)', 'sole')
    const person = await world.addPerson({ kind: 'soleContractor', company: 'I1', name: '青木 一', password: true })
    await world.addCompany('I2', '個人(記事作成)', 'sole')
    expect(((await call(list.loader, world.request('/checks', person))).body.duties as { slug: string; subject: string }[]).map(({ slug, subject }) => `${slug} ${subject}`)).toEqual(['CK1 個人(通信設計)'])
    expect(await begin(person, 'CK1', world.companyId('I2'), 'FY2026')).toBe('')
    expect(await begin(contact!, 'CK1', sole, 'FY2026')).toBe('')
    const filingId = await begin(person, 'CK1', sole, 'FY2026')
    await answerAll(person, filingId, 'CK1')
    expect((await signIt(person, filingId, '青木 一')).to).toBe(`/checks/${filingId}/record?done=1`)
    expect((await decide(hr!, filingId, { go: 'accept' })).to).toContain('accepted')
    expect((await look(record.loader, auditor!, filingId, '/record')).body).toMatchObject({ signer: { words: '個人受託者(本人)', nameRegistered: '青木 一' } })
  })

  it('stand in the weekly letter to a company, also where none of its people has anything open', async () => {
    world.now = startOf('2026-11-24') + 8 * 3_600_000
    await planDigests(world.systemContext(), undefined)
    world.now = NOW
    const mail = await world.db.selectFrom('mail').selectAll().where('template', '=', 'companyDigest').executeTakeFirstOrThrow()
    expect(mail.to_address).toBe('lead9@mail.internal')
    const composed = await composeLetter(world.systemContext(), mail as never)
    expect(composed).toMatchObject({ props: { open: 0, checks: [{ title: '委託先の自己点検', of: 'べつの株式会社・2026年度', dueOn: '2026-06-30' }] } })
  })

  it('keep what was signed before it came back: answers, reasons and the file that was taken away since', async () => {
    await world.addCompany('K5', 'さいしょ株式会社', 'contractor')
    const lead = await world.addPerson({ kind: 'contractorWorker', company: 'K5', name: '佐伯 望', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K5') } })
    const filingId = await begin(lead, 'CK1', world.companyId('K5'), 'FY2026')
    const bytes = (words: string) => new TextEncoder().encode(`%PDF-1.4 ${words}`)
    await answerAll(lead, filingId, 'CK1')
    await answerPart(lead, filingId, 1, ['1-1'], {}, { 'file.1-1': { name: '誤って.pdf', bytes: bytes('never signed') } })
    const [mistaken] = await world.db.selectFrom('filing_attachment').select('id').where('filing_id', '=', filingId).execute()
    await answerPart(lead, filingId, 1, ['1-1'], { 'removed[0]': mistaken!.id, 'remark.1-1': '台帳があります' }, { 'file.1-1': { name: '台帳.pdf', bytes: bytes('signed') } })
    await signIt(lead, filingId, '佐伯 望')
    await decide(chief!, filingId, { go: 'return', 'reason.1-1': '台帳が去年のものです。' })
    const first = (await world.db.selectFrom('filing_act').select('id').where('filing_id', '=', filingId).where('ordinal', '=', 1).executeTakeFirstOrThrow()).id
    const signed = (await world.db.selectFrom('filing_attachment').select('id').where('filing_id', '=', filingId).where('name', '=', '台帳.pdf').executeTakeFirstOrThrow()).id
    await answerPart(lead, filingId, 1, ['1-1'], { 'removed[0]': signed, 'remark.1-1': '作り直しました' })
    await signIt(lead, filingId, '佐伯 望')
    const seen = async (tail: string) => {
      const { items, acts, isLast, decides } = (await look(record.loader, chief!, filingId, `/record${tail}`)).body as { items: { id: string; remark: string; reason: string; files: { id: string; name: string }[]; lost: string[] }[]; acts: { to: string | null }[]; isLast: boolean; decides: boolean }
      const { remark, reason, files, lost } = items.find(({ id }) => id === '1-1')!
      return { remark, reason, files, lost, to: acts.map(({ to }) => to), isLast, decides }
    }
    expect(await seen('')).toEqual({ remark: '作り直しました', reason: '', files: [], lost: [], to: [`?act=${first}`, null, null], isLast: true, decides: true })
    expect(await seen(`?act=${first}`)).toEqual({ remark: '台帳があります', reason: '台帳が去年のものです。', files: [{ id: signed, name: '台帳.pdf' }], lost: ['台帳.pdf'], to: [null, null, ''], isLast: false, decides: false })
    expect((await look(record.loader, otherContact!, filingId, `/record?act=${first}`)).status).toBe(404)
    expect((await look(record.loader, chief!, filingId, `/record?act=${world.app.newId()}`)).status).toBe(404)
    const take = (who: TestPerson, id: string) => call(file.action, world.request(`/checks/${filingId}/files/${id}`, who, {}), { filingId, fileId: id })
    expect(new Uint8Array(await (await take(auditor!, signed)).response!.arrayBuffer())).toEqual(bytes('signed'))
    expect([(await take(auditor!, mistaken!.id)).status, (await take(otherContact!, signed)).status]).toEqual([404, 404])
  })
})
