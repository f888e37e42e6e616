import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { signOut } from '../../commands/sign-out.server'
import { guardAction, guardLoader } from '../../http/guard.server'
import { clearedSessionCookie } from '../../http/session.server'

/** Signing out is a POST; whoever only looks is sent to the door. */
export const loader = guardLoader({ act: 'anyone' }, async () => redirect('/'))

export const action = guardAction({ act: 'anyone', form: z.object({}) }, async ({ context }) => {
  if (context.viewer) await signOut({ ...context, viewer: context.viewer })
  return redirect('/sign-in?left=1', { status: 303, headers: { 'Set-Cookie': clearedSessionCookie(context) } })
})
