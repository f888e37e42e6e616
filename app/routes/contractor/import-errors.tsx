import { z } from 'zod'
import { guardAction, guardLoader, toItsForm } from '../../http/guard.server'
import { wrongRowsOf } from '../../http/wrong-rows.server'

export const loader = guardLoader({ act: 'runCompany' }, toItsForm)

/** The wrong rows of one's own file, to be mended and read again. */
export const action = guardAction({ act: 'runCompany', params: z.object({ draftId: z.uuid() }), form: z.object({}) }, async ({ context, params: { draftId } }) => wrongRowsOf(context, draftId, 'roster'))
