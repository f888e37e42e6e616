import type { TargetKind } from './planning'

/** What is asked of people in words: the same on every screen, in files, mails and papers. */

/** What a duty is. */
export const TARGET_WORDS: Readonly<Record<TargetKind, string>> = { module: '研修', pledge: '誓約', certificate: '誓約取得証明', checklist: '点検表' }

/** How a training was done. */
export const ROUTE_WORDS: Readonly<Record<'screen' | 'paper' | 'class' | 'equivalent', string>> = { screen: '画面', paper: '紙', class: '集合研修', equivalent: '同等の研修' }

/** When a duty is for: entry → 入社・受入時, FY2026 → 2026年度, exit → 退職・終了時. */
export const periodWords = (period: string): string => (period === 'entry' ? '入社・受入時' : period === 'exit' ? '退職・終了時' : period.replace(/^FY(\d+)$/, '$1年度'))

/** A code in words; as it is where nobody knows it any more. */
export const wordOf = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code

/** A title in brackets: those it has of its own become the inner ones. */
export const quoted = (title: string): string => `「${title.replaceAll('「', '『').replaceAll('」', '』')}」`
