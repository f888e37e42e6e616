import type { Day, Instant } from './calendar'
import type { Answer, FilingCounts } from './filing'

/** One item of a signed checklist: the words as they were shown, what was answered, and the hash of each file that went with it. */
export interface StatedItem {
  id: string
  group: string
  number: string
  text: string
  answer: Answer
  remark: string
  improveBy: Day | ''
  attachments: { name: string; sha256: string; size: number; type: string }[]
}

/** What a signed checklist says, as it is hashed and kept: the form's bytes by their hash, every answer, who signed it for whom and how. */
export interface FilingStatement {
  format: 'shuhi-filing-1'
  /** Signed in the demonstration: no record of any business. */
  demonstration?: true
  receipt: string
  form: { slug: string; version: string; title: string; sha256: string }
  subject: { kind: 'company' | 'entrustment' | 'unit'; id: string; name: string }
  addressee: string
  period: string
  dueOn: Day
  /** The hash of the statement that came back, where this one answers it. */
  replaces: string | null
  items: StatedItem[]
  counts: FilingCounts
  declaration: string
  signer: { engagementId: string; number: string; company: string; capacity: 'companyContact' | 'soleContractor' | 'protectionManager' | 'hr' | 'chief'; nameRegistered: string; nameTyped: string }
  authentication: { method: string; reenteredAt: Instant; credentialOrigin: string }
  at: Instant
  atText: string
  address: string
  agent: string
}
