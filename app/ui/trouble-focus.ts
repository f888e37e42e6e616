import { useActionData, useNavigationType } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/**
 * Puts the focus on what is wrong after a form was refused, each time anew, so that keyboard and screen reader are at the words
 * and not at the button or the top (WCAG 3.3.1); a page that was only opened is left alone.
 */
export function useTroubleFocus<E extends HTMLElement>(trouble: unknown) {
  const summary = useRef<E>(null)
  const asked = useActionData() !== undefined
  const type = useNavigationType()
  useEffect(() => {
    if (trouble && (asked || type !== 'POP')) summary.current?.focus()
  }, [trouble, asked, type])
  return summary
}
