import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { recordEvidence } from './evidence.server'

/** Records that somebody asks a job to run at once; the runner then claims it as it always does. */
export async function runJobNow(context: SignedInContext, job: string): Promise<void> {
  await inTransaction(context.db, (tx) => recordEvidence(tx, context, { type: 'job.run', payload: { job } }))
}
