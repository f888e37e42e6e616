import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { listJobStates } from '../../../db/jobs.server'
import { guardLoader } from '../../http/guard.server'
import { healthOf } from '../../http/health.server'
import { JOBS } from '../../jobs/schedule.server'
import { fullInstant } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: 'しくみの状態｜守秘' }]

export const loader = guardLoader({ act: 'runSystem' }, async ({ context }) => {
  const [health, states] = await Promise.all([healthOf(context), listJobStates(context.db)])
  return {
    health,
    at: context.now,
    jobs: JOBS.map(({ name, title, every }) => ({ name, title, daily: typeof every === 'number' ? null : every.dailyFromHour, minutes: typeof every === 'number' ? every / 60_000 : null, lastAt: states.find((state) => state.name === name)?.leased_until ?? null })),
  }
})

/** The administrator's first look: does everything run? It shows counts, no records and no mail bodies. */
export default function System() {
  const { health, jobs, at } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead title={health.ok ? 'しくみは動いています' : 'しくみの一部が止まっています'} lead={`${fullInstant(at)} 現在`} />
      <section className="sec">
        <h2>部分ごとの状態</h2>
        <dl className="facts">
          <div><dt>データベース</dt><dd><State ok={health.database.ok} /></dd></div>
          <div><dt>定期の処理</dt><dd><State ok={health.jobs.ok} /></dd></div>
          <div><dt>メールの出口</dt><dd><State ok={health.outbox.ok} /> {health.outbox.sending === false && 'SMTP_URL がないため、送らずに待っています。'} 待っているもの {String(health.outbox.waiting ?? 0)}通、あきらめたもの {String(health.outbox.givenUp ?? 0)}通</dd></div>
        </dl>
      </section>
      <section className="sec">
        <h2>定期の処理</h2>
        <Table>
          <caption className="sr-only">定期の処理</caption>
          <Head><Row><ColumnHead>処理</ColumnHead><ColumnHead>間隔</ColumnHead><ColumnHead>最後に動いた時刻</ColumnHead></Row></Head>
          <Body>
            {jobs.map((job) => (
              <Row key={job.name}>
                <RowHead>{job.title}</RowHead>
                <Cell label="間隔">{job.daily !== null ? `毎日 ${job.daily}時から` : (job.minutes ?? 0) < 1 ? '1分以内ごと' : `${job.minutes}分ごと`}</Cell>
                <Cell label="最後">{job.lastAt ? fullInstant(job.lastAt) : 'まだ動いていません'}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      </section>
    </Page>
  )
}

const State = ({ ok }: { ok: boolean }) => (ok ? <Status mark="done">動いています</Status> : <Status mark="late">止まっています</Status>)
