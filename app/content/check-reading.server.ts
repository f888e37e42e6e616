import { groupedBy } from '../domain/grouped'
import { newestModules } from './check-provisions.server'
import { inlineHtml, parseInline } from './inline'
import { doublyDenied, limitOf, readabilityOf, sentencesOf, tooLong, type Readability } from './readability'
import type { Folder } from './read-folder.server'
import type { ModuleVersion } from './schema'
import type { ContentError } from './source.server'
import type { ReadVersion } from './versions.server'

const REFUSED = ['ja', 'ja-easy']

/** How the newest version of each module reads, track by track: its sections, its job aid and its questions. Japanese and やさしい日本語 keep the limits of voice.md and deny once; English is told, not refused. */
export function measureReading(folder: Pick<Folder, 'versions'>, errors: ContentError[]): { readability: Record<string, Readability>; reading: ({ id: string; version: string; track: string } & Readability)[] } {
  const measured = newestModules(folder).flatMap((read) => [...read.tracks.values()].map((track) => ({ read, track: track.track, sentences: [...[track, read.aids?.get(track.track)].flatMap((text) => text?.pages ?? []).flatMap(({ html }) => sentencesOf(html)), ...bankSentences(read, track.track)] })))
  for (const { read, track, sentences } of measured.filter(({ track }) => REFUSED.includes(track))) {
    const tell = (message: string) => errors.push({ file: `${read.folder}/${track}.md`, line: 1, field: '', message })
    for (const { sentence, length } of tooLong(track, sentences)) tell(`${length}字の文があります(${limitOf(track)}字まで)。2つの文に分けてください: ${sentence}`)
    for (const sentence of doublyDenied(track, sentences)) tell(`二重否定の文があります。打ち消さない形に書き直してください: ${sentence}`)
  }
  return {
    readability: Object.fromEntries([...groupedBy(measured, ({ track }) => track)].map(([track, all]) => [track, readabilityOf(track, all.flatMap(({ sentences }) => sentences))])),
    reading: measured.map(({ read, track, sentences }) => ({ id: read.slug, version: read.number, track, ...readabilityOf(track, sentences) })),
  }
}

function bankSentences(read: ReadVersion<ModuleVersion>, track: string): string[] {
  const questions = track === 'ja' ? read.version.bank.questions : (read.bankWords?.get(track)?.value.questions ?? [])
  return questions.flatMap(({ text, explanation, options }) => [text, explanation, ...options.flatMap((option) => [option.text, option.why ?? ''])]).flatMap((source) => sentencesOf(`<p>${inlineHtml(parseInline(source).parts)}</p>`))
}
