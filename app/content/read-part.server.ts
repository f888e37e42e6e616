import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { isDay } from '../domain/calendar'
import { sha256 } from '../domain/ledger/entry'
import { readHelp, type HelpPage } from './help.server'
import { isLeftover } from './leftovers'
import { misnamed } from './own-folder.server'
import { realNamesSchema } from './real-names'
import { departureSchema, lawSchema, operatorSchema, ownOperatorSchema, ruleSchema, type DepartureContent, type Law, type OperatorWords, type Rule } from './schema'
import { brokenRules, brokenSeals, fileOfSeal, isIntact, LOCK_FILE, lostRules, readSeals, type Seal } from './seal.server'
import { readYaml, type Checked, type ContentError } from './source.server'
import { onText, readText } from './text.server'
import { unreadBeside, unreadIn } from './unread-files.server'
import { bankNumberOf, readVersion, type Files, type Kind, type ReadVersion } from './versions.server'

const day = z.string().refine(isDay, 'YYYY-MM-DD の日付で書いてください')
const word = z.string().trim().min(1)
const daysOff = z.array(z.strictObject({ day, name: word }))
const fiscalYearStart = z.int().min(1).max(12)
const calendarSchema = z.strictObject({ fiscalYearStart, holidays: daysOff, companyDaysOff: daysOff.default([]) })
const ownCalendarSchema = z.strictObject({ fiscalYearStart: fiscalYearStart.optional(), holidays: daysOff.default([]), companyDaysOff: daysOff.default([]) })
const kind = z.enum(['module', 'pledge', 'checklist', 'notice'])
const reviewSchema = z.array(z.strictObject({ kind, slug: word, version: word, status: z.enum(['draft', 'internal', 'counsel', 'needsUpdate', 'superseded']), by: word, on: day, note: z.string().default('') }))
const erratumSchema = z.array(z.strictObject({ slug: word, question: word, on: day, correct: z.array(z.string().regex(/^[a-z]$/, 'a・b のように、小文字1字で書いてください')).min(1), reason: word }))
export type Review = z.infer<typeof reviewSchema>[number]
export type Erratum = z.infer<typeof erratumSchema>[number]

/** A folder of content: ours, or the second one in which an operator keeps its own (CONTENT_DIR). */
export interface Root {
  path: string
  isOwn: boolean
}

/** One row of the ledger of what is asked (domain.md §1): where it stands, what it asks, where it is to be met, and on which line of which file. */
export interface Provision {
  id: string
  seed: string
  section: string
  paraphrase: string
  /** The same in plain Japanese, for those who look things up; empty where nobody has written it. */
  words: string
  satisfiedBy: string
  fit: string
  status: string
  file: string
  line: number
}

/** What stands in a folder under the name of a version. */
export type Standing = Pick<ReadVersion, 'kind' | 'slug' | 'number' | 'folder' | 'files' | 'bankNumber'>

/** One of the two folders as it stands. Of an operator's own every part is optional, and the words name only what differs. */
export interface Part extends Root {
  words: Partial<OperatorWords> | undefined
  laws: Checked<Law[]> | undefined
  provisions: readonly Provision[]
  calendar: z.infer<typeof ownCalendarSchema> | undefined
  rules: Checked<Rule[]> | undefined
  reviews: readonly Review[]
  errata: readonly Erratum[]
  /** The line of a review or a correction in its file. */
  lineOf: (of: 'reviews' | 'errata', at: number) => number
  departure: DepartureContent | undefined
  help: readonly HelpPage[]
  realNames: z.infer<typeof realNamesSchema>
  versions: readonly ReadVersion[]
  standing: readonly Standing[]
  /** null while nothing in this folder was ever published. */
  seals: readonly Seal[] | null
  /** What was read beside the versions, by name, each with its SHA-256. */
  marks: ReadonlyMap<string, string>
}

export interface Found {
  errors: ContentError[]
  draftErrors: ContentError[]
}

/** Where in a folder each kind of text stands. */
export const PLACES: readonly [Kind, string][] = [['module', 'modules'], ['pledge', 'pledges'], ['checklist', 'checklists'], ['notice', 'notices']]

