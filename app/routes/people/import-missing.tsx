import { redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findDraft } from '../../../db/drafts.server'
import { listCompanyChoices, listUnitChoices } from '../../../db/roster-choices.server'
import { setLastDays } from '../../commands/set-last-days.server'
import { badCellWords } from '../../domain/bad-cell-words'
import { dayOf, isDay, type Day } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { leavingOfDraft } from '../../domain/roster-leaving'
import { isHidden } from '../../domain/roster-names'
import type { RosterReport } from '../../domain/roster-report'
import { whoWords } from '../../domain/people'
import { gone, guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Field, TroubleSummary } from '../../ui/field'
import { MissingTable, type MissingRow } from '../../ui/import-preview'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'

const PAGE = 50
const params = z.object({ draftId: z.uuid() })
const query = z.object({ at: z.coerce.number().int().min(0).catch(0).default(0), saved: z.string().nullable().default(null) })

export const meta: MetaFunction = () => [{ title: '在籍を終える人を選ぶ｜守秘' }]

/** The people missing in a file, fifty at a time, with the last days that are kept with the preview. Nothing has changed yet. */
export const loader = guardLoader({ act: 'manageRoster', params, query }, async ({ context: { db, now, viewer }, params: { draftId }, query }) => {
  const draft = await findDraft(db, draftId, viewer.accountId, now)
  const report = draft?.kind === 'roster' ? (JSON.parse(draft.report) as RosterReport) : null
  if (!draft || !report) throw gone('draftGone')
  if (report.counts.bad > 0 || report.missing.length === 0) throw notFound()
  const today = dayOf(now)
  const [companies, units] = await Promise.all([listCompanyChoices(db, today), listUnitChoices(db, today)])
  const named = new Set(companies.filter((one) => one.named).map(({ code }) => code))
  const kept = leavingOfDraft(draft.leaving).people
  const lastDays = new Map(kept.map(({ number, lastDay }) => [number, lastDay]))
  const at = query.at < report.missing.length ? query.at - (query.at % PAGE) : 0
  return {
    draftId, at, count: report.missing.length, leaving: kept.length, saved: query.saved !== null,
    people: report.missing.slice(at, at + PAGE).map((one): MissingRow => ({ ...one, lastDay: lastDays.get(one.number) ?? '', name: isHidden(one.kind, named.has(one.companyCode)) ? null : one.name })),
    companyNames: Object.fromEntries(companies.map(({ code, name }) => [code, name])), unitNames: Object.fromEntries(units.map(({ code, name }) => [code, name])),
  }
})

const day = z.string().max(10).default('')
const form = z.object({
  go: z.enum(['stay', 'next', 'back', 'done', 'everybody', 'nobody']).default('stay'), everybody: day,
  people: z.array(z.object({ number: z.string().max(64), lastDay: day })).max(PAGE).default([]),
})

/** Keeps the days of this page and goes on, back or to the preview; or gives everybody one day. What can not be is said beside it. */
export const action = guardAction({ act: 'manageRoster', params, query, form }, async ({ context, params: { draftId }, query: { at }, form }) => {
  if (!form.ok) throw notFound()
  const { go, everybody, people } = form.value
  const errors: Record<string, string[]> = {}
  const wrong = (name: string) => void (errors[name] = ['正しい日付を入れてください。'])
  if (go === 'everybody' && !isDay(everybody)) wrong('everybody')
  if (go !== 'everybody' && go !== 'nobody') for (const { number, lastDay } of people) if (lastDay !== '' && !isDay(lastDay)) wrong(number)
  const trouble = { errors, given: { everybody, ...Object.fromEntries(people.map(({ number, lastDay }) => [number, lastDay])) } }
  if (Object.keys(errors).length > 0) return { trouble }
  const asked = go === 'everybody' || go === 'nobody' ? { everybody: go === 'nobody' ? ('' as const) : (everybody as Day) } : { given: new Map(people.map(({ number, lastDay }) => [number, lastDay])) }
  const kept = await setLastDays(context, draftId, asked)
  if (isRefusal(kept)) throw gone('draftGone')
  if ('bad' in kept) {
    const told = [...kept.bad].map(([number, cell]) => [number, `${badCellWords(cell).reason}。${badCellWords(cell).mend}`] as const)
    return { trouble: { ...trouble, errors: go === 'everybody' ? { everybody: [...told.slice(0, 5).map(([number, words]) => `${number}: ${words}`), ...(told.length > 5 ? [`ほかに${told.length - 5}人`] : [])] } : Object.fromEntries(told.map(([number, words]) => [number, [words]])) } }
  }
  if (go === 'done') return redirect(`/people/import/${draftId}`)
  return redirect(`/people/import/${draftId}/missing?${new URLSearchParams({ at: String(go === 'next' ? at + PAGE : go === 'back' ? Math.max(0, at - PAGE) : at), saved: '1' })}`)
})

