import { redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listJobStates } from '../../../db/jobs.server'
import { exampleWords, stateOfOwnFolder } from '../../content/disk.server'
import { ROLE_WORDS } from '../../domain/access'
import { DAY_MS, dayOf, HOUR_MS, startOf, type Instant } from '../../domain/calendar'
import { settingLines } from '../../domain/effective-settings'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { healthOf, type Health, type PartState } from '../../http/health.server'
import { runJob } from '../../http/run-job.server'
import { JOBS } from '../../jobs/schedule.server'
import { fullInstant } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { OwnFolder } from '../../ui/own-folder'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: 'しくみの状態｜守秘' }]

const RAN = ['done', 'running', 'failed'] as const

export const loader = guardLoader({ act: 'runSystem', query: z.object({ job: z.string().max(64).catch('').default(''), ran: z.enum(RAN).nullable().catch(null).default(null) }) }, async ({ context, query }) => {
  const [health, states] = await Promise.all([healthOf(context), listJobStates(context.db)])
  const { library, settings } = context
  const own = stateOfOwnFolder(library) ?? null
  const examples = settings.demo ? [] : exampleWords(library)
  return {
    health,
    headline: headlineOf(health, (own?.errors.length ?? 0) === 0),
    own,
    examples: settingLines(settings, library.words).filter(({ name }) => examples.some((field) => field === name)).map(({ name, what }) => ({ name, what })),
    at: context.now,
    ran: query.ran && JOBS.some(({ name }) => name === query.job) ? { how: query.ran, title: JOBS.find(({ name }) => name === query.job)!.title } : null,
    jobs: JOBS.map(({ name, title, every }) => {
      const state = states.find((one) => one.name === name)
      return { name, title, daily: typeof every === 'number' ? null : every.dailyFromHour, minutes: typeof every === 'number' ? every / 60_000 : null, succeededAt: state?.succeededAt ?? null, failure: state?.failure ?? '', since: state?.tryingSince ?? null, nextAt: nextRun(every, state?.succeededAt ?? null, context.now) }
    }),
  }
})

/** What the page says first: what stands still now, and whether the next start would be refused. */
function headlineOf({ ok, outbox }: Health, startsAgain: boolean): string {
  if (!ok) return startsAgain ? 'しくみの一部が止まっています' : 'しくみの一部が止まっていて、次に始められません'
  if (outbox.state === 'off') return startsAgain ? 'メールのほかは動いています' : 'メールのほかは動いていますが、次に始められません'
  return startsAgain ? 'しくみは動いています' : 'いまは動いていますが、次に始められません'
}

/** When a job runs next, as far as the schedule says: each server has its own beat. */
function nextRun(every: (typeof JOBS)[number]['every'], last: Instant | null, now: Instant): Instant {
  if (typeof every === 'number') return Math.max(now, (last ?? now) + every)
  const today = startOf(dayOf(now)) + every.dailyFromHour * HOUR_MS
  return last !== null && last >= startOf(dayOf(now)) ? today + DAY_MS : Math.max(now, today)
}

/** Runs a job at once, under the same lease as always; that somebody asked is recorded. */
export const action = guardAction({ act: 'runSystem', form: z.object({ job: z.string().max(64) }) }, async ({ context, form }) => {
  const ran = form.ok ? await runJob(context, form.value.job) : undefined
  if (!form.ok || ran === undefined) throw notFound()
  return redirect(`/system?${new URLSearchParams({ job: form.value.job, ran })}`, 303)
})

const RAN_WORDS = {
  done: ['ok', '終わりました', '最後に終えた時刻が新しくなっています。'], running: ['info', 'いま動いています', '時間のかかる処理か、定期の時刻と重なっています。少し待って、この画面を開き直してください。'],
  failed: ['no', '失敗しました', '失敗の種類が表に出ています。くわしくは、サーバーの記録(ログ)を見てください。'],
} as const

