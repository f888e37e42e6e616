import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { setPreference } from '../../commands/set-preference.server'
import { ownPath } from '../../domain/login'
import { guardAction, guardLoader } from '../../http/guard.server'

/** Nothing to see here: whoever comes by link goes home. */
export const loader = guardLoader({ act: 'learn' }, async () => redirect('/'))

/** Shows or hides furigana from now on, and goes back to the page: on the notice of purposes too, before it is confirmed. */
export const action = guardAction({ act: 'learn', beforeNotice: true, form: z.object({ furigana: z.enum(['on', 'off']), to: z.string().max(400) }) }, async ({ context, form }) => {
  if (!form.ok) return redirect('/', 303)
  await setPreference(context, { furigana: form.value.furigana === 'on' })
  return redirect(ownPath(form.value.to), 303)
})
