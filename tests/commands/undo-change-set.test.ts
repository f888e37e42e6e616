import fc from 'fast-check'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { giveRole } from '../../app/commands/appoint.server'
import { editPerson } from '../../app/commands/edit-person.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { issueSlips } from '../../app/commands/issue-code.server'
import { redeemCode } from '../../app/commands/redeem-code.server'
import { signIn } from '../../app/commands/sign-in.server'
import { previewUndo, undoChangeSet } from '../../app/commands/undo-change-set.server'
import { dayOf, DAY_MS } from '../../app/domain/calendar'
import type { Role } from '../../app/domain/people'
import { isRefusal } from '../../app/domain/refusal'
import { loader as editForm } from '../../app/routes/people/edit'
import { loader as search } from '../../app/routes/people/search'
import { recordNotice } from '../../db/accounts.server'
import { inTransaction, insertRows } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { expectSound, snapshot } from '../support/register'
import { bytesOf, rosterCells, rosterText, type RosterCells } from '../support/roster'
import { NOW, World, type TestPerson } from '../support/world'

const request = (rows: RosterCells[]) => ({ files: { roster: bytesOf(rosterText(rows)) }, fileName: 'r.csv', scope: null })

onBothEngines('undoing a change set', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await World.make(engine)
  })
  const apply = async (rows: RosterCells[]) => {
    const answer = await importRoster(world.systemContext(), request(rows), { confirmLeaving: true })
    if (isRefusal(answer)) throw new Error(JSON.stringify(answer))
    return answer.changeSetId
  }

  it('restores what was superseded, once, within 30 days', async () => {
    const rows: RosterCells[] = [0, 1, 2].map((at) => rosterCells(at))
    await apply(rows)
    const before = await snapshot(world.db)
    rows[1] = { ...rows[1], 氏名: '三浦 健', 所属コード: 'X1', 所属名: '新しい部', メール: 'new@bench.example' }
    rows.push(rosterCells(7))
    const changeSetId = await apply(rows)
    const preview = await previewUndo(world.systemContext(), changeSetId)
    if ('refused' in preview) throw new Error(preview.refused)
    expect(preview.leftOut).toEqual([])
    expect(preview.restored.map(({ kind, code, gone }) => `${kind} ${code}${gone ? ' gone' : ''}`).sort()).toEqual(['person 000002', 'person 000008 gone', 'unit D007 gone', 'unit X1 gone'])
    world.now = NOW + 31 * DAY_MS
    expect(await undoChangeSet(world.systemContext(), changeSetId)).toMatchObject({ refused: 'undoTooLate' })
    world.now = NOW + 29 * DAY_MS
    expect(await undoChangeSet(world.systemContext(), changeSetId, { baseSha256: preview.baseSha256 })).toMatchObject({ restored: 4, leftOut: 0 })
    expect(await snapshot(world.db)).toEqual(before)
    await expectSound(world.db, dayOf(world.now))
    expect(await undoChangeSet(world.systemContext(), changeSetId)).toMatchObject({ refused: 'alreadyUndone' })
    expect(await world.db.selectFrom('login_identifier').select('folded').where('folded', '=', 'new@bench.example').execute()).toEqual([])
    expect((await world.db.selectFrom('assignment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select('a.settled_as').where('e.number', '=', '000008').execute()).every(({ settled_as }) => settled_as === 'withdrawn')).toBe(true)
  })

  it('leaves out what was touched since, what bears evidence, and what these need', async () => {
    await apply([rosterCells(0)])
    const changeSetId = await apply([rosterCells(0), rosterCells(1), rosterCells(2), { ...rosterCells(3), 上長番号: '000002' }])
    await editPerson(world.systemContext(), { expect: 'known', cells: { 従事者番号: '000003', 氏名: '別の 名前' }, note: '' })
    const { id } = await world.db.selectFrom('assignment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select('a.id').where('e.number', '=', '000004').executeTakeFirstOrThrow()
    await inTransaction(world.db, (tx) => insertRows(tx, 'page_shown', [{ assignment_id: id, version: '1.0', track: 'ja', page: 'a', rendered_sha256: 'a'.repeat(64), first_at: 1, last_at: 1, seconds: 1 }]))
    const preview = await previewUndo(world.systemContext(), changeSetId)
    if ('refused' in preview) throw new Error(preview.refused)
    expect(preview.leftOut.map(({ kind, code, reason }) => `${kind} ${code} ${reason}`).sort()).toEqual([
      'person 000002 stillUsed', 'person 000003 touchedSince', 'person 000004 bearsEvidence', 'unit D001 stillUsed', 'unit D002 stillUsed', 'unit D003 stillUsed',
    ])
    expect(await undoChangeSet(world.systemContext(), changeSetId)).toMatchObject({ refused: 'nothingToUndo' })
  })

  it('leaves out whoever holds or has held a role, says so, and lets HR mend them singly', async () => {
    const [hr, admin] = [await world.addPerson({ number: 'HR-1', role: 'hr' }), await world.addPerson({ number: 'AD-1', role: 'systemAdministrator' })]
    const changeSetId = await apply([0, 1, 2, 3].map((at) => rosterCells(at)))
    world.now += 60_000
    const give = async (by: TestPerson, number: string, role: Role, scopeCode: string, lastDay: string) => expect(isRefusal(await giveRole(await world.contextOf(by), { number, role, scopeCode, from: dayOf(NOW), lastDay }))).toBe(false)
    await give(hr, '000001', 'unitHead', 'D000', '')
    await give(admin, '000002', 'hr', '', '')
    await give(admin, '000003', 'hr', '', dayOf(NOW + DAY_MS))
    const later = { ...(await world.contextOf(hr)), now: NOW + 3 * DAY_MS }
    const preview = await previewUndo(later, changeSetId)
    if ('refused' in preview) throw new Error(preview.refused)
    expect(preview.leftOut.filter(({ kind }) => kind === 'person').map(({ code, reason }) => `${code} ${reason}`)).toEqual(['000001 hasRole', '000002 officeNotYours', '000003 hasRole'])
    for (const number of ['000001', '000002', '000003']) {
      expect(preview.restored.map(({ code }) => code)).not.toContain(number)
      const [found] = (await search(world.args(world.request(`/people?q=${number}`, hr)))).people
      await world.openRecord(hr, found!.engagementId)
      expect((await editForm(world.args(world.request('/', hr), { engagementId: found!.engagementId }))).form).toBeTruthy()
      expect(isRefusal(await editPerson(later, { expect: 'known', cells: { 従事者番号: number, 氏名: '正しい 名前', 在籍終了日: dayOf(later.now) }, note: '' }))).toBe(false)
    }
    expect(await undoChangeSet(later, changeSetId)).toMatchObject({ restored: 2 })
  })

  const accountsOf = (number: string) => world.db.selectFrom('engagement as e').innerJoin('account as a', 'a.person_id', 'e.person_id').selectAll('a').select(['e.id as engagementId', 'e.sequence']).where('e.number', '=', number).orderBy('e.sequence').execute()
  const rowOf = (at: number, name: string): RosterCells => ({ ...rosterCells(at), 氏名: name })

  it('leaves nothing of a person whose registration is undone to whoever gets the number next', async () => {
    const hr = await world.addPerson({ number: 'HR-1', role: 'hr' })
    const at = (minutes: number) => ({ ...world.systemContext(), now: NOW + minutes * 60_000 })
    const changeSetId = await apply([rowOf(0, '甲野 太郎'), rowOf(1, '丙山 次郎')])
    const [first, waiting] = [(await accountsOf('000001'))[0]!, (await accountsOf('000002'))[0]!]
    const slips = await issueSlips(await world.contextOf(hr), [first.engagementId, waiting.engagementId])
    if (!Array.isArray(slips)) throw new Error(JSON.stringify(slips))
    const codeOf = (number: string) => slips.find((slip) => slip.number === number)!.code
    const entered = await redeemCode(at(1), { number: '000001', code: codeOf('000001'), password: 'かぜの-まちの-ねこ', shared: false })
    if (isRefusal(entered)) throw new Error(entered.refused)
    await inTransaction(world.db, (tx) => recordNotice(tx, first.id, '1.0', NOW))
    world.now = NOW + 10 * 60_000
    expect(isRefusal(await undoChangeSet(world.systemContext(), changeSetId))).toBe(false)
    expect((await accountsOf('000001'))[0]).toMatchObject({ password_hash: null, must_change: 0, notice_version: null, notice_at: null })
    for (const table of ['session', 'login_identifier'] as const) expect(await world.db.selectFrom(table).select('account_id').where('account_id', 'in', [first.id, waiting.id]).execute(), table).toEqual([])
    expect(await world.db.selectFrom('sign_in_code').select('account_id').where('used_at', 'is', null).where('revoked_at', 'is', null).execute()).toEqual([])

    await apply([rowOf(0, '乙川 花'), rowOf(1, '丁田 花')])
    const [, next] = await accountsOf('000001')
    expect(next).toMatchObject({ password_hash: null, notice_version: null, sequence: 2 })
    expect([next!.id === first.id, next!.person_id === first.person_id]).toEqual([false, false])
    expect(await signIn(at(30), { login: '000001', password: 'かぜの-まちの-ねこ', shared: false })).toMatchObject({ refused: 'wrongLogin' })
    expect(isRefusal(await redeemCode(at(31), { number: '000002', code: codeOf('000002'), password: 'かぜの-まちの-ねこ', shared: false }))).toBe(true)
    expect((await world.db.selectFrom('assignment').select('settled_as').where('engagement_id', '=', next!.engagementId).execute()).every(({ settled_as }) => settled_as === null)).toBe(true)
    expect(await world.db.selectFrom('login_identifier').select('account_id').where('folded', '=', '000001').execute()).toEqual([{ account_id: next!.id }])
  })

  it('takes nothing from a person of whom an older registration stays', async () => {
    await apply([{ ...rowOf(0, '甲野 太郎'), 在籍開始日: '2020-04-01', 在籍終了日: '2024-03-31' }])
    const [person] = await accountsOf('000001')
    await inTransaction(world.db, (tx) => recordNotice(tx, person!.id, '1.0', NOW))
    world.now += 60_000
    const again = await apply([{ ...rowOf(0, '甲野 太郎'), 在籍開始日: '2026-11-01' }])
    world.now += 60_000
    expect(await previewUndo(world.systemContext(), again)).toMatchObject({ restored: expect.arrayContaining([expect.objectContaining({ code: '000001', gone: false })]) })
    expect(isRefusal(await undoChangeSet(world.systemContext(), again))).toBe(false)
    expect((await accountsOf('000001'))[0]).toMatchObject({ notice_version: '1.0' })
    expect(await world.db.selectFrom('login_identifier').select('account_id').where('folded', '=', '000001').execute()).toEqual([{ account_id: person!.id }])
    await apply([{ ...rowOf(0, '甲野 太郎'), 在籍開始日: '2026-11-01' }])
    expect(new Set((await accountsOf('000001')).map(({ id }) => id))).toEqual(new Set([person!.id]))
    expect(await accountsOf('000001')).toHaveLength(2)
  })
})

/** Random histories of imports, edits and undoings on a few people. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('import' as const), who: fc.uniqueArray(fc.nat(4), { minLength: 1 }), name: fc.constantFrom('髙橋 美咲', '高橋 美咲', '𠮷田 健', '葛󠄀城 蓮'), unit: fc.constantFrom('U1', 'U2', ''), end: fc.constantFrom('', '2026-12-31', '2026-11-10'), start: fc.constantFrom('2024-04-01', '2026-11-25', '2027-02-01'), scope: fc.constantFrom('', '通信の秘密', '通信の秘密・個人情報') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), who: fc.nat(4), from: fc.constantFrom('2026-11-01', '2026-12-01') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(7) }) },
)

onBothEngines('histories of imports and undoings', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine)
  })

  it('stay sound, remember what was known, and undo to what was before', async () => {
    let run = 0
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
      const prefix = `R${++run}-`
      const sets: string[] = []
      const remembered: { at: number; lines: string[] }[] = []
      for (const one of steps) {
        world.now += 3_600_000
        const before = await snapshot(world.db)
        let made: string | undefined
        if (one.kind === 'import') {
          const rows = one.who.map((at): RosterCells => ({ 従事者番号: `${prefix}${at}`, 氏名: one.name, フリガナ: '', メール: '', 雇用形態: '正社員', 会社コード: '', 所属コード: one.unit && prefix + one.unit, 所属名: '', 上長番号: '', 在籍開始日: one.start, 在籍終了日: one.end >= one.start ? one.end : '', 取扱区分: one.scope, '18歳未満': '' }))
          const answer = await importRoster(world.systemContext(), request(rows), { confirmLeaving: true })
          if (!isRefusal(answer)) sets.push((made = answer.changeSetId))
        } else if (one.kind === 'leave') {
          const answer = await editPerson(world.systemContext(), { expect: 'known', cells: { 従事者番号: `${prefix}${one.who}` }, leave: { was: null, is: { from: one.from, lastDay: '', reason: 'leave' } }, note: '' })
          if (!isRefusal(answer)) sets.push((made = answer.changeSetId))
        } else if (sets.length > 0) await undoChangeSet(world.systemContext(), sets[one.which % sets.length]!)
        await expectSound(world.db, dayOf(world.now))
        for (const { at, lines } of remembered) expect(await snapshot(world.db, at)).toEqual(lines)
        if (made && one.kind === 'import' && run % 2 === 0) {
          world.now += 1000
          expect(isRefusal(await undoChangeSet(world.systemContext(), made))).toBe(false)
          expect(await snapshot(world.db)).toEqual(before)
        }
        const { at } = (await world.db.selectFrom('change_set').select(({ fn }) => fn.max('at').as('at')).executeTakeFirstOrThrow()) as { at: number }
        remembered.push({ at: Number(at), lines: await snapshot(world.db) })
      }
    }), { numRuns: 16, endOnFailure: true })
  }, 120_000)
})
