/** 個人番号 must never enter (番号法20条): whatever looks like one is refused, and is neither shown nor kept. */

/** True when twelve digits carry the check digit of a 個人番号 (番号法施行規則5条). */
export function isMyNumber(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false
  let sum = 0
  for (let at = 1; at <= 11; at++) sum += Number(digits[11 - at]) * (at <= 6 ? at + 1 : at - 5)
  const rest = sum % 11
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest)
}

/** Twelve digits, no more, with at most one blank or hyphen between two of them. */
const TWELVE = /(?<!\d)(?<!\d[\s\-‐‑‒–—―−ー.])\d(?:[\s\-‐‑‒–—―−ー.]?\d){11}(?!\d)(?![\s\-‐‑‒–—―−ー.]\d)/gu

/** True when a text holds what passes as a 個人番号, also in full-width digits or with blanks and hyphens. */
export function holdsMyNumber(text: string): boolean {
  if (text.length < 12) return false
  for (const [found] of text.normalize('NFKC').matchAll(TWELVE)) if (isMyNumber(found.replace(/\D/g, ''))) return true
  return false
}
