import { addDays, OPEN_DAY, type Day } from './calendar'
import { CATEGORIES, ENGAGEMENT_KINDS, ROLES, UNDER_18_OPEN, type Category, type EngagementKind, type Role } from './people'

/** One stored row of an engagement that a change set recorded or superseded. */
export interface TouchedVersion {
  side: 'was' | 'is'
  from: Day
  to: Day
  kind: EngagementKind
  name: string
  kana: string
  mail: string
  unit: string
  supervisor: string
  under18Until: string
}

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

const minorWords = (until: string | undefined) => (until === UNDER_18_OPEN ? 'はい(終わりの日は未定)' : until ? `${until} まで` : '')
const lastDay = (to: Day) => (to === OPEN_DAY ? '' : addDays(to, -1))
const span = (from: Day, to: Day) => `${from} から${to === OPEN_DAY ? '' : ` ${lastDay(to)} まで`}`

const factWord = ({ what, code }: TouchedFact, leaveWord: (code: string) => string) => (what === 'handling' ? CATEGORIES[code as Category] : what === 'role' ? ROLES[code as Role] : leaveWord(code))
const FACT_LABEL = { handling: '取り扱う情報', leave: '休職', role: '役割' } as const

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
    compare('氏名', before?.name, after?.name)
    compare('フリガナ', before?.kana, after?.kana)
    compare('メール', before?.mail, after?.mail)
    compare('雇用形態', before && ENGAGEMENT_KINDS[before.kind], after && ENGAGEMENT_KINDS[after.kind])
    compare('所属', before?.unit, after?.unit)
    compare('上長番号', before?.supervisor, after?.supervisor)
    compare('18歳未満', minorWords(before?.under18Until), minorWords(after?.under18Until))
    compare('在籍開始日', was[0]?.from, is[0]?.from)
    compare('在籍終了日', before && lastDay(before.to), after && lastDay(after.to))
  }
  for (const what of ['handling', 'leave', 'role'] as const) {
    const told = (side: 'was' | 'is') => facts.filter((one) => one.what === what && one.side === side).sort((a, b) => (a.from < b.from ? -1 : 1)).map((one) => `${factWord(one, leaveWord)} ${span(one.from, one.to)}`).join('、')
    compare(FACT_LABEL[what], told('was'), told('is'))
  }
  return { outcome: !before && after ? 'begun' : before && !after ? 'takenBack' : 'changed', fields }
}
