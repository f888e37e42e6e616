import { findLastSlot } from '../../db/request-planning.server'
import { planDigests, planRequests } from '../commands/plan-requests.server'
import type { Context } from '../context'

export const NAME = 'plan-requests'

/** Each 営業日 before the hours begin: the day's requests, and on the first of a week the digests. What missed days would have asked for is asked for now. */
export async function run(context: Context): Promise<Record<string, number>> {
  const last = await findLastSlot(context.db, NAME)
  return { ...(await planRequests(context, last)), ...(await planDigests(context, last)) }
}
