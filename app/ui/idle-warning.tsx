import { useFetcher, useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { MINUTE_MS } from '../domain/calendar'

/** On a shared terminal: two minutes before the session ends, says so and offers to go on. What was entered is already kept. */
export function IdleWarning({ idleMs }: { idleMs: number }) {
  const { key } = useLocation()
  const extend = useFetcher<{ at: number }>({ key: 'still-here' })
  return <Countdown key={`${key} ${extend.data?.at ?? 0}`} idleMs={idleMs} />
}

/** Lives from one use of the session to the next. */
function Countdown({ idleMs }: { idleMs: number }) {
  const extend = useFetcher({ key: 'still-here' })
  const [warned, setWarned] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWarned(true), idleMs - 2 * MINUTE_MS)
    return () => clearTimeout(timer)
  }, [idleMs])
  if (!warned) return null
  return (
    <div className="note" data-k="warn" role="alert">
      <strong>あと2分で、自動でサインアウトします</strong>
      <p>ここまでに保存したものは失われません。続けるときは、下のボタンを押してください。</p>
      <extend.Form method="post" action="/still-here" className="acts"><button className="btn btn-sm">続ける</button></extend.Form>
    </div>
  )
}
