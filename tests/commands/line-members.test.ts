import { expect, it } from 'vitest'
import { answerQuestion } from '../../app/commands/answer-learner.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { editPerson } from '../../app/commands/edit-person.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { rebuildDerived } from '../../app/commands/rebuild-derived.server'
import { reopenDeclined } from '../../app/commands/reopen-pledge.server'
import { showPage } from '../../app/commands/show-page.server'
import { renderFor } from '../../app/content/in-use.server'
import { addDays, DAY_MS, dayOf, OPEN_INSTANT } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { importRoster } from '../../app/commands/import-roster.server'
import { inTransaction } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import { onBothEngines } from '../support/database'
import { trueLines } from '../support/lines'
import { readPledge, signRead } from '../support/pledges'
import { bytesOf, rosterText, type RosterCells } from '../support/roster'
import { World } from '../support/world'

/** Numbers that look random and are the same every time. */
function dice(seed: number) {
  let at = seed
  return (below: number) => (at = (at * 48_271) % 2_147_483_647) % below
}

const UNITS = '所属コード,所属名,上位所属コード,所属長番号,有効開始日\n'

onBothEngines('who stands in whose line', (engine) => {
  it('follows whatever happens: reading, signing, asking, answering, leave, moves, plans and nights', async () => {
    const world = await World.make(engine)
    const roll = dice(engine === 'SQLite' ? 11 : 17)
    const hr = await world.addPerson({ role: 'hr', password: true })
    const people: RosterCells[] = Array.from({ length: 9 }, (_, at) => ({ 従事者番号: `T${at}`, 氏名: `試験 ${at}`, 雇用形態: at === 8 ? 'パート' : '正社員', 所属コード: `U${at % 3}`, 上長番号: at > 3 ? `T${at % 3}` : '', 在籍開始日: '2026-11-02', 取扱区分: '通信の秘密' }))
    const bring = (rows: readonly RosterCells[], units: string) => importRoster(world.systemContext(), { files: { roster: rows.length === 0 ? null : bytesOf(rosterText(rows, ['従事者番号', '氏名', '雇用形態', '所属コード', '上長番号', '在籍開始日', '取扱区分'])), companies: null, units: bytesOf(UNITS + units) }, fileName: 'r.csv', scope: null, part: true }, { invite: false })
    expect(isRefusal(await bring(people, 'U0,本社,,,2020-04-01\nU1,仙台,U0,T1,2020-04-01\nU2,夜間,U1,T2,2020-04-01\n'))).toBe(false)
    const ids = (await world.db.selectFrom('engagement').select(['id', 'number', 'person_id']).where('number', 'like', 'T%').orderBy('number').execute())
    const office = await world.contextOf(hr)
    // the office's session outlives the nights of this test
    const atOffice = () => ({ ...office, now: world.now })
    const hash = (await world.db.selectFrom('account').select('password_hash').where('id', '=', hr.accountId).executeTakeFirstOrThrow()).password_hash
    await world.db.updateTable('account').set({ password_hash: hash, notice_version: world.app.library.notice.version, notice_at: 1 }).execute()
    const contextOf = async (at: number) => {
      const { viewer } = office
      const account = await world.db.selectFrom('account').select('id').where('person_id', '=', ids[at]!.person_id).executeTakeFirstOrThrow()
      const version = await world.db.selectFrom('engagement_version').selectAll().where('engagement_id', '=', ids[at]!.id).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', dayOf(world.now)).where('valid_to', '>', dayOf(world.now)).executeTakeFirst()
      return { ...atOffice(), viewer: { ...viewer, accountId: account.id, personId: ids[at]!.person_id, name: `試験 ${at}`, roles: [], engagements: version ? [{ ...viewer.engagements[0]!, id: ids[at]!.id, number: `T${at}`, name: `試験 ${at}`, kind: version.kind, relation: 'own' as const, under18Until: '' }] : [] } }
    }
    // of two people only the pledge is left, so that what they answer is all there is to say about them
    const modules = (await world.db.selectFrom('assignment').select('id').where('engagement_id', 'in', [ids[1]!.id, ids[2]!.id]).where('target_kind', '=', 'module').execute()).map(({ id }) => id)
    await world.db.updateTable('assignment').set({ settled_as: 'completed', settled_at: world.now }).where('id', 'in', modules).execute()
    await inTransaction(world.db, (tx) => refreshLine(tx, [ids[1]!.id, ids[2]!.id], dayOf(world.now)))
    const dutyOf = async (at: number, kind: 'module' | 'pledge', open = true) =>
      world.db.selectFrom('assignment').select(['id', 'target_slug']).where('engagement_id', '=', ids[at]!.id).where('target_kind', '=', kind).where('settled_at', open ? '=' : '<', OPEN_INSTANT).where('period', '!=', 'exit').orderBy('id').executeTakeFirst()
    const done: string[] = []
    let parent = 'U1'
    const acts: Record<string, (at: number) => Promise<unknown>> = {
      read: async (at) => {
        const [context, duty] = [await contextOf(at), await dutyOf(at, 'module')]
        const version = duty && context.library.current('module', duty.target_slug)
        if (!version || context.viewer.engagements.length === 0) return undefined
        return showPage(context, { assignmentId: duty.id, page: 1, sha256: renderFor(context.library, version, version.meta.sections[0]!.id, context.viewer.engagements[0]!, { furigana: false, track: 'ja' })!.sha256 })
      },
      sign: async (at) => {
        const [context, duty] = [await contextOf(at), await dutyOf(at, 'pledge')]
        return duty && context.viewer.engagements.length > 0 && signRead(context, duty.id, await readPledge(world, context, duty.id))
      },
      ask: async (at) => { const duty = await dutyOf(at, 'pledge'); return duty && declinePledge(await contextOf(at), { assignmentId: duty.id, outcome: 'question', words: '' }) },
      decline: async (at) => { const duty = await dutyOf(at, 'pledge'); return duty && declinePledge(await contextOf(at), { assignmentId: duty.id, outcome: 'declined', words: '' }) },
      answer: async (at) => { const duty = await dutyOf(at, 'pledge'); return duty && answerQuestion(atOffice(), { assignmentId: duty.id, words: 'はい', as: 'operator' }) },
      reopen: async (at) => { const duty = await dutyOf(at, 'pledge', false); return duty && reopenDeclined(atOffice(), { assignmentId: duty.id, dueOn: addDays(dayOf(world.now), 7), words: 'どうぞ' }) },
      leave: async (at) => editPerson(atOffice(), { expect: 'known', cells: { 従事者番号: `T${at}` }, leave: { was: null, is: { from: addDays(dayOf(world.now), roll(4) - 1), lastDay: addDays(dayOf(world.now), 2 + roll(5)), reason: 'leave' } }, note: '' }),
      move: async (at) => editPerson(atOffice(), { expect: 'known', cells: { 従事者番号: `T${at}`, 所属コード: `U${roll(3)}`, 上長番号: roll(2) === 0 ? '' : `T${(at + 1) % 9}` }, note: '' }),
      retie: async () => bring([], `U2,夜間,${(parent = parent === 'U0' ? 'U1' : 'U0')},T2,2020-04-01\n`),
      night: async () => { world.now += DAY_MS; await rebuildDerived(world.systemContext()); return planAssignments(world.systemContext(), 'all') },
    }
    const names = Object.keys(acts)
    // each thing once where it surely can happen, then whatever the dice say
    const first: [string, number][] = [['ask', 1], ['answer', 1], ['decline', 2], ['reopen', 2], ['read', 3], ['sign', 4], ['leave', 5], ['move', 6], ['retie', 0], ['night', 0]]
    for (let turn = 0; turn < 35; turn++) {
      const [name, at] = first[turn] ?? [names[roll(names.length)]!, roll(9)]
      const answer = await acts[name]!(at)
      if (answer !== undefined && answer !== false && !isRefusal(answer as object)) done.push(name)
      const key = (row: object) => JSON.stringify(Object.entries(row).sort())
      expect((await world.db.selectFrom('line_member').selectAll().execute()).map(key).sort(), `${turn} ${name}`).toEqual((await trueLines(world.db, dayOf(world.now))).map(key).sort())
    }
    for (const name of Object.keys(acts)) expect(done, name).toContain(name)
  })
})
