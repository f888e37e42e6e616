import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { itemsOf } from '../../content/checklist-schema'
import { factsOf, findEdition } from '../../content/editions.server'
import { withPhrases } from '../../content/phrases'
import { audiencesOf, editorsQuestions, pagesIn, previewPage, previewVariables } from '../../content/preview.server'
import { may } from '../../domain/access'
import { TRACK_NAMES, trackFor, TRACKS } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { EditorsQuestions } from '../../ui/editors-questions'
import { fullDay } from '../../ui/format'
import { AUDIENCES, editionPath, REVIEW_WORDS, STATE_WORDS, type Audience } from '../../ui/library-words'
import { Page } from '../../ui/page-head'
import { textOnPaper } from '../../ui/printed'
import { Provisions } from '../../ui/source-line'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'
import { withWholeNumbers } from '../../ui/whole-numbers'
import { editionParams } from './edition-params'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `下見 ${data?.title ?? ''}｜守秘` }]

const audiences = Object.keys(AUDIENCES) as [Audience, ...Audience[]]
const query = z.object({ track: z.string().max(10).catch('ja').default('ja'), as: z.enum(audiences).catch('own').default('own'), ruby: z.enum(['0', '1']).catch('1').default('1'), page: z.string().max(80).catch('').default('') })

/** A text as its readers see it: any track, any audience. Nothing is recorded as read. */
export const loader = guardLoader({ act: 'readProgram', params: editionParams, query }, async ({ context: { library, viewer }, params: { kind, slug, version }, query }) => {
  const edition = findEdition(library, kind, slug, version)
  if (!edition?.read) throw notFound()
  const facts = factsOf(edition)
  const track = trackFor(query.track, facts.tracks)
  const open = audiencesOf(edition)
  const as = open.includes(query.as) ? query.as : open[0]!
  const how = { track, furigana: query.ruby === '1', variables: previewVariables(library, as) }
  const pages = pagesIn(edition, track)
  const showsKeys = edition.kind === 'module' && may(viewer, 'editContent')
  const page = showsKeys && query.page === 'questions' ? 'questions' : (pages.find(({ id }) => id === query.page) ?? pages[0])?.id ?? ''
  const rendered = page === 'questions' ? undefined : previewPage(library, edition, page, how)
  const { version: text } = edition.read
  const section = text.kind === 'module' ? text.meta.sections.find(({ id }) => id === page) : undefined
  return {
    kind, slug, version, title: facts.title, state: edition.state, review: edition.review, asOf: section?.asOf ?? facts.asOf, laws: library.lawTitles(section?.laws ?? (text.kind === 'pledge' || text.kind === 'checklist' ? text.meta.laws : []), section?.asOf ?? facts.asOf), provisions: section?.provisions ?? [],
    tracks: TRACKS.filter((one) => facts.tracks.includes(one)), track, as, open, furigana: how.furigana, pages, page, showsKeys,
    titleHtml: withPhrases(rendered?.titleHtml ?? ''), html: rendered?.html ?? '', minutes: section?.minutes ?? null,
    questions: page === 'questions' ? editorsQuestions(library, edition, how) : [], items: text.kind === 'checklist' ? itemsOf(text.meta).map(({ number, text: words, provisions }) => ({ number, words, provisions })) : [],
  }
})

/** Which page of how many, or what stands after the sections of a module. */
function partOf({ kind, page, pages }: { kind: string; page: string; pages: readonly { id: string }[] }): string {
  if (page === 'questions') return '問題と正答'
  if (page === 'aid') return '手元に置く1枚'
  const sections = pages.filter(({ id }) => id !== 'aid')
  const at = sections.findIndex(({ id }) => id === page) + 1
  return sections.length > 1 && at > 0 ? `${at}/${sections.length}${kind === 'module' ? '節' : 'ページ'}` : ''
}

