import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { jobHasFailed } from '../../../db/jobs.server'
import { countOutbox, listOutbox, type OutboxRow } from '../../../db/outbox.server'
import { openMail } from '../../commands/open-mail.server'
import { resendMail } from '../../commands/resend-mail.server'
import { mailWords } from '../../content/record-words.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { MOST_TRIES, postOf } from '../../domain/mail'
import { maskedAddress, OUTBOX_TABS, withoutAddresses } from '../../domain/outbox'
import { isRefusal } from '../../domain/refusal'
import { RESULT_WORDS } from '../../domain/reminder-words'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { readLetter } from '../../http/letter.server'
import { fullDayWithWeekday, timeInWords, timeWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { MAIL_KIND, OutboxTable, TAB_WORDS } from '../../ui/outbox'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Refused } from '../../ui/refused'
import { Status } from '../../ui/status'

export const meta: MetaFunction = () => [{ title: '送信待ちメール｜守秘' }]

const PAGE = 50
const query = z.object({ tab: z.enum(OUTBOX_TABS).catch('open').default('open'), after: z.string().max(120).catch('').default(''), resent: z.literal('1').optional().catch(undefined) })

/** What waits, is tried again, was given up or has left: numbers, kinds and states. Addresses are masked, and bodies are not here. */
export const loader = guardLoader({ act: 'readOutbox', query }, async ({ context, query: { tab, after, resent } }) => {
  const { db, now, viewer, settings } = context
  const today = dayOf(now)
  const [counts, listed, failing] = await Promise.all([countOutbox(db, today), listOutbox(db, tab, today, { after, limit: PAGE + 1 }), jobHasFailed(db, 'send-mail')])
  const hr = may(viewer, 'readPeople')
  const link = (to: string) => `/system/outbox?${new URLSearchParams({ tab, ...(to && { after: to }) })}`
  const rows = listed.slice(0, PAGE)
  const when = (row: OutboxRow) => (row.state === 'givenUp' || row.state === 'needless' || row.state === 'fictional' ? '送りません' : row.state === 'sent' ? `${timeWords(row.nextTryAt)}に送りました` : row.nextTryAt <= now ? 'まもなく' : timeInWords(row.nextTryAt, now))
  return {
    now, today, tab, counts, resent: resent === '1', hr, post: postOf(settings), failing,
    rows: rows.map((row) => ({
      id: row.id, state: row.state, again: row.tries > 0, to: maskedAddress(row.to), number: row.number, kind: MAIL_KIND[row.class], title: mailWords(row.template), tries: row.tries, next: when(row),
      error: row.state === 'needless' ? (row.error === 'done' && row.class === 'digest' ? '未了の人がいなくなりました' : (RESULT_WORDS[row.error] ?? row.error)) : withoutAddresses(row.error),
      read: hr && row.ownKind && row.state !== 'needless', fix: hr && row.state === 'givenUp' ? row.engagementId : null, resend: row.state === 'givenUp' && row.class !== 'code',
    })),
    next: listed.length > PAGE ? link(rows.at(-1)!.key) : null, first: after === '' ? null : link(''),
  }
})

const form = z.object({ do: z.enum(['read', 'resend']), id: z.string().max(64) })

/** Opening a body is written down before it is shown; what was given up may go again. */
export const action = guardAction({ act: 'readOutbox', form }, async ({ context, form }) => {
  if (!form.ok) throw notFound()
  if (form.value.do === 'resend') {
    const again = await resendMail(context, form.value.id)
    if (!isRefusal(again)) return redirect('/system/outbox?resent=1', { status: 303 })
    if (again.refused === 'notFound') throw notFound()
    return data({ refused: again, letter: null }, { status: 400 })
  }
  const mail = await openMail(context, form.value.id)
  if (isRefusal(mail)) throw notFound()
  return data({ refused: null, letter: { title: mailWords(mail.template), to: maskedAddress(mail.to_address), sent: mail.state === 'sent', ...(await readLetter(context, mail)) } })
})

const POST_WORDS = { open: '送信先サーバー：設定されています', closed: '送信先サーバー：まだ設定されていません。すべてここで待ちます', fictional: 'デモの宛先は架空なので、どこにも送りません' } as const

