import { resolve } from 'node:path'
import type { Day, WorkCalendar } from '../domain/calendar'
import { HELP_READERS } from './help-readers'
import type { HelpPage } from './help.server'
import { clashes, refusedRoot } from './own-folder.server'
import { nameFinder, type NameFinder } from './real-names'
import { readPart, type Erratum, type Found, type Part, type Provision, type Review, type Root, type Standing } from './read-part.server'
import type { DepartureContent, Law, OperatorWords, Rule } from './schema'
import type { Seal } from './seal.server'
import { unreadable } from './text.server'
import type { ContentError } from './source.server'
import type { ReadVersion } from './versions.server'

/** Everything in content/ and in the operator's own folder beside it, read once. `errors` stop the start; `draftErrors` concern versions that are not published yet. */
export interface Folder {
  /** The folders as they stand, ours first. */
  parts: readonly Part[]
  /** Ours, overridden field by field by the operator's own. */
  words: OperatorWords | undefined
  laws: ReadonlyMap<string, Law>
  provisions: ReadonlyMap<string, Provision>
  calendar: WorkCalendar | undefined
  rules: readonly Rule[]
  reviews: readonly Review[]
  errata: readonly Erratum[]
  /** undefined where there is none: then nothing is listed by itself, and there is no letter. */
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

/**
 * Reads and checks both folders; every error is collected, none stops the reading of the rest. With `trustSeals` the insides of
 * published files that did not change are read when they are first asked for: they passed every check when they were published.
 */
export function readFolder(standard: string, own?: string, { trustSeals = false } = {}): Folder {
  const found: Found = { errors: [], draftErrors: [] }
  const refused = own === undefined ? [] : refusedRoot(own, standard)
  found.errors.push(...refused)
  const roots: Root[] = [{ path: standard, isOwn: false }, ...(own !== undefined && refused.length === 0 ? [{ path: resolve(own), isOwn: true }] : [])]
  const parts = roots.flatMap((root) => readOrSay(root, found, trustSeals) ?? [])
  found.errors.push(...clashes(parts))
  return { parts, ...joined(parts), ...found }
}

/** Reads the own folder again as it is on the disk now, beside ours as it was read: what would stop the next start, and what would be left out. */
export function readOwn(own: string, standard: Part): Found {
  const found: Found = { errors: [...refusedRoot(own, standard.path)], draftErrors: [] }
  const part = found.errors.length === 0 ? readOrSay({ path: own, isOwn: true }, found, true) : undefined
  if (part) found.errors.push(...clashes([standard, part]))
  return found
}

/** What cannot be read is told as an error like any other: a folder on a share may be away, a file may belong to somebody else. */
function readOrSay(root: Root, found: Found, trustSeals: boolean): Part | undefined {
  try {
    return readPart(root, found, trustSeals)
  } catch (error) {
    found.errors.push(unreadable(error, root.path))
    return undefined
  }
}

function joined(parts: readonly Part[]): Omit<Folder, 'parts' | keyof Found> {
  const words = Object.assign({}, ...parts.map((part) => part.words)) as Partial<OperatorWords>
  const isWhole = parts[0]?.words !== undefined
  const sealed = parts.filter(({ seals }) => seals !== null)
  const readers: string[] = HELP_READERS.map(({ reader }) => reader)
  return {
    words: isWhole ? (words as OperatorWords) : undefined,
    realNamesIn: nameFinder(parts.flatMap(({ realNames }) => realNames), words.operator),
    laws: new Map(parts.flatMap(({ laws }) => laws?.value ?? []).map((law) => [law.id, law])),
    provisions: new Map(parts.flatMap(({ provisions }) => provisions).map((row) => [row.id, row])),
    calendar: calendarOf(parts),
    rules: parts.flatMap(({ rules }) => rules?.value ?? []),
    reviews: parts.flatMap(({ reviews }) => reviews),
    errata: parts.flatMap(({ errata }) => errata),
    departure: parts.findLast(({ departure }) => departure)?.departure,
    help: parts.flatMap(({ help }) => help).sort((a, b) => readers.indexOf(a.for) - readers.indexOf(b.for) || a.order - b.order),
    versions: parts.flatMap(({ versions }) => versions),
    standing: parts.flatMap(({ standing }) => standing),
    seals: sealed.length === 0 ? null : sealed.flatMap(({ seals }) => seals!),
  }
}

function calendarOf(parts: readonly Part[]): WorkCalendar | undefined {
  const fiscalYearStart = parts.findLast(({ calendar }) => calendar?.fiscalYearStart !== undefined)?.calendar?.fiscalYearStart
  if (parts[0]?.calendar === undefined || fiscalYearStart === undefined) return undefined
  return { fiscalYearStart, holidays: new Set<Day>(parts.flatMap(({ calendar }) => (calendar ? [...calendar.holidays, ...calendar.companyDaysOff] : [])).map(({ day }) => day)) }
}
