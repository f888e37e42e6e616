import type { Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'accessAlarm'>

export const subject = ({ people, day }: Props) => `【守秘】1日に${people}人分の記録が開かれました(${dayWords(day)})`

/** Tells a 監査責任者 that somebody looked at more people's records in a day than usual; whose they are is read after signing in. */
export default function AccessAlarm({ name, honorific, site, contact, number, kindWords, people, most, day, door }: Props) {
  return (
    <Frame preview={`目安の${most}人を超えました。`} site={site} heading="多くの人の記録が開かれました" to={`${name} ${honorific}`} foot={noToken(contact)}>
      <Paragraph>1人の担当者が1日に開いた・受け取った人の数が、目安を超えました。手続や検査のために必要なこともあります。理由を確かめてください。</Paragraph>
      <Rows rows={[['担当者', <b key="who">{`従事者番号 ${number}(${kindWords})`}</b>], ['日', dayWords(day)], ['人数', `${people}人(目安 ${most}人まで)`]]} />
      <Door href={`${door}/audit`}>サインインして確かめる</Door>
      <Paragraph small>だれの記録を、なぜ開いたかは、このメールには書いていません。「監査」の「閲覧の記録」で読めます。</Paragraph>
    </Frame>
  )
}

AccessAlarm.PreviewProps = {
  name: '石川 直子', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', number: '000021', kindWords: '正社員', people: 51, most: 50, day: '2026-11-20', door: 'https://shuhi.sample.example',
} satisfies Props
