import { commitmentOf } from './entry'

/** An entry as it is kept, with its payload; null where the payload is gone. */
export interface KeptEntry {
  id: string
  type: string
  at: number
  actorKind: 'person' | 'system'
  account: string | null
  subject: string | null
  commitment: string
  payload: { salt: Uint8Array; bytes: Uint8Array } | null
}

/** What an entry says, as far as the check of facts reads it. */
export type Payload = Readonly<Record<string, unknown>>

/** The payload is gone, does not fit its commitment, or says something else than the entry beside it. */
export type EntryFault = 'payloadLost' | 'payloadChanged' | 'entryChanged'

/** Whether an entry is what was appended: the payload by its commitment, the entry by its payload. */
export function readEntry(entry: KeptEntry): { payload: Payload } | { fault: EntryFault } {
  if (!entry.payload) return { fault: 'payloadLost' }
  const { salt, bytes } = entry.payload
  if (commitmentOf(salt, bytes) !== entry.commitment) return { fault: 'payloadChanged' }
  const payload = JSON.parse(new TextDecoder().decode(bytes)) as Payload
  const account = accountOf(payload)
  const fits = payload.entry === entry.id && payload.type === entry.type && payload.at === entry.at && (payload.subject ?? null) === entry.subject && account === entry.account && (entry.actorKind === 'person') === (account !== null)
  return fits ? { payload } : { fault: 'entryChanged' }
}

const accountOf = (payload: Payload): string | null => (payload.actor as { account?: string } | undefined)?.account ?? null

/** Facts that have evidence of their own: what is answered, decided, signed, taken and published. */
export const FACT_KINDS = ['filingAct', 'findingAct', 'pledgeAct', 'certificate', 'attempt', 'completion', 'approval', 'agreement', 'agreementEnd', 'text', 'release', 'revision', 'review'] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** What evidence says about a fact: which one, and what must stand there. Only what is named is compared. */
export interface Claim {
  kind: FactKind
  id: string
  fields: Payload
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
/** A list as one text whatever its order, for both sides of a comparison. */
export const asSet = (values: readonly unknown[]): string => JSON.stringify(values.map((one) => JSON.stringify(one)).sort())
const sorted = (value: unknown): string => asSet(listOf(value))

/** What an entry says about facts; older entries say less, and less is compared. */
export function claimsOf(type: string, payload: Payload): Claim[] {
  const by = accountOf(payload)
  const text = (key: string) => String(payload[key])
  const some = (...keys: string[]) => Object.fromEntries(keys.filter((key) => key in payload).map((key) => [key, payload[key]]))
  const claim = (kind: FactKind, id: unknown, fields: Payload): Claim[] => (typeof id === 'string' ? [{ kind, id, fields }] : [])
  switch (type) {
    case 'filing.submitted': return claim('filingAct', payload.act, { kind: 'submitted', by, filing: payload.filing, statement: payload.statement, receipt: payload.receipt, ...(payload.counts as Payload) })
    case 'filing.decided': return claim('filingAct', payload.act, { kind: payload.outcome, by, filing: payload.filing, reasons: sorted(payload.reasons), ...some('note') })
    case 'finding.reported': return claim('findingAct', payload.act, { kind: 'reported', by, finding: payload.finding, on: payload.on, ...some('words'), files: sorted(payload.files) })
    case 'finding.decided': return claim('findingAct', payload.act, { kind: payload.outcome, by, finding: payload.finding, ...some('words') })
    case 'pledge.signed': return claim('pledgeAct', payload.act, { outcome: 'signed', ...some('assignment', 'statement', 'receipt', 'template', 'version', 'addressee') })
    case 'pledge.notSigned':
    case 'pledge.exitNoted': return claim('pledgeAct', payload.act, some('outcome', 'assignment', 'statement', 'receipt'))
    case 'certificate.submitted': return claim('certificate', payload.certificate, { by, ...some('company', 'receipt', 'statement', 'template', 'version'), engagements: sorted(payload.engagements) })
    case 'test.finished': return [
      ...claim('attempt', payload.attempt, some('assignment', 'ordinal', 'version', 'bank', 'seed', 'score', 'passed', 'answers')),
      ...(payload.completion ? claim('completion', `attempt ${text('attempt')}`, { assignment: payload.assignment, version: payload.version, rendered: (payload.completion as Payload).rendered, minutes: (payload.completion as Payload).minutes }) : []),
    ]
    case 'approval.decided': return [
      ...claim('approval', payload.request, { by, ...some('assignment', 'kind', 'outcome', 'words') }),
      ...claim('completion', payload.completion, { assignment: payload.assignment, by }),
      ...claim('pledgeAct', payload.act, { outcome: 'signed', ...some('assignment', 'receipt') }),
    ]
    case 'agreement.recorded': return claim('agreement', payload.agreement, { by, ...some('company', 'on', 'scan') })
    case 'agreement.ended': return claim('agreementEnd', payload.agreement, { by, ...some('company') })
    case 'content.published': return publishedClaims(payload, by)
    case 'content.revised': return claim('revision', `${text('module')} ${text('version')}`, { by, ...some('impact', 'gives', 'unit', 'reason') })
    case 'content.reviewed': return claim('review', payload.record, some('version', 'review', 'reviewer', 'words'))
    default: return []
  }
}

/** A publication names each file by its hash; one from within the product says who did it and what it asks of people. */
function publishedClaims(payload: Payload, by: string | null): Claim[] {
  if (typeof payload.version !== 'string') return []
  const slug = payload.version.split(' ')[1] ?? ''
  const files = listOf(payload.files).map((file): Claim => ({ kind: 'text', id: `${slug} ${(file as { sha256: string }).sha256}`, fields: {} }))
  const { impact, gives, unit, words } = payload
  return impact === undefined ? files : [...files, { kind: 'release', id: payload.version, fields: { by, impact, gives, unit, words } }]
}

/** The fact is not there, or the first field that says something else. */
export function faultOfFact({ fields }: Claim, fact: Payload | undefined): { fault: 'factLost' } | { fault: 'factChanged'; field: string } | null {
  if (!fact) return { fault: 'factLost' }
  const field = Object.keys(fields).find((key) => (fields[key] ?? null) !== (fact[key] ?? null))
  return field === undefined ? null : { fault: 'factChanged', field }
}
