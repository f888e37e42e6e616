import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findHearingCompany } from '../../../db/hearing.server'
import { listPagesShown } from '../../../db/pledges.server'
import { makePledgePdfSoon } from '../../commands/make-pledge-pdf.server'
import { signPledge } from '../../commands/sign-pledge.server'
import { companionOf, pageStates, PLEDGE_TRACK } from '../../content/readable-pledge.server'
import { dayOf } from '../../domain/calendar'
import { firstPageToRead, isClosedToSigning } from '../../domain/pledge'
import { articlesByClause } from '../../domain/pledge-statement'
import { isRefusal, refuse, type Refusal } from '../../domain/refusal'
import { isMinorOn } from '../../domain/study'
import { TRACK_NAMES } from '../../domain/tracks'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { openUnsignedPledge } from '../../http/own-pledge.server'
import { Field, TroubleSummary } from '../../ui/field'
import { timeWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { textOnPaper } from '../../ui/printed'
import { PledgeSteps } from '../../ui/pledge-steps'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [{ title: shown ? `${shown.title}に署名する｜守秘` : '守秘' }]

const params = z.object({ assignmentId: z.string().max(64) })

/** The form to sign: it stands after the last page, and only when every page was shown in today's words. */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { assignmentId } }) => {
  const { db, now, library, viewer } = context
  const { own, pledge, refused: unreadable } = await openUnsignedPledge(context, assignmentId)
  const { meta: text } = pledge.version
  const states = pageStates(pledge, await listPagesShown(db, own.id, text.version, PLEDGE_TRACK))
  const unread = firstPageToRead(states)
  const refused = unreadable ??
    (isClosedToSigning({ settledAt: own.settled_at, settledAs: own.settled_as }) ? refuse('pledgeSettled') : unread ? refuse(unread.changed ? 'pagesChanged' : 'pagesNotShown', { page: unread.at, pages: states.length }) : null)
  const articles = articlesByClause(pledge.pages.map(({ plain }) => plain))
  const companion = companionOf(library, pledge, viewer.track)
  const told = (clause: string) => library.renderText(companion?.statements.get(clause)?.source ?? '', { furigana: viewer.furigana })
  return {
    id: own.id, title: text.title, version: text.version, total: states.length, refused, readOn: unread ? unread.at : null,
    shownAt: timeWords(Math.max(...states.map(({ shown }) => shown?.at ?? 0))), addressee: pledge.addresseeName, toEmployer: text.addressee === 'employer', hears: text.addressee === 'employer' ? ((await findHearingCompany(db, own.employer_company_id, dayOf(now))) ?? pledge.addresseeName) : pledge.addresseeName,
    track: companion?.track ?? null, clauses: text.keyClauses.map(({ clause, statement }) => ({ clause, statement, article: articles.get(clause) ?? '', told: companion ? told(clause) : '' })), name: own.display_name ?? '', minor: isMinorOn(own.under18_until ?? '', dayOf(now)),
  }
})

/** Every field is read leniently: the command judges them together, so that all faults are named at once. */
const text = z.string().trim().default('')
const form = z.object({ clause: z.array(z.string().max(10)).max(20).default([]), name: text, password: z.string().default(''), guardian: text, memo: text, track: z.string().max(16).optional() })

export const action = guardAction({ act: 'learn', params, form }, async ({ context, params: { assignmentId }, form }) => {
  if (!form.ok) return data({ trouble: form, refused: null }, { status: 400 })
  const { clause, name, password, guardian, memo, track } = form.value
  const answer = await signPledge(context, { assignmentId, ticked: clause, nameTyped: name, password, memo, guardian, track })
  if (!isRefusal(answer)) {
    makePledgePdfSoon(context, answer.actId)
    return redirect(`/pledges/${assignmentId}/receipt`, { status: 303 })
  }
  if (answer.refused === 'notFound') throw notFound()
  const given = { clause, name, guardian, memo }
  if (answer.refused === 'signatureFaulty') return data({ trouble: { errors: faultWords(answer.facts ?? {}, { name, password }), given }, refused: null }, { status: 422 })
  return data({ trouble: { errors: NO_FAULTS, given }, refused: answer }, { status: answer.refused === 'slowDown' ? 429 : 422 })
})

const NO_FAULTS: Record<string, string[]> = {}

/** What is wrong, in words, by field and in the order of the form. */
function faultWords(faults: NonNullable<Refusal['facts']>, typed: { name: string; password: string }): Record<string, string[]> {
  const tooLong = (most: string | number) => `長すぎます。${most.toLocaleString('ja-JP')}字までで書いてください。`
  return {
    ...('clause' in faults && { clause: [`${faults.clause}つに、まだ印がありません。同意できない条文があるときは「署名しない・質問がある」から伝えられます。`] }),
    ...('name' in faults && { name: [typed.name === '' ? '氏名を入力してください。' : `登録された氏名(${faults.name})と違うようです。結婚などで氏名が変わった方は、人事(派遣や委託の方は、雇い主の会社の担当者)に知らせてください。`] }),
    ...('guardian' in faults && { guardian: [tooLong(faults.guardian!)] }),
    ...('password' in faults && { password: [typed.password === '' ? 'パスワードを入力してください。' : 'パスワードが違います。もう一度入力してください。'] }),
    ...('memo' in faults && { memo: [tooLong(faults.memo!)] }),
  }
}

