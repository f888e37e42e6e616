import { z } from 'zod'
import { isDay } from '../domain/calendar'
import { sha256 } from '../domain/ledger/entry'
import { escapeHtml, VARIABLE_NAMES, inlineHtml, inlineText, kanjiWithoutReading, parseInline, withoutReadings } from './inline'
import { labelsFor } from './labels'
import { compileMarkdown, type Compiled } from './markdown.server'
import type { RenderedPage, Variables } from './schema'
import { readYaml, splitFrontMatter, type ContentError } from './source.server'

const matterSchema = z.strictObject({
  track: z.string().regex(/^[a-z]{2}(-[a-z]+)?$/, 'ja・ja-easy・en のように書いてください').default('ja'), title: z.string().trim().min(1), asOf: z.string().refine(isDay, 'YYYY-MM-DD の日付で書いてください').optional(),
  for: z.string().optional(), order: z.int().optional(),
  objectives: z.array(z.string().trim().min(1)).optional(), topics: z.record(z.string(), z.string().trim().min(1)).optional(),
  cautions: z.array(z.string().trim().min(1)).optional(), statements: z.record(z.string().regex(/^CL\d{2}$/, 'CL02 のように書いてください'), z.string().trim().min(1)).optional(),
})

/** One page of a track, compiled; its HTML with readings, its variables still open. */
export interface TrackPage extends Compiled {
  id: string
  title: string
  titleHtml: string
  line: number
  /** Ids of its articles, in order. */
  articles: readonly string[]
}

/** One language version of a text: `ja.md` and its like. */
export interface Track {
  track: string
  title: string
  titleHtml: string
  asOf: string | undefined
  for: string | undefined
  order: number | undefined
  pages: readonly TrackPage[]
  /** Whether a heading of a page is not as it should be: what its pages are is then not known. */
  isTorn: boolean
  /** What the reader can do afterwards, in the words of this track; it stands before the first section. */
  objectives: readonly string[]
  /** Titles of the topics of the test by their ids; empty where the track names none. */
  topics: ReadonlyMap<string, { text: string; html: string }>
  /** What somebody should know before signing a pledge; it stands before the first article. */
  cautions: readonly string[]
  /** The key clauses of a pledge as this track tells them, by clause; Japanese ones stand in pledge.yaml. */
  statements: ReadonlyMap<string, { text: string; source: string }>
}

/**
 * Reads a Markdown file with front matter. `paged`: each `# 見出し {#id}` begins a page; otherwise the whole is one page, `whole`.
 * A `trusted` file is, byte for byte, what passed every check when it was published: its pages are compiled when first read.
 */
export function readTrack(text: string, file: string, errors: ContentError[], how: { paged: boolean; rich?: boolean; trusted?: boolean }): Track | undefined {
  const parts = splitFrontMatter(text)
  if (!parts) {
    errors.push({ file, line: 1, field: '', message: '先頭に --- で囲んだ見出し(track と title)を書いてください' })
    return undefined
  }
  const matter = readYaml(parts.matter, file, matterSchema, errors, 2)
  if (!matter) return undefined
  const title = heading(matter.value.title, file, matter.lineOf(['title']), errors)
  const language = matter.value.track
  const named = (path: (string | number)[], source: string) => heading(source, file, matter.lineOf(path), errors)
  const objectives = (matter.value.objectives ?? []).map((source, at) => named(['objectives', at], source))
  const topics = new Map(Object.entries(matter.value.topics ?? {}).map(([id, source]) => [id, named(['topics', id], source)]))
  const cautions = (matter.value.cautions ?? []).map((source, at) => named(['cautions', at], source))
  const statements = new Map(Object.entries(matter.value.statements ?? {}).map(([clause, source]) => [clause, named(['statements', clause], source)]))
  const front: Front[] = [{ label: 'goals', lines: objectives }, { label: 'before', lines: cautions }]
  const before = errors.length
  const sources = how.paged ? splitPages(parts.body, parts.bodyLine, file, errors) : [{ id: 'whole', title: matter.value.title, line: parts.bodyLine, body: parts.body }]
  const isTorn = errors.length > before
  const pages = sources.map((source, at) => {
    const page = new LazyPage(source, how.paged ? source.line + 1 : source.line, { rich: how.rich, language }, heading(source.title, file, source.line, how.paged ? errors : []), at === 0 ? front : [], at === 0 ? [...statements.values()] : [])
    if (!how.trusted) for (const problem of page.problems) errors.push({ file, line: problem.line, field: source.id, message: problem.message })
    return page
  })
  return { isTorn, track: matter.value.track, title: title.text, titleHtml: title.html, asOf: matter.value.asOf, for: matter.value.for, order: matter.value.order, pages, objectives: objectives.map(({ text }) => text), topics, cautions: cautions.map(({ text }) => text), statements: new Map(Object.entries(matter.value.statements ?? {}).map(([clause, source]) => [clause, { source, text: statements.get(clause)!.text }])) }
}

interface PageSourceText {
  id: string
  title: string
  line: number
  body: string
}

