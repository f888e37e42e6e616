import { z } from 'zod'

/** The list of names of real companies that no case may carry (domain.md L15): groups of lines, the ways of writing one name parted by `/`. */
export const realNamesSchema = z.array(z.strictObject({ kind: z.string().trim().min(1), names: z.array(z.string().trim().min(1)).min(1) }))

/** Finds names of real companies in a text. */
export type NameFinder = (text: string) => string[]

const joined = (text: string) => text.replace(/[\s・･]/g, '')
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Katakana names this short stand inside ordinary words (ドコモ, ヤフー): then nothing in katakana may touch them. */
const SHORT_KATAKANA = 5

function patternOf(written: string): RegExp {
  const exact = written.startsWith('=')
  const name = (exact ? written.slice(1) : written).normalize('NFKC')
  if (/^[\x20-\x7e]/.test(name)) return new RegExp(`(?<![A-Za-z0-9])${escaped(name)}${/[A-Za-z0-9]$/.test(name) ? '(?![A-Za-z0-9])' : ''}`, exact ? 'u' : 'iu')
  const plain = escaped(joined(name))
  return /^[ァ-ヺー]+$/.test(joined(name)) && joined(name).length < SHORT_KATAKANA ? new RegExp(`(?<![ァ-ヺー])${plain}(?![ァ-ヺー])`, 'u') : new RegExp(plain, 'u')
}

/**
 * Makes the finder of a list. Full and half width, 「・」 and blanks make no difference; `own` is the operator's name: what is part of it
 * is not another's. Readings must be taken out of the text before.
 */
export function nameFinder(groups: z.infer<typeof realNamesSchema>, own = ''): NameFinder {
  const names = groups.flatMap((group) => group.names.flatMap((line) => line.split(' / '))).map((written) => ({ name: written.replace(/^=/, ''), pattern: patternOf(written), isJapanese: /[ぁ-ヺ一-龯]/.test(written) }))
  const spaced = (text: string) => text.normalize('NFKC')
  const foreign = names.filter(({ pattern }) => !pattern.test(spaced(own)) && !pattern.test(joined(spaced(own))))
  return (text) => {
    const [whole, close] = [spaced(text), joined(spaced(text))]
    return foreign.filter(({ pattern, isJapanese }) => pattern.test(whole) || (isJapanese && pattern.test(close))).map(({ name }) => name)
  }
}
