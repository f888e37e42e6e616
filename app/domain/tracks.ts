/** In which words a text is told: the Japanese that counts, やさしい日本語 and English beside it (domain.md 2.1, L29). */
export const TRACKS = ['ja', 'ja-easy', 'en'] as const
export type TrackName = (typeof TRACKS)[number]

/** What a track calls itself, in its own language; `lang` is what a screen reader is told, `absent` what is said where a text does not have it. */
export const TRACK_NAMES: Readonly<Record<TrackName, { name: string; lang: string; absent: string }>> = {
  ja: { name: '日本語', lang: 'ja', absent: '' }, 'ja-easy': { name: 'やさしい日本語', lang: 'ja', absent: 'ここには やさしい日本語が ありません。' }, en: { name: 'English', lang: 'en', absent: 'This text is in Japanese only.' },
}

/** How a person likes to read, on every device. */
export interface Reading {
  furigana: boolean
  track: TrackName
}

export const isTrack = (word: string): word is TrackName => (TRACKS as readonly string[]).includes(word)

/** The track a person reads of a text: the one they chose where the text has it, else Japanese. */
export const trackFor = (chosen: string, tracks: readonly string[]): TrackName => (isTrack(chosen) && tracks.includes(chosen) ? chosen : 'ja')

/** How somebody reads one text, and in which words it can be read. */
export interface ReadingChoice extends Reading {
  /** More than one: the person may choose. */
  tracks: readonly TrackName[]
  /** The track they would like, where this text does not have it. */
  missing: TrackName | null
}

/** How a person reads a text that has these tracks. */
export function readingOf({ furigana, track: chosen }: Reading, tracks: readonly string[]): ReadingChoice {
  const track = trackFor(chosen, tracks)
  return { furigana, track, tracks: TRACKS.filter((one) => tracks.includes(one)), missing: track === chosen ? null : chosen }
}
