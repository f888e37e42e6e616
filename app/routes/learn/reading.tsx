import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { setPreference } from '../../commands/set-preference.server'
import { ownPath } from '../../domain/login'
import { TRACKS } from '../../domain/tracks'
import { guardAction, guardLoader } from '../../http/guard.server'

/** Nothing to see here: whoever comes by link goes home. */
export const loader = guardLoader({ act: 'learn' }, async () => redirect('/'))

const form = z.object({ furigana: z.enum(['on', 'off']).optional(), track: z.enum(TRACKS).optional(), to: z.string().max(400) })

/** Shows or hides furigana, or changes the words one reads in, from now on, and goes back to the page: on the notice of purposes too, before it is confirmed. */
export const action = guardAction({ act: 'learn', beforeNotice: true, form }, async ({ context, form }) => {
  if (!form.ok) return redirect('/', 303)
  const { furigana, track, to } = form.value
  await setPreference(context, { ...(furigana && { furigana: furigana === 'on' }), ...(track && { track }) })
  return redirect(ownPath(to), 303)
})
