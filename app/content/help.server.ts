import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { HELP_READERS, type HelpReader } from './help-readers'
import { isLeftover } from './leftovers'
import type { ContentError } from './source.server'
import { onText } from './text.server'
import { readTrack } from './track.server'

/** One page of the manual; its variables are still open. */
export interface HelpPage {
  slug: string
  title: string
  for: HelpReader
  order: number
  html: string
}

/** Reads the manual in the folder's help. `trusted`: pages are compiled when first read; `content check` does not trust. */
export function readHelp(folder: string, errors: ContentError[], trusted: boolean): HelpPage[] {
  const path = join(folder, 'help')
  if (!existsSync(path)) return []
  const readers: string[] = HELP_READERS.map(({ reader }) => reader)
  return readdirSync(path).filter((name) => name.endsWith('.md') && !isLeftover(name)).flatMap((name): HelpPage[] => {
    const file = join(path, name)
    const track = onText(file, errors, (text) => readTrack(text, file, errors, { paged: false, rich: true, trusted }))
    if (!track) return []
    if (!readers.includes(track.for ?? '')) {
      errors.push({ file, line: 2, field: 'for', message: `for には ${readers.join('・')} のどれかを書いてください` })
      return []
    }
    const page = track.pages[0]!
    return [{ slug: name.slice(0, -3), title: track.title, for: track.for as HelpReader, order: track.order ?? 0, get html() { return page.html } }]
  })
}
