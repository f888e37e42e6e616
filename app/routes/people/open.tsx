import { redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findOpening } from '../../../db/access-log.server'
import { findPersonFile } from '../../../db/person.server'
import { openRecord } from '../../commands/open-record.server'
import { dayOf, isDay } from '../../domain/calendar'
import { LOOK_REASONS, MOST_REASON_WORDS, openingsSince, type LookReason } from '../../domain/record-access'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { RECORD_SCREENS, recordScreen } from '../../http/opened-record.server'
import { Field, TroubleSummary } from '../../ui/field'
import { words as messageOf } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'
import { employedAs, serviceWords } from '../../ui/people'

export const meta: MetaFunction = () => [{ title: '記録を開く｜守秘' }]

const params = z.object({ engagementId: z.uuid() })
const query = z.object({ to: z.enum(RECORD_SCREENS).nullable().catch(null).default(null), on: z.string().refine(isDay).or(z.literal('')).catch('').default('') })
const LABELS = { reason: '開く理由', words: 'くわしい理由' }

/** What the list of found people shows of one person, and the question why the record is to be opened. */
export const loader = guardLoader({ act: 'readPeople', params, query }, async ({ context: { db, viewer, now }, params: { engagementId }, query: { to, on } }) => {
  const today = dayOf(now)
  const person = await findPersonFile(db, engagementId, today)
  if (!person) throw notFound()
  if (await findOpening(db, viewer.accountId, engagementId, openingsSince(now))) throw redirect(recordScreen(engagementId, to, on))
  return { name: person.name ?? `従事者 ${person.number}`, lead: [person.number, employedAs(person), person.unitName, serviceWords(person, today)].filter(Boolean).join('・') }
})

const form = z.object({ reason: z.enum(Object.keys(LOOK_REASONS) as [LookReason, ...LookReason[]], { error: '理由を選んでください。' }), words: z.string().trim().max(MOST_REASON_WORDS).default('') })

/** Opens the record: a POST, because who opened it and why is recorded before it is shown. */
export const action = guardAction({ act: 'readPeople', params, query, form }, async ({ context, params: { engagementId }, query: { to, on }, form: sent }) => {
  if (!sent.ok) return { trouble: { errors: sent.errors, given: sent.given } }
  const opened = await openRecord(context, { engagementId, ...sent.value })
  if (!isRefusal(opened)) return redirect(recordScreen(engagementId, to, on), 303)
  if (opened.refused === 'notFound') throw notFound()
  return { trouble: { errors: { words: [messageOf(opened.refused).body] }, given: sent.value } }
})

export default function OpenRecord() {
  const { name, lead } = useLoaderData<typeof loader>()
  const trouble = useActionData<typeof action>()?.trouble
  return (
    <Page width="wrap-narrow">
      <TroubleSummary trouble={trouble} labels={LABELS} />
      <PageHead back={{ to: '/people', label: '人をさがす' }} title={`${name}の記録を開く`} lead={lead} />
      <p>登録、研修と誓約、これまでのことを見る画面です。開くと、あなたの氏名・番号、日時、理由が残り、本人が「わたしの記録」で読めます。今日のうちは、この人の記録をもう一度開くときに理由を聞きません。</p>
      <Form method="post" className="mt-6">
        <Field name="reason" label="開く理由" need trouble={trouble}>
          <select className="in"><option value="">選んでください</option>{Object.entries(LOOK_REASONS).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select>
        </Field>
        <Field name="words" label="くわしい理由" optional="「そのほか」のときは必須" hint="本人が、書いたとおりに読みます。ほかの人の名前や、病名などは書きません。" trouble={trouble}><input className="in" maxLength={MOST_REASON_WORDS} /></Field>
        <div className="acts"><button className="btn btn-main">理由を残して、記録を開く</button></div>
      </Form>
    </Page>
  )
}
