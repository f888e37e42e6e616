import { redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listDecisions } from '../../../db/accommodations.server'
import { listActors } from '../../../db/actors.server'
import { findPersonFile } from '../../../db/person.server'
import { grantExtraTime, voidAccommodation } from '../../commands/decide-accommodation.server'
import { MOST_EXTRA_MINUTES } from '../../domain/accommodation'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { whoWords } from '../../domain/people'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { targetTitle } from '../../content/target-titles'
import { Field, TroubleSummary } from '../../ui/field'
import { instantWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'

const params = z.object({ engagementId: z.uuid() })
const MOST = 50
const LABELS = { target: 'どのテスト', minutes: '延ばす時間(分)', note: '覚え書き' }

export const meta: MetaFunction = () => [{ title: 'テストの時間を延ばす｜守秘' }]

/** Extra time of one person, now and before. For HR only: that there is any is 要配慮 (domain.md L28). */
export const loader = guardLoader({ act: 'decideAccommodations', params }, async ({ context, params: { engagementId } }) => {
  const { db, library, now } = context
  const today = dayOf(now)
  const person = await findPersonFile(db, engagementId, today)
  if (!person) throw notFound()
  await mustBeOpen(context, engagementId, 'accommodation')
  const decisions = await listDecisions(db, engagementId, MOST)
  const actors = await listActors(db, decisions.map(({ decided_by: by }) => by), today)
  const modules = library.list('module')
  return {
    engagementId, name: person.name ?? `従事者 ${person.number}`, number: person.number, kind: person.kind, anyLimit: modules.some(({ meta: { quiz } }) => quiz.limitMinutes !== undefined),
    modules: modules.map(({ meta: { slug, title } }) => ({ slug, title })),
    decisions: decisions.map((one) => ({
      id: one.id, words: `${one.target_slug === '' ? 'すべてのテスト' : targetTitle(library, 'module', one.target_slug)}　${one.extra_minutes}分延ばす`, note: new TextDecoder().decode(one.note),
      when: `${instantWords(one.at, today)} ${actors.has(one.decided_by) ? whoWords(actors.get(one.decided_by)!) : ''}`.trim(), voided: one.voided_at === null ? null : instantWords(one.voided_at, today),
    })),
  }
})

const minutes = z.coerce.number({ error: '数字を入れてください。' }).int('整数を入れてください。').min(1, '1分以上にしてください。').max(MOST_EXTRA_MINUTES, `${MOST_EXTRA_MINUTES}分までです。`)
const form = z.union([z.object({ drop: z.uuid() }), z.object({ target: z.string().max(64).default(''), minutes, note: z.string().trim().max(190).default('') })])

/** Grants or takes back; what is in force stands on the page that follows. */
export const action = guardAction({ act: 'decideAccommodations', params, form }, async ({ context, params: { engagementId }, form: sent }) => {
  if (!sent.ok) return { trouble: { errors: { minutes: [`1から${MOST_EXTRA_MINUTES}までの整数を入れてください。`] }, given: sent.given } }
  const decided = 'drop' in sent.value ? await voidAccommodation(context, { engagementId, id: sent.value.drop }) : await grantExtraTime(context, { engagementId, ...sent.value })
  if (isRefusal(decided)) throw notFound()
  return redirect(`/people/${engagementId}/accommodation`, 303)
})

export default function Accommodation() {
  const { engagementId, name, number, kind, anyLimit, modules, decisions } = useLoaderData<typeof loader>()
  const trouble = useActionData<typeof action>()?.trouble
  return (
    <Page width="wrap-narrow">
      <TroubleSummary trouble={trouble} labels={LABELS} />
      <PageHead back={{ to: `/people/${engagementId}`, label: whoWords({ name, number, kind }) }} title="テストの時間を延ばす" lead="本人の申し出を受けて、テストの時間の制限を延ばします。次に始めるテストから効きます。始めているテストの時間は変わりません。この画面を開けるのは人事だけです。決めた時間と覚え書きは、本人も「わたしの記録」で見られます。" />
      {!anyLimit && <p>いまの教材には、時間の制限がありません。制限のある教材が加わったときに、ここで決めた分を足します。</p>}
      <Form method="post">
        <Field name="target" label="どのテスト" trouble={trouble}><select className="in"><option value="">すべてのテスト</option>{modules.map(({ slug, title }) => <option key={slug} value={slug}>{title}</option>)}</select></Field>
        <Field name="minutes" label="延ばす時間(分)" hint="同じテストに前に決めた分があるときは、置き換えます。" need trouble={trouble}><input className="in in-s" type="number" inputMode="numeric" min={1} max={MOST_EXTRA_MINUTES} /></Field>
        <Field name="note" label="覚え書き" optional="空でもかまいません" hint="本人も読みます。病名などのくわしい事情は書きません。" trouble={trouble}><input className="in" maxLength={190} /></Field>
        <div className="acts"><button className="btn btn-main">この時間に決める</button></div>
      </Form>
      <section className="sec">
        <h2>決めたこと</h2>
        {decisions.length === 0 ? <p>まだありません。</p> : (
          <ul>
            {decisions.map((one) => (
              <li key={one.id} className="mt-4">
                <b>{one.words}</b>{one.note !== '' && <>　{one.note}</>}<br />
                <span className="sml mut">{one.when}{one.voided !== null && `　${one.voided}に取り消し`}</span>
                {one.voided === null && (
                  <Form method="post" className="acts mt-1"><button className="btn btn-sm" name="drop" value={one.id} aria-label={`${one.words} を取り消す`}>取り消す</button></Form>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
    </Page>
  )
}
