import { sep } from 'node:path'
import type { Folder } from './read-folder.server'
import type { Part } from './read-part.server'

/** Whose a text is: of the product, of the operator (CONTENT_DIR), or in neither folder any more, only kept in the database. */
export type Origin = 'standard' | 'own' | 'kept'

/** The folder in which a path stands. */
export const partOf = (folder: Pick<Folder, 'parts'>, path: string): Part | undefined => folder.parts.find((part) => path.startsWith(part.path + sep))

/** Whose a version is, by where it was read; of one that only the database has, by where its other versions stand. */
export function originOf(folder: Pick<Folder, 'parts' | 'standing'>, version: { kind: string; slug: string; folder: string }): Origin {
  const part = partOf(folder, version.folder) ?? partOf(folder, folder.standing.find(({ kind, slug }) => kind === version.kind && slug === version.slug)?.folder ?? '')
  return part ? (part.isOwn ? 'own' : 'standard') : 'kept'
}
