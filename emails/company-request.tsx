import type { CompanyFigures, Rendered } from '../app/domain/mail'
import { dayWords } from '../app/ui/format'
import { LeavingRows } from './leavers'
import { Door, Frame, noToken, Paragraph, Rows } from './frame'

type Props = Rendered<'companyRequest'>

/** Figures with what they are out of: a number never stands alone. */
export const figures = ({ people, open, late, nextDue }: CompanyFigures) =>
  `未了 ${open}/${people}人${late > 0 ? `、うち期限超過 ▲ ${late}人` : ''}${nextDue === null ? '' : `。次の期限は${dayWords(nextDue)}`}`

export const subject = ({ companies, people, leaving, today }: Props) => {
  if (companies.length + people.length === 0) return `【守秘】終了する方の手続のお願い(${leaving.length}人)${leaving[0] ? `・最初の方は${dayWords(leaving[0].lastDay)}まで` : ''}`
  const open = companies.reduce((sum, one) => sum + one.open, 0)
  const nearest = [...companies.flatMap(({ nextDue }) => nextDue ?? []), ...people.map(({ dueOn }) => dueOn)].filter((day) => day >= today).sort()[0]
  return `【守秘】${people.length > 0 ? `誓約取得証明などのお願い(${people.length}人)` : `未了の方が${open}人います`}${nearest ? `・次の期限は${dayWords(nearest)}` : ''}`
}

/** Asks the 会社側担当者, and nobody else at the company: figures only, and of a 派遣元 the people it sends (domain.md L24, L25). */
export default function CompanyRequest({ name, honorific, site, contact, today, companies, people, leaving, askers, door }: Props) {
  const asked = companies.length + people.length > 0
  return (
    <Frame preview={asked ? '貴社の名簿の方の研修と誓約について、お願いです。' : '終了する方の手続について、お願いです。'} site={site} heading={!asked ? '終了する方の手続のお願い' : people.length > 0 ? '誓約取得証明などのお願い' : '未了の方への案内のお願い'} to={`${name} ${honorific}`} foot={noToken(contact)}>
      {asked && <Paragraph>{companies.length > 0 ? '貴社の名簿に、研修や誓約が終わっていない方がいます。本人への案内は、雇い主である貴社からお願いします。だれの何が残っているかは、サインインして「自社の名簿」で確かめられます。' : '次の方について、貴社の手続きをお願いします。'}</Paragraph>}
      {companies.length > 0 && <Rows rows={companies.map((one) => [one.name, figures(one)] as const)} />}
      {people.length > 0 && <Rows rows={people.map(({ who, open, dueOn }) => [who, `${open}　${dueOn < today ? '▲ 期限は' : ''}${dayWords(dueOn)}${dueOn < today ? 'でした' : 'まで'}`] as const)} />}
      {askers.length > 0 && <Rows rows={askers.map(({ who, words }, at) => [at === 0 ? '依頼した人' : `依頼した人 ${at + 1}`, <span key={who}>{who}{words !== '' && <><br />「{words}」</>}</span>] as const)} />}
      {leaving.length > 0 && (
        <>
          <Paragraph>次の方の仕事が終わります。最後の日までに、返すものを受け取り、残っていることを終えてください。通信の秘密を守る義務が終わったあとも続くことを、雇い主である貴社から本人に説明してください。</Paragraph>
          <LeavingRows people={leaving} />
        </>
      )}
      <Door href={`${door}/company`}>自社の名簿を開く</Door>
      <Paragraph small>名簿と実際が違うときや、時間が取れないときは、{contact}へ知らせてください。</Paragraph>
    </Frame>
  )
}

CompanyRequest.PreviewProps = {
  name: '森 あゆみ', honorific: '様', site: 'サンプル通信株式会社', contact: '研修事務局(内線 5100)', today: '2026-11-20', companies: [{ name: 'みほんコールセンター株式会社', people: 18, open: 5, late: 2, nextDue: '2026-11-27' }], people: [],
  leaving: [{ who: '田中 一郎(C-0012・委託先従業者)', lastDay: '2026-12-04', open: ['誓約取得証明の提出'], returns: ['入館証', '貸与した端末'] }],
  askers: [{ who: '山﨑 健一(仙台コールセンター)', words: '11月末までに終わるように、案内をお願いします。' }], door: 'https://shuhi.sample.example',
} satisfies Props
