import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { askApproval } from '../../app/commands/ask-approval.server'
import { decideApproval } from '../../app/commands/decide-approval.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { finishReturnItems } from '../../app/commands/finish-return-item.server'
import { beginReturnList } from '../../app/commands/list-return-items.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { declarationToday, submitCertificate } from '../../app/commands/submit-certificate.server'
import { voidApproval } from '../../app/commands/void-approval.server'
import { beginDossiers, dossiersFile, takeDossier, type DossiersTaken } from '../../app/commands/take-dossier.server'
import { makeDossier, type DossierFile } from '../../app/commands/dossier-file.server'
import { addDays, DAY_MS, dayOf, MINUTE_MS } from '../../app/domain/calendar'
import { sha256 } from '../../app/domain/ledger/entry'
import { isRefusal } from '../../app/domain/refusal'
import { loader as looks } from '../../app/routes/learn/looks'
import { listExports as exportsOf } from '../../db/audit.server'
import { inTransaction } from '../../db/database.server'
import { recordHanded } from '../../db/papers.server'
import { SCAN } from '../support/approvals'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { NOW, PASSWORD, World, type TestPerson } from '../support/world'
import { readZip } from '../support/zip'

const text = (bytes: Uint8Array | undefined) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const why = { purpose: 'departure' as const, words: '退職に伴う保管' }
const filesByEngine: Record<string, string> = {}

