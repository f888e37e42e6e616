import { isNoted, type Noted } from '../../db/access-log.server'
import { noteLook, type UnaskedLook } from '../commands/note-look.server'
import { recordSearch, type NameSearch } from '../commands/record-search.server'
import type { SignedInContext } from '../context'
import { looksForName, openingsSince } from '../domain/record-access'

/** Notes that the viewer reads this person's page (domain/record-access.ts). One's own is read by oneself and is not noted. */
export async function lookIsNoted(context: SignedInContext, { personId, ...look }: UnaskedLook & { personId: string }): Promise<void> {
  if (personId === context.viewer.personId) return
  await noted(context, { act: 'view', subjectKind: look.page, subjectId: look.subjectId }, () => noteLook(context, look))
}

/** Notes that the viewer looks for somebody by name; nothing typed and a number are no search. */
export async function searchIsNoted(context: SignedInContext, search: NameSearch): Promise<void> {
  const typed = search.typed.trim()
  if (!looksForName(typed)) return
  await noted(context, { act: 'search', subjectKind: search.among, subjectId: typed }, () => recordSearch(context, { ...search, typed }))
}

/** What stands there today is not written again. A note that fails keeps nobody from the page; whoever runs the server is told. */
async function noted({ db, viewer, now, log }: SignedInContext, what: Noted, write: () => Promise<void>): Promise<void> {
  try {
    if (!(await isNoted(db, viewer.accountId, what, openingsSince(now)))) await write()
  } catch (error) {
    log('error', '人の記録を見たことを、閲覧の記録に書けませんでした', { account: viewer.accountId, act: what.act, of: what.subjectKind, error: error instanceof Error ? error.message : String(error) })
  }
}
