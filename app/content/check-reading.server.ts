import { groupedBy } from '../domain/grouped'
import { newestModules } from './check-provisions.server'
import { inlineHtml, parseInline } from './inline'
import { readabilityOf, sentencesOf, tooLong, type Readability } from './readability'
import type { Folder } from './read-folder.server'
import type { ModuleVersion } from './schema'
import type { ContentError } from './source.server'
import type { ReadVersion } from './versions.server'

/** How the newest version of each module reads, track by track: its sections and its questions. Japanese keeps the limit of voice.md; the other tracks are told, not refused. */
export function measureReading(folder: Pick<Folder, 'versions'>, errors: ContentError[]): { readability: Record<string, Readability>; reading: ({ id: string; version: string; track: string } & Readability)[] } {
  const measured = newestModules(folder).flatMap((read) => [...read.tracks.values()].map((track) => ({ read, track: track.track, sentences: [...track.pages.flatMap(({ html }) => sentencesOf(html)), ...bankSentences(read, track.track)] })))
  for (const { read, track, sentences } of measured)
    for (const { sentence, length } of track === 'ja' ? tooLong(track, sentences) : []) errors.push({ file: `${read.folder}/${track}.md`, line: 1, field: '', message: `${length}字の文があります(60字まで)。2つの文に分けてください: ${sentence}` })
  return {
    readability: Object.fromEntries([...groupedBy(measured, ({ track }) => track)].map(([track, all]) => [track, readabilityOf(track, all.flatMap(({ sentences }) => sentences))])),
    reading: measured.map(({ read, track, sentences }) => ({ id: read.slug, version: read.number, track, ...readabilityOf(track, sentences) })),
  }
}

function bankSentences(read: ReadVersion<ModuleVersion>, track: string): string[] {
  const questions = track === 'ja' ? read.version.bank.questions : (read.bankWords?.get(track)?.value.questions ?? [])
  return questions.flatMap(({ text, explanation, options }) => [text, explanation, ...options.flatMap((option) => [option.text, option.why ?? ''])]).flatMap((source) => sentencesOf(`<p>${inlineHtml(parseInline(source).parts)}</p>`))
}
