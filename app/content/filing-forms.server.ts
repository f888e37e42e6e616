import { listFirstReleases } from '../../db/library.server'
import type { Context } from '../context'
import { dayOf, type Day } from '../domain/calendar'
import type { ChecklistMeta } from './schema'

/**
 * Since when each checklist is asked for here: since its day, and no earlier than this installation had it, so that a company that begins
 * with the product owes nothing for a day that had passed. The demonstration company plays one that has had it all along.
 */
export async function listFormsInForce({ db, settings }: Pick<Context, 'db' | 'settings'>): Promise<(slug: string, meta: Pick<ChecklistMeta, 'validFrom'>) => Day> {
  const released = settings.demo ? new Map<string, number>() : await listFirstReleases(db, 'checklist')
  return (slug, { validFrom }) => {
    const at = released.get(slug)
    const here = at === undefined ? validFrom : dayOf(at)
    return here > validFrom ? here : validFrom
  }
}
