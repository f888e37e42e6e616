import type { Relation } from '../domain/people'
import type { Library } from './library.server'
import type { Variables } from './schema'

/** What is filled into texts for one person: employer, first addressee of a report, addressee of a pledge, by legal relation (domain.md L23–L25). */
export function variablesFor(library: Pick<Library, 'words'>, person: { relation: Relation; companyName: string }, addresseeName?: string): Variables {
  const { words } = library
  const elsewhere = person.relation === 'dispatched' || person.relation === 'contract'
  const employer = elsewhere ? person.companyName : words.operator
  const reportTo = person.relation === 'contract' ? `${person.companyName}の責任者` : person.relation === 'dispatched' ? `${words.reportDesk}と、${person.companyName}の担当者` : words.reportDesk
  return { ...words, employer, reportTo, addressee: addresseeName ?? employer, scope: '' }
}
