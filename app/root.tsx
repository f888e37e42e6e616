import { Links, Meta, Outlet, Scripts, ScrollRestoration, isRouteErrorResponse, useLoaderData, useRouteError, useRouteLoaderData, useLocation, type MetaFunction } from '@remix-run/react'
import type { LinksFunction } from '@remix-run/node'
import { useContext, type ReactNode } from 'react'
import { opensTo } from './domain/screens'
import { SESSION_LIMITS } from './domain/session'
import { guardLoader } from './http/guard.server'
import './ui/app.css'
import icon from './ui/icon.svg?inline'
import { leavesWithoutScript } from './ui/idle-warning'
import { Masthead, type NavLink } from './ui/masthead'
import { NonceContext } from './ui/nonce'
import { Notice } from './ui/notice'
import { words } from './ui/messages'

export const links: LinksFunction = () => [{ rel: 'icon', href: icon, type: 'image/svg+xml' }]

const MENU: readonly NavLink[] = [
  { to: '/', label: 'いま、やること' },
  { to: '/records', label: 'わたしの記録' },
  { to: '/team', label: 'わたしのチーム' },
  { to: '/company', label: '自社の名簿' },
  { to: '/checks', label: '点検' },
  { to: '/approvals', label: '申請' },
  { to: '/people', label: '人をさがす' },
  { to: '/people/hiring', label: '入社・受入' },
  { to: '/people/departures', label: '退職・終了' },
  { to: '/people/import', label: '名簿の取込' },
  { to: '/people/questions', label: '質問と申し出' },
  { to: '/people/appointments', label: '役割' },
  { to: '/program', label: '全体の状況' },
  { to: '/audit', label: '監査' },
  { to: '/system', label: 'しくみの状態' },
  { to: '/help', label: '使い方' },
]

/** What was refused without a page of its own: the reason by the status of the answer. */
const reasonOf = (error: unknown) => (isRouteErrorResponse(error) ? ({ 400: 'badForm', 404: 'notFound', 403: 'foreignOrigin', 413: 'tooLarge', 429: 'slowDown', 500: 'damaged' } as const)[error.status] : undefined)
const goneOf = (error: unknown) => (isRouteErrorResponse(error) && (error.data === 'draftGone' || error.data === 'editGone') ? (error.data as 'draftGone' | 'editGone') : undefined)

export const meta: MetaFunction = ({ error }) => [{ title: error ? `${words(goneOf(error) ?? reasonOf(error) ?? 'broken').title}｜守秘` : '守秘' }]

/** What every page needs: who is here, where they may go, and whose site this is. */
export const loader = guardLoader({ act: 'anyone', around: true }, async ({ context }) => {
  const { viewer, library, settings, now } = context
  const employer = viewer?.engagements[0]
  return {
    operator: library.words.operator,
    site: employer && employer.relation === 'contract' ? employer.companyName : library.words.operator,
    opened: now,
    name: viewer?.name ?? null,
    nav: viewer ? MENU.filter(({ to }) => opensTo(viewer, to)) : [],
    demo: settings.demo,
    shared: viewer?.sharedTerminal ? { idleMs: SESSION_LIMITS.shared.idleMs } : null,
  }
})

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext)
  const data = useRouteLoaderData<typeof loader>('root')
  return (
    <html lang="ja">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
        {data?.shared && <noscript><meta httpEquiv="refresh" content={leavesWithoutScript(data.shared.idleMs)} /></noscript>}
      </head>
      <body>
        <a className="skip" href="#main">本文へ移動</a>
        {data?.demo && <aside className="demo" aria-label="デモ">デモ — 架空の会社と人です。入力したことは業務の記録になりません。</aside>}
        {data && <Masthead site={data.site} name={data.name} nav={data.nav} shared={data.shared} />}
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  useLoaderData<typeof loader>()
  return <Outlet />
}

/** Refusals that have no page of their own: missing or not yours, foreign origin, too large, or our own fault. */
export function ErrorBoundary() {
  const error = useRouteError()
  const { pathname } = useLocation()
  const reason = reasonOf(error)
  const { title, body, next } = words(goneOf(error) ?? reason ?? 'broken')
  // what was too large goes again, smaller, from the page where it was chosen
  const again = reason === undefined || reason === 'tooLarge'
  return (
    <main id="main">
      <div className="wrap wrap-narrow">
        <Notice kind="no" title={title} heading="h1">
          <p>{body}</p>
          <div className="acts">
            <a className="btn btn-sm" href={again ? pathname : (next?.to ?? '/')}>{next?.label ?? (reason === 'tooLarge' ? 'もとの画面へ' : 'はじめの画面へ')}</a>
          </div>
        </Notice>
      </div>
    </main>
  )
}
