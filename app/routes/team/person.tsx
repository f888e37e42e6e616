import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listTeamPeople } from '../../../db/team.server'
import { askApproval } from '../../commands/ask-approval.server'
import { grantOpportunity } from '../../commands/grant-opportunity.server'
import { teamFileOf } from '../../content/team-file.server'
import { lineOf, rolesThatMay } from '../../domain/access'
import { APPROVAL_REASONS, MOST_NOTE, OUTCOMES } from '../../domain/approval'
import { dayOf, isDay } from '../../domain/calendar'
import { isRefusal, refuse } from '../../domain/refusal'
import { whoWords } from '../../domain/people'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { lookIsNoted } from '../../http/noted.server'
import { TroubleSummary } from '../../ui/field'
import { fullDayWithWeekday, instantWords, shortDueDay, slotWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { employedAs } from '../../ui/people'
import { Timeline } from '../../ui/person-records'
import { Refused } from '../../ui/refused'
import { askWords, stoppedWords } from '../../ui/team'
import { ExceptionForm, SlotFields, TeamDuties } from '../../ui/team-person'

const params = z.object({ engagementId: z.uuid() })

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [{ title: shown ? `${whoWords(shown.person)}｜守秘` : '守秘' }]

/** One person of the own line: status and history, nothing of tests or of what was said to HR (domain.md §5.4). */
export const loader = guardLoader({ act: 'leadTeam', params, query: z.object({ done: z.enum(['grant', 'asked']).nullable().catch(null).default(null) }) }, async ({ context, params: { engagementId }, query }) => {
  const today = dayOf(context.now)
  const person = (await listTeamPeople(context.db, lineOf(context.viewer), [engagementId], today)).get(engagementId)
  if (!person) throw notFound()
  await lookIsNoted(context, { page: 'lineFile', subjectId: engagementId, engagementId, personId: person.personId })
  return { done: query.done, today, now: context.now, ...(await teamFileOf(context, person)) }
})

const typed = z.object({
  about: z.enum(['grant', 'defer', 'exempt']), day: z.string().max(10).default(''), from: z.string().max(5).default(''), to: z.string().max(5).default(''),
  assignmentId: z.string().max(64).default(''), reason: z.string().max(64).default(''), wishedDueOn: z.string().max(10).default(''), note: z.string().max(MOST_NOTE).default(''),
})

/** Sets aside time for this person, or asks HR for 猶予 or 免除. */
export const action = guardAction({ act: 'leadTeam', params, form: typed }, async ({ context, params: { engagementId }, form }) => {
  const person = (await listTeamPeople(context.db, lineOf(context.viewer), [engagementId], dayOf(context.now))).get(engagementId)
  if (!person) throw notFound()
  if (!form.ok) return data({ about: String(form.given.about ?? ''), trouble: { errors: form.errors, given: form.given }, refused: null }, { status: 400 })
  const { about, day, from, to, assignmentId, reason, wishedDueOn, note } = form.value
  const again = { about, trouble: { errors: {}, given: form.value } }
  if (about === 'grant') {
    const granted = await grantOpportunity(context, [engagementId], { day, from, to })
    return isRefusal(granted) ? data({ ...again, refused: granted }, { status: 409 }) : redirect(`/team/${engagementId}?done=grant`, { status: 303 })
  }
  if (about === 'defer' && !isDay(wishedDueOn)) return data({ about, trouble: { errors: { wishedDueOn: ['正しい日付を入れてください。'] }, given: form.value }, refused: null }, { status: 400 })
  const asked = await askApproval(context, { assignmentId, kind: about, reasonCode: reason, note, wishedDueOn: about === 'defer' ? wishedDueOn : null })
  if (isRefusal(asked)) {
    if (asked.refused === 'notFound') throw notFound()
    return data({ ...again, refused: refuse(asked.refused, asked.facts) }, { status: 409 })
  }
  return redirect(`/team/${engagementId}?done=asked`, { status: 303 })
})

export default function TeamPerson() {
  const { done, today, now, person, place, minor, namesakes, duties, events, grants, requests, mayAsk, mayGrant } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const trouble = (about: string) => (tried?.about === about ? tried.trouble : null)
  const open = tried ? tried.about : ''
  const stopped = stoppedWords(place, today)
  const waiting = requests.find(({ outcome }) => outcome === null)
  return (
    <Page>
      {done !== null && !tried && (
        <Notice kind="ok" title={done === 'grant' ? '受講の時間を用意しました' : '申請しました'}>
          <p>{done === 'grant' ? '本人の「いま、やること」に出ます。次の依頼の便(メール)にも入ります。' : `${rolesThatMay('decideApprovals')}が承認するまで、いまの期限のままです。結果は、この画面と「申請」に出ます。`}</p>
        </Notice>
      )}
      <Refused refused={tried?.refused} />
      <TroubleSummary trouble={tried?.trouble && Object.keys(tried.trouble.errors).length > 0 ? tried.trouble : null} labels={{ day: '日', from: '始まり', to: '終わり', wishedDueOn: '希望する期限', note: '事情' }} />
      <PageHead back={{ to: '/team', label: 'わたしのチーム' }} title={person.name} lead={<>{[person.number, employedAs(person), person.unitName].filter(Boolean).join('・')}{minor && '・18歳未満'}{namesakes.length > 0 && <>　<span className="sml mut">同じ部署に同姓同名の方がいます({namesakes.join('、')})</span></>}</>} />
      <div className="cols">
        <div>
          <section className="sec">
            <h2>受講と誓約</h2>
            <TeamDuties duties={duties} relation={person.relation} today={today} caption={`基準日 ${fullDayWithWeekday(today)}`} />
            <p className="sml mut mt-3">テストの答えや点数は、本人だけが見られます。あなたがこの画面を開いたことは記録に残り、本人が読めます。</p>
          </section>
          <section className="sec"><h2>これまでのこと</h2>{events.length > 0 ? <Timeline events={events} today={today} /> : <p>まだ何もありません。</p>}</section>
        </div>
        <aside aria-label="この人への操作">
          <section className="sec">
            <h2>依頼する</h2>
            {place.asking.through !== null ? (
              <Form method="post" action="/team/chase">
                <p className="sml">{place.asking.through === 'agency' ? 'いま、本人がすることはありません。派遣元の担当者に、誓約取得証明の提出を依頼します。' : '送る前に、だれに何が届くかを確かめられます。'}</p>
                <div className="acts mt-3"><button className="btn btn-main w-full" name="one" value={person.engagementId}>{askWords(place.asking.through)}</button></div>
              </Form>
            ) : <p className="sml">{stopped.length > 0 ? `依頼は${stopped.join('。')}。` : 'いま、この人がすることはありません。'}</p>}
          </section>
          <section className="sec-sub">
            {mayGrant && (
              <details className="more" open={open === '' || open === 'grant'}>
                <summary>受講の時間を用意する</summary>
                <Form method="post">
                  <input type="hidden" name="about" value="grant" />
                  <p className="sml">勤務時間の中に、受講の枠を置きます。本人に知らせ、「受講機会の付与」として記録します。{minor && '18歳未満の方は、22時から翌5時までは受講できません。'}</p>
                  {grants.map((grant) => <p className="sml mt-3" key={grant.id}>用意した時間 <b>{slotWords(grant, today)}</b></p>)}
                  <SlotFields trouble={trouble('grant')} first={dayOf(now)} />
                  <div className="acts mt-3"><button className="btn btn-sm">枠を知らせる</button></div>
                </Form>
              </details>
            )}
            {mayAsk.length > 0 && (['defer', 'exempt'] as const).map((about) => (
              <details className="more" key={about} open={open === about}>
                <summary>{about === 'defer' ? '猶予を申請する' : '免除を申請する'}</summary>
                <ExceptionForm about={about} duties={mayAsk.map(({ id, title, dueOn }) => ({ id, title, due: shortDueDay(dueOn, today) }))} reasons={APPROVAL_REASONS[about]} trouble={trouble(about)} days={{ from: mayAsk.map(({ from }) => from).sort()[0]!, to: mayAsk[0]!.to }} />
              </details>
            ))}
            {requests.length > 0 && (
              <div className="mt-6">
                <h3>申請のようす</h3>
                {waiting && <p className="sml">承認を待っているあいだも、いまの期限のままです。</p>}
                <ul className="sml">
                  {requests.map((one) => <li className="mt-2" key={one.id}><b>{one.kind === 'defer' ? '猶予' : '免除'}</b> {one.title}　{one.outcome === null ? '承認待ち' : OUTCOMES[one.outcome]}<br /><span className="mut">{instantWords(one.outcome === null ? one.askedAt : one.decidedAt!, today)}{one.wishedDueOn !== null && `　希望 ${shortDueDay(one.wishedDueOn, today)}`}</span>{one.answer !== '' && <><br />{one.answer}</>}</li>)}
                </ul>
              </div>
            )}
          </section>
        </aside>
      </div>
    </Page>
  )
}

