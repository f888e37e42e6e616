import { HOUR_MS, MINUTE_MS, type Day, type Instant } from './calendar'
import type { Relation } from './people'

/** What each mail says; `issuedBy` is the account that asked for a code, null for the person alone. Kept in the outbox until it is sent. Codes are not in it: they are made when the mail leaves. */
export interface MailProps {
  /** An invitation to set a password for the first time. */
  invitation: { name: string; honorific: Honorific; site: string; contact: string; issuedBy: string | null }
  /** A code to set a new password. */
  reset: { name: string; honorific: Honorific; site: string; contact: string; issuedBy: string | null }
  /** The copy of a signature (CL16). */
  receipt: { name: string; honorific: Honorific; site: string; contact: string; document: string; addressee: string; signedAt: Instant; receipt: string }
  /** A finished module. */
  completion: { name: string; honorific: Honorific; site: string; contact: string; title: string; completedAt: Instant; minutes: number }
  /** Sent to the address that was registered before, when it changes. */
  addressChanged: { name: string; honorific: Honorific; site: string; contact: string; changedAt: Instant }
  /** That an answer has come to what the person asked or wrote; what it says is read after signing in. */
  answer: { name: string; honorific: Honorific; site: string; contact: string }
  /** To who decides: what waits to be decided, the oldest first, and how many more there are; why it is asked is read after signing in. */
  approvalAsked: LetterHead & { requests: AskedApproval[]; more: number }
  /** To who answers for a company or a unit: which checklists came back, and of how many items the report that they are mended; what is said is read after signing in. */
  checksReturned: LetterHead & { checks: CheckToAnswer[]; findings: number }
  /** To who asked, or to whom it is about (`person` null): how it was decided. */
  approvalDecided: LetterHead & { kindWords: string; person: string | null; target: string; outcome: 'accepted' | 'partly' | 'returned'; dueOn: Day | null }
  /** To one who leaves: what is to be finished and given back before the last day. */
  departure: LetterHead & Readable & { engagementId: string; lastDay: Day; open: { title: string; dueOn: Day }[]; returns: string[] }
  /** To a 上長: who leaves, and how many more there are. */
  leavers: LetterHead & { people: LeavingOne[]; more: number }
  /** To the 監査責任者: that one account opened or took more people's records in a day than usual. */
  accessAlarm: LetterHead & { number: string; kindWords: string; people: number; most: number; day: Day }
  /** The one request mail of the day. In the outbox it names the engagement only: what it says is found when it leaves. */
  request: RequestLetter
  /** To a 会社側担当者: which of the companies in care have something open; figures, and the dispatched who are known to both. */
  companyRequest: CompanyRequestLetter
  /** To a manager, once a week. */
  managerDigest: DigestLetter
  /** To a 会社側担当者, once a week. */
  companyDigest: DigestLetter & { companies: CompanyFigures[] }
}
export type MailTemplate = keyof MailProps

/** To whom a letter goes, in whose name, and whom to ask. */
export interface LetterHead {
  name: string
  honorific: Honorific
  site: string
  contact: string
}

/** What one is asked to do, and how long it takes. */
export interface AskedTask {
  title: string
  kind: 'module' | 'pledge'
  dueOn: Day
  minutes: number
  begun: boolean
  /** 受講の時間 that somebody has kept free for it. */
  slots: { from: Instant; to: Instant }[]
}

/** Somebody who leaves, as the 上長 or the employer reads it. `who` is name, number and 雇用形態 in one. */
export interface LeavingOne {
  who: string
  lastDay: Day
  open: string[]
  returns: string[]
}

/** What somebody asks to have decided. `asker` and `person` are name, number and 雇用形態 in one. */
export interface AskedApproval {
  kindWords: string
  asker: string
  person: string
  target: string
  wishedDueOn: Day | null
}

/** Who asks, and why, in the asker's own words. */
export interface Asker {
  who: string
  words: string
}

/** In which Japanese a letter is written. */
export interface Readable {
  /** やさしい日本語: short sentences, hard words with their reading (domain.md L29). */
  easy: boolean
}

export interface RequestLetter extends LetterHead, Readable {
  today: Day
  tasks: AskedTask[]
  askers: Asker[]
}

export interface CompanyFigures {
  name: string
  people: number
  /** People with something open, and those of them who are past a due day. */
  open: number
  late: number
  nextDue: Day | null
}

