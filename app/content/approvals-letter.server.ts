import { listActors } from '../../db/actors.server'
import { countToDecide, listApprovals } from '../../db/approval-list.server'
import { listApprovers } from '../../db/approvers.server'
import { findHolder } from '../../db/addressees.server'
import type { Context } from '../context'
import { APPROVAL_KINDS } from '../domain/approval'
import { dayOf } from '../domain/calendar'
import { isMailAddress, letterHead } from '../domain/mail'
import { relationOf, whoWords } from '../domain/people'
import type { Composed, MailToCompose } from './request-letter.server'
import { targetTitle } from './target-titles'

const MOST_SHOWN = 20
/** Counted no further. */
const MOST_COUNTED = 100
const ALL = 1_000

/** To one who may decide: what waits, without what they asked themselves or what is about them. */
export async function composeApprovalAsked(context: Context, mail: MailToCompose): Promise<Composed<'approvalAsked'>> {
  const { db, library, now } = context
  const today = dayOf(now)
  const to = await findHolder(db, mail.recipient_id, today)
  if (!to || !(await listApprovers(db, today, ALL)).includes(mail.recipient_id)) return { needless: 'gone' }
  if (!isMailAddress(to.mail)) return { needless: 'noMail' }
  const waiting = (await listApprovals(db, { all: true }, 'waiting', { after: '', limit: MOST_COUNTED, today })).filter(({ askedBy, personId }) => askedBy !== to.accountId && personId !== to.personId)
  if (waiting.length === 0) return { needless: 'done' }
  const shown = waiting.slice(0, MOST_SHOWN)
  const actors = await listActors(db, shown.map(({ askedBy }) => askedBy), today)
  const requests = shown.map((one) => {
    const asker = actors.get(one.askedBy)
    return {
      kindWords: APPROVAL_KINDS[one.kind], asker: asker ? whoWords({ ...asker, name: asker.shownName }) : '', person: one.together > 1 ? `集合研修に出た${one.together}人` : whoWords({ name: one.name ?? '従事者', number: one.number, kind: one.personKind }),
      target: targetTitle(library, one.targetKind, one.slug), wishedDueOn: one.wishedDueOn,
    }
  })
  return { to: to.mail, asked: new Set(), props: { ...letterHead({ ...to, relation: relationOf(to.kind) }, library.words), requests, more: (await countToDecide(db, to, MOST_COUNTED)) - shown.length } }
}
