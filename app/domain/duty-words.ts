import type { TargetKind } from './planning'

/** What is asked of people in words: the same on every screen, in files, mails and papers. */

/** What a duty is. */
export const TARGET_WORDS: Readonly<Record<TargetKind, string>> = { module: '研修', pledge: '誓約', certificate: '誓約取得証明' }

/** How a training was done. */
export const ROUTE_WORDS: Readonly<Record<'screen' | 'paper' | 'class' | 'equivalent', string>> = { screen: '画面', paper: '紙', class: '集合研修', equivalent: '同等の研修' }

/** When a duty is for: entry → 入社・受入時, FY2026 → 2026年度, role-2026-11-24 → 任命時, exit → 退職・終了時. */
export function periodWords(period: string): string {
  if (period === 'entry') return '入社・受入時'
  if (period === 'exit') return '退職・終了時'
  if (period.startsWith('role-')) return '任命時'
  if (period.startsWith('scope-')) return '取り扱う情報が増えたとき'
  if (period.startsWith('rev-')) return '教材の改訂'
  return period.replace(/^FY(\d+)$/, '$1年度')
}

/** A code in words; as it is where nobody knows it any more. */
export const wordOf = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code

/** A title in brackets: those it has of its own become the inner ones. */
export const quoted = (title: string): string => `「${title.replaceAll('「', '『').replaceAll('」', '』')}」`
