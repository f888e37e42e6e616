import { printedCode } from '../app/domain/sign-in-code'
import type { Rendered } from '../app/domain/mail'
import { fullInstant } from '../app/ui/format'
import { Code, Door, Frame, noToken, Paragraph } from './frame'

type Props = Rendered<'invitation'>

export const subject = (_: Props) => '【守秘】はじめての利用のご案内(コード1つ・約2分)'

/** Invites to set a password: the code works only together with the person's number, which is not in the mail. */
export default function Invitation({ name, honorific, site, contact, code, until, door }: Props) {
  return (
    <Frame preview={`はじめて使うためのコードです。${fullInstant(until)}まで使えます。`} site={site} heading="研修と誓約の「守秘」をはじめる" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>下のボタンから「コードではじめる」を開き、<b>従事者番号</b>と次のコード、新しいパスワードを入力してください。</Paragraph>
      <Code>{printedCode(code)}</Code>
      <Paragraph>コードは1回だけ、{fullInstant(until)}まで使えます。従事者番号は、社員証や通知書にあります。このメールには書いていません。</Paragraph>
      <Door href={`${door}/start`}>コードではじめる</Door>
      <Paragraph small>ボタンが使えないときは、{door}/start を開いてください。期限が切れたときは、人事か上長(委託先の方は自社の責任者)に新しい案内を頼んでください。</Paragraph>
    </Frame>
  )
}

Invitation.PreviewProps = {
  name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', issuedBy: null, code: '7KX4M2PA', until: Date.parse('2026-11-23T11:04:00+09:00'), door: 'https://shuhi.sample.example',
} satisfies Props
