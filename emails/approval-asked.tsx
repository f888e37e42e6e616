import type { Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'approvalAsked'>

export const subject = ({ kindWords }: Props) => `【守秘】${kindWords}の申請が届いています(承認・約2分)`

/** Asks for a decision. Why it is asked may be sensitive: it is read after signing in. */
export default function ApprovalAsked({ name, honorific, site, contact, kindWords, asker, person, target, wishedDueOn, door }: Props) {
  return (
    <Frame preview={`${kindWords}の申請です。理由は、サインインすると読めます。`} site={site} heading={`${kindWords}の申請が届いています`} to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>次の申請を確かめて、承認するか、差し戻すかを決めてください。理由は、このメールには書いていません。</Paragraph>
      <Rows rows={[['申請', <b key="kind">{kindWords}</b>], ['対象の人', person], ['対象のもの', target], ...(wishedDueOn ? [['希望の期限', dayWords(wishedDueOn)] as const] : []), ['申請した人', asker]]} />
      <Door href={`${door}/approvals`}>サインインして決める</Door>
      <Paragraph small>決まるまで、いまの期限は変わりません。自分のことの申請は、ほかの人が決めます。</Paragraph>
    </Frame>
  )
}

ApprovalAsked.PreviewProps = {
  name: '小川 真理', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', kindWords: '猶予', asker: '山﨑 健一(000120・正社員)', person: '佐藤 健(000187・正社員)', target: '「通信の秘密」を守る仕事', wishedDueOn: '2026-12-11', door: 'https://shuhi.sample.example',
} satisfies Props
