import type { Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'departure'>

export const subject = ({ lastDay }: Props) => `【守秘】${dayWords(lastDay)}までに終えることのお知らせ`

/** Tells what is to be finished and given back before the last day. Nothing about pay or papers hangs on it (L31). */
export default function Departure({ name, honorific, site, contact, person, lastDay, open, returns, door }: Props) {
  const whose = person === null ? '' : `${person}の`
  return (
    <Frame preview={`最後の日は${dayWords(lastDay)}です。`} site={site} heading={`${whose}最後の日は、${dayWords(lastDay)}です`} to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>{person === null ? '最後の日までに、次のことをお願いします。勤務時間の中で進めてください。' : '最後の日までに、次のことが終わるように、時間を用意してください。'}</Paragraph>
      <Rows rows={[
        ...open.map(({ title, dueOn }, at) => [at === 0 ? '終えること' : `終えること ${at + 1}`, <span key={title}><b>{title}</b>({dayWords(dueOn)}まで)</span>] as const),
        ...returns.map((words, at) => [at === 0 ? '返すもの' : `返すもの ${at + 1}`, words] as const),
      ]} />
      <Door href={`${door}/`}>サインインして確かめる</Door>
      <Paragraph small>署名するかどうかで、給与や離職票などの手続きが変わることはありません。分からないことは、{contact}に相談できます。</Paragraph>
    </Frame>
  )
}

Departure.PreviewProps = {
  name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', person: null, lastDay: '2026-12-18', open: [{ title: '秘密保持誓約書(退職時)', dueOn: '2026-12-18' }], returns: ['社員証', '業務用のスマートフォン'], door: 'https://shuhi.sample.example',
} satisfies Props
