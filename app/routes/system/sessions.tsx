import { data, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findSessionsOf, listSessionStates } from '../../../db/sign-in-states.server'
import { endAllSessions } from '../../commands/end-sessions.server'
import { dayOf } from '../../domain/calendar'
import { cleanLogin } from '../../domain/login'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { fullInstant, instantWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: 'サインインの状況｜守秘' }]

const PAGE = 50
const text = (most: number) => z.string().trim().max(most).catch('').default('')

/** Who is signed in, by number: no names, no records. */
export const loader = guardLoader({ act: 'runSystem', query: z.object({ number: text(64), after: text(64), ended: text(64) }) }, async ({ context: { db, now }, query }) => {
  const number = cleanLogin(query.number)
  const listed = await listSessionStates(db, { number, after: query.after, limit: PAGE + 1, now })
  const page = listed.slice(0, PAGE)
  return {
    at: now, today: dayOf(now), number, ended: query.ended, sessions: page.map(({ accountId, number: of, sessions, shared, lastSeenAt }) => ({ accountId, number: of, sessions, shared, lastSeenAt })),
    next: listed.length > PAGE ? `/system/sessions?${new URLSearchParams({ after: page.at(-1)!.number })}` : null, first: query.after === '' ? null : '/system/sessions',
  }
})

const form = z.object({ account: z.uuid(), step: z.enum(['preview', 'end']) })

/** Looked at first: the first POST changes nothing and says what the second would do. */
export const action = guardAction({ act: 'runSystem', form }, async ({ context, form: sent }) => {
  if (!sent.ok) return data({ preview: null }, { status: 400 })
  const { account, step } = sent.value
  if (step === 'end') {
    const ended = await endAllSessions(context, account)
    if (isRefusal(ended)) return redirect('/system/sessions', 303)
    return redirect(`/system/sessions?${new URLSearchParams({ ended: ended.number })}`, 303)
  }
  const state = await findSessionsOf(context.db, account, context.now)
  if (!state) throw notFound()
  return data({ preview: { account, number: state.number, sessions: state.sessions, isOwn: account === context.viewer.accountId } })
})

export default function Sessions() {
  const { at, today, number, ended, sessions, next, first } = useLoaderData<typeof loader>()
  const preview = useActionData<typeof action>()?.preview
  if (preview)
    return (
      <Page width="wrap-narrow">
        <PageHead back={{ to: '/system/sessions', label: 'サインインの状況' }} title={`従事者番号 ${preview.number} のサインインを、すべて終わらせますか`} />
        <p>{preview.sessions}か所のサインインが終わります。書きかけの答えは保存されたところまで残ります。本人は、もう一度サインインできます。使えなくするには、人事に名簿の訂正を頼んでください。{preview.isOwn && 'これはあなた自身のサインインです。いまの画面からも出ます。'}だれがいつ終わらせたかは、証跡に残ります。</p>
        <Form method="post" className="acts"><input type="hidden" name="account" value={preview.account} /><button className="btn btn-main" name="step" value="end">すべて終わらせる</button><Link className="btn btn-text" to="/system/sessions">やめる</Link></Form>
      </Page>
    )
  return (
    <Page>
      {ended && <Notice kind="ok" title={`従事者番号 ${ended} のサインインを、すべて終わらせました`}><p>次に使うときは、もう一度サインインします。</p></Notice>}
      <PageHead back={{ to: '/system', label: 'しくみの状態' }} title="サインインの状況" lead="番号だけを表示します。端末をなくしたときなどに、その番号のサインインをすべて終わらせられます。" asOf={`${fullInstant(at)} 現在`} />
      <Form className="filter pt-0" role="search"><div className="field"><label className="label" htmlFor="number">従事者番号</label><input className="in" id="number" name="number" defaultValue={number} key={number} /></div><button className="btn btn-sm">さがす</button></Form>
      {sessions.length === 0 ? <Notice kind="info" title={number ? `従事者番号「${number}」は、どこにもサインインしていません` : 'だれもサインインしていません'}><p>番号は先頭の0も入れてください。</p></Notice> : (
        <Table>
          <caption className="sr-only">サインインの状況</caption>
          <Head><Row><ColumnHead>従事者番号</ColumnHead><ColumnHead>サインイン</ColumnHead><ColumnHead>最後に使った時刻</ColumnHead><ColumnHead><span className="sr-only">終わらせる</span></ColumnHead></Row></Head>
          <Body>
            {sessions.map((one) => (
              <Row key={one.accountId}>
                <RowHead><b>{one.number}</b></RowHead>
                <Cell label="サインイン">{one.sessions}か所{one.shared > 0 && `(うち共用の端末 ${one.shared})`}</Cell>
                <Cell label="最後">{instantWords(one.lastSeenAt, today)}</Cell>
                <Cell><Form method="post"><input type="hidden" name="account" value={one.accountId} /><button className="ask" name="step" value="preview" aria-label={`従事者番号 ${one.number} のサインインをすべて終わらせる`}>すべて終わらせる</button></Form></Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
    </Page>
  )
}
