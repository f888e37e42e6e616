import { data, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listActors } from '../../../db/actors.server'
import { listOpenSlips } from '../../../db/sign-in-codes.server'
import { companiesOfReach, listInvitees } from '../../../db/slips.server'
import { inviteByMail, issueSlips } from '../../commands/issue-code.server'
import { mayVouchFor, reachOf } from '../../domain/access'
import { dayOf, spanWords } from '../../domain/calendar'
import { cleanLogin } from '../../domain/login'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { codeTerms, MOST_AT_ONCE, printedCode, SLIP_DAYS_AHEAD } from '../../domain/sign-in-code'
import { isReached, postOf } from '../../domain/mail'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { qrOf } from '../../http/qr.server'
import { dayWords, fullDay, fullDayWithWeekday, fullInstant, slashDay } from '../../ui/format'
import { MAIL_COMES } from '../../ui/mail-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Refused } from '../../ui/refused'
import { Slip } from '../../ui/slip'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '利用票を発行する｜守秘' }]

const PAGE = 100
const query = z.object({
  q: z.string().max(64).catch('').default(''), who: z.enum(['waiting', 'all']).catch('waiting').default('waiting'), after: z.string().max(64).catch('').default(''),
  invited: z.coerce.number().int().nonnegative().optional().catch(undefined), without: z.coerce.number().int().nonnegative().optional().catch(undefined),
})

/** People who have no password yet, within the viewer's reach; with 「全員」 also those who need a new one. */
export const loader = guardLoader({ act: 'issueSlips', query }, async ({ context, query }) => {
  const { viewer, db, now, settings } = context
  const day = dayOf(now)
  const reach = reachOf(viewer, 'issueSlips')
  const companies = await companiesOfReach(db, reach, day)
  const listed = await listInvitees(db, companies, { number: cleanLogin(query.q), waiting: query.who === 'waiting', after: query.after }, { day, limit: PAGE + 1 })
  const link = (after: string) => `/people/slips?${new URLSearchParams({ ...(query.q && { q: query.q }), who: query.who, ...(after && { after }) })}`
  const people = listed.slice(0, PAGE)
  const open = await listOpenSlips(db, people.map(({ accountId }) => accountId), now)
  const issuers = await listActors(db, [...open.values()].map(({ issuedBy }) => issuedBy), day)
  /** A 委託先 is named by number only: its people's names are not for the operator. */
  const slipWords = (accountId: string): string | null => {
    const slip = open.get(accountId)
    const by = issuers.get(slip?.issuedBy ?? '')
    return slip ? `利用票あり(${dayWords(dayOf(slip.at), day)}、${by ? (by.kind === 'contractorWorker' ? `従事者 ${by.number}` : `${by.name} ${by.number}`) : 'サーバーの管理者'})` : null
  }
  return {
    q: query.q, who: query.who, invited: query.invited, without: query.without, post: postOf(settings), own: !reach.all,
    people: people.map((one) => ({
      id: one.engagementId, number: one.number, name: one.name, kind: ENGAGEMENT_KINDS[one.kind], company: one.companyName, unit: one.unitName, started: one.hasPassword, mail: isReached(one.mail) ? '登録あり' : one.mail === '' ? 'なし' : '届かない宛先', slip: slipWords(one.accountId), mine: mayVouchFor(viewer, one, companies), begins: one.from > day ? one.from : null,
    })),
    next: listed.length > PAGE ? link(people.at(-1)!.number) : null, first: query.after === '' ? null : link(''),
  }
})

const form = z.object({ person: z.union([z.array(z.string().max(36)), z.string().max(36).transform((one) => [one])]).optional(), how: z.enum(['slip', 'mail']) })

/** Printed slips are shown once, in the answer to this POST, and kept nowhere. */
export const action = guardAction({ act: 'issueSlips', query, form }, async ({ context, form }) => {
  if (!form.ok) throw notFound()
  const chosen = form.value.person ?? []
  if (form.value.how === 'mail') {
    const answer = await inviteByMail(context, chosen)
    if (answer === undefined) throw notFound()
    if (isRefusal(answer)) return data({ refused: answer, slips: null }, { status: 400 })
    return redirect(`/people/slips?invited=${answer.invited}&without=${answer.without}`, { status: 303 })
  }
  const answer = await issueSlips(context, chosen)
  if (answer === undefined) throw notFound()
  if (isRefusal(answer)) return data({ refused: answer, slips: null }, { status: 400 })
  const start = `${context.settings.baseUrl.origin}/start`
  return data({
    refused: null, address: start, site: context.library.words.operator,
    slips: answer.map(({ code, until, from, ...slip }) => ({ ...slip, begins: from > dayOf(context.now) ? fullDayWithWeekday(from) : null, code: printedCode(code), until: from > dayOf(context.now) ? fullDay(dayOf(until - 1)) : fullInstant(until), qr: qrOf(`${start}#${code}`) })),
  })
})

const slipHolds = spanWords(codeTerms('slip').livesMs)

