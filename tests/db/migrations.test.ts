import { sql, type Kysely } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { OPEN_DAY, OPEN_INSTANT } from '../../app/domain/calendar'
import type { PledgeActTable } from '../../db/schema'
import { up } from '../../db/migrations/0006-read-at-once'
import { up as readByIndex } from '../../db/migrations/0007-read-by-index'
import { replaceIndex } from '../../db/migrations/table'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const HASH = 'a'.repeat(64)
const NARROW = 'settled_at, due_on, engagement_id'
const WIDE = `${NARROW}, settled_as, target_kind, target_slug, period, settled_version, settled_route`
/** As it was before 0007. */
const narrowed = (world: World) => replaceIndex(world.db as unknown as Kysely<never>, 'assignment', { from: WIDE, to: NARROW })

onBothEngines('the index that 0007 widens', (engine) => {
  it('is there once, as often as it runs', async () => {
    const world = await World.make(engine)
    const indexes = async () => {
      const { rows } = await (engine === 'SQLite' ? sql<{ name: string }>`select name from pragma_index_list('assignment')` : sql<{ name: string }>`select distinct index_name as name from information_schema.statistics where table_schema = database() and table_name = 'assignment'`).execute(world.db)
      return rows.map(({ name }) => name).filter((name) => name.startsWith('assignment_settled_at'))
    }
    const wide = await indexes()
    expect(wide).toEqual([expect.stringContaining('settled_as_target')])
    await narrowed(world)
    expect(await indexes()).toEqual(['assignment_settled_at_due_on_engagement_id'])
    for (let time = 0; time < 2; time++) {
      await readByIndex(world.db as unknown as Kysely<never>)
      expect(await indexes()).toEqual(wide)
    }
  })
})

onBothEngines('the columns that 0006 adds', (engine) => {
  const migrated = (world: World) => up(world.db as unknown as Kysely<never>, world.now)

  it('are filled from the records, as often as it runs', async () => {
    const world = await World.make(engine)
    await world.addCompany('K1', '青葉設備', 'contractor')
    const person = await world.addPerson({ name: '受講 一' })
    const worker = await world.addPerson({ name: '委託 二', kind: 'contractorWorker', company: 'K1' })
    const duty = async (of: TestPerson, kind: 'module' | 'pledge' | 'certificate', slug: string, settled_as: 'completed' | 'declined' | null = 'completed') => {
      const id = await world.addAssignment(of, { kind, slug })
      if (settled_as) await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as }).where('id', '=', id).execute()
      return id
    }
    const complete = (assignment_id: string, content_version: string, route: 'screen' | 'class', settle_slot: 1 | null) =>
      world.db.insertInto('completion').values({ id: uuidv7(), assignment_id, attempt_id: null, content_version, bank_version: null, rendered_sha256: HASH, completed_at: 1, minutes: 20, route, scan_sha256: null, entered_by: null, approved_by: null, settle_slot }).execute()
    const sign = (assignment_id: string, given: Partial<PledgeActTable>) =>
      world.db.insertInto('pledge_act').values({
        id: uuidv7(), assignment_id, outcome: 'signed', template: 'PL1', version: '1.0', track: 'ja', addressee_company_id: world.companyId(), statement_sha256: HASH, pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: '',
        auth_method: 'password', credential_origin: 'initial', evidence_grade: 'ownTerminal', signed_at: 1, signed_at_text: '', address: '', agent: '', note: '', receipt: uuidv7(), settle_slot: 1, ...given,
      }).execute()

    const [studied, again, open] = [await duty(person, 'module', 'M01'), await duty(person, 'module', 'M02'), await duty(person, 'module', 'M03', null)]
    await complete(studied, '1.2', 'screen', 1)
    await complete(again, '1.0', 'class', null)
    await complete(again, '1.1', 'class', 1)
    await complete(open, '1.0', 'class', null)
    const [signed, onPaper, declined] = [await duty(person, 'pledge', 'PL1'), await duty(person, 'pledge', 'PL4'), await duty(person, 'pledge', 'PL5', 'declined')]
    await sign(signed, { version: '2.0' })
    await sign(onPaper, { version: '2.1', evidence_grade: 'paper' })
    await sign(declined, { outcome: 'declined', settle_slot: null })
    const [certified, promised] = [await duty(worker, 'certificate', 'PL3'), await duty(worker, 'pledge', 'PL3')]
    for (const id of [certified, promised]) await sign(id, { version: '8.8', addressee_company_id: world.companyId('K1') })
    const certificate = uuidv7()
    await world.db.insertInto('pledge_certificate').values({ id: certificate, company_id: world.companyId('K1'), template: 'PL3', version: '3.0', declared_by: worker.accountId, statement_sha256: HASH, at: 1, route: 'screen', receipt: uuidv7(), name_typed: '' }).execute()
    await world.db.insertInto('pledge_certificate_line').values({ certificate_id: certificate, engagement_id: worker.engagementId, assignment_id: certified, taken_on: '2026-11-01' }).execute()

    // who was renamed, and who will be; who has not begun yet is called what they will be called first
    const coming = await world.addPerson({ name: '来年 三', from: '2099-04-01' })
    const rename = async (of: TestPerson, on: string, name: string) => {
      const [held] = await world.db.selectFrom('engagement_version').selectAll().where('engagement_id', '=', of.engagementId).orderBy('valid_from', 'desc').limit(1).execute()
      await world.db.updateTable('engagement_version').set({ valid_to: on }).where('id', '=', held!.id).execute()
      await world.db.insertInto('engagement_version').values({ ...held!, id: uuidv7(), display_name: name, valid_from: on, valid_to: OPEN_DAY }).execute()
    }
    await rename(person, '2025-04-01', '改姓 一')
    await rename(person, '2098-04-01', '後日 一')
    await rename(coming, '2099-10-01', '後日 三')
    await world.db.insertInto('engagement_version').values({ ...(await world.db.selectFrom('engagement_version').selectAll().where('engagement_id', '=', worker.engagementId).executeTakeFirstOrThrow()), id: uuidv7(), display_name: '誤記', superseded_at: 2, superseded_by: world.changeSetId }).execute()

    await narrowed(world)
    await sql`alter table assignment drop column settled_version`.execute(world.db)
    await sql`alter table assignment drop column settled_route`.execute(world.db)
    await sql`alter table engagement_current drop column display_name`.execute(world.db)
    for (const time of ['once', 'again']) {
      await migrated(world)
      const rows = await world.db.selectFrom('assignment').select(['id', 'settled_version', 'settled_route']).where('settled_at', '<', OPEN_INSTANT).execute()
      expect(new Map(rows.map(({ id, settled_version, settled_route }) => [id, `${settled_version} ${settled_route}`])), time).toEqual(new Map([
        [studied, '1.2 screen'], [again, '1.1 class'], [signed, '2.0 screen'], [onPaper, '2.1 paper'], [declined, 'null null'], [certified, '3.0 screen'], [promised, 'null null'],
      ]))
      expect(await world.db.selectFrom('assignment').select('settled_version').where('id', '=', open).executeTakeFirstOrThrow(), time).toEqual({ settled_version: null })
      expect((await world.db.selectFrom('engagement_current').select('display_name').orderBy('display_name').execute()).map(({ display_name }) => display_name), time).toEqual(['委託 二', '改姓 一', '来年 三'].sort())
    }
  })
})
