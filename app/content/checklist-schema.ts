import { z } from 'zod'
import { isDay } from '../domain/calendar'

/** The shape of a checklist: a versioned form that somebody answers item by item, signs and hands over (domain.md C21, C22, C37; seed 004). */
const line = z.string().trim().min(1)
const id = z.string().regex(/^[a-z0-9-]+$/, '小文字の英数字と「-」で書いてください')
const day = z.string().refine(isDay, 'YYYY-MM-DD の日付で書いてください')
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '"06-30" のように書いてください')

/** `how`: how to find out. `always`: 「該当なし」 is no answer. `provisions` names the source by id; the number is the one readers see (1-7). */
const item = z.strictObject({ id, number: line, text: line, how: line.optional(), always: z.boolean().default(false), provisions: z.array(line).min(1) })

/**
 * Whose it is, who answers, to whom it goes and when. A checklist hangs on a company, a unit or a contract, and not on a person: it is no
 * assignment, and whoever answers for the company or unit on that day owes it.
 * handedTo: operator = accepted or returned by the office; file = complete with the signature.
 */
export const checklistSchema = z.strictObject({
  slug: z.string().regex(/^[A-Z]{1,3}[0-9A-Za-z-]*$/), version: z.string().regex(/^\d+\.\d+$/, '"1.0" のように書いてください'), title: line, summary: line, minutes: z.int().positive(), asOf: day,
  /** Since when it is asked for, the same in every version; in an installation no earlier than it came there (content/filing-forms). */
  validFrom: day,
  subject: z.enum(['company', 'entrustment', 'unit']), companyKinds: z.array(z.enum(['agency', 'contractor', 'subcontractor', 'salesAgency', 'sole'])).default([]),
  answeredBy: z.enum(['company', 'protectionManager', 'operator']), handedTo: z.enum(['operator', 'file']), attachments: z.boolean(),
  period: z.discriminatedUnion('every', [
    z.strictObject({ every: z.literal('fiscalYear'), opens: monthDay, due: monthDay }),
    z.strictObject({ every: z.literal('month') }),
    z.strictObject({ every: z.literal('end'), opensDaysBefore: z.int().positive(), dueBusinessDays: z.int().positive() }),
  ]),
  /** What is signed; {{subject}} is the company or unit. */
  declaration: line, laws: z.array(line), provisions: z.array(line).min(1),
  groups: z.array(z.strictObject({ id, title: line, note: line.optional(), items: z.array(item).min(1) })).min(1),
}).superRefine(({ subject, companyKinds, answeredBy, period, groups }, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if ((subject === 'unit') !== (answeredBy === 'protectionManager')) refuse('answeredBy', '部署の点検は protectionManager が、会社と契約の点検は company か operator が答えます。subject と answeredBy を合わせてください')
  if ((subject === 'unit') !== (companyKinds.length === 0)) refuse('companyKinds', '会社と契約の点検には会社の種別を書き、部署の点検には書きません。subject と companyKinds を合わせてください')
  if ((subject === 'entrustment') !== (period.every === 'end')) refuse('period', '終了時の点検は契約(entrustment)ごとです。subject: entrustment と every: end は、組で書いてください')
  for (const field of ['id', 'number'] as const) {
    const seen = new Set<string>()
    for (const one of groups.flatMap(({ items }) => items)) if (seen.has(one[field])) refuse('groups', `項目の ${field}「${one[field]}」が2回出てきます。どちらかを変えてください`)
      else seen.add(one[field])
  }
})
export type ChecklistMeta = z.infer<typeof checklistSchema>
export type ChecklistItem = ChecklistMeta['groups'][number]['items'][number]

/** All items in their order. */
export const itemsOf = ({ groups }: Pick<ChecklistMeta, 'groups'>): ChecklistItem[] => groups.flatMap(({ items }) => items)
