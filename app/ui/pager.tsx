import { Link } from '@remix-run/react'

/** Goes on to the next page of a list that is paged by key, and back to its beginning; on paper it says that the sheet is not all of the list. */
export function Pager({ next, first, label }: { next: string | null; first: string | null; label: string }) {
  if (next === null && first === null) return null
  return (
    <>
      <p className="on-paper">この表は、一覧の一部です。{next !== null && '続きがあります。'}{first !== null && '前にもあります。'}</p>
      <nav className="acts" aria-label={`${label}のページ`}>
        {next !== null && <Link className="btn btn-sm" to={next}>続きを見る({label}ずつ)</Link>}
        {first !== null && <Link className="btn btn-text btn-sm" to={first}>はじめに戻る</Link>}
      </nav>
    </>
  )
}
