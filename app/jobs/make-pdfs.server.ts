import { listActsWithoutPdf } from '../../db/pledges.server'
import { makePledgePdf } from '../commands/make-pledge-pdf.server'
import type { Context } from '../context'
import { DAY_MS, type Instant } from '../domain/calendar'

const LOOK_BACK_MS = 90 * DAY_MS
const BATCH = 40

/** The smallest identifier (UUIDv7) that an act of this moment can have. */
const firstIdAt = (at: Instant): string => Math.max(0, at).toString(16).padStart(12, '0').replace(/^(.{8})(.{4})$/, '$1-$2-0000-0000-000000000000')

/** Not one of several papers could be made: that is not about a paper. */
class NoPaperMade extends Error {}

/** Makes the papers that signing left undone, oldest first. One that fails does not hold up the others. */
export async function run(context: Context): Promise<{ made: number; failed: number }> {
  const counts = { made: 0, failed: 0 }
  for (const actId of await listActsWithoutPdf(context.db, firstIdAt(context.now - LOOK_BACK_MS), BATCH)) {
    try {
      await makePledgePdf(context, actId)
      counts.made++
    } catch (error) {
      counts.failed++
      context.log('error', '控え(PDF)を作れませんでした', { act: actId, error: String(error) })
    }
  }
  if (counts.made === 0 && counts.failed > 1) throw new NoPaperMade(`${counts.failed} papers failed`)
  return counts
}
