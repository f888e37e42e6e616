import { data, redirect, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listActors } from '../../../db/actors.server'
import { listContactTries } from '../../../db/departures.server'
import { findExitCertificate, listNotedOutcomes } from '../../../db/exit-duties.server'
import { listCompaniesBelow } from '../../../db/slips.server'
import { companiesOf } from '../../commands/ask-approval.server'
import { noteContactTry } from '../../commands/note-contact-try.server'
import { noteExitOutcome } from '../../commands/note-exit-outcome.server'
import { targetTitle } from '../../content/target-titles'
import type { SignedInContext } from '../../context'
import { reachOf } from '../../domain/access'
import { addDays, dayOf, isDay, OPEN_DAY, type Day } from '../../domain/calendar'
import { CONTACT_CHANNELS, EXIT_OUTCOMES, NOTED_OUTCOMES, type ContactChannel, type NotedOutcome } from '../../domain/departure'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { lookIsNoted } from '../../http/noted.server'
import { EXIT_LAW } from '../../ui/departures'
import { ExitCertificateRecord, ExitCertificateStatus } from '../../ui/exit-certificate'
import { Facts } from '../../ui/facts'
import { TroubleSummary } from '../../ui/field'
import { fullDay, fullDayWithWeekday, instantWords, shortDueDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '終了時の誓約の記録｜守秘' }]

const params = z.object({ engagementId: z.uuid() })
const MOST_NOTE = 300

/** What is due at the end of one person of the own company or a lower tier, also after they have left, and what was recorded of it. */
export const loader = guardLoader({ act: 'runCompany', params, query: z.object({ done: z.enum(['tried', 'outcome']).nullable().catch(null).default(null) }) }, async ({ context, params: { engagementId }, query: { done } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const found = await findExitCertificate(db, await companiesOf(context), engagementId, today)
  if (!found) throw notFound()
  await lookIsNoted(context, { page: 'companyFile', subjectId: engagementId, engagementId, personId: found.personId })
  const [tries, noted] = [await listContactTries(db, found.assignmentId), await listNotedOutcomes(db, found.assignmentId)]
  const actors = await listActors(db, tries.map(({ by }) => by), today)
  const company = await companyOver(context, found.companyId, today)
  const { assignmentId, name, number, kind, companyName, validTo, slug, opensOn, dueOn, settledAt, settledAs, asked, answer } = found
  return {
    done, today, operator: library.words.operator, self: found.personId === viewer.personId, name, words: [number, ENGAGEMENT_KINDS[kind], companyName].join('・'), title: targetTitle(library, 'certificate', slug),
    lastDay: validTo === OPEN_DAY ? null : fullDayWithWeekday(addDays(validTo, -1)), due: shortDueDay(dueOn, today),
    certificate: { assignmentId, opensOn, settledAt, settledAs, asked, answer },
    tries: tries.map(({ id, onDay, channel, note, by }) => ({ id, onDay, channel, note, by: actors.get(by) ? `${actors.get(by)!.name} ${actors.get(by)!.number}` : '' })),
    noted: noted.map((one) => ({ id: one.id, words: EXIT_OUTCOMES[one.outcome as NotedOutcome], at: instantWords(one.signed_at, today), note: one.note, receipt: one.receipt })),
    toCertificate: `/company/certificate?${new URLSearchParams({ ...(company && { company }), text: slug, person: engagementId })}`,
  }
})

/** The company of the viewer's in whose name this person is certified: their own, or one above it. */
async function companyOver({ db, viewer }: SignedInContext, companyId: string, today: Day): Promise<string | undefined> {
  const reach = reachOf(viewer, 'runCompany')
  for (const root of reach.all ? [] : reach.companyIds) if ((await listCompaniesBelow(db, [root], today)).includes(companyId)) return root
  return undefined
}

const day = z.string().refine(isDay, '正しい日付を入れてください。')
const channels = Object.keys(CONTACT_CHANNELS) as [ContactChannel, ...ContactChannel[]]
const form = z.discriminatedUnion('go', [
  z.object({ go: z.literal('tried'), assignmentId: z.uuid(), triedOn: day, channel: z.enum(channels), note: z.string().trim().max(MOST_NOTE).default('') }),
  z.object({ go: z.literal('outcome'), assignmentId: z.uuid(), outcome: z.enum(NOTED_OUTCOMES, { error: '結果を選んでください。' }), explainedOn: z.union([z.literal(''), day]).default(''), words: z.string().trim().max(MOST_NOTE).default('') })
    .refine(({ outcome, explainedOn }) => outcome !== 'explainedDeclined' || explainedOn !== '', { path: ['explainedOn'], message: '説明した日を入れてください。' }),
])
const LABELS = { triedOn: '連絡した日', channel: '方法', note: '覚え書き', outcome: '結果', explainedOn: '説明した日', words: '覚え書き' }

/** One try, or the end; the page that follows shows what is recorded now. */
export const action = guardAction({ act: 'runCompany', params, form }, async ({ context, params: { engagementId }, form: sent }) => {
  if (!(await findExitCertificate(context.db, await companiesOf(context), engagementId, dayOf(context.now)))) throw notFound()
  if (!sent.ok) return data({ trouble: { errors: sent.errors, given: sent.given }, refused: null }, { status: 400 })
  const { value } = sent
  const answer = value.go === 'tried'
    ? await noteContactTry(context, { engagementId, assignmentId: value.assignmentId, onDay: value.triedOn, channel: value.channel, note: value.note, as: 'employer' })
    : await noteExitOutcome(context, { engagementId, assignmentId: value.assignmentId, outcome: value.outcome, explainedOn: value.explainedOn || null, note: value.words, as: 'employer' })
  if (!isRefusal(answer)) return redirect(`/company/people/${engagementId}/exit?done=${value.go}#record`, 303)
  if (answer.refused === 'notFound') throw notFound()
  return data({ trouble: { errors: {}, given: value }, refused: answer }, { status: 409 })
})

const DONE = { tried: '連絡を記録しました', outcome: '結果を記録しました' }

export default function CompanyExit() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  return (
    <Page width="wrap-mid">
      {page.done !== null && !tried && <Notice kind="ok" title={DONE[page.done]} />}
      <Refused refused={tried?.refused} />
      <TroubleSummary trouble={tried?.trouble} labels={LABELS} />
      <PageHead back={{ to: page.toCertificate, label: '誓約取得証明' }} title={`${page.name}の終了時の誓約`} lead={page.words} asOf={`基準日 ${fullDay(page.today)}`} />
      <section className="sec">
        <h2>いまの状態</h2>
        <Facts facts={[['求められているもの', `${page.title}の誓約取得証明`], ['最後の日', page.lastDay ?? '決まっていません'], ['期限', page.due], ['状態', <ExitCertificateStatus key="state" certificate={page.certificate} />]]} />
        {page.noted.map((one) => <p key={one.id} className="sml mt-4">{one.at}　{one.words}{one.note !== '' && `　${one.note}`}<br /><span className="mut">記録番号 <span className="hash">{one.receipt}</span></span></p>)}
      </section>
      <section className="sec" id="record">
        <h2>署名がないときの記録</h2>
        <p>署名するかどうかは、本人が選びます。署名がなくても、賃金や証明書の手続は止めません。</p>
        <ExitCertificateRecord certificate={page.certificate} tries={page.tries} today={page.today} operator={page.operator} self={page.self} toCertificate={page.toCertificate} trouble={tried?.trouble} />
      </section>
      <p className="src">{EXIT_LAW}あなたがこの画面を開いたことは記録に残り、本人が読めます。</p>
    </Page>
  )
}
