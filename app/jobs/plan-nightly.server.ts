import { planAssignments } from '../commands/plan-assignments.server'
import type { Context } from '../context'

/** Each night: new fiscal years, ends that have come, leaves that are over. Portions of 1,000, each its own transaction; a run that stopped is simply run again. */
export async function run(context: Context): Promise<Record<string, number>> {
  return { ...(await planAssignments(context, 'all')) }
}
