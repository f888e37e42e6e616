import { beforeAll, expect, it } from 'vitest'
import { composeLetter } from '../../app/content/request-letter.server'
import { lineOf } from '../../app/domain/access'
import { addDays, dayOf, OPEN_DAY, startOf, type Day } from '../../app/domain/calendar'
import { askingOf, isOpenOn, isUnder, KIND_GROUPS, placeOf, tabCounts, TABS, type Bucket, type Tab } from '../../app/domain/line'
import { wayTo } from '../../app/domain/reminder'
import * as team from '../../app/routes/team/team'
import { listAskables } from '../../db/askables.server'
import { inTransaction } from '../../db/database.server'
import { findLineHead } from '../../db/line-head.server'
import { countLargeLines, countLine, lineKeyOf, listLine, replaceLineCounts, type LineFilter } from '../../db/line-list.server'
import { refreshLine } from '../../db/line-members.server'
import { listTeamDuties, listTeamPeople } from '../../db/team.server'
import { onBothEngines } from '../support/database'
import { trueLines, type TrueLine } from '../support/lines'
import { NOW, World, type TestPerson } from '../support/world'

const TODAY = dayOf(NOW)
const HEAD = { mostUnits: 9, today: TODAY }
const KANA = ['サトウ ケン', 'サトウ ケン', 'タカハシ ミサキ', 'ヨシダ アヤ', '𠮷ダ', 'ｱｵｷ', 'ワタナベ サクラ']

/** Numbers that look random and are the same every time. */
function dice(seed: number) {
  let at = seed
  return (below: number) => (at = (at * 48_271) % 2_147_483_647) % below
}