export default function Outbox() {
  const { now, today, tab, counts, rows, next, first, resent, hr, post, failing } = useLoaderData<typeof loader>()
  const made = useActionData<typeof action>()
  if (made?.letter)
    return (
      <Page width="wrap-narrow">
        <PageHead back={{ to: '/system/outbox', label: '送信待ちメール' }} title={made.letter.title} asOf={`宛先 ${made.letter.to}`} lead={made.letter.sent ? '送ったときの文面です。' : 'まだ送っていません。いま送るとすると、次の文面です。'} />
        {'needless' in made.letter ? <Notice kind="info" title="いまなら、送りません"><p>{RESULT_WORDS[made.letter.needless] ?? made.letter.needless}</p></Notice> : <><p><b>件名：</b>{made.letter.subject}</p><div className="case mt-4 whitespace-pre-wrap break-words">{made.letter.text}</div></>}
        <p className="src">この文面を開いたことは、閲覧の記録に残りました。</p>
      </Page>
    )
  return (
    <Page>
      {resent && <Notice kind="ok" title="もう一度送ります"><p>いま名簿にあるアドレスに送ります。依頼のメールは、営業日の送れる時間に出ます。</p></Notice>}
      <Refused refused={made?.refused} />
      <PageHead back={hr ? { to: '/people', label: '人をさがす' } : { to: '/system', label: 'しくみの状態' }} title="送信待ちメール" asOf={<>{fullDayWithWeekday(today)} {timeWords(now)} 現在　<span className="nw">{failing && post === 'open' ? '送信先サーバー：接続できていません。つながると、自動で送り直します' : POST_WORDS[post]}</span></>} />
      {counts.givenUp > 0 && !made && !resent && (
        <Notice kind="no" title={`${counts.givenUp}通を、あきらめました`}>
          <p>{MOST_TRIES}回送り直しても届きませんでした。宛先の誤りが考えられます。{hr ? '「宛先を直す」から名簿のアドレスを直し、「もう一度送る」を押してください。コードのメールは送り直せません。新しいコードを出してください。' : '宛先を直せるのは人事です。人事の「いま、やること」に、同じ数が出ています。'}</p>
        </Notice>
      )}
      <nav className="tabs mt-8" aria-label="状態で絞り込む">
        {OUTBOX_TABS.filter((one) => counts[one] > 0 || one === 'open' || one === tab).map((one) => (
          <Link key={one} to={`/system/outbox?tab=${one}`} aria-current={one === tab ? 'true' : undefined}>{TAB_WORDS[one].mark ? <Status mark={TAB_WORDS[one].mark}>{TAB_WORDS[one].words}</Status> : TAB_WORDS[one].words} {counts[one]}</Link>
        ))}
      </nav>
      {rows.length === 0 ? (
        <div className="mt-6"><Notice kind="info" title={tab === 'open' ? '送信を待つメールは、ありません' : 'ここに当てはまるメールはありません'}><p>{tab === 'open' ? 'メールを送る用ができると、ここに出ます。' : 'ほかの状態は、上の見出しから見られます。'}</p></Notice></div>
      ) : <OutboxTable rows={rows} count={counts[tab]} form={(row) => (
        <>
          {row.read && <Form method="post" action="/system/outbox"><input type="hidden" name="id" value={row.id} /><button className="ask" name="do" value="read" aria-label={`${row.number ?? ''} への${row.title}の文面を読む`}>文面を読む</button></Form>}
          {row.fix && <Link className="ask" to={`/people/${row.fix}/edit`} aria-label={`${row.number ?? ''} の宛先を直す`}>宛先を直す</Link>}
          {row.resend && <Form method="post" action="/system/outbox"><input type="hidden" name="id" value={row.id} /><button className="ask" name="do" value="resend" aria-label={`${row.number ?? ''} への${row.title}をもう一度送る`}>もう一度送る</button></Form>}
        </>
      )} />}
      <Pager next={next} first={first} label={`${PAGE}通`} />
      <p className="src">メールの本文に、サインインできるリンクは入りません。コードのメールの中身は、だれも読めません。{hr && '文面を読むと、閲覧の記録に残ります。'}依頼とまとめのメールは、営業日の決まった時間だけに送り、送るときに用がなくなっていれば送りません。</p>
    </Page>
  )
}
