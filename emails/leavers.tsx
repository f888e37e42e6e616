import type { LeavingOne, Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'leavers'>

export const subject = ({ people, more }: Props) => `【守秘】退職・終了する方の手続(${people.length + more}人)・最初の方は${dayWords(people[0]!.lastDay)}まで`

/** Those who leave, each with the last day, what is to be finished and what to be given back. */
export function LeavingRows({ people }: { people: readonly LeavingOne[] }) {
  return people.map(({ who, lastDay, open, returns }) => (
    <Rows key={who} rows={[['だれ', <b key="who">{who}</b>], ['最後の日', <b key="day">{dayWords(lastDay)}</b>], ...(open.length > 0 ? [['終えること', open.join('、')] as const] : []), ...(returns.length > 0 ? [['返すもの', returns.join('、')] as const] : [])]} />
  ))
}

/** To a 上長: who leaves, and for what there is to be time before the last day. Nobody is pressed to sign (L31). */
export default function Leavers({ name, honorific, site, contact, people, more, door }: Props) {
  return (
    <Frame preview={`退職・終了する方が${people.length + more}人います。`} site={site} heading="退職・終了する方がいます" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>次の方の最後の日が近づいています。最後の日までに終わるように、勤務時間の中で時間を用意し、返すものを受け取ってください。</Paragraph>
      <LeavingRows people={people} />
      {more > 0 && <Paragraph small>ほかに{more}人います。サインインして確かめてください。</Paragraph>}
      <Door href={`${door}/team`}>わたしのチームを開く</Door>
      <Paragraph small>退職時の誓約に署名するかどうかは、本人が決めます。署名しなくても、給与や離職票などの手続きは変わりません。</Paragraph>
    </Frame>
  )
}

Leavers.PreviewProps = {
  name: '山﨑 健一', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)',
  people: [{ who: '髙橋 美咲(000412・正社員)', lastDay: '2026-12-18', open: ['秘密保持誓約書(退職時)'], returns: ['社員証', '業務用のスマートフォン'] }], more: 0, door: 'https://shuhi.sample.example',
} satisfies Props
