/** n of N in percent with one digit: 100 only for all, 0 only for none; null where there is nobody to count. */
export function percentOf(done: number, of: number): string | null {
  if (of === 0) return null
  const tenths = Math.round((done / of) * 1000)
  return ((done < of ? Math.min(999, Math.max(done > 0 ? 1 : 0, tenths)) : 1000) / 10).toFixed(1)
}

/** A count with what it is counted among: no figure of people or duties stands without (look.md §1.4). */
export const outOf = (count: number, of: number, unit = '人'): string => `${count.toLocaleString('ja-JP')}/${of.toLocaleString('ja-JP')}${unit}`

/** Percent with its sign; a dash where there is nobody to count. */
export const percentWords = (done: number, of: number): string => {
  const percent = percentOf(done, of)
  return percent === null ? '―' : `${percent}%`
}
