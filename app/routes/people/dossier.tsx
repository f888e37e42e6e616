import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { takeDossier } from '../../commands/take-dossier.server'
import { isDay } from '../../domain/calendar'
import { DOSSIER_PURPOSES, MOST_PURPOSE_WORDS, type DossierPurpose } from '../../domain/dossier'
import { isRefusal } from '../../domain/refusal'
import { download } from '../../http/download.server'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'

const form = z.object({
  purpose: z.enum(Object.keys(DOSSIER_PURPOSES) as [DossierPurpose, ...DossierPurpose[]]), words: z.string().trim().min(1).max(MOST_PURPOSE_WORDS), whole: z.literal('yes').optional(), asOf: z.union([z.literal(''), z.string().refine(isDay)]).default(''),
})

export const loader = guardLoader({ act: 'takeDossiers' }, toItsForm)

/** One person's dossier as a file: a POST, because who takes it, and why, is recorded before it leaves. */
export const action = guardAction({ act: 'takeDossiers', params: z.object({ engagementId: z.uuid() }), form }, async ({ context, params: { engagementId }, form: sent }) => {
  await mustBeOpen(context, engagementId)
  const again = (why: string) => redirect(`/people/${engagementId}?dossier=${why}#dossier`, 303)
  if (!sent.ok) return again('purposeMissing')
  const { purpose, words, whole, asOf } = sent.value
  const file = await takeDossier(context, { engagementId, purpose, words, whole: whole === 'yes', asOf: asOf === '' ? null : asOf })
  if (isRefusal(file) && file.refused === 'notFound') throw notFound()
  if (isRefusal(file)) return again(file.refused)
  return download(file.bytes, { name: file.name, plainName: `dossier_${file.name.replace(/[^\x20-\x7E]/g, '')}`, type: 'application/zip' })
})
