import { dayOf, OPEN_DAY, type Day, type Instant } from './calendar'
import { withLastReports } from './company-report'
import { completionOf, isUnder, type Place } from './line'
import type { CompanyKind, EngagementKind } from './people'
import { hearingOf, inTiers } from './tiers'

/** One company at work in a line, as a manager sees it: figures as the company reported them, and whom to ask (domain.md L25). */
export interface CompanyLine {
  companyId: string
  name: string
  kind: CompanyKind
  contractNumber: string | null
  depth: number
  counted: number
  done: number
  late: number
  /** The earliest due day among what is open. */
  due: Day | null
  reportedOn: Day | null
  /** The 会社側担当者 who answers, of this company or of the one above that does; null when nobody does. */
  contact: { name: string; number: string; kind: EngagementKind; above: boolean } | null
  /** True where something is open and somebody answers: the request goes to the 会社側担当者, never to a person. */
  mayAsk: boolean
}

interface Given {
  companyId: string
  name: string
  kind: CompanyKind
  parentId: string | null
  contractNumber: string | null
  places: readonly Place[]
  reportedAt: Instant | null
  contact: { name: string; number: string; kind: EngagementKind } | null
}

/** The companies that have people in the line, lower tiers under the one they work for. Those above them only answer. */
export function companyLines(companies: readonly Given[], today: Day): CompanyLine[] {
  const tiers = new Map(companies.map((one) => [one.companyId, { id: one.companyId, parentId: one.parentId, name: one.name, hasContact: one.contact !== null }]))
  const byId = new Map(companies.map((one) => [one.companyId, one]))
  const reports = new Map(withLastReports(companies).map(({ companyId, reportedAt }) => [companyId, reportedAt]))
  const hearing = new Map(companies.map(({ companyId }) => [companyId, hearingOf(tiers, companyId)?.id]))
  return inTiers(companies.filter(({ places }) => places.length > 0)).map(({ depth, ...one }) => {
    const { counted, done } = completionOf(groupsOf(one.places))
    const heard = hearing.get(one.companyId)
    const due = one.places.filter((place) => isUnder('open', place, today)).map(({ nextDue }) => nextDue).sort()[0]
    const reportedAt = reports.get(one.companyId) ?? null
    return {
      companyId: one.companyId, name: one.name, kind: one.kind, contractNumber: one.contractNumber, depth, counted, done, late: one.places.filter((place) => isUnder('late', place, today)).length,
      due: due === undefined || due === OPEN_DAY ? null : due, reportedOn: reportedAt === null ? null : dayOf(reportedAt),
      contact: heard === undefined ? null : { ...byId.get(heard)!.contact!, above: heard !== one.companyId }, mayAsk: heard !== undefined && counted > done,
    }
  })
}

const groupsOf = (places: readonly Place[]) => places.map((place) => ({ ...place, people: 1 }))
