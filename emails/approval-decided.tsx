import type { Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'approvalDecided'>

const OUTCOME: Record<Props['outcome'], string> = { accepted: '承認されました', partly: '期限を変えて承認されました', returned: '差し戻されました' }

export const subject = ({ kindWords, outcome }: Props) => `【守秘】${kindWords}の申請が${OUTCOME[outcome]}`

/** Tells how an application was decided, to who asked or to whom it is about; the reasons are read after signing in. */
export default function ApprovalDecided({ name, honorific, site, contact, kindWords, person, target, outcome, dueOn, door }: Props) {
  return (
    <Frame preview={`${target}について、申請が${OUTCOME[outcome]}。`} site={site} heading={`${kindWords}の申請が${OUTCOME[outcome]}`} to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Rows rows={[...(person === null ? [] : [['対象の人', person] as const]), ['対象のもの', <b key="target">{target}</b>], ['結果', OUTCOME[outcome]], ...(dueOn ? [['新しい期限', <b key="due">{dayWords(dueOn)}</b>] as const] : [])]} />
      <Door href={`${door}/`}>サインインして読む</Door>
      <Paragraph small>{outcome === 'returned' ? `期限は変わっていません。困っていることがあるときは、${contact}に相談できます。` : '分からないことがあるときは、上長か人事に相談できます。'}</Paragraph>
    </Frame>
  )
}

ApprovalDecided.PreviewProps = {
  name: '山﨑 健一', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', kindWords: '猶予', person: '佐藤 健(000187・正社員)', target: '「通信の秘密」を守る仕事', outcome: 'accepted', dueOn: '2026-12-11', door: 'https://shuhi.sample.example',
} satisfies Props
