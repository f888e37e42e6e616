import { Form, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { IDLE_LIMIT_SECONDS } from '../domain/reading-limits'

/** Shows or hides the readings, for this person and from now on. */
export function FuriganaForm({ on }: { on: boolean }) {
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action="/furigana" className="ruby-form">
      <input type="hidden" name="to" value={pathname + search} />
      <button className="btn btn-text btn-sm text-[.875rem] px-0" name="furigana" value={on ? 'off' : 'on'}>{on ? 'ふりがなを消す' : 'ふりがなを付ける'}</button>
    </Form>
  )
}

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart', 'focus'] as const

/**
 * When the page was opened, and with script the seconds in which somebody was at it: gaps without a sign count up to the idle
 * limit. It sends nothing itself; the number goes with the form.
 */
export function StudyClock({ openedAt }: { openedAt: number }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const form = field.current?.form
    let last = performance.now()
    let active = 0
    const sign = () => {
      const now = performance.now()
      if (now - last < 250) return
      active += Math.min(now - last, IDLE_LIMIT_SECONDS * 1000)
      last = now
    }
    const fill = () => {
      sign()
      if (field.current) field.current.value = String(Math.round(active / 1000))
    }
    for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true })
    form?.addEventListener('submit', fill, true)
    return () => {
      for (const name of SIGNS) removeEventListener(name, sign, { capture: true })
      form?.removeEventListener('submit', fill, true)
    }
  }, [openedAt])
  return (
    <>
      <input type="hidden" name="openedAt" value={openedAt} />
      <input type="hidden" name="active" ref={field} />
    </>
  )
}
