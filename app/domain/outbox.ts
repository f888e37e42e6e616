import type { MailClass } from './mail'
import type { Relation } from './people'

/** The tabs of 「送信待ちメール」. */
export const OUTBOX_TABS = ['open', 'waiting', 'again', 'givenUp', 'sent', 'needless', 'fictional'] as const
export type OutboxTab = (typeof OUTBOX_TABS)[number]

/** k•••@sample.example: whose it is may be told by the number; the address itself is for nobody's eyes here. */
export const maskedAddress = (address: string): string => address.replace(/^(.)[^@]*@/u, '$1•••@')

/** A post's answer without the addresses in it. */
export const withoutAddresses = (text: string): string => text.replace(/([^\s<>@:;,"'()[\]])[^\s<>@:;,"'()[\]]*@/gu, '$1•••@')

/**
 * Whether HR may open what a mail says: requests, receipts and digests of those whose employer it is or who work under it. Codes are
 * nobody's to read, and what a contractor's worker hears from the own employer is between the two (domain.md L25).
 */
export function mayReadMail(mail: { class: MailClass; template: string; relations: readonly Relation[] }): boolean {
  if (mail.class === 'code') return false
  return mail.template === 'companyRequest' || !mail.relations.includes('contract')
}
