import { inTransaction } from '../../db/database.server'
import { finishExport } from '../../db/exports.server'
import type { SignedInContext } from '../context'
import { recordEvidence } from './evidence.server'

/** Records the hash of a file with dossiers: once, when nothing more of it is to come. */
export async function finishDossiers(context: SignedInContext, given: { exportId: string; sha256: string; people: number }): Promise<{ recorded: boolean }> {
  return inTransaction(context.db, async (tx) => {
    if (!(await finishExport(tx, given.exportId, given.sha256))) return { recorded: false }
    await recordEvidence(tx, context, { type: 'dossier.taken', commandKey: `finish-dossiers ${given.exportId}`, payload: { export: given.exportId, sha256: given.sha256, people: given.people } })
    return { recorded: true }
  })
}
