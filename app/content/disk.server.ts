import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { OperatorField } from '../domain/effective-settings'
import type { Library } from './library.server'
import { partOf } from './origin.server'
import { readOwn } from './read-folder.server'
import { filesIn, marksOf, type Part } from './read-part.server'
import { CHANGED } from './seal.server'
import type { ContentError } from './source.server'

/** The operator's own folder on the disk against what was read of it at the start. */
export interface OwnFolderState {
  path: string
  /** Files that are not what was read, that were not there, or are gone: they are used after the next start. */
  changed: readonly string[]
  /** Why the next start would be refused. */
  errors: readonly ContentError[]
  /** What is wrong with what is not published: it does not stop the start, and is left out. */
  draftErrors: readonly ContentError[]
}

/** How the own folder stands now; undefined without one. Reads only that folder: an administrator asks for it, nobody else. */
export function stateOfOwnFolder(library: Library): OwnFolderState | undefined {
  const own = library.folder.parts.find(({ isOwn }) => isOwn)
  if (!own) return undefined
  const { errors, draftErrors } = readOwn(own.path, library.folder.parts[0]!)
  const versions = changedVersions(library)
  const told = new Set(errors.map(({ file }) => file))
  const broken = versions.filter(({ isBroken, file }) => isBroken && !told.has(file)).map(({ file }): ContentError => ({ file, line: 1, field: '', message: CHANGED }))
  return { path: own.path, changed: [...changedBeside(own), ...versions.map(({ file }) => file)].sort(), errors: [...errors, ...broken], draftErrors }
}

/** What is wrong in the own folder with what is not published, as it was read at the start; it was left out. */
export const leftOut = (library: Library): readonly ContentError[] => library.folder.draftErrors.filter(({ file }) => partOf(library.folder, file)?.isOwn)

/** Words about the company that still are those of our example, which nobody can ring up: real people must not be shown them. */
export const exampleWords = (library: Library): OperatorField[] =>
  (['operator', 'reportDesk', 'consultDesk', 'hotline'] as const).filter((field) => library.words[field] === library.folder.parts[0]?.words?.[field])

/** What whoever starts the product should know of its content, a line each. */
export function startNotes({ library, settings }: { library: Library; settings: { demo: boolean } }): string[] {
  const examples = settings.demo ? [] : exampleWords(library)
  const faults = leftOut(library)
  return [
    ...(examples.length > 0 ? [`注意: 会社の言葉が、架空の例のままです(${examples.join('、')})。受講する人や誓約書に、この言葉が出ます。CONTENT_DIR の operator.yaml に自社の言葉を書き、始め直してください。`] : []),
    ...(faults.length > 0 ? [`注意: 自社のフォルダの、公開していないものに誤りが ${faults.length} 件あり、使っていません。npm run shuhi -- content check で確かめてください。`] : []),
  ]
}

/** Whether laws, provisions, requirements or words of the own folder changed since the start: a draft is then judged by what was. */
export function isOwnOlder(library: Library): boolean {
  const own = library.folder.parts.find(({ isOwn }) => isOwn)
  return own !== undefined && changedBeside(own).length > 0
}

function changedBeside(part: Part): string[] {
  if (!existsSync(part.path)) return [part.path]
  const now = orNothing(() => marksOf(part.path))
  return [...new Set([...part.marks.keys(), ...now.keys()])].filter((name) => part.marks.get(name) !== now.get(name)).map((name) => join(part.path, name))
}

/** Files of published versions that are no longer what is served. A folder that is gone as a whole stops no start: the database keeps it. */
const changedVersions = (library: Library): { file: string; isBroken: boolean }[] =>
  [...library.shelf.all()].filter(({ folder }) => partOf(library.folder, folder)?.isOwn).flatMap(({ folder, files }) => {
    const stands = existsSync(folder)
    const now = stands ? orNothing(() => filesIn(folder)) : new Map<string, Uint8Array>()
    const names = [...new Set([...files.keys(), ...now.keys()])].filter((name) => Buffer.compare(files.get(name) ?? NONE, now.get(name) ?? NONE) !== 0)
    return names.map((name) => ({ file: join(folder, name), isBroken: stands && files.has(name) }))
  })
const NONE = Buffer.from('\0')

/** What cannot be read now has changed in any case; why stands among the errors. */
function orNothing<T>(read: () => ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return new Map()
  }
}
