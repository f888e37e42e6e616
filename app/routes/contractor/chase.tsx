import { data, redirect, type MetaFunction } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { askPeople } from '../../commands/ask-people.server'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Asking } from '../../ui/asking'
import { TroubleSummary } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { askingForm, askingOf } from '../team/asking-form'
import { askView } from '../team/asking-view.server'

export const meta: MetaFunction = () => [{ title: '依頼の確認｜守秘' }]

const NOTE = '勤務時間の中で受けられるように調整します。時間が要るときは、自社の責任者に声をかけてください。'

export const loader = guardLoader({ act: 'runCompany' }, async () => null)

/** A 会社側担当者 asks the own people in the own company's name; those of a lower tier through its own 会社側担当者, where it has one (L25). */
export const action = guardAction({ act: 'runCompany', form: askingForm }, async ({ context, form }) => {
  if (!form.ok) throw notFound()
  const { note, key, send } = form.value
  const given = { ...askingOf(form.value), companyIds: [] }
  const missing = send && (note ?? '') === '' ? { errors: { note: ['依頼の理由を書いてください。'] }, given: { note: '' } } : null
  if (send && !missing) {
    const asked = await askPeople(context, { ...given, note: note!, shareIds: [], key: key ?? context.newId(), from: 'employer' })
    if (!isRefusal(asked)) return redirect(asked.papers > 0 ? `/company/papers?sent=${asked.mailed + asked.through}&papers=${asked.papers}` : `/company?asked=${asked.mailed + asked.through}`, { status: 303 })
    if (asked.refused === 'notFound') throw notFound()
    return data({ view: null, trouble: null, refused: asked }, { status: 400 })
  }
  const view = await askView(context, { ...given, key: key ?? context.newId(), note: note ?? NOTE }, 'employer')
  if (isRefusal(view)) return data({ view: null, trouble: null, refused: view }, { status: 400 })
  return data({ view, trouble: missing, refused: null }, { status: missing ? 400 : 200 })
})

export default function CompanyChase() {
  const made = useActionData<typeof action>()
  const back = { to: '/company', label: '自社の名簿' }
  if (!made?.view)
    return (
      <Page>
        <PageHead back={back} title="だれに依頼するかを選ぶ" />
        {made ? <Refused refused={made.refused} /> : <Notice kind="info" title="まだだれも選ばれていません"><p>「自社の名簿」で、依頼する方に印をつけてから進んでください。</p></Notice>}
      </Page>
    )
  return (
    <Page>
      <PageHead back={back} title="だれに、何が届くかを確かめる" lead={made.view.lead} />
      <div className="mb-8 empty:hidden"><TroubleSummary trouble={made.trouble} labels={{ note: '依頼の理由' }} /></div>
      <Asking view={made.view} action="/company/chase" trouble={made.trouble} />
    </Page>
  )
}
