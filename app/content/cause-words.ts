import type { ContentRevisionTable } from '../../db/schema'
import { quoted } from '../domain/duty-words'
import { fullDay } from '../domain/calendar'
import { periodOfRevision, type Revision } from '../domain/revision'
import type { Library } from './library.server'
import { targetTitle } from './target-titles'

/** What of a revision its causes say. */
export type RevisionSaid = Pick<ContentRevisionTable, 'slug' | 'version' | 'impact' | 'reason'>

/** Why a revision gives something, as everybody reads it to whom it is given. */
export const revisionWords = (library: Library, { slug, impact, reason }: RevisionSaid): string => `${impact === 'law' ? '法律が変わったため' : '教材が新しくなったため'}(${quoted(targetTitle(library, 'module', slug))}を前の版で終えた人): ${reason}`

/** The same to the person: which text changed, from which day, and why that asks something of who finished it. */
export function ownRevisionWords(library: Library, { slug, version, impact, reason, onDay }: Pick<Revision, 'slug' | 'version' | 'impact' | 'onDay'> & { reason: string }, given: string): string {
  const whole = given === slug
  return `なぜ：${impact === 'law' ? '法律が変わったため' : '内容が変わったため'}、${quoted(targetTitle(library, 'module', slug))}は${fullDay(onDay)}から第${version}版です。前の版で終えた方に、${whole ? 'もう一度' : '変わったところを'}お願いしています。${reason}`
}

/** Why a duty of one's own was given, where a revision gave it; else empty. */
export function whyGiven(library: Library, { revisions }: { revisions: readonly ContentRevisionTable[] }, { period, target_slug: given }: { period: string; target_slug: string }): string {
  const revision = revisions.find((one) => periodOfRevision(one) === period)
  return revision ? ownRevisionWords(library, { ...revision, onDay: revision.on_day }, given) : ''
}

/** Why a duty was assigned: the title of its requirement, or what was announced; undefined when nobody knows any more. */
export function causeWords(library: Library, requirementId: string, revisions: readonly RevisionSaid[]): string | undefined {
  const revision = revisions.find((one) => periodOfRevision(one) === requirementId)
  return revision ? revisionWords(library, revision) : library.requirements.findLast(({ id }) => id === requirementId)?.title
}
