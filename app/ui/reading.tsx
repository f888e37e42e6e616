import { Form, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { TRACK_NAMES, type ReadingChoice } from '../domain/tracks'
import { IDLE_LIMIT_SECONDS } from '../domain/reading-limits'

/** What the prose of a text says of itself: room for readings, and its language. */
export const proseOf = ({ furigana, track }: Pick<ReadingChoice, 'furigana' | 'track'>): { className: string; lang: string } =>
  ({ className: furigana && track !== 'en' ? 'prose ruby' : 'prose', lang: TRACK_NAMES[track].lang })

/** Shows or hides the readings and chooses the words to read in, for this person and from now on. `beside`: the Japanese stays, the chosen words stand below it. */
export function ReadingForm({ reading: { furigana, track, tracks, missing }, beside = false }: { reading: ReadingChoice; beside?: boolean }) {
  const { pathname, search } = useLocation()
  const look = 'btn btn-text btn-sm text-[.875rem] px-0'
  return (
    <Form method="post" action="/reading" className="ruby-form flex flex-wrap items-center gap-x-4">
      <input type="hidden" name="to" value={pathname + search} />
      {(beside || track !== 'en') && <button className={look} name="furigana" value={furigana ? 'off' : 'on'}>{furigana ? 'ふりがなを消す' : 'ふりがなを付ける'}</button>}
      {tracks.length > 1 && tracks.map((one) => (one === track
        ? <b key={one} className="text-[.875rem]" lang={TRACK_NAMES[one].lang} aria-current="true">{TRACK_NAMES[one].name}</b>
        : <button key={one} className={look} name="track" value={one} lang={TRACK_NAMES[one].lang}>{TRACK_NAMES[one].name}</button>))}
      {missing !== null && <span className="mut text-[.875rem]" lang={TRACK_NAMES[missing].lang}>{TRACK_NAMES[missing].absent}</span>}
    </Form>
  )
}

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart', 'focus'] as const

/**
 * When the page was opened, and with script the seconds in which somebody was at it: gaps without a sign count up to the idle
 * limit. It sends nothing itself; the number goes with the form.
 */
export function StudyClock({ openedAt }: { openedAt: number }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const form = field.current?.form
    let last = performance.now()
    let active = 0
    const sign = () => {
      const now = performance.now()
      if (now - last < 250) return
      active += Math.min(now - last, IDLE_LIMIT_SECONDS * 1000)
      last = now
    }
    const fill = () => {
      sign()
      if (field.current) field.current.value = String(Math.round(active / 1000))
    }
    for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true })
    form?.addEventListener('submit', fill, true)
    return () => {
      for (const name of SIGNS) removeEventListener(name, sign, { capture: true })
      form?.removeEventListener('submit', fill, true)
    }
  }, [openedAt])
  return (
    <>
      <input type="hidden" name="openedAt" value={openedAt} />
      <input type="hidden" name="active" ref={field} />
    </>
  )
}
