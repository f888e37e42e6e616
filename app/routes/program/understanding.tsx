import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countByKind, countByModule, countByUnit, type AnsweredGroup } from '../../../db/understanding.server'
import { listUnitNames } from '../../../db/unit-posts.server'
import { dayOf } from '../../domain/calendar'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../../domain/people'
import { percentWords } from '../../domain/percent'
import { aboutPercent, FEW_ANSWERS, hiddenGroups, SMALLEST_COMPANY_SUM, SMALLEST_GROUP } from '../../domain/understanding'
import { guardLoader } from '../../http/guard.server'
import { askedModules, countedModules, onlyWaiting, pageAfter, settledBanks, understood } from '../../http/understanding.server'
import { fullDayWithWeekday } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'
import { UnderstandingBars } from '../../ui/understanding-figures'
import { FEW_TAKERS_WORDS, FEW_WORDS } from '../../ui/understanding-words'

export const meta: MetaFunction = () => [{ title: '理解度｜守秘' }]

const PAGE = 30
const BY = ['topic', 'provision', 'kind', 'unit'] as const
const BY_WORDS: Readonly<Record<(typeof BY)[number], string>> = { topic: '項目ごと', provision: '根拠条項ごと', kind: '雇用形態ごと', unit: '部署ごと' }

interface Shown { key: string; title: string; where: string; people: number; right: number; attempts: number | null; about: number | null; isHidden: boolean; to: string | null }

/** P10: how well what is taught is understood, from first attempts only. Nobody's own answers are on this page (domain.md §6 question 4). */
export const loader = guardLoader(
  { act: 'readProgram', query: z.object({ module: z.string().max(20).catch('').default(''), by: z.enum(BY).catch('topic').default('topic'), after: z.string().max(80).catch('').default('') }) },
  async ({ context, query: { module, by, after } }) => {
    const { db, library } = context
    const modules = askedModules(library, module)
    const chosen = modules.length === 1 ? modules[0]!.meta.slug : ''
    const link = (next: string) => `/program/understanding?${new URLSearchParams({ ...(chosen && { module: chosen }), by, ...(next && { after: next }) })}`
    const day = dayOf(context.now)
    // modules that too few have taken are in no sum of this page
    const counting = await countedModules(context, modules)
    const { few, own, banks, corrected } = counting
    const ofGroups = (groups: readonly AnsweredGroup[], titleOf: (group: string) => string): Shown[] => {
      const hidden = hiddenGroups(groups, SMALLEST_GROUP)
      return groups.map(({ group, attempts, people, right }) => ({ key: group, title: titleOf(group), where: '', to: null, isHidden: hidden.has(group), people: 0, right: 0, ...(hidden.has(group) ? { attempts: 0, about: null } : { attempts, about: aboutPercent({ people, right }) }) }))
    }
    const rows = async (): Promise<{ page: Shown[]; next: string | null }> => {
      if (by === 'kind') return { page: ofGroups(await countByKind(db, banks, corrected), (kind) => ENGAGEMENT_KINDS[kind as EngagementKind]), next: null }
      if (by === 'unit') {
        const { page, next } = pageAfter(ofGroups(await countByUnit(db, banks, corrected), (unit) => unit), ({ key }) => key, after, PAGE)
        const names = await listUnitNames(db, page.map(({ key }) => key), day)
        return { page: page.map((row) => ({ ...row, title: row.key === '' ? '所属なし' : (names.get(row.key)?.name ?? '今はない部署') })), next }
      }
      const found = pageAfter(await understood(context, counting, by), ({ key }) => key, after, PAGE)
      return { next: found.next, page: found.page.map((row) => ({ ...row, attempts: null, about: null, isHidden: false, to: by === 'topic' ? `/program/understanding/questions?${new URLSearchParams({ module: row.module })}` : `/program/sources?${new URLSearchParams({ find: row.key })}` })) }
    }
    const asked = await settledBanks(context, modules, 'company')
    const [{ page, next }, companies] = await Promise.all([rows(), countByModule(db, asked.banks, asked.corrected, 'company')])
    const told = [...companies, ...onlyWaiting(asked.banks, companies).map((group) => ({ group, persons: 0, attempts: 0, people: 0, right: 0 }))].sort((a, b) => (a.group < b.group ? -1 : 1))
    const total = (groups: readonly AnsweredGroup[]) => groups.reduce((all, { attempts, people, right }) => ({ attempts: all.attempts + attempts, people: all.people + people, right: all.right + right }), { attempts: 0, people: 0, right: 0 })
    return {
      day, by, chosen, modules: library.list('module').map(({ meta: { slug, title } }) => ({ slug, title })), own: total(own), few: few.map(({ meta: { slug, title } }) => ({ slug, title })),
      // small sums say nothing of anybody, and are left out before they leave the server
      company: told.map(({ group, persons, attempts, people, right }) => ({ slug: group, title: library.current('module', group)?.meta.title ?? group, ...(persons < SMALLEST_COMPANY_SUM ? { isHidden: true as const } : { isHidden: false as const, attempts, people, right }) })),
      shown: page, next: next === null ? null : link(next), first: after === '' ? null : link(''),
    }
  },
)

