import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listTeamPeople } from '../../../db/team.server'
import { grantOpportunity, MOST_GRANTED, previewGrant } from '../../commands/grant-opportunity.server'
import { lineOf } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { isRefusal, refuse, type Refusal } from '../../domain/refusal'
import { guardAction, guardLoader } from '../../http/guard.server'
import { Who } from '../../ui/facts'
import type { MessageCode } from '../../ui/messages'
import { Notice } from '../../ui/notice'
import { slotWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { employedAs } from '../../ui/people'
import { Refused } from '../../ui/refused'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'
import { NO_GRANT, SlotFields } from '../../ui/team-person'

export const meta: MetaFunction = () => [{ title: '受講の時間を用意する｜守秘' }]

/** Whoever comes by address has chosen nobody; what was done is told after it. */
export const loader = guardLoader({ act: 'leadTeam', query: z.object({ granted: z.coerce.number().int().min(0).max(MOST_GRANTED).nullable().catch(null).default(null) }) }, async ({ context: { now }, query: { granted } }) => ({ granted, today: dayOf(now) }))

const list = z.union([z.array(z.string().max(64)), z.string().max(64).transform((one) => [one])]).optional()
const form = z.object({ e: list, one: z.string().max(64).optional(), day: z.string().max(10).default(''), from: z.string().max(5).default(''), to: z.string().max(5).default(''), step: z.enum(['preview', 'send']).optional() })

/** First the day and time, then who gets it and who not and why, then it is done. Without `send` nothing is written. */
export const action = guardAction({ act: 'leadTeam', form }, async ({ context, form: sent }) => {
  if (!sent.ok) return data({ refused: refuse('badForm') as Refusal<MessageCode>, chosen: [], typed: null, preview: null }, { status: 400 })
  const { e = [], step, day, from, to } = sent.value
  const typed = { day, from, to }
  const people = await listTeamPeople(context.db, lineOf(context.viewer), e.slice(0, MOST_GRANTED + 1), dayOf(context.now))
  const chosen = e.flatMap((id) => people.get(id) ?? []).map(({ engagementId, name, number, kind, relation, companyName }) => ({ engagementId, name, number, kind, relation, companyName }))
  const ids = chosen.map(({ engagementId }) => engagementId)
  const no = (refused: Refusal<MessageCode>) => data({ refused, chosen, typed, preview: null }, { status: 409 })
  if (ids.length === 0) return no(refuse('nobodyChosen'))
  if (ids.length > MOST_GRANTED) return no(refuse('tooManyAtOnce', { most: MOST_GRANTED }))
  if (step === undefined) return data({ refused: null, chosen, typed: null, preview: null })
  if (step === 'send') {
    const done = await grantOpportunity(context, ids, typed)
    if (!isRefusal(done)) return redirect(`/team/grants?granted=${done.granted}`, { status: 303 })
    if (done.refused !== 'nobodyToGrant') return no(done)
  }
  const preview = await previewGrant(context, ids, typed)
  if (isRefusal(preview)) return no(preview)
  const why = new Map(preview.leftOut.map(({ person, why: reason }) => [person.engagementId, reason]))
  return data({ refused: preview.granted.length === 0 ? (refuse('nobodyToGrant') as Refusal<MessageCode>) : null, chosen, typed, preview: { slot: preview.slot, granted: preview.granted.length, why: Object.fromEntries(why) } })
})

export default function Grants() {
  const { granted, today } = useLoaderData<typeof loader>()
  const shown = useActionData<typeof action>()
  const [chosen, preview] = [shown?.chosen ?? [], shown?.preview ?? null]
  const back = { to: '/team', label: 'わたしのチーム' }
  if (chosen.length === 0)
    return (
      <Page width="wrap-mid">
        {granted !== null && <Notice kind="ok" title={`${granted}人に、受講の時間を用意しました`}><p>それぞれの「いま、やること」に出ます。次の依頼の便(メール)にも入ります。記録は、その人の画面の「これまでのこと」にあります。</p></Notice>}
        <Refused refused={shown?.refused} />
        <PageHead back={back} title="受講の時間を用意する" lead={granted === null ? '「わたしのチーム」で人を選び、一覧の下の「受講の時間を用意する」を押してください。' : undefined} />
        <div className="acts"><Link className="btn" to="/team">わたしのチームへ</Link></div>
      </Page>
    )
  return (
    <Page width="wrap-mid">
      <Refused refused={shown?.refused} />
      <PageHead back={back} title="受講の時間を用意する" lead="勤務時間の中に、受講の枠を置きます。本人に知らせ、「受講機会の付与」として記録します。" />
      <Form method="post">
        {chosen.map(({ engagementId }) => <input key={engagementId} type="hidden" name="e" value={engagementId} />)}
        <SlotFields first={today} trouble={shown?.typed ? { errors: {}, given: shown.typed } : null} />
        <div className="acts"><button className={preview && preview.granted > 0 ? 'btn' : 'btn btn-main'} name="step" value="preview">{preview ? 'もう一度確かめる' : 'だれに用意するかを確かめる'}</button></div>
      </Form>
      <section className="sec">
        <h2>{preview ? `${slotWords(preview.slot, today)} — ${preview.granted}人に用意します` : `選んだ人 ${chosen.length}人`}</h2>
        <Table>
          <caption className="sr-only">選んだ人</caption>
          <Head><Row><ColumnHead>氏名・番号・雇用形態</ColumnHead>{preview && <ColumnHead>この時間</ColumnHead>}</Row></Head>
          <Body>
            {chosen.map((one) => {
              const why = preview?.why[one.engagementId]
              return <Row key={one.engagementId}><RowHead><Who name={one.name} number={one.number} kind={employedAs(one)} /></RowHead>{preview && <Cell label="この時間">{why === undefined ? '用意します' : <><b>用意しません</b><br /><span className="mut">{NO_GRANT[why]}</span></>}</Cell>}</Row>
            })}
          </Body>
        </Table>
        {preview && preview.granted > 0 && shown?.typed && (
          <Form method="post">
            {chosen.map(({ engagementId }) => <input key={engagementId} type="hidden" name="e" value={engagementId} />)}
            {Object.entries(shown.typed).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
            <div className="acts"><button className="btn btn-main" name="step" value="send">{preview.granted}人に枠を知らせる</button></div>
          </Form>
        )}
      </section>
    </Page>
  )
}
