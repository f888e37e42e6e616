/** n of N in percent with one digit: 100 only for all, 0 only for none; null where there is nobody to count. */
export function percentOf(done: number, of: number): string | null {
  if (of === 0) return null
  const tenths = Math.round((done / of) * 1000)
  return ((done < of ? Math.min(999, Math.max(done > 0 ? 1 : 0, tenths)) : 1000) / 10).toFixed(1)
}

/** The same with its sign; a dash where there is nobody to count. */
export const percentWords = (done: number, of: number): string => {
  const percent = percentOf(done, of)
  return percent === null ? '―' : `${percent}%`
}
