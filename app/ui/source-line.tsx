import { Link } from '@remix-run/react'
import { Fragment } from 'react'
import { REVIEW_STATES, type ReviewState } from '../domain/release'
import { fullDay } from './format'

/** What the status of the review of a text is called; whether the laws' own wording is verified stands beside each law. */
export { REVIEW_STATES as REVIEW_WORDS } from '../domain/release'

export interface Source {
  asOf: string
  laws: readonly string[]
  version: string
  review: ReviewState
  slug: string
  section: string
}

/** The rows of the table of provisions that a text rests on; an id is never broken in two. */
export function Provisions({ ids }: { ids: readonly string[] }) {
  return <>{ids.map((id, at) => <Fragment key={id}>{at > 0 && '、'}<span className="nw">{id}</span></Fragment>)}</>
}

/** The day of the law, what the text rests on, its version and review, and the way to say that something is wrong. */
export function SourceLine({ source, kind, back }: { source: Source; kind: 'module' | 'pledge'; back: string }) {
  const report = new URLSearchParams({ kind, slug: source.slug, version: source.version, section: source.section, to: back })
  return (
    <p className="src">
      {kind === 'module' ? 'この教材' : 'この書面'}の法令は<time dateTime={source.asOf}>{fullDay(source.asOf)}</time>時点です。
      {source.laws.length > 0 && <>根拠：{source.laws.join('、')}。</>}
      第{source.version}版({kind === 'module' ? '教材' : '書面'}の文章：{REVIEW_STATES[source.review]})。 <Link className="noprint" to={`/notes-to-editor?${report}`}>ここがおかしいと知らせる</Link>
    </p>
  )
}
