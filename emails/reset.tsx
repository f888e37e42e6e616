import { spanWords } from '../app/domain/calendar'
import { codeTerms, printedCode } from '../app/domain/sign-in-code'
import type { Rendered } from '../app/domain/mail'
import { fullInstant } from '../app/ui/format'
import { Code, Door, Frame, noToken, Paragraph } from './frame'

type Props = Rendered<'reset'>

export const subject = (_: Props) => `【守秘】パスワードを決め直すためのコード(${spanWords(codeTerms('reset').livesMs)}以内)`

/** A code to set a new password; whoever did not ask for it need do nothing. */
export default function Reset({ name, honorific, site, contact, code, until, door }: Props) {
  return (
    <Frame preview={`パスワードを決め直すコードです。${fullInstant(until)}まで使えます。`} site={site} heading="パスワードを決め直す" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>下のボタンから、<b>従事者番号</b>と次のコード、新しいパスワードを入力してください。</Paragraph>
      <Code>{printedCode(code)}</Code>
      <Paragraph>コードは1回だけ、{fullInstant(until)}まで使えます。決め直すと、ほかの端末のサインインはすべて終わります。</Paragraph>
      <Door href={`${door}/start`}>パスワードを決め直す</Door>
      <Paragraph small>頼んだ覚えがないときは、何もしなくてかまいません。いまのパスワードは変わりません。続けて届くときは、{contact}に知らせてください。</Paragraph>
    </Frame>
  )
}

Reset.PreviewProps = {
  name: '𠮷田 彩', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', issuedBy: null, code: 'B4DGH7WZ', until: Date.parse('2026-11-23T11:04:00+09:00'), door: 'https://shuhi.sample.example',
} satisfies Props
