import { inTransaction } from '../../db/database.server'
import { createReaderNote } from '../../db/records.server'
import type { SignedInContext } from '../context'
import { refuse, type Refusal } from '../domain/refusal'
import { countWords } from './credentials.server'

/** Keeps what a reader found wrong in a text that is or was served, for those who edit it. */
export async function noteToEditor(context: SignedInContext, note: { kind: 'module' | 'pledge' | 'checklist' | 'notice'; slug: string; version: string; section: string; body: string }): Promise<Refusal<'tooManyWords' | 'notFound'> | null> {
  if (note.kind !== 'notice' && !context.library.find(note.kind, note.slug, note.version)) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const refused = await countWords(tx, context)
    if (!refused) await createReaderNote(tx, { id: context.newId(), account_id: context.viewer.accountId, ...note, at: context.now, status: 'open', answered_at: null, answered_by: null, answer: '' })
    return refused
  })
}
