import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { differenceOf } from '../../content/difference.server'
import { factsOf, findEdition, listEditions } from '../../content/editions.server'
import { readersOf } from '../../content/preview.server'
import { byVersion } from '../../content/shelf.server'
import { may } from '../../domain/access'
import { TRACK_NAMES, trackFor, TRACKS } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { Difference } from '../../ui/difference'
import { editionPath, STATE_WORDS } from '../../ui/library-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { editionParams } from './edition-params'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `版の違い ${data?.title ?? ''}｜守秘` }]

/** Two versions of a text, word by word, in one track. What only the editor may see, the bank, is compared for the editor only. */
export const loader = guardLoader({ act: 'readProgram', params: editionParams, query: z.object({ from: z.string().max(16).optional(), track: z.string().max(10).catch('ja').default('ja') }) }, async ({ context: { library, viewer }, params: { kind, slug, version }, query }) => {
  const edition = findEdition(library, kind, slug, version)
  if (!edition?.read) throw notFound()
  const others = listEditions(library).filter((one) => one.kind === kind && one.slug === slug && one.number !== version && one.errors.length === 0)
  const from = query.from ?? (others.find(({ number }) => byVersion(number, version) < 0) ?? others[0])?.number
  const before = from === undefined ? undefined : findEdition(library, kind, slug, from)
  if (query.from !== undefined && !before?.read) throw notFound()
  const facts = factsOf(edition)
  const track = trackFor(query.track, facts.tracks)
  const keys = may(viewer, 'editContent')
  return {
    kind, slug, version, title: facts.title, from: before?.number ?? null, track, tracks: TRACKS.filter((one) => facts.tracks.includes(one)), others: others.map(({ number, state }) => ({ number, state })),
    parts: before?.read ? differenceOf(before.read, edition.read, track, readersOf(library, edition)).filter(({ id }) => keys || !id.startsWith('question ')) : [],
  }
})

export default function LibraryDifference() {
  const one = useLoaderData<typeof loader>()
  const back = { to: editionPath(one), label: `${one.title} 第${one.version}版` }
  if (one.from === null) return <Page><PageHead back={back} title="比べる版がありません" lead="この教材・書面には、ほかの版がありません。" /></Page>
  return (
    <Page width="wrap-mid">
      <PageHead back={back} title={`第${one.from}版から第${one.version}版への違い`} lead="〔 〕の中が前の言葉、下線が新しい言葉です。変わらない段落は出しません。ふりがなの違いは数えません。" />
      <Form method="get" className="filter">
        <div className="field"><label className="label" htmlFor="from">比べる版</label><select className="in" id="from" name="from" defaultValue={one.from} key={one.from}>{one.others.map(({ number, state }) => <option key={number} value={number}>第{number}版 {STATE_WORDS[state].words}</option>)}</select></div>
        <div className="field"><label className="label" htmlFor="track">言葉</label><select className="in" id="track" name="track" defaultValue={one.track} key={one.track}>{one.tracks.map((track) => <option key={track} value={track}>{TRACK_NAMES[track].name}</option>)}</select></div>
        <button className="btn btn-sm">比べる</button>
      </Form>
      {one.parts.length === 0 ? <Notice kind="info" title="違いはありません"><p>この言葉では、2つの版の文は同じです。</p></Notice> : <h2 className="sr-only">違い</h2>}
      <Difference parts={one.parts} />
      <p className="mt-6"><Link to={`${editionPath(one)}/preview?track=${one.track}`}>読む人と同じ画面で見る</Link></p>
    </Page>
  )
}
