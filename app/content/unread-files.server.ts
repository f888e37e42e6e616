import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { TRACKS } from '../domain/tracks'
import { isLeftover } from './leftovers'
import { foldersIn, PLACES } from './read-part.server'
import type { ContentError } from './source.server'
import type { Kind } from './versions.server'

const TEXTS = TRACKS.map((track) => `${track}.md`)
/** What is read of a version, by kind. */
const NAMES: Readonly<Record<Kind, readonly string[]>> = {
  module: ['module.yaml', 'quiz.yaml', ...TEXTS, ...TEXTS.map((name) => `aid.${name}`), ...TRACKS.map((track) => `quiz.${track}.yaml`)],
  pledge: ['pledge.yaml', ...TEXTS],
  checklist: ['checklist.yaml'],
  notice: ['ja.md'],
}

/** What stands in the folder of a version and nobody reads: a misspelt name would be passed over in silence. What was published with it is `sealed`, and stays. */
export const unreadIn = (kind: Kind, path: string, sealed: readonly string[] = []): ContentError[] =>
  told(path, strangersIn(path, (name) => NAMES[kind].includes(name) || sealed.includes(name)), NAMES[kind])

/** What stands beside the versions, in the folders of a folder of content, and nobody reads. */
export function unreadBeside(folder: string): ContentError[] {
  const files = PLACES.flatMap(([kind, place]) => ['.', ...foldersIn(join(folder, place), true)].flatMap((slug) => {
    const path = join(folder, place, slug)
    const folders = foldersIn(path, true)
    return told(path, strangersIn(path, (name) => folders.includes(name)), [slug === '.' ? `${place}/(名前)/(版)/ の中のもの` : `(版)/ の中の ${NAMES[kind].join('・')}`])
  }))
  const help = join(folder, 'help')
  const calendar = join(folder, 'calendar')
  return [...files, ...told(help, strangersIn(help, (name) => name.endsWith('.md')), ['(名前).md']), ...told(calendar, strangersIn(calendar, (name) => name === 'holidays.yaml'), ['holidays.yaml'])]
}

/** README.md belongs to whoever keeps the folder. */
const strangersIn = (path: string, isRead: (name: string) => boolean): string[] =>
  (existsSync(path) ? readdirSync(path) : []).filter((name) => !isLeftover(name) && name !== 'README.md' && !isRead(name)).sort()

const told = (path: string, strangers: readonly string[], read: readonly string[]): ContentError[] =>
  strangers.map((name) => ({ file: join(path, name), line: 1, field: '', message: `この名前のものは読みません。名前を直すか、外へ移してください。読むのは ${read.join('・')} です` }))
