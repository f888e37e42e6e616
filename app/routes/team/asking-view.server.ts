import { listUnitNames } from '../../../db/unit-posts.server'
import { MOST_ASKED, planAsking, type Asking, type Planned } from '../../commands/ask-people.server'
import { requestHoursOf } from '../../commands/enter-request.server'
import { targetTitle } from '../../content/target-titles'
import type { SignedInContext } from '../../context'
import { dayOf, type Day } from '../../domain/calendar'
import { letterHead, type AskedTask, type RequestLetter } from '../../domain/mail'
import { ENGAGEMENT_KINDS, whoWords, type EngagementKind } from '../../domain/people'
import { refuse, type Refusal } from '../../domain/refusal'
import type { AskedFrom, OpenDuty } from '../../domain/reminder'
import type { AskGroup, AskLine, AskView } from '../../ui/asking'
import { OWN_CERTIFICATE, WHY_NOT } from '../../ui/asking-words'
import { dayWords, shortDay, timeWords } from '../../ui/format'
import { requestSubject } from '../../ui/mail-words'
import { notFound } from '../../http/guard.server'

/** What one is asked for, with the planned minutes: how far somebody has come is the person's own. */
function taskOf({ library }: SignedInContext, { kind, slug, dueOn }: Pick<OpenDuty, 'kind' | 'slug' | 'dueOn'>): AskedTask {
  const meta = kind === 'module' ? library.current('module', slug)?.meta : library.current('pledge', slug)?.meta
  return { title: targetTitle(library, kind, slug), kind: kind === 'module' ? 'module' : 'pledge', dueOn, minutes: meta?.minutes ?? 0, begun: false, slots: [] }
}

const asksOf = (context: SignedInContext, duties: readonly OpenDuty[], from: AskedFrom, today: Day): AskLine['asks'] =>
  duties.map((duty) => {
    const task = taskOf(context, duty)
    const certificate = duty.kind === 'certificate' && from === 'operator'
    return { what: certificate ? '誓約取得証明' : task.title, by: `${certificate ? '' : `(${task.minutes}分)`}　${duty.dueOn < today ? '▲ ' : ''}期限 ${shortDay(duty.dueOn, today)}` }
  })

const contactWords = ({ name, number, kind }: { name: string; number: string; kind: EngagementKind }) => `${name} 様(${number}・${ENGAGEMENT_KINDS[kind]})`

