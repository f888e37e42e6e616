import { z } from 'zod'
import { ASKED_ROLES, CATEGORIES, COMPANY_KINDS, ENGAGEMENT_KINDS, UNIT_KINDS, type AskedRole, type Category, type CompanyKind, type EngagementKind, type UnitKind } from '../domain/people'
import type { OperatorField } from '../domain/effective-settings'
import { isDay } from '../domain/calendar'
import { OCCASIONS } from '../domain/pledge-clauses'
import { parseRequestHours, WIDEST_HOURS } from '../domain/request-hours'
import type { ChecklistMeta } from './checklist-schema'
import { schemaFault } from './plain-faults'

/** The shapes of content/: what HR and counsel may write. Errors name file, line and field (app/content/library.server.ts). */
const id = z.string().regex(/^[a-z0-9-]+$/, '小文字の英数字と「-」で書いてください')
const day = z.string().refine(isDay, 'YYYY-MM-DD の日付で書いてください')
const version = z.string().regex(/^\d+\.\d+$/, '"1.0" のように書いてください')
const slug = z.string().regex(/^[A-Z]{1,3}[0-9A-Za-z-]*$/, '大文字の英字で始め、英数字と「-」で書いてください(例 X01)')
const letter = z.string().regex(/^[a-z]$/, 'a・b のように、小文字1字で書いてください')
const clause = z.string().regex(/^CL\d{2}$/, 'CL02 のように書いてください')
const monthDay = z.string().regex(/^\d{2}-\d{2}$/, '"04-01" のように、月と日で書いてください')
const kinds = z.array(z.enum(Object.keys(ENGAGEMENT_KINDS) as [EngagementKind, ...EngagementKind[]])).min(1)
const line = z.string().trim().min(1)

export const moduleSchema = z.strictObject({
  /** A unit is short: no job aid, fewer questions. */
  unit: z.boolean().default(false),
  slug, version, title: line, summary: line, minutes: z.int().positive(), asOf: day, objectives: z.array(line).min(1),
  quiz: z.strictObject({ draw: z.int().min(1), passPercent: z.int().min(1).max(100), waitMinutes: z.int().min(0), maxAttempts: z.int().min(0), minutes: z.int().positive(), limitMinutes: z.int().positive().optional() }),
  topics: z.array(z.strictObject({ id, title: line, sections: z.array(id).min(1) })).min(1),
  sections: z.array(z.strictObject({ id, minutes: z.number().positive(), asOf: day, provisions: z.array(line).min(1), laws: z.array(line) })).min(1),
})
export type ModuleMeta = z.infer<typeof moduleSchema>

const option = z.strictObject({ id: letter, text: line, correct: z.boolean().optional(), why: line.optional() })
export const questionSchema = z.strictObject({
  id: line, topic: id, kind: z.enum(['single', 'multiple', 'truefalse', 'order']), situational: z.boolean(), reportFirst: z.boolean(), difficulty: z.int().min(1).max(3),
  text: line, options: z.array(option).min(2).max(6), explanation: line, section: id, provisions: z.array(line).min(1), laws: z.array(line).min(1),
})
export const bankSchema = z.strictObject({ slug, version, questions: z.array(questionSchema).min(1) })
export type Question = z.infer<typeof questionSchema>
export type Bank = z.infer<typeof bankSchema>

/** The words of a bank in another track: the same questions, options and keys, told differently. */
export const bankWordsSchema = z.strictObject({
  slug, version, track: z.string().regex(/^[a-z]{2}(-[a-z]+)?$/, 'ja-easy・en のように書いてください'),
  questions: z.array(z.strictObject({ id: line, text: line, options: z.array(z.strictObject({ id: letter, text: line, why: line.optional() })).min(2).max(6), explanation: line })).min(1),
})
export type BankWords = z.infer<typeof bankWordsSchema>

/** When it is promised: at the beginning, on a new scope of handling (PL4), once a year (PL5), at the end. */
export const pledgeSchema = z.strictObject({
  slug, version, title: line, relation: z.enum(['employment', 'mandate', 'dispatched', 'contractor', 'sole']), kinds, occasion: z.enum(OCCASIONS), addressee: z.enum(['operator', 'employer']),
  minutes: z.int().positive(), asOf: day, provisions: z.array(line).min(1), laws: z.array(line),
  clauses: z.array(clause).min(1), keyClauses: z.array(z.strictObject({ clause, statement: line })).min(1),
})
export type PledgeMeta = z.infer<typeof pledgeSchema>

