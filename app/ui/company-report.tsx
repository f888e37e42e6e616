import { Link } from '@remix-run/react'
import { headcountDiffers } from '../domain/headcount'
import { Facts } from './facts'
import { Notice } from './notice'
import { Status } from './status'

/** What a company declared of itself, and how its contract stands. */
export interface CompanyStanding {
  name: string
  /** People declared to be at work, or null while nothing was. */
  declared: number | null
  /** People registered today. */
  people: number
  contract: { number: string; status: 'pending' | 'approved' | 'ended'; since: string; until: string | null } | null
}

/** The first thing of the page: whoever is at work and not registered has not been prepared for it. */
export function HeadcountNotice({ companies }: { companies: readonly CompanyStanding[] }) {
  const wrong = companies.filter(({ declared, people }) => headcountDiffers(declared, people))
  if (wrong.length === 0) return null
  return (
    <Notice kind="warn" title="申告した人数と、名簿の人数が合っていません">
      <p>{wrong.map(({ name, declared, people }) => `${name}は${declared}人と申告されていますが、名簿には${people}人です。`).join('')}足りない方を追加するか、終わった方の在籍終了日を入れるか、申告の人数を直してください。名簿にない方は、業務に就く前の確認が済んでいない扱いになります。</p>
      <div className="acts"><Link className="btn btn-sm" to="/company/import">名簿を直す</Link><Link className="btn btn-text btn-sm" to="/company/headcount">申告の人数を直す</Link></div>
    </Notice>
  )
}

/** Whether the client has approved a lower tier: until then nobody of it may begin. */
export function Approval({ contract }: Pick<CompanyStanding, 'contract'>) {
  if (!contract) return <>―</>
  if (contract.status === 'pending') return <><Status mark="wait">委託元の承認待ち</Status><br /><span className="mut">承認まで業務に就けません</span></>
  return contract.status === 'approved' ? <><Status mark="done">承認済み</Status> {contract.since}</> : <Status mark="none">終了</Status>
}

/** What the client hears of this company, and until when the contract runs. */
export function ReportToClient({ operator, lastReport, contract, certified }: { operator: string; lastReport: string | null; contract: CompanyStanding['contract']; certified: { done: number; of: number } }) {
  return (
    <section className="sec">
      <h2>{operator}への報告</h2>
      <Facts facts={[
        ['最後の報告', <>{lastReport ?? 'まだありません'}　<span className="mut">申告した人数と、研修・証明の状態が届いています。勤務時間とテストの結果は届きません。</span>　<Link to="/company/headcount">人数を申告する</Link></>],
        ['誓約取得証明', `${certified.done}/${certified.of}人分を提出しています。`],
        ['契約の終わり', contract && <>{contract.until ?? '決まっていません'}　<span className="mut">契約 {contract.number}</span></>],
      ]} />
    </section>
  )
}
