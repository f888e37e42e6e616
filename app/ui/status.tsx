import type { ReactNode } from 'react'

/** The marks of look.md §3: word + mark + colour, the same on screen, in mail and on paper. */
export type Mark = 'todo' | 'doing' | 'soon' | 'late' | 'fail' | 'done' | 'donelate' | 'wait' | 'ask' | 'declined' | 'stop' | 'none'

/** A status: the mark comes from the style, the word carries the meaning. */
export function Status({ mark, children }: { mark: Mark; children: ReactNode }) {
  return <span className="st" data-s={mark}>{children}</span>
}
