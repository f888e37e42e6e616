import { continuePlanning } from '../commands/plan-assignments.server'
import type { Context } from '../context'

/** Short enough that a server which is told to stop need not wait long. */
const LONGEST_RUN_MS = 15_000

/** Goes on with what large changes left to be planned; what is left over is taken up at the next run, by whichever server. */
export const run = (context: Context): Promise<Record<string, number>> => continuePlanning(context, { until: context.clock() + LONGEST_RUN_MS })
