import type { Kysely } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { verifyLedger } from '../../app/cli/ledger.server'
import { publishContent } from '../../app/commands/publish-content.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import type { App } from '../../app/context'
import { DEMO_NEW_SCOPE, DEMO_OLD_PAPERS, DEMO_SIGN_INS, DEMO_WELL_RUN } from '../../app/demo/company'
import { contextOn, loadDemo } from '../../app/demo/load.server'
import { HOUR_MS, OPEN_INSTANT, startOf, type Day } from '../../app/domain/calendar'
import { readSettings } from '../../app/settings.server'
import { up as fillFromRecords } from '../../db/migrations/0006-read-at-once'
import { freshDatabase } from '../support/database'
import { testLibrary } from '../support/world'

/** The demonstration is relative to the day on which it is loaded: it says the same on any. `DEMO_DAYS` names others. */
const DAYS = (process.env.DEMO_DAYS ?? '2026-11-22 2026-12-15 2027-04-02').split(' ') as Day[]

it.each(DAYS)('shows what it is to show when it is loaded on %s', async (today) => {
  const db = await freshDatabase('SQLite')
  const app: App = { db, library: testLibrary(), settings: readSettings({ DATA_DIR: '.data', SHUHI_DEMO: '1' }), clock: () => startOf(today) + 10 * HOUR_MS, newId: uuidv7, log: () => undefined }
  await publishContent(contextOn(app, today))
  await loadDemo(app)
  await planAssignments(contextOn(app, today), 'all')
  const rows = await db.selectFrom('assignment as a').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id').innerJoin('company as c', 'c.id', 'ec.company_id')
    .select(['ec.number', 'c.code', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'a.opens_on', 'a.settled_at', 'a.settled_as']).where('ec.valid_to', '>', today).where('a.opens_on', '<=', today).execute()
  const open = rows.filter(({ settled_at: at }) => at === OPEN_INSTANT)
  const lateOf = (of: (one: (typeof rows)[number]) => boolean) => open.filter((one) => of(one) && one.due_on < today).map(({ number, target_slug: slug, due_on: due }) => `${number} ${slug} ${due}`)
  const late = (of: (one: (typeof rows)[number]) => boolean) => [...new Set(lateOf(of).map((one) => one.split(' ')[0]!))]

  for (const lead of new Set(Object.values(DEMO_WELL_RUN))) expect(late(({ code }) => DEMO_WELL_RUN[code] === lead).length, `late at ${lead}: ${lateOf(({ code }) => DEMO_WELL_RUN[code] === lead).join(', ')}`).toBeLessThanOrEqual(1)
  expect(late(({ code }) => code === '').length, 'late among own people').toBeGreaterThan(3)
  // who can be signed in to is late with nothing, and has one text to sign
  for (const role of ['learner', 'parttimer', 'dispatched', 'contractor', 'manager', 'hr', 'chief', 'admin', 'agency', 'contractor-lead'] as const) expect(lateOf(({ number }) => number === DEMO_SIGN_INS[role]), role).toEqual([])
  for (const role of ['dispatched', 'contractor', 'learner'] as const) expect(open.filter(({ number, target_kind: kind }) => number === DEMO_SIGN_INS[role] && kind !== 'module'), role).toHaveLength(1)

  // the yearly confirmation of those who signed on paper: done, late and open; and a certificate for a new scope
  const papers: readonly string[] = DEMO_OLD_PAPERS.flatMap(({ numbers }): readonly string[] => numbers)
  const yearly = rows.filter(({ target_slug: slug }) => slug === 'PL5')
  expect(yearly.map(({ number }) => number)).toEqual(expect.arrayContaining(papers as string[]))
  expect(yearly.map(({ settled_as: as, due_on: due }) => as ?? (due < today ? 'late' : 'open'))).toEqual(expect.arrayContaining(['completed', 'late', 'open']))
  expect(rows.filter(({ number, target_slug: slug }) => number === DEMO_NEW_SCOPE.number && slug === 'PL4-D').map(({ settled_as: as }) => as)).toEqual(['completed'])

  // how a duty was completed stands on it as the records have it
  const beside = () => db.selectFrom('assignment').select(['id', 'settled_version', 'settled_route']).orderBy('id').execute()
  const written = await beside()
  await db.updateTable('assignment').set({ settled_version: null, settled_route: null }).execute()
  await fillFromRecords(db as unknown as Kysely<never>, app.clock())
  expect(await beside()).toEqual(written)
  expect(new Set(written.map(({ settled_route: route }) => route))).toEqual(new Set([null, 'screen', 'paper']))

  // all that it did is in the ledger, and fits
  expect((await verifyLedger(contextOn(app, today))).faults).toEqual([])
}, 600_000)
