import { Fragment, type ReactNode } from 'react'

/** Facts as label and value; a fact without a value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '').map(([label, value]) => (
        <div key={label}><dt>{label}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  )
}

/** Counts side by side, each with its unit; they add up to what the line below says. */
export function Sums({ sums }: { sums: readonly (readonly [label: string, count: number, unit: string])[] }) {
  return (
    <dl className="sums">
      {sums.map(([label, count, unit]) => (
        <div key={label}><dt>{label}</dt><dd>{count.toLocaleString('ja-JP')}<small>{unit}</small></dd></div>
      ))}
    </dl>
  )
}

/** Name, number and 雇用形態 in this order: a name never stands alone (look.md §1.5). */
export function Who({ name, number, kind, children }: { name: string; number: string; kind?: string; children?: ReactNode }) {
  return (
    <Fragment>
      {children ?? <span className="who">{name}</span>}<br />
      <span className="who-no">{number}{kind === undefined ? '' : `・${kind}`}</span>
    </Fragment>
  )
}