/** A page that is compiled once, when somebody asks for what only compiling tells. */
class LazyPage implements TrackPage {
  readonly id: string
  readonly line: number
  readonly title: string
  readonly titleHtml: string
  readonly articles: readonly string[]
  #compiled: Compiled | undefined
  constructor(private readonly source: PageSourceText, private readonly bodyLine: number, private readonly how: { rich: boolean | undefined; language: string }, private readonly head: ReturnType<typeof heading>, private readonly front: readonly Front[], private readonly beside: readonly ReturnType<typeof heading>[]) {
    this.id = source.id
    this.line = source.line
    this.title = head.text
    this.titleHtml = head.html
    this.articles = [...source.body.matchAll(/^## .*\{#([A-Za-z0-9-]+)\}\s*$/gm)].map((found) => found[1]!)
  }
  get #done(): Compiled {
    return (this.#compiled ??= compileMarkdown(this.source.body, this.bodyLine, this.how))
  }
  get html() {
    return this.front.map((part) => frontHtml(part, this.how.language)).join('') + this.#done.html
  }
  get characters() {
    return this.#done.characters
  }
  get words() {
    return this.#done.words
  }
  get scenes() {
    return this.#done.scenes
  }
  get strongs() {
    return this.#done.strongs
  }
  get problems() {
    return this.#done.problems
  }
  get bare() {
    return [...[this.head, ...this.front.flatMap(({ lines }) => lines), ...this.beside].flatMap(({ bare }) => bare.map((kanji) => ({ line: this.source.line, kanji }))), ...this.#done.bare]
  }
}

/** Lines that stand before the first section or article, under a label of the track; what is hashed as shown includes them. */
interface Front {
  label: 'goals' | 'before'
  lines: readonly ReturnType<typeof heading>[]
}
const frontHtml = ({ label, lines }: Front, language: string): string =>
  lines.length === 0 ? '' : `<section class="goals"><h2>${inlineHtml(parseInline(labelsFor(language)[label]).parts)}</h2><ul>${lines.map(({ html }) => `<li>${html}</li>`).join('')}</ul></section>`

function heading(source: string, file: string, line: number, errors: ContentError[]) {
  const { parts, problems } = parseInline(source)
  for (const message of problems) errors.push({ file, line, field: 'title', message })
  return { text: inlineText(parts), html: inlineHtml(parts), bare: kanjiWithoutReading(parts) }
}

function splitPages(body: string, firstLine: number, file: string, errors: ContentError[]): PageSourceText[] {
  const pages: PageSourceText[] = []
  let isTold = false
  body.split('\n').forEach((text, at) => {
    const line = firstLine + at
    const found = /^# (.+?)\s*\{#([A-Za-z0-9-]+)\}\s*$/.exec(text)
    if (found) {
      if (pages.some(({ id }) => id === found[2])) errors.push({ file, line, field: found[2]!, message: `節の id「${found[2]}」が2回出てきます。どちらかの id を変えてください` })
      pages.push({ id: found[2]!, title: found[1]!, line, body: '' })
    } else if (/^# /.test(text)) isTold = errors.push({ file, line, field: '', message: '節の見出しは「# 見出し {#id}」の形で書いてください' }) > 0
    else if (pages.length > 0) pages.at(-1)!.body += `${text}\n`
    else if (text.trim() !== '' && !isTold) isTold = errors.push({ file, line, field: '', message: '最初の節の見出しより前に、文があります。見出し(# 見出し {#id})の下に移してください' }) > 0
  })
  if (pages.length === 0 && !isTold) errors.push({ file, line: firstLine, field: '', message: '節(# 見出し {#id})が1つもありません。見出しを書き、その下に文を書いてください' })
  return pages
}

type Filling = Readonly<Record<string, string | undefined>>

/** HTML cut at its variables once, so that filling it is only joining. */
class Template {
  readonly #pieces: readonly string[]
  constructor(html: string) {
    this.#pieces = html.split(/\{\{(\w+)\}\}/)
  }
  fill(variables: Filling): string {
    let out = ''
    for (let at = 0; at < this.#pieces.length; at++) {
      const piece = this.#pieces[at]!
      const value = at % 2 === 0 ? piece : variables[piece]
      out += at % 2 === 0 ? piece : value === undefined ? `{{${piece}}}` : escapeHtml(value).replaceAll('\n', '<br>')
    }
    return out
  }
}

const NAMES = [...VARIABLE_NAMES] as (keyof Variables)[]

/** A page ready to be shown: filled with its variables, escaped, and hashed, with nothing parsed again. */
export class PageTemplate {
  #html: Template | undefined
  readonly #title: string
  readonly #titleHtml: Template
  /** The last few renderings: the operator's own staff all read the same bytes. */
  readonly #kept = new Map<string, RenderedPage>()
  constructor(private readonly page: Pick<TrackPage, 'html' | 'title' | 'titleHtml'>, private readonly furigana: boolean) {
    this.#title = page.title
    this.#titleHtml = new Template(furigana ? page.titleHtml : withoutReadings(page.titleHtml))
  }
  render(variables: Variables): RenderedPage {
    const key = NAMES.map((name) => variables[name]).join('\0')
    const kept = this.#kept.get(key)
    if (kept) return kept
    this.#html ??= new Template(this.furigana ? this.page.html : withoutReadings(this.page.html))
    const html = this.#html.fill(variables)
    const page = { html, title: fillText(this.#title, variables), titleHtml: this.#titleHtml.fill(variables), sha256: sha256(html) }
    if (this.#kept.size >= 4) this.#kept.clear()
    this.#kept.set(key, page)
    return page
  }
}

/** Fills variables in plain text. */
export const fillText = (text: string, variables: Partial<Variables>): string => text.replace(/\{\{(\w+)\}\}/g, (open, name: string) => variables[name as keyof Variables] ?? open)
/** Fills variables in HTML, escaped. */
export const fillHtml = (html: string, variables: Filling): string => new Template(html).fill(variables)