/** The administrator's first look: does everything run? It shows counts, no records and no mail bodies. */
export default function System() {
  const { health, headline, own, examples, jobs, at, ran } = useLoaderData<typeof loader>()
  return (
    <Page>
      {ran && <Notice kind={RAN_WORDS[ran.how][0]} title={`「${ran.title}」は、${RAN_WORDS[ran.how][1]}`}><p>{RAN_WORDS[ran.how][2]}</p></Notice>}
      <PageHead title={headline} lead={`${fullInstant(at)} 現在`} />
      <section className="sec">
        <h2>部分ごとの状態</h2>
        <dl className="facts">
          <div><dt>データベース</dt><dd><State part={health.database} /></dd></div>
          <div><dt>定期の処理</dt><dd><State part={health.jobs} /></dd></div>
          <div><dt>メールの出口</dt><dd><State part={health.outbox} /><p>{outboxWords(health.outbox)}</p><p><Link to="/system/outbox">送信待ちメールを見る</Link></p></dd></div>
        </dl>
      </section>
      <OwnFolder state={own} examples={examples} />
      <section className="sec">
        <h2>定期の処理</h2>
        <Table>
          <caption className="sr-only">定期の処理</caption>
          <Head><Row><ColumnHead>処理</ColumnHead><ColumnHead>間隔</ColumnHead><ColumnHead>最後に終えた時刻</ColumnHead><ColumnHead>次の予定</ColumnHead><ColumnHead>失敗</ColumnHead><ColumnHead><span className="sr-only">いま動かす</span></ColumnHead></Row></Head>
          <Body>
            {jobs.map((job) => (
              <Row key={job.name}>
                <RowHead>{job.title}</RowHead>
                <Cell label="間隔">{job.daily !== null ? `毎日 ${job.daily}時から` : (job.minutes ?? 0) < 1 ? '1分以内ごと' : `${job.minutes}分ごと`}</Cell>
                <Cell label="最後">{job.succeededAt ? fullInstant(job.succeededAt) : 'まだ終えていません'}</Cell>
                <Cell label="次">{job.nextAt <= at + 60_000 ? 'まもなく' : fullInstant(job.nextAt)}</Cell>
                <Cell label="失敗">{job.failure === '' ? 'ありません' : `${job.since ? `${fullInstant(job.since)}から` : ''}失敗しています(${job.failure})`}</Cell>
                <Cell><Form method="post"><input type="hidden" name="job" value={job.name} /><button className="ask" aria-label={`「${job.title}」をいま動かす`}>いま動かす</button></Form></Cell>
              </Row>
            ))}
          </Body>
        </Table>
      </section>
      <section className="sec">
        <h2>ほかの画面</h2>
        <ul>
          <li><Link to="/system/sessions">サインインの状況(番号だけ)</Link></li>
          <li><Link to="/system/first-sign-ins">まだ一度もサインインしていない人(番号だけ)</Link></li>
          <li><Link to="/system/settings">いま効いている設定</Link></li>
        </ul>
      </section>
      <section className="sec">
        <h2>役職の人のメールと利用票</h2>
        <p>{ROLE_WORDS.office}の役割がある人は、なりすましを防ぐため、人事がメールを変えたり利用票を発行したりできません。本人から頼まれたことを確かめて、サーバーの上で、次のコマンドを使ってください。</p>
        <ul className="mt-2">
          <li>パスワードを忘れ、メールも届かないとき：<code>npm run shuhi -- account slip 従事者番号</code>。コードが1回だけ表示されます。本人に直接渡してください。</li>
          <li>メールアドレスを変えるとき：従事者番号とメールの2列だけのCSVを作り、<code>npm run shuhi -- roster import ファイル --part --apply</code>。前のアドレスにも、変わったことが届きます。</li>
        </ul>
      </section>
    </Page>
  )
}

function outboxWords({ state, facts: { waiting = 0, givenUp = 0, fictional = 0 } }: Health['outbox']): string {
  const off = state === 'off' ? '設定 SMTP_URL がないので、メールは送らずに待たせています。送るには、SMTP_URL を設定して起動し直してください。' : ''
  return `${off}待っているもの ${waiting}通、あきらめたもの ${givenUp}通${fictional > 0 ? `、架空の宛先なので送らないもの ${fictional}通` : ''}。`
}

const STATES = { up: ['done', '動いています'], down: ['late', '止まっています'], off: ['none', '設定されていません'] } as const
const State = ({ part: { state } }: { part: { state: PartState } }) => <Status mark={STATES[state][0]}>{STATES[state][1]}</Status>
