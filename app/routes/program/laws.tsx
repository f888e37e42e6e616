import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { hangings } from '../../content/law-register.server'
import { dayOf } from '../../domain/calendar'
import { guardLoader } from '../../http/guard.server'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '法令と教材｜守秘' }]

const SHOWN = { all: 'すべて', changed: '改正のあるもの', unverified: '要確認のもの', unused: 'どの教材も根拠にしていないもの' } as const
const shown = Object.keys(SHOWN) as [keyof typeof SHOWN, ...(keyof typeof SHOWN)[]]

/** The register of laws: what rests on each, what of it changes, what is not verified. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ q: z.string().max(60).catch('').default(''), show: z.enum(shown).catch('all').default('all') }) }, async ({ context: { library, now }, query: { q, show } }) => {
  const today = dayOf(now)
  const counts = new Map<string, { section: number; question: number; whole: number }>()
  for (const { laws, isCurrent, part } of await hangings(library)) {
    if (!isCurrent) continue
    for (const id of laws) {
      const count = counts.get(id) ?? { section: 0, question: 0, whole: 0 }
      count[part]++
      counts.set(id, count)
    }
  }
  const word = q.trim()
  const laws = [...library.laws.values()].map((law) => ({ id: law.id, title: law.title, validFrom: law.validFrom, isUnverified: law.status === 'unverified', changes: law.changes.map(({ on }) => on), uses: counts.get(law.id) ?? { section: 0, question: 0, whole: 0 } }))
  return {
    q: word, show, today, total: laws.length,
    laws: laws.filter((law) => (word === '' || law.title.includes(word) || law.id === word) && (show === 'all' || (show === 'changed' && law.changes.length > 0) || (show === 'unverified' && law.isUnverified) || (show === 'unused' && law.uses.section + law.uses.question + law.uses.whole === 0))),
  }
})

export default function Laws() {
  const { laws, q, show, today, total } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="法令と、それに根拠を置く教材" lead="法令が変わったとき、直す教材と、古い文で学んだ人を、ここから確かめます。" asOf={`基準日 ${fullDayWithWeekday(today)}　${laws.length}/${total}件　教材の数は、いま使う版だけです`} />
      <Form method="get" className="filter">
        <div className="field"><label className="label" htmlFor="q">法令の名前・条</label><input className="in" id="q" name="q" defaultValue={q} key={q} maxLength={60} /></div>
        <div className="field"><label className="label" htmlFor="show">状態</label><select className="in" id="show" name="show" defaultValue={show} key={show}>{shown.map((one) => <option key={one} value={one}>{SHOWN[one]}</option>)}</select></div>
        <button className="btn btn-sm">絞り込む</button>
      </Form>
      {laws.length === 0 ? <Notice kind="info" title="この条件に当てはまる法令はありません"><p>条件を変えて、もう一度絞り込んでください。</p></Notice> : (
        <Table>
          <caption className="sr-only">法令</caption>
          <Head><Row><ColumnHead>法令</ColumnHead><ColumnHead>いまの文の施行日</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead>改正</ColumnHead><ColumnHead className="num">節</ColumnHead><ColumnHead className="num">問題</ColumnHead><ColumnHead className="num">書面</ColumnHead></Row></Head>
          <Body>
            {laws.map((law) => (
              <Row key={law.id}>
                <RowHead><Link to={`/program/laws/${law.id}`}>{law.title}</Link></RowHead>
                <Cell label="施行日">{fullDay(law.validFrom)}{law.validFrom > today && 'から'}</Cell>
                <Cell label="状態">{law.isUnverified ? <Status mark="ask">要確認</Status> : <Status mark="done">現行として使用</Status>}</Cell>
                <Cell label="改正">{law.changes.length === 0 ? '―' : law.changes.map((on) => fullDay(on)).join('、')}</Cell>
                <Cell label="節" className="num">{law.uses.section}</Cell>
                <Cell label="問題" className="num">{law.uses.question}</Cell>
                <Cell label="書面" className="num">{law.uses.whole}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <p className="src">法令は、教材のフォルダの laws.yaml に書きます。自社で足すときは、自社のフォルダ(CONTENT_DIR)に書きます。改正は changes に日付と言葉を足します。「要確認」は、条文を e-Gov などで確かめ終えていないものです。問題の、ただ1つの根拠にはできません。</p>
    </Page>
  )
}
