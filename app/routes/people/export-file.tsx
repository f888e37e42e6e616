import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { recordAccess } from '../../commands/record-access.server'
import { dayOf } from '../../domain/calendar'
import { exportRoster } from '../../domain/roster-export'
import { download } from '../../http/download.server'
import { guardAction, guardLoader, toItsForm } from '../../http/guard.server'
import { registerFor } from '../../http/roster-export.server'
import { scopeCode } from '../../ui/roster-form'

export const loader = guardLoader({ act: 'manageRoster' }, toItsForm)

/** The roster as a file: a POST, because who took it, when and why is recorded with its hash before it leaves. */
export const action = guardAction(
  { act: 'manageRoster', form: z.object({ scope: z.string().max(80).default(''), encoding: z.enum(['utf-8', 'cp932']), reason: z.string().trim().min(1).max(190) }) },
  async ({ context, form }) => {
    if (!form.ok) return redirect('/people/export?missing=1')
    const { scope, encoding, reason } = form.value
    const today = dayOf(context.now)
    const { register, companyCodes } = await registerFor(context.db, scopeCode(scope))
    const exported = exportRoster(register, { companyCodes, encoding, today })
    if ('unwritable' in exported) return redirect(`/people/export?${new URLSearchParams({ unwritable: '1', scope })}`)
    const { bytes, rows } = exported
    await recordAccess(context, { act: 'export', subjectKind: 'roster', subjectId: scope, reason, bytes, subjects: { rows, companies: companyCodes.length, encoding } })
    return download(bytes, { name: `従事者名簿_${today.replaceAll('-', '')}.csv`, plainName: `roster_${today.replaceAll('-', '')}.csv`, type: `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}` })
  },
)
