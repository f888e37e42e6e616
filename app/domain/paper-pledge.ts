import type { Day, Instant } from './calendar'
import type { EngagementKind } from './people'

/** What is kept of a pledge signed on paper: who signed what and when, the scan of it, who entered it and who accepted it (A36). */
export interface PaperStatement {
  format: 'shuhi-paper-pledge-1'
  demonstration?: true
  receipt: string
  /** `version` is '' where an old paper does not tell. */
  template: { slug: string; version: string; title: string }
  addressee: { companyId: string; name: string }
  signer: { engagementId: string; number: string; kind: EngagementKind; nameRegistered: string; nameOnPaper: string }
  signedOn: Day
  /** SHA-256 of the scan. */
  scan: string
  enteredBy: string
  acceptedBy: string
  acceptedAt: Instant
}
