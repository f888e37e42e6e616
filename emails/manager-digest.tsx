import type { DigestLetter, Rendered } from '../app/domain/mail'
import { SOON_DAYS } from '../app/domain/progress'
import { fullDayWithWeekday } from '../app/ui/format'
import { CheckRows } from './checks-returned'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'managerDigest'>

export const subject = ({ open, late, checks }: Props) => (open === 0 ? `【守秘】今週の点検 ${checks.length}件` : `【守秘】今週のチーム：未了 ${open}人${late > 0 ? `、うち期限超過 ${late}人` : ''}${checks.length > 0 ? `、点検 ${checks.length}件` : ''}`)

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
  const { name, honorific, site, contact, today, open, checks, door } = props
  return (
    <Frame preview={open === 0 ? `点検が${checks.length}件あります。` : `未了 ${open}人、うち期限超過 ${props.late}人です。`} site={site} heading={open === 0 ? '今週の点検' : '今週のチームの状況'} to={`${name} ${honorific}`} foot={noToken(contact)}>
      {open > 0 && <Paragraph>受け持つ人の、研修と誓約の状況です(基準日 {fullDayWithWeekday(today)})。勤務時間の中で受けられるように、時間を用意してください。</Paragraph>}
      {open > 0 && <DigestRows digest={props} />}
      {checks.length > 0 && <Paragraph>保護管理者として答える点検が{checks.length}件あります。1つ5分ほどです。「点検」から、途中で保存しながら答えられます。</Paragraph>}
      {checks.length > 0 && <CheckRows checks={checks} today={today} />}
      {open > 0 ? <Door href={`${door}/team`}>わたしのチームを開く</Door> : <Door href={`${door}/checks`}>点検を開く</Door>}
    </Frame>
  )
}

ManagerDigest.PreviewProps = {
  name: '山﨑 健一', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', today: '2026-11-24', open: 12, late: 2, soon: 3, onLeave: 1, checks: [{ title: '保護管理者の月次点検', of: '仙台コールセンター・2026年11月', dueOn: '2026-11-30' }],
  people: [{ who: '佐藤 健(000187・正社員)', days: 11 }, { who: '𠮷田 彩(000655・パート)', days: 4 }], door: 'https://shuhi.sample.example',
} satisfies Props