export default function ImportMissing() {
  const { draftId, at, count, leaving, saved, people, companyNames, unitNames } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().formMethod === 'POST'
  const errors: Readonly<Record<string, string[]>> = answer?.trouble?.errors ?? {}
  const given: Readonly<Record<string, unknown>> = answer?.trouble?.given ?? {}
  const isLast = at + PAGE >= count
  return (
    <Page>
      <TroubleSummary trouble={answer?.trouble} labels={{ everybody: '全員に同じ日', ...Object.fromEntries(people.map((one) => [one.number, whoWords({ ...one, name: one.name ?? '従事者' })])) }} />
      {saved && !answer && <Notice kind="ok" title="ここまでの日付を控えました"><p>まだ名簿は変わっていません。確かめる画面の「この内容で反映する」で、まとめて反映します。</p></Notice>}
      <PageHead
        back={{ to: `/people/import/${draftId}`, label: '取り込む前に確かめる' }} title="在籍を終える人を選ぶ"
        lead="ファイルにいない人のうち、在籍を終える人にだけ、最後に在籍する日を入れてください。空のままの人は、在籍のまま残ります。"
        asOf={<><span className="nw">ファイルにいない人 {count}人</span>　<span className="nw">在籍を終える人 {leaving}人</span>　<span className="nw">{at + 1}–{at + people.length}人目を表示</span></>}
      />
      <Form method="post" key={`${at} ${leaving}`}>
        <MissingTable
          people={people} caption={`${count}人中${at + 1}–${at + people.length}人目`} companyName={(code) => companyNames[code] ?? code} unitName={(code) => unitNames[code] ?? code}
          field={({ name, number, lastDay }, row) => (
            <>
              <input type="hidden" name={`people[${row}].number`} value={number} />
              <input
                className="in in-s" type="date" id={`f-${number}`} name={`people[${row}].lastDay`} defaultValue={typeof given[number] === 'string' ? given[number] : lastDay} aria-label={`${name ?? '従事者'}(${number})の在籍の最後の日`}
                {...(errors[number] && { 'aria-invalid': true, 'aria-describedby': `f-${number}-err` })}
              />
              {errors[number] && <span className="err" id={`f-${number}-err`}>{errors[number].join(' ')}</span>}
            </>
          )}
        />
        <div className="acts">
          {isLast ? <button className="btn btn-main" name="go" value="done">日付を控えて、確かめる画面へ</button> : <button className="btn btn-main" name="go" value="next">日付を控えて、次の{Math.min(PAGE, count - at - PAGE)}人へ</button>}
          {at > 0 && <button className="btn" name="go" value="back">日付を控えて、前の{PAGE}人へ</button>}
          {!isLast && <button className="btn" name="go" value="done">日付を控えて、確かめる画面へ</button>}
        </div>
        {busy && <progress className="mt-3" aria-label="控えています" />}
      </Form>
      <section className="sec">
        <h2>全員に同じ日を入れる</h2>
        <p>契約がまとめて終わるときなどに使います。{count}人全員に入れたあと、残る人の日付だけを消すこともできます。</p>
        <Form method="post" className="mt-4">
          <Field name="everybody" label="在籍の最後の日" trouble={answer?.trouble && { ...answer.trouble, errors: { everybody: errors.everybody ?? [] } }}><input className="in in-s" type="date" /></Field>
          <div className="acts">
            <button className="btn" name="go" value="everybody">{count}人全員にこの日を入れる</button>
            {leaving > 0 && <button className="btn btn-text" name="go" value="nobody">{leaving}人の日付をすべて消す</button>}
          </div>
        </Form>
      </section>
    </Page>
  )
}