/** The page before asking: computed anew each time, and nothing is written. */
export async function askView(context: SignedInContext, given: Asking & { key: string; note: string }, from: AskedFrom): Promise<AskView & { lead: string } | Refusal<'nobodyChosen' | 'tooManyAtOnce'>> {
  if (given.engagementIds.length + given.companyIds.length === 0) return refuse('nobodyChosen')
  if (given.engagementIds.length + given.companyIds.length > MOST_ASKED) return refuse('tooManyAtOnce', { most: MOST_ASKED })
  const planned = await planAsking(context, given, from)
  if (!planned) throw notFound()
  const today = dayOf(context.now)
  const hours = requestHoursOf(context)
  const when = (at: number) => `${dayOf(at) === today ? '今日' : dayWords(dayOf(at), today)} ${timeWords(at)}ごろ`
  const unit = given.companyIds.length === 0 ? '人' : given.engagementIds.length === 0 ? '社' : '件'
  const groups: AskGroup[] = []
  const put = (by: string, title: (count: number) => string, lines: AskLine[]) => lines.length > 0 && groups.push({ by, title: title(lines.length), lines })
  const line = (one: Exclude<Planned, { by: 'figures' | 'noFigures' }>, how: string, share: string | null = null): AskLine => ({
    id: one.person.engagementId, name: one.person.name, number: one.person.number, kind: `${ENGAGEMENT_KINDS[one.person.kind]}${one.person.minor ? '・18歳未満' : ''}`, asks: asksOf(context, one.duties, from, today), how, share,
  })
  const mailed = planned.flatMap((one) => (one.by === 'mail' ? [one] : []))
  const shareWith = (one: (typeof mailed)[number]) => (one.mayShare ? one.person.companyName : null)
  put('mail', (count) => `本人にメールで　${count}人`, mailed.filter(({ hadToday }) => !hadToday).map((one) => line(one, one.joins ? `登録のメール。すでにある${when(one.leavesAt)}の便に加えます。` : `登録のメール。${when(one.leavesAt)}`, shareWith(one))))
  put('later', (count) => `本人にメールで、次の営業日の便に入れます　${count}人`, mailed.filter(({ hadToday }) => hadToday).map((one) => line(one, `今日すでに1通届いています(1人1日1通まで)。${when(one.leavesAt)}の便に入れます。`, shareWith(one))))
  put('paper', (count) => `書面を手渡しで　${count}人`, planned.flatMap((one) => (one.by === 'paper' ? [line(one, 'メールの登録がありません。依頼したあと、「お知らせの紙」を印刷して渡し、渡した日を記録してください。')] : [])))
  for (const [by, title] of [['agency', '派遣元にメールで'], ['company', '下位の会社の責任者にメールで']] as const)
    put(by, (count) => `${title}　${count}人分`, planned.flatMap((one) => (one.by === by ? [line(one, `${one.companyName}の責任者 ${contactWords(one.contact)}の登録メール。${when(one.leavesAt)}`)] : [])))
  put('figures', (count) => `委託先の責任者にメールで　${count}社`, planned.flatMap((one) => (one.by === 'figures' ? [{ id: one.companyId, name: one.companyName, number: `責任者 ${one.contact.name} 様`, kind: `${one.contact.number}・${ENGAGEMENT_KINDS[one.contact.kind]}`, asks: [{ what: '未了の方 ', by: `${one.figures.counted - one.figures.done}/${one.figures.counted}人` }], how: '責任者の登録メール(人数だけ)。次の依頼の便に入れます。猶予中のものと、会社側の対応を待つものだけが残っているときは、入れません。', share: null }] : [])))
  put('nobody', (count) => `今日は送りません　${count}${unit}`, planned.flatMap((one) => (one.by === 'nobody' ? [line(one, from === 'employer' && one.why === 'awaitsEmployer' ? OWN_CERTIFICATE : WHY_NOT[one.why]!)] : one.by === 'noFigures' ? [{ id: one.companyId, name: one.companyName, number: '委託先', kind: '人数だけ', asks: [], how: one.why === 'done' ? '未了の方はいません。' : WHY_NOT.noContact!, share: null }] : [])))
  const out = planned.filter(({ by }) => by !== 'nobody' && by !== 'noFigures')
  const place = given.unitId === undefined || given.companyIds.length === 0 ? undefined : (await listUnitNames(context.db, [given.unitId], today)).get(given.unitId)?.name
  const times = [...new Set(planned.flatMap((one) => ('leavesAt' in one ? [one.leavesAt] : [])))].sort((a, b) => a - b)
  const people = planned.filter((one) => one.by === 'mail' || one.by === 'paper').length
  const through = new Set(planned.flatMap((one) => ('contact' in one ? [one.contact.accountId] : []))).size
  return {
    groups, key: given.key, note: given.note, sends: out.length > 0, hours: `${hours.from}時から${hours.to}時`, when: times.length === 0 ? null : `${when(times[0]!)}${times.length > 1 ? 'から' : ''}`,
    fields: [...given.engagementIds.map((value) => ({ name: 'e', value })), ...given.companyIds.map((value) => ({ name: 'co', value })), ...(place ? [{ name: 'unit', value: given.unitId! }] : [])],
    lead: `${place ? `${place}で働く人の分だけを依頼します。` : ''}選んだ${planned.length}${unit}のうち、${[people > 0 && `${people}人`, through > 0 && `${through}社の責任者`].filter(Boolean).join('と') || '届く先'}${out.length > 0 ? 'に届きます。' : 'はありません。'}${planned.length > out.length ? `${planned.length - out.length}${unit}には、今日は送りません。` : ''}`,
    sample: sampleOf(context, mailed[0] ?? null, given.note, today),
  }
}

function sampleOf(context: SignedInContext, first: { person: { name: string; relation: 'own' | 'dispatched' | 'contract' | 'sole'; companyName: string }; duties: OpenDuty[] } | null, note: string, today: Day): AskView['sample'] {
  if (!first) return null
  const head = letterHead(first.person, context.library.words)
  const letter: Omit<RequestLetter, 'easy'> = { ...head, today, tasks: [...first.duties].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)).map((duty) => taskOf(context, duty)), askers: [] }
  return {
    subject: requestSubject(letter),
    lines: [`${head.name} ${head.honorific}`, `次のものが残っています。勤務時間の中で進めてください。${letter.tasks.map(({ title, dueOn, minutes }) => `${title}(期限 ${dayWords(dueOn, today)}、約${minutes}分)`).join('、')}`, `依頼した人　${context.viewer.engagements[0] ? whoWords({ ...context.viewer.engagements[0], name: context.viewer.name }) : context.viewer.name}「${note}」`, `差出 ${head.site}。困ったときは、${head.contact}に相談できます。`],
  }
}
