import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countUnanswered } from '../../../db/desk.server'
import { countByVersion, listReleaseTimes } from '../../../db/library.server'
import { factsOf, listEditions } from '../../content/editions.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { guardLoader } from '../../http/guard.server'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { editionPath, ORIGIN_WORDS, REVIEW_WORDS, STATE_WORDS, TEXT_KINDS, tracksWords, type TextKind } from '../../ui/library-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '教材と版｜守秘' }]

const kinds = Object.keys(TEXT_KINDS) as [TextKind, ...TextKind[]]
const SHOWN = { now: 'いま使う版と下書き', draft: '下書きだけ', all: '前の版も' } as const
const shown = Object.keys(SHOWN) as [keyof typeof SHOWN, ...(keyof typeof SHOWN)[]]

/** Every text with its versions: in use, former, drafts. As many as the folder holds, so it is one page. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ kind: z.enum(kinds).or(z.literal('')).catch('').default(''), show: z.enum(shown).catch('now').default('now'), of: z.enum(['own', 'standard']).or(z.literal('')).catch('').default('') }) }, async ({ context: { db, library, now, viewer }, query: { kind, show, of } }) => {
  const [released, people] = await Promise.all([listReleaseTimes(db), countByVersion(db)])
  const all = listEditions(library)
  const editions = all.filter((one) => (kind === '' || one.kind === kind) && (of === '' || one.origin === of) && (show === 'all' || one.state === 'draft' || (show === 'now' && one.state === 'current')))
  return {
    kind, show, of, hasOwn: library.folder.parts.length > 1, today: dayOf(now), waiting: may(viewer, 'editContent') ? (await countUnanswered(db)).notes : null, drafts: all.filter(({ state }) => state === 'draft').length,
    editions: editions.map((one) => {
      const key = `${one.kind} ${one.slug} ${one.number}`
      const at = released.get(key)
      return { kind: one.kind, slug: one.slug, version: one.number, state: one.state, origin: one.origin, review: one.review, isBroken: one.errors.length > 0, ...factsOf(one), releasedOn: at === undefined ? null : dayOf(at), people: people.get(key) ?? 0 }
    }),
  }
})

export default function LibraryList() {
  const { editions, kind, show, of, hasOwn, today, drafts, waiting } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="教材と版" lead={drafts === 0 ? '公開していない版はありません。' : `公開していない下書きが ${drafts}件あります。`} asOf={`基準日 ${fullDayWithWeekday(today)}　人数は、その版で終えた人(誓約書は署名した人、利用目的は確かめた人)です`} />
      <Form method="get" className="filter">
        <div className="field"><label className="label" htmlFor="kind">種類</label><select className="in" id="kind" name="kind" defaultValue={kind} key={kind}><option value="">すべて</option>{kinds.map((one) => <option key={one} value={one}>{TEXT_KINDS[one]}</option>)}</select></div>
        <div className="field"><label className="label" htmlFor="show">版</label><select className="in" id="show" name="show" defaultValue={show} key={show}>{shown.map((one) => <option key={one} value={one}>{SHOWN[one]}</option>)}</select></div>
        {hasOwn && <div className="field"><label className="label" htmlFor="of">だれの教材か</label><select className="in" id="of" name="of" defaultValue={of} key={of}><option value="">すべて</option><option value="own">{ORIGIN_WORDS.own}</option><option value="standard">{ORIGIN_WORDS.standard}</option></select></div>}
        <button className="btn btn-sm">絞り込む</button>
      </Form>
      {editions.length === 0 ? <Notice kind="info" title="この条件に当てはまる版はありません"><p>条件を変えて、もう一度絞り込んでください。</p></Notice> : (
        <Table>
          <caption className="sr-only">教材・誓約書の版</caption>
          <Head><Row><ColumnHead>版</ColumnHead><ColumnHead>種類</ColumnHead><ColumnHead>公開</ColumnHead><ColumnHead>文章の確認</ColumnHead><ColumnHead>法令の時点</ColumnHead><ColumnHead>言葉</ColumnHead><ColumnHead className="num">時間</ColumnHead><ColumnHead className="num">問題</ColumnHead><ColumnHead className="num">終えた人</ColumnHead></Row></Head>
          <Body>
            {editions.map((one) => (
              <Row key={`${one.kind} ${one.slug} ${one.version}`}>
                <RowHead><Link to={editionPath(one)}><b>{one.title}</b></Link><br /><span className="who-no">{one.kind === 'notice' ? '' : `${one.slug} `}第{one.version}版{hasOwn && `・${ORIGIN_WORDS[one.origin]}`}</span></RowHead>
                <Cell label="種類">{TEXT_KINDS[one.kind]}</Cell>
                <Cell label="公開"><Status mark={one.isBroken ? 'fail' : STATE_WORDS[one.state].mark}>{one.isBroken ? '下書き(読めません)' : STATE_WORDS[one.state].words}</Status>{one.releasedOn !== null && <><br /><span className="nw">{fullDay(one.releasedOn)}</span></>}</Cell>
                <Cell label="文章の確認">{REVIEW_WORDS[one.review]}</Cell>
                <Cell label="法令の時点">{one.asOf === '' ? '―' : fullDay(one.asOf)}</Cell>
                <Cell label="言葉">{tracksWords(one.tracks) || '―'}</Cell>
                <Cell label="時間" className="num">{one.minutes === null ? '―' : `${one.minutes}分`}</Cell>
                <Cell label="問題" className="num">{one.questions !== null ? `${one.questions}問` : one.items !== null ? `${one.items}項目` : '―'}</Cell>
                <Cell label="終えた人" className="num">{one.state === 'draft' ? '―' : `${one.people.toLocaleString('ja-JP')}人`}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <ul className="mt-6">
        {waiting !== null && <li><Link to="/program/library/notes">教材への指摘{waiting > 0 && `(回答待ち ${waiting}件)`}</Link></li>}
        <li><Link to="/program/laws">法令と、それに根拠を置く教材</Link></li>
      </ul>
    </Page>
  )
}
