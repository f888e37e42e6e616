import { redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findEditable } from '../../../db/person.server'
import { findUnitCode, listCompanyChoices, listUnitChoices } from '../../../db/roster-choices.server'
import { applyEdit, draftEdit } from '../../commands/edit-person.server'
import { dayOf, isDay, OPEN_DAY, addDays } from '../../domain/calendar'
import { ENGAGEMENT_KINDS, UNDER_18_OPEN } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { HIDDEN_COLUMNS } from '../../domain/roster-names'
import { readEditDraft, readTyped, troubleOf } from '../../http/edit-draft.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { cellsOf, personForm, typedValues } from '../../http/person-form.server'
import { EditPreview } from '../../ui/edit-preview'
import { Field, TroubleSummary } from '../../ui/field'
import { Page, PageHead } from '../../ui/page-head'
import { fieldOfColumn, PERSON_LABELS, PersonFields } from '../../ui/person-form'
import { Refused } from '../../ui/refused'

const params = z.object({ engagementId: z.uuid() })

export const meta: MetaFunction = () => [{ title: '登録を訂正する｜守秘' }]

/** The registered values of one person to be corrected, or the preview of what correcting would do. */
export const loader = guardLoader({ act: 'manageRoster', params, query: z.object({ draft: z.uuid().nullable().default(null), again: z.uuid().nullable().catch(null).default(null) }) }, async ({ context, params: { engagementId }, query }) => {
  const today = dayOf(context.now)
  const person = await findEditable(context.db, engagementId, today)
  if (!person) throw notFound()
  await mustBeOpen(context, engagementId, 'edit')
  if (query.draft !== null) return { engagementId, today, number: person.number, preview: await readEditDraft(context, query.draft), form: null }
  const [companies, units] = await Promise.all([listCompanyChoices(context.db, today), listUnitChoices(context.db, today)])
  const minor = person.under18Until === '' ? '' : person.under18Until === UNDER_18_OPEN ? 'yes' : 'until'
  const values = {
    ...person, name: person.name ?? '', kana: person.kana ?? '', mail: person.mail ?? '', kind: ENGAGEMENT_KINDS[person.kind], start: person.validFrom, end: person.validTo === OPEN_DAY ? '' : addDays(person.validTo, -1),
    minor: minor as '' | 'yes' | 'until', minorUntil: minor === 'until' ? person.under18Until : '',
  }
  const typed = await readTyped(context, query.again, { expect: 'known', number: person.number })
  const again = typed && { values: typedValues(typed.cells), effectiveOn: typed.effectiveOn ?? today, note: typed.note }
  return { engagementId, today, number: person.number, preview: null, form: { again, values, hidden: person.name === null, companies, units } }
})

/** First a preview, then, from the preview, the change itself. */
export const action = guardAction({ act: 'manageRoster', params, form: personForm.extend({ draft: z.uuid().optional() }) }, async ({ context, params: { engagementId }, form }) => {
  if (!form.ok) return { trouble: { errors: form.errors, given: form.given }, refusal: null }
  const { draft, ...given } = form.value
  const today = dayOf(context.now)
  const person = await findEditable(context.db, engagementId, today)
  if (draft !== undefined) {
    const applied = await applyEdit(context, draft)
    return isRefusal(applied) ? { trouble: null, refusal: applied } : redirect(`/people/changes/${applied.changeSetId}?done=1`)
  }
  if (!person) throw notFound()
  if (given.unit !== '' && given.unit !== person.unit && !(await findUnitCode(context.db, given.unit, today))) return { trouble: { errors: { unit: ['登録されていない所属です。候補から選ぶか、空にしてください。'] }, given }, refusal: null }
  if (given.effectiveOn !== '' && !isDay(given.effectiveOn)) return { trouble: { errors: { effectiveOn: ['正しい日付を入れてください。'] }, given }, refusal: null }
  const cells = cellsOf(given, person.name === null ? HIDDEN_COLUMNS : [])
  const drafted = await draftEdit(context, { expect: 'known', cells: { ...cells, 従事者番号: person.number }, effectiveOn: given.effectiveOn === '' ? undefined : given.effectiveOn, note: given.note })
  if (isRefusal(drafted)) return { trouble: null, refusal: drafted }
  if ('bad' in drafted) return { trouble: { errors: troubleOf(drafted.bad, fieldOfColumn), given }, refusal: null }
  return redirect(`/people/${engagementId}/edit?draft=${drafted.draftId}`)
})

export default function Edit() {
  const { engagementId, today, number, preview, form } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (preview) return <Page width="wrap-mid"><Refused refused={answer?.refusal} /><EditPreview data={preview} back={{ to: `/people/${engagementId}/edit`, label: '登録を訂正する' }} /></Page>
  if (!form) return null
  return (
    <Page width="wrap-narrow">
      <Refused refused={answer?.refusal} />
      <TroubleSummary trouble={answer?.trouble} labels={PERSON_LABELS} />
      <PageHead
        back={{ to: `/people/${engagementId}`, label: form.hidden ? `従事者 ${number}` : `${form.values.name}(${number}・${form.values.kind})` }}
        title="登録を訂正する・終了する"
        lead="変えるところだけを直してください。前の値は消えずに、いつまでの値だったかと一緒に残ります。在籍を終えるときは、在籍終了日に最後の日を入れます。"
      />
      <Form method="post">
        <PersonFields values={form.again?.values ?? form.values} trouble={answer?.trouble} companies={form.companies} units={form.units} isNew={false} hidden={form.hidden} />
        <Field name="effectiveOn" label="いつから" hint="氏名・雇用形態・所属などの変更が効く最初の日です。前の日付にすると、その日にさかのぼって直します。" trouble={answer?.trouble} value={form.again?.effectiveOn ?? today}><input className="in in-s" type="date" /></Field>
        <Field name="note" label="この訂正の説明" optional="あとで見分けるために" trouble={answer?.trouble} value={form.again?.note}><input className="in" maxLength={180} /></Field>
        <div className="acts"><button className="btn btn-main">変わることを確かめる</button></div>
      </Form>
    </Page>
  )
}
