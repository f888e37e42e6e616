import type { Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'approvalAsked'>

const MINUTES_EACH = 2

export const subject = ({ requests, more }: Props) =>
  requests.length === 1 && more === 0 ? `【守秘】${requests[0]!.kindWords}の申請が、決定を待っています(約${MINUTES_EACH}分)` : `【守秘】申請が${requests.length + more}件、決定を待っています(約${(requests.length + more) * MINUTES_EACH}分)`

/** Asks for decisions: all that waits when the letter leaves. Why it is asked may be sensitive: it is read after signing in. */
export default function ApprovalAsked({ name, honorific, site, contact, requests, more, door }: Props) {
  return (
    <Frame preview="申請の理由は、サインインすると読めます。" site={site} heading={`申請が${requests.length + more}件、決定を待っています`} to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>次の申請を確かめて、承認するか、差し戻すかを決めてください。理由は、このメールには書いていません。</Paragraph>
      {requests.map(({ kindWords, person, target, wishedDueOn, asker }, at) => (
        <Rows key={at} rows={[['申請', <b key="kind">{kindWords}</b>], ['対象の人', person], ['対象のもの', target], ...(wishedDueOn ? [['希望の期限', dayWords(wishedDueOn)] as const] : []), ['申請した人', asker]]} />
      ))}
      {more > 0 && <Paragraph small>ほかに{more}件あります。</Paragraph>}
      <Door href={`${door}/approvals`}>サインインして決める</Door>
      <Paragraph small>決まるまで、いまの期限は変わりません。自分のことの申請は、ほかの人が決めます。</Paragraph>
    </Frame>
  )
}

ApprovalAsked.PreviewProps = {
  name: '小川 真理', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', more: 0, door: 'https://shuhi.sample.example',
  requests: [
    { kindWords: '猶予', asker: '山﨑 健一(000120・正社員)', person: '佐藤 健(000187・正社員)', target: '「通信の秘密」を守る仕事', wishedDueOn: '2026-12-11' },
    { kindWords: '免除', asker: '従事者(C-0001・委託先従業者)', person: '従事者(C-0012・委託先従業者)', target: '「通信の秘密」を守る仕事', wishedDueOn: null },
  ],
} satisfies Props
