import type { ContentRevisionTable } from '../../db/schema'
import { quoted } from '../domain/duty-words'
import { periodOfRevision } from '../domain/revision'
import type { Library } from './library.server'
import { targetTitle } from './target-titles'

/** What of a revision its causes say. */
export type RevisionSaid = Pick<ContentRevisionTable, 'slug' | 'version' | 'impact' | 'reason'>

/** Why a revision gives something, as everybody reads it to whom it is given. */
export const revisionWords = (library: Library, { slug, impact, reason }: RevisionSaid): string => `${impact === 'law' ? '法律が変わったため' : '教材が新しくなったため'}(${quoted(targetTitle(library, 'module', slug))}を前の版で終えた人): ${reason}`

/** Why a duty was assigned: the title of its requirement, or what was announced; undefined when nobody knows any more. */
export function causeWords(library: Library, requirementId: string, revisions: readonly RevisionSaid[]): string | undefined {
  const revision = revisions.find((one) => periodOfRevision(one) === requirementId)
  return revision ? revisionWords(library, revision) : library.requirements.findLast(({ id }) => id === requirementId)?.title
}
