import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countAssigned, countCompletions } from '../../../db/understanding.server'
import { sourcedModule } from '../../content/provision-map.server'
import { dayOf } from '../../domain/calendar'
import { outOf } from '../../domain/percent'
import { guardLoader, notFound } from '../../http/guard.server'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { fitWords, REVIEW_WORDS, STATUS_WORDS } from '../../ui/source-words'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.module.slug ?? ''} の根拠｜守秘` }]

/** P09 from the other side: one version of a module, section by section, with rows and laws, and who finished it. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ module: z.string().max(20).catch('').default(''), version: z.string().max(10).catch('').default('') }) }, async ({ context, query }) => {
  const { library, db } = context
  const all = library.list('module')
  const version = query.module === '' ? all[0] : query.version === '' ? library.current('module', query.module) : library.find('module', query.module, query.version)
  if (!version) throw notFound()
  const [counted, assigned] = await Promise.all([countCompletions(db), countAssigned(db)])
  const completions = counted.filter(({ slug }) => slug === version.meta.slug)
  return { day: dayOf(context.now), module: sourcedModule(library, version), modules: all.map(({ meta: { slug, title } }) => ({ slug, title })), completions, of: assigned.get(version.meta.slug) ?? { workforce: 0, company: 0 }, current: library.current('module', version.meta.slug)!.meta.version }
})

export default function ModuleSources() {
  const { day, module, modules, completions, of, current } = useLoaderData<typeof loader>()
  const done = completions.find(({ version }) => version === module.version)
  return (
    <Page>
      <PageHead back={{ to: '/program/sources', label: '教材と根拠条項の対応' }} title={`${module.slug} ${module.title}`} lead={`${module.version} 版・${fullDay(module.asOf)}時点・${REVIEW_WORDS[module.review]}`} asOf={`基準日 ${fullDayWithWeekday(day)}　この版の修了／この研修の割当：従業者 ${outOf(done?.workforce ?? 0, of.workforce, '件')}・委託先(報告ベース) ${outOf(done?.company ?? 0, of.company, '件')}`} />
      <Form className="filter">
        <div className="field"><label className="label" htmlFor="module">研修</label><select className="in" id="module" name="module" defaultValue={module.slug} key={module.slug}>{modules.map((one) => <option key={one.slug} value={one.slug}>{one.slug} {one.title}</option>)}</select></div>
        <button className="btn btn-sm">表示する</button>
      </Form>
      {completions.some(({ version }) => version !== module.version) && <p className="sml mt-3">修了のあるほかの版(従業者)：{completions.filter(({ version }) => version !== module.version).map(({ version, workforce }) => <span key={version}><Link to={`/program/sources/modules?${new URLSearchParams({ module: module.slug, version })}`}>{version} 版</Link>({outOf(workforce, of.workforce, '件')}{version === current ? '・いまの版' : ''})　</span>)}</p>}
      <Table className="mt-6">
        <caption className="sr-only">節ごとの条項と法令</caption>
        <Head><Row><ColumnHead>節</ColumnHead><ColumnHead>条項</ColumnHead><ColumnHead>法令</ColumnHead><ColumnHead className="num">問題</ColumnHead></Row></Head>
        <Body>
          {module.sections.map((section) => (
            <Row key={section.id}>
              <RowHead><b>{section.title}</b><br /><span className="mut">{fullDay(section.asOf)}時点</span></RowHead>
              <Cell label="条項">{section.provisions.map((row) => <p key={row.id}><Link to={`/program/sources?${new URLSearchParams({ find: row.id })}`}>{row.id}</Link> {row.words}<span className="mut">({fitWords(row.fit)}・{STATUS_WORDS[row.status] ?? row.status})</span></p>)}</Cell>
              <Cell label="法令">{section.laws.length === 0 ? '―' : section.laws.map((law) => <p key={law.title}>{law.title}<span className="mut">(いまの文は{fullDay(law.validFrom)}から)</span>{law.changes.map((change) => <span key={change.on} className="mut"><br />{fullDay(change.on)} {change.what}</span>)}</p>)}</Cell>
              <Cell label="問題" className="num nw">{section.questions}問</Cell>
            </Row>
          ))}
        </Body>
      </Table>
      <p className="src">例示・案・旧制度の解説・公的機関の内部規程・点検の例は、守るべき義務そのものではありません。義務は法令と会社の規程によります。</p>
    </Page>
  )
}
