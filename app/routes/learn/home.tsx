import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listProgressAndAnswers, listTasks } from '../../../db/tasks.server'
import { taskListOf } from '../../content/task-list.server'
import { DAY_MS, dayOf, OPEN_INSTANT } from '../../domain/calendar'
import { isMinorOn, refusalToStudy } from '../../domain/study'
import { listWaiting } from '../../http/desk.server'
import { guardLoader } from '../../http/guard.server'
import { counselFor } from '../../ui/channel'
import { Facts } from '../../ui/facts'
import { dayWords, slotWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { afterDeclining, declinedOn, FINISHED_WORDS, TaskItem, taskView } from '../../ui/task'

/** An answer stands on the first screen for thirty days, then in 「わたしの記録」 only. */
const ANSWERS_SHOWN_MS = 30 * DAY_MS

/** What now, by when, how long: two queries beyond the session, and more only for those who answer for others. */
export const loader = guardLoader({ act: 'learn' }, async ({ context }) => {
  const { db, library, viewer, now } = context
  const today = dayOf(now)
  const rows = await listTasks(db, viewer.engagements.map(({ id }) => id), today)
  const { progress, slots, answered } = await listProgressAndAnswers(db, rows.flatMap(({ id, settled_at }) => (settled_at === OPEN_INSTANT ? id : [])), { personId: viewer.personId, accountId: viewer.accountId, since: now - ANSWERS_SHOWN_MS, now })
  const { open, waiting, later, finished } = taskListOf(library, rows, progress, viewer.engagements, now)
  const night = viewer.engagements.some((engagement) => refusalToStudy(engagement, now) !== null)
  return {
    desk: await listWaiting(context), slots: slots.map(({ by, ...slot }) => `${slotWords(slot, today)}${by === '' ? '' : `(${by}さんが用意)`}`),
    counsel: counselFor(viewer.engagements.map(({ relation }) => relation)), minor: viewer.engagements.some(({ under18Until }) => isMinorOn(under18Until, today)), night, answered, onLeave: rows.some(({ on_leave: away }) => Number(away) === 1), minutes: open.reduce((sum, task) => sum + task.minutes, 0),
    open: open.map((task) => taskView(task, now)).map((task) => (night ? { ...task, action: null } : task)),
    waiting: waiting.map((task) => taskView(task, now)).map((task) => (night && !task.action?.to.endsWith('/receipt') ? { ...task, action: null } : task)),
    declined: finished.filter(({ mark }) => mark === 'declined').map(({ id, title, at, relation, stillToSign }) => ({ id, title, words: declinedOn(at, now), hint: stillToSign ? afterDeclining(relation) : '', mayRead: stillToSign && !night })),
    later: later.map(({ title, opensOn }) => `${title}　${dayWords(opensOn, today)}から`),
    finished: finished.filter(({ mark }) => mark !== 'declined').map(({ id, title, mark, kind, at, minutes }) => ({ id, title, mark, words: `${FINISHED_WORDS[kind][mark]} ${dayWords(dayOf(at), today)}`, minutes })),
  }
})

export const meta: MetaFunction = () => [{ title: 'いま、やること｜守秘' }]

export default function Home() {
  const { desk, slots, counsel, minor, night, answered, onLeave, minutes, open, waiting, declined, later, finished } = useLoaderData<typeof loader>()
  const [now, ...after] = open
  const atDesk = desk.length > 0 && (
    <section className="sec">
      <h2>担当の仕事</h2>
      <ul className="list-disc pl-6">{desk.map(({ words, to }) => <li key={to} className="py-1"><Link className="inline-flex min-h-11 items-center" to={to}>{words}</Link></li>)}</ul>
    </section>
  )
  return (
    <Page width="wrap-narrow">
      {now ? (
        <>
          <PageHead title="いま、やること" lead={night ? <>あと<b>{open.length}件</b>は、5時から続けられます。</> : onLeave ? <>お休みのあいだは、進めなくてかまいません。期限は止まっています。あと<b>{open.length}件</b>は、復帰してから進めてください。</> : <>あと<b>{open.length}件</b>、合わせて<b>約{minutes}分</b>です。勤務時間の中で進めてください。</>} />
          {slots.map((words) => <p key={words} className="mb-2"><b>受講の時間</b>　{words}</p>)}
          {minor && <p className="sml mb-4">{night ? '18歳未満の方は、22時から翌5時まで、教材・テスト・誓約書を開けません(法律で働けない時間です)。自分の記録と署名の控えは、いつでも見られます。' : '18歳未満の方は、22時から翌5時まで、教材・テスト・誓約書を開けません。'}</p>}
          <ul className="tasks">
            <TaskItem task={now} now={!onLeave} />
            {after.length > 0 && <li className="task-sub">そのあと</li>}
            {after.map((task) => <TaskItem key={task.id} task={task} />)}
          </ul>
        </>
      ) : (
        <>
          <PageHead title={atDesk ? 'ご自分の研修と誓約は、終わっています' : 'いま、やることはありません'} lead={waiting.length > 0 ? 'あなたがすることは終わりました。下のものは、ほかの人の番です。' : 'いまある研修と誓約は、すべて終わっています。'} />
          {atDesk}
          <Facts facts={[
            ['次の予定', later.length > 0 ? later.map((words) => <span key={words} className="block">{words}</span>) : '新しいものが決まると、この画面に出ます。'],
            ['最後に終えたもの', finished[0] && <>{finished[0].title}　<Status mark={finished[0].mark}>{finished[0].words}</Status></>],
          ]} />
          <div className="acts"><Link className="btn" to="/records">わたしの記録を見る</Link></div>
        </>
      )}
      {answered.corrections + answered.notes > 0 && (
        <section className="sec">
          <h2>回答が届いています</h2>
          {answered.corrections > 0 && <p><Link to="/records/correction#asked">訂正の申し出への回答を読む({answered.corrections}件)</Link></p>}
          {answered.notes > 0 && <p><Link to="/records#notes">教材への指摘への回答を読む({answered.notes}件)</Link></p>}
        </section>
      )}
      {now && atDesk}
      {waiting.length > 0 && (
        <section className="sec">
          <h2>待っているもの</h2>
          <ul className="tasks">{waiting.map((task) => <TaskItem key={task.id} task={task} />)}</ul>
        </section>
      )}
      {now && <p className="sml mt-4">時間が取れないとき、読みにくいときは <Link to="/help/contact">{counsel}</Link></p>}
      {finished.length + declined.length > 0 && (
        <section className="sec">
          <h2>終わったもの</h2>
          {declined.length > 0 && (
            <ul className="tasks">
              {declined.map(({ id, title, words, hint, mayRead }) => (
                <li className="task" key={id}>
                  <p className="sml"><Status mark="declined">署名辞退</Status><span className="mut">　{words}</span></p>
                  <p className="task-name">{title}</p>
                  {hint && <p className="sml mut">{hint}</p>}
                  {mayRead && <Link className="btn" to={`/pledges/${id}/pages/1`} aria-label={`${title}：本文を読む`}>本文を読む</Link>}
                </li>
              ))}
            </ul>
          )}
          {finished.length > 0 && <details className="more">
            <summary>{finished.length}件を見る</summary>
            <ul className="tasks">
              {finished.map(({ id, title, mark, words, minutes: spent }) => (
                <li className="task" key={id}>
                  <p className="task-name">{title}</p>
                  <p className="task-meta sml"><Status mark={mark}>{words}</Status>{spent !== null && <span>{spent}分</span>}<Link to="/records">記録を見る</Link></p>
                </li>
              ))}
            </ul>
          </details>}
        </section>
      )}
    </Page>
  )
}