export { checklistSchema, type ChecklistMeta } from './checklist-schema'

/** `requestHours`: when whatever asks for something may be sent, on 営業日. The rest are variables that are filled into texts when shown; what was filled in is part of what is hashed. */
const toFillIn = line.refine((text) => !text.includes('{{'), '{{ }} は書けません。消して、言葉で書いてください(ここに書いた言葉が、教材の {{ }} に入ります)')
const operatorFields = {
  operator: toFillIn, reportDesk: toFillIn, consultDesk: toFillIn, hotline: toFillIn, handlingRules: toFillIn, workRules: toFillIn,
  otherSecretYears: z.string().regex(/^[1-9]\d?$/, '"3" のように、年数を半角の数字で書いてください'),
  requestHours: z.string().refine((text) => parseRequestHours(text) !== undefined, `"9-18" のように、${WIDEST_HOURS.from}時から${WIDEST_HOURS.to}時までの中で書いてください(夜間には送りません)`),
} satisfies Record<OperatorField, unknown>
export const operatorSchema = z.strictObject({ ...operatorFields, requestHours: operatorFields.requestHours.default('9-18') })
/** What an operator says otherwise than ours (CONTENT_DIR): only the fields that differ. */
export const ownOperatorSchema = z.strictObject(operatorFields).partial()
export type OperatorWords = z.infer<typeof operatorSchema>
/** `scope`: what somebody handles, a line each; only a pledge on a new scope of handling names it. */
export type Variables = OperatorWords & { employer: string; reportTo: string; addressee: string; scope: string }

/** What is given back, erased and stopped at the end, and the letter that the duty goes on. It never hinders what CL13 names (domain.md L30, L31). */
export const departureSchema = z.strictObject({
  asOf: day,
  items: z.array(z.strictObject({ kind: z.enum(['thing', 'data', 'access']), words: line.max(100) })).min(1),
  letter: z.strictObject({
    title: line, laws: z.array(line).min(1),
    paragraphs: z.array(line).min(1).refine((texts) => texts.some((text) => text.includes('公益通報') && text.includes('妨げません')), '公益通報などを妨げないこと(CL13)の文がありません。「公益通報」と「妨げません」を含む文を足してください'),
  }),
})
export type DepartureContent = z.infer<typeof departureSchema>

/** One source of law: its name, article and what it is about, since when its wording holds, and what changed it (domain.md §3). Texts cite the id; readers see the title. */
export const lawSchema = z.strictObject({
  id: line, law: line, article: line.optional(), about: line.optional(), validFrom: day, status: z.enum(['current', 'unverified']),
  changes: z.array(z.strictObject({ on: day, what: line, /** Texts that told the coming wording before its day: a slug, or a slug and version. */ toldBy: z.array(line).default([]) })).default([]),
}).transform((law) => ({ ...law, title: `${law.law}${law.article ? ` ${law.article}` : ''}${law.about ? `(${law.about})` : ''}` }))
export type Law = z.infer<typeof lawSchema>

const audience = z.strictObject({
  kinds: kinds.optional(), companyKinds: z.array(z.enum(Object.keys(COMPANY_KINDS) as [CompanyKind, ...CompanyKind[]])).min(1).optional(),
  units: z.array(line).min(1).optional(), unitKinds: z.array(z.enum(Object.keys(UNIT_KINDS) as [UnitKind, ...UnitKind[]])).min(1).optional(),
  roles: z.array(z.enum(Object.keys(ASKED_ROLES) as [AskedRole, ...AskedRole[]])).min(1).optional(), categories: z.array(z.enum(Object.keys(CATEGORIES) as [Category, ...Category[]])).min(1).optional(),
}).refine((named) => Object.keys(named).length > 0, '対象を1つ以上書いてください(雇用形態、会社の種別、所属、所属の種別、役割、取り扱う情報)')
/** One audience, or a list; read as the one that it is, so that an error names its own field. */
const audiences = z.unknown().transform((given, context): z.infer<typeof audience> | z.infer<typeof audience>[] => {
  const read = (Array.isArray(given) ? z.array(audience).min(2) : audience).safeParse(given, { error: schemaFault })
  if (read.success) return read.data
  context.issues.push(...read.error.issues.map((issue) => ({ ...issue, input: given }) as (typeof context.issues)[number]))
  return z.NEVER
})
const afterEvent = { businessDays: z.int().min(0), newOnly: z.literal(true).optional() }

