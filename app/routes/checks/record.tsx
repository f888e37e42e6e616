import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listActors } from '../../../db/actors.server'
import { listFilingRemarks } from '../../../db/filings.server'
import { decideFiling } from '../../commands/decide-filing.server'
import { compareWithBefore, findingsBeside, findStatement, signedAct, signedFiles } from '../../content/filing-record.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { applicable, mayEdit, MOST_REMARK } from '../../domain/filing'
import { filingPeriodWords } from '../../domain/filing-period'
import { filingStanding } from '../../domain/filing-standing'
import { authenticationWords, signedAtWords } from '../../domain/pledge-statement'
import { isRefusal } from '../../domain/refusal'
import { whoWords } from '../../domain/people'
import { openSheet } from '../../http/filings.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { CheckItems, FindingLine } from '../../ui/check-items'
import { Facts } from '../../ui/facts'
import { fullDay, instantWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { Status } from '../../ui/status'

export const meta: MetaFunction = () => [{ title: '点検の記録｜守秘' }]

const params = z.object({ filingId: z.uuid() })
const query = z.object({ done: z.enum(['1', 'accepted', 'returned']).optional().catch(undefined), act: z.uuid().optional() })
const CAPACITIES = { companyContact: '会社側担当者', soleContractor: '個人受託者(本人)', protectionManager: '保護管理者', hr: '人事', chief: '統括管理者' } as const
const ACTS = { submitted: '署名して提出', returned: '差し戻し', accepted: '受理' } as const

/** What was signed last, or with an earlier signature that came back, from its kept bytes, beside the time before; and what has been done with it. */
export const loader = guardLoader({ act: 'readChecks', params, query }, async ({ context, params: { filingId }, query: { done, act: asked } }) => {
  const { db, viewer, now } = context
  const { sheet, by } = await openSheet(context, filingId)
  const today = dayOf(now)
  const last = signedAct(sheet)
  const signed = asked === undefined ? last : signedAct({ acts: sheet.acts.filter(({ id }) => id === asked) })
  const isLast = signed === last
  const statement = signed && (await findStatement(db, signed.statement))
  if (!signed || !statement) {
    if (asked === undefined && by && mayEdit(sheet.state)) throw redirect(`/checks/${filingId}`)
    throw notFound()
  }
  const before = await compareWithBefore(db, sheet, today)
  const actors = await listActors(db, [...new Set(sheet.acts.map((act) => act.by))], today)
  const left = await findingsBeside(db, filingId, today)
  const [kept, after] = [await signedFiles(db, sheet), sheet.acts.find(({ ordinal }) => ordinal === signed.ordinal + 1)]
  const reasons = after?.kind === 'returned' ? await listFilingRemarks(db, after.id) : new Map<string, string>()
  const isThere = (itemId: string, sha256: string) => sheet.items.some(({ id, files }) => id === itemId && files.some((file) => file.sha256 === sha256))
  const items = statement.items.map((item) => ({
    ...item, files: item.attachments.flatMap(({ name, sha256 }) => { const id = kept.findLast((file) => file.itemId === item.id && file.sha256 === sha256)?.id; return id ? [{ id, name }] : [] }), lost: item.attachments.filter(({ sha256 }) => !isThere(item.id, sha256)).map(({ name }) => name),
    before: before?.of(item.id, item.answer, item.text), reason: reasons.get(item.id) ?? '', finding: left.get(item.id) ?? null,
  }))
  const decides = isLast && may(viewer, 'decideChecks') && sheet.state === 'submitted' && signed.by !== viewer.accountId
  return {
    filingId, done: done ?? null, title: statement.form.title, version: statement.form.version, subject: statement.subject.name, periodWords: filingPeriodWords(statement.period), handedTo: sheet.form.meta.handedTo,
    standing: filingStanding({ state: sheet.state, handedTo: sheet.form.meta.handedTo, opensOn: sheet.filing.opens_on, dueOn: sheet.filing.due_on, submittedAt: signed.at }, today), due: fullDay(statement.dueOn),
    earlier: before ? filingPeriodWords(before.period) : null, items, counts: statement.counts, of: applicable(statement.counts), declaration: statement.declaration, signer: { ...statement.signer, words: CAPACITIES[statement.signer.capacity] },
    at: new Date(signed.at).toISOString(), atWords: signedAtWords(signed.at), authentication: authenticationWords(statement.authentication.method), receipt: signed.receipt, sha256: signed.statement, formSha: statement.form.sha256, addressee: statement.addressee, demonstration: statement.demonstration === true,
    acts: sheet.acts.map((act) => { const actor = actors.get(act.by); return { id: act.id, what: ACTS[act.kind], at: instantWords(act.at, today), by: actor ? whoWords(actor) : '', note: act.note, receipt: act.receipt, to: act.statement === null || act.id === signed.id ? null : act.id === last!.id ? '' : `?act=${act.id}` } }),
    isLast, decides, own: signed.by === viewer.accountId, mayRedo: by !== undefined && sheet.state === 'returned', back: may(viewer, 'readProgram') && by?.capacity !== 'companyContact' && by?.capacity !== 'soleContractor' && by?.capacity !== 'protectionManager' ? '/program/checks' : '/checks',
  }
})

const form = z.object({ go: z.enum(['accept', 'return']), note: z.string().trim().max(MOST_REMARK, `長すぎます。${MOST_REMARK}字までで書いてください。`).default(''), reason: z.record(z.string().max(64), z.string().trim().max(MOST_REMARK, `理由が長すぎます。${MOST_REMARK}字までで書いてください。`).optional()).default({}) })

/** Accepts, or sends back item by item. */
export const action = guardAction({ act: 'decideChecks', params, form }, async ({ context, params: { filingId }, form: sent }) => {
  await openSheet(context, filingId)
  if (!sent.ok) return data({ refused: null, errors: Object.values(sent.errors).flat(), given: sent.given }, { status: 400 })
  const { go, note, reason } = sent.value
  const decided = await decideFiling(context, { filingId, note, verdict: go === 'accept' ? { is: 'accept' } : { is: 'return', reasons: Object.entries(reason).map(([itemId, words]) => ({ itemId, words: words ?? '' })) } })
  if (!isRefusal(decided)) return redirect(`/checks/${filingId}/record?done=${go === 'accept' ? 'accepted' : 'returned'}`, 303)
  if (decided.refused === 'notFound') throw notFound()
  return data({ refused: decided, errors: [] as string[], given: { note, reason } as Record<string, unknown> }, { status: decided.refused === 'tooManyWords' ? 429 : 409 })
})

const grouped = (hash: string) => hash.replace(/(.{8})(?=.)/g, '$1 ')
const DONE = { '1': ['署名して提出しました', '控えは、この画面からいつでも見られます。記録番号をひかえておくと、あとで照らし合わせられます。'], accepted: ['受理しました', '提出した人の画面にも、受理として出ます。'], returned: ['差し戻しました', '理由は、答える人の画面に、項目ごとに出ます。'] } as const

export default function CheckRecord() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const reasons = (tried?.given.reason ?? {}) as Record<string, string | undefined>
  return (
    <Page>
      {page.done && !tried && <Notice kind="ok" title={DONE[page.done][0]}><p>{DONE[page.done][1]}</p></Notice>}
      <Refused refused={tried?.refused} />
      {tried && tried.errors.length > 0 && <Notice kind="no" title="まだ決めていません" trouble={tried}><ul>{tried.errors.map((words) => <li key={words}>{words}</li>)}</ul></Notice>}
      {!page.isLast && <Notice kind="warn" title="差し戻される前の提出です"><p>このあと、出し直されています。</p><div className="acts"><Link className="btn btn-sm" to={`/checks/${page.filingId}/record`}>いまの提出を見る</Link></div></Notice>}
      <PageHead back={{ to: page.back, label: '点検' }} title={`${page.title}　${page.subject}`} lead={<>{page.periodWords}　<Status mark={page.standing.mark}>{page.standing.words}</Status></>} />
      {page.mayRedo && <Notice kind="warn" title="差し戻されています"><div className="acts"><Link className="btn btn-sm" to={`/checks/${page.filingId}`}>直して出し直す</Link></div></Notice>}
      <Facts facts={[
        ['実施', `${page.counts.done}/${page.of}項目`],
        ['直すこと', `${page.counts.partly + page.counts.notDone}件(一部 ${page.counts.partly}、未実施 ${page.counts.notDone})`],
        ['該当なし', `${page.counts.none}項目`],
        ['期限', page.due],
        ['署名した人', <>{page.signer.nameRegistered}{page.signer.nameTyped !== page.signer.nameRegistered && <span className="mut"> (入力：{page.signer.nameTyped})</span>}<br /><span className="sml mut">{page.signer.number}・{page.signer.company}・{page.signer.words}</span></>],
        ['日時', <><time dateTime={page.at}>{page.atWords}</time> <span className="sml mut">サーバー時刻</span></>],
        ['記録番号', <span className="hash">{page.receipt}</span>],
        ['デモ', page.demonstration && '架空の会社と人です。業務の記録ではありません。'],
      ]} />
      <Form method="post" id="decide">
        <section className="sec break-inside-auto!">
          <h2>項目ごとの答え</h2>
          {page.earlier !== null && <p className="sml">前回は{page.earlier}の点検です。{page.handedTo === 'operator' ? '受理したものと比べています。' : ''}</p>}
          <CheckItems items={page.items} earlier={page.earlier} filesOf={null} note={(item) => {
            const { reason, lost, files, finding } = page.items.find(({ id }) => id === item.id)!
            return (
              <>
                {files.map((file) => <span key={file.id} className="block noprint"><button className="ask" form={`get-${file.id}`} aria-label={`${item.number}の添付 ${file.name}を受け取る`}>受け取る</button></span>)}
                {lost.map((name) => <span key={name} className="block sml mut">添付 {name}(提出のあとに外されました)</span>)}
                {finding && <FindingLine finding={finding} />}
                {item.remark === '' && files.length + lost.length === 0 && reason === '' && !page.decides && <span className="mut">―</span>}
                {reason && <span className="err">差し戻しの理由：{reason}</span>}
                {page.decides && <details className="more noprint" open={reasons[item.id] ? true : undefined}><summary className="sml">差し戻す理由を書く</summary><textarea className="in min-h-20" name={`reason.${item.id}`} rows={2} maxLength={MOST_REMARK} aria-label={`${item.number}を差し戻す理由`} defaultValue={reasons[item.id] ?? ''} /></details>}
              </>
            )
          }} />
        </section>
        {page.decides && (
          <section className="sec noprint">
            <h2>{page.handedTo === 'operator' ? '受理するか、差し戻す' : '差し戻す'}</h2>
            <p>{page.handedTo === 'operator' ? '受理すると記録になり、来年の点検と比べられます。' : 'この点検は、提出されたまま記録になっています。誤りがあるときだけ、差し戻します。'}差し戻すときは、直してほしい項目の「差し戻す理由を書く」に、何をどう直すかを書きます。差し戻すと、答える人への依頼のメール(1人に1日1通)で知らせます。</p>
            <label className="label mt-4" htmlFor="f-note">全体への言葉 <span className="opt">なくてもかまいません</span></label>
            <textarea className="in min-h-20" id="f-note" name="note" rows={2} maxLength={MOST_REMARK} defaultValue={typeof tried?.given.note === 'string' ? tried.given.note : ''} />
            <div className="acts">
              {page.handedTo === 'operator' && <button className="btn btn-main" name="go" value="accept">受理する</button>}
              <button className="btn" name="go" value="return">理由を付けて差し戻す</button>
            </div>
          </section>
        )}
      </Form>
      {page.items.flatMap(({ files }) => files).map((file) => <Form key={file.id} id={`get-${file.id}`} method="post" action={`/checks/${page.filingId}/files/${file.id}`} reloadDocument />)}
      {page.own && page.standing.words === '確認待ち' && <p className="sml mt-4">署名した人とは別の人が確かめます。</p>}
      <section className="sec">
        <h2>これまでのこと</h2>
        <ol className="line">{page.acts.map((act) => <li key={act.id} data-big=""><time>{act.at}</time><div><b>{act.what}</b>　{act.by}{act.receipt && <>　<span className="hash">{act.receipt}</span></>}{act.note && <p>「{act.note}」</p>}{act.to !== null && <>　<Link className="sml" to={`/checks/${page.filingId}/record${act.to}`} aria-label={`${act.at}の提出の内容を読む`}>内容を読む</Link></>}</div></li>)}</ol>
      </section>
      <section className="sec">
        <h2>署名の記録</h2>
        <Facts facts={[
          ['確かめたこと', page.declaration],
          ['提出先', page.addressee],
          ['本人確認', page.authentication],
          ['様式', `${page.title} 第${page.version}版`],
          ['記録の指紋', <span className="hash">{grouped(page.sha256)}</span>],
          ['様式の指紋', <span className="hash">{grouped(page.formSha)}</span>],
        ]} />
        <p className="src">これは電子的な署名(記録)です。記録番号と記録の指紋で、内容が変わっていないことを確かめられます。<Link to="/help/checks">確かめ方を見る</Link></p>
      </section>
    </Page>
  )
}
