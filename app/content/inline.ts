import { MANUAL_TERMS } from './manual-terms'

/** The inline markup of our texts: ｜漢字《かんじ》, **marker** and {{variable}}; the manual also has [links](/path), `code` and the terms that bind. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'ruby'; base: string; reading: string }
  | { kind: 'variable'; name: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }

export const VARIABLE_NAMES: ReadonlySet<string> = new Set(['operator', 'reportDesk', 'consultDesk', 'hotline', 'handlingRules', 'workRules', 'otherSecretYears', 'employer', 'reportTo', 'addressee', 'scope'])

const PLAIN = /\*\*|｜([^｜《》\n]+)《([^《》\n]+)》|\{\{([^{}\n]*)\}\}/g
const RICH = new RegExp(`${PLAIN.source}|\\[([^\\]\\n]+)\\]\\((\\S+?)\\)|\`([^\`\\n]+)\``, 'g')
const SAFE_LINK = /^(\/(?!\/)|https:\/\/|#)/

/** Reads inline markup; `problems` says in words what is not written as it should be. `rich` allows what only the manual may have. */
export function parseInline(source: string, rich = false): { parts: Inline[]; problems: string[] } {
  const parts: Inline[] = []
  const problems: string[] = []
  let into = parts
  let at = 0
  const addText = (text: string) => {
    text.split('\n').forEach((line, at) => {
      if (at > 0) into.push({ kind: 'break' })
      if (line !== '') into.push({ kind: 'text', text: line })
    })
    problems.push(...problemsOfText(text))
  }
  for (const found of source.matchAll(rich ? RICH : PLAIN)) {
    addText(source.slice(at, found.index))
    at = found.index + found[0].length
    const [whole, base, reading, variable, label, href, code] = found
    if (whole === '**') {
      if (into !== parts) into = parts
      else parts.push({ kind: 'strong', children: (into = []) })
    } else if (base !== undefined) {
      into.push({ kind: 'ruby', base, reading: reading! })
      if (!/^[ぁ-ゖァ-ヺー・ ]+$/.test(reading!)) problems.push(`ふりがな「${reading}」は、かなで書いてください`)
      if (/[ぁ-ゖ]/.test(base)) problems.push(`ふりがなの親「${base}」に、送りがなを入れないでください。漢字だけを ｜ と 《 の間に書きます`)
    } else if (variable !== undefined) {
      into.push({ kind: 'variable', name: variable })
      if (!VARIABLE_NAMES.has(variable) && !(rich && variable in MANUAL_TERMS)) problems.push(`差し込み {{${variable}}} はありません。書けるのは ${[...VARIABLE_NAMES].join('・')} です`)
    } else if (href !== undefined) {
      if (!SAFE_LINK.test(href)) problems.push(`リンク先「${href}」は書けません。https:// で始まる行き先か、この中のページ(/help/… など)を書いてください`)
      else into.push({ kind: 'link', href, children: parseInline(label!).parts })
    } else into.push({ kind: 'code', text: code! })
  }
  addText(source.slice(at))
  if (into !== parts) problems.push('** が閉じていません。強める言葉の前と後ろの両方に ** を書いてください')
  return { parts, problems }
}

function problemsOfText(text: string): string[] {
  const problems: string[] = []
  if (/[｜《》]/.test(text)) problems.push(`ふりがなの書き方が正しくありません: 「${text.slice(0, 24)}」(｜漢字《かんじ》 の形で書いてください)`)
  if (/\{\{|\}\}/.test(text)) problems.push(`差し込みの書き方が正しくありません: 「${text.slice(0, 24)}」({{operator}} の形で書いてください)`)
  if (/<\/?[A-Za-z!]/.test(text)) problems.push('HTML は書けません。< と > で囲んだ所を消してください')
  if (/\]\(/.test(text)) problems.push('リンクと画像は書けません。消して、言葉で書いてください')
  return problems
}

const SPEECH = /^(\*\*)?「.*」(\*\*)?$/

/** Lines of one paragraph belong together: Japanese lines join without a blank, Latin words keep one, what somebody says keeps its own line. */
export function joinLines(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.reduce((all, line, at) => all + (at === 0 ? '' : SPEECH.test(line) || SPEECH.test(lines[at - 1]!) ? '\n' : /[!-~]$/.test(all) && /^[!-~]/.test(line) ? ' ' : '') + line, '')
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Makes text safe inside HTML. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign]!)

/** Inline markup as HTML of fixed elements; variables stay `{{name}}` until they are filled. */
export function inlineHtml(parts: readonly Inline[]): string {
  return parts.map((part) => {
    if (part.kind === 'text') return escapeHtml(part.text)
    if (part.kind === 'ruby') return `<ruby>${escapeHtml(part.base)}<rp>(</rp><rt>${escapeHtml(part.reading)}</rt><rp>)</rp></ruby>`
    if (part.kind === 'variable') return `{{${part.name}}}`
    if (part.kind === 'break') return '<br>'
    if (part.kind === 'code') return `<code>${escapeHtml(part.text)}</code>`
    return part.kind === 'strong' ? `<strong>${inlineHtml(part.children)}</strong>` : `<a href="${escapeHtml(part.href)}">${inlineHtml(part.children)}</a>`
  }).join('')
}

/** What is read aloud without the readings: ruby and markers removed, variables left as `{{name}}`. */
export function inlineText(parts: readonly Inline[]): string {
  return parts.map((part) => {
    if (part.kind === 'text' || part.kind === 'code') return part.text
    if (part.kind === 'ruby') return part.base
    if (part.kind === 'break') return ''
    return part.kind === 'variable' ? `{{${part.name}}}` : inlineText(part.children)
  }).join('')
}

/** Runs of kanji that carry no reading. */
export function kanjiWithoutReading(parts: readonly Inline[]): string[] {
  return parts.flatMap((part) => (part.kind === 'text' ? part.text.match(/[\p{Script=Han}々〆]+/gu) ?? [] : 'children' in part ? kanjiWithoutReading(part.children) : []))
}

/** Takes the readings out of HTML that `inlineHtml` made, and out of drawings. */
export const withoutReadings = (html: string): string => html.replace(/<text class="rt"[^>]*>[^<]*<\/text>/g, '').replace(/<ruby>([^<]*)<rp>\(<\/rp><rt>[^<]*<\/rt><rp>\)<\/rp><\/ruby>/g, '$1')
