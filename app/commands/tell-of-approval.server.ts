import type { DutyOfPerson } from '../../db/approvals.server'
import { listApprovers } from '../../db/approvers.server'
import type { Tx } from '../../db/database.server'
import { findAccountOf, findAddressee } from '../../db/mail.server'
import type { ApprovalRequestTable } from '../../db/schema'
import { targetTitle } from '../content/target-titles'
import type { SignedInContext } from '../context'
import { APPROVAL_KINDS, entersARecord, type ApprovalKind } from '../domain/approval'
import { dayOf, type Day } from '../domain/calendar'
import { isMailAddress, letterHead } from '../domain/mail'
import { relationOf, whoWords } from '../domain/people'
import { enterMails, type MailedRequest } from './enter-request.server'
import { queueMails } from './queue-mail.server'

/** So many of those who may decide are written to. */
const MOST_APPROVERS = 30

export interface ToldApproval {
  requestId: string
  kind: ApprovalKind
  duty: DutyOfPerson
  /** How many were asked together. */
  together: number
}

/** Whom the operator's offices read about: without the name where 氏名表示 is 不可. */
const shown = (duty: DutyOfPerson) => whoWords({ ...duty, name: duty.named ? duty.name : '従事者' })

/**
 * Asks those who may decide, in the transaction of the asking: in the request mail of the day, which tells all that waits when it
 * leaves. Neither the asker nor whom it is about is asked. Why it is asked is read after signing in.
 */
export async function tellApprovers(tx: Tx, context: SignedInContext, duty: DutyOfPerson): Promise<void> {
  const today = dayOf(context.now)
  const about = await findAccountOf(tx, duty.personId)
  const requests: MailedRequest[] = []
  for (const account of await listApprovers(tx, today, MOST_APPROVERS)) {
    const to = account === context.viewer.accountId || account === about ? undefined : await findAddressee(tx, account, today)
    if (to && isMailAddress(to.mail)) requests.push({ to: { ...to, accountId: account }, template: 'approvalAsked', engagementId: null, recipientKind: 'person', assignments: [], note: '' })
  }
  await enterMails(tx, context, requests)
}

/** Tells who asked how it was decided, and the person where a due day or being exempt came of it; a contractor's worker hears that from the employer (domain.md L25). */
export async function tellOfDecision(tx: Tx, context: SignedInContext, { requestId, kind, duty, together }: ToldApproval, decided: { askedBy: string; askedAs: ApprovalRequestTable['asked_as']; outcome: 'accepted' | 'partly' | 'returned'; dueOn: Day | null }): Promise<void> {
  const { library, now } = context
  const today = dayOf(now)
  const person = duty.relation === 'contract' || entersARecord(kind) || decided.outcome === 'returned' ? undefined : await findAccountOf(tx, duty.personId)
  for (const [account, self] of [[decided.askedBy, false], [person, true]] as const) {
    const to = account === undefined ? undefined : await findAddressee(tx, account, today)
    if (account === undefined || !to) continue
    await queueMails(tx, context, [{
      template: 'approvalDecided', recipientId: account, to: to.mail, dedupeKey: `approvalDecided ${requestId} ${account}`,
      props: {
        ...letterHead({ name: to.name, relation: relationOf(to.kind), companyName: to.companyName ?? '' }, library.words), kindWords: APPROVAL_KINDS[kind],
        person: self ? null : together > 1 ? `集合研修に出た${together}人` : decided.askedAs === 'company' ? whoWords(duty) : shown(duty), target: targetTitle(library, duty.targetKind, duty.slug), outcome: decided.outcome, dueOn: decided.dueOn,
      },
    }])
  }
}