onBothEngines('記録一式', (engine) => {
  let world: World
  let hr: TestPerson
  let one: TestPerson
  const today = dayOf(NOW)
  beforeEach(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ role: 'hr' })
    one = await world.addPerson({ number: '000412', name: '髙橋 美咲', kana: 'タカハシ ミサキ', password: true, to: addDays(today, 11) })
    await planAssignments(world.systemContext(), 'all')
  })
  const later = async (ms: number) => {
    world.now += ms
    await world.db.updateTable('session').set({ expires_at: world.now + DAY_MS, last_seen_at: world.now }).execute()
  }
  const take = async (by = hr, change: Partial<Parameters<typeof takeDossier>[1]> = {}): Promise<DossierFile> => {
    const file = await takeDossier(await world.contextOf(by), { engagementId: one.engagementId, whole: false, asOf: null, ...why, ...change })
    if (isRefusal(file)) throw new Error(file.refused)
    return file
  }
  const listExports = () => exportsOf(world.db, { from: null, to: null, account: null }, { before: '', limit: 10 })
  const duty = async (slug: string) => (await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', one.engagementId).where('target_slug', '=', slug).executeTakeFirstOrThrow()).id
  const sign = async (slug: string) => {
    const [own, id] = [await world.contextOf(one), await duty(slug)]
    const signed = await signRead(own, id, await readPledge(world, own, id))
    if (isRefusal(signed)) throw new Error(signed.refused)
  }
  const recordIn = (file: Pick<DossierFile, 'bytes'>) => JSON.parse(text(readZip(file.bytes)['record.json'])) as { knownAt: string; engagements: { duties: { slug: string; status: string; dueOn: string; attempts?: object[] }[]; returns: { doneOn: string | null }[] }[] }

  it('is the same bytes for the same record, whoever takes it and when, and bears the day of the record', async () => {
    await sign('PL1')
    const chief = await world.addPerson({ role: 'chief' })
    const first = await take()
    await later(3 * DAY_MS)
    const again = await take(chief, { purpose: 'audit', words: '監査のため' })
    expect(sha256(again.bytes)).toBe(first.sha256)
    expect(again.name).toBe('000412_髙橋美咲_20261120.zip')
    expect(first.knownAt).toBe(NOW)
  })

  it('changes with a later fact, and asked for an earlier day gives the earlier bytes', async () => {
    await sign('PL1')
    const first = await take()
    await later(2 * DAY_MS)
    await declinePledge(await world.contextOf(one), { assignmentId: await duty('PL6'), outcome: 'question', words: '第3条は？' })
    await beginReturnList(await world.contextOf(hr), one.engagementId)
    const items = await world.db.selectFrom('return_item').select('id').where('engagement_id', '=', one.engagementId).orderBy('id').execute()
    await later(DAY_MS)
    await finishReturnItems(await world.contextOf(hr), { engagementId: one.engagementId, itemIds: [items[0]!.id], onDay: dayOf(world.now) })
    const second = await take()
    expect(second.sha256).not.toBe(first.sha256)
    expect(second.name).toBe('000412_髙橋美咲_20261123.zip')
    expect(text(readZip(second.bytes)['record.json'])).not.toContain('第3条')
    await world.db.updateTable('assignment').set({ due_on: '2027-01-15' }).where('id', '=', await duty('M05')).execute()
    await world.db.insertInto('due_change').values({ id: world.app.newId(), assignment_id: await duty('M05'), at: world.now, due_before: recordIn(second).engagements[0]!.duties.find(({ slug }) => slug === 'M05')!.dueOn }).execute()
    const earlier = recordIn(await take(hr, { asOf: today }))
    const before = recordIn(first)
    expect(earlier.engagements).toEqual(before.engagements)
    const asOfThen = await take(hr, { asOf: addDays(today, 2) })
    const [returnsThen, returnsNow] = [asOfThen, second].map((file) => recordIn(file).engagements[0]!.returns)
    expect(returnsThen!.map(({ doneOn }) => doneOn)).toEqual(items.map(() => null))
    expect(returnsNow!.filter(({ doneOn }) => doneOn !== null)).toHaveLength(1)
    await later(DAY_MS)
    await sign('PL6')
    expect((await take(hr, { asOf: addDays(today, 2) })).sha256).toBe(asOfThen.sha256)
  })

  it('holds a cover, the record, an index that is no formula, and the signed papers; two readers take it', async () => {
    await sign('PL1')
    await world.db.updateTable('engagement_version').set({ display_name: '=HYPERLINK("x")' }).where('engagement_id', '=', one.engagementId).execute()
    await world.db.insertInto('return_item').values({ id: world.app.newId(), engagement_id: one.engagementId, kind: 'thing', words: '　＝cmd|calc', entered_by: hr.accountId, at: world.now, done_on: null, done_by: null, noted_at: null, voided_at: null, voided_by: null }).execute()
    const file = await take()
    const inside = readZip(file.bytes)
    expect(Object.keys(inside).filter((name) => !name.startsWith('誓約書_'))).toEqual(['00_表紙.pdf', 'index.csv', 'record.json', '例外.csv', '修了.csv', '受験.csv', '督促.csv'])
    expect(Object.keys(inside).filter((name) => name.startsWith('誓約書_'))).toEqual([expect.stringMatching(/^誓約書_000412_.*SH-2026-[0-9A-Z]+\.pdf$/)])
    for (const name of ['例外.csv', '修了.csv', '受験.csv', '督促.csv']) expect(text(inside[name]), name).toMatch(/^\uFEFF従事者番号,種類,内容,時期,[^\r\n]+\r\n$/)
    expect(text(inside['index.csv']).startsWith('\uFEFF従事者番号,')).toBe(true)
    expect(text(inside['index.csv'])).toContain("'　＝cmd|calc")
    for (const [name, bytes] of Object.entries(inside)) if (name.endsWith('.pdf')) expect(text(bytes.slice(0, 5)), name).toBe('%PDF-')
    for (const name of [...Object.keys(inside), file.name]) expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001F]/)
    const folder = mkdtempSync(join(tmpdir(), 'shuhi-zip-'))
    writeFileSync(join(folder, 'a.zip'), file.bytes)
    const readers = [
      { by: spawnSync('python3', ['-c', 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print("\\n".join(z.namelist()))', join(folder, 'a.zip')], { encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8' } }), says: `${Object.keys(inside).join('\n')}\n` },
      { by: spawnSync('unzip', ['-tq', join(folder, 'a.zip')], { encoding: 'utf8' }), says: 'No errors' },
    ].filter(({ by }) => (by.error as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT')
    expect(readers.length, 'python3 or unzip is needed to read the file as others do').toBeGreaterThan(0)
    for (const { by, says } of readers) expect([by.status, by.error, by.stdout]).toEqual([0, undefined, expect.stringContaining(says)])
    rmSync(folder, { recursive: true })
  })

  it('holds the scan of what was signed on paper, from the day it was accepted until it was taken back', async () => {
    const chief = await world.addPerson({ role: 'chief' })
    const id = await duty('PL1')
    const asked = await askApproval(await world.contextOf(hr), { assignmentId: id, kind: 'paperPledge', reasonCode: 'legacy', note: '', wishedDueOn: null, done: { on: '2026-11-18', minutes: 0, version: '', name: '高橋 美咲' }, scan: SCAN })
    if (isRefusal(asked)) throw new Error(asked.refused)
    const { requestId } = asked
    await later(DAY_MS)
    expect(await decideApproval(await world.contextOf(chief), { requestId, verdict: { is: 'accept', dueOn: null }, words: '' })).toMatchObject({ outcome: 'accepted' })
    const held = await take()
    const [scan] = Object.entries(readZip(held.bytes)).filter(([name]) => name.startsWith('写し_'))
    expect(scan![0]).toMatch(/^写し_000412_.*SH-2026-[0-9A-Z]+\.pdf$/)
    expect(sha256(scan![1])).toBe(sha256(SCAN.bytes))
    const statusOf = (file: DossierFile) => recordIn(file).engagements[0]!.duties.find(({ slug }) => slug === 'PL1')!.status
    expect([statusOf(held), statusOf(await take(hr, { asOf: today }))]).toEqual(['signed', 'open'])
    await later(DAY_MS)
    expect(await voidApproval(await world.contextOf(await world.addPerson({ role: 'hr' })), { requestId, words: '別の人の紙でした。' })).toHaveProperty('dueOn')
    expect(statusOf(await take())).toBe('open')
    expect((await take(hr, { asOf: addDays(today, 1) })).sha256).toBe((await take(hr, { asOf: addDays(today, 1) })).sha256)
    expect(statusOf(await take(hr, { asOf: addDays(today, 1) }))).toBe('signed')
  })

  it('tells what became of a reminder from when it was written, and lists it row by row', async () => {
    const id = world.app.newId()
    await world.db.insertInto('reminder').values({ id, assignment_id: await duty('M05'), sent_by: hr.accountId, recipient_kind: 'person', recipient_id: one.accountId, channel: 'paper', reason_code: 'manager', requested_at: world.now, mail_id: null, result: 'toHand', result_at: null, note: '' }).execute()
    await later(MINUTE_MS)
    const before = await take()
    const listed = (file: DossierFile) => text(readZip(file.bytes)['督促.csv']).trim().split('\r\n').at(-1)
    expect(listed(before)).toMatch(/,本人,書面,上長からの依頼,[^,]+,,紙を渡す前$/)
    await later(DAY_MS)
    await inTransaction(world.db, async (tx) => expect(await recordHanded(tx, one.engagementId, 'anybody', dayOf(world.now), world.now)).toEqual([id]))
    expect(listed(await take())).toMatch(/に渡しました$/)
    expect(await makeDossier(world.systemContext(), [one.engagementId], before.knownAt)).toMatchObject({ sha256: before.sha256 })
  })

  it('shows a name by the day of the record, whatever is agreed later', async () => {
    const company = await world.addCompany('C2', '若草設備', 'contractor', true)
    one = await world.addPerson({ number: 'M-0008', name: '見える 名', kind: 'contractorWorker', company: 'C2' })
    await planAssignments(world.systemContext(), [one.engagementId])
    const before = await take()
    expect(text(readZip(before.bytes)['record.json'])).toContain('見える')
    const entrusted = await world.db.selectFrom('entrustment').select('id').where('company_id', '=', company).execute()
    await world.db.updateTable('entrustment_version').set({ valid_to: addDays(today, 2) }).where('entrustment_id', 'in', entrusted.map(({ id }) => id)).execute()
    await later(3 * DAY_MS)
    expect(await makeDossier(world.systemContext(), [one.engagementId], before.knownAt)).toMatchObject({ sha256: before.sha256 })
    expect(text(readZip((await take(hr, { asOf: addDays(today, 2) })).bytes)['record.json'])).not.toContain('見える')
  })

  it('tells of a contractor’s worker status and certificate only, and by number where names are not shown', async () => {
    await world.addCompany('C1', '青葉設備', 'contractor')
    one = await world.addPerson({ number: 'M-0007', name: '見えない 名', kind: 'contractorWorker', company: 'C1', password: true })
    await planAssignments(world.systemContext(), [one.engagementId])
    await sign('PL3')
    const file = await take()
    expect(file.name).toMatch(/^M-0007_\d{8}\.zip$/)
    const inside = readZip(file.bytes)
    expect(Object.keys(inside)).toEqual(['00_表紙.pdf', 'index.csv', 'record.json'])
    expect(text(inside['record.json'])).not.toContain('見えない')
    for (const one of recordIn(file).engagements[0]!.duties) expect(Object.keys(one)).not.toEqual(expect.arrayContaining(['attempts']))
    expect(recordIn(file).engagements[0]!.duties.find(({ slug }) => slug === 'PL3')!.status).toBe('open')
  })

  it('shows a name by what was known at the record, whatever was corrected for that day later', async () => {
    const company = await world.addCompany('C2', '若草設備', 'contractor', true)
    one = await world.addPerson({ number: 'M-0008', name: '見える 名', kind: 'contractorWorker', company: 'C2' })
    await planAssignments(world.systemContext(), [one.engagementId])
    const before = await take()
    await later(3 * DAY_MS)
    const [held] = await world.db.selectFrom('entrustment_version as v').innerJoin('entrustment as e', 'e.id', 'v.entrustment_id').selectAll('v').where('e.company_id', '=', company).execute()
    await world.db.updateTable('entrustment_version').set({ superseded_at: world.now, superseded_by: world.changeSetId }).where('id', '=', held!.id).execute()
    await world.db.insertInto('entrustment_version').values({ ...held!, id: world.app.newId(), recorded_at: world.now, names_allowed: 0 }).execute()
    expect(await makeDossier(world.systemContext(), [one.engagementId], before.knownAt)).toMatchObject({ sha256: before.sha256 })
    expect(text(readZip((await take()).bytes)['record.json'])).not.toContain('見える')
  })

  it('encloses of an employer’s certificate what belongs to this person, and nobody else', async () => {
    await world.addCompany('A1', 'みほん人材', 'agency')
    one = await world.addPerson({ number: 'H-0001', name: '北 太郎', kind: 'dispatched', company: 'A1' })
    const other = await world.addPerson({ number: 'H-0002', name: '南 花子', kind: 'dispatched', company: 'A1' })
    const contact = await world.addPerson({ number: 'H-0009', name: '森 あゆみ', kind: 'contractorWorker', company: 'A1', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('A1') } })
    await planAssignments(world.systemContext(), [one.engagementId, other.engagementId])
    const begun = await take()
    await later(DAY_MS)
    const by = await world.contextOf(contact)
    const declaration = await declarationToday(by, world.companyId('A1'), world.app.library.current('pledge', 'PL2')!)
    const submitted = await submitCertificate(by, { companyId: world.companyId('A1'), slug: 'PL2', lines: [one, other].map(({ engagementId }) => ({ engagementId, takenOn: today })), declaration, nameTyped: '森 あゆみ', password: PASSWORD, key: 'k' })
    if (isRefusal(submitted)) throw new Error(submitted.refused)
    const file = await take()
    const inside = readZip(file.bytes)
    const [name] = Object.keys(inside).filter((one) => one.startsWith('誓約取得証明_'))
    expect(name).toMatch(new RegExp(`^誓約取得証明_H-0001_.*${submitted.receipt}\\.pdf$`))
    const record = text(inside['record.json'])
    expect(JSON.parse(record)).toMatchObject({ engagements: [{ duties: expect.arrayContaining([expect.objectContaining({ status: 'certified', certificate: expect.objectContaining({ declared: expect.objectContaining({ company: 'みほん人材', declaration, declaredBy: { number: 'H-0009', nameRegistered: '森 あゆみ', nameTyped: '森 あゆみ' }, line: { number: 'H-0001', name: '北 太郎', employer: 'みほん人材', takenOn: today, receipt: null } }) }) })]) }] })
    expect(text(inside['index.csv'])).toContain('みほん人材の証明')
    for (const bytes of [inside['record.json'], inside['index.csv']]) expect(text(bytes)).not.toMatch(/南|H-0002|127\.0\.0\.1/)
    await later(2 * DAY_MS)
    expect((await take()).sha256).toBe(file.sha256)
    expect(await makeDossier(world.systemContext(), [one.engagementId], begun.knownAt)).toMatchObject({ sha256: begun.sha256 })
    expect(Object.keys(readZip(begun.bytes)).filter((one) => one.startsWith('誓約取得証明_'))).toEqual([])
  })

  it('is recorded before it leaves: the person reads it, the auditor lists it, the ledger has both ends', async () => {
    const file = await take()
    expect(await world.db.selectFrom('access_log').select(['act', 'subject_kind', 'reason']).where('subject_id', '=', one.engagementId).where('act', '=', 'export').execute()).toEqual([{ act: 'export', subject_kind: 'dossier', reason: '退職時の保管：退職に伴う保管' }])
    expect(await listExports()).toMatchObject([{ kind: 'dossier', sha256: file.sha256, account: hr.accountId, subjects: { people: 1, file: file.name } }])
    expect((await world.db.selectFrom('ledger_entry').select('type').where('type', 'like', 'dossier%').orderBy('id').execute()).map(({ type }) => type)).toEqual(['dossier.begun', 'dossier.taken'])
    expect(JSON.stringify(await looks(world.args(world.request('/records/looks', one))))).toContain('記録一式')
    expect(JSON.stringify(recordIn(file))).not.toContain('退職に伴う保管')
    const context = await world.contextOf(one)
    expect(await takeDossier(context, { engagementId: one.engagementId, whole: false, asOf: null, ...why })).toMatchObject({ refused: 'notFound' })
    expect(await takeDossier(await world.contextOf(hr), { engagementId: one.engagementId, whole: false, asOf: null, purpose: 'other', words: ' ' })).toMatchObject({ refused: 'purposeMissing' })
    expect(await takeDossier(await world.contextOf(hr), { engagementId: one.engagementId, whole: false, asOf: '1969-12-30', ...why })).toMatchObject({ refused: 'nothingKnown' })
  })

  it('leaves for many in one file, one held at a time; broken off it has no hash', async () => {
    await world.addPerson({ to: addDays(today, 5) })
    const people = (await world.db.selectFrom('engagement').select('id').execute()).map(({ id }) => id)
    const context = await world.contextOf(hr)
    const run = async (patience: number) => {
      const begun = (await beginDossiers(context, { ...why, subjects: { chosen: people }, after: '' })) as DossiersTaken
      let asked = 0
      const parts: Uint8Array[] = []
      for await (const part of dossiersFile(context, begun, async () => asked++ < patience)) parts.push(part)
      return { begun, bytes: Buffer.concat(parts) }
    }
    const whole = await run(Infinity)
    const inside = readZip(whole.bytes)
    expect(Object.keys(inside)).toHaveLength(people.length + 1)
    expect(Object.keys(inside)).toContain('000412_髙橋美咲_20261120.zip')
    const rows = text(inside['index.csv']).trim().split('\r\n').slice(1).map((row) => row.split(','))
    for (const [, name, , size, hash] of rows) expect([inside[name!]!.byteLength, sha256(inside[name!]!)]).toEqual([Number(size), hash])
    const broken = await run(1)
    const exports = await listExports()
    expect(exports.find(({ id }) => id === whole.begun.exportId)).toMatchObject({ kind: 'dossiers', sha256: sha256(whole.bytes), subjects: { people: people.length } })
    expect(exports.find(({ id }) => id === broken.begun.exportId)!.sha256).toBe('')
    expect((await run(Infinity)).bytes.equals(whole.bytes)).toBe(true)
    expect(await beginDossiers(context, { ...why, subjects: { chosen: [world.app.newId()] }, after: '' })).toMatchObject({ refused: 'nobodyChosen' })
    const ended = (await beginDossiers(context, { ...why, subjects: { endedIn: '2026-11' }, after: '' })) as DossiersTaken
    expect(ended.people).toHaveLength(2)
  })

  it('draws the same cover wherever the clock stands', async () => {
    const cover = { kind: 'cover', at: NOW, title: '記録一式', who: [['氏名', '髙橋 葛󠄀城']], duties: [], contents: [{ name: 'record.json', sha256: sha256('x') }], footnote: '記録時点' }
    const drawn = (zone: string) => {
      const code = `import('./app/pdf/cover.mjs').then(({ drawCover }) => drawCover(${JSON.stringify(cover)})).then((bytes) => process.stdout.write(require('node:crypto').createHash('sha256').update(bytes).digest('hex')))`
      return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', env: { ...process.env, TZ: zone, NODE_OPTIONS: '' } }).stdout
    }
    expect(drawn('Asia/Tokyo')).toMatch(/^[0-9a-f]{64}$/)
    expect(drawn('America/New_York')).toBe(drawn('Asia/Tokyo'))
  })

  it('is the same on both engines but for the ids of hashes that are made anew', async () => {
    await later(MINUTE_MS)
    const file = await take()
    const record = text(readZip(file.bytes)['record.json'])
    const other = Object.entries(filesByEngine).find(([name]) => name !== engine)
    if (other) expect(record).toBe(other[1])
    filesByEngine[engine] = record
  })
})
