import type { RosterReport } from '../domain/roster-report'
import { ROLES, type Role } from '../domain/people'
import { slashDay } from './format'
import { Change, fieldWords, type NameOf } from './import-preview'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** What changes about companies, units and the roles that follow from them; nothing when nothing does. */
export function StructureChanges({ units, companies, appointments, companyName, unitName }: Pick<RosterReport, 'units' | 'companies' | 'appointments'> & { companyName: NameOf; unitName: NameOf }) {
  if (units.length + companies.length + appointments.length === 0) return null
  const rows = [
    ...companies.map((one) => ({ ...one, what: '会社', name: companyName(one.code) })),
    ...units.map((one) => ({ ...one, what: '所属', name: unitName(one.code) })),
  ]
  return (
    <section className="sec">
      <h2>会社・所属・役割の変化</h2>
      <details className="more" open={rows.length + appointments.length <= 10 || undefined}>
        <summary>会社 {companies.length}件、所属 {units.length}件、役割 {appointments.length}件を見る</summary>
        {rows.length > 0 && (
          <Table>
            <caption className="sr-only">会社と所属</caption>
            <Head><Row><ColumnHead>名前・コード</ColumnHead><ColumnHead>種類</ColumnHead><ColumnHead>いまの値 → 新しい値</ColumnHead></Row></Head>
            <Body>
              {rows.map((one) => (
                <Row key={`${one.what}${one.code}`}>
                  <RowHead><span className="who">{one.name}</span><br /><span className="who-no">{one.code}</span></RowHead>
                  <Cell label="種類">{one.what}{one.isNew && '(新しい)'}</Cell>
                  <Cell label="値">{one.fields.map((field) => { const { label, was, is } = fieldWords(field, companyName, unitName); return one.isNew ? <div key={label}><span className="mut">{label}　</span>{is || '(空)'}</div> : <Change key={label} label={label} was={was} is={is} /> })}</Cell>
                </Row>
              ))}
            </Body>
          </Table>
        )}
        {appointments.length > 0 && (
          <Table>
            <caption className="sr-only">役割</caption>
            <Head><Row><ColumnHead>役割</ColumnHead><ColumnHead>どこの</ColumnHead><ColumnHead>新しく就く人</ColumnHead><ColumnHead>終わる人</ColumnHead><ColumnHead>いつから</ColumnHead></Row></Head>
            <Body>
              {appointments.map((one) => (
                <Row key={`${one.role}${one.scopeCode}${one.number ?? ''}`}>
                  <RowHead>{ROLES[one.role as Role]}</RowHead>
                  <Cell label="どこの">{one.role === 'unitHead' ? unitName(one.scopeCode) : companyName(one.scopeCode)}</Cell>
                  <Cell label="就く人">{one.number ?? 'なし'}</Cell>
                  <Cell label="終わる人">{one.ended.join('、') || 'なし'}</Cell>
                  <Cell label="いつから">{slashDay(one.on)}</Cell>
                </Row>
              ))}
            </Body>
          </Table>
        )}
      </details>
    </section>
  )
}
