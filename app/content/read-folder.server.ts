import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isDay, type WorkCalendar } from '../domain/calendar'
import { readHelp, type HelpPage } from './help.server'
import { nameFinder, realNamesSchema, type NameFinder } from './real-names'
import { departureSchema, lawSchema, operatorSchema, requirementSchema, type DepartureContent, type Law, type OperatorWords, type Requirement } from './schema'
import { brokenRequirements, brokenSeals, isIntact, LOCK_FILE, readSeals, type Seal } from './seal.server'
import { readYaml, type Checked, type ContentError } from './source.server'
import { bankNumberOf, readVersion, type Files, type Kind, type ReadVersion } from './versions.server'

const day = z.string().refine(isDay, 'YYYY-MM-DD の日付で書いてください')
const word = z.string().trim().min(1)
const calendarSchema = z.strictObject({ fiscalYearStart: z.int().min(1).max(12), holidays: z.array(z.strictObject({ day, name: word })), companyDaysOff: z.array(z.strictObject({ day, name: word })).default([]) })
const kind = z.enum(['module', 'pledge', 'checklist', 'notice'])
export const reviewSchema = z.array(z.strictObject({ kind, slug: word, version: word, status: z.enum(['draft', 'internal', 'counsel', 'needsUpdate', 'superseded']), by: word, on: day, note: z.string().default('') }))
export const erratumSchema = z.array(z.strictObject({ slug: word, question: word, on: day, correct: z.array(z.string().regex(/^[a-z]$/)).min(1), reason: word }))
export type Review = z.infer<typeof reviewSchema>[number]
export type Erratum = z.infer<typeof erratumSchema>[number]

/** One row of the ledger of what is asked (domain.md §1): where it stands, what it asks, where it is to be met, and on which line of the file. */
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
  line: number
}

/** What stands in the folder under the name of a version. */
export type Standing = Pick<ReadVersion, 'kind' | 'slug' | 'number' | 'folder' | 'files' | 'bankNumber'>

/** Everything in content/, read once. `errors` stop the start; `draftErrors` concern versions that are not published yet. */
export interface Folder {
  folder: string
  words: OperatorWords | undefined
  laws: ReadonlyMap<string, Law>
  provisions: ReadonlyMap<string, Provision>
  calendar: WorkCalendar | undefined
  requirements: Checked<Requirement[]> | undefined
  reviews: readonly Review[]
  errata: readonly Erratum[]
  /** undefined where the folder has none: then nothing is listed by itself, and there is no letter. */
  departure: DepartureContent | undefined
  help: readonly HelpPage[]
  /** Finds names of real companies, which no text carries. */
  realNamesIn: NameFinder
  versions: readonly ReadVersion[]
  /** The files of every version, readable or not. */
  standing: readonly Standing[]
  /** null while nothing was ever published: then drafts are served. */
  seals: readonly Seal[] | null
  errors: ContentError[]
  draftErrors: ContentError[]
}

/** Where in a folder each kind of text stands. */
export const PLACES: readonly [Kind, string][] = [['module', 'modules'], ['pledge', 'pledges'], ['checklist', 'checklists'], ['notice', 'notices']]

/**
 * Reads and checks the whole folder; every error is collected, none stops the reading of the rest. With `trustSeals` the insides of
 * published files that did not change are read when they are first asked for: they passed every check when they were published.
 */
