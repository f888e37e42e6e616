import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { listCodesOfCompanies } from '../../../db/company-register.server'
import { companiesOf } from '../../commands/ask-approval.server'
import { recordAccess } from '../../commands/record-access.server'
import { dayOf } from '../../domain/calendar'
import { exportRoster } from '../../domain/roster-export'
import { download } from '../../http/download.server'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'
import { registerOf } from '../../http/roster-export.server'

export const loader = guardLoader({ act: 'runCompany' }, toItsForm)

/** The own companies' roster as a file, with names: a POST, because who took it is recorded with its hash before it leaves. */
export const action = guardAction({ act: 'runCompany', form: z.object({ encoding: z.enum(['utf-8', 'cp932']).catch('utf-8').default('utf-8') }) }, async ({ context, form }) => {
  const companyCodes = await listCodesOfCompanies(context.db, await companiesOf(context))
  if (!form.ok || companyCodes.length === 0) throw notFound()
  const { encoding } = form.value
  const today = dayOf(context.now)
  const exported = exportRoster(await registerOf(context.db, companyCodes), { companyCodes, encoding, today, byEmployer: true })
  if ('unwritable' in exported) return redirect('/company?done=unwritable', 303)
  const { bytes, rows } = exported
  await recordAccess(context, { act: 'export', subjectKind: 'roster', subjectId: companyCodes.map((code) => `=${code}`), reason: '自社の名簿の書き出し', bytes, subjects: { rows, companies: companyCodes.length, encoding } })
  return download(bytes, { name: `自社の名簿_${today.replaceAll('-', '')}.csv`, plainName: `roster_${today.replaceAll('-', '')}.csv`, type: `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}` })
})
