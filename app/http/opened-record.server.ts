import { redirect } from '@remix-run/node'
import { findOpening } from '../../db/access-log.server'
import type { SignedInContext } from '../context'
import { openingsSince } from '../domain/record-access'

/** Screens of one person that need the record to be open, and where each is. */
export const RECORD_SCREENS = ['edit', 'leave', 'accommodation', 'departure', 'entries', 'why', 'trail', 'day'] as const

/** Where a screen of an opened record is; `on` is the day that was asked for. */
export function recordScreen(engagementId: string, to: string | null, on = ''): string {
  if (to === 'why') return `/program/why/${engagementId}`
  if (to === 'trail') return `/audit/records?of=${engagementId}`
  if (to === 'day') return `/audit/day/${engagementId}${on && `?on=${on}`}`
  return `/people/${engagementId}${to === null ? '' : `/${to}`}`
}

/**
 * Lets only those through who opened this person's record today and said why (domain/record-access.ts); sends others to the door
 * where the reason is given. Answers the reason.
 */
export async function mustBeOpen({ db, viewer, now }: SignedInContext, engagementId: string, screen: '' | (typeof RECORD_SCREENS)[number] = '', on = ''): Promise<string> {
  const opening = await findOpening(db, viewer.accountId, engagementId, openingsSince(now))
  if (!opening) throw redirect(`/people/${engagementId}/open${screen && `?to=${screen}${on && `&on=${on}`}`}`, 303)
  return opening.reason
}
