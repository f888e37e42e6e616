import type { DigestLetter, Rendered } from '../app/domain/mail'
import { SOON_DAYS } from '../app/domain/progress'
import { fullDayWithWeekday } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'managerDigest'>

export const subject = ({ open, late }: Props) => `【守秘】今週のチーム：未了 ${open}人${late > 0 ? `、うち期限超過 ${late}人` : ''}`

/** The counts of a digest, and those who are late, by name, number and 雇用形態. */
export function DigestRows({ digest: { open, late, soon, onLeave, people } }: { digest: DigestLetter }) {
  return (
    <>
      <Rows rows={[['未了', `${open}人`], ['期限超過', late > 0 ? <b style={{ color: '#ce0000' }} key="late">▲ {late}人</b> : '0人'], [`${SOON_DAYS}日以内`, `${soon}人`], ...(onLeave > 0 ? [['休職など', `${onLeave}人(期限は止まっています)`] as const] : [])]} />
      {people.length > 0 && <><Paragraph>期限を過ぎている人</Paragraph><Rows rows={people.map(({ who, days }) => [`▲ ${days}日`, who] as const)} /></>}
      {late > people.length && <Paragraph small>ほかに{late - people.length}人います。</Paragraph>}
    </>
  )
}

/** Monday's letter to a manager: only when something is open. No answers, scores or reasons of anybody. */
export default function ManagerDigest(props: Props) {
  const { name, honorific, site, contact, today, door } = props
  return (
    <Frame preview={`未了 ${props.open}人、うち期限超過 ${props.late}人です。`} site={site} heading="今週のチームの状況" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>受け持つ人の、研修と誓約の状況です(基準日 {fullDayWithWeekday(today)})。勤務時間の中で受けられるように、時間を用意してください。</Paragraph>
      <DigestRows digest={props} />
      <Door href={`${door}/team`}>わたしのチームを開く</Door>
    </Frame>
  )
}

ManagerDigest.PreviewProps = {
  name: '山﨑 健一', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', today: '2026-11-24', open: 12, late: 2, soon: 3, onLeave: 1,
  people: [{ who: '佐藤 健(000187・正社員)', days: 11 }, { who: '𠮷田 彩(000655・パート)', days: 4 }], door: 'https://shuhi.sample.example',
} satisfies Props
