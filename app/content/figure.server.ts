import type { Element, ElementContent } from 'hast'
import { inlineText, parseInline, type Inline } from './inline'

/**
 * Figures as SVG, drawn from a list of words: dark on light, legible on a phone, printable. The words carry their readings like any
 * text. The paragraph below tells what to see; to a screen reader the drawing is one image that says all its words.
 */
export const FIGURE_KINDS = ['flow', 'terms', 'inside', 'chain', 'conditions'] as const
export type FigureKind = (typeof FIGURE_KINDS)[number]

/** One line of a figure: its word and what is said of it. */
export interface FigureItem {
  term: readonly Inline[]
  note: readonly Inline[]
}

const WIDTH = 360
const EDGE = 1.5
const PAD = 12
const TERM = 16
const NOTE = 14
/** Room for the reading above each line. */
const LEADING = 1.75

interface Unit { text: string; reading: string; width: number; blank: boolean }
interface Line { units: Unit[]; width: number }

const isWide = (sign: string): boolean => /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{2ffff}]|[→←↑↓＋…―]/u.test(sign)
const widthOf = (text: string, size: number): number => [...text].reduce((all, sign) => all + size * (isWide(sign) ? 1 : sign === ' ' ? 0.3 : 0.56), 0)

/** The pieces between which a line may break: words of Latin letters, single signs of Japanese, a base with its reading. */
function unitsOf(parts: readonly Inline[], size: number): Unit[] {
  return parts.flatMap((part): Unit[] => {
    if (part.kind === 'ruby') return [{ text: part.base, reading: part.reading, width: widthOf(part.base, size), blank: false }]
    if (part.kind === 'strong' || part.kind === 'link') return unitsOf(part.children, size)
    if (part.kind === 'break') return []
    if (part.kind === 'variable') return []
    return (part.text.match(/ |[!-~]+|[^ !-~]/gu) ?? []).map((piece) => ({ text: piece, reading: '', width: widthOf(piece, size), blank: piece === ' ' }))
  })
}

const NEVER_FIRST = /^[、。,.)」』】・ー〜:;?!っゃゅょッャュョ]/

