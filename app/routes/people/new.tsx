import { redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findUnitCode, listCompanyChoices, listUnitChoices } from '../../../db/roster-choices.server'
import { applyEdit, draftEdit } from '../../commands/edit-person.server'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { readEditDraft, readTyped, troubleOf } from '../../http/edit-draft.server'
import { guardAction, guardLoader } from '../../http/guard.server'
import { cellsOf, personForm, typedValues } from '../../http/person-form.server'
import { EditPreview } from '../../ui/edit-preview'
import { Field, TroubleSummary } from '../../ui/field'
import { Page, PageHead } from '../../ui/page-head'
import { fieldOfColumn, PERSON_LABELS, PersonFields } from '../../ui/person-form'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '1人を追加する｜守秘' }]

/** The form for one new person, or the preview of what adding would do. */
export const loader = guardLoader({ act: 'manageRoster', query: z.object({ draft: z.uuid().nullable().default(null), again: z.uuid().nullable().catch(null).default(null) }) }, async ({ context, query }) => {
  const today = dayOf(context.now)
  if (query.draft !== null) return { preview: await readEditDraft(context, query.draft), choices: null, again: null }
  const [companies, units] = await Promise.all([listCompanyChoices(context.db, today), listUnitChoices(context.db, today)])
  const typed = await readTyped(context, query.again, { expect: 'new' })
  return { preview: null, choices: { companies, units }, again: typed && { values: typedValues(typed.cells), note: typed.note } }
})

/** First a preview, then, from the preview, the change itself. */
export const action = guardAction({ act: 'manageRoster', form: personForm.extend({ draft: z.uuid().optional() }) }, async ({ context, form }) => {
  if (!form.ok) return { trouble: { errors: form.errors, given: form.given }, refusal: null }
  const { draft, ...given } = form.value
  if (draft !== undefined) {
    const applied = await applyEdit(context, draft)
    return isRefusal(applied) ? { trouble: null, refusal: applied } : redirect(`/people/changes/${applied.changeSetId}?done=1`)
  }
  if (given.unit !== '' && !(await findUnitCode(context.db, given.unit, dayOf(context.now)))) return { trouble: { errors: { unit: ['登録されていない所属です。候補から選ぶか、空にしてください。'] }, given }, refusal: null }
  const drafted = await draftEdit(context, { expect: 'new', cells: { ...cellsOf(given), 従事者番号: given.number }, note: given.note })
  if (isRefusal(drafted)) return { trouble: null, refusal: drafted }
  if ('bad' in drafted) return { trouble: { errors: troubleOf(drafted.bad, fieldOfColumn), given }, refusal: null }
  return redirect(`/people/new?draft=${drafted.draftId}`)
})

export default function New() {
  const { preview, choices, again } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (preview) return <Page width="wrap-mid"><Refused refused={answer?.refusal} /><EditPreview data={preview} back={{ to: '/people/new', label: '1人を追加する' }} /></Page>
  return (
    <Page width="wrap-narrow">
      <Refused refused={answer?.refusal} />
      <TroubleSummary trouble={answer?.trouble} labels={PERSON_LABELS} />
      <PageHead back={{ to: '/people', label: '人をさがす' }} title="1人を追加する" lead="何人もいるときは、名簿の取込が早く済みます。登録の前に、割り当てられる研修と誓約を確かめる画面が出ます。" />
      <Form method="post">
        <PersonFields values={again?.values} trouble={answer?.trouble} companies={choices?.companies ?? []} units={choices?.units ?? []} isNew />
        <Field name="note" label="この登録の説明" optional="あとで見分けるために" trouble={answer?.trouble} value={again?.note}><input className="in" maxLength={180} /></Field>
        <div className="acts"><button className="btn btn-main">登録の内容を確かめる</button></div>
      </Form>
    </Page>
  )
}
