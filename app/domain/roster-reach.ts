import type { Day } from './calendar'
import type { BadCell } from './csv'
import { ENGAGEMENT_KINDS } from './people'
import type { RosterRow } from './roster'
import { attrsOn, lastOf, type Register } from './roster-state'

/** The kinds that a 会社側担当者 registers: a contractor's or 販売代理店's workers, and a 派遣元's dispatched people. */
const KINDS: readonly string[] = ['contractorWorker', 'dispatched']

/** The faults that say that a row is about somebody who is not theirs: it is compared no further, and nothing of what is registered is told about it. */
const NOT_THEIRS: ReadonlySet<string> = new Set(['otherCompany', 'numberElsewhere', 'kindOutside'])
export const isNotTheirs = ({ reason }: Pick<BadCell, 'reason'>): boolean => NOT_THEIRS.has(reason)

/**
 * What a file of a 会社側担当者 may not say: people of other companies, other kinds than theirs, another kind of somebody registered, also
 * when they come again (it decides who supervises them, and one file could end what the next begins otherwise), the operator's units, and who of the operator gives them orders (domain.md L25). What stands there already may stand.
 */
export function refusedReach(rows: readonly RosterRow[], register: Register, codes: readonly string[], today: Day): BadCell[] {
  return rows.flatMap((row): BadCell[] => {
    const bad = (column: string, value: string, reason: BadCell['reason']): BadCell => ({ file: 'roster', line: row.line, column, value, reason, hint: '' })
    const last = lastOf(register.engagements.get(row.number))
    const code = row.companyCode ?? last?.companyCode
    if (last && !codes.includes(last.companyCode)) return [bad('従事者番号', row.number, 'numberElsewhere')]
    if (code === undefined || !codes.includes(code)) return row.refused?.includes('会社コード') ? [] : [bad('会社コード', row.companyCode ?? '', 'otherCompany')]
    const held = last && attrsOn(last, today)
    const kind = row.kind ?? held?.kind
    const unitCode = held?.unitCode ?? ''
    const versions = register.units.get(unitCode)?.versions ?? []
    const unitName = unitCode === '' ? '' : ((versions.findLast(({ from }) => from <= today) ?? versions[0])?.attrs.name ?? '')
    return [
      ...(kind !== undefined && !KINDS.includes(kind) ? [bad('雇用形態', ENGAGEMENT_KINDS[kind], 'kindOutside')] : held && row.kind !== undefined && row.kind !== held.kind ? [bad('雇用形態', ENGAGEMENT_KINDS[row.kind], 'kindNotYours')] : []),
      ...(row.unitCode !== undefined && row.unitCode !== unitCode ? [bad('所属コード', row.unitCode, 'unitNotYours')] : []),
      ...(row.unitName !== undefined && row.unitName !== unitName ? [bad('所属名', row.unitName, 'unitNotYours')] : []),
      ...(row.supervisor !== undefined && row.supervisor !== (held?.supervisor ?? '') ? [bad('上長番号', row.supervisor, 'supervisorNotYours')] : []),
    ]
  })
}
