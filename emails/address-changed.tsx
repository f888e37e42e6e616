import { dayOf } from '../app/domain/calendar'
import type { Rendered } from '../app/domain/mail'
import { fullDayWithWeekday, timeWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'addressChanged'>

export const subject = (_: Props) => '【守秘】登録されているメールアドレスが変わりました'

/** Goes to the address that was registered before: whoever did not expect it can still ask. */
export default function AddressChanged({ name, honorific, site, contact, changedAt, door }: Props) {
  return (
    <Frame preview="このアドレスには、これからお知らせが届きません。" site={site} heading="メールアドレスの登録が変わりました" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>名簿に登録されているメールアドレスが、このアドレスから変わりました。これからのお知らせと、パスワードの再設定のコードは、新しいアドレスに届きます。</Paragraph>
      <Rows rows={[['変わった日時', `${fullDayWithWeekday(dayOf(changedAt))} ${timeWords(changedAt)}`]]} />
      <Door href={`${door}/records`}>わたしの記録を開く</Door>
      <Paragraph small>この変更に覚えがないときは、すぐに{contact}へ知らせてください。</Paragraph>
    </Frame>
  )
}

AddressChanged.PreviewProps = {
  name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', changedAt: Date.parse('2026-11-20T11:04:37+09:00'), door: 'https://shuhi.sample.example',
} satisfies Props
