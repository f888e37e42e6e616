import { askerFor, decideAsking, type AskedDuty, type Done } from './approval'
import type { Day, WorkCalendar } from './calendar'
import type { Relation } from './people'
import { isRefusal } from './refusal'

/** How many numbers one sheet of a 集合研修 may hold. */
export const MOST_IN_CLASS = 500

/** Why somebody on the sheet does not count. */
export const NOT_COUNTED = {
  unknown: '名簿にない番号です(終わった方を含みます)',
  self: '自分の記録は、ほかの人事担当者が入力します',
  employers: '委託先の方です。雇い主が「同等の研修」として申請します',
  noDuty: 'この研修は割り当てられていません',
  settled: 'この研修は、もう終わっています',
  waiting: 'ほかの申請が、承認を待っています',
  outside: '実施した日が、この研修の期間の外です',
  other: 'この方には記録できません',
} as const
export type NotCounted = keyof typeof NOT_COUNTED

/** The numbers of a sheet as typed or pasted: separated by blanks, lines, commas or 、; each once, in their order. */
export const numbersOf = (text: string): string[] => [...new Set(text.normalize('NFKC').split(/[\s,、，;]+/).filter((one) => one !== ''))]

/** Somebody of the register whose number stands on the sheet, with the duty for the module if there is one. */
export interface Attendee {
  number: string
  relation: Relation
  self: boolean
  duty: AskedDuty | undefined
}

/** Who counts and who does not, number by number; a person of the sheet that the register lacks is unknown. */
export function attendanceOf<A extends Attendee>(numbers: readonly string[], people: readonly A[], done: Done, today: Day, calendar: WorkCalendar): { number: string; person: A | undefined; not: NotCounted | null }[] {
  const byNumber = new Map(people.map((one) => [one.number, one]))
  return numbers.map((number) => {
    const person = byNumber.get(number)
    return { number, person, not: person ? whyNot(person, done, today, calendar) : 'unknown' }
  })
}

function whyNot({ relation, self, duty }: Attendee, done: Done, today: Day, calendar: WorkCalendar): NotCounted | null {
  if (self) return 'self'
  if (!askerFor('class', { inLine: false, ofCompany: false, office: true, self }, relation)) return 'employers'
  if (!duty) return 'noDuty'
  const decided = decideAsking({ kind: 'class', reasonCode: 'attended', note: '', wishedDueOn: null, done, hasScan: true }, duty, () => true, today, calendar)
  if (!isRefusal(decided)) return null
  return ({ approvalSettled: 'settled', approvalWaiting: 'waiting', heldOutside: 'outside' } as Readonly<Record<string, NotCounted>>)[decided.refused] ?? 'other'
}
