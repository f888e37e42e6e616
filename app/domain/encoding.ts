import iconv from 'iconv-lite'

export type FileEncoding = 'utf-8' | 'cp932'

/**
 * The text of a file as companies send it: a byte order mark, else strict UTF-8, else CP932; undefined when it is neither. What
 * comes out is exactly what was written: nothing is normalised.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: FileEncoding } | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return undefined
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return undefined
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return undefined
  }
  const text = iconv.decode(Buffer.from(bytes), 'cp932')
  // CP932 writes some characters in two ways (﨑 of NEC and of IBM): the texts must agree, the bytes need not.
  return text.includes('\uFFFD') || iconv.decode(iconv.encode(text, 'cp932'), 'cp932') !== text ? undefined : { text, encoding: 'cp932' }
}

/** What a file is that is plainly no text: companies send the book or the print instead of its CSV. */
export function otherKindOf(bytes: Uint8Array): string | undefined {
  const starts = (...signature: number[]) => signature.every((byte, at) => bytes[at] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return 'PDF'
  if (starts(0x50, 0x4b, 3, 4)) return 'Excelのブック(xlsx)か、ZIP'
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return '古い形のExcelのブック(xls)'
  return starts(0xff, 0xd8, 0xff) || starts(0x89, 0x50, 0x4e, 0x47) ? '画像' : undefined
}

const known = new Map<string, boolean>()

/** Whether CP932 can write a character so that it comes back as itself. */
function writable(character: string): boolean {
  let can = known.get(character)
  if (can === undefined) {
    can = iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character
    if (known.size < 50_000) known.set(character, can)
  }
  return can
}

const VARIATION = /^[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]$/u

/** The characters of a text that CP932 can not write, each with its variation selector. */
export function unwritableInCp932(text: string): string[] {
  const characters = [...text]
  const found: string[] = []
  characters.forEach((character, at) => {
    const varied = VARIATION.test(characters[at + 1] ?? '')
    if (VARIATION.test(character) ? at === 0 : varied || !writable(character)) found.push(varied ? character + characters[at + 1]! : character)
  })
  return [...new Set(found)]
}

/** The bytes of a text: UTF-8 with a byte order mark (which spreadsheets need), or CP932, which must be able to write it. */
export function encodeText(text: string, encoding: FileEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(`\uFEFF${text}`)
  const refused = unwritableInCp932(text)
  if (refused.length > 0) throw new TypeError(`CP932 can not write ${refused.join(' ')}`)
  return iconv.encode(text, 'cp932')
}