export interface CompanyRequestLetter extends LetterHead {
  today: Day
  companies: CompanyFigures[]
  /** Of a 派遣元: who waits for the 誓約取得証明, or whose state is shared. */
  people: { who: string; open: string; dueOn: Day }[]
  /** Own people who leave: of them the company takes back what they hold, and tells them that the duty goes on. */
  leaving: LeavingOne[]
  askers: Asker[]
}

/** A checklist that a company or unit has still to hand in. */
export interface CheckToAnswer {
  title: string
  /** The company or unit and the period. */
  of: string
  dueOn: Day
}

export interface DigestLetter extends LetterHead {
  today: Day
  open: number
  late: number
  soon: number
  onLeave: number
  /** Whoever is past a due day: name, number, 雇用形態, and since how many days. At most so many; `late` counts all. */
  people: { who: string; days: number }[]
  /** Checklists of the companies or units that the reader answers for. */
  checks: CheckToAnswer[]
}

/** さん inside, 様 for those who work on their own account (voice.md §5). */
export type Honorific = 'さん' | '様'

/** Who writes to whom: a contractor's worker hears from the employer, never from the operator (domain.md L25). */
export function letterHead(to: { name: string; relation: Relation; companyName: string }, words: { operator: string; consultDesk: string }): LetterHead {
  const employer = to.relation === 'contract'
  return {
    name: to.name, honorific: (to.relation === 'sole' ? '様' : 'さん') as Honorific,
    site: employer ? to.companyName : words.operator, contact: employer ? `${to.companyName}の責任者` : words.consultDesk,
  }
}

export type MailClass = 'request' | 'receipt' | 'code' | 'digest'
export const MAIL_CLASSES = {
  invitation: 'code', reset: 'code', receipt: 'receipt', completion: 'receipt', addressChanged: 'receipt', answer: 'receipt',
  approvalDecided: 'receipt', accessAlarm: 'receipt', request: 'request', companyRequest: 'request', departure: 'request', leavers: 'request', approvalAsked: 'request', checksReturned: 'request', managerDigest: 'digest', companyDigest: 'digest',
} as const satisfies Record<MailTemplate, MailClass>

/** Letters that ask for something: a person gets one of them a day at most, and it leaves within the hours. */
export type RequestTemplate = { [T in MailTemplate]: (typeof MAIL_CLASSES)[T] extends 'request' ? T : never }[MailTemplate]

/** Whether what a mail says is found when it leaves. */
export const isComposed = (template: string): template is ComposedTemplate => ['request', 'digest'].includes(MAIL_CLASSES[template as MailTemplate])
export type ComposedTemplate = RequestTemplate | 'managerDigest' | 'companyDigest'

/** What a sent mail adds to its props: the address of the front door, and the code where it carries one. */
export type Rendered<T extends MailTemplate> = MailProps[T] & { door: string } & ((typeof MAIL_CLASSES)[T] extends 'code' ? { code: string; until: Instant } : unknown)

/** After so many tries in vain a mail is given up, for everybody to see. */
export const MOST_TRIES = 8

/** How long to wait after the n-th try in vain: one minute, then twice as long each time, at most six hours. */
export const waitAfterTry = (tries: number): number => Math.min(6 * HOUR_MS, MINUTE_MS * 2 ** Math.max(0, tries - 1))

/** An address that can be written to: one @, something on both sides, no blanks or control characters. */
export const isMailAddress = (text: string): boolean => /^[^\s@<>"',;:\\()[\]]+@[^\s@<>"',;:\\()[\]]+\.[^\s@<>"',;:\\()[\]]+$/.test(text) && text.length <= 190

/** Domains that are reserved and belong to nobody (RFC 2606, RFC 6761): the demonstration's people live there. */
const RESERVED = /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))\.?$/i

/** An address at a reserved domain: whatever is written to it, no post office is asked to carry it. */
export const isFictional = (address: string): boolean => RESERVED.test(address.slice(address.lastIndexOf('@') + 1))

/** An address at which somebody can be written to. Who has none is told on paper, whatever stands in the register. */
export const isReached = (address: string): boolean => isMailAddress(address) && !isFictional(address)

/** How the post stands for this installation; the demonstration's addresses are fictional, whatever post there is. */
export type PostState = 'open' | 'closed' | 'fictional'
export const postOf = ({ smtpUrl, demo }: { smtpUrl: string | undefined; demo: boolean }): PostState => (demo ? 'fictional' : smtpUrl === undefined ? 'closed' : 'open')