export default function Slips() {
  const { people, q, who, invited, without, post, own, next, first } = useLoaderData<typeof loader>()
  const made = useActionData<typeof action>()
  if (made?.slips)
    return (
      <Page width="wrap-narrow">
        <div className="noprint">
          <PageHead back={{ to: '/people/slips', label: '利用票を発行する' }} title="利用票を発行しました" asOf={`${made.slips.length}人分`} lead={`${own || !made.slips.some(({ kind }) => kind === 'contractorWorker') ? 'この画面を印刷して、本人に直接渡してください。' : 'この画面を印刷してください。委託先で働く方の票は、その会社の会社側担当者に渡し、会社側担当者が本人に渡します。ほかの方の票は、本人に直接渡してください。'}コードが見えるのは、いまだけです。`} />
          <p>印刷は、ブラウザーの「印刷」(Ctrl+P または ⌘+P)から行います。前に発行した利用票とメールのコードは使えなくなりました。閉じてしまったときは、発行し直せます。</p>
        </div>
        {made.slips.map((slip) => <Slip key={slip.engagementId} slip={slip} address={made.address} site={made.site} />)}
      </Page>
    )
  return (
    <Page>
      {invited !== undefined && (
        <Notice kind={invited > 0 ? 'ok' : 'warn'} title={invited > 0 ? `${invited}人への案内を用意しました` : '案内を送れる人はいませんでした'}>
          <p>{invited > 0 && `${MAIL_COMES[post]}コードは、メールが出てから${spanWords(codeTerms('invite').livesMs)}使えます。`}{without ? `メールの登録がない人と、.example などの届かない宛先の人、合わせて${without}人には送れません。利用票を発行してください。` : ''}</p>
        </Notice>
      )}
      <PageHead back={own ? { to: '/company', label: '自社の名簿' } : { to: '/people', label: '人をさがす' }} title="利用票を発行する" lead="番号と1回だけ使えるコードを紙に印刷して、本人に渡します。メールアドレスは要りません。" />
      <Form className="filter pt-0" role="search">
        <div className="field"><label className="label" htmlFor="q">従事者番号のはじめ</label><input className="in" id="q" name="q" defaultValue={q} key={q} inputMode="numeric" /></div>
        <div className="field">
          <label className="label" htmlFor="who">だれを</label>
          <select className="in" id="who" name="who" defaultValue={who}><option value="waiting">まだはじめていない人</option><option value="all">全員(パスワードを忘れた人も)</option></select>
        </div>
        <button className="btn btn-sm">さがす</button>
      </Form>
      <div className="my-6 empty:hidden"><Refused refused={made?.refused} /></div>
      {people.length === 0 ? (
        <Notice kind="info" title={q ? `「${q}」で始まる番号の人はいません` : 'まだはじめていない人はいません'}>
          <p>{who === 'waiting' ? 'すでにはじめた人がパスワードを忘れたときは、「全員」に切り替えてさがしてください。' : '番号の先頭の0も入れて、さがし直してください。'}在籍中の人と、{SLIP_DAYS_AHEAD}日以内に入社・受入の人だけが出ます。</p>
          {who === 'waiting' && <div className="acts"><Link className="btn btn-sm" to={`/people/slips?${new URLSearchParams({ who: 'all', q })}`}>全員からさがす</Link></div>}
        </Notice>
      ) : (
        <Form method="post" action="/people/slips">
          <Table className="mt-6">
            <caption>{own ? '自社と下位の会社の、' : ''}在籍中の人と、{SLIP_DAYS_AHEAD}日以内に入社・受入の人(従事者番号の順)。一度に{MOST_AT_ONCE}人まで選べます。</caption>
            <Head><Row><ColumnHead className="tick"><span className="sr-only">選ぶ</span></ColumnHead><ColumnHead>氏名・番号</ColumnHead><ColumnHead>雇用形態</ColumnHead><ColumnHead>会社・所属</ColumnHead><ColumnHead>サインイン</ColumnHead><ColumnHead>メール</ColumnHead></Row></Head>
            <Body>
              {people.map((one) => (
                <Row key={one.id}>
                  <Cell className="tick">{one.mine && <label className="hit"><input className="box" type="checkbox" name="person" value={one.id} aria-label={`${one.name ?? '従事者'} ${one.number} を選ぶ`} /></label>}</Cell>
                  <RowHead><span className="who">{one.name ?? `従事者 ${one.number}`}</span>{one.name !== null && <><br /><span className="who-no">{one.number}</span></>}</RowHead>
                  <Cell label="雇用形態">{one.kind}</Cell>
                  <Cell label="会社・所属">{one.company}{one.unit && <><br /><span className="mut">{one.unit}</span></>}</Cell>
                  <Cell label="サインイン">{one.mine ? (one.begins ? `${slashDay(one.begins)} から使えます` : one.started ? 'はじめている' : 'まだ') : '自分と、人事などの役割がある人の票は発行できません'}{one.slip && <><br /><span className="sml">{one.slip}</span></>}</Cell>
                  <Cell label="メール">{one.mail}</Cell>
                </Row>
              ))}
            </Body>
          </Table>
          <div className="acts acts-stick">
            <button className="btn btn-main" name="how" value="slip">選んだ人の利用票を発行する</button>
            <button className="btn" name="how" value="mail">選んだ人に案内をメールで送る</button>
          </div>
        </Form>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
      <p className="src">利用票を発行すると、だれがいつ、だれの票を発行したかが記録され、本人の「わたしの記録」に出ます。「利用票あり」の人の票を発行し直すと、渡してある紙は使えなくなります。票は{slipHolds}間使えます。入社・受入の前の人の票は、最初の日から{slipHolds}間です。その日までは、コードを入れてもはじめられません。</p>
    </Page>
  )
}