const NO_TARGET = 'module か pledge か certificate と書いてください。点検表は人に割り当てません(会社や部署が答えます。だれが、いつまでに答えるかは checklist.yaml に書きます)'

/** Who must do what, and by when. What an audience does not name is not asked for; of several audiences any is enough. */
export const requirementSchema = z.strictObject({
  id, version: z.int().positive(), validFrom: day, title: line,
  /** Requirements that it takes the place of: they ask nothing more from its first day on. */
  stops: z.array(id).optional(),
  audience: audiences,
  target: z.strictObject({ kind: z.enum(['module', 'pledge', 'certificate'], NO_TARGET), slug }),
  when: z.discriminatedUnion('on', [
    z.strictObject({ on: z.literal('start'), ...afterEvent }),
    z.strictObject({ on: z.literal('appointment'), ...afterEvent }),
    z.strictObject({ on: z.literal('scope'), ...afterEvent }),
    z.strictObject({ on: z.literal('fiscalYear'), opens: monthDay, due: monthDay, confirmsEntry: z.literal(true).optional() }),
    z.strictObject({ on: z.literal('end'), daysBefore: z.int().min(1) }),
  ]),
}).refine(({ when, audience }) => when.on !== 'appointment' || [audience].flat().every(({ roles }) => roles), { path: ['audience'], message: '任命されたときの決まりには、対象に役割(roles)を書いてください' })
export type Requirement = z.infer<typeof requirementSchema>

/** Ends requirements from a day on without asking for anything else; a later version with an empty list lets them ask again. */
const stopSchema = z.strictObject({ id, version: z.int().positive(), validFrom: day, title: line, stops: z.array(id) })
export type Stop = z.infer<typeof stopSchema>
export type Rule = Requirement | Stop

/** An entry of requirements.yaml; read as the one that it is, so that an error names its own field. */
export const ruleSchema = z.unknown().transform((given, context): Rule => {
  const isStop = typeof given === 'object' && given !== null && 'stops' in given && !('audience' in given) && !('target' in given) && !('when' in given)
  const read = (isStop ? stopSchema : requirementSchema).safeParse(given, { error: schemaFault })
  if (read.success) return read.data
  context.issues.push(...read.error.issues.map((issue) => ({ ...issue, input: given }) as (typeof context.issues)[number]))
  return z.NEVER
})
export const isRequirement = (rule: Rule): rule is Requirement => 'target' in rule

/** One page as it is shown: HTML that went through the sanitiser, and the hash of exactly these bytes. */
export interface RenderedPage {
  html: string
  title: string
  titleHtml: string
  sha256: string
}

export interface PageSource {
  id: string
  title: string
  /** Number of characters a reader reads, ruby not counted. */
  characters: number
}

/** `aids`: the tracks of its job aid, a page to print and keep. */
export interface ModuleVersion { kind: 'module'; meta: ModuleMeta; bank: Bank; pages: readonly PageSource[]; sha256: string; bankSha256: string; tracks: readonly string[]; aids: readonly string[] }
/** `told`: what it is called in each track, and how the track tells its key clauses. */
export interface PledgeVersion { kind: 'pledge'; meta: PledgeMeta; pages: readonly PageSource[]; sha256: string; tracks: readonly string[]; told: ReadonlyMap<string, { title: string; statements: ReadonlyMap<string, { text: string; source: string }> }> }
export interface ChecklistVersion { kind: 'checklist'; meta: ChecklistMeta; sha256: string }
export interface NoticeVersion { kind: 'notice'; version: string; asOf: string; pages: readonly PageSource[]; sha256: string }
