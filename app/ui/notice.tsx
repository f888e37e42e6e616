import { createElement, type ReactNode } from 'react'

/** One notice a screen: what happened, why, what to do now. A refusal (`no`) is announced. */
export function Notice({ kind, title, heading = 'h2', children }: { kind: 'info' | 'warn' | 'no' | 'ok'; title: string; heading?: 'h1' | 'h2' | 'h3'; children?: ReactNode }) {
  return (
    <section className="note" data-k={kind} role={kind === 'no' ? 'alert' : kind === 'ok' ? 'status' : undefined}>
      {createElement(heading, null, title)}
      {children}
    </section>
  )
}
