import { useRouteLoaderData } from '@remix-run/react'
import { useEffect } from 'react'
import type { Instant } from '../domain/calendar'
import { TRACK_NAMES, type TrackName } from '../domain/tracks'
import { englishInstant, fullInstant } from './format'

/** Words for the margins of all sheets, which only style can reach (print.css): with script, from now on. */
export function useMargin(name: '--printed' | '--printed-when' | '--printed-sheet' | '--printed-pages', words: () => string) {
  useEffect(() => document.documentElement.style.setProperty(name, JSON.stringify(words())))
}

/** The words of a sheet's head; names stay as they are. */
const HEAD = {
  ja: { site: (name: string) => `${name}「守秘」`, opened: (at: Instant) => `${fullInstant(at)}に開いた画面`, pages: 'ページ', version: (number: string) => `第${number}版` },
  en: { site: (name: string) => `${name} Shuhi`, opened: (at: Instant) => `Opened ${englishInstant(at)} (Japan time)`, pages: '', version: (number: string) => `Version ${number}` },
} as const
/** The words of a sheet's head beside a text in a track. */
export const headIn = (track: TrackName) => HEAD[track === 'en' ? 'en' : 'ja']

/** What a sheet says of itself on paper, and only there, in the language of its text: whose site it is, which text it is of, when the page was opened. The margins of all further sheets repeat it. */
export function Printed({ what, track = 'ja' }: { what?: string | undefined; track?: TrackName | undefined }) {
  const { site = '', opened } = (useRouteLoaderData('root') ?? {}) as { site?: string; opened?: Instant }
  const words = headIn(track)
  const [whose, when] = [words.site(site), opened === undefined ? '' : words.opened(opened)]
  useMargin('--printed', () => `${whose}　${what ?? document.title.replace(/｜守秘$/, '')}`)
  useMargin('--printed-when', () => when)
  useMargin('--printed-pages', () => words.pages)
  return <p className="printed" lang={TRACK_NAMES[track].lang}><span>{whose}</span><span>{when}</span>{what && <span>{what}</span>}</p>
}

/** A text on paper: its title and version, which part of it, and what else tells one sheet from another. */
export const textOnPaper = ({ title, version, slug, told = 'ja' }: { title: string; version: string; slug?: string; told?: TrackName }, ...parts: readonly (string | false | null)[]): string =>
  [`${title}${slug ? `(${slug})` : ''} ${headIn(told).version(version)}`, ...parts.filter((part) => part !== false && part !== null && part !== '')].join('　')
