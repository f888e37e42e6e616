import { inTransaction } from '../../db/database.server'
import { failureOf } from '../../db/dialect.server'
import { findLastEntry } from '../../db/ledger.server'
import type { Context } from '../context'
import { changedSettings, lastingSettings } from '../domain/effective-settings'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { recordEvidence } from './evidence.server'

/**
 * Records what of the settings is no longer as it was noted last, at every start: who runs the machine sets them, and the
 * 監査責任者 reads when they changed. Nothing that opens a door is in their lines. Two servers that start at once note it once.
 */
export async function noteSettings(context: Context): Promise<{ changed: number }> {
  const settings = lastingSettings(context.settings, context.library.words)
  const last = await findLastEntry(context.db, 'settings.changed')
  const changed = changedSettings(last?.payload.settings, settings)
  if (changed.length === 0) return { changed: 0 }
  const commandKey = `settings.changed ${last?.id ?? '-'} ${sha256(canonicalBytes(settings)).slice(0, 16)}`
  try {
    await inTransaction(context.db, (tx) => recordEvidence(tx, context, { type: 'settings.changed', commandKey, payload: { settings, changed } }))
  } catch (error) {
    if (failureOf(error) !== 'duplicate') throw error
  }
  return { changed: changed.length }
}
