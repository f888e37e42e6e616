import { answererFor, filingReachOf, ownReachOf } from '../commands/open-filing.server'
import { listFilingDuties } from '../content/filing-duties.server'
import { findSheet, type Sheet } from '../content/filing-sheet.server'
import type { SignedInContext } from '../context'
import type { Day } from '../domain/calendar'
import type { FilingCapacity } from '../domain/filing'
import { notFound } from './guard.server'

/** The sheet that an address names, for whoever reaches it, and as what the viewer answers it; nobody else's is there. */
export async function openSheet(context: SignedInContext, filingId: string): Promise<{ sheet: Sheet; by: { capacity: FilingCapacity; engagementId: string } | undefined }> {
  const sheet = await findSheet(context, filingId, await filingReachOf(context))
  if (!sheet) throw notFound()
  return { sheet, by: await answererFor(context, sheet.form.meta, { companyId: sheet.filing.company_id, unitId: sheet.filing.unit_id }) }
}

/** The same for whoever answers it. */
export async function openOwnSheet(context: SignedInContext, filingId: string): Promise<{ sheet: Sheet; by: { capacity: FilingCapacity; engagementId: string } }> {
  const { sheet, by } = await openSheet(context, filingId)
  if (!by) throw notFound()
  return { sheet, by }
}

/** How many of them, and the first due day. */
export async function countFilingDuties(context: SignedInContext): Promise<{ count: number; dueOn: Day | null; returned: number }> {
  const duties = await listFilingDuties(context, await ownReachOf(context))
  return { count: duties.length, dueOn: duties[0]?.term.dueOn ?? null, returned: duties.filter(({ state }) => state === 'returned').length }
}
