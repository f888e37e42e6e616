import type { Element, Root as HastRoot, RootContent as HastContent } from 'hast'
import type { Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import rehypeSanitize, { type Options as SanitizeSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { drawFigure, FIGURE_KINDS, figureItem, figureWords } from './figure.server'
import { inlineText, joinLines, kanjiWithoutReading, parseInline, type Inline } from './inline'
import { labelsFor, type Labels } from './labels'

/** The only elements and attributes that any text may become: there is no way from content to script. */
const schema: SanitizeSchema = {
  tagNames: ['p', 'h2', 'h3', 'ul', 'ol', 'li', 'strong', 'ruby', 'rt', 'rp', 'br', 'span', 'section', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a', 'code', 'pre', 'figure', 'figcaption', 'svg', 'rect', 'circle', 'path', 'text'],
  attributes: {
    a: ['href'], ol: ['start'], h2: ['id'], li: [['className', 'tick']], section: [['className', 'case', 'three']], p: [['className', 'case-label']],
    table: [['className', 'rows', 'stack'], 'role'], thead: ['role'], tbody: ['role'], tr: ['role'],
    figure: [['className', 'fig']], svg: ['viewBox', 'role', 'ariaLabel', ['className', 'drawing']], rect: ['x', 'y', 'width', 'height', 'rx', ['className', 'd-part', 'd-frame', 'd-outside', 'd-result']], circle: ['cx', 'cy', 'r', ['className', 'd-step']],
    path: ['d', ['className', 'd-arrow']], text: ['x', 'y', 'textAnchor', 'textLength', 'lengthAdjust', ['className', 'rt', 'd-term', 'd-note', 'd-bold', 'd-number', 'd-sign']], th: [['scope', 'col'], 'role'], td: ['dataL', 'role'],
  },
  protocols: { href: ['https'] },
  clobber: [],
  clobberPrefix: '',
  strip: ['script', 'style'],
}

const disabled = ['attention', 'autolink', 'blockQuote', 'characterEscape', 'characterReference', 'codeFenced', 'codeIndented', 'codeText', 'definition', 'hardBreakEscape', 'htmlFlow', 'htmlText', 'labelStartImage', 'labelStartLink', 'labelEnd', 'setextUnderline']

const parserWithout = (constructs: readonly string[]) => unified()
  .data('micromarkExtensions', [{ disable: { null: [...constructs] } }])
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkDirective)
const parser = parserWithout(disabled)
/** The manual shows files and commands line by line, between ``` and ```. */
const manualParser = parserWithout(disabled.filter((construct) => construct !== 'codeFenced'))
const builder = unified().use(remarkRehype).use(rehypeTables).use(rehypeSanitize, schema).use(rehypeStringify)

/** A text made ready: its HTML with readings and open variables, and what the checks ask about it. */
export interface Compiled {
  html: string
  characters: number
  /** Words divided by blanks: what a reader of English reads. */
  words: number
  scenes: number
  strongs: number
  problems: readonly { line: number; message: string }[]
  bare: readonly { line: number; kanji: string }[]
}

/** Compiles one page's Markdown to sanitised HTML. `rich` allows the manual its links; `language` is the track whose frame words it gets. */
export function compileMarkdown(body: string, firstLine = 1, { rich = false, language = 'ja' }: { rich?: boolean | undefined; language?: string } = {}): Compiled {
  const work = new Page(body, firstLine, rich, labelsFor(language), language === 'ja' ? '' : `${language}-`)
  const tree = work.blocks((rich ? manualParser : parser).parse(body) as Root)
  const html = builder.stringify(builder.runSync(tree) as HastRoot)
  return { html, characters: work.characters, words: work.words, scenes: work.scenes, strongs: work.strongs, problems: work.problems, bare: work.bare }
}

class Page {
  characters = 0
  words = 0
  scenes = 0
  strongs = 0
  readonly problems: { line: number; message: string }[] = []
  readonly bare: { line: number; kanji: string }[] = []
  #hasHeading = false

  constructor(private readonly source: string, private readonly firstLine: number, private readonly rich: boolean, private readonly labels: Labels, private readonly idBefore: string) {}

  blocks(root: Root): Root {
    return { type: 'root', children: this.#articles(root.children.flatMap((node) => this.#block(node))) }
  }

  /** Articles of a pledge (`## 第1条 {#CL01}`) become sections; CL13 is set apart so that nobody misses it. */
  #articles(nodes: RootContent[]): RootContent[] {
    const out: RootContent[] = []
    let into: RootContent[] = out
    for (const node of nodes) {
      const id = node.type === 'heading' && node.depth === 2 ? (node.data?.hProperties?.id as string | undefined) : undefined
      if (id) out.push(section(id === `${this.idBefore}CL13` ? 'case' : undefined, (into = id === `${this.idBefore}CL13` ? [label(this.labels.careful)] : [])))
      into.push(node)
    }
    return out
  }

  #block(node: RootContent): RootContent[] {
    switch (node.type) {
      case 'paragraph':
        return [{ type: 'paragraph', children: this.#inline(node, this.#raw(node)) }]
      case 'heading': {
        if (node.depth < 2 || node.depth > 3) this.#problem(node, '見出しは ## と ### だけが書けます。# の数を直してください')
        const [, text, id] = /^#+\s+(.*?)(?:\s*\{#([A-Za-z0-9-]+)\})?\s*$/s.exec(this.#raw(node)) ?? [undefined, '', undefined]
        this.#hasHeading = true
        return [{ type: 'heading', depth: node.depth, children: this.#inline(node, text!), data: id ? { hProperties: { id: `${this.idBefore}${id}` } } : {} }]
      }
      case 'list':
        return [{ ...node, spread: false, children: node.children.map((item) => ({ ...item, spread: false, checked: null, ...(item.checked === false && { data: { hProperties: { className: ['tick'] } } }), children: item.children.flatMap((child) => this.#block(child)) as never })) }]
      case 'table':
        return [{ ...node, children: node.children.map((row) => ({ ...row, children: row.children.map((cell) => ({ ...cell, children: this.#inline(cell, this.#raw(cell).replace(/^\||\|$/g, '').replace(/\\\|/g, '|').trim()) })) })) }]
      case 'code':
        return [{ type: 'code', value: node.value }]
      case 'containerDirective':
        return this.#container(node)
      case 'leafDirective':
      case 'html':
        this.#problem(node, 'ここに書けるのは段落・見出し・箇条書き・表と :::case :::think :::three だけです。このどれかに書き直してください')
        return []
      default:
        this.#problem(node, `この書き方(${node.type})は使えません。段落・見出し・箇条書き・表のどれかに書き直してください`)
        return []
    }
  }

  #container(node: Extract<RootContent, { type: 'containerDirective' }>): RootContent[] {
    if (node.name === 'figure') return this.#figure(node)
    if (!['case', 'think', 'three', 'history'].includes(node.name)) {
      this.#problem(node, `:::${node.name} はありません。:::case :::think :::three :::figure :::history のどれかに直してください`)
      return []
    }
    const first = node.children[0]
    const titled = first?.type === 'paragraph' && first.data?.directiveLabel ? first : undefined
    const depth = this.#hasHeading ? 3 : 2
    const title: RootContent[] = titled ? [{ type: 'heading', depth, children: this.#inline(titled, this.#raw(titled).replace(/^\[|\]$/g, '')) }] : []
    const body = node.children.slice(titled ? 1 : 0).flatMap((child) => this.#block(child))
    if (node.name === 'three') {
      const list = body.length === 1 && body[0]!.type === 'list' ? body[0]! : undefined
      if (!list?.ordered || list.children.length > 3) this.#problem(node, ':::three の中は、1〜3行の番号つき箇条書き1つだけです。行を減らし、ほかの文は ::: の外に出してください')
      return [section('three', [{ type: 'heading', depth: 2, children: nodesOf(parseInline(this.labels.three).parts) }, ...body])]
    }
    if (node.name === 'history') return [section('case', [label(this.labels.history), ...title, ...body])]
    this.scenes++
    if (node.name === 'case' && !titled) this.#problem(node, ':::case[題] の形で、題を書いてください')
    return [section('case', [label(this.labels[node.name as 'case' | 'think']), ...title, ...body])]
  }

  /** `:::figure[題]{kind=flow}`: a paragraph that tells what is drawn, bullets `言葉 | 説明`, and for some kinds numbered lines. */
  #figure(node: Extract<RootContent, { type: 'containerDirective' }>): RootContent[] {
    const kind = FIGURE_KINDS.find((one) => one === node.attributes?.kind)
    const [first, ...rest] = node.children
    const titled = first?.type === 'paragraph' && first.data?.directiveLabel ? first : undefined
    const told = rest.filter((child) => child.type === 'paragraph')
    const lists = rest.filter((child) => child.type === 'list')
    if (!kind || !titled || told.length === 0 || lists.length === 0 || told.length + lists.length !== rest.length) {
      this.#problem(node, `:::figure[題]{kind=${FIGURE_KINDS.join('・')}} の形で、図の説明の段落と「- 言葉 | 説明」の箇条書きを書いてください`)
      return []
    }
    const items = (ordered: boolean) => lists.filter((list) => Boolean(list.ordered) === ordered).flatMap((list) => list.children).map((item) => {
      const source = joinLines(this.#raw(item).replace(/^(?:[-*]|\d+[.)])\s+/, ''))
      const read = figureItem(source)
      for (const message of read.problems) this.#problem(item, message)
      for (const parts of [read.term, read.note]) this.#count(item, parts)
      if ([...read.term, ...read.note].some((part) => part.kind === 'variable')) this.#problem(item, '図の中に差し込みは書けません(長さが分からないため)。下の説明に書いてください')
      return read
    })
    const title = parseInline(this.#raw(titled).replace(/^\[|\]$/g, ''))
    const caption = element('p', nodesOf(title.parts))
    this.#count(titled, title.parts)
    const [drawn, others] = [items(false), items(true)]
    const drawing = drawFigure(kind, figureWords(inlineText(title.parts), [...drawn, ...others]), drawn, others)
    const words = told.flatMap((paragraph) => this.#block(paragraph))
    return [{ type: 'shuhiFigure', data: { hName: 'figure', hProperties: { className: ['fig'] } }, children: [{ type: 'shuhiCaption', data: { hName: 'figcaption' }, children: [caption] }, { type: 'shuhiDrawing', data: { hName: 'svg', hProperties: drawing.properties, hChildren: drawing.children }, children: [] }, ...words] } as never]
  }

  #raw(node: Nodes): string {
    return this.source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
  }

  #inline(node: Nodes, text: string): PhrasingContent[] {
    const { parts, problems } = parseInline(joinLines(text), this.rich)
    for (const message of problems) this.#problem(node, message)
    this.#count(node, parts)
    this.strongs += parts.filter(({ kind }) => kind === 'strong').length
    return nodesOf(parts)
  }

  #count(node: Nodes, parts: readonly Inline[]) {
    for (const kanji of kanjiWithoutReading(parts)) this.bare.push({ line: this.#line(node), kanji })
    const plain = inlineText(parts)
    this.characters += [...plain.replace(/\s/g, '')].length
    this.words += plain.split(/\s+/).filter((word) => word !== '').length
  }

  #line(node: Nodes) {
    return (node.position?.start.line ?? 1) + this.firstLine - 1
  }

  #problem(node: Nodes, message: string) {
    this.problems.push({ line: this.#line(node), message })
  }
}

const section = (className: string | undefined, children: RootContent[]): RootContent =>
  ({ type: 'shuhiSection', children, data: { hName: 'section', hProperties: className ? { className: [className] } : {} } }) as never
const label = (words: string): Paragraph => ({ type: 'paragraph', children: nodesOf(parseInline(words).parts), data: { hProperties: { className: ['case-label'] } } })

/** Ruby markup and the rest of our inline markup as mdast nodes. */
function nodesOf(parts: readonly Inline[]): PhrasingContent[] {
  return parts.map((part): PhrasingContent => {
    if (part.kind === 'text') return { type: 'text', value: part.text }
    if (part.kind === 'variable') return { type: 'text', value: `{{${part.name}}}` }
    if (part.kind === 'break') return { type: 'break' }
    if (part.kind === 'code') return { type: 'inlineCode', value: part.text }
    if (part.kind === 'strong') return { type: 'strong', children: nodesOf(part.children) }
    if (part.kind === 'link') return { type: 'link', url: part.href, children: nodesOf(part.children) }
    return element('ruby', [{ type: 'text', value: part.base }, element('rp', [{ type: 'text', value: '(' }]), element('rt', [{ type: 'text', value: part.reading }]), element('rp', [{ type: 'text', value: ')' }])])
  })
}

const element = (name: string, children: PhrasingContent[]): PhrasingContent => ({ type: `shuhi-${name}`, children, data: { hName: name } }) as never

/** Tables get the house's rows; from three columns on they fold on a phone. The lines of :::three stand in one element each. */
function rehypeTables() {
  return (tree: HastRoot) => walk(tree, (node, parent) => {
    if (node.tagName === 'table') tableRows(node)
    if (node.tagName === 'ol' && parent?.properties?.className && (parent.properties.className as string[]).includes('three'))
      for (const item of elements(node)) item.children = [{ type: 'element', tagName: 'span', properties: {}, children: item.children }]
  })
}

function tableRows(table: Element): void {
  const rows = elements(table).flatMap(elements)
  const heads = elements(rows[0]!).map(textOf)
  const stack = heads.length >= 3
  table.properties = { className: stack ? ['rows', 'stack'] : ['rows'], ...(stack && { role: 'table' }) }
  if (stack) for (const group of elements(table)) group.properties = { role: 'rowgroup' }
  for (const row of rows) {
    row.properties = stack ? { role: 'row' } : {}
    elements(row).forEach((cell, at) => {
      if (cell.tagName === 'th') cell.properties = { scope: 'col', ...(stack && { role: 'columnheader' }) }
      else cell.properties = stack ? { role: 'cell', ...(heads[at] && at > 0 && { dataL: heads[at] }) } : {}
    })
  }
}

const elements = (node: Element): Element[] => node.children.filter((child): child is Element => child.type === 'element')
const textOf = (node: HastContent): string => (node.type === 'text' ? node.value : node.type === 'element' && node.tagName !== 'rt' && node.tagName !== 'rp' ? node.children.map(textOf).join('') : '')

function walk(node: HastRoot | Element, visit: (element: Element, parent: Element | undefined) => void): void {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    visit(child, node.type === 'element' ? node : undefined)
    walk(child, visit)
  }
}
