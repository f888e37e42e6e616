import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { rosterExport, rosterImport } from '../../app/cli/roster.server'
import { demoFiles, demoPeople } from '../../app/demo/company'
import { importRoster } from '../../app/commands/import-roster.server'
import { previewImport } from '../../app/commands/draft-import.server'
import { commitmentOf, sha256 } from '../../app/domain/ledger/entry'
import { encodeText } from '../../app/domain/encoding'
import { csvLine, reasonAgainst } from '../../app/domain/csv'
import { ROSTER_COLUMNS } from '../../app/domain/roster-columns'
import { exportRoster } from '../../app/domain/roster-export'
import { listCompanyCodes, readRegister } from '../../db/register.server'
import { onBothEngines } from '../support/database'
import { expectSound } from '../support/register'
import { bytesOf, rosterCells, rosterCsv, rosterText, type RosterCells } from '../support/roster'
import { World } from '../support/world'

const AWKWARD = ['髙橋 美咲', '﨑山 翔太', '𠮷田 直子', '葛󠄀城 蓮', '神 太郎', 'Park Min-ji', 'マドンナ', ' 空白 はじめ', '引用 "符" 子', 'コンマ, 太郎', 'O’Neil', '〜−‖', '辻󠄀本 １２３']

onBothEngines('roster export', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', '委託株式会社', 'contractor', true)
    await world.addCompany('K2', '委託二株式会社', 'contractor', false)
    await world.addCompany('A1', '派遣株式会社', 'agency')
  })
  let run = 0
  it('comes back unchanged, whatever the names', async () => {
    const row = fc.record({
      name: fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((name) => name.trim() !== '' && reasonAgainst(name) === null && !/[?？〓]/u.test(name) && !/\p{Cs}/u.test(name))),
      kana: fc.constantFrom('', 'ヨシダ ナオコ', 'よしだ'), mail: fc.constantFrom('', 'a.b@c.example', 'same@c.example'), kind: fc.constantFrom(['正社員', ''], ['委託先従業者', 'K1'], ['委託先従業者', 'K2'], ['派遣社員', 'A1'], ['取締役', '']),
      unit: fc.constantFrom(['', ''], ['U1', '部, "一"'], ['U2', '髙部']), end: fc.constantFrom('', '2027-03-31', '2026/12/1'), start: fc.constantFrom('2020-04-01', '2026/11/20', '2027-01-04'), scopes: fc.constantFrom('', '通信の秘密', '個人情報・通信の秘密', '特定利用者情報・通信の秘密・個人情報'), minor: fc.constantFrom('', 'はい', '2027/4/1'),
    })
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (people) => {
      run++
      const cells = people.map(({ name, kana, mail, kind, unit, end, start, scopes, minor }, at) => [`00${run}-${at}`, name, kana, mail, kind[0]!, kind[1]!, unit[0]!, unit[1]!, '', start, end && start === '2027-01-04' ? '' : end, scopes, minor])
      const file = bytesOf([ROSTER_COLUMNS as readonly string[], ...cells].map((line) => `${csvLine(line)}\n`).join(''))
      const imported = await importRoster(world.systemContext(), { files: { roster: file }, fileName: 'x', scope: null }, { invite: false })
      expect(imported).not.toHaveProperty('refused')
      const companyCodes = await listCompanyCodes(world.db)
      const { register } = await readRegister(world.db, { companyCodes, numbers: [] })
      const exported = exportRoster(register, { companyCodes, encoding: 'utf-8', today: '2026-11-20' })
      if ('unwritable' in exported) throw new Error('utf-8 writes everything')
      const { report } = await previewImport(world.systemContext(), { files: { roster: exported.bytes }, fileName: 'y', scope: null })
      expect([report.bad, report.people, report.units, report.missing]).toEqual([[], [], [], []])
      for (const { name, kind } of people) if (kind[1] !== 'K2') expect(new TextDecoder().decode(exported.bytes)).toContain(name.replaceAll('"', '""'))
    }), { numRuns: 15 })
    await expectSound(world.db, '2026-11-20')
  }, 60_000)
})

