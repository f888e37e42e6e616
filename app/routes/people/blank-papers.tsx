import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { readablePledge } from '../../content/readable-pledge.server'
import { needsAgreement } from '../../domain/pledge-clauses'
import { TRACKS } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { inkPaper } from '../../http/ink-paper.server'
import { InkPaper, PaperHelp } from '../../ui/ink-paper'
import { Page, PageHead } from '../../ui/page-head'

export const meta: MetaFunction = () => [{ title: '誓約書の用紙｜守秘' }]

const query = z.object({ slug: z.string().max(40).optional().catch(undefined), track: z.enum(TRACKS).default('ja').catch('ja') })
/** A place to write in, where nobody's name stands yet. */
const TO_WRITE = '＿＿＿＿＿＿＿＿＿＿'

/** Every pledge to print without a person; whom it is lawful for stands beside it. */
export const loader = guardLoader({ act: 'enterRecords', query }, async ({ context, query: { slug, track } }) => {
  const { library, viewer } = context
  const all = library.list('pledge').map(({ meta }) => ({ slug: meta.slug, title: meta.title, version: meta.version, toEmployer: meta.addressee === 'employer', needsAgreement: needsAgreement(meta) }))
  if (slug === undefined) return { all, sheet: null, chosen: track }
  const version = library.current('pledge', slug)
  const pledge = version && readablePledge(library, slug, { kind: version.meta.kinds[0]!, employerName: TO_WRITE })
  if (!pledge) throw notFound()
  return { all, sheet: inkPaper(context, pledge, null, { furigana: viewer.furigana, track }), chosen: track }
})

export default function BlankPapers() {
  const { all, sheet, chosen } = useLoaderData<typeof loader>()
  if (!sheet)
    return (
      <Page width="wrap-narrow">
        <PageHead back={{ to: '/people', label: '人をさがす' }} title="誓約書の用紙" lead="氏名の入っていない用紙です。本人の氏名と番号が入った紙は、人の画面の「紙の記録」か、本人の画面から印刷できます。働き方に合う書面だけを渡してください。" />
        <ul className="list-none p-0">{all.map(({ slug, title, version, toEmployer, needsAgreement: agreed }) => <li key={slug} className="py-2 border-b border-line"><Link to={`/people/pledge-papers?slug=${slug}`}>{title} 第{version}版</Link> <span className="sml mut">{toEmployer ? '差入先：雇い主の会社' : ''}{agreed && <>派遣元の書面の合意がある会社の方だけに使えます。<Link to="/people/agreements">合意を記録する</Link></>}</span></li>)}</ul>
      </Page>
    )
  return (
    <Page width="wrap-mid">
      <Link className="back noprint" to="/people/pledge-papers">← 誓約書の用紙</Link>
      <h1 className="head noprint">{sheet.title}</h1>
      <PaperHelp sheet={sheet} chosen={chosen} to={(track) => `/people/pledge-papers?slug=${sheet.slug}&track=${track}`}>{sheet.toEmployer ? 'この書面の差入先は、雇い主の会社です。その会社の担当者に渡してください。' : '署名した紙を受け取ったら、控えを本人に渡し、人の画面の「紙の記録」から入れます。'}</PaperHelp>
      <InkPaper sheet={sheet} />
    </Page>
  )
}
