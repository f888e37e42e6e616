import { TRACK_NAMES, TRACKS } from '../domain/tracks'
import { REVIEW_WORDS } from './source-line'
import type { Mark } from './status'

export { REVIEW_WORDS }

/** Kinds of texts as the library calls them. */
export const TEXT_KINDS = { module: '研修', pledge: '誓約書', checklist: '点検表', notice: '利用目的' } as const
export type TextKind = keyof typeof TEXT_KINDS

/** Whether a version is in use, was, or is not published. */
export const STATE_WORDS: Readonly<Record<'current' | 'former' | 'draft', { mark: Mark; words: string }>> = {
  current: { mark: 'done', words: 'いま使う版' }, former: { mark: 'none', words: '前の版' }, draft: { mark: 'todo', words: '下書き(公開前)' },
}

/** Whose a text is: of the product, of the operator (CONTENT_DIR), or only kept in the database. */
export const ORIGIN_WORDS = { own: '自社の教材', standard: '標準の教材', kept: 'フォルダにありません(保存した版)' } as const

/** In whose place a text is looked at. */
export const AUDIENCES = { own: '自社の人', dispatched: '派遣社員', contract: '委託先の人', sole: '個人受託者' } as const
export type Audience = keyof typeof AUDIENCES

/** Tracks by what they call themselves. */
export const tracksWords = (tracks: readonly string[]): string => TRACKS.filter((track) => tracks.includes(track)).map((track) => TRACK_NAMES[track].name).join('・')

/** Address of a version in the library. */
export const editionPath = ({ kind, slug, version }: { kind: string; slug: string; version: string }): string => `/program/library/${kind}/${slug}/${version}`
