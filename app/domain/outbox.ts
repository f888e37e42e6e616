/** The tabs of 「送信待ちメール」. */
export const OUTBOX_TABS = ['open', 'waiting', 'again', 'givenUp', 'sent', 'needless', 'fictional'] as const
export type OutboxTab = (typeof OUTBOX_TABS)[number]

/** k•••@sample.example: whose it is may be told by the number; the address itself is for nobody's eyes here. */
export const maskedAddress = (address: string): string => address.replace(/^(.)[^@]*@/u, '$1•••@')

/** A post's answer without the addresses in it. */
export const withoutAddresses = (text: string): string => text.replace(/([^\s<>@:;,"'()[\]])[^\s<>@:;,"'()[\]]*@/gu, '$1•••@')
