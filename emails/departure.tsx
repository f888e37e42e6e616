import type { Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, noTokenEasy, Paragraph, Rows } from './frame'

type Props = Rendered<'departure'>

export const subject = ({ easy, lastDay }: Props) => (easy ? `【守秘】${dayWords(lastDay)}までにすること` : `【守秘】${dayWords(lastDay)}までに終えることのお知らせ`)

const listed = ({ open, returns }: Props, words: { finish: string; give: string }) => [
  ...open.map(({ title, dueOn }, at) => [at === 0 ? words.finish : `${words.finish} ${at + 1}`, <span key={title}><b>{title}</b>({dayWords(dueOn)}まで)</span>] as const),
  ...returns.map((what, at) => [at === 0 ? words.give : `${words.give} ${at + 1}`, what] as const),
]

/** Tells what is to be finished and given back before the last day. Nothing about pay or papers hangs on it (L31). */
export default function Departure(props: Props) {
  const { name, honorific, site, contact, lastDay, door } = props
  if (props.easy) return <EasyDeparture {...props} />
  return (
    <Frame preview={`最後の日は${dayWords(lastDay)}です。`} site={site} heading={`最後の日は、${dayWords(lastDay)}です`} to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>最後の日までに、次のことをお願いします。勤務時間の中で進めてください。</Paragraph>
      <Rows rows={listed(props, { finish: '終えること', give: '返すもの' })} />
      <Door href={`${door}/`}>サインインして確かめる</Door>
      <Paragraph small>署名するかどうかで、給与や離職票などの手続きが変わることはありません。分からないことは、{contact}に相談できます。</Paragraph>
    </Frame>
  )
}

function EasyDeparture(props: Props) {
  const { name, honorific, site, contact, lastDay, open, door } = props
  return (
    <Frame preview={`最後(さいご)の日は${dayWords(lastDay)}です。`} site={site} heading={`最後(さいご)の日は、${dayWords(lastDay)}です`} to={`${name} ${honorific}`} foot={noTokenEasy(contact)}>
      <Paragraph>最後(さいご)の日までに、次(つぎ)のことをしてください。仕事(しごと)の時間(じかん)にします。</Paragraph>
      <Rows rows={listed(props, { finish: 'すること', give: '返(かえ)すもの' })} />
      <Door href={`${door}/`}>守秘を開(ひら)く</Door>
      {open.length > 0 && <Paragraph small>名前(なまえ)を書(か)くかどうかは、自分(じぶん)で決(き)めます。書(か)いても、書(か)かなくても、給料(きゅうりょう)は同(おな)じです。会社(かいしゃ)からもらう書類(しょるい)も同(おな)じです。</Paragraph>}
      <Paragraph small>分(わ)からないことは、{contact}に聞(き)いてください。</Paragraph>
    </Frame>
  )
}

Departure.PreviewProps = {
  name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', easy: false, engagementId: '', lastDay: '2026-12-18', open: [{ title: '秘密保持誓約書(退職時)', dueOn: '2026-12-18' }], returns: ['社員証', '業務用のスマートフォン'], door: 'https://shuhi.sample.example',
} satisfies Props

/** The same letter in やさしい日本語. */
Departure.EasyPreviewProps = { ...Departure.PreviewProps, easy: true } satisfies Props
