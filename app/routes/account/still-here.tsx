import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { touchSession } from '../../commands/touch-session.server'
import { guardAction, guardLoader } from '../../http/guard.server'

export const loader = guardLoader({ act: 'learn', beforeNotice: true }, async () => redirect('/'))

/** 「続ける」 on a shared terminal: the idle time starts again. */
export const action = guardAction({ act: 'learn', beforeNotice: true, form: z.object({}) }, async ({ context, request }) => {
  await touchSession(context, context.viewer.sessionId, context.now)
  // Without JavaScript there is no warning and so no such POST; with it, the fetcher only needs an answer.
  return request.headers.get('Sec-Fetch-Dest') === 'document' ? redirect('/', { status: 303 }) : { at: context.now }
})
