/** A line of a shown text: the heading of a page, the heading of an article, or a paragraph. */
export type TextBlock = { kind: 'heading' | 'article' | 'paragraph' | 'item'; text: string }

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }
const decode = (text: string) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex?: string, decimal?: string, name?: string) =>
    hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name!.toLowerCase()] ?? whole))

/** What stands in shown HTML, line by line, without its readings. It reads what our own sanitiser wrote, nothing else. */
export function textBlocksOf(title: string, html: string): TextBlock[] {
  const blocks: TextBlock[] = [{ kind: 'heading', text: title }]
  const plain = html.replace(/<(rt|rp)>.*?<\/\1>/gs, '').replace(/<p class="case-label">.*?<\/p>/gs, '')
  for (const [, tag, inner] of plain.matchAll(/<(h2|h3|p|li)(?:\s[^>]*)?>(.*?)<\/\1>/gs)) {
    for (const line of inner!.split(/<br\s*\/?>/)) {
      const text = decode(line.replace(/<[^>]+>/g, '')).replace(/\s*\n\s*/g, '').trim()
      if (text) blocks.push({ kind: tag === 'h2' || tag === 'h3' ? 'article' : tag === 'li' ? 'item' : 'paragraph', text })
    }
  }
  return blocks
}

/** 「第1条」 and what follows it in the heading of an article. */
export function articleNumber(heading: string): { number: string; title: string } {
  const found = /^(第\d+条)\s*(.*)$/s.exec(heading)
  return found ? { number: found[1]!, title: found[2]! } : { number: '', title: heading }
}

/** The text as one file: what a person may take home to read (domain.md §5.1). */
export function textFileOf(title: string, lines: readonly string[], pages: readonly (readonly TextBlock[])[]): string {
  const body = pages.flatMap((blocks) => blocks.flatMap(({ kind, text }) => (kind === 'heading' ? ['', `■ ${text}`] : kind === 'article' ? ['', text] : kind === 'item' ? [`・${text}`] : [text])))
  return [title, ...lines, ...body, ''].join('\r\n')
}
