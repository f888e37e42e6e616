import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { withoutClosedLinks } from '../content/closed-links.server'
import { opensTo } from '../domain/screens'
import { guardLoader, notFound } from '../http/guard.server'
import { Page, PageHead } from '../ui/page-head'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? '使い方'}｜守秘` }]

export const loader = guardLoader({ act: 'anyone', params: z.object({ page: z.string().max(60) }) }, async ({ context, params }) => {
  const pages = context.library.help
  const page = pages.find(({ slug }) => slug === params.page)
  if (!page) throw notFound()
  return { title: page.title, html: withoutClosedLinks(page.html, (path) => opensTo(context.viewer, path)), others: pages.filter((other) => other.for === page.for && other.slug !== page.slug).map(({ slug, title }) => ({ slug, title })) }
})

export default function HelpPage() {
  const { title, html, others } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: '/help', label: '使い方' }} title={title} />
      <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />
      {others.length > 0 && (
        <nav className="sec noprint" aria-labelledby="others">
          <h2 id="others">ほかのページ</h2>
          <ul className="list-disc pl-6">
            {others.map((other) => <li key={other.slug} className="py-1"><Link className="inline-flex min-h-11 items-center" to={`/help/${other.slug}`}>{other.title}</Link></li>)}
          </ul>
        </nav>
      )}
    </Page>
  )
}
