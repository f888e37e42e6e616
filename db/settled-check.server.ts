import { NOTED_OUTCOMES } from '../app/domain/departure'
import { groupedBy } from '../app/domain/grouped'
import type { SettledDuty, SettlingRecord } from '../app/domain/ledger/settled'
import type { Db } from './database.server'
import { findOperatorCompany, PAPER_GRADE } from './pledges.server'

const PAGE = 500

/** Every duty with the records that may have settled it, page by page. */
export async function* eachSettledDuty(db: Db): AsyncGenerator<SettledDuty> {
  for (let after = ''; ; ) {
    const ids = (await db.selectFrom('assignment').select('id').where('id', '>', after).orderBy('id').limit(PAGE).execute()).map(({ id }) => id)
    if (ids.length === 0) return
    yield* await listSettledDuties(db, ids)
    after = ids.at(-1)!
  }
}

/** These duties with the records that may have settled them. */
export async function listSettledDuties(db: Db, ids: readonly string[]): Promise<SettledDuty[]> {
  const [duties, records] = await Promise.all([
    db.selectFrom('assignment').select(['id', 'target_kind', 'settled_as', 'settled_at', 'settled_version', 'settled_route']).where('id', 'in', ids).orderBy('id').execute(),
    findRecords(db, ids),
  ])
  return duties.map((duty) => ({
    id: duty.id, kind: duty.target_kind, settledAs: duty.settled_as, settledAt: Number(duty.settled_at), version: duty.settled_version, route: duty.settled_route,
    completed: records[duty.target_kind].get(duty.id) ?? null, exempted: records.exempted.has(duty.id), declined: records.declined.has(duty.id),
  }))
}

/** Of these duties: what completed a module, a pledge or a certificate, and which were exempted or not signed. */
async function findRecords(db: Db, ids: readonly string[]) {
  const [operator, completions, acts, lines, events] = await Promise.all([
    findOperatorCompany(db),
    db.selectFrom('completion').select(['assignment_id', 'completed_at', 'content_version', 'route']).where('assignment_id', 'in', ids).where('settle_slot', '=', 1).execute(),
    db.selectFrom('pledge_act').select(['assignment_id', 'outcome', 'signed_at', 'version', 'evidence_grade', 'addressee_company_id', 'settle_slot']).where('assignment_id', 'in', ids).execute(),
    db.selectFrom('pledge_certificate_line as l').innerJoin('pledge_certificate as c', 'c.id', 'l.certificate_id').select(['l.assignment_id', 'c.at', 'c.version', 'c.route']).where('l.assignment_id', 'in', ids).execute(),
    db.selectFrom('assignment_event').select(['assignment_id', 'kind', 'at', 'id']).where('assignment_id', 'in', ids).where('kind', 'in', ['exempt', 'void']).orderBy('at').orderBy('id').execute(),
  ])
  const ofPledge = (act: (typeof acts)[number]): SettlingRecord => (act.addressee_company_id === operator
    ? { at: Number(act.signed_at), version: act.version, route: act.evidence_grade === PAPER_GRADE ? 'paper' : 'screen' }
    : { at: Number(act.signed_at), version: null, route: null })
  const lastKind = new Map(events.map(({ assignment_id: id, kind }) => [id, kind]))
  return {
    module: new Map(completions.map((one) => [one.assignment_id, { at: Number(one.completed_at), version: one.content_version, route: one.route }])),
    pledge: new Map(acts.filter(({ settle_slot: slot }) => slot === 1).map((one) => [one.assignment_id, ofPledge(one)])),
    certificate: new Map(lines.map((one) => [one.assignment_id, { at: Number(one.at), version: one.version, route: one.route }])),
    exempted: new Set([...lastKind].filter(([, kind]) => kind === 'exempt').map(([id]) => id)),
    declined: new Set([...groupedBy(acts, ({ assignment_id: id }) => id)].filter(([, ofOne]) => ofOne.some(({ outcome }) => NOT_SIGNED.has(outcome))).map(([id]) => id)),
  }
}

const NOT_SIGNED: ReadonlySet<string> = new Set(['declined', ...NOTED_OUTCOMES])
