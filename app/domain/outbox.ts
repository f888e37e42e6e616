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
 * nobody's to read, an alarm about HR is the auditor's, and what a contractor asks of its own side, or its worker hears from it, is
 * between the two (domain.md L25).
 */
export function mayReadMail(mail: { class: MailClass; template: string; relations: readonly Relation[]; askedByCompany: boolean }): boolean {
  if (mail.class === 'code' || mail.template === 'accessAlarm') return false
  return mail.template === 'companyRequest' ? !mail.askedByCompany : !mail.relations.includes('contract')
}
