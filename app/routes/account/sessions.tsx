import { redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listSessions } from '../../../db/sessions.server'
import { endOtherSessions, endOwnSession } from '../../commands/sign-out.server'
import { sessionIsAlive } from '../../domain/session'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { clearedSessionCookie } from '../../http/session.server'
import { dayOf } from '../../domain/calendar'
import { instantWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: 'サインインしている端末｜守秘' }]

const door = { act: 'learn', beforeNotice: true, query: z.object({ ended: z.string().optional() }) } as const

export const loader = guardLoader(door, async ({ context, query }) => {
  const { viewer, now, db } = context
  const today = dayOf(now)
  const alive = (await listSessions(db, viewer.accountId)).filter((one) => sessionIsAlive({ lastSeenAt: one.last_seen_at, expiresAt: one.expires_at, shared: one.shared_terminal === 1 }, now))
  return {
    ended: query.ended === '1',
    sessions: alive.map((one) => ({
      id: one.id_hash, here: one.id_hash === viewer.sessionId, device: deviceOf(one.agent), address: one.address, shared: one.shared_terminal === 1, since: instantWords(one.created_at, today), lastSeen: instantWords(one.last_seen_at, today),
    })),
  }
})

const form = z.object({ session: z.string().regex(/^([0-9a-f]{64}|others)$/) })

/** Ends one of one's own sessions, or all others; somebody else's is not found. */
export const action = guardAction({ ...door, form }, async ({ context, form }) => {
  if (!form.ok) throw notFound()
  const { session } = form.value
  if (session === 'others') await endOtherSessions(context)
  else if (!(await endOwnSession(context, session))) throw notFound()
  if (session === context.viewer.sessionId) return redirect('/sign-in?left=1', { status: 303, headers: { 'Set-Cookie': clearedSessionCookie(context) } })
  return redirect('/sessions?ended=1', { status: 303 })
})

/** The kind of device, in words; never more than the browser says of itself. */
function deviceOf(agent: string): string {
  const system = [['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['Windows', 'Windows'], ['Mac OS', 'Mac'], ['CrOS', 'Chromebook'], ['Linux', 'Linux']].find(([sign]) => agent.includes(sign!))?.[1] ?? 'そのほかの端末'
  const browser = [['Edg/', 'Edge'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([sign]) => agent.includes(sign!))?.[1]
  return browser ? `${system}・${browser}` : system
}

export default function Sessions() {
  const { sessions, ended } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      {ended && <Notice kind="ok" title="サインインを終わらせました"><p>その端末で続けるには、もう一度サインインが要ります。</p></Notice>}
      <PageHead back={{ to: '/', label: 'いま、やること' }} title="サインインしている端末とパスワード" lead={`いま、あなたの名前で${sessions.length}つの端末が使われています。覚えのないものは終わらせて、パスワードを変えてください。`} />
      <Table>
        <caption className="sr-only">サインインしている端末</caption>
        <Head><Row><ColumnHead>端末</ColumnHead><ColumnHead>接続元</ColumnHead><ColumnHead>はじめ</ColumnHead><ColumnHead>最後の操作</ColumnHead><ColumnHead><span className="sr-only">終わらせる</span></ColumnHead></Row></Head>
        <Body>
          {sessions.map(({ id, here, device, address, shared, since, lastSeen }) => (
            <Row key={id}>
              <RowHead>{device}{shared && '(共用の端末)'}{here && <><br /><small className="mut">この端末</small></>}</RowHead>
              <Cell label="接続元">{address}</Cell>
              <Cell label="はじめ">{since}</Cell>
              <Cell label="最後の操作">{lastSeen}</Cell>
              <Cell><Form method="post" action="/sessions"><button className="btn btn-sm" name="session" value={id} aria-label={`${device}(${since}から)を終わらせる`}>終わらせる</button></Form></Cell>
            </Row>
          ))}
        </Body>
      </Table>
      {sessions.length > 1 && <Form method="post" action="/sessions" className="acts"><button className="btn" name="session" value="others">この端末のほかを、すべて終わらせる</button></Form>}
      <p className="mt-6"><Link className="btn" to="/password">パスワードを変える</Link></p>
    </Page>
  )
}
