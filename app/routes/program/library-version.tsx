import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { countByVersion, listReleaseTimes, listReviews } from '../../../db/library.server'
import { factsOf, findEdition, listEditions } from '../../content/editions.server'
import { dayOf } from '../../domain/calendar'
import { guardLoader, notFound } from '../../http/guard.server'
import { Facts } from '../../ui/facts'
import { fullDay, fullDayWithWeekday, fullInstant } from '../../ui/format'
import { editionPath, REVIEW_WORDS, STATE_WORDS, TEXT_KINDS, tracksWords } from '../../ui/library-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'
import { editionParams } from './edition-params'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? '版'} 第${data?.version ?? ''}版｜守秘` }]

/** One version: how it stands, what is wrong with a draft, and its sisters. */
export const loader = guardLoader({ act: 'readProgram', params: editionParams }, async ({ context: { db, library, now }, params: { kind, slug, version } }) => {
  const edition = findEdition(library, kind, slug, version)
  if (!edition) throw notFound()
  const [released, people, reviews] = await Promise.all([listReleaseTimes(db), countByVersion(db, { kind, slug }), listReviews(db, { kind, slug, version })])
  const at = released.get(`${kind} ${slug} ${version}`)
  const sections = edition.read?.version.kind === 'module' ? edition.read.version.meta.sections.length : null
  return {
    kind, slug, version, today: dayOf(now), ...factsOf(edition), sections, state: edition.state, review: edition.review, errors: edition.errors, isReadable: edition.read !== undefined, reviews,
    releasedAt: at ?? null, people: people.get(`${kind} ${slug} ${version}`) ?? 0,
    others: listEditions(library).filter((one) => one.kind === kind && one.slug === slug && one.number !== version).map((one) => ({ version: one.number, state: one.state, people: people.get(`${kind} ${slug} ${one.number}`) ?? 0 })),
  }
})

export default function LibraryVersion() {
  const one = useLoaderData<typeof loader>()
  const here = editionPath(one)
  const unit = one.kind === 'pledge' ? '署名した人' : one.kind === 'notice' ? '確かめた人' : '修了した人'
  return (
    <Page>
      <PageHead back={{ to: '/program/library', label: '教材と版' }} title={one.title} lead={`${TEXT_KINDS[one.kind]}${one.kind === 'notice' ? '' : ` ${one.slug}`} 第${one.version}版`} asOf={`基準日 ${fullDayWithWeekday(one.today)}`} />
      {one.errors.length > 0 && (
        <Notice kind="no" title={`直すところが ${one.errors.length}件あります`}>
          <p>ファイルを直して、この画面をもう一度開いてください。すべて直るまで公開できません。</p>
        </Notice>
      )}
      <Facts facts={[
        ['公開', <Status key="s" mark={STATE_WORDS[one.state].mark}>{STATE_WORDS[one.state].words}</Status>],
        ['公開した日時', one.releasedAt !== null && fullInstant(one.releasedAt)],
        ['文章の確認', REVIEW_WORDS[one.review]],
        ['法令の時点', one.asOf !== '' && fullDay(one.asOf)],
        ['言葉', tracksWords(one.tracks)],
        ['時間', one.minutes !== null && `${one.minutes}分`],
        ['節', one.sections !== null && `${one.sections}節`],
        ['問題', one.questions !== null && `${one.questions}問`],
        ['項目', one.items !== null && `${one.items}項目`],
        [unit, one.state !== 'draft' && `${one.people.toLocaleString('ja-JP')}人`],
      ]} />
      <div className="acts">
        {one.isReadable && <Link className="btn" to={`${here}/preview`}>読む人と同じ画面で見る</Link>}
      </div>
      {one.errors.length > 0 && (
        <section className="sec">
          <h2>直すところ</h2>
          <Table>
            <caption className="sr-only">直すところ</caption>
            <Head><Row><ColumnHead>ファイル</ColumnHead><ColumnHead className="num">行</ColumnHead><ColumnHead>項目</ColumnHead><ColumnHead>内容</ColumnHead></Row></Head>
            <Body>{one.errors.map(({ file, line, field, message }, at) => <Row key={at}><RowHead>{file}</RowHead><Cell label="行" className="num">{line}</Cell><Cell label="項目">{field || '―'}</Cell><Cell label="内容">{message}</Cell></Row>)}</Body>
          </Table>
        </section>
      )}
      {one.others.length > 0 && (
        <section className="sec">
          <h2>ほかの版</h2>
          <Table>
            <caption className="sr-only">ほかの版</caption>
            <Head><Row><ColumnHead>版</ColumnHead><ColumnHead>公開</ColumnHead><ColumnHead className="num">{unit}</ColumnHead></Row></Head>
            <Body>{one.others.map(({ version, state, people }) => <Row key={version}><RowHead><Link to={editionPath({ ...one, version })}>第{version}版</Link></RowHead><Cell label="公開"><Status mark={STATE_WORDS[state].mark}>{STATE_WORDS[state].words}</Status></Cell><Cell label={unit} className="num">{state === 'draft' ? '―' : `${people.toLocaleString('ja-JP')}人`}</Cell></Row>)}</Body>
          </Table>
        </section>
      )}
      <section className="sec">
        <h2>文章の確認の記録</h2>
        {one.reviews.length === 0 ? <p>まだ、確認の記録はありません。「{REVIEW_WORDS.draft}」として読む人に示します。</p> : (
          <Table>
            <caption className="sr-only">文章の確認の記録</caption>
            <Head><Row><ColumnHead>日</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead>確かめた人</ColumnHead><ColumnHead>言葉</ColumnHead></Row></Head>
            <Body>{one.reviews.map((review, at) => <Row key={at}><RowHead>{fullDay(review.on_day)}</RowHead><Cell label="状態">{REVIEW_WORDS[review.status as keyof typeof REVIEW_WORDS] ?? review.status}</Cell><Cell label="確かめた人">{review.by_whom}</Cell><Cell label="言葉">{review.note || '―'}</Cell></Row>)}</Body>
          </Table>
        )}
      </section>
    </Page>
  )
}