export function readFolder(folder: string, { trustSeals = false } = {}): Folder {
  const errors: ContentError[] = []
  const draftErrors: ContentError[] = []
  const yaml = <T>(name: string, schema: z.ZodType<T>, needed: boolean) => {
    const path = join(folder, name)
    if (existsSync(path)) return readYaml(readFileSync(path, 'utf8'), path, schema, errors)
    if (needed) errors.push({ file: path, line: 1, field: '', message: 'ファイルがありません' })
    return undefined
  }
  const lockPath = join(folder, LOCK_FILE)
  const seals = existsSync(lockPath) ? readSeals(readFileSync(lockPath, 'utf8'), lockPath, errors) : null
  const sealed = new Set(seals?.map(({ kind, slug, version }) => `${kind} ${slug} ${version}`))
  const versions: ReadVersion[] = []
  const standing: Standing[] = []
  const places = new Map<string, { folder: string; files: Files; bankVersion: string | undefined }>()
  for (const [kind, name] of PLACES)
    for (const slug of foldersIn(join(folder, name)))
      for (const number of foldersIn(join(folder, name, slug))) {
        const path = join(folder, name, slug, number)
        const files = filesIn(path)
        const bankNumber = bankNumberOf(files)
        const trusted = trustSeals && isIntact(seals ?? [], { kind, slug, number, files, bankNumber })
        const read = readVersion(kind, path, slug, number, files, sealed.has(`${kind} ${slug} ${number}`) ? errors : draftErrors, trusted)
        if (read) versions.push(read)
        standing.push({ kind, slug, number, folder: path, files, ...(bankNumber !== undefined && { bankNumber }) })
        places.set(`${kind} ${slug} ${number}`, { folder: path, files, bankVersion: bankNumber })
        if (kind === 'module' && bankNumber) places.set(`bank ${slug} ${bankNumber}`, { folder: path, files, bankVersion: bankNumber })
      }
  errors.push(...brokenSeals(seals ?? [], ({ kind, slug, version }) => places.get(`${kind} ${slug} ${version}`)))
  const requirements = yaml('requirements.yaml', z.array(requirementSchema), true)
  errors.push(...brokenRequirements(seals ?? [], requirements?.value ?? [], (at, { id, version }) => ({
    file: join(folder, 'requirements.yaml'), line: requirements!.lineOf([at]), field: `${id} ${version}`, message: '公開した決まりが変わっています。元に戻し、version を上げて新しく書いてください',
  })))
  const words = yaml('operator.yaml', operatorSchema, true)?.value
  const calendar = yaml('calendar/holidays.yaml', calendarSchema, true)?.value
  return {
    folder, versions, standing, seals, errors, draftErrors,
    words, realNamesIn: nameFinder(yaml('real-names.yaml', realNamesSchema, false)?.value ?? [], words?.operator),
    laws: new Map(yaml('laws.yaml', z.array(lawSchema), true)?.value.map((law) => [law.id, law])),
    provisions: readProvisions(join(folder, 'provisions.tsv'), errors),
    calendar: calendar && { holidays: new Set([...calendar.holidays, ...calendar.companyDaysOff].map((holiday) => holiday.day)), fiscalYearStart: calendar.fiscalYearStart },
    requirements,
    reviews: yaml('reviews.yaml', reviewSchema, false)?.value ?? [],
    departure: yaml('departure.yaml', departureSchema, false)?.value,
    help: readHelp(folder, draftErrors, trustSeals),
    errata: yaml('errata.yaml', erratumSchema, false)?.value ?? [],
  }
}

export const foldersIn = (path: string): string[] => (existsSync(path) ? readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory()).sort() : [])
export const filesIn = (path: string): Files => new Map(readdirSync(path).filter((name) => /\.(yaml|md|svg)$/.test(name)).sort().map((name) => [name, readFileSync(join(path, name))]))

function readProvisions(path: string, errors: ContentError[]): Map<string, Provision> {
  if (!existsSync(path)) {
    errors.push({ file: path, line: 1, field: '', message: 'ファイルがありません' })
    return new Map()
  }
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
  const columns = head!.split('\t')
  return new Map(lines.map((line, at) => {
    const cells = line.split('\t')
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    return [cell('id'), { id: cell('id'), seed: cell('seed').slice(0, 3), section: cell('section'), paraphrase: cell('paraphrase'), words: cell('words'), satisfiedBy: cell('satisfied_by'), fit: cell('fit'), status: cell('status'), line: at + 2 }]
  }))
}