onBothEngines('the roster on the command line', (engine) => {
  let world: World
  let folder: string
  const out: string[] = []
  const err: string[] = []
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) }
  const file = (name: string, bytes: Uint8Array | string) => (writeFileSync(join(folder, name), bytes), join(folder, name))
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'roster-'))))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(async () => {
    world = await World.make(engine)
    out.length = err.length = 0
  })
  const run = (...argv: string[]) => rosterImport(argv, world.systemContext(), io)

  it('previews, applies, and says 0, 1 or 2', async () => {
    const path = file('r.csv', encodeText(rosterCsv(20).replaceAll('𠮷', '吉').replaceAll('葛󠄀', '葛'), 'cp932'))
    expect(await run(path)).toBe(0)
    expect(await world.db.selectFrom('engagement').selectAll().execute()).toEqual([])
    expect(await run(path, '--apply')).toBe(0)
    expect(await world.db.selectFrom('engagement').selectAll().execute()).toHaveLength(20)
    expect(await run(path, '--apply', '--json')).toBe(0)
    expect(JSON.parse(out.at(-1)!)).toMatchObject({ applied: false, elapsedMs: expect.any(Number), refused: 'rosterNothingToDo', report: { counts: { unchanged: 20 } } })
    for (const wrong of [[], ['--nonsense', path], [path, path], [join(folder, 'none.csv')]]) expect(await run(...wrong), wrong.join(' ')).toBe(2)
  })

  it('names who is new and what each is assigned or loses, and reads a part as a part', async () => {
    await run(file('a.csv', rosterText([rosterCells(0), rosterCells(1), rosterCells(2)])), '--apply')
    const part = file('part.csv', rosterText([rosterCells(3), { ...rosterCells(1), 在籍終了日: '2026-11-19' }]))
    out.length = 0
    expect(await run(part, '--scope', '')).toBe(0)
    expect(await run(part, '--scope', 'ZZ')).toBe(2)
    expect(out.join('\n')).toContain('ファイルにいない 2人')
    expect(out.join('\n')).toContain('？ 000001 佐藤 美咲')
    out.length = 0
    expect(await run(part, '--part')).toBe(0)
    expect(out.join('\n')).not.toContain('いない 2人')
    expect(out.find((line) => line.startsWith('＋'))).toMatch(/^＋ 000004 山﨑 大輔　契約社員　\S+ から　割り当てる: \S+/)
    expect(out.find((line) => line.startsWith('→'))).toMatch(/^→ 000002 髙橋 健　正社員　在籍終了日「」→「2026-11-19」　対象から外れる: \S+/)
    expect(await run(part, '--part', '--scope', '')).toBe(2)
    expect(await run(part, '--part', '--apply')).toBe(1)
    expect(err.join()).toContain('--confirm-leaving')
  })

  it('names every bad row and changes nothing', async () => {
    const rows: RosterCells[] = [rosterCells(0), { ...rosterCells(1), 雇用形態: '派遣' }, { ...rosterCells(2), 従事者番号: '123456789018' }, { ...rosterCells(3), 在籍終了日: '2026/2/30' }]
    const path = file('bad.csv', rosterText(rows))
    expect(await run(path, '--apply')).toBe(1)
    expect(out.filter((line) => line.startsWith('×'))).toHaveLength(3)
    expect(out.join('\n')).not.toContain('123456789018')
    expect(await run(path, '--json')).toBe(1)
    expect(out.at(-1)).not.toContain('123456789018')
    expect(JSON.parse(out.at(-1)!).report.bad.map(({ line, column }: { line: number; column: string }) => [line, column])).toEqual([[3, '雇用形態'], [4, '従事者番号'], [5, '在籍終了日']])
    expect(await world.db.selectFrom('change_set').select('id').where('kind', '=', 'import').execute()).toEqual([])
  })

  it('shows no value of a fault that has none: of the whole file, of a row, of a column that is not there', async () => {
    const wrong = async (name: string, bytes: Uint8Array | string) => {
      out.length = 0
      await run(file(name, bytes))
      return out.filter((line) => line.startsWith('×'))
    }
    expect(await wrong('a.pdf', '%PDF-1.7')).toEqual([expect.stringMatching(/^× 名簿　ファイル全体　CSVではなく、PDFのファイルです　/)])
    const text = rosterText([rosterCells(0), { ...rosterCells(1), 氏名: '' }])
    expect(await wrong('b.csv', text)).toEqual([expect.stringMatching(/^× 名簿 3行目　氏名　\(空\)　空にできない項目です/)])
    expect(await wrong('c.csv', `${text}x,y\r\n`)).toEqual([expect.stringContaining('氏名　(空)　'), expect.stringMatching(/^× 名簿 4行目　行全体　列の数が見出しと違います\(2列/)])
    expect(await wrong('d.csv', '氏名\r\n佐藤 健\r\n')).toEqual([expect.stringMatching(/^× 名簿 1行目　従事者番号　必要な見出しがありません/)])
  })

  it('asks for an explicit yes when more than 5 % leave', async () => {
    const rows = Array.from({ length: 20 }, (_, at): RosterCells => rosterCells(at))
    await run(file('a.csv', rosterText(rows)), '--apply')
    rows[0] = { ...rows[0], 在籍終了日: '2026-12-31' }
    expect(await run(file('b.csv', rosterText(rows)), '--apply')).toBe(0)
    rows[1] = { ...rows[1], 在籍終了日: '2026-12-31' }
    rows[2] = { ...rows[2], 在籍終了日: '2026-12-31' }
    const path = file('c.csv', rosterText(rows))
    expect(await run(path, '--apply')).toBe(1)
    expect(err.join()).toContain('--confirm-leaving')
    expect(await run(path, '--apply', '--confirm-leaving')).toBe(0)
    expect(await run(file('d.csv', rosterText(rows.slice(0, 1))), '--apply')).toBe(0)
    expect(await world.db.selectFrom('engagement_current').select('number').where('valid_to', '=', '9999-12-31').execute()).toHaveLength(17)
  })

  it('takes companies and units, and exports what comes back unchanged', async () => {
    const demo = demoFiles('2026-11-20')
    expect(await run(file('d.csv', demo.roster), '--companies', file('c.csv', demo.companies), '--units', file('u.csv', demo.units), '--apply')).toBe(0)
    await expectSound(world.db, '2026-11-20')
    const path = join(folder, 'out.csv')
    expect(await rosterExport(['--out', path, '--reason', '突き合わせ'], world.systemContext(), io)).toBe(0)
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    out.length = 0
    expect(await run(path, '--apply', '--json')).toBe(0)
    expect(JSON.parse(out[0]!)).toMatchObject({ refused: 'rosterNothingToDo', report: { counts: { unchanged: demoPeople('2026-11-20').filter(({ end }) => end === '' || end >= '2026-11-20').length, changed: 0, missing: 0 } } })
    expect(await rosterExport(['--out', path, '--reason', '突き合わせ', '--encoding', 'cp932'], world.systemContext(), io)).toBe(1)
    expect(err.join('\n')).toMatch(/000021 𠮷田 直子　氏名: 𠮷/)
    expect(await rosterExport(['--out', path, '--reason', '突き合わせ', '--encoding', 'cp932', '--scope', 'C04'], world.systemContext(), io)).toBe(0)
    expect(await rosterExport(['--reason', '突き合わせ', '--encoding', 'ebcdic'], world.systemContext(), io)).toBe(2)
  })

  it('records an export like the browser does, with who was at the terminal and why, and lets nothing out without a reason', async () => {
    await run(file('a.csv', rosterText([rosterCells(0)])), '--apply')
    const context = { ...world.systemContext(), systemUser: 'yamada' }
    const path = join(folder, 'reasoned.csv')
    for (const argv of [['--out', path], ['--out', path, '--reason', '  ']]) expect(await rosterExport(argv, context, io)).toBe(2)
    expect(existsSync(path)).toBe(false)
    expect(await rosterExport(['--out', path, '--scope', '', '--reason', '年度末の突き合わせ'], context, io)).toBe(0)
    const sha = sha256(readFileSync(path))
    expect(await world.db.selectFrom('access_log').selectAll().execute()).toMatchObject([{ actor_account_id: null, actor_system: 'yamada', act: 'export', subject_kind: 'roster', subject_id: '=', reason: '年度末の突き合わせ', sha256: sha }])
    expect(await world.db.selectFrom('export_record').selectAll().execute()).toMatchObject([{ actor_account_id: null, actor_system: 'yamada', reason: '年度末の突き合わせ', sha256: sha }])
    const [entry] = await world.db.selectFrom('ledger_entry as e').innerJoin('ledger_payload as p', 'p.entry_id', 'e.id').select(['p.bytes', 'p.salt', 'e.commitment']).where('e.type', '=', 'record.taken').execute()
    expect(JSON.parse(new TextDecoder().decode(entry!.bytes))).toMatchObject({ actor: { system: 'yamada' }, act: 'export', kind: 'roster', of: '=', reason: '年度末の突き合わせ', sha256: sha, subject: null })
    expect(commitmentOf(entry!.salt, entry!.bytes)).toBe(entry!.commitment)
  })
})
