import { COMMON_WHOLE, COMMON_WORDS } from './common-passwords'
import { normalisePassword } from './login'

/** What a password must be (R-003-20): long, not what many choose, not one's own number or name. No signs or capitals are asked for. */
export const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 200
const LEAST_BESIDE_OWN = 6

export type PasswordFault = 'passwordShort' | 'passwordLong' | 'passwordCommon' | 'passwordIsYou'

/** Why a password is not taken, or null. `own` are words that belong to the person: numbers, name, kana, mail, company. */
export function faultOfPassword(typed: string, own: readonly string[]): PasswordFault | null {
  const password = normalisePassword(typed)
  const length = [...password].length
  if (length < SHORTEST_PASSWORD) return 'passwordShort'
  if (length > LONGEST_PASSWORD) return 'passwordLong'
  const folded = fold(password)
  if (own.some((word) => isMostly(folded, fold(word)))) return 'passwordIsYou'
  return isCommon(folded) ? 'passwordCommon' : null
}

/** Hiragana and katakana, width and case do not make another password for a guesser. */
const fold = (text: string): string =>
  normalisePassword(text).toLowerCase().replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60)).replace(/\s+/g, '')

/** Own words are split, so that 「髙橋 美咲」 and `misaki.t@…` count by their parts; little may be added to them. */
function isMostly(folded: string, word: string): boolean {
  const parts = [word, word.split('@')[0]!, ...word.split(/[@.\-_+・]/)].filter((part) => [...part].length >= 2)
  return parts.some((part) => folded.includes(part) && [...folded.replaceAll(part, '')].length < LEAST_BESIDE_OWN)
}

function isCommon(folded: string): boolean {
  if (/^[\d\W_]+$/u.test(folded) && /^[\x21-\x7e]+$/.test(folded)) return true
  if (COMMON_WHOLE.has(folded)) return true
  if (repeatsLittle(folded) || runsAlong(folded)) return true
  return [folded, unleet(folded), unleet(folded.replace(/^[\d\p{P}]+|[\d\p{P}]+$/gu, ''))].some((form) => {
    const core = form.replace(/[\d\p{P}\p{S}]/gu, '')
    const added = [...folded].length - [...core].length
    return core !== '' && (added <= 6 || [...core].length <= added) && isCommonWords(core)
  })
}

const unleet = (text: string): string => text.replace(/[@0134$57!]/g, (sign) => ({ '@': 'a', '0': 'o', '1': 'i', '3': 'e', '4': 'a', $: 's', '5': 's', '7': 't', '!': 'i' })[sign]!)

/** One common word, or the same one again and again. */
function isCommonWords(core: string): boolean {
  if (COMMON_WORDS.has(core) || COMMON_WHOLE.has(core)) return true
  for (let size = 2; size <= core.length / 2; size++)
    if (core.length % size === 0 && COMMON_WORDS.has(core.slice(0, size)) && core === core.slice(0, size).repeat(core.length / size)) return true
  return false
}

/** At most four different characters, or a piece of up to five that repeats. */
function repeatsLittle(text: string): boolean {
  const characters = [...text]
  if (new Set(characters).size <= 4) return true
  for (let size = 1; size <= 5; size++) if (characters.every((character, at) => at < size || character === characters[at - size])) return true
  return false
}

const ROWS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop@[', 'asdfghjkl;:]', 'zxcvbnm,./', '!"#$%&\'()=~|', 'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん', 'いろはにほへとちりぬるを', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p', '1q2w3e4r5t6y7u8i9o0p']
const RUNS = ROWS.flatMap((row) => [row, [...row].reverse().join('')])

/** Made up of runs along the alphabet or the keyboard, each of three characters or more. */
function runsAlong(text: string): boolean {
  const characters = [...text]
  let at = 0
  let left = 0
  while (at < characters.length) {
    let size = Math.min(characters.length - at, 38)
    while (size >= 3 && !RUNS.some((run) => run.includes(characters.slice(at, at + size).join('')))) size--
    if (size >= 3) at += size
    else {
      at += 1
      left += 1
    }
  }
  return left <= 2
}
