import { z } from 'zod'
import type { DossierSubjects } from '../../db/exports.server'
import { isDay, type Day } from '../domain/calendar'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../domain/people'

const intake = z.object({ day: z.string().refine(isDay), company: z.uuid(), kind: z.enum(Object.keys(ENGAGEMENT_KINDS) as [EngagementKind, ...EngagementKind[]]) })
const month = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/)
/** As many as one page of found people holds, and some more. */
const MOST_CHOSEN = 200

/** Whose dossiers an address or a form names: persons that were ticked, an intake, or a month of ends. Undefined when nobody. */
export function dossierSubjectsOf(given: { e: readonly string[]; day?: string | null; company?: string | null; kind?: string | null; month?: string | null }): DossierSubjects | undefined {
  if (given.month) return month.safeParse(given.month).success ? { endedIn: given.month } : undefined
  if (given.day) {
    const parsed = intake.safeParse(given)
    return parsed.success ? { intake: { firstDay: parsed.data.day as Day, companyId: parsed.data.company, kind: parsed.data.kind } } : undefined
  }
  const chosen = [...new Set(given.e)].filter((id) => z.uuid().safeParse(id).success).slice(0, MOST_CHOSEN)
  return chosen.length > 0 ? { chosen } : undefined
}
