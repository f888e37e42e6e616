import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listExceptions } from '../../../db/approval-list.server'
import { findLastDossier } from '../../../db/exports.server'
import { listActors } from '../../../db/actors.server'
import { listOriginalDues } from '../../../db/due-days.server'
import { listTouchedFacts } from '../../../db/change-history.server'
import { findPersonFile, listBesideFacts, listChangesOf, listNames, listOtherEngagements, listPersonAssignments } from '../../../db/person.server'
import { listReminders } from '../../../db/team.server'
import { requestEvents } from '../../content/request-events.server'
import { targetTitle } from '../../content/target-titles'
import { may } from '../../domain/access'
import { APPROVAL_KINDS } from '../../domain/approval'
import { addDays, dayOf, OPEN_DAY, OPEN_INSTANT } from '../../domain/calendar'
import { storyOf } from '../../domain/change-story'
import { mayShowDetail } from '../../domain/disclosure'
import { EXIT_OUTCOMES, VIEW_DAYS, type NotedOutcome } from '../../domain/departure'
import { fileNamePart } from '../../domain/dossier'
import { periodWords } from '../../domain/duty-words'
import { CATEGORIES, ENGAGEMENT_KINDS, ROLES, UNDER_18_OPEN, whoWords } from '../../domain/people'
import { SLIP_DAYS_AHEAD } from '../../domain/sign-in-code'
import { standingOf } from '../../domain/standing'
import { guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { EXCEPTION_WORDS } from '../../ui/approval'
import { DossierForm } from '../../ui/dossier-form'
import { Facts } from '../../ui/facts'
import { dayWords, fullDay, fullDayWithWeekday, instantWords } from '../../ui/format'
import { words as messageOf } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'
import { employedAs } from '../../ui/people'
import { AssignmentTable, Timeline, type PersonEvent } from '../../ui/person-records'
import { LEAVE_REASONS } from '../../ui/roster-words'

const MOST_EXCEPTIONS = 50
const MOST_REMINDERS = 60

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.heading}(${data.person.number}・${ENGAGEMENT_KINDS[data.person.kind]})｜守秘` : '守秘' }]

/** One engagement as registered, what it was asked and what it has shown, and what changed about it. */
export const loader = guardLoader({ act: 'readPeople', params: z.object({ engagementId: z.uuid() }), query: z.object({ dossier: z.enum(['purposeMissing', 'nothingKnown']).nullable().catch(null).default(null) }) }, async ({ context, params, query }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const person = await findPersonFile(db, params.engagementId, today)
  if (!person) throw notFound()
  const openedFor = await mustBeOpen(context, person.engagementId)
  const named = person.name !== null
  const detail = mayShowDetail(person.relation)
  const mayManage = may(viewer, 'manageRoster')
  const [beside, names, others, assignments, changes, originals] = await Promise.all([
    listBesideFacts(db, person.engagementId, today),
    named ? listNames(db, person.engagementId) : [],
    listOtherEngagements(db, person.personId, person.engagementId),
    listPersonAssignments(db, person.engagementId),
    listChangesOf(db, person.engagementId),
    listOriginalDues(db, [person.engagementId]),
  ])
  const exceptions = await listExceptions(db, person.engagementId, MOST_EXCEPTIONS)
  // what an employer asks its own people is between the two (domain.md L25)
  const reminders = detail ? await listReminders(db, person.engagementId, MOST_REMINDERS) : []
  const askers = await listActors(db, reminders.map(({ by }) => by), today)
  const titleOf = (kind: string, slug: string) => targetTitle(library, kind, slug)
  const touched = await listTouchedFacts(db, changes.map(({ changeSetId }) => changeSetId), [person.engagementId], today)
  const changedBy = (id: string) => storyOf(touched.versions.filter(({ changeSetId }) => changeSetId === id), touched.facts.filter(({ changeSetId }) => changeSetId === id), () => '').fields.map(({ label }) => label).join('・')
  const duties = assignments.map((one) => ({
    id: one.id, title: titleOf(one.kind, one.slug), period: periodWords(one.period), dueOn: one.dueOn, originalDue: originals.get(one.id) ?? null, kind: one.kind,
    version: one.completion?.version ?? one.act?.version ?? one.certificate?.version ?? null,
    settledOn: one.settledAt === OPEN_INSTANT || one.settledAs === 'ended' ? null : dayOf(one.settledAt), minutes: detail ? (one.completion?.minutes ?? null) : null, receipt: one.certificate?.receipt ?? one.act?.receipt ?? null,
    hasPaper: named && one.act?.outcome === 'signed',
    standing: standingOf(one, { onLeave: person.onLeave, ended: person.validTo <= today }, today),
  }))
  const events: PersonEvent[] = [
    ...assignments.flatMap(({ kind, slug, completion, act, certificate }): PersonEvent[] => {
      const title = titleOf(kind, slug)
      return [
        ...(completion ? [{ at: completion.at, what: '修了', text: `${title} 第${completion.version}版${detail ? `(${completedWords(completion)})` : ''}`, byHand: true, dayOnly: completion.route !== 'screen' }] : []),
        ...(act ? [{ at: act.at, what: act.outcome === 'signed' ? '署名' : act.outcome === 'declined' ? '署名辞退' : EXIT_OUTCOMES[act.outcome as NotedOutcome], text: `${title}${act.version && ` 第${act.version}版`}`, receipt: act.receipt, byHand: true, dayOnly: act.onPaper, small: act.onPaper ? '紙に署名した誓約書を、控えとともに記録しました。' : named && act.outcome === 'signed' && act.nameTyped !== act.nameRegistered ? `入力された氏名は「${act.nameTyped}」。登録と字体が違いますが、同じ氏名として受け付けました。` : undefined }] : []),
        ...(certificate ? [{ at: certificate.at, what: '誓約取得証明', text: `${title} 第${certificate.version}版(${dayWords(certificate.takenOn, today)}に取得)`, receipt: certificate.receipt, byHand: true }] : []),
      ]
    }),
    ...requestEvents(reminders, today, (account) => { const actor = account === null ? undefined : askers.get(account); return actor ? whoWords({ ...actor, name: actor.shownName }) : '担当者' }, (id) => assignments.filter((one) => one.id === id).map(({ kind, slug }) => titleOf(kind, slug)).join('')),
    ...exceptions.map((one): PersonEvent => ({ at: one.at, what: EXCEPTION_WORDS[one.kind] ?? one.kind, text: `${titleOf(one.target_kind, one.target_slug)}(${periodWords(one.period)})${one.new_due_on === null ? '' : ` 期限 ${dayWords(one.new_due_on, today)}`}`, byHand: true })),
    ...changes.map(({ changeSetId, kind, at, note, began }): PersonEvent => ({ at, what: began ? '登録' : { import: '名簿の取込', edit: changedBy(changeSetId) === '休職' ? '休職の記録' : '訂正', undo: '取消し', plan: '割当の計算' }[kind], text: note, small: began || kind === 'plan' ? undefined : changedBy(changeSetId), changeSetId: mayManage ? changeSetId : undefined, byHand: kind !== 'plan' })),
  ].sort((a, b) => b.at - a.at)
  const takes = may(viewer, 'takeDossiers')
  const lastTaken = takes ? await findLastDossier(db, person.engagementId) : null
  return {
    dossier: takes ? { fileName: `${[person.number, fileNamePart(person.name ?? ''), '(最後の記録の日)'].filter((part) => part !== '').join('_')}.zip`, last: lastTaken === null ? null : instantWords(lastTaken, today), trouble: query.dossier === null ? null : messageOf(query.dossier).body } : null,
    leaves: may(viewer, 'enterRecords') && person.validTo <= addDays(today, VIEW_DAYS + 1),
    heading: named ? person.name : `従事者 ${person.number}`, person, beside, names, others, duties, events, today, openedFor, mayManage, mayGiveSlips: may(viewer, 'issueSlips'), mayAccommodate: may(viewer, 'decideAccommodations'), mayReadProgram: may(viewer, 'readProgram'), mayEnter: may(viewer, 'enterRecords'), detail,
    done: { training: duties.filter(({ standing }) => standing.about === 'training' && ['done', 'donelate'].includes(standing.mark)).length, signature: duties.filter(({ standing }) => standing.about !== 'training' && ['done', 'donelate'].includes(standing.mark)).length },
    asked: { training: duties.filter(({ standing }) => standing.about === 'training' && standing.mark !== 'none').length, signature: duties.filter(({ standing }) => standing.about !== 'training' && standing.mark !== 'none').length },
  }
})

/** How a module was finished: in how many tries, or how else, and the minutes. */
const completedWords = ({ route, attempts, minutes }: { route: 'screen' | 'paper' | 'class' | 'equivalent'; attempts: number; minutes: number }) =>
  `${route !== 'screen' ? `${APPROVAL_KINDS[route]}・` : attempts > 1 ? `${attempts}回目の受験で合格・` : ''}${minutes}分`

const until = (to: string) => (to === OPEN_DAY ? '' : `${fullDay(addDays(to, -1))}まで`)

export default function Person() {
  const { heading, person, beside, names, others, duties, events, today, openedFor, mayManage, mayGiveSlips, mayAccommodate, mayEnter, mayReadProgram, detail, done, asked, dossier, leaves } = useLoaderData<typeof loader>()
  const minor = person.under18Until !== '' && person.under18Until >= today
  return (
    <Page>
      <PageHead back={{ to: '/people', label: '人をさがす' }} title={heading} lead={[person.number, employedAs(person), person.unitName].filter(Boolean).join('・')} asOf={`開いた理由: ${openedFor}　本人の「わたしの記録」に残ります`} />
      <div className="cols">
        <div>
          <section className="sec">
            <h2>在籍と取り扱う情報</h2>
            <Facts
              facts={[
                ['フリガナ', person.kana],
                ['氏名の表示', person.name === null && '委託契約により、番号だけを表示しています'],
                ['在籍', <>{fullDay(person.validFrom)}から{until(person.validTo) && ` ${until(person.validTo)}`}　<span className="mut">({person.sequence}回目の在籍)</span></>],
                ['所属', person.unitName && `${person.unitName}(${person.unitCode})`],
                ['上長', person.supervisorNumber !== '' && (person.supervisorId ? <Link to={`/people/${person.supervisorId}`}>{person.supervisorName ?? '従事者'}({person.supervisorNumber}{person.supervisorKind && `・${ENGAGEMENT_KINDS[person.supervisorKind]}`})</Link> : `${person.supervisorNumber}(名簿にありません)`)],
                ['取り扱う情報', beside.handling.length > 0 ? <ul>{beside.handling.map((one) => <li key={`${one.category}${one.system}${one.purpose}`}>{CATEGORIES[one.category]}{(one.system || one.purpose) && <span className="mut">　{one.system}{one.purpose && `(${one.purpose})`}</span>}</li>)}</ul> : '登録なし'],
                ['18歳未満', minor && `はい${person.under18Until < UNDER_18_OPEN ? `(${fullDay(person.under18Until)}まで)` : ''}　22時から翌5時までは受講できません`],
                ['連絡', person.isReached ? '会社のメールあり' : person.hasMail ? 'メールは届かない宛先です(利用票で知らせます)' : 'メールなし(利用票で知らせます)'],
                ['名前の履歴', names.length > 1 ? <ul>{names.map((one, at) => <li key={one.from}>{one.name}　<span className="mut">{fullDay(one.from)}から{at > 0 && ` ${fullDay(addDays(names[at - 1]!.from, -1))}まで`}</span></li>)}</ul> : names.length === 1 && '変更なし'],
                ['休職・育休', beside.leave.length > 0 && <ul>{beside.leave.map((one) => <li key={one.from}>{LEAVE_REASONS[one.reasonCode as keyof typeof LEAVE_REASONS] ?? '休職'}　{fullDay(one.from)}から {until(one.to) || '(終わりは未定)'}</li>)}</ul>],
                ['役割', beside.roles.length > 0 && <ul>{beside.roles.map((one) => <li key={`${one.role}${one.scope}${one.from}`}>{ROLES[one.role]}{one.scope && `(${one.scope})`}　<span className="mut">{fullDay(one.from)}から {until(one.to)}</span></li>)}</ul>],
                ['ほかの在籍', others.length > 0 && <ul>{others.map((one) => <li key={one.engagementId}><Link to={`/people/${one.engagementId}`}>{one.number}({one.sequence}回目・{ENGAGEMENT_KINDS[one.kind]})</Link>　<span className="mut">{fullDay(one.validFrom)}から {until(one.validTo)}</span></li>)}</ul>],
              ]}
            />
          </section>
          <section className="sec">
            <h2>研修と誓約</h2>
            <AssignmentTable duties={duties} relation={person.relation} today={today} engagementId={person.engagementId} caption={`基準日 ${fullDayWithWeekday(today)}　修了 ${done.training}/${asked.training}件・署名 ${done.signature}/${asked.signature}件`} />
            {!detail && <p className="sml mut mt-3">委託先で働く方について見られるのは、状態と誓約取得証明だけです。学習時間とテストの記録は、雇い主が管理します。</p>}
            {mayReadProgram && <p className="sml mt-3"><Link to={`/program/why/${person.engagementId}`}>なぜ割り当てられたか、なぜ割当がないか</Link></p>}
          </section>
          <section className="sec">
            <h2>これまでのこと</h2>
            <Timeline events={events} today={today} />
          </section>
        </div>
        {(mayManage || mayGiveSlips || dossier !== null) && (
          <aside aria-label="記録一式と登録の変更">
            {dossier !== null && <DossierForm engagementId={person.engagementId} fileName={dossier.fileName} last={dossier.last} others={others.length > 0} today={today} trouble={dossier.trouble} />}
            {(mayManage || mayGiveSlips) && <section className="sec noprint">
              <h2>この人の登録を変える</h2>
              <p className="sml">どれも、反映する前に何が変わり何が起きるかを確かめる画面が出ます。あとで元に戻せます。</p>
              <div className="acts">
                {mayManage && <Link className="btn w-full" to={`/people/${person.engagementId}/edit`}>訂正する・終了する</Link>}
                {leaves && <Link className="btn w-full" to={`/people/${person.engagementId}/departure`}>退職・終了の手続</Link>}
                {mayManage && <Link className="btn w-full" to={`/people/${person.engagementId}/leave`}>休職・育休を記録する</Link>}
                {mayEnter && <Link className="btn w-full" to={`/people/${person.engagementId}/entries`}>紙の記録・猶予・免除</Link>}
                {mayAccommodate && <Link className="btn w-full" to={`/people/${person.engagementId}/accommodation`}>テストの時間を延ばす</Link>}
                {mayGiveSlips && (person.validFrom > addDays(today, SLIP_DAYS_AHEAD) ? <p className="sml mut">利用票は、最初の日の{SLIP_DAYS_AHEAD}日前({fullDay(addDays(person.validFrom, -SLIP_DAYS_AHEAD))})から発行できます。</p> : <Link className="btn w-full" to={`/people/slips?q=${encodeURIComponent(person.number)}`}>{person.relation === 'contract' ? '会社側担当者に渡す利用票を発行する' : '利用票を発行する'}</Link>)}
                {mayGiveSlips && person.relation === 'contract' && <p className="sml mut">委託先で働く方の利用票は、雇い主の会社側担当者が発行し、本人に渡します。こちらで発行したときは、会社側担当者に渡してください。本人へ直接の連絡はしません。</p>}
              </div>
            </section>}
          </aside>
        )}
      </div>
    </Page>
  )
}
