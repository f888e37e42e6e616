import type { Day } from '../app/domain/calendar'
import { isRevisionPeriod, slugOfRevision } from '../app/domain/revision'
import { findOwnSubjects, listLooks } from './access-log.server'
import { listActors } from './actors.server'
import type { Db } from './database.server'
import { listOriginalDues } from './due-days.server'
import { listEngagementIdsOf } from './learning.server'
import { listRevisions } from './revisions.server'
import * as supervision from './own-supervision.server'
import * as records from './records.server'
import { listSessions } from './sessions.server'

/** Everything held about one person (domain.md L32): one answer for the page and for the document that is taken away. */
export async function gatherOwnRecord(db: Db, person: { personId: string; accountId: string }, today: Day, most: number) {
  const ids = await listEngagementIdsOf(db, person.personId)
  const by = <T>(list: (db: Db, ids: readonly string[], most: number) => Promise<T[]>): Promise<T[]> => (ids.length === 0 ? Promise.resolve([]) : list(db, ids, most))
  const [registered, handling, leave, roles, accommodations, duties, attempts, sittings, pages, acts, certificates, events] = await Promise.all([
    records.listRegisteredFacts(db, person.personId, today, most), by(records.listHandlingOf), by(records.listLeaveOf), by(records.listRolesOf), by(records.listAccommodationsOf), by(records.listDutiesOf),
    by(records.listAttemptsOf), by(records.listSittingsOf), by(records.listPagesShownTo), by(records.listPledgeActsOf), by(records.listCertificatesOf), by(records.listDutyEventsOf),
  ])
  const [originalDues, reminders, grants, requests, returns, tries] = await Promise.all([
    listOriginalDues(db, ids),
    by(supervision.listRemindersAbout), by(supervision.listGrantsTo), by(supervision.listRequestsAbout), by(supervision.listReturnsOf), by(supervision.listTriesToReach),
  ])
  const revised = duties.flatMap(({ period }) => (isRevisionPeriod(period) ? slugOfRevision(period) : []))
  const revisions = await listRevisions(db, [...new Set(revised)])
  const [account, logins, sessions, codes, mails, corrections, notes, addresses, looks] = await Promise.all([
    records.findOwnAccount(db, person.accountId), records.listLoginsOf(db, person.accountId), listSessions(db, person.accountId), records.listCodesOf(db, person.accountId, most), records.listMailsTo(db, person.accountId, most),
    records.listCorrectionsOf(db, person.personId, most), records.listNotesOf(db, person.accountId, most), records.listAddressesKnown(db, person.personId, most),
    findOwnSubjects(db, person.personId).then((subjects) => listLooks(db, subjects, { after: '', limit: most })),
  ])
  const actors = await listActors(db, [...looks.map(({ account: by }) => by), ...codes.map(({ issued_by: by }) => by), ...reminders.map(({ sent_by: by }) => by), ...grants.map(({ granted_by: by }) => by), ...requests.flatMap(({ asked_by, decided_by }) => [asked_by, decided_by]), ...tries.map(({ entered_by: by }) => by)], today)
  return { registered, handling, leave, roles, accommodations, duties, revisions, originalDues, attempts, sittings, pages, acts, certificates, events, reminders, grants, requests, returns, tries, account, logins, sessions, codes, mails, corrections, notes, addresses, looks, actors }
}
export type OwnRecord = Awaited<ReturnType<typeof gatherOwnRecord>>