export default function Understanding() {
  const { day, by, chosen, modules, shown, own, few, company, next, first } = useLoaderData<typeof loader>()
  const link = (to: string) => `/program/understanding?${new URLSearchParams({ ...(chosen && { module: chosen }), by: to })}`
  const asOf = `基準日 ${fullDayWithWeekday(day)}`
  const bars = by === 'topic' && shown.some(({ people }) => people > 0)
  return (
    <Page>
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="分かっているか(理解度)" lead={`研修の確認テストの、はじめの受験だけを数えています。やり直しの答えは入りません。1人の答えが分からないように、研修ごとに${SMALLEST_GROUP}回分がそろうたびに数に加えます。`} asOf={`${asOf}　従業者の受験 ${own.attempts.toLocaleString('ja-JP')}回・正答 ${own.right.toLocaleString('ja-JP')}/${own.people.toLocaleString('ja-JP')}問(${percentWords(own.right, own.people)})　委託先は含みません`} />
      <Form className="filter">
        <div className="field"><label className="label" htmlFor="module">研修</label><select className="in" id="module" name="module" defaultValue={chosen} key={chosen}><option value="">すべて</option>{modules.map(({ slug, title }) => <option key={slug} value={slug}>{slug} {title}</option>)}</select></div>
        <input type="hidden" name="by" value={by} />
        <button className="btn btn-sm">表示する</button>
      </Form>
      <nav className="tabs" aria-label="見方">{BY.map((one) => <Link key={one} to={link(one)} aria-current={one === by ? 'page' : undefined}>{BY_WORDS[one]}</Link>)}</nav>
      <section className="sec">
        <h2>{BY_WORDS[by]}</h2>
        {few.length > 0 && <p>{FEW_TAKERS_WORDS}：{few.map(({ slug, title }) => `${slug} ${title}`).join('、')}</p>}
        {shown.length === 0 ? few.length === 0 && <p>まだ、受験の記録がありません。</p> : (
          <div className={bars ? 'cols cols-even' : undefined}>
            {bars && <UnderstandingBars rows={shown} />}
            <Table>
              <caption className="asof">{by === 'topic' || by === 'provision' ? '正答の割合の低い順' : `個人の点数が分からないように、${SMALLEST_GROUP}人未満の集まりと、引き算でそれが分かる集まりは出さず、ほかは5%きざみのおよその割合で出しています`}　{asOf}</caption>
              <Head><Row><ColumnHead>{by === 'topic' ? '項目' : by === 'provision' ? '根拠条項' : by === 'kind' ? '雇用形態' : '部署'}</ColumnHead>{by === 'kind' || by === 'unit' ? <ColumnHead className="num">受験</ColumnHead> : <ColumnHead>{by === 'topic' ? '研修' : '問う研修'}</ColumnHead>}<ColumnHead>正答／解答</ColumnHead></Row></Head>
              <Body>
                {shown.map((row) => (
                  <Row key={row.key}>
                    <RowHead>{by === 'provision' && <span className="mut">{row.key}<br /></span>}{row.to === null ? <b>{row.title}</b> : <Link to={row.to}><b>{row.title}</b></Link>}</RowHead>
                    {row.attempts === null ? <Cell label="研修">{row.where}</Cell> : <Cell label="受験" className="num">{row.isHidden ? '―' : `${row.attempts}回`}</Cell>}
                    <Cell label="正答">{row.isHidden ? <span className="mut">出していません</span> : row.about !== null ? `約${row.about}%` : row.people === 0 ? <span className="mut">まだ解いた人がいません</span> : <>{`${row.right}/${row.people}問(${percentWords(row.right, row.people)})`}{row.people < FEW_ANSWERS && <><br /><span className="mut">{FEW_WORDS}</span></>}</>}</Cell>
                  </Row>
                ))}
              </Body>
            </Table>
          </div>
        )}
        <Pager next={next} first={first} label={`${PAGE}件`} />
      </section>
      <section className="sec">
        <h2>委託先(報告ベース)</h2>
        <p className="asof">委託先の人の答えは、その人を雇う会社のものです。すべての委託先を合わせた数だけを、{SMALLEST_COMPANY_SUM}人以上のときに出します。　{asOf}</p>
        {company.length === 0 ? <p>委託先の人の受験の記録はありません。</p> : (
          <Table>
            <caption className="sr-only">委託先を合わせた正答</caption>
            <Head><Row><ColumnHead>研修</ColumnHead><ColumnHead className="num">受験</ColumnHead><ColumnHead>正答／解答</ColumnHead></Row></Head>
            <Body>{company.map((row) => <Row key={row.slug}><RowHead><b>{row.title}</b></RowHead><Cell label="受験" className="num">{row.isHidden ? `${SMALLEST_COMPANY_SUM}人未満` : `${row.attempts}回`}</Cell><Cell label="正答">{row.isHidden ? <span className="mut">人数が少ないため、出していません</span> : `${row.right}/${row.people}問(${percentWords(row.right, row.people)})`}</Cell></Row>)}</Body>
          </Table>
        )}
      </section>
      <section className="sec noprint">
        <h2>ほかの見方</h2>
        <ul>
          <li><Link to={`/program/understanding/questions?${new URLSearchParams({ module: chosen || modules[0]?.slug || '' })}`}>問題ごとに見る(正答率・選ばれた誤答・正答の付け方)</Link></li>
          <li><Link to="/program/sources">教材と根拠条項の対応</Link></li>
          <li><a href={`/program/understanding/csv?${new URLSearchParams(chosen ? { module: chosen } : {})}`} download>問題ごとの数をCSVで受け取る</a></li>
        </ul>
      </section>
    </Page>
  )
}
