import { Link } from '@remix-run/react'
import { Fragment } from 'react'
import { REVIEW_STATES, type ReviewState } from '../domain/release'
import type { TrackName } from '../domain/tracks'
import { englishDay, fullDay } from './format'

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

/** The same states beside a text in English. */
const REVIEW_IN_ENGLISH: Record<ReviewState, string> = { draft: 'a draft that is not reviewed yet', internal: 'reviewed inside the company', counsel: 'confirmed by a lawyer', needsUpdate: 'under revision', superseded: 'an earlier version' }

/** The day of the law, what the text rests on, its version and review, and the way to say that something is wrong. */
export function SourceLine({ back, ...of }: { source: Source; kind: 'module' | 'pledge'; track: TrackName; back: string }) {
  const { source: { slug, version, section }, kind } = of
  const report = new URLSearchParams({ kind, slug, version, section, to: back })
  return <p className="src"><SourceWords {...of} /> <Link className="noprint" to={`/notes-to-editor?${report}`}>ここがおかしいと知らせる</Link></p>
}

/** The same without the way, in the language of the text as far as laws have names in it. */
export function SourceWords({ source, kind, track }: { source: Source; kind: 'module' | 'pledge'; track: TrackName }) {
  if (track === 'en')
    return (
      <span lang="en">
        The law is as of <time dateTime={source.asOf}>{englishDay(source.asOf)}</time>. {source.laws.length > 0 && <>It rests on: <span lang="ja">{source.laws.join('、')}</span>. </>}
        Version {source.version} (the words: {REVIEW_IN_ENGLISH[source.review]}).
      </span>
    )
  return (
    <>
      {kind === 'module' ? 'この教材' : 'この書面'}の法令は<time dateTime={source.asOf}>{fullDay(source.asOf)}</time>時点です。
      {source.laws.length > 0 && <>根拠：{source.laws.join('、')}。</>}
      第{source.version}版({kind === 'module' ? '教材' : '書面'}の文章：{REVIEW_STATES[source.review]})。
    </>
  )
}
