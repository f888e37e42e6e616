import { Link } from '@remix-run/react'
import type { Story } from '../domain/change-story'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../domain/people'
import { slashDay } from './format'
import { Change } from './import-preview'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** Days as people read them, wherever they stand in a value. */
const plainDays = (text: string) => text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, slashDay)

const OUTCOMES = { begun: '登録', takenBack: '登録の取消し', changed: '変更' } as const

/** The values of one person before and after a change set; of a new one what was registered. */
export const FieldChanges = ({ outcome, fields }: Story) => (
  <>
    {fields.length === 0 && <span className="mut">記録のしかただけが変わりました</span>}
    {outcome === 'begun'
      ? fields.map(({ label, is }) => <div key={label}><span className="mut">{label}　</span>{plainDays(is)}</div>)
      : fields.map(({ label, was, is }) => <Change key={label} label={label} was={plainDays(was)} is={plainDays(is)} />)}
  </>
)

/** What a change set did to each person, field by field. */
export function ChangeStory({ people }: { people: readonly (Story & { engagementId: string; number: string; name: string | null; kind: EngagementKind; isGone: boolean })[] }) {
  return (
    <Table>
      <caption className="sr-only">変わった人と項目</caption>
      <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>したこと</ColumnHead><ColumnHead>前の値 → 後の値</ColumnHead></Row></Head>
      <Body>
        {people.map((person) => (
          <Row key={person.engagementId}>
            <RowHead>{person.isGone ? <span className="who">{person.name ?? `従事者 ${person.number}`}</span> : <Link className="who" to={`/people/${person.engagementId}`}>{person.name ?? `従事者 ${person.number}`}</Link>}<br /><span className="who-no">{person.name === null ? '' : `${person.number}・`}{ENGAGEMENT_KINDS[person.kind]}</span></RowHead>
            <Cell label="したこと">{OUTCOMES[person.outcome]}</Cell>
            <Cell label="値"><FieldChanges {...person} /></Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}
