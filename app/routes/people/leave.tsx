import { redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findEditable, listBesideFacts } from '../../../db/person.server'
import { applyEdit, draftEdit } from '../../commands/edit-person.server'
import { addDays, dayOf, isDay, OPEN_DAY } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { whoWords } from '../../domain/people'
import { readEditDraft, readTyped, troubleOf } from '../../http/edit-draft.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { EditPreview } from '../../ui/edit-preview'
import { Field, TroubleSummary } from '../../ui/field'
import { fullDay } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { GRACE_WORDS } from '../../ui/requirement-words'
import { LEAVE_REASONS, type LeaveReason } from '../../ui/roster-words'

const params = z.object({ engagementId: z.uuid() })
const LABELS = { was: 'どの休み', from: '休みの最初の日', lastDay: '休みの最後の日', reason: '種類', note: '説明' }
const fieldOfColumn = (column: string) => ({ 休職開始日: 'from', 休職終了日: 'lastDay' })[column] ?? ''

export const meta: MetaFunction = () => [{ title: '休職・育休を記録する｜守秘' }]

/** The leave known of one person, or the preview of what recording leave would do. */
export const loader = guardLoader({ act: 'manageRoster', params, query: z.object({ draft: z.uuid().nullable().default(null), again: z.uuid().nullable().catch(null).default(null) }) }, async ({ context, params: { engagementId }, query }) => {
  const today = dayOf(context.now)
  const person = await findEditable(context.db, engagementId, today)
  if (!person) throw notFound()
  await mustBeOpen(context, engagementId, 'leave')
  const { leave } = await listBesideFacts(context.db, engagementId, today)
  return { engagementId, name: person.name ?? '従事者', number: person.number, kind: person.kind, leave, typed: await readTyped(context, query.again, { expect: 'known', number: person.number }), preview: query.draft === null ? null : await readEditDraft(context, query.draft) }
})

const form = z.object({
  draft: z.uuid().optional(), remove: z.literal('yes').optional(), was: z.string().max(10).default(''), from: z.string().max(10).default(''), lastDay: z.string().max(10).default(''),
  reason: z.enum(Object.keys(LEAVE_REASONS) as [LeaveReason, ...LeaveReason[]]).default('leave'), note: z.string().trim().max(180).default(''),
})

/** First a preview, then, from the preview, the change itself. */
export const action = guardAction({ act: 'manageRoster', params, form }, async ({ context, params: { engagementId }, form: sent }) => {
  if (!sent.ok) return { trouble: { errors: sent.errors, given: sent.given }, refusal: null }
  const { draft, remove, was, from, lastDay, reason, note } = sent.value
  if (draft !== undefined) {
    const applied = await applyEdit(context, draft)
    return isRefusal(applied) ? { trouble: null, refusal: applied } : redirect(`/people/changes/${applied.changeSetId}?done=1`)
  }
  const person = await findEditable(context.db, engagementId, dayOf(context.now))
  if (!person) throw notFound()
  const wrong = { ...(!isDay(from) && { from: ['正しい日付を入れてください。'] }), ...(lastDay !== '' && !isDay(lastDay) && { lastDay: ['正しい日付を入れるか、空にしてください。'] }) }
  if (!remove && Object.keys(wrong).length > 0) return { trouble: { errors: wrong, given: sent.value }, refusal: null }
  const drafted = await draftEdit(context, { expect: 'known', cells: { 従事者番号: person.number }, leave: { was: was === '' ? null : was, is: remove ? null : { from, lastDay, reason } }, note })
  if (isRefusal(drafted)) return { trouble: null, refusal: drafted }
  if ('bad' in drafted) return { trouble: { errors: troubleOf(drafted.bad, fieldOfColumn), given: sent.value }, refusal: null }
  return redirect(`/people/${engagementId}/leave?draft=${drafted.draftId}`)
})

export default function Leave() {
  const { engagementId, name, number, kind, leave, typed, preview } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (preview) return <Page width="wrap-mid"><Refused refused={answer?.refusal} /><EditPreview data={preview} back={{ to: `/people/${engagementId}/leave`, label: '休職・育休を記録する' }} /></Page>
  const words = (one: (typeof leave)[number]) => `${LEAVE_REASONS[one.reasonCode as LeaveReason] ?? '休職'}　${fullDay(one.from)}から${one.to === OPEN_DAY ? '(終わりは未定)' : ` ${fullDay(addDays(one.to, -1))}まで`}`
  return (
    <Page width="wrap-narrow">
      <Refused refused={answer?.refusal} />
      <TroubleSummary trouble={answer?.trouble} labels={LABELS} />
      <PageHead back={{ to: `/people/${engagementId}`, label: whoWords({ name, number, kind }) }} title="休職・育休を記録する" lead={`休みのあいだは期限が止まり、お知らせも送りません。戻った日から${GRACE_WORDS}後が、新しい期限になります。さかのぼっても記録できます。`} />
      <Form method="post">
        {leave.length > 0 && (
          <Field name="was" label="どの休み" trouble={answer?.trouble} value={typed?.leave?.was ?? ''}>
            <select className="in"><option value="">新しい休み</option>{leave.map((one) => <option key={one.from} value={one.from}>{words(one)} を直す</option>)}</select>
          </Field>
        )}
        <Field name="reason" label="種類" hint="病名などのくわしい事情は書きません。" need trouble={answer?.trouble} value={typed?.leave?.is?.reason}><select className="in">{Object.entries(LEAVE_REASONS).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select></Field>
        <Field name="from" label="休みの最初の日" need trouble={answer?.trouble} value={typed?.leave?.is?.from}><input className="in in-s" type="date" /></Field>
        <Field name="lastDay" label="休みの最後の日" hint="戻る日が決まっていなければ、空のままにしてください。" trouble={answer?.trouble} value={typed?.leave?.is?.lastDay}><input className="in in-s" type="date" /></Field>
        <Field name="note" label="説明" optional="あとで見分けるために" trouble={answer?.trouble} value={typed?.note}><input className="in" maxLength={180} /></Field>
        <div className="acts"><button className="btn btn-main">変わることを確かめる</button></div>
      </Form>
      {leave.length > 0 && (
        <section className="sec">
          <h2>記録されている休み</h2>
          <ul>
            {leave.map((one) => (
              <li key={one.from} className="mt-2">
                <Form method="post" className="acts">
                  <span>{words(one)}</span>
                  <input type="hidden" name="was" value={one.from} />
                  <button className="btn btn-sm" name="remove" value="yes" aria-label={`${words(one)} の記録を取り消す`}>この記録を取り消す</button>
                </Form>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  )
}
