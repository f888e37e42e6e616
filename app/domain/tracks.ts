/** In which words a text is told: the Japanese that counts, やさしい日本語 and English beside it (domain.md 2.1, L29). */
export const TRACKS = ['ja', 'ja-easy', 'en'] as const
export type TrackName = (typeof TRACKS)[number]

/** What a track calls itself, in its own language; `lang` is what a screen reader is told. */
export const TRACK_NAMES: Readonly<Record<TrackName, { name: string; lang: string }>> = {
  ja: { name: '日本語', lang: 'ja' }, 'ja-easy': { name: 'やさしい日本語', lang: 'ja' }, en: { name: 'English', lang: 'en' },
}

export const isTrack = (word: string): word is TrackName => (TRACKS as readonly string[]).includes(word)

/** The track a person reads of a text: the one they chose where the text has it, else Japanese. */
export const trackFor = (chosen: string, tracks: readonly string[]): TrackName => (isTrack(chosen) && tracks.includes(chosen) ? chosen : 'ja')
