import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listActors } from '../../../db/actors.server'
import { findDeath } from '../../../db/deaths.server'
import { listContactTries, listExitDuties, listRemaining } from '../../../db/departures.server'
import { findPersonFile } from '../../../db/person.server'
import { listReturnItems } from '../../../db/return-items.server'
import { finishReturnItems } from '../../commands/finish-return-item.server'
import { addReturnItem, beginReturnList } from '../../commands/list-return-items.server'
import { noteContactTry } from '../../commands/note-contact-try.server'
import { noteDeath, voidDeath } from '../../commands/note-death.server'
import { noteExitOutcome } from '../../commands/note-exit-outcome.server'
import { voidReturnItem } from '../../commands/void-return-item.server'
import { planningRules } from '../../content/planning-rules'
import { targetTitle } from '../../content/target-titles'
import type { SignedInContext } from '../../context'
import { addDays, dayOf, isDay, OPEN_DAY } from '../../domain/calendar'
import { CONTACT_CHANNELS, departureOf, MOST_RETURN_WORDS, NOTED_OUTCOMES, remainingAtEnd, RETURN_KINDS, type ContactChannel, type ReturnKind } from '../../domain/departure'
import { periodWords } from '../../domain/duty-words'
import { isRefusal } from '../../domain/refusal'
import { hasExitTraining } from '../../domain/requirement'
import { standingOf } from '../../domain/standing'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { DeathNotice, DeathSection } from '../../ui/death'
import { RemainingDuties } from '../../ui/departure-duties'
import { ExitPledgeSection } from '../../ui/exit-pledge'
import { EXIT_LAW } from '../../ui/departures'
import { TroubleSummary } from '../../ui/field'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { employedAs } from '../../ui/people'
import { Refused } from '../../ui/refused'
import { ReturnList } from '../../ui/return-list'

export const meta: MetaFunction = () => [{ title: '退職・終了の手続｜守秘' }]

const params = z.object({ engagementId: z.uuid() })
const MOST_NOTE = 300

/** What is to be given back, erased and stopped for one person who leaves, and what came of the pledge at the end. */
export const loader = guardLoader({ act: 'enterRecords', params, query: z.object({ done: z.string().max(20).nullable().catch(null).default(null) }) }, async ({ context, params: { engagementId }, query }) => {
  const { db, library, now } = context
  const today = dayOf(now)
  const person = await findPersonFile(db, engagementId, today)
  if (!person || person.validTo === OPEN_DAY) throw notFound()
  await mustBeOpen(context, engagementId, 'departure')
  const [{ duties, pledges, certificates }, items, remaining, death] = await Promise.all([listExitDuties(db, [engagementId]), listReturnItems(db, [engagementId]), listRemaining(db, [engagementId]), findDeath(db, person.personId)])
  const pledge = pledges[0] ?? null
  const certificate = certificates[0] ?? null
  const tries = pledge ? await listContactTries(db, pledge.assignmentId) : []
  const actors = await listActors(db, [...tries.map(({ by }) => by), death?.by ?? null], today)
  const lastDay = addDays(person.validTo, -1)
  const shown = (group: typeof remaining) => group.map((duty) => ({ title: targetTitle(library, duty.kind, duty.slug), period: periodWords(duty.period), dueOn: duty.dueOn, standing: standingOf(duty, { onLeave: person.onLeave, ended: lastDay < today }, today) }))
  const { due, waived, ended } = remainingAtEnd(remaining, lastDay, today)
  return {
    engagementId, today, lastDay, done: query.done, key: context.newId(), name: person.name ?? `従事者 ${person.number}`, lead: [person.number, employedAs(person), person.unitName].filter(Boolean).join('・'), relation: person.relation,
    departure: departureOf({ ...person, lastDay, died: death !== undefined }, { duties, pledge, certificate, items }, today), items: items.map(({ id, kind, words, doneOn }) => ({ id, kind, words, doneOn })),
    pledge: pledge && { assignmentId: pledge.assignmentId, title: targetTitle(library, 'pledge', pledge.slug), dueOn: pledge.dueOn, opensOn: pledge.opensOn },
    notedOn: certificate?.noted ? dayOf(certificate.settledAt) : null,
    tries: tries.map(({ id, onDay, channel, note, by }) => ({ id, onDay, channel, note, by: actors.get(by) ? `${actors.get(by)!.name} ${actors.get(by)!.number}` : '' })),
    remaining: { due: shown(due), waived: shown(waived), ended: shown(ended) }, hasExitTraining: hasExitTraining(planningRules(library, today), person.kind),
    death: death === undefined ? null : { day: death.day, by: ((by) => (by ? `${by.name} ${by.number}` : ''))(actors.get(death.by)) },
    hasLetter: library.folder.departure !== undefined,
  }
})

