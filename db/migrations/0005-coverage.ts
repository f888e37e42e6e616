import type { Kysely } from 'kysely'
import { createTable } from './table'

/** 「全体の状況」, counted beforehand: how many people are alike, who finished on which day, when somebody of a unit was asked last, how those who left answered, when that was counted, and what is to be looked at. */
export async function up(db: Kysely<never>): Promise<void> {
  await createTable(db, 'coverage_count', {
    columns: {
      scope: 'word', bucket: 'code', side: 'word', place_id: 'id?', kind: 'word', begins_on: 'day', ends_on: 'day', away_from: 'day', away_to: 'day', duty: 'word', due_on: 'day', pledged: 'flag', hold: 'word', people: 'int',
    },
    key: 'scope, bucket', index: ['scope, side, place_id'],
    check: ["side in ('workforce','company')", "duty in ('none','gap','exempted','open','begun','declined','inTime','late')", "hold in ('','deferred','asked')"],
  })
  await createTable(db, 'coverage_done', { columns: { scope: 'word', done_on: 'day', counted: 'flag', people: 'int' }, key: 'scope, done_on, counted' })
  await createTable(db, 'coverage_build', { columns: { scope: 'word', at: 'instant', signature: 'text', assigned: 'int', gap: 'int' }, key: 'scope' })
  await createTable(db, 'coverage_asked', { columns: { scope: 'word', place_id: 'id', asked_at: 'instant' }, key: 'scope, place_id' })
  await createTable(db, 'exit_count', { columns: { left_on: 'day', outcome: 'word', people: 'int' }, key: 'left_on, outcome', check: ["outcome in ('signed','declined','unreachable','open','none')"] })
  await createTable(db, 'program_health', { columns: { item: 'word', count: 'int', at: 'instant' }, key: 'item' })
}
