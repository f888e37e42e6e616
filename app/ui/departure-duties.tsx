import type { Day } from '../domain/calendar'
import type { Relation } from '../domain/people'
import type { Standing } from '../domain/standing'
import { shortDueDay } from './format'
import { StandingStatus } from './standing'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

export interface ShownDuty {
  title: string
  period: string
  dueOn: Day
  standing: Standing
}

/** What is open of one who leaves, by what the end does to it. */
export interface ShownRemaining {
  due: ShownDuty[]
  waived: ShownDuty[]
  ended: ShownDuty[]
}

const GROUPS: Record<keyof ShownRemaining, string> = { due: '最後の日までに期限が来るもの', waived: '期限が最後の日より後のもの(在籍の終わりで終わります)', ended: '在籍の終わりで終わったもの(受けていません)' }

/** The duties that are still open when somebody leaves; what the end does to them is said, and nothing is promised that there is not. */
export function RemainingDuties({ remaining, relation, today, hasExitTraining }: { remaining: ShownRemaining; relation: Relation; today: Day; hasExitTraining: boolean }) {
  const groups = (Object.keys(GROUPS) as (keyof ShownRemaining)[]).filter((group) => remaining[group].length > 0)
  const through = relation === 'contract' || relation === 'dispatched'
  return (
    <section className="sec" id="duties">
      <h2>終わっていない研修と誓約</h2>
      {groups.length === 0 ? <p>終わっていない研修や誓約は、ありません。</p> : (
        <>
          <p className="sml">{remaining.ended.length > 0 ? '在籍が終わると、残りは「在籍終了」になります。期限超過には数えません。本人にも求めません。' : '最後の日が過ぎると、残りは「在籍終了」になります。期限超過には数えません。そのあと本人に求めることもありません。'}</p>
          <Table>
            <caption className="sr-only">終わっていない研修と誓約</caption>
            <Head><Row><ColumnHead>内容</ColumnHead><ColumnHead>時期</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>状態</ColumnHead></Row></Head>
            {groups.map((group) => (
              <Body key={group}>
                <Row className="grp"><RowHead group colSpan={4}>{GROUPS[group]}　{remaining[group].length}件</RowHead></Row>
                {remaining[group].map((one) => (
                  <Row key={`${one.title} ${one.period}`}>
                    <RowHead><b>{one.title}</b></RowHead>
                    <Cell label="時期">{one.period}</Cell>
                    <Cell label="期限">{shortDueDay(one.dueOn, today)}</Cell>
                    <Cell label="状態"><StandingStatus standing={one.standing} relation={relation} /></Cell>
                  </Row>
                ))}
              </Body>
            ))}
          </Table>
        </>
      )}
      {!hasExitTraining && <p className="sml mt-4">いまの受講の決まりに、終了前に受ける研修はありません。続く義務と返すものは、{through ? '雇い主の会社から本人に説明してもらい、返却リストで確かめます。' : '退職時の誓約の説明と返却リスト、義務が続くことの通知文で伝えます。'}</p>}
    </section>
  )
}
