/** 個人番号 must never enter (番号法20条): whatever looks like one is refused, and is neither shown nor kept. */

/** True when twelve digits carry the check digit of a 個人番号 (番号法施行規則5条). */
export function isMyNumber(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false
  let sum = 0
  for (let at = 1; at <= 11; at++) sum += Number(digits[11 - at]) * (at <= 6 ? at + 1 : at - 5)
  const rest = sum % 11
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest)
}

const ASCII = /^[\u0000-\u007F]*$/
/** What must be there at least; other scripts' digits and marks become such only when folded. */
const TWELVE_DIGITS = /\d(?:\D{0,5}\d){11}/

/**
 * Groups of digits with one to five signs between two of them that are neither letters nor digits; ー is a letter, and often typed for a
 * hyphen. A sign is never a digit, so there is one way only to read a text: the time grows with its length.
 */
const GROUPS = /\d+(?:(?:[^\p{L}\p{N}]|ー){1,5}\d+)*/gu

/**
 * True when a text holds what passes as a 個人番号, also in full-width digits, in groups, or behind other digits: any neighbouring
 * whole groups that make twelve digits together are looked at. A longer unbroken number is no 個人番号.
 */
export function holdsMyNumber(text: string): boolean {
  if (text.length < 12 || (ASCII.test(text) && !TWELVE_DIGITS.test(text))) return false
  for (const [found] of text.normalize('NFKC').matchAll(GROUPS)) {
    const groups = found.match(/\d+/g)!
    for (let first = 0; first < groups.length; first++) {
      let digits = ''
      for (let at = first; digits.length < 12 && at < groups.length; at++) digits += groups[at]
      if (isMyNumber(digits)) return true
    }
  }
  return false
}
