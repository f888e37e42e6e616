import { redirect } from '@remix-run/node'
import { findOwnPledge, findOwnSignedAct } from '../../db/pledges.server'
import { readablePledge } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { readerOf, refusalToRead } from '../domain/pledge'
import { notFound } from './guard.server'

/** The pledge that an address names, in the words its own reader reads, and why it may not be read now. Nobody else's is there. */
export async function openOwnPledge({ viewer, db, library, now }: SignedInContext, assignmentId: string) {
  const own = await findOwnPledge(db, assignmentId, viewer.personId, dayOf(now))
  const pledge = own?.kind ? readablePledge(library, own.target_slug, { kind: own.kind, employerName: own.company_name ?? '', handled: own.handled }) : undefined
  if (!own?.kind || !pledge) throw notFound()
  return { own: { ...own, kind: own.kind }, pledge, refused: refusalToRead(pledge.version.meta, readerOf(own, own.kind), now) }
}

/** The same while it is not signed; the way of a signed one leads to its receipt. */
export async function openUnsignedPledge(context: SignedInContext, assignmentId: string) {
  const opened = await openOwnPledge(context, assignmentId)
  if (await findOwnSignedAct(context.db, opened.own.id, context.viewer.personId)) throw redirect(`/pledges/${opened.own.id}/receipt`)
  return opened
}
