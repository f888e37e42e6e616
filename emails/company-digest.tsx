import type { Rendered } from '../app/domain/mail'
import { fullDayWithWeekday } from '../app/ui/format'
import { CheckRows } from './checks-returned'
import { figures } from './company-request'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'
import { DigestRows } from './manager-digest'

type Props = Rendered<'companyDigest'>

export const subject = ({ open, late, checks }: Props) => `【守秘】今週の自社の名簿：未了 ${open}人${late > 0 ? `、うち期限超過 ${late}人` : ''}${checks.length > 0 ? `、点検 ${checks.length}件` : ''}`

/** Monday's letter to a 会社側担当者: own company and lower tiers, only when something is open. */
export default function CompanyDigest(props: Props) {
  const { name, honorific, site, contact, today, companies, checks, door } = props
  return (
    <Frame preview={`未了 ${props.open}人、うち期限超過 ${props.late}人です。`} site={site} heading="今週の自社の名簿の状況" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>自社と下位の会社の、研修と誓約の状況です(基準日 {fullDayWithWeekday(today)})。本人への依頼は、「自社の名簿」から、貴社の名前で送れます。</Paragraph>
      {companies.length > 1 && <Rows rows={companies.map((one) => [one.name, figures(one)] as const)} />}
      <DigestRows digest={props} />
      {checks.length > 0 && <Paragraph>会社として答える点検が{checks.length}件あります。「点検」から、途中で保存しながら答えられます。</Paragraph>}
      {checks.length > 0 && <CheckRows checks={checks} today={today} />}
      <Door href={`${door}/company`}>自社の名簿を開く</Door>
    </Frame>
  )
}

CompanyDigest.PreviewProps = {
  name: '森 あゆみ', honorific: '様', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', today: '2026-11-24', open: 5, late: 1, soon: 2, onLeave: 0,
  companies: [{ name: 'みほんコールセンター株式会社', people: 18, open: 4, late: 1, nextDue: '2026-11-27' }, { name: 'みほん設備株式会社', people: 6, open: 1, late: 0, nextDue: '2026-12-04' }],
  checks: [{ title: '委託先の自己点検', of: 'みほんコールセンター株式会社・2026年度', dueOn: '2026-12-18' }],
  people: [{ who: '田中 一郎(C-0012・委託先従業者)', days: 3 }], door: 'https://shuhi.sample.example',
} satisfies Props