const day = z.string().refine(isDay, '正しい日付を入れてください。')
const kinds = Object.keys(RETURN_KINDS) as [ReturnKind, ...ReturnKind[]]
const channels = Object.keys(CONTACT_CHANNELS) as [ContactChannel, ...ContactChannel[]]
const form = z.discriminatedUnion('go', [
  z.object({ go: z.literal('begin') }),
  z.object({ go: z.literal('add'), kind: z.enum(kinds), words: z.string({ error: '何を返すか、消すか、止めるかを書いてください。' }).trim().min(1).max(MOST_RETURN_WORDS), key: z.uuid() }),
  z.object({ go: z.literal('finish'), item: z.union([z.array(z.uuid()), z.uuid().transform((one) => [one])]).optional(), onDay: day }),
  z.object({ go: z.literal('void'), item: z.uuid() }),
  z.object({ go: z.literal('tried'), assignmentId: z.uuid(), triedOn: day, channel: z.enum(channels), note: z.string().trim().max(MOST_NOTE).default('') }),
  z.object({ go: z.literal('died'), sure: z.literal('yes', { error: '確かめたら、印を付けてください。' }) }),
  z.object({ go: z.literal('notDied') }),
  z.object({ go: z.literal('outcome'), assignmentId: z.uuid(), outcome: z.enum(NOTED_OUTCOMES, { error: '結果を選んでください。' }), words: z.string().trim().max(MOST_NOTE).default('') }),
])
const LABELS = { words: '内容', onDay: '返した日・消した日・止めた日', triedOn: '連絡した日', channel: '方法', outcome: '結果', note: '覚え書き', sure: '確かめたこと' }

function run(context: SignedInContext, engagementId: string, value: z.infer<typeof form>) {
  switch (value.go) {
    case 'begin': return beginReturnList(context, engagementId)
    case 'add': return addReturnItem(context, { engagementId, kind: value.kind, words: value.words, key: value.key })
    case 'finish': return finishReturnItems(context, { engagementId, itemIds: value.item ?? [], onDay: value.onDay })
    case 'void': return voidReturnItem(context, { engagementId, itemId: value.item })
    case 'tried': return noteContactTry(context, { engagementId, assignmentId: value.assignmentId, onDay: value.triedOn, channel: value.channel, note: value.note })
    case 'died': return noteDeath(context, engagementId)
    case 'notDied': return voidDeath(context, engagementId)
    case 'outcome': return noteExitOutcome(context, { engagementId, assignmentId: value.assignmentId, outcome: value.outcome, note: value.words })
  }
}

/** Where on the page a step is seen afterwards. */
const STEP_PLACES: Partial<Record<z.infer<typeof form>['go'], string>> = { tried: '#pledge', outcome: '#pledge', died: '', notDied: '' }

/** One step of the procedure; the page that follows shows what is recorded now. */
export const action = guardAction({ act: 'enterRecords', params, form }, async ({ context, params: { engagementId }, form: sent }) => {
  if (!(await findPersonFile(context.db, engagementId, dayOf(context.now)))) throw notFound()
  await mustBeOpen(context, engagementId, 'departure')
  if (!sent.ok) return { trouble: { errors: sent.errors, given: sent.given }, refused: null }
  const answer = await run(context, engagementId, sent.value)
  if (isRefusal(answer) && answer.refused === 'notFound') throw notFound()
  if (isRefusal(answer)) return { trouble: { errors: {}, given: sent.value }, refused: answer }
  return redirect(`/people/${engagementId}/departure?done=${sent.value.go}${STEP_PLACES[sent.value.go] ?? '#returns'}`, 303)
})

const DONE: Record<string, string> = { begin: '返却リストを作りました', add: '1件を加えました', finish: '済んだことを記録しました', void: 'リストから外しました', tried: '連絡を記録しました', outcome: '誓約の結果を記録しました', died: '亡くなったことを記録しました', notDied: '亡くなったという記録を取り消しました' }

export default function DeparturePage() {
  const { engagementId, today, lastDay, done, key, name, lead, relation, departure, items, pledge, notedOn, tries, remaining, hasExitTraining, death, hasLetter } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const words = departure.ended ? `${fullDay(lastDay)}に終了しました` : `最後の日 ${fullDayWithWeekday(lastDay)}　あと${departure.daysLeft}日`
  return (
    <Page width="wrap-mid">
      {done !== null && DONE[done] && !answer && <Notice kind="ok" title={DONE[done]} />}
      <Refused refused={answer?.refused} />
      <TroubleSummary trouble={answer?.trouble} labels={LABELS} />
      <PageHead back={{ to: '/people/departures', label: '退職・終了' }} title={`${name}の退職・終了の手続`} lead={lead} asOf={`基準日 ${fullDayWithWeekday(today)}　${words}`} />
      {death && <DeathNotice death={death} />}
      <ReturnList engagementId={engagementId} commandKey={key} items={items} departure={departure} relation={relation} today={today} trouble={answer?.trouble} />
      <RemainingDuties remaining={remaining} relation={relation} today={today} hasExitTraining={hasExitTraining} />
      <ExitPledgeSection engagementId={engagementId} departure={departure} relation={relation} pledge={pledge} notedOn={notedOn} tries={tries} today={today} hasLetter={hasLetter} trouble={answer?.trouble} />
      <DeathSection died={death !== null} name={name} trouble={answer?.trouble} />
      <p className="src">{EXIT_LAW}</p>
    </Page>
  )
}
