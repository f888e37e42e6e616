import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { dayOf } from '../../domain/calendar'
import { outOf, percentWords } from '../../domain/percent'
import { isSuspicious } from '../../domain/understanding'
import { guardLoader } from '../../http/guard.server'
import { askedModules, countedModules, pageAfter, questionFigures } from '../../http/understanding.server'
import { fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'
import { doubtWords, FEW_TAKERS_WORDS, FEW_WORDS, KIND_WORDS, signed, tellsApartWords } from '../../ui/understanding-words'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `問題ごとの理解度${data ? `(${data.slug})` : ''}｜守秘` }]

const PAGE = 20

/** P10 question by question, of the first training that is asked of people where none is named: how many were right, whether it tells the able from the others, and which wrong answer attracts. */
export const loader = guardLoader(
  { act: 'readProgram', query: z.object({ module: z.string().max(20).catch('').default(''), show: z.enum(['all', 'doubt']).catch('all').default('all'), after: z.string().max(80).catch('').default('') }) },
  async ({ context, query: { module, show, after } }) => {
    const asked = module || context.library.requirements.find(({ target }) => target.kind === 'module')?.target.slug || ''
    const chosen = askedModules(context.library, asked)[0]!
    const { slug, title } = chosen.meta
    const { few, ...counting } = await countedModules(context, [chosen])
    const figures = few.length > 0 ? [] : await questionFigures(context, chosen, counting)
    const listed = figures.filter(({ doubts }) => show === 'all' || doubts.length > 0)
    const { page, next } = pageAfter(listed, ({ id }) => id, after, PAGE)
    const link = (to: string) => `/program/understanding/questions?${new URLSearchParams({ module: slug, show, ...(to && { after: to }) })}`
    return {
      slug, title, bank: chosen.bank.version, day: dayOf(context.now), show, modules: context.library.list('module').map(({ meta: one }) => ({ slug: one.slug, title: one.title })), questions: page, isFew: few.length > 0,
      all: figures.length, doubted: figures.filter(({ doubts }) => doubts.length > 0).length, suspicious: figures.filter(isSuspicious).length,
      next: next === null ? null : link(next), first: after === '' ? null : link(''),
    }
  },
)

export default function Questions() {
  const { slug, title, bank, day, show, modules, questions, isFew, all, doubted, suspicious, next, first } = useLoaderData<typeof loader>()
  const link = (to: string) => `/program/understanding/questions?${new URLSearchParams({ module: slug, show: to })}`
  return (
    <Page>
      <PageHead back={{ to: `/program/understanding?${new URLSearchParams({ module: slug })}`, label: '分かっているか(理解度)' }} title={suspicious > 0 ? `正答の付け方を確かめたい問題が${suspicious}問あります` : '問題ごとの理解度'} lead={`${slug} ${title}`} asOf={`基準日 ${fullDayWithWeekday(day)}　問題集 ${bank} 版　従業者のはじめの受験だけ。委託先は含みません`} />
      <Form className="filter">
        <div className="field"><label className="label" htmlFor="module">研修</label><select className="in" id="module" name="module" defaultValue={slug} key={slug}>{modules.map((one) => <option key={one.slug} value={one.slug}>{one.slug} {one.title}</option>)}</select></div>
        <input type="hidden" name="show" value={show} />
        <button className="btn btn-sm">表示する</button>
      </Form>
      <nav className="tabs" aria-label="見る範囲">
        <Link to={link('all')} aria-current={show === 'all' ? 'page' : undefined}>すべて {all}問</Link>
        <Link to={link('doubt')} aria-current={show === 'doubt' ? 'page' : undefined}>見直したい問題 {outOf(doubted, all, '問')}</Link>
      </nav>
      {questions.length === 0 ? <div className="mt-6"><Notice kind="info" title={isFew ? 'まだ数を出していません' : '当てはまる問題はありません'}><p>{isFew ? `${FEW_TAKERS_WORDS}。` : '数が少ない問題には、見立てを付けていません。'}</p></Notice></div> : (
        <Table className="mt-6">
          <caption className="sr-only">問題ごとの正答率と、選ばれた誤答</caption>
          <Head><Row><ColumnHead>問題</ColumnHead><ColumnHead>正答率</ColumnHead><ColumnHead>分かっている人との差</ColumnHead><ColumnHead>いちばん選ばれた誤答</ColumnHead><ColumnHead>見立て</ColumnHead></Row></Head>
          <Body>
            {questions.map((question) => (
              <Row key={question.id}>
                <RowHead><b>{question.text}</b><br /><span className="mut">{question.id}・{KIND_WORDS[question.kind]}・{question.topic}</span><br /><span className="mut">正答：{question.key}{question.isCorrected && '(訂正後)'}　教える節：{question.section}</span></RowHead>
                <Cell label="正答率">{question.people === 0 ? <span className="mut">まだ出ていません</span> : <><span className="nw">{percentWords(question.right, question.people)}</span><br /><span className="nw">{`${question.right}/${question.people}人`}</span>{question.isFew && <><br /><span className="mut">{FEW_WORDS}</span></>}</>}</Cell>
                <Cell label="差">{question.people === 0 ? '―' : <>{tellsApartWords(question.discrimination)}<br /><span className="mut nw">識別 {signed(question.discrimination)}</span><br /><span className="mut nw">上下 {signed(question.upperLower)}</span></>}</Cell>
                <Cell label="誤答">{question.attracts === null ? <span className="mut">ありません</span> : `${question.attracts.words}(${outOf(question.attracts.people, question.people)})`}</Cell>
                <Cell label="見立て">{question.doubts.length === 0 ? <span className="mut">{question.isFew ? '人数が足りません' : '変わったところはありません'}</span> : question.doubts.map((doubt) => <p key={doubt}><Status mark={doubt === 'reversed' || doubt === 'distractor' ? 'late' : 'soon'}>{doubt === 'reversed' || doubt === 'distractor' ? '正答を確かめる' : '見直す'}</Status> {doubtWords(doubt, question)}</p>)}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}問`} />
      <section className="sec">
        <h2>数の読み方</h2>
        <ul>
          <li>正答率：はじめの受験で、その問題が出た人のうち、正しく答えた人の割合です。</li>
          <li>識別：ほかの問題がよくできた人ほど、この問題も正しいか。+1に近いほど差がはっきり出て、0なら差がなく、マイナスなら逆です。</li>
          <li>上下：ほかの問題の成績の上位27%の正答率から、下位27%の正答率を引いた数です。</li>
          <li>見立ては、見直すきっかけです。正答を直すのは、問題を作った人と弁護士などが確かめてからです。直した正答は、日付を付けて残ります。</li>
        </ul>
      </section>
      <p className="sml noprint"><a href={`/program/understanding/csv?${new URLSearchParams({ module: slug })}`} download>この研修の問題ごとの数をCSVで受け取る</a></p>
    </Page>
  )
}