onBothEngines('the list of a line', (engine) => {
  let world: World
  const heads: TestPerson[] = []
  const units: string[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('C', '青葉設備', 'contractor')
    await world.addCompany('A', 'れいだいスタッフ', 'agency')
    const roll = dice(7)
    const refusing = dice(11)
    const away = dice(13)
    const decline = (id: string) => world.db.insertInto('pledge_act').values({ id: world.app.newId(), assignment_id: id, outcome: 'declined', template: 'PL2', version: '1', track: 'ja', addressee_company_id: world.companyId(''), statement_sha256: 'a'.repeat(64), pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: '', auth_method: '', credential_origin: '', evidence_grade: '', signed_at: 1, signed_at_text: '', address: '', agent: '', note: '', receipt: world.app.newId(), settle_slot: null } as never).execute()
    for (let at = 0; at < 7; at++) units.push(await world.addUnit(`U${at}`, `部${at}`, at === 0 ? undefined : units[roll(at)]))
    const head = (at: number, extra: Parameters<World['addPerson']>[0] = {}) => world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: units[at]! }, unit: units[at]!, ...extra })
    heads.push(await head(0), await head(1), await head(3))
    heads.push(await world.addPerson({ unit: units[2]!, supervisor: heads[0]! }), await world.addPerson({ role: 'protectionManager', roleScope: { kind: 'unit', id: units[2]! }, supervisor: heads[1]! }))
    for (let at = 0; at < 70; at++) {
      const kind = (['regular', 'partTime', 'dispatched', 'contractorWorker', 'casual', 'officer'] as const)[roll(6)]!
      const person = await world.addPerson({
        kind, company: kind === 'dispatched' ? 'A' : kind === 'contractorWorker' ? 'C' : '', kana: KANA[roll(KANA.length)]!, ...(roll(5) > 0 && { unit: units[roll(units.length)]! }), ...(roll(3) === 0 && { supervisor: heads[roll(heads.length)]! }),
        from: roll(9) === 0 ? addDays(TODAY, 1 + roll(20)) : '2024-04-01', to: roll(9) === 0 ? addDays(TODAY, roll(4) - 1) : OPEN_DAY,
      })
      for (let duty = roll(4); duty > 0; duty--) {
        const due = addDays(TODAY, roll(30) - 15)
        const id = await world.addAssignment(person, { kind: (['module', 'pledge', 'certificate'] as const)[roll(3)]!, slug: `S${duty}`, period: `FY20${24 + roll(3)}`, due, opens: roll(8) === 0 ? addDays(TODAY, 3) : addDays(TODAY, -30) })
        const fate = roll(7)
        if (fate > 3 && refusing(4) === 0) await decline(id)
        if (fate < 4) await world.db.updateTable('assignment').set({ settled_as: (['completed', 'declined', 'exempted', 'ended'] as const)[fate]!, settled_at: startOf(addDays(due, roll(3) - 1)) }).where('id', '=', id).execute()
        else if (fate === 4) for (const [at, kind] of ['suspend', 'resume', 'suspend'].entries()) await world.db.insertInto('assignment_event').values({ id: world.app.newId(), assignment_id: id, kind, new_due_on: null, reason_code: 'question', note: '', requested_by: null, approved_by: null, at: at + 1, refs: '{}' } as never).execute()
        else if (fate === 5) await world.db.insertInto('assignment_event').values({ id: world.app.newId(), assignment_id: id, kind: 'defer', new_due_on: due, reason_code: 'trip', note: '', requested_by: null, approved_by: null, at: 1, refs: '{}' } as never).execute()
        else await world.db.insertInto('page_shown').values({ assignment_id: id, version: '1', track: 'ja', page: 'a', rendered_sha256: 'a'.repeat(64), first_at: 1, last_at: 1, seconds: 1 }).execute()
      }
      if (away(9) === 0) {
        await world.db.insertInto('leave_period').values({ ...world.fact('2026-11-01', '2026-12-31'), engagement_id: person.engagementId, reason_code: 'childcare' }).execute()
        await world.db.updateTable('engagement_current').set({ on_leave: 1 }).where('engagement_id', '=', person.engagementId).execute()
      }
      await inTransaction(world.db, (tx) => refreshLine(tx, [person.engagementId], TODAY))
    }
  })

  const bytes = (text: string) => Buffer.from(text, 'utf8')
  const before = (a: readonly string[], b: readonly string[]) => a.reduce((sum, part, at) => sum || Buffer.compare(bytes(part), bytes(b[at]!)), 0)

  /** Whom a viewer answers for, by walking the tree and looking at everybody. */
  async function truth(viewer: { roles: readonly { scopeKind: string; scopeId: string }[]; personId: string }): Promise<TrueLine[]> {
    const persons = new Map((await world.db.selectFrom('engagement_current').select(['engagement_id', 'person_id']).execute()).map((row) => [row.engagement_id, row.person_id]))
    const keys = new Set(viewer.roles.map(({ scopeId }) => scopeId))
    const mine = (await trueLines(world.db, TODAY)).filter((row) => keys.has(row.line_key) && persons.get(row.engagement_id) !== viewer.personId)
    return [...new Map(mine.map((row) => [row.engagement_id, row])).values()]
  }

  async function pages(filter: LineFilter, line: NonNullable<Awaited<ReturnType<typeof findLineHead>>>, limit: number) {
    const all: { engagementId: string; bucket: Bucket; nextDue: Day; sortKey: string }[] = []
    for (let after: string | null = null; ; after = lineKeyOf(all.at(-1)!)) {
      const page = await listLine(world.db, line, filter, { after, limit, today: TODAY })
      all.push(...page)
      if (page.length < limit) return all
    }
  }

  it('is who stands in the line, in order, for each tab, and the same as access says', async () => {
    let seen = 0
    for (const head of heads) {
      const { viewer } = await world.contextOf(head)
      const scope = lineOf(viewer)
      const line = (await findLineHead(world.db, scope, null, HEAD))!
      const wanted = await truth(viewer)
      seen += wanted.length
      for (const tab of TABS) {
        const under = wanted.filter((row) => isUnder(tab, { bucket: row.bucket, nextDue: row.next_due }, TODAY))
        const tuple = (row: TrueLine) => [row.next_due, row.sort_key, row.engagement_id]
        for (const order of ['due', 'name'] as const) {
          const sorted = [...under].sort((a, b) => before(tuple(a).slice(order === 'name' ? 1 : 0), tuple(b).slice(order === 'name' ? 1 : 0)))
          for (const counted of [null, { key: 'of many', at: 1 }]) {
            const listed = await pages({ tab, kinds: null, prefix: '', order }, { ...line, counted }, 4)
            expect(listed.map(({ engagementId }) => engagementId), `${tab} by ${order}${counted ? ', as of a large line' : ''}`).toEqual(sorted.map((row) => row.engagement_id))
          }
        }
        const part = await pages({ tab, kinds: KIND_GROUPS.hourly.kinds, prefix: '', order: 'due' }, line, 50)
        expect(part.map(({ engagementId }) => engagementId).sort()).toEqual(under.filter(({ kind }) => kind === 'partTime' || kind === 'casual').map((row) => row.engagement_id).sort())
      }
      const everybody = (await world.db.selectFrom('engagement_current').select('engagement_id').execute()).map(({ engagement_id }) => engagement_id)
      expect([...(await listTeamPeople(world.db, scope, everybody, TODAY)).keys()].sort(), 'what access opens').toEqual(wanted.map((row) => row.engagement_id).sort())
      expect(tabCounts(await countLine(world.db, line, null, TODAY), TODAY)).toEqual(tabCounts(wanted.map((row) => ({ bucket: row.bucket, nextDue: row.next_due, people: 1 })), TODAY))
    }
    expect(seen).toBeGreaterThan(60)
  })

  it('offers on its rows to ask whom the request then asks', async () => {
    const seen = new Set<string>()
    for (const head of heads) {
      const line = lineOf((await world.contextOf(head)).viewer)
      const everybody = (await world.db.selectFrom('engagement_current').select('engagement_id').execute()).map(({ engagement_id }) => engagement_id)
      const people = await listTeamPeople(world.db, line, everybody, TODAY)
      const duties = await listTeamDuties(world.db, [...people.keys()], 'open')
      const askables = await listAskables(world.db, [...people.keys()], { line }, TODAY)
      expect(askables.length).toBe(people.size)
      expect(new Set(duties.map(({ id }) => id)).size, 'each duty once').toBe(duties.length)
      for (const askable of askables) {
        const person = people.get(askable.engagementId)!
        if (person.relation === 'contract') continue
        const own = duties.filter(({ engagementId }) => engagementId === person.engagementId)
        const asking = askingOf(placeOf(own, person, TODAY), person, own.filter((duty) => isOpenOn(duty, TODAY)), TODAY)
        const way = wayTo({ ...askable, reached: true }, 'operator', TODAY)
        seen.add(asking.through ?? asking.why)
        expect(asking.through, JSON.stringify([person, own])).toBe(way.by === 'nobody' ? null : way.by === 'agency' ? 'agency' : 'person')
      }
    }
    expect([...seen].sort()).toEqual(expect.arrayContaining(['agency', 'answer', 'declined', 'deferred', 'nothing', 'person']))
  })

  it('is counted by the job as it is counted live', async () => {
    const live = await Promise.all(heads.map(async (head) => countLine(world.db, (await findLineHead(world.db, lineOf((await world.contextOf(head)).viewer), null, HEAD))!, KIND_GROUPS.employed.kinds, TODAY)))
    expect(await inTransaction(world.db, async (tx) => replaceLineCounts(tx, await countLargeLines(tx, TODAY, 5), NOW))).toBeGreaterThan(1)
    expect(await inTransaction(world.db, async (tx) => replaceLineCounts(tx, await countLargeLines(tx, TODAY, 5), NOW + 1))).toBe(0)
    for (const [at, head] of heads.entries()) {
      const line = (await findLineHead(world.db, lineOf((await world.contextOf(head)).viewer), null, HEAD))!
      const counted = await countLine(world.db, line, KIND_GROUPS.employed.kinds, TODAY)
      if (at < 2) expect(line.counted?.at).toBe(NOW + 1)
      expect(tabCounts(counted, TODAY)).toEqual(tabCounts(live[at]!, TODAY))
    }
    await inTransaction(world.db, (tx) => replaceLineCounts(tx, [], NOW))
    expect(await world.db.selectFrom('line_count').selectAll().execute()).toEqual([])
  })

  it('is counted in the weekly letter as on the page, and names there who is late', async () => {
    const seen = { open: 0, late: 0, soon: 0, leave: 0, stopped: 0 }
    for (const head of heads) {
      const letter = await composeLetter(world.systemContext(), { id: '', template: 'managerDigest', recipient_id: head.accountId, props: '{}' })
      const page = await team.loader(world.args(world.request('/team?tab=late', head)))
      const tabs = Object.fromEntries([...TABS.map((tab) => [tab, 0] as const), ...page.tabs.map(({ tab, count }) => [tab, count] as const)]) as Record<Tab, number>
      if (tabs.open === 0) expect(letter).toEqual({ needless: 'done' })
      else {
        if (!('props' in letter) || !('onLeave' in letter.props)) throw new Error(JSON.stringify(letter))
        const { open, late, soon, onLeave, people } = letter.props
        expect({ open, late, soon, leave: onLeave }).toEqual({ open: tabs.open, late: tabs.late, soon: tabs.soon, leave: tabs.leave })
        expect(people.map(({ who, days }) => `期限超過 ${days}日 ${who.split('(')[1]!.split('・')[0]}`)).toEqual(page.rows.map(({ place, number }) => `${place} ${number}`).slice(0, 20))
        seen.stopped += tabs.hold
      }
      for (const tab of ['open', 'late', 'soon', 'leave'] as const) seen[tab] += tabs[tab]
    }
    for (const [what, people] of Object.entries(seen)) expect(people, what).toBeGreaterThan(0)
  })

  it('is narrowed to one unit of the line, and to no other', async () => {
    const scope = lineOf((await world.contextOf(heads[1]!)).viewer)
    const below = await world.db.selectFrom('unit_closure').select('unit_id').where('ancestor_id', '=', units[1]!).execute()
    for (const unit of units) expect((await findLineHead(world.db, scope, unit, HEAD)) !== undefined).toBe(below.some(({ unit_id }) => unit_id === unit))
  })

  it('looks for companies at work in a large line only when asked for them', async () => {
    const scope = lineOf((await world.contextOf(heads[0]!)).viewer)
    const asked = async (companies?: 'ofSmall' | 'ofAny') => (await findLineHead(world.db, scope, null, { ...HEAD, ...(companies && { companies }) }))!.hasCompanies
    expect([await asked('ofSmall'), await asked('ofAny'), await asked()]).toEqual([true, true, false])
    await world.db.insertInto('line_count').values({ line_key: units[0]!, bucket: 'todo', next_due: TODAY, kind: 'regular', people: 1, at: 1 }).execute()
    expect([await asked('ofSmall'), await asked('ofAny')]).toEqual([false, true])
    await world.db.deleteFrom('line_count').where('line_key', '=', units[0]!).execute()
  })
})
