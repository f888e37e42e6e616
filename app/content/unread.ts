import type { Folder } from './read-folder.server'
import type { Standing } from './read-part.server'

/** What stands in a folder and could not be read: its own fault is told, and nothing that only follows from its being missing. */
export const isUnread = ({ standing, versions }: Pick<Folder, 'standing' | 'versions'>, isMeant: (one: Standing) => boolean): boolean =>
  standing.some((one) => isMeant(one) && !versions.some((read) => read.kind === one.kind && read.slug === one.slug && read.number === one.number))

/** Whether a list beside the versions (`laws.yaml`) has a fault of its own: what it lacks may stand in the lines that could not be read. */
export const hasFaults = ({ parts, errors }: Pick<Folder, 'parts' | 'errors'>, name: string): boolean =>
  parts.some(({ path }) => errors.some(({ file }) => file === `${path}/${name}`))
