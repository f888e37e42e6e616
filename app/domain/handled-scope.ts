import { fullDay, type Day } from './calendar'
import { CATEGORIES, type Category } from './people'
import type { TrackName } from './tracks'

/** One kind of information that somebody handles, where and for what, and since when (取扱範囲, domain.md §4.3). */
export interface HandledScope {
  category: Category
  system: string
  purpose: string
  since: Day
}

const ENGLISH: Record<Category, string> = { communicationsSecrecy: 'secrecy of communications', specifiedUserInfo: 'specified user information', personalInfo: 'personal information', myNumber: 'Individual Numbers (My Number)' }
const ORDER = Object.keys(CATEGORIES) as Category[]

/** In one order whoever asks: the same scopes give the same words, and so the same hash. */
export const inOrder = (scopes: readonly HandledScope[]): HandledScope[] => {
  const key = ({ category, system, purpose, since }: HandledScope) => `${ORDER.indexOf(category)}\0${system}\0${purpose}\0${since}`
  return [...scopes].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** What somebody handles, a line each, as a pledge on a new scope names it; English says the category in both languages. */
export function scopeLines(scopes: readonly HandledScope[], track: TrackName): string {
  return inOrder(scopes).map(({ category, system, purpose, since }) => {
    const parts = track === 'en' ? [system && `system: ${system}`, purpose && `purpose: ${purpose}`, `since ${since}`] : [system && `システム：${system}`, purpose && `目的：${purpose}`, `${fullDay(since)}から`]
    return `・${CATEGORIES[category]}${track === 'en' ? ` (${ENGLISH[category]})` : ''}${track === 'en' ? ' — ' : '　'}${parts.filter((part) => part !== '').join(track === 'en' ? '; ' : '、')}`
  }).join('\n')
}
