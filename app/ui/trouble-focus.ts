import { useNavigationType } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/**
 * Puts the focus on what is wrong after a form that script sent was refused, each time anew, so that keyboard and screen reader
 * are at the words and not at the button (WCAG 3.3.1). A page that the browser loaded itself begins at its top, where the words are.
 */
export function useTroubleFocus<E extends HTMLElement>(trouble: unknown) {
  const summary = useRef<E>(null)
  const type = useNavigationType()
  useEffect(() => {
    if (trouble && type !== 'POP') summary.current?.focus()
  }, [trouble, type])
  return summary
}
