import { Form, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countDossierPeople, listDossierPeople } from '../../../db/exports.server'
import { dayOf } from '../../domain/calendar'
import { MOST_DOSSIERS } from '../../domain/dossier'
import { dossierSubjectsOf } from '../../http/dossier-subjects.server'
import { guardLoader } from '../../http/guard.server'
import { DossierFields } from '../../ui/dossier-form'
import { dayWords } from '../../ui/format'
import { words, type MessageCode } from '../../ui/messages'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'

export const meta: MetaFunction = () => [{ title: '記録一式を受け取る｜守秘' }]

/** Before many dossiers leave in one file: whose, how many, and the question what for. */
export const loader = guardLoader({ act: 'takeDossiers', query: z.object({ why: z.enum(['purposeMissing', 'nobodyChosen', 'tooManyDossiers']).nullable().catch(null).default(null) }) }, async ({ context: { db, now }, query, request }) => {
  const asked = new URL(request.url).searchParams
  const given = { e: asked.getAll('e'), day: asked.get('day'), company: asked.get('company'), kind: asked.get('kind'), month: asked.get('month') }
  const subjects = dossierSubjectsOf(given)
  const count = subjects ? await countDossierPeople(db, subjects) : 0
  const parts: { after: string; from: number; to: number }[] = []
  for (let after = '', from = 1; subjects && from <= count; from += MOST_DOSSIERS) {
    const part = await listDossierPeople(db, subjects, { after, limit: MOST_DOSSIERS })
    parts.push({ after, from, to: Math.min(count, from + MOST_DOSSIERS - 1) })
    after = part.at(-1)?.number ?? ''
  }
  const today = dayOf(now)
  return {
    count, parts, why: query.why, fields: Object.entries(given).flatMap(([name, value]) => (Array.isArray(value) ? value.map((one) => [name, one]) : value ? [[name, value]] : [])) as [string, string][],
    purpose: subjects && 'intake' in subjects ? ('hiring' as const) : ('departure' as const),
    whose: !subjects ? '' : 'chosen' in subjects ? '選んだ人' : 'intake' in subjects ? `${dayWords(subjects.intake.firstDay, today)}の入社・受入` : `${subjects.endedIn.replace(/^(\d+)-0?(\d+)$/, '$1年$2月')}に終了する人・した人`,
  }
})

export default function Dossiers() {
  const { count, parts, why, fields, whose, purpose } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      {why !== null && <Notice kind="no" title={words(why as MessageCode, { most: MOST_DOSSIERS }).title} trouble={why}><p>{words(why as MessageCode, { most: MOST_DOSSIERS }).body}</p></Notice>}
      <PageHead back={{ to: '/people', label: '人をさがす' }} title="記録一式を受け取る" lead={count === 0 ? undefined : `${whose} ${count.toLocaleString('ja-JP')}人分を、1人ずつのZIPにして、1つのZIPにまとめます。`} />
      {count === 0 ? (
        <Notice kind="info" title="まだだれも選ばれていません"><p>「人をさがす」の一覧で、左の四角に印を付けてから、もう一度押してください。</p></Notice>
      ) : (
        <Form method="post" action="/people/dossiers/file" reloadDocument>
          {fields.map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />)}
          <DossierFields purpose={purpose} />
          <p className="sml mt-4">押すと、受け取りがすぐ始まります。進み具合はブラウザーの「ダウンロード」で確かめられます。1,000人でおよそ1分から数分かかり、途中で切れたときは「中断」として残ります。だれが、何のために受け取ったかは、1人ずつの「わたしの記録」にも残ります。</p>
          <div className="acts">
            {parts.map(({ after, from, to }) => <button key={from} className={parts.length === 1 ? 'btn btn-main' : 'btn'} name="after" value={after}>{parts.length === 1 ? `${count.toLocaleString('ja-JP')}人分のZIPを受け取る` : `${from.toLocaleString('ja-JP')}〜${to.toLocaleString('ja-JP')}人目を受け取る`}</button>)}
          </div>
          {parts.length > 1 && <p className="sml mut mt-3">1つのファイルに入るのは{MOST_DOSSIERS.toLocaleString('ja-JP')}人分までです。従事者番号の順に分けてあります。</p>}
        </Form>
      )}
    </Page>
  )
}
