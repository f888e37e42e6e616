import { dayOf } from '../app/domain/calendar'
import { quoted } from '../app/domain/duty-words'
import type { Rendered } from '../app/domain/mail'
import { fullDayWithWeekday, timeWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'completion'>

export const subject = ({ title }: Props) => `【守秘】研修${quoted(title)}の修了を記録しました`

/** Tells the learner that a module is finished, and how much working time was recorded. */
export default function Completion({ name, honorific, site, contact, title, completedAt, minutes, door }: Props) {
  return (
    <Frame preview={`研修${quoted(title)}の修了を記録しました。`} site={site} heading="研修の修了を記録しました" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>お疲れさまでした。次の研修の修了を記録しました。</Paragraph>
      <Rows rows={[['研修', <b key="title">{title}</b>], ['修了', `${fullDayWithWeekday(dayOf(completedAt))} ${timeWords(completedAt)}`], ['受講の時間', `${minutes}分(勤務時間として扱う記録です)`]]} />
      <Door href={`${door}/records`}>わたしの記録を開く</Door>
      <Paragraph small>時間が実際と違うときは、「わたしの記録」から訂正を申し出られます。</Paragraph>
    </Frame>
  )
}

Completion.PreviewProps = {
  name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', title: '「通信の秘密」を守る仕事', completedAt: Date.parse('2026-11-20T11:04:37+09:00'), minutes: 27, door: 'https://shuhi.sample.example',
} satisfies Props
