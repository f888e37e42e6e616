import { beforeEach, expect, it } from 'vitest'
import { draftImport, previewImport } from '../../app/commands/draft-import.server'
import { applyEdit, draftEdit, editPerson } from '../../app/commands/edit-person.server'
import { rebuildDerived } from '../../app/commands/rebuild-derived.server'
import { importDraft, importRoster } from '../../app/commands/import-roster.server'
import { dayOf, DAY_MS, OPEN_INSTANT, type Day } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { onBothEngines } from '../support/database'
import { expectSound } from '../support/register'
import { bytesOf, rosterCells, rosterText, type RosterCells } from '../support/roster'
import { NOW, World, type TestPerson } from '../support/world'

const request = (rows: RosterCells[], scope: string | null = null) => ({ files: { roster: bytesOf(rosterText(rows)) }, fileName: 'r.csv', scope })

onBothEngines('previews that wait to be applied', (engine) => {
  let world: World
  let hr: TestPerson
  beforeEach(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ number: 'HR-1', role: 'hr' })
  })
  const draft = async (rows: RosterCells[]) => {
    const answer = await draftImport(await world.contextOf(hr), request(rows, ''))
    if (isRefusal(answer)) throw new Error(answer.refused)
    return answer
  }
  const asOf = async (number: string, on: Day, knownAt: number) =>
    (await world.db.selectFrom('engagement_version as v').innerJoin('engagement as e', 'e.id', 'v.engagement_id').select('v.display_name').where('e.number', '=', number)
      .where('v.valid_from', '<=', on).where('v.valid_to', '>', on).where('v.recorded_at', '<=', knownAt).where('v.superseded_at', '>', knownAt).execute()).map(({ display_name }) => display_name)

  it('are not made of more rows than others can wait for', async () => {
    const { report } = await draft(Array.from({ length: 20_001 }, (_, at) => rosterCells(at)))
    expect(report).toMatchObject({ bad: [{ reason: 'tooManyRows', hint: '20000' }], people: [] })
  })

  it('are applied once, however often somebody clicks', async () => {
    const { draftId, report } = await draft([rosterCells(0), rosterCells(1)])
    expect(report).toMatchObject({ counts: { new: 2, missing: 1, registered: 1 } })
    const context = await world.contextOf(hr)
    const answers = await Promise.all([importDraft(context, draftId), importDraft(context, draftId)])
    expect(answers[0]).toEqual(answers[1])
    expect(await importDraft(context, draftId)).toEqual(answers[0])
    expect(await world.db.selectFrom('change_set').select('id').where('kind', '=', 'import').execute()).toHaveLength(1)
    expect(await world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'roster.imported').execute()).toHaveLength(1)
    expect(await world.db.selectFrom('import_draft').select('id').execute()).toEqual([])
  })

  it('are refused when what was compared has changed, and not when something else has', async () => {
    await importRoster(world.systemContext(), request([rosterCells(0), rosterCells(1)]))
    const first = await draft([{ ...rosterCells(0), 氏名: '甲 乙' }, rosterCells(1)])
    await editPerson(world.systemContext(), { expect: 'known', cells: { 従事者番号: '000002', 氏名: '別 人' }, note: '' })
    expect(await importDraft(await world.contextOf(hr), first.draftId)).toMatchObject({ refused: 'rosterChanged' })
    expect(await asOf('000001', '2026-11-20', OPEN_INSTANT - 1)).toEqual([rosterCells(0).氏名])
    await world.addCompany('K9', '委託', 'contractor')
    const second = await draft([{ ...rosterCells(0), 氏名: '甲 乙' }])
    await world.addPerson({ number: 'X-1', company: 'K9', kind: 'contractorWorker' })
    expect(await importDraft(await world.contextOf(hr), second.draftId)).toMatchObject({ counts: { changed: 1 } })
  })

  it('expire, belong to who made them, and keep nothing of a file that is wrong', async () => {
    const { draftId } = await draft([rosterCells(0)])
    const other = await world.addPerson({ number: 'HR-2', role: 'hr' })
    expect(await importDraft(await world.contextOf(other), draftId)).toMatchObject({ refused: 'draftGone' })
    const context = await world.contextOf(hr)
    expect(await importDraft({ ...context, now: NOW + DAY_MS }, draftId)).toMatchObject({ refused: 'draftGone' })
    const bad = await draft([{ ...rosterCells(0), 従事者番号: '1234 5678 9018' }, { ...rosterCells(1), 雇用形態: '社員' }])
    const { roster, report } = await world.db.selectFrom('import_draft').selectAll().where('id', '=', bad.draftId).executeTakeFirstOrThrow()
    expect(roster.byteLength).toBe(0)
    expect(report.replace(/\D/g, '')).not.toContain('123456789018')
    expect(await importDraft(context, bad.draftId)).toMatchObject({ refused: 'rosterHasErrors' })
    expect(await world.db.selectFrom('engagement').select('id').where('number', '=', '000002').execute()).toEqual([])
  })

  it('of edits add, correct, end and send on leave through the same path', async () => {
    const context = await world.contextOf(hr)
    const edit = async (change: Parameters<typeof draftEdit>[1]) => {
      const drafted = await draftEdit(context, change)
      if ('bad' in drafted) return drafted.bad.map(({ column, reason }) => `${column} ${reason}`)
      if (isRefusal(drafted)) return drafted.refused
      const applied = await applyEdit(context, drafted.draftId)
      expect(await applyEdit(context, drafted.draftId)).toEqual(applied)
      return isRefusal(applied) ? applied.refused : drafted.report.people[0]!.fields.map(({ column }) => column)
    }
    const cells = { ...rosterCells(0), 従事者番号: 'N-1', 在籍開始日: '2026-11-01', メール: 'n1@mail.internal' }
    expect(await edit({ expect: 'new', cells, note: '' })).toEqual([])
    expect(await edit({ expect: 'new', cells, note: '' })).toEqual(['従事者番号 numberTaken'])
    expect(await edit({ expect: 'known', cells: { 従事者番号: 'N-1', 氏名: '=SUM(A1)' }, note: '' })).toEqual(['氏名 formula'])
    expect(await edit({ expect: 'known', cells: { 従事者番号: 'N-1', フリガナ: 'ベツ ヒト', 氏名: '別 人' }, effectiveOn: '2026-11-10', note: '婚姻' })).toEqual(['氏名', 'フリガナ'])
    expect([await asOf('N-1', '2026-11-09', OPEN_INSTANT - 1), await asOf('N-1', '2026-11-10', OPEN_INSTANT - 1)]).toEqual([[cells.氏名], ['別 人']])
    expect(await edit({ expect: 'known', cells: { 従事者番号: 'N-1' }, leave: { was: null, is: { from: '2026-11-15', lastDay: '', reason: 'parental' } }, note: '' })).toEqual(['休職'])
    expect((await world.db.selectFrom('engagement_current').select('on_leave').where('number', '=', 'N-1').executeTakeFirstOrThrow()).on_leave).toBe(1)
    expect(await edit({ expect: 'known', cells: { 従事者番号: 'N-1', 在籍終了日: '2026-12-31' }, note: '' })).toEqual(['在籍終了日'])
    expect(await edit({ expect: 'known', cells: { 従事者番号: 'N-1', 在籍終了日: '2026-12-31' }, note: '' })).toBe('rosterNothingToDo')
    expect(await world.db.selectFrom('mail').select('to_address').where('template', '=', 'invitation').execute()).toEqual([{ to_address: 'n1@mail.internal' }])
    expect(await world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'roster.edited').execute()).toHaveLength(4)
  })

  it('tell what was true on a day as known at an instant', async () => {
    const rows = [rosterCells(0)]
    await importRoster(world.systemContext(), request(rows))
    const [was, before] = [rosterCells(0).氏名, world.now]
    world.now += 3 * DAY_MS
    await importRoster(world.systemContext(), request([{ ...rows[0], 氏名: '三浦 千尋' }]))
    for (const [on, known, name] of [['2026-11-20', before, was], ['2026-11-24', before, was], ['2026-11-22', world.now, was], ['2026-11-23', world.now, '三浦 千尋'], ['2027-01-01', world.now, '三浦 千尋']] as const) expect(await asOf('000001', on, known), `${on} known ${known}`).toEqual([name])
  })

  it('bring two imports at once behind one another', async () => {
    const answers = await Promise.all([0, 1, 2, 3].map((at) => importRoster(world.systemContext(), request([rosterCells(at), rosterCells(9)], ''))))
    expect(answers.map((answer) => isRefusal(answer))).toEqual([false, false, false, false])
    expect(await world.db.selectFrom('engagement').select('number').where('number', '=', '000010').execute()).toHaveLength(1)
    const instants = await world.db.selectFrom('change_set').select('at').where('kind', '=', 'import').execute()
    expect(new Set(instants.map(({ at }) => at)).size).toBe(4)
  })

  it('are not needed for the passing of days: the night brings derived rows up', async () => {
    await importRoster(world.systemContext(), request([rosterCells(0)]))
    await editPerson(world.systemContext(), { expect: 'known', cells: { 従事者番号: '000001' }, leave: { was: null, is: { from: '2026-11-25', lastDay: '2026-12-31', reason: 'leave' } }, note: '' })
    world.now += 7 * DAY_MS
    expect(await rebuildDerived(world.systemContext())).toEqual({ looked: 2, mended: 2, lines: 1 })
    expect(await rebuildDerived(world.systemContext())).toEqual({ looked: 2, mended: 0, lines: 0 })
    await expectSound(world.db, dayOf(world.now))
    expect((await world.db.selectFrom('engagement_current').select('on_leave').where('number', '=', '000001').executeTakeFirstOrThrow()).on_leave).toBe(1)
  })

  it('show a hidden contractor worker by number only, and write to nobody past the company', async () => {
    await world.addCompany('K1', '委託', 'contractor', false)
    const worker = { ...rosterCells(0), 従事者番号: 'W-1', 雇用形態: '委託先従業者', 会社コード: 'K1', 所属コード: '', 所属名: '', メール: 'w@x.example' }
    const { report } = await previewImport(world.systemContext(), request([worker]))
    expect(report).toMatchObject({ people: [{ number: 'W-1', name: null }], effect: { mails: 0, slips: 0, throughCompany: 1 } })
    await importRoster(world.systemContext(), request([worker]))
    expect(await world.db.selectFrom('mail').selectAll().execute()).toEqual([])
    const renamed = await previewImport(world.systemContext(), request([{ ...worker, 氏名: '別 人' }]))
    expect(renamed.report.people[0]).toMatchObject({ name: null, fields: [{ column: '氏名', was: '', is: '' }] })
  })
})
