import type { ReactNode } from 'react'
import type { Mark } from '../domain/standing'

export type { Mark } from '../domain/standing'

/** A status: the mark comes from the style, the word carries the meaning. */
export function Status({ mark, children }: { mark: Mark; children: ReactNode }) {
  return <span className="st" data-s={mark}>{children}</span>
}
