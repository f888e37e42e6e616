import type { CheckToAnswer, Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'checksReturned'>

const what = ({ checks, findings }: Pick<Props, 'checks' | 'findings'>) => [...(checks.length > 0 ? [`点検${checks.length}件`] : []), ...(findings > 0 ? [`直したという知らせ${findings}件`] : [])].join('、')

export const subject = (props: Props) => `【守秘】差し戻された${what(props)}を、直してください`

/** Checklists with their period and due day. */
export const CheckRows = ({ checks, today }: { checks: readonly CheckToAnswer[]; today?: string }) => <Rows rows={checks.map((one) => [`${one.title}(${one.of})`, `期限 ${dayWords(one.dueOn, today)}`] as const)} />

/** Asks for what came back to be mended. Why it came back may say how a company works: it is read after signing in. */
export default function ChecksReturned(props: Props) {
  const { name, honorific, site, contact, checks, findings, door } = props
  return (
    <Frame preview="理由は、サインインすると読めます。" site={site} heading={`${what(props)}が差し戻されました`} to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>理由のある項目だけを直して、もう一度出してください。ほかの答えは、そのまま残っています。理由は、このメールには書いていません。</Paragraph>
      {checks.length > 0 && <CheckRows checks={checks} />}
      {findings > 0 && <Paragraph>直したという知らせのうち{findings}件に、足りないところがあります。「点検」の「点検で直すこと」から、足して知らせてください。</Paragraph>}
      <Door href={`${door}/checks`}>点検を開く</Door>
      <Paragraph small>分からないところは、{contact}に聞いてください。</Paragraph>
    </Frame>
  )
}

ChecksReturned.PreviewProps = {
  name: '森 あゆみ', honorific: '様', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', checks: [{ title: '委託先の自己点検', of: 'みほんコールセンター株式会社・2026年度', dueOn: '2026-12-18' }], findings: 1, door: 'https://shuhi.sample.example',
} satisfies Props