const NEVER_LAST = /^[(「『【]$/

function linesOf(parts: readonly Inline[], size: number, room: number): Line[] {
  const lines: Line[] = [{ units: [], width: 0 }]
  for (const unit of unitsOf(parts, size)) {
    const line = lines.at(-1)!
    if (line.width + unit.width <= room || line.units.length === 0 || NEVER_FIRST.test(unit.text)) {
      if (unit.blank && line.units.length === 0) continue
      line.units.push(unit)
      line.width += unit.width
    } else if (!unit.blank) {
      const opening = line.units.length > 1 && NEVER_LAST.test(line.units.at(-1)!.text) ? [line.units.pop()!] : []
      line.width -= opening[0]?.width ?? 0
      const units = [...opening, unit]
      lines.push({ units, width: units.reduce((all, { width }) => all + width, 0) })
    }
  }
  return lines.filter(({ units }) => units.length > 0)
}

const element = (tagName: string, properties: Record<string, string | number | string[]>, children: ElementContent[] = []): Element => ({ type: 'element', tagName, properties, children })
const text = (value: string): ElementContent => ({ type: 'text', value })
const round = (value: number) => Math.round(value * 10) / 10

interface Block { height: number; draw: (x: number, y: number) => Element[] }

/** Words set in a column: left or in the middle of it. */
function words(parts: readonly Inline[], size: number, room: number, how: { middle?: boolean; bold?: boolean } = {}): Block {
  const lines = linesOf(parts, size, room)
  const step = size * LEADING
  return {
    height: lines.length * step,
    draw: (x, y) => lines.flatMap((line, at) => {
      const baseline = y + at * step + size * 1.4
      let left = x + (how.middle ? (room - line.width) / 2 : 0)
      const readings: Element[] = []
      const start = left
      for (const { reading, width } of line.units) {
        if (reading !== '') readings.push(element('text', { className: ['rt'], x: round(left + width / 2), y: round(baseline - size), textAnchor: 'middle' }, [text(reading)]))
        left += width
      }
      const className = [size === TERM ? 'd-term' : 'd-note', ...(how.bold ? ['d-bold'] : [])]
      return [element('text', { className, x: round(start), y: round(baseline), textLength: round(line.width), lengthAdjust: 'spacingAndGlyphs' }, [text(line.units.map((unit) => unit.text).join(''))]), ...readings]
    }),
  }
}

const box = (x: number, y: number, width: number, height: number, className = 'd-part'): Element => element('rect', { className: [className], x: round(x), y: round(y), width: round(width), height: round(height), rx: 4 })
const arrow = (x: number, from: number, to: number): Element => element('path', { className: ['d-arrow'], d: `M${x} ${round(from)}V${round(to - 2)}M${x - 5} ${round(to - 8)}L${x} ${round(to - 1)}L${x + 5} ${round(to - 8)}` })

/** A word with its note below, in a box as wide as the figure. */
function boxed({ term, note }: FigureItem, number?: number): Block {
  const indent = number === undefined ? 0 : 30
  const room = WIDTH - 2 * (EDGE + PAD) - indent
  const [head, tail] = [words(term, TERM, room, { bold: true }), words(note, NOTE, room)]
  const height = head.height + tail.height + PAD
  return {
    height,
    draw: (x, y) => [
      box(x + EDGE, y, WIDTH - 2 * EDGE, height),
      ...(number === undefined ? [] : [element('circle', { className: ['d-step'], cx: x + EDGE + PAD + 8, cy: round(y + TERM * 1.3), r: 12 }), element('text', { className: ['d-number'], x: x + EDGE + PAD + 8, y: round(y + TERM * 1.3 + 5), textAnchor: 'middle' }, [text(String(number))])]),
      ...head.draw(x + EDGE + PAD + indent, y), ...tail.draw(x + EDGE + PAD + indent, y + head.height),
    ],
  }
}

const DRAWINGS: Readonly<Record<FigureKind, (items: readonly FigureItem[], others: readonly FigureItem[]) => { height: number; parts: Element[] }>> = {
  flow: (items) => stacked(items.map((item, at) => boxed(item, at + 1))),
  chain: (items) => stacked(items.map(({ term }) => boxed({ term, note: [] })), items.map(({ note }) => words(note, NOTE, WIDTH / 2 - 30))),
  terms(items) {
    const side = 116
    let y = EDGE
    const parts = items.flatMap(({ term, note }) => {
      const [head, tail] = [words(term, TERM, side - 2 * PAD, { middle: true, bold: true }), words(note, NOTE, WIDTH - side - 24)]
      const height = Math.max(head.height, tail.height) + PAD
      const drawn = [box(EDGE, y, side, height), ...head.draw(EDGE + PAD, y + (height - head.height) / 2 - 3), ...tail.draw(side + 18, y + (height - tail.height) / 2 - 3)]
      y += height + 8
      return drawn
    })
    return { height: y - 8 + EDGE, parts }
  },
  inside(items, others) {
    const half = (WIDTH - 2 * (EDGE + PAD) - 10) / 2
    let y = EDGE + PAD
    const parts: Element[] = []
    for (let at = 0; at < items.length; at += 2) {
      const row = items.slice(at, at + 2).map(({ term }) => words(term, TERM, half - 16, { middle: true, bold: true }))
      const height = Math.max(...row.map((cell) => cell.height)) + PAD
      row.forEach((cell, column) => {
        const x = EDGE + PAD + column * (half + 10)
        parts.push(box(x, y, half, height), ...cell.draw(x + 8, y + (height - cell.height) / 2 - 3))
      })
      y += height + 10
    }
    parts.unshift(box(EDGE, EDGE, WIDTH - 2 * EDGE, y - EDGE, 'd-frame'))
    y += 14
    for (const { term } of others) {
      const cell = words(term, NOTE, WIDTH - 2 * (EDGE + PAD))
      parts.push(box(EDGE, y, WIDTH - 2 * EDGE, cell.height + PAD, 'd-outside'), ...cell.draw(EDGE + PAD, y + 2))
      y += cell.height + PAD + 8
    }
    return { height: y - 8 + EDGE, parts }
  },
  conditions(items, others) {
    let y = EDGE
    const parts: Element[] = []
    items.forEach((item, at) => {
      const block = boxed(item)
      if (at > 0) {
        parts.push(element('text', { className: ['d-sign'], x: WIDTH / 2, y: round(y + 18), textAnchor: 'middle' }, [text('＋')]))
        y += 26
      }
      parts.push(...block.draw(0, y))
      y += block.height
    })
    for (const item of others) {
      parts.push(arrow(WIDTH / 2, y + 4, y + 28))
      const block = boxed(item)
      const drawn = block.draw(0, y + 30)
      drawn[0]!.properties.className = ['d-result']
      parts.push(...drawn)
      y += 30 + block.height
    }
    return { height: y + EDGE, parts }
  },
}

/** Blocks below each other with arrows between; what is said of the way down stands beside its arrow. */
function stacked(blocks: readonly Block[], ways: readonly Block[] = []): { height: number; parts: Element[] } {
  let y = EDGE
  const parts: Element[] = []
  blocks.forEach((block, at) => {
    parts.push(...block.draw(0, y))
    y += block.height
    if (at === blocks.length - 1) return
    const way = ways[at]
    const gap = Math.max(26, (way?.height ?? 0) + 10)
    parts.push(arrow(WIDTH / 2, y + 3, y + gap - 1), ...(way?.draw(WIDTH / 2 + 16, y + (gap - way.height) / 2 - 2) ?? []))
    y += gap
  })
  return { height: y + EDGE, parts }
}

/** The words of one line, cut at the bar between word and note. */
export function figureItem(source: string): FigureItem & { problems: string[] } {
  const [term = '', ...note] = source.split('|')
  const [left, right] = [parseInline(term.trim()), parseInline(note.join('|').trim())]
  return { term: left.parts, note: right.parts, problems: [...left.problems, ...right.problems] }
}

/** All that a figure shows, for whoever hears it: its title, then word and note of each line. */
export const figureWords = (title: string, items: readonly FigureItem[]): string =>
  `${title}: ${items.map(({ term, note }) => [term, note].map(inlineText).filter((words) => words !== '').join(': ')).join('; ')}`

/** A figure as an SVG element; `label` is read aloud. `items` are the bullets, `others` the numbered lines (of `inside` what lies outside, of `conditions` the result). */
export function drawFigure(kind: FigureKind, label: string, items: readonly FigureItem[], others: readonly FigureItem[]): Element {
  const { height, parts } = DRAWINGS[kind](items, others)
  return element('svg', { viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`, role: 'img', ariaLabel: label, className: ['drawing'] }, parts)
}