/** Reads one folder; every error is collected, none stops the reading of the rest. */
export function readPart({ path: folder, isOwn }: Root, { errors, draftErrors }: Found, trustSeals: boolean): Part {
  const yaml = <T>(name: string, schema: z.ZodType<T>, needed = false): Checked<T> | undefined => {
    const path = join(folder, name)
    if (existsSync(path)) return onText(path, errors, (text) => readYaml(text, path, schema, errors))
    if (needed && !isOwn) errors.push({ file: path, line: 1, field: '', message: NO_STANDARD_FILE })
    return undefined
  }
  const lockPath = join(folder, LOCK_FILE)
  const seals = existsSync(lockPath) ? (onText(lockPath, errors, (text) => readSeals(text, lockPath, errors)) ?? []) : null
  draftErrors.push(...unreadBeside(folder))
  const { versions, standing } = readVersions({ path: folder, isOwn }, seals ?? [], { errors, draftErrors }, trustSeals)
  const rules = yaml('requirements.yaml', z.array(ruleSchema), true)
  const beside = { reviews: yaml('reviews.yaml', reviewSchema), errata: yaml('errata.yaml', erratumSchema) }
  errors.push(...brokenRules(seals ?? [], rules?.value ?? [], (at, { id, version }) => ({
    file: join(folder, 'requirements.yaml'), line: rules!.lineOf([at]), field: `${id} ${version}`, message: '公開した決まりが変わっています。元に戻し、version を上げて新しく書いてください',
  })))
  if (rules || !existsSync(join(folder, 'requirements.yaml')))
    errors.push(...lostRules(seals ?? [], rules?.value ?? []).map(({ slug, version }) => ({
      file: join(folder, 'requirements.yaml'), line: 1, field: `${slug} ${version}`, message: '公開した決まりがなくなっています。元に戻してください。やめるときは、消さずに残し、stops に id を書いた決まりを足します',
    })))
  return {
    path: folder, isOwn, versions, standing, seals, rules, marks: marksOf(folder),
    words: yaml<Partial<OperatorWords>>('operator.yaml', isOwn ? ownOperatorSchema : operatorSchema, true)?.value,
    calendar: yaml<z.infer<typeof ownCalendarSchema>>('calendar/holidays.yaml', isOwn ? ownCalendarSchema : calendarSchema, true)?.value,
    laws: yaml('laws.yaml', z.array(lawSchema), true),
    provisions: readProvisions(join(folder, 'provisions.tsv'), !isOwn, errors),
    realNames: yaml('real-names.yaml', realNamesSchema)?.value ?? [],
    reviews: beside.reviews?.value ?? [],
    departure: yaml('departure.yaml', departureSchema)?.value,
    help: readHelp(folder, draftErrors, trustSeals && !isOwn),
    errata: beside.errata?.value ?? [],
    lineOf: (of, at) => beside[of]?.lineOf([at]) ?? 1,
  }
}

function readVersions({ path: folder, isOwn }: Root, seals: readonly Seal[], { errors, draftErrors }: Found, trustSeals: boolean): Pick<Part, 'versions' | 'standing'> {
  const sealed = new Set(seals.map(({ kind, slug, version }) => `${kind} ${slug} ${version}`))
  const versions: ReadVersion[] = []
  const standing: Standing[] = []
  /** What is wrong inside the versions that were published, by folder. */
  const inside: { path: string; faults: ContentError[] }[] = []
  const places = new Map<string, { folder: string; files: Files; bankVersion: string | undefined }>()
  for (const [kind, name] of PLACES)
    for (const slug of foldersIn(join(folder, name)))
      for (const number of foldersIn(join(folder, name, slug))) {
        const path = join(folder, name, slug, number)
        const files = filesIn(path)
        const bankNumber = bankNumberOf(files)
        const isSealed = sealed.has(`${kind} ${slug} ${number}`)
        const faults: ContentError[] = isSealed ? [] : draftErrors
        if (isSealed) inside.push({ path, faults })
        const read = readVersion(kind, path, slug, number, files, faults, trustSeals && isIntact(seals, { kind, slug, number, files, bankNumber }))
        const wrong = isOwn && misnamed(kind, slug, number, path)
        draftErrors.push(...unreadIn(kind, path, seals.filter((seal) => seal.slug === slug && ((seal.kind === kind && seal.version === number) || (kind === 'module' && seal.kind === 'bank'))).map(fileOfSeal)))
        if (wrong) (isSealed ? errors : draftErrors).push(wrong)
        else if (read) versions.push(read)
        standing.push({ kind, slug, number, folder: path, files, ...(bankNumber !== undefined && { bankNumber }) })
        places.set(`${kind} ${slug} ${number}`, { folder: path, files, bankVersion: bankNumber })
        if (kind !== 'module' || !bankNumber) continue
        if (isSealed) places.set(`bank ${slug} ${bankNumber}`, { folder: path, files, bankVersion: bankNumber })
        else if (takesBank(seals, slug, bankNumber, files)) draftErrors.push({ file: join(path, 'quiz.yaml'), line: 1, field: 'version', message: `問題集の版 ${bankNumber} は公開済みで、中身が違います。問題を直すときは、quiz.yaml の version を、まだ使っていない番号に上げてください` })
      }
  const broken = brokenSeals(seals, ({ kind, slug, version }) => places.get(`${kind} ${slug} ${version}`))
  // what was published is put back as it was, whatever else is wrong inside a copy that somebody changed
  const changed = new Set(broken.map(({ file }) => dirname(file)))
  errors.push(...inside.filter(({ path }) => !changed.has(path)).flatMap(({ faults }) => faults), ...broken)
  return { versions, standing }
}

