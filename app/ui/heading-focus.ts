import { useNavigationType } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/**
 * Puts the focus on the heading after a step that script made, as a new page would: so that keyboard and screen reader go on
 * at the text and not at a button that is gone. A page that the browser loaded itself is left alone.
 */
export function useHeadingFocus(step: number) {
  const heading = useRef<HTMLHeadingElement>(null)
  const type = useNavigationType()
  useEffect(() => {
    if (type !== 'POP') heading.current?.focus({ preventScroll: true })
  }, [step, type])
  return heading
}
