import { findFinding, listFindingActs, type Finding, type FindingAct } from '../../db/findings.server'
import { listFilingActs } from '../../db/filings.server'
import { filingReachOf, menderFor } from '../commands/open-filing.server'
import { itemsOf } from '../content/checklist-schema'
import { findStatement } from '../content/filing-record.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import type { StatedItem } from '../domain/filing-statement'
import { notFound } from './guard.server'

export interface OpenedFinding {
  finding: Finding
  acts: readonly FindingAct[]
  /** The item as it was signed; of an erased statement only what the form says. */
  item: Pick<StatedItem, 'group' | 'number' | 'text' | 'remark'>
  title: string
  how: string
  filingReturned: boolean
  /** Whether the viewer answers for the company or unit. */
  mends: boolean
}

/** The finding that an address names, for whoever reaches it; nobody else's is there. */
export async function openFinding(context: SignedInContext, findingId: string): Promise<OpenedFinding> {
  const { db, library, now } = context
  const finding = await findFinding(db, findingId, await filingReachOf(context), dayOf(now))
  if (!finding) throw notFound()
  const form = library.find('checklist', finding.slug, finding.version)
  const asked = form && itemsOf(form.meta).find(({ id }) => id === finding.itemId)
  const filing = await listFilingActs(db, finding.filingId)
  const signed = filing.find(({ id }) => id === finding.actId)?.statement
  const stated = signed ? (await findStatement(db, signed))?.items.find(({ id }) => id === finding.itemId) : undefined
  return {
    finding, acts: await listFindingActs(db, findingId), title: form?.meta.title ?? finding.slug, how: asked?.how === undefined ? '' : library.plainText(asked.how), filingReturned: filing.at(-1)?.kind === 'returned',
    item: stated ?? { group: '', number: asked?.number ?? finding.itemId, text: asked ? library.plainText(asked.text) : '', remark: '' }, mends: (await menderFor(context, finding)) !== undefined,
  }
}
