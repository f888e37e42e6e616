import { ITAIJI } from './itaiji'

/** Names are stored exactly as received. What is here makes a second column, by which names find each other (A07). */

const SELECTORS = /[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}\u{180B}-\u{180D}]/gu
const BETWEEN = /[\s\u200B-\u200D\u2060・･·.,'’‐‑‒–—―−\-]/gu
const HIRAGANA = /[ぁ-ゖ]/gu

/** Width, kana and variants folded; blanks, hyphens and variation selectors gone. What stands beside each other only now is composed, so that a folded name folds to itself. */
export function foldName(name: string): string {
  const plain = name.replace(SELECTORS, '').normalize('NFKC').toLowerCase().replace(BETWEEN, '').normalize('NFKC').replace(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
  if (/^[\u0020-\u007E\u30A0-\u30FF]*$/.test(plain)) return plain
  let folded = ''
  for (const character of plain) folded += ITAIJI.get(character) ?? character
  return folded
}

/** Whether a name as typed is the registered one, whatever its shapes: a signature never fails on a glyph (A07). */
export const namesMatch = (typed: string, registered: string): boolean => foldName(typed) !== '' && foldName(typed) === foldName(registered)

const MARKS = /[?？〓\uFFFD]+/u

/** Whether a text holds what is written in place of a character that was lost. */
export const holdsLostCharacter = (text: string): boolean => MARKS.test(text)

/**
 * True when the given name differs from the stored one only by `?` or 〓: characters were lost on the way, not changed. A run of
 * n marks stands for one to 2n characters. Kept is the set of places in the stored name at which what was read so far can end:
 * no way is tried twice, whatever the two names are.
 */
export function damaged(stored: string, given: string): boolean {
  if (stored === given || !MARKS.test(given)) return false
  const written = [...stored]
  let ends = new Set([0])
  for (const part of given.split(/([?？〓\uFFFD]+)/u)) {
    const characters = [...part]
    const next = new Set<number>()
    for (const at of ends)
      if (!MARKS.test(part)) {
        if (characters.every((character, offset) => written[at + offset] === character)) next.add(at + characters.length)
      } else for (let end = at + 1; end <= Math.min(at + 2 * characters.length, written.length); end++) next.add(end)
    ends = next
  }
  return ends.has(written.length)
}

/**
 * What a person is found by, folded: whole name and given name, kana likewise, and the number. Search is by beginnings, so what
 * another token begins with (the family name) needs none of its own.
 */
export function searchTokensOf(person: { number: string; name: string; kana: string }): string[] {
  const tokens = new Set<string>()
  for (const written of [person.name, person.kana]) {
    tokens.add(foldName(written))
    for (const part of written.split(/[\s・･]+/u)) tokens.add(foldName(part))
  }
  tokens.add(foldName(person.number))
  tokens.delete('')
  const kept = [...tokens].filter((token) => ![...tokens].some((other) => other !== token && other.startsWith(token)))
  return kept.map((token) => (token.length > 180 ? [...token].slice(0, 180).join('') : token))
}

/** What lists are sorted by: the kana where there is one, else the name. */
export const sortKeyOf = (person: { name: string; kana: string }): string => [...(foldName(person.kana) || foldName(person.name))].slice(0, 180).join('')
