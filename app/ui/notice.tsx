import { createElement, type ReactNode } from 'react'
import { useTroubleFocus } from './trouble-focus'

/** One notice a screen: what happened, why, what to do now. A refusal (`no`) is announced. */
export function Notice({ kind, title, heading = 'h2', trouble, children }: { /** What went wrong with a form: the notice takes the focus when it comes. */ trouble?: unknown; kind: 'info' | 'warn' | 'no' | 'ok'; title: string; heading?: 'h1' | 'h2' | 'h3'; children?: ReactNode }) {
  const focused = useTroubleFocus<HTMLElement>(trouble)
  return (
    <section ref={focused} tabIndex={trouble ? -1 : undefined} className="note" data-k={kind} role={kind === 'no' ? 'alert' : kind === 'ok' ? 'status' : undefined}>
      {createElement(heading, null, title)}
      {children}
    </section>
  )
}
