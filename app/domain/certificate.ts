import type { Day, Instant } from './calendar'
import { refuse, type Refusal } from './refusal'

/** One person of a 誓約取得証明: who, and the day on which the employer took the pledge. */
export interface CertificateLine {
  engagementId: string
  number: string
  takenOn: Day
  /** The signature given here, when it was. */
  receipt: string | null
}

/** What a 会社側担当者 declares, as it is hashed and kept. People stand in it by number: it goes to the operator (domain.md §5.3). */
export interface CertificateStatement {
  format: 'shuhi-certificate-1'
  receipt: string
  company: { id: string; name: string }
  addressee: { name: string }
  template: { slug: string; version: string; title: string; sha256: string }
  declaration: string
  lines: CertificateLine[]
  declaredBy: { engagementId: string; number: string; nameRegistered: string; nameTyped: string }
  authentication: { method: string; reenteredAt: Instant; credentialOrigin: string }
  at: Instant
  atText: string
  address: string
  agent: string
}

/** The words of the declaration; they are shown and hashed alike. */
export const declarationOf = (company: string, operator: string, template: { title: string; version: string }, people: number): string =>
  `${company}は、次の${people}人から、「${template.title}」第${template.version}版の内容の誓約を受け取り、保管していることを、${operator}に証明します。誓約は各人が自分の意思で署名したもので、署名しないことを理由に不利益な扱いはしていません。`

export const MOST_LINES = 100

/** Why these people can not be certified, or null: each must still be open and in reach, and a pledge is never taken in the future. */
export function refusalToCertify(
  facts: { asked: readonly { engagementId: string; takenOn: Day }[]; found: readonly { engagementId: string; number: string }[]; nameMatches: boolean; nameRegistered: string },
  today: Day,
): Refusal<'nobodyCertified' | 'tooManyChosen' | 'certifiedMeanwhile' | 'takenInFuture' | 'nameDiffers'> | null {
  if (facts.asked.length === 0) return refuse('nobodyCertified')
  if (facts.asked.length > MOST_LINES) return refuse('tooManyChosen', { most: MOST_LINES })
  const found = new Map(facts.found.map((one) => [one.engagementId, one]))
  const missing = facts.asked.filter(({ engagementId }) => !found.has(engagementId)).length
  if (missing > 0) return refuse('certifiedMeanwhile', { count: missing })
  const early = facts.asked.find(({ takenOn }) => takenOn > today)
  if (early) return refuse('takenInFuture', { number: found.get(early.engagementId)!.number })
  return facts.nameMatches ? null : refuse('nameDiffers', { name: facts.nameRegistered })
}
