import { useFetcher, useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { spanWords } from '../domain/calendar'
import { IDLE_WARNING_MS } from '../domain/session'

/** The server's session is over by then: its clock starts with the page's request, and the page only afterwards. */
const AFTER_THE_END_MS = 3_000

/** On a shared terminal: shortly before the session ends, says so and offers to go on; when it has ended, leaves the page, so that no name stays in sight. What was entered is already kept. */
export function IdleWarning({ idleMs }: { idleMs: number }) {
  const { key, pathname, search } = useLocation()
  const extend = useFetcher<{ at: number }>({ key: 'still-here' })
  return <Countdown key={`${key} ${extend.data?.at ?? 0}`} idleMs={idleMs} here={pathname + search} />
}

/** Lives from one use of the session to the next. */
function Countdown({ idleMs, here }: { idleMs: number; here: string }) {
  const extend = useFetcher({ key: 'still-here' })
  const [warned, setWarned] = useState(false)
  useEffect(() => {
    const warn = setTimeout(() => setWarned(true), idleMs - IDLE_WARNING_MS)
    // Used in another tab, the session lives: the door then leads back here.
    const leave = setTimeout(() => window.location.replace(`/sign-in?next=${encodeURIComponent(here)}`), idleMs + AFTER_THE_END_MS)
    return () => {
      clearTimeout(warn)
      clearTimeout(leave)
    }
  }, [idleMs, here])
  if (!warned) return null
  return (
    <div className="note my-3" data-k="warn" role="alert">
      <strong>あと{spanWords(IDLE_WARNING_MS)}で、自動でサインアウトします</strong>
      <p>ここまでに保存したものは失われません。続けるときは、下のボタンを押してください。</p>
      <extend.Form method="post" action="/still-here" className="acts"><button className="btn btn-sm">続ける</button></extend.Form>
    </div>
  )
}

/** The same without script: the browser leaves by itself once the session has ended. It signs nobody out who is still signed in. */
export const leavesWithoutScript = (idleMs: number): string => `${Math.round((idleMs + AFTER_THE_END_MS) / 1000)};url=/sign-in`
