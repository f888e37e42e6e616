import { z } from 'zod'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'
import { wrongRowsOf } from '../../http/wrong-rows.server'

const form = z.object({ file: z.enum(['roster', 'companies', 'units']) })

export const loader = guardLoader({ act: 'manageRoster' }, toItsForm)

/** The wrong rows of one file, to be mended and read again. */
export const action = guardAction({ act: 'manageRoster', params: z.object({ draftId: z.uuid() }), form }, async ({ context, params: { draftId }, form }) => {
  if (!form.ok) throw notFound()
  return wrongRowsOf(context, draftId, form.value.file)
})
