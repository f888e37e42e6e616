import { addDays, OPEN_DAY, type Day } from './calendar'
import { CATEGORIES, ENGAGEMENT_KINDS, ROLES, UNDER_18_OPEN, type Category, type Role } from './people'
import type { VersionAttrs } from './roster-attributes'

/** One stored row of an engagement that a change set recorded or superseded. */
interface TouchedDays {
  side: 'was' | 'is'
  from: Day
  to: Day
}

/** What a stored row says, under the names of the register; a unit by its name. */
type Told = Omit<VersionAttrs, 'unitCode' | 'under18Until'> & { unit: string; under18Until: string }
export type TouchedVersion = TouchedDays & Told

/** A fact beside the version: what is handled, a leave, a role. */
export interface TouchedFact {
  side: 'was' | 'is'
  what: 'handling' | 'leave' | 'role'
  /** Category, reason or role. */
  code: string
  from: Day
  to: Day
}

export interface StoryField {
  label: string
  was: string
  is: string
}

export interface Story {
  /** The engagement began with this change set, was taken back by it, or changed. */
  outcome: 'begun' | 'takenBack' | 'changed'
  fields: StoryField[]
}

const minorWords = (until: string) => (until === UNDER_18_OPEN ? 'はい(終わりの日は未定)' : until ? `${until} まで` : '')
const lastDay = (to: Day) => (to === OPEN_DAY ? '' : addDays(to, -1))
const span = (from: Day, to: Day) => `${from} から${to === OPEN_DAY ? '' : ` ${lastDay(to)} まで`}`

const factWord = ({ what, code }: TouchedFact, leaveWord: (code: string) => string) => (what === 'handling' ? CATEGORIES[code as Category] : what === 'role' ? ROLES[code as Role] : leaveWord(code))
const FACT_LABEL = { handling: '取り扱う情報', leave: '休職', role: '役割' } as const

const asHeld = (value: string): string => value
/** How each attribute is told, in this order: one that is left out is an error of types. */
const TELLINGS: { readonly [A in keyof Told]: { label: string; words: (value: Told[A]) => string } } = {
  name: { label: '氏名', words: asHeld },
  kana: { label: 'フリガナ', words: asHeld },
  mail: { label: 'メール', words: asHeld },
  kind: { label: '雇用形態', words: (kind) => ENGAGEMENT_KINDS[kind] },
  unit: { label: '所属', words: asHeld },
  supervisor: { label: '上長番号', words: asHeld },
  under18Until: { label: '18歳未満', words: minorWords },
}
const TOLD = Object.keys(TELLINGS) as readonly (keyof Told)[]
const wordsOf = <A extends keyof Told>(attr: A, version: Told | undefined): string => (version ? TELLINGS[attr].words(version[attr]) : '')

/** What one change set did to one engagement, field by field: what held at the end of its days before, and after. */
export function storyOf(versions: readonly TouchedVersion[], facts: readonly TouchedFact[], leaveWord: (code: string) => string): Story {
  const of = (side: 'was' | 'is') => versions.filter((one) => one.side === side).sort((a, b) => (a.from < b.from ? -1 : 1))
  const [was, is] = [of('was'), of('is')]
  const [before, after] = [was.at(-1), is.at(-1)]
  const fields: StoryField[] = []
  const compare = (label: string, old: string | undefined, now: string | undefined) => {
    if ((old ?? '') !== (now ?? '')) fields.push({ label, was: old ?? '', is: now ?? '' })
  }
  if (before || after) {
    for (const attr of TOLD) compare(TELLINGS[attr].label, wordsOf(attr, before), wordsOf(attr, after))
    compare('在籍開始日', was[0]?.from, is[0]?.from)
    compare('在籍終了日', before && lastDay(before.to), after && lastDay(after.to))
  }
  for (const what of ['handling', 'leave', 'role'] as const) {
    const told = (side: 'was' | 'is') => facts.filter((one) => one.what === what && one.side === side).sort((a, b) => (a.from < b.from ? -1 : 1)).map((one) => `${factWord(one, leaveWord)} ${span(one.from, one.to)}`).join('、')
    compare(FACT_LABEL[what], told('was'), told('is'))
  }
  return { outcome: !before && after ? 'begun' : before && !after ? 'takenBack' : 'changed', fields }
}
