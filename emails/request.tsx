import { daysBetween, OPEN_DAY, type Day } from '../app/domain/calendar'
import type { Rendered } from '../app/domain/mail'
import { SOON_DAYS } from '../app/domain/progress'
import { dayWords, slotWords } from '../app/ui/format'
import { easyRequestSubject, isLateTask, kindOfTasks, minutesOfTasks, requestSubject } from '../app/ui/mail-words'
import { Door, Frame, noToken, noTokenEasy, Paragraph, Rows } from './frame'

type Props = Rendered<'request'>

export const subject = (props: Props) => (props.easy ? easyRequestSubject(props) : requestSubject(props))

/** A due day with what it means today, with the marks of the screens. */
function due(dueOn: Day, today: Day) {
  if (dueOn === OPEN_DAY) return 'あとで決まります'
  const days = daysBetween(today, dueOn)
  if (days < 0) return <b style={{ color: '#ce0000' }}>▲ {dayWords(dueOn)}　{-days}日過ぎています</b>
  return <b>{days <= SOON_DAYS ? '◆ ' : ''}{dayWords(dueOn)}　{days === 0 ? '今日までです' : `あと${days}日`}</b>
}

/** The one request of the day: everything that is still open, how long it takes, who asks and why, and time kept free for it. */
export default function Request(props: Props) {
  const { name, honorific, site, contact, today, tasks, askers, door } = props
  if (props.easy) return <EasyRequest {...props} />
  const late = tasks.some((task) => isLateTask(task, today))
  const minutes = minutesOfTasks(tasks)
  return (
    <Frame preview={`残りは約${minutes}分です。勤務時間の中で進めてください。`} site={site} heading={late ? `期限を過ぎた${kindOfTasks(tasks.filter((task) => isLateTask(task, today)))}があります` : `あと${tasks.length}つ、約${minutes}分です`} to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>次のものが残っています。合わせて約{minutes}分です。<b>勤務時間の中で</b>進めてください。</Paragraph>
      {tasks.map((task) => (
        <Rows key={task.title} rows={[
          [task.kind === 'module' ? '研修' : '誓約書', <b key="title">{task.title}</b>], ['期限', due(task.dueOn, today)], [task.begun ? '残り' : '時間', `約${task.minutes}分${task.begun ? '(続きから)' : ''}`],
          ...task.slots.map(({ from, to }, at) => [at === 0 ? '受講の時間' : `受講の時間 ${at + 1}`, <b key={from}>{slotWords({ startsAt: from, endsAt: to }, today)}</b>] as const),
        ]} />
      ))}
      {askers.length > 0 && <Rows rows={askers.map(({ who, words }, at) => [at === 0 ? '依頼した人' : `依頼した人 ${at + 1}`, <span key={who}>{who}{words !== '' && <><br />「{words}」</>}</span>] as const)} />}
      <Door href={`${door}/`}>守秘を開く</Door>
      <Paragraph small>ボタンが使えないときは、いつもの入口からサインインしてください。時間が取れないとき、読みにくいときは、{contact}に相談できます。</Paragraph>
    </Frame>
  )
}

/** A due day in やさしい日本語. */
function easyDue(dueOn: Day, today: Day) {
  if (dueOn === OPEN_DAY) return 'あとで決(き)まります'
  const days = daysBetween(today, dueOn)
  if (days < 0) return <b style={{ color: '#ce0000' }}>▲ {dayWords(dueOn)}でした。{-days}日すぎました</b>
  return <b>{days <= SOON_DAYS ? '◆ ' : ''}{dayWords(dueOn)}まで。{days === 0 ? '今日(きょう)までです' : `あと${days}日です`}</b>
}

function EasyRequest({ name, honorific, site, contact, today, tasks, askers, door }: Props) {
  const late = tasks.filter((task) => isLateTask(task, today)).length
  const minutes = minutesOfTasks(tasks)
  return (
    <Frame preview={`ぜんぶで約${minutes}分(ふん)です。`} site={site} heading={late > 0 ? `日(ひ)がすぎたものが${late}つあります` : `あと${tasks.length}つあります`} to={`${name} ${honorific}`} foot={noTokenEasy(contact)}>
      <Paragraph>次(つぎ)のことをしてください。ぜんぶで約(やく){minutes}分(ふん)です。<b>仕事(しごと)の時間(じかん)</b>にします。</Paragraph>
      {tasks.map((task) => (
        <Rows key={task.title} rows={[
          [task.kind === 'module' ? '研修(けんしゅう)' : '誓約書(せいやくしょ)', <b key="title">{task.title}</b>], ['いつまで', easyDue(task.dueOn, today)], ['時間(じかん)', `約${task.minutes}分(ふん)${task.begun ? '。つづきから始(はじ)まります' : ''}`],
          ...task.slots.map(({ from, to }, at) => [at === 0 ? 'あなたの時間(じかん)' : `あなたの時間(じかん) ${at + 1}`, <b key={from}>{slotWords({ startsAt: from, endsAt: to }, today)}</b>] as const),
        ]} />
      ))}
      {askers.length > 0 && <Rows rows={askers.map(({ who, words }, at) => [at === 0 ? 'たのんだ人(ひと)' : `たのんだ人(ひと) ${at + 1}`, <span key={who}>{who}{words !== '' && <><br />「{words}」</>}</span>] as const)} />}
      <Door href={`${door}/`}>守秘を開(ひら)く</Door>
      <Paragraph small>ボタンが動(うご)かないときは、いつものように守秘を開(ひら)いてください。時間(じかん)が足(た)りないとき、読(よ)むのがむずかしいときは、{contact}に話(はな)してください。</Paragraph>
    </Frame>
  )
}

Request.PreviewProps = {
  name: '𠮷田 彩', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', easy: false, today: '2026-11-20',
  tasks: [
    { title: '「通信の秘密」を守る仕事', kind: 'module', dueOn: '2026-11-13', minutes: 12, begun: true, slots: [] },
    { title: '漏えいに気づいたら — 第一報', kind: 'module', dueOn: '2026-11-27', minutes: 25, begun: false, slots: [{ from: Date.parse('2026-11-24T13:00:00+09:00'), to: Date.parse('2026-11-24T13:30:00+09:00') }] },
  ],
  askers: [{ who: '山﨑 健一(仙台コールセンター)', words: '勤務時間内に受けられるよう、シフトを調整しますので声をかけてください。' }],
  door: 'https://shuhi.sample.example',
} satisfies Props

/** The same letter in やさしい日本語. */
Request.EasyPreviewProps = { ...Request.PreviewProps, easy: true } satisfies Props
