import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { HELP_READERS } from '../content/help-readers'
import { guardLoader } from '../http/guard.server'
import { Page, PageHead } from '../ui/page-head'

export const meta: MetaFunction = () => [{ title: '使い方｜守秘' }]

export const loader = guardLoader({ act: 'anyone' }, async ({ context }) =>
  HELP_READERS.map(({ reader, title }) => ({ reader, title, pages: context.library.help.filter((page) => page.for === reader).map(({ slug, title }) => ({ slug, title })) })))

export default function Help() {
  const readers = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      <PageHead title="使い方" lead="知りたいことを選んでください。サインインしていなくても読めます。" />
      {readers.filter(({ pages }) => pages.length > 0).map(({ reader, title, pages }) => (
        <section className="sec" key={reader} aria-labelledby={`for-${reader}`}>
          <h2 id={`for-${reader}`}>{title}</h2>
          <ul className="list-disc pl-6">
            {pages.map((page) => <li key={page.slug} className="py-1"><Link className="inline-flex min-h-11 items-center" to={`/help/${page.slug}`}>{page.title}</Link></li>)}
          </ul>
        </section>
      ))}
    </Page>
  )
}
