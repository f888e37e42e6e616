import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { beginDossiers, dossiersFile } from '../../commands/take-dossier.server'
import { DOSSIER_PURPOSES, MOST_PURPOSE_WORDS, type DossierPurpose } from '../../domain/dossier'
import { isRefusal } from '../../domain/refusal'
import { downloadPieces } from '../../http/download.server'
import { dossierSubjectsOf } from '../../http/dossier-subjects.server'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'

const few = z.string().max(64).optional()
const form = z.object({
  e: z.union([z.array(z.string().max(36)), z.string().max(36).transform((one) => [one])]).default([]), day: few, company: few, kind: few, month: few, after: z.string().max(64).default(''),
  purpose: z.enum(Object.keys(DOSSIER_PURPOSES) as [DossierPurpose, ...DossierPurpose[]]).optional(), words: z.string().trim().max(MOST_PURPOSE_WORDS).default(''),
})

export const loader = guardLoader({ act: 'takeDossiers' }, toItsForm)

/** Many dossiers in one file, sent while it is made. */
export const action = guardAction({ act: 'takeDossiers', form }, async ({ context, form: sent, ready }) => {
  if (!sent.ok) throw notFound()
  const { e, day, company, kind, month, after, purpose, words } = sent.value
  const subjects = dossierSubjectsOf({ e, day, company, kind, month })
  const again = (why: string) => redirect(`/people/dossiers?${new URLSearchParams([...e.map((id) => ['e', id]), ...Object.entries({ day, company, kind, month }).filter(([, value]) => value) as [string, string][], ['why', why]])}`, 303)
  if (!subjects) return again('nobodyChosen')
  const begun = purpose === undefined ? { refused: 'purposeMissing' as const } : await beginDossiers(context, { subjects, after, purpose, words })
  if (isRefusal(begun) && begun.refused === 'notFound') throw notFound()
  if (isRefusal(begun)) return again(begun.refused)
  const label = 'intake' in subjects ? `入社${subjects.intake.firstDay.replaceAll('-', '')}` : 'endedIn' in subjects ? `終了${subjects.endedIn.replace('-', '')}` : '選んだ人'
  return downloadPieces(dossiersFile(context, begun, ready), { name: `記録一式_${label}_${begun.people.length}人.zip`, plainName: `dossiers_${begun.people.length}.zip`, type: 'application/zip' })
})
