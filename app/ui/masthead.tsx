import { Form, Link, useLocation } from '@remix-run/react'
import { IdleWarning } from './idle-warning'

export interface NavLink {
  to: string
  label: string
}

/** Pages that stand under another entry of the menu than their address says. */
const UNDER: readonly (readonly [RegExp, string])[] = [[/^\/people\/[^/]+\/departure(\/|$)/, '/people/departures'], [/^\/people\/class$/, '/approvals']]

/** 守秘, whose site it is, who is signed in, and one row of words to go to. */
export function Masthead({ site, name, nav, shared }: { site: string; name: string | null; nav: readonly NavLink[]; shared: { idleMs: number } | null }) {
  const { pathname: here } = useLocation()
  const pathname = UNDER.find(([pattern]) => pattern.test(here))?.[1] ?? here
  const current = nav.filter(({ to }) => to === pathname || (to !== '/' && pathname.startsWith(`${to}/`))).sort((a, b) => b.to.length - a.to.length)[0]
  return (
    <header className="mast">
      <div className="wrap">
        <div className="mast-in">
          <Link className="mark" to="/">守秘</Link>
          <span className="mark-co">{site}</span>
          {name !== null && (
            <div className="mast-who">
              <span>{name}さん{shared && <span className="mut">(共用の端末)</span>}</span>
              <Form method="post" action="/sign-out"><button>サインアウト</button></Form>
            </div>
          )}
        </div>
        {nav.length > 0 && (
          <nav className="nav" aria-label="主なメニュー">
            {nav.map(({ to, label }) => (
              <Link key={to} to={to} aria-current={to === current?.to ? 'page' : undefined}>{label}</Link>
            ))}
          </nav>
        )}
        {shared && <IdleWarning idleMs={shared.idleMs} />}
      </div>
    </header>
  )
}

/** The links at the foot of every page. */
export function Foot() {
  return (
    <footer className="foot">
      <div className="wrap">
        <ul>
          <li><Link to="/help">使い方</Link></li>
          <li><Link to="/help/contact">問い合わせ</Link></li>
          <li><Link to="/notice">記録の利用目的</Link></li>
        </ul>
      </div>
    </footer>
  )
}
