import { inTransaction } from '../../db/database.server'
import { findBlob, recordBlob } from '../../db/ledger.server'
import { findPledgePdf, findSignedAct, recordPledgePdf } from '../../db/pledges.server'
import type { Context } from '../context'
import { sha256 } from '../domain/ledger/entry'
import { paperOf, type PledgeStatement } from '../domain/pledge-statement'
import { drawPaper, papersInWork } from '../pdf/draw.server'

/**
 * Draws the paper of a signed act from its statement and keeps the bytes, in a second transaction: the signature stands
 * without it, and the job makes what is missing. Returns the hash of the bytes; made twice, the first stays.
 */
export async function makePledgePdf(context: Context, actId: string): Promise<string | null> {
  const made = await findPledgePdf(context.db, actId)
  if (made) return made.sha256
  const act = await findSignedAct(context.db, actId)
  const statement = act && (await findBlob(context.db, act.statement_sha256))
  if (!act || !statement) return null
  const bytes = await drawPaper(paperOf(JSON.parse(new TextDecoder().decode(statement.bytes)) as PledgeStatement, act.statement_sha256))
  const hash = sha256(bytes)
  await inTransaction(context.db, async (tx) => {
    await recordBlob(tx, { sha256: hash, mediaType: 'application/pdf', bytes })
    await recordPledgePdf(tx, { actId, sha256: hash, at: context.now })
  })
  return (await findPledgePdf(context.db, actId))?.sha256 ?? null
}

const AT_ONCE = 2
const inWork = new Map<string, Promise<unknown>>()

/** Makes the paper right after a signature without keeping the signer waiting; when much is signed at once, the job does it. */
export function makePledgePdfSoon(context: Context, actId: string): void {
  if (papersInWork() >= AT_ONCE || inWork.has(actId)) return
  const work = makePledgePdf(context, actId)
    .catch((error: unknown) => context.log('warn', '控え(PDF)は、あとで作ります', { act: actId, error: String(error) }))
    .finally(() => inWork.delete(actId))
  inWork.set(actId, work)
}

/** Waits for a paper that is being made here just now; at once when none is. */
export const paperInWork = async (actId: string): Promise<void> => void (await inWork.get(actId))
