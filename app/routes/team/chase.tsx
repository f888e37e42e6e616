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
import { askingForm, askingOf } from './asking-form'
import { askView } from './asking-view.server'

export const meta: MetaFunction = () => [{ title: '依頼の確認｜守秘' }]

const NOTE = '勤務時間の中で受けられるように調整します。時間が要るときは、声をかけてください。'
const NOTE_TO_COMPANY = '期限までに終わるように、貴社の方への案内をお願いします。'

/** Nobody is chosen by address: the list leads here by its form. */
export const loader = guardLoader({ act: 'leadTeam' }, async () => null)

/** First what would go to whom, with nothing written; with `send` it goes. Whoever is not of the viewer's line is not there. */
export const action = guardAction({ act: 'leadTeam', form: askingForm }, async ({ context, form }) => {
  if (!form.ok) throw notFound()
  const { note, share, key, send } = form.value
  const given = askingOf(form.value)
  const missing = send && (note ?? '') === '' ? { errors: { note: ['依頼の理由を書いてください。'] }, given: { note: '' } } : null
  if (send && !missing) {
    const asked = await askPeople(context, { ...given, note: note!, shareIds: share, key: key ?? context.newId(), from: 'operator' })
    if (!isRefusal(asked)) {
      const counts = new URLSearchParams({ sent: String(asked.mailed + asked.through), ...(asked.companies > 0 && { companies: String(asked.companies) }), ...(asked.papers > 0 && { papers: String(asked.papers) }) })
      return redirect(asked.papers > 0 ? `/team/papers?${counts}` : `/team?${counts}`, { status: 303 })
    }
    if (asked.refused === 'notFound') throw notFound()
    return data({ view: null, trouble: null, refused: asked }, { status: 400 })
  }
  const view = await askView(context, { ...given, key: key ?? context.newId(), note: note ?? (given.engagementIds.length > 0 ? NOTE : NOTE_TO_COMPANY) }, 'operator')
  if (isRefusal(view)) return data({ view: null, trouble: null, refused: view }, { status: 400 })
  return data({ view, trouble: missing, refused: null }, { status: missing ? 400 : 200 })
})

export default function Chase() {
  const made = useActionData<typeof action>()
  const back = { to: '/team', label: 'わたしのチーム' }
  if (!made?.view)
    return (
      <Page>
        <PageHead back={back} title="だれに依頼するかを選ぶ" />
        {made ? <Refused refused={made.refused} /> : <Notice kind="info" title="まだだれも選ばれていません"><p>「わたしのチーム」の一覧で、依頼する人に印をつけてから進んでください。</p></Notice>}
      </Page>
    )
  return (
    <Page>
      <PageHead back={back} title="だれに、何が届くかを確かめる" lead={made.view.lead} />
      <div className="mb-8 empty:hidden"><TroubleSummary trouble={made.trouble} labels={{ note: '依頼の理由' }} /></div>
      <Asking view={made.view} action="/team/chase" trouble={made.trouble} />
    </Page>
  )
}