export default function LibraryPreview() {
  const one = useLoaderData<typeof loader>()
  const here = editionPath(one)
  const to = (page: string) => `${here}/preview?${new URLSearchParams({ track: one.track, as: one.as, ruby: one.furigana ? '1' : '0', page })}`
  const at = one.pages.findIndex(({ id }) => id === one.page)
  const next = one.pages[at + 1]
  const entries = [...one.pages, ...(one.showsKeys ? [{ id: 'questions', title: '問題と正答' }] : [])]
  return (
    <Page width="wrap-mid" printed={textOnPaper(one.kind === 'notice' ? { ...one, slug: '' } : one, one.state !== 'current' && STATE_WORDS[one.state].words, partOf(one), `${TRACK_NAMES[one.track].name}${one.track !== 'en' && one.furigana ? '(ふりがな付き)' : ''}`, one.page !== 'questions' && one.items.length === 0 && `${AUDIENCES[one.as]}の下見`)}>
      <Link className="back" to={here}>← {one.title} 第{one.version}版</Link>
      <Form method="get" className="filter">
        <input type="hidden" name="page" value={one.page} />
        <div className="field"><label className="label" htmlFor="as">だれの画面か</label><select className="in" id="as" name="as" defaultValue={one.as} key={one.as}>{one.open.map((who) => <option key={who} value={who}>{AUDIENCES[who]}</option>)}</select></div>
        <div className="field"><label className="label" htmlFor="track">言葉</label><select className="in" id="track" name="track" defaultValue={one.track} key={one.track}>{one.tracks.map((track) => <option key={track} value={track}>{TRACK_NAMES[track].name}</option>)}</select></div>
        <div className="field"><label className="label" htmlFor="ruby">ふりがな</label><select className="in" id="ruby" name="ruby" defaultValue={one.furigana ? '1' : '0'} key={String(one.furigana)}><option value="1">付ける</option><option value="0">付けない</option></select></div>
        <button className="btn btn-sm">この画面で見る</button>
      </Form>
      <p className="sml mut noprint">下見です。あなたが読んだ記録は残りません。</p>
      <div className="cols cols-toc mt-4">
        <nav aria-label="この版のページ" className="noprint">
          <details className="more toc-fold" open>
            <summary>ページの一覧</summary>
            <ol className="toc">
              {entries.map(({ id, title }, index) => (
                <li key={id}>{id === one.page ? <span className="cur" aria-current="page"><span>{index + 1}</span><span>{title}</span></span> : <Link to={to(id)}><span>{index + 1}</span><span>{title}</span></Link>}</li>
              ))}
            </ol>
          </details>
        </nav>
        <article className="reader" lang={TRACK_NAMES[one.track].lang}>
          {one.page === 'questions' ? (
            <>
              <div className="head"><h1>問題と正答</h1><p className="lead">{one.questions.length}問。正答と理由は、受講する人にはテストのあとに出ます。</p></div>
              <EditorsQuestions questions={one.questions} hasRuby={one.furigana} sectionPath={to} />
            </>
          ) : one.items.length > 0 ? (
            <>
              <div className="head"><h1>{one.title}</h1></div>
              <Table>
                <caption className="sr-only">点検の項目</caption>
                <Head><Row><ColumnHead>番号</ColumnHead><ColumnHead>項目</ColumnHead><ColumnHead>根拠</ColumnHead></Row></Head>
                <Body>{one.items.map(({ number, words, provisions }) => <Row key={number}><RowHead>{number}</RowHead><Cell label="項目">{words}</Cell><Cell label="根拠"><Provisions ids={provisions} /></Cell></Row>)}</Body>
              </Table>
            </>
          ) : (
            <>
              <div className="head"><h1 dangerouslySetInnerHTML={{ __html: one.titleHtml || one.title }} />{one.minutes !== null && <p className="sml mut mt-3 noprint">この節は約{one.minutes}分</p>}</div>
              <div className={`${one.furigana ? 'prose ruby' : 'prose'}${one.page === 'aid' ? ' aid' : ''}`} dangerouslySetInnerHTML={{ __html: withWholeNumbers(one.html) }} />
            </>
          )}
          <p className="src" lang="ja">
            法令は<time dateTime={one.asOf}>{fullDay(one.asOf)}</time>時点です。{one.laws.length > 0 && <>根拠：{one.laws.join('、')}。</>}{one.provisions.length > 0 && <>条項：<Provisions ids={one.provisions} />。</>}第{one.version}版(文章：{REVIEW_WORDS[one.review]}{one.state === 'draft' && '・公開前'})。
          </p>
          {next && <div className="acts noprint" lang="ja"><Link className="btn" to={to(next.id)}>次のページを見る</Link></div>}
        </article>
      </div>
    </Page>
  )
}
