import { statSync } from 'node:fs'
import { join } from 'node:path'
import { checkVersion } from './checks.server'
import type { Library } from './library.server'
import { misnamed } from './own-folder.server'
import { filesIn, foldersIn, PLACES, type Root } from './read-part.server'
import type { ContentError } from './source.server'
import { byVersion } from './shelf.server'
import { unreadable } from './text.server'
import { unreadIn } from './unread-files.server'
import { readVersion, type Files, type Kind, type ReadVersion } from './versions.server'

/** A version that stands in the folder and is not published: as it is on the disk now, with all that is wrong with it. */
export interface Draft {
  kind: Kind
  slug: string
  number: string
  folder: string
  files: Files
  /** undefined while it cannot be read at all. */
  read: ReadVersion | undefined
  errors: readonly ContentError[]
}

/** What was read of a folder stays until one of its files changes: an editor looks again and again. */
const known = new Map<string, { stamp: string; draft: Draft }>()

const stampOf = (path: string, files: Files): string => [...files.keys()].map((name) => `${name} ${statSync(join(path, name)).mtimeMs} ${files.get(name)!.length}`).join('\n')

/** Every draft beside the published versions, of ours and of the operator's own folder; only what stands in front of each is read. */
export function listDrafts(library: Library): Draft[] {
  return library.folder.parts.flatMap((root) => PLACES.flatMap(([kind, place]) =>
    foldersIn(join(root.path, place), true).flatMap((slug) =>
      foldersIn(join(root.path, place, slug), true).sort(byVersion).flatMap((number) => readDraft(library, root, kind, slug, number, false) ?? []))))
}

/** One draft, read and checked as a whole, in whichever folder it stands; undefined where nothing stands, or what stands there is published. */
export function findDraft(library: Library, kind: Kind, slug: string, number: string): Draft | undefined {
  for (const root of library.folder.parts) {
    const draft = readDraft(library, root, kind, slug, number, true)
    if (draft) return draft
  }
  return undefined
}

function readDraft(library: Library, root: Root, kind: Kind, slug: string, number: string, isChecked: boolean): Draft | undefined {
  if (library.shelf.get(kind, slug, number)) return undefined
  const at = join(root.path, PLACES.find(([one]) => one === kind)![1])
  // only what the folder lists: an address never names a path
  if (!foldersIn(at, true).includes(slug) || !foldersIn(join(at, slug), true).includes(number)) return undefined
  const path = join(at, slug, number)
  const files = readable(path)
  if (!(files instanceof Map)) return { kind, slug, number, folder: path, files: new Map(), read: undefined, errors: [files] }
  const unread = unreadIn(kind, path)
  const [key, stamp] = [`${isChecked} ${path}`, [stampOf(path, files), ...unread.map(({ file }) => file)].join('\n')]
  const before = known.get(key)
  if (before?.stamp === stamp) return before.draft
  const wrong = root.isOwn ? misnamed(kind, slug, number, path) : undefined
  const errors: ContentError[] = [...(wrong ? [wrong] : []), ...unread]
  const read = readVersion(kind, path, slug, number, files, errors, !isChecked)
  if (read && isChecked) {
    checkVersion(read, library.folder, errors)
    library.prepare(read)
  }
  const draft: Draft = { kind, slug, number, folder: path, files, read, errors }
  known.set(key, { stamp, draft })
  return draft
}

/** The files of a folder, or why they cannot be read: one draft that leads nowhere leaves the others to be seen. */
function readable(path: string): Map<string, Uint8Array> | ContentError {
  try {
    return new Map(filesIn(path))
  } catch (error) {
    return unreadable(error, path)
  }
}
