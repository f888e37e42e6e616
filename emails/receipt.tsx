import type { Rendered } from '../app/domain/mail'
import { fullDayWithWeekday, timeWords } from '../app/ui/format'
import { dayOf } from '../app/domain/calendar'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'receipt'>

export const subject = (_: Props) => '【守秘】署名の控えをお渡しします'

/** Tells the signer what was recorded; the copy itself is in 「わたしの記録」 (CL16). */
export default function Receipt({ name, honorific, site, contact, document, addressee, signedAt, receipt, door }: Props) {
  return (
    <Frame preview={`${document}に署名した記録です。`} site={site} heading="署名の控えをお渡しします" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>次の内容で、電子的な署名(記録)を受け付けました。控えのPDFは「わたしの記録」で、いつでも受け取れます。</Paragraph>
      <Rows rows={[['文書', <b key="document">{document}</b>], ['差入先', addressee], ['日時', `${fullDayWithWeekday(dayOf(signedAt))} ${timeWords(signedAt)}`], ['記録番号', receipt]]} />
      <Door href={`${door}/records`}>わたしの記録を開く</Door>
      <Paragraph small>この署名に覚えがないときは、すぐに{contact}へ知らせてください。</Paragraph>
    </Frame>
  )
}

Receipt.PreviewProps = {
  name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', document: '秘密保持誓約書(入社時)第1.0版', addressee: 'サンプル通信株式会社',
  signedAt: Date.parse('2026-11-20T11:04:37+09:00'), receipt: 'SH-2026-0048213', door: 'https://shuhi.sample.example',
} satisfies Props