/** Whether a draft has other questions under the number of a bank that was published: a version is copied, a question mended, the number forgotten. */
const takesBank = (seals: readonly Seal[], slug: string, bankNumber: string, files: Files): boolean =>
  seals.some((seal) => seal.kind === 'bank' && seal.slug === slug && seal.version === bankNumber && files.has(fileOfSeal(seal)) && sha256(files.get(fileOfSeal(seal))!) !== seal.sha256)

/** The files that are read beside the versions: a draft is looked up on the disk whenever somebody opens it, these are read at the start alone. */
export function marksOf(folder: string): ReadonlyMap<string, string> {
  const namesIn = (place: string) => (existsSync(join(folder, place)) ? readdirSync(join(folder, place)) : []).filter((name) => READ.test(name) && !isLeftover(name)).map((name) => join(place, name))
  return new Map(['.', 'help', 'calendar'].flatMap(namesIn).filter((name) => name !== 'README.md' && statSync(join(folder, name)).isFile()).map((name) => [name, sha256(readFileSync(join(folder, name)))]))
}
const READ = /\.(yaml|tsv|md|lock)$/

/** `isLive`: a link that leads nowhere is passed over; the start tells of it, a page that lists what there is goes on. */
export const foldersIn = (path: string, isLive = false): string[] => (existsSync(path) ? readdirSync(path).filter((name) => !isLeftover(name) && statSync(join(path, name), { throwIfNoEntry: !isLive })?.isDirectory()).sort() : [])
export const filesIn = (path: string): Files => new Map(readdirSync(path).filter((name) => /\.(yaml|md|svg)$/.test(name) && !isLeftover(name)).sort().map((name) => [name, readFileSync(join(path, name))]))

const NO_STANDARD_FILE = 'ファイルがありません。標準の content フォルダを、入れたときのものに戻してください'
const COLUMNS = ['id', 'seed', 'section', 'paraphrase', 'satisfied_by', 'fit', 'status']

function readProvisions(file: string, needed: boolean, errors: ContentError[]): Provision[] {
  if (!existsSync(file)) {
    if (needed) errors.push({ file, line: 1, field: '', message: NO_STANDARD_FILE })
    return []
  }
  const [head, ...lines] = (readText(file, errors) ?? COLUMNS.join('\t')).trimEnd().split('\n')
  const columns = head!.split('\t')
  const missing = COLUMNS.filter((name) => !columns.includes(name))
  if (missing.length > 0) errors.push({ file, line: 1, field: missing.join(' '), message: `1行目に、タブで区切った見出し ${COLUMNS.join('・')} を書いてください` })
  return lines.flatMap((line, at): Provision[] => {
    if (line.trim() === '') return []
    const cells = line.split('\t')
    if (missing.length === 0 && (cells[columns.indexOf('id')] === '' || cells.length < COLUMNS.length)) {
      errors.push({ file, line: at + 2, field: '', message: `1行に、タブで区切った ${columns.length} つの欄が要ります(いま ${cells.length} つ。id は空にできません)。欄の間を、空白ではなくタブで区切ってください` })
      return []
    }
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    return [{ id: cell('id'), seed: cell('seed').replace(/^(\d{3})_.*/, '$1'), section: cell('section'), paraphrase: cell('paraphrase'), words: cell('words'), satisfiedBy: cell('satisfied_by'), fit: cell('fit'), status: cell('status'), file, line: at + 2 }]
  })
}