const LABELS = { clause: '大切な条文', name: '氏名', password: 'パスワード', guardian: '保護者の方の確認', memo: '書き添えたいこと' }

export default function PledgeSign() {
  const pledge = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { id, total, clauses } = pledge
  const back = { to: `/pledges/${id}/pages/${pledge.readOn ?? total}`, label: '本文に戻る' }
  if (pledge.refused)
    return (
      <Page width="wrap-narrow">
        <PageHead back={back} title="確認して署名する" />
        <Refused refused={pledge.refused} />
        {pledge.readOn !== null && <div className="acts"><Link className="btn btn-main" to={back.to}>{pledge.readOn}ページ目を読む</Link></div>}
      </Page>
    )
  const trouble = tried?.trouble
  const ticked: readonly unknown[] = Array.isArray(trouble?.given.clause) ? trouble.given.clause : trouble?.given.clause ? [trouble.given.clause] : []
  const clauseErrors = trouble?.errors.clause ?? []
  return (
    <Page width="wrap-narrow" printed={textOnPaper(pledge, '確認と署名の画面')}>
      <PageHeadWithSteps pledge={pledge} back={back} />
      {tried?.refused ? <Refused refused={tried.refused} /> : <TroubleSummary trouble={trouble} labels={LABELS} />}
      <Form method="post" action={`/pledges/${id}/sign`} className={tried ? 'mt-6' : undefined}>
        <fieldset className="choices" id="f-clause" aria-describedby={clauseErrors.length > 0 ? 'f-clause-hint f-clause-err' : 'f-clause-hint'}>
          <legend>大切な{clauses.length}つの条文 <span className="need">すべて必要です</span></legend>
          <p className="hint mb-3" id="f-clause-hint">読んで理解したものに印を付けてください。</p>
          {pledge.track !== null && <input type="hidden" name="track" value={pledge.track} />}
          {clauses.map(({ clause, article, statement, told }) => (
            <label className="pick" key={clause}>
              <input type="checkbox" name="clause" value={clause} defaultChecked={ticked.includes(clause)} />
              <span><b>{article}</b>　{statement}{pledge.track !== null && <><br /><span className="sml mut" lang={TRACK_NAMES[pledge.track].lang}><span lang="ja">参考訳：</span><span dangerouslySetInnerHTML={{ __html: told }} /></span></>}</span>
            </label>
          ))}
          {clauseErrors.length > 0 && <span className="err" id="f-clause-err">{clauseErrors.join(' ')}</span>}
        </fieldset>
        <Field name="name" label={LABELS.name} hint={`登録された氏名：${pledge.name}。「高」「髙」など字体の違いはかまいません。入力したとおりに記録します。`} trouble={trouble} need>
          <input className="in" autoComplete="name" />
        </Field>
        {pledge.minor && (
          <Field name="guardian" label={LABELS.guardian} optional="任意" hint="保護者の方がこの書面を読んだときは、その方の氏名を入力できます。なくても署名できます。" trouble={trouble}>
            <input className="in" autoComplete="off" />
          </Field>
        )}
        <Field name="password" label={LABELS.password} hint="ご本人であることを確かめるため、もう一度入力してください。" trouble={trouble} need>
          <input className="in" type="password" autoComplete="current-password" />
        </Field>
        <Field name="memo" label={LABELS.memo} optional="なくてもかまいません" className="max-w-none" trouble={trouble}
          hint={`ここに書いた内容は、署名と一緒に記録され、${pledge.toEmployer ? `${pledge.hears}の担当者` : '人事'}に伝わります。`}>
          <textarea className="in min-h-20" rows={3} />
        </Field>
        <div className="acts">
          <button className="btn btn-main">この内容で署名する</button>
          <Link className="btn" to={`/pledges/${id}/decline`}>署名しない・質問がある</Link>
        </div>
      </Form>
      <p className="src">これは電子的な署名(記録)です。本文、版、日時、本人確認の方法、接続元を記録し、控え(PDF)をすぐにお渡しします。署名するかどうかは、給与の支払いや証明書の発行に影響しません。</p>
    </Page>
  )
}

function PageHeadWithSteps({ pledge, back }: { pledge: { title: string; version: string; total: number; shownAt: string; addressee: string }; back: { to: string; label: string } }) {
  return (
    <>
      <Link className="back" to={back.to}>← {back.label}</Link>
      <PledgeSteps title={pledge.title} version={pledge.version} at={pledge.total + 1} of={pledge.total + 1} words="確認と署名" />
      <div className="head"><h1>確認して署名する</h1><p className="lead">本文{pledge.total}ページは、すべて表示済みです({pledge.shownAt})。差入先は {pledge.addressee} です。</p></div>
    </>
  )
}
