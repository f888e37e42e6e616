import type { Rendered } from '../app/domain/mail'
import { Door, Frame, noToken, Paragraph } from './frame'

type Props = Rendered<'answer'>

export const subject = (_: Props) => '【守秘】回答が届いています(サインインして読めます)'

/** Tells that an answer has come, and nothing of what was asked or answered: a mail may be read by others. */
export default function Answer({ name, honorific, site, contact, door }: Props) {
  return (
    <Frame preview="サインインすると読めます。" site={site} heading="回答が届いています" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>あなたが「守秘」で送った言葉に、回答がありました。内容は、このメールには書いていません。サインインすると、「いま、やること」から読めます。</Paragraph>
      <Door href={`${door}/`}>サインインして読む</Door>
      <Paragraph small>お急ぎのことや、書きにくいことは、{contact}に直接お話しください。</Paragraph>
    </Frame>
  )
}

Answer.PreviewProps = {
  name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', door: 'https://shuhi.sample.example',
} satisfies Props
