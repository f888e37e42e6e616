import { z } from 'zod'

const many = z.union([z.array(z.string().max(64)), z.string().max(64).transform((one) => [one])]).optional().transform((all) => [...new Set(all ?? [])])

/** The form that leads to the page before asking (`e`, `one`, `co`, of one `unit`), and the one on it, which sends. */
export const askingForm = z.object({
  e: many, one: z.string().max(64).optional(), co: many, unit: z.string().max(64).optional(), share: many, key: z.string().max(64).optional(), note: z.string().trim().transform((words) => words.slice(0, 300)).optional(), send: z.literal('1').optional(),
})
export type AskingForm = z.infer<typeof askingForm>

/** Whom the form names: one alone when its own button was pressed, whatever else is ticked. */
export const askingOf = ({ e, one, co, unit }: Pick<AskingForm, 'e' | 'one' | 'co' | 'unit'>) => (one ? { engagementIds: [one], companyIds: [] } : { engagementIds: e, companyIds: co, ...(unit && { unitId: unit }) })
