import type { RosterReport } from '../domain/roster-report'
import { ROLES, type Role } from '../domain/people'
import { slashDay } from './format'
import { Change, fieldWords, type NameOf } from './import-preview'

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
          <table className="rows stack">
            <caption className="sr-only">会社と所属</caption>
            <thead><tr><th scope="col">名前・コード</th><th scope="col">種類</th><th scope="col">いまの値 → 新しい値</th></tr></thead>
            <tbody>
              {rows.map((one) => (
                <tr key={`${one.what}${one.code}`}>
                  <th scope="row"><span className="who">{one.name}</span><br /><span className="who-no">{one.code}</span></th>
                  <td data-l="種類">{one.what}{one.isNew && '(新しい)'}</td>
                  <td data-l="値">{one.fields.map((field) => { const { label, was, is } = fieldWords(field, companyName, unitName); return one.isNew ? <div key={label}><span className="mut">{label}　</span>{is || '(空)'}</div> : <Change key={label} label={label} was={was} is={is} /> })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {appointments.length > 0 && (
          <table className="rows stack">
            <caption className="sr-only">役割</caption>
            <thead><tr><th scope="col">役割</th><th scope="col">どこの</th><th scope="col">新しく就く人</th><th scope="col">終わる人</th><th scope="col">いつから</th></tr></thead>
            <tbody>
              {appointments.map((one) => (
                <tr key={`${one.role}${one.scopeCode}${one.number ?? ''}`}>
                  <th scope="row">{ROLES[one.role as Role]}</th>
                  <td data-l="どこの">{one.role === 'unitHead' ? unitName(one.scopeCode) : companyName(one.scopeCode)}</td>
                  <td data-l="就く人">{one.number ?? 'なし'}</td>
                  <td data-l="終わる人">{one.ended.join('、') || 'なし'}</td>
                  <td data-l="いつから">{slashDay(one.on)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </details>
    </section>
  )
}
