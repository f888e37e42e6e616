import type { Tx } from '../../db/database.server'
import { countLookedAt, listAuditors, lockAccountRow, recordAlarm } from '../../db/access-watch.server'
import type { Context } from '../context'
import { dayOf, startOf } from '../domain/calendar'
import { letterHead } from '../domain/mail'
import { ENGAGEMENT_KINDS } from '../domain/people'
import { recordEvidence } from './evidence.server'
import { queueMails } from './queue-mail.server'

/**
 * Looks at what the account at the door has opened and taken today, in the transaction that has just recorded one more: above the
 * setting the 監査責任者 is told at once, once an account and day (domain.md C17). Whoever records an access of somebody else's calls it.
 */
export async function watchAccess(tx: Tx, context: Context): Promise<void> {
  const { viewer, now, settings, library } = context
  if (!viewer) return
  const day = dayOf(now)
  await lockAccountRow(tx, viewer.accountId)
  const people = await countLookedAt(tx, { id: viewer.accountId, personId: viewer.personId }, startOf(day))
  if (people <= settings.accessAlarmPeople) return
  const id = context.newId()
  if (!(await recordAlarm(tx, { id, accountId: viewer.accountId, day, people, at: now }))) return
  await recordEvidence(tx, context, { type: 'access.alarmed', payload: { alarm: id, account: viewer.accountId, day, people, most: settings.accessAlarmPeople } })
  const who = viewer.engagements[0]
  await queueMails(tx, context, (await listAuditors(tx, day)).map((auditor) => ({
    template: 'accessAlarm' as const, recipientId: auditor.accountId, to: auditor.mail, dedupeKey: `accessAlarm ${viewer.accountId} ${day} ${auditor.accountId}`,
    props: { ...letterHead(auditor, library.words), number: who?.number ?? '―', kindWords: who ? ENGAGEMENT_KINDS[who.kind] : '―', people, most: settings.accessAlarmPeople, day },
  })))
}
