import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listActors } from '../../../db/actors.server'
import { decideFinding } from '../../commands/decide-finding.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { MOST_REMARK } from '../../domain/filing'
import { filingPeriodWords } from '../../domain/filing-period'
import { findingStanding, findingStateOf, mayReport, type FindingActKind } from '../../domain/finding'
import { whoWords } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { openFinding } from '../../http/findings.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { AnswerStatus } from '../../ui/check-items'
import { Facts } from '../../ui/facts'
import { Field, TroubleSummary } from '../../ui/field'
import { dayWords, fullDay, instantWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { Status } from '../../ui/status'

export const meta: MetaFunction = () => [{ title: '直すこと｜守秘' }]

const params = z.object({ findingId: z.uuid() })
const query = z.object({ done: z.enum(['reported', 'accepted', 'returned']).optional().catch(undefined) })
const ACTS: Readonly<Record<FindingActKind, string>> = { reported: '直したと知らせた', returned: '差し戻し', accepted: '直ったことを確かめた', followed: '次の点検の答えに引き継いだ', replaced: '点検が出し直され、その答えに置き換わった' }

/** One finding: the item as it was signed, and what was said and decided since. */
export const loader = guardLoader({ act: 'readChecks', params, query }, async ({ context, params: { findingId }, query: { done } }) => {
  const { db, viewer, now } = context
  const today = dayOf(now)
  const { finding, acts, item, title, filingReturned, mends } = await openFinding(context, findingId)
  const state = findingStateOf(finding.last)
  const actors = await listActors(db, acts.map(({ by }) => by), today)
  const own = acts.findLast(({ kind }) => kind === 'reported')?.by === viewer.accountId
  return {
    id: findingId, done: done ?? null, name: finding.name, title, periodWords: filingPeriodWords(finding.period), filingId: finding.filingId, itemId: finding.itemId, item, answer: finding.answer, improveBy: fullDay(finding.improveBy), standing: findingStanding({ state, improveBy: finding.improveBy }, today),
    acts: acts.map((act) => { const by = actors.get(act.by); return { id: act.id, what: ACTS[act.kind], at: instantWords(act.at, today), by: by ? whoWords(by) : '', mendedOn: act.mendedOn === '' ? '' : dayWords(act.mendedOn, today), words: act.words, files: act.files.map(({ id, name }) => ({ id, name })) } }),
    reports: mends && mayReport(state) && !filingReturned, cameBack: mends && filingReturned && mayReport(state), decides: may(viewer, 'decideChecks') && state === 'reported' && !own, waitsForAnother: own && state === 'reported',
    back: may(viewer, 'decideChecks') ? 'reported' as const : 'open' as const,
  }
})

const form = z.object({ go: z.enum(['accept', 'return']), words: z.string().trim().max(MOST_REMARK, `長すぎます。${MOST_REMARK}字までで書いてください。`).default('') })

/** Accepts that it is mended, or sends the report back. */
export const action = guardAction({ act: 'decideChecks', params, form }, async ({ context, params: { findingId }, form: sent }) => {
  await openFinding(context, findingId)
  if (!sent.ok) return data({ refused: null, trouble: sent }, { status: 400 })
  const { go, words } = sent.value
  const decided = await decideFinding(context, { findingId, verdict: go === 'accept' ? { is: 'accept' } : { is: 'return', words } })
  if (!isRefusal(decided)) return redirect(`/checks/findings/${findingId}?done=${go === 'accept' ? 'accepted' : 'returned'}`, 303)
  if (decided.refused === 'notFound') throw notFound()
  return data({ refused: decided, trouble: { errors: NO_FAULTS, given: { words } } }, { status: decided.refused === 'tooManyWords' ? 429 : 409 })
})

const NO_FAULTS: Record<string, string[]> = {}
const DONE = { reported: ['直したことを知らせました', '確かめた結果は、この画面と「点検で直すこと」に出ます。'], accepted: ['直ったことを確かめました', '知らせた人の画面にも出ます。次の点検でも、この記録が並びます。'], returned: ['差し戻しました', '書いた言葉は、知らせた人の画面に出ます。'] } as const

export default function FindingPage() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { item } = page
  return (
    <Page width="wrap-mid">
      {page.done && !tried && <Notice kind="ok" title={DONE[page.done][0]}><p>{DONE[page.done][1]}</p></Notice>}
      {tried?.refused ? <Refused refused={tried.refused} /> : <TroubleSummary trouble={tried?.trouble} labels={{ words: '言葉' }} />}
      <PageHead back={{ to: '/checks/findings', label: '点検で直すこと' }} title={`項目 ${item.number}　${page.name}`} lead={<>{page.title}・{page.periodWords}　<Status mark={page.standing.mark}>{page.standing.words}</Status></>} />
      <Facts facts={[
        ['項目', item.text],
        ['答え', <AnswerStatus answer={page.answer} />],
        ['そのときの様子', item.remark && <span className="whitespace-pre-line">{item.remark}</span>],
        ['直す予定', `${page.improveBy}まで`],
        ['点検の記録', <Link to={`/checks/${page.filingId}/record#item-${page.itemId}`}>{page.title}・{page.periodWords}を見る</Link>],
      ]} />
      {page.cameBack && <Notice kind="warn" title="点検が差し戻されています"><p>点検を直して出し直すと、その答えが新しい記録になります。</p><div className="acts"><Link className="btn btn-sm" to={`/checks/${page.filingId}`}>直して出し直す</Link></div></Notice>}
      {page.reports && <div className="acts"><Link className="btn btn-main" to={`/checks/findings/${page.id}/report`}>直したことを知らせる</Link></div>}
      <section className="sec">
        <h2>これまでのこと</h2>
        {page.acts.length === 0 ? <p>まだ、知らせはありません。</p> : (
          <ol className="line">
            {page.acts.map((act) => (
              <li key={act.id} data-big="">
                <time>{act.at}</time>
                <div>
                  <b>{act.what}</b>　{act.by}
                  {act.mendedOn !== '' && <p>直した日 {act.mendedOn}</p>}
                  {act.words !== '' && <p className="whitespace-pre-line">「{act.words}」</p>}
                  {act.files.map((file) => <Form key={file.id} method="post" action={`/checks/findings/${page.id}/files/${file.id}`} reloadDocument><button className="ask" aria-label={`添付 ${file.name}を受け取る`}>添付 {file.name}</button></Form>)}
                </div>
              </li>
            ))}
          </ol>
        )}
        {page.waitsForAnother && <p className="sml mt-4">知らせた人とは別の人が確かめます。</p>}
      </section>
      {page.decides && (
        <Form method="post" className="sec noprint">
          <h2>直ったことを認めるか、差し戻す</h2>
          <p>認めると記録になり、あとから変えられません。足りないときは、何をどうすればよいかを書いて差し戻します。差し戻すと、答える人への依頼のメール(1人に1日1通)で知らせます。</p>
          <Field name="words" label="差し戻すときの言葉" optional="認めるときは、なくてもかまいません" trouble={tried?.trouble}><textarea className="in min-h-20" rows={3} maxLength={MOST_REMARK} /></Field>
          <div className="acts">
            <button className="btn btn-main" name="go" value="accept">直ったことを認める</button>
            <button className="btn" name="go" value="return">言葉を付けて差し戻す</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
