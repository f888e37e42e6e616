const HIRAGANA = /[ぁ-ゖー]/
const CLOSES = /[、。」』)!?・]/
const OPENS = /[「『(]/
const PREFIX = /(?:^|[^ぁ-ゖ]|[をはがにのでへとも])[おご]$/

/**
 * Where a line may break in a short text that carries readings: a browser finds the phrases of Japanese by itself, but not across
 * ruby, so a `<wbr>` stands where a new word begins after particles or a sign. The style keeps all else together.
 */
export function withPhrases(html: string): string {
  if (!html.includes('<ruby>')) return html
  let out = ''
  let said = ''
  for (const [part] of html.matchAll(/<ruby>.*?<\/ruby>|<[^>]+>|&[^;]+;|[^]/gu)) {
    const base = part.startsWith('<ruby>') ? part.slice(6, part.indexOf('<', 6)) : part.startsWith('<') ? '' : part
    if (base !== '') {
      const last = said.at(-1) ?? ''
      const begins = CLOSES.test(last) ? !CLOSES.test(base[0]!) : OPENS.test(base[0]!) ? true : HIRAGANA.test(last) && !HIRAGANA.test(base[0]!) && !CLOSES.test(base[0]!)
      if (last !== '' && begins) out = PREFIX.test(said) && /[おご]$/.test(out) ? `${out.slice(0, -1)}<wbr>${out.slice(-1)}` : `${out}<wbr>`
      said += base
    }
    out += part
  }
  return out
}
