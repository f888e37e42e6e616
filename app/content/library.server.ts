import type { Span } from '../domain/audience'
import { fullDay, type Day, type WorkCalendar } from '../domain/calendar'
import { stopsOf } from '../domain/requirement'
import { escapeHtml, inlineHtml, inlineText, joinLines, parseInline, withoutReadings } from './inline'
import { MANUAL_TERMS } from './manual-terms'
import type { HelpPage } from './help.server'
import type { Correction, KeptVersion, KnownReview, ModuleNames, ReviewStatus } from './library-parts'
import { readFolder, type Folder } from './read-folder.server'
import { bankSchema, bankWordsSchema, isRequirement, type Bank, type BankWords, type Law, type ModuleVersion, type NoticeVersion, type OperatorWords, type PledgeVersion, type Question, type RenderedPage, type Requirement, type Rule, type Variables } from './schema'
import { publishedRules, unsealedBanks } from './seal.server'
import { byVersion, Shelf, type VersionOf } from './shelf.server'
import { readYaml, type ContentError } from './source.server'
import { toldQuestion } from './told.server'
import { fillHtml, fillText, PageTemplate } from './track.server'
import { readVersion, type Kind, type ReadVersion, type Version } from './versions.server'

export { variablesFor } from './variables.server'
export type { ContentError } from './source.server'
export type { ReviewStatus } from './library-parts'

/** Said of a law's wording, not of the text that rests on it: that has its own review. */
const UNVERIFIED = '(条文は要確認)'

/** A requirement with the days on which another entry stops it. */
export type AskedRequirement = Requirement & { stopped?: readonly Span[] }

/** The words people read, sign and are examined on: read, checked and rendered once, at start. */
export interface Library {
  readonly words: OperatorWords
  readonly laws: ReadonlyMap<string, Law>
  readonly calendar: WorkCalendar
  readonly requirements: readonly AskedRequirement[]
  readonly notice: NoticeVersion
  /** The newest published version of a slug. */
  current<K extends Kind>(kind: K, slug: string): VersionOf[K] | undefined
  /** Any version ever published. */
  find<K extends Kind>(kind: K, slug: string, version: string): VersionOf[K] | undefined
  /** The newest version of each slug, in the order of the slugs. */
  list<K extends Kind>(kind: K): VersionOf[K][]
  /** One page as shown to one person; undefined when the version has no such page or track. */
  renderPage(version: ModuleVersion | PledgeVersion | NoticeVersion, pageId: string, how: { track: string; furigana: boolean; variables: Variables }): RenderedPage | undefined
  /** The job aid of a module, to print and keep; undefined when there is none in this track. */
  renderAid(version: ModuleVersion, how: { track: string; furigana: boolean; variables: Variables }): RenderedPage | undefined
  /** A question in the words of a track; in Japanese where the track does not tell it. */
  questionIn(slug: string, bankVersion: string, question: Question, track: string): Question
  /** Title of a module, of its topics and its sections in a track; in Japanese where the track does not name them. */
  namesIn(version: ModuleVersion, track: string): ModuleNames
  /** The text of a question, option, explanation or key clause as sanitised HTML: inline when it is one paragraph, else `<p>` by `<p>`. */
  renderText(source: string, how: { furigana: boolean; variables?: Variables }): string
  /** A text without readings and markers. */
  plainText(source: string): string
  reviewStatus(kind: Kind, slug: string, version: string): ReviewStatus
  /** A bank as published; its corrections lie beside it. */
  bank(slug: string, bankVersion: string): Bank | undefined
  errata(slug: string, questionId: string): readonly Correction[]
  /** Titles for the source line of a text as of a day: what is not yet in force on it says from when, what is not verified says so. */
  lawTitles(ids: readonly string[], asOf: Day): string[]
  /** The manual, its variables filled. */
  readonly help: readonly HelpPage[]
  /** What the folder holds, for publishing. */
  readonly folder: Folder
  /** Every published version with the files it was read from. */
  readonly shelf: Pick<Shelf, 'get' | 'all'>
  /** Makes a version that is not published ready to be rendered, for a preview; it is not served. */
  prepare(read: ReadVersion): void
  /** Serves a version from now on, as it was read. */
  take(read: ReadVersion): void
  /** What was said about versions, first to last: of the database, which knows the lines of the folder and what was entered in the product. */
  takeReviews(reviews: readonly KnownReview[]): void
  /** Takes in versions that only the database still has. */
  remember(kept: readonly KeptVersion[], banks: readonly { slug: string; version: string; track: string; bytes: Uint8Array }[]): void
}

/** Reads content/, and the operator's own folder beside it, and makes the library, or names every error at once. Unpublished versions with errors are left out. */
export function loadLibrary(folder: string, own?: string): { library: Library; drafts: ContentError[] } | { errors: ContentError[] } {
  const read = readFolder(folder, own, { trustSeals: true })
  const { words, calendar } = read
  const shelf = new Shelf(read)
  if (!shelf.current('notice', 'purpose') && !read.errors.some(({ file }) => file.startsWith(`${folder}/notices/purpose/`))) read.errors.push({ file: `${folder}/notices/purpose`, line: 1, field: '', message: '記録の利用目的のお知らせ(公開した版)がありません。標準の content フォルダを、入れたときのものに戻してください' })
  read.errors.push(...unsealedBanks(read))
  if (read.errors.length > 0 || !words || !calendar) return { errors: [...read.errors, ...read.draftErrors] }
  return { library: new LoadedLibrary(shelf, words, calendar, askedBy(publishedRules(read))), drafts: read.draftErrors }
}

/** The requirements among the entries, each with the days on which another entry stops it. */
function askedBy(rules: readonly Rule[]): AskedRequirement[] {
  const stops = stopsOf(rules)
  return rules.filter(isRequirement).map((rule) => ({ ...rule, ...(stops.has(rule.id) && { stopped: stops.get(rule.id)! }) }))
}

class LoadedLibrary implements Library {
  readonly #templates = new WeakMap<Version, Map<string, PageTemplate>>()
  readonly #texts = new Map<string, string>()
  readonly #banks = new Map<string, { readonly value: Bank }>()
  readonly #bankWords = new Map<string, { readonly value: BankWords }>()
  readonly #reads = new WeakMap<Version, ReadVersion>()
  #reviews: readonly KnownReview[]
  readonly help: readonly HelpPage[]

  constructor(
    readonly shelf: Shelf,
    readonly words: OperatorWords,
    readonly calendar: WorkCalendar,
    readonly requirements: readonly AskedRequirement[],
  ) {
    this.#reviews = shelf.read.reviews
    for (const read of shelf.all()) this.#make(read)
    const variables = { ...this.#generalVariables(), ...MANUAL_TERMS }
    this.help = shelf.read.help.map((page) => ({ slug: page.slug, title: page.title, for: page.for, order: page.order, get html() { return fillHtml(page.html, variables) } }))
  }

  get laws() {
    return this.shelf.read.laws
  }
  get notice() {
    return this.shelf.current('notice', 'purpose')!
  }
  get folder() {
    return this.shelf.read
  }

  prepare(read: ReadVersion) {
    if (this.#reads.has(read.version)) return
    const templates = new Map<string, PageTemplate>()
    for (const track of read.tracks.values())
      for (const page of track.pages) for (const furigana of [true, false]) templates.set(`${track.track} ${page.id} ${furigana}`, new PageTemplate(page, furigana))
    for (const aid of read.aids?.values() ?? []) for (const furigana of [true, false]) templates.set(`aid ${aid.track} ${furigana}`, new PageTemplate({ ...aid.pages[0]!, get html() { return aid.pages[0]!.html }, title: aid.title, titleHtml: aid.titleHtml }, furigana))
    this.#templates.set(read.version, templates)
    this.#reads.set(read.version, read)
  }

  #make(read: ReadVersion) {
    this.prepare(read)
    if (read.bank) this.#banks.set(`${read.slug} ${read.bankNumber}`, read.bank)
    for (const [track, words] of read.bankWords ?? []) this.#bankWords.set(`${read.slug} ${read.bankNumber} ${track}`, words)
  }

  current<K extends Kind>(kind: K, slug: string) {
    return this.shelf.current(kind, slug)
  }

  find<K extends Kind>(kind: K, slug: string, version: string) {
    return this.shelf.get(kind, slug, version)?.version as VersionOf[K] | undefined
  }

  list<K extends Kind>(kind: K): VersionOf[K][] {
    return this.shelf.slugs(kind).map((slug) => this.shelf.current(kind, slug)!)
  }

  renderPage(version: ModuleVersion | PledgeVersion | NoticeVersion, pageId: string, how: { track: string; furigana: boolean; variables: Variables }) {
    return this.#templates.get(version)?.get(`${how.track} ${pageId} ${how.furigana}`)?.render(how.variables)
  }

  renderAid(version: ModuleVersion, how: { track: string; furigana: boolean; variables: Variables }) {
    return this.#templates.get(version)?.get(`aid ${how.track} ${how.furigana}`)?.render(how.variables)
  }

  questionIn(slug: string, bankVersion: string, question: Question, track: string): Question {
    const words = this.#bankWords.get(`${slug} ${bankVersion} ${track}`)?.value
    return words ? toldQuestion(question, words) : question
  }

  namesIn(version: ModuleVersion, track: string) {
    const read = this.#reads.get(version)?.tracks
    const own = read?.get(track) ?? read?.get('ja')
    const named = own && own.topics.size > 0 ? own.topics : read?.get('ja')?.topics
    return {
      title: own?.title ?? version.meta.title, titleHtml: own?.titleHtml ?? escapeHtml(version.meta.title), pages: own?.pages.map((page) => ({ text: page.title, html: page.titleHtml })) ?? [],
      topics: new Map(version.meta.topics.map(({ id, title }) => [id, named?.get(id) ?? { text: title, html: escapeHtml(title) }])),
    }
  }

  renderText(source: string, how: { furigana: boolean; variables?: Variables }) {
    const key = `${how.furigana} ${source}`
    let html = this.#texts.get(key)
    if (html === undefined) {
      const paragraphs = paragraphsOf(source).map((paragraph) => inlineHtml(parseInline(paragraph).parts))
      const withReadings = paragraphs.length === 1 ? paragraphs[0]! : paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('')
      html = how.furigana ? withReadings : withoutReadings(withReadings)
      if (this.#texts.size > 20_000) this.#texts.clear()
      this.#texts.set(key, html)
    }
    return html.includes('{{') ? fillHtml(html, how.variables ?? this.#generalVariables()) : html
  }

  plainText(source: string) {
    return fillText(paragraphsOf(source).map((paragraph) => inlineText(parseInline(paragraph).parts)).join('\n\n'), this.#generalVariables())
  }

  #generalVariables(): Variables {
    return { ...this.words, employer: 'あなたの会社', reportTo: this.words.reportDesk, addressee: 'あなたの会社', scope: '' }
  }

  reviewStatus(kind: Kind, slug: string, version: string): ReviewStatus {
    return this.#reviews.findLast((review) => review.kind === kind && review.slug === slug && review.version === version)?.status ?? 'draft'
  }

  bank(slug: string, bankVersion: string) {
    return this.#banks.get(`${slug} ${bankVersion}`)?.value
  }

  errata(slug: string, questionId: string) {
    return this.folder.errata.filter((erratum) => erratum.slug === slug && erratum.question === questionId).map(({ on, correct, reason }) => ({ on, correct, reason }))
  }

  lawTitles(ids: readonly string[], asOf: Day) {
    return ids.flatMap((id) => {
      const law = this.laws.get(id)
      return law ? [`${law.title}${law.validFrom > asOf ? `(${fullDay(law.validFrom)}から)` : ''}${law.status === 'unverified' ? UNVERIFIED : ''}`] : []
    })
  }

  take(read: ReadVersion) {
    this.shelf.put(read)
    this.#make(read)
  }

  takeReviews(reviews: readonly KnownReview[]) {
    this.#reviews = reviews
  }

  remember(kept: readonly KeptVersion[], banks: readonly { slug: string; version: string; track: string; bytes: Uint8Array }[]) {
    for (const { slug, version, track, bytes } of banks) {
      if (track !== '-') {
        const words = readYaml(new TextDecoder().decode(bytes), `bank/${slug}/${version}/${track}`, bankWordsSchema, [])
        if (words && !this.#bankWords.has(`${slug} ${version} ${track}`)) this.#bankWords.set(`${slug} ${version} ${track}`, words)
        continue
      }
      const bank = readYaml(new TextDecoder().decode(bytes), `bank/${slug}/${version}`, bankSchema, [])
      if (bank && !this.#banks.has(`${slug} ${version}`)) this.#banks.set(`${slug} ${version}`, bank)
    }
    for (const { kind, slug, version, files } of kept) {
      if (this.shelf.get(kind, slug, version)) continue
      const own = banks.filter((bank) => bank.slug === slug && bank.track === '-').sort((a, b) => byVersion(b.version, a.version))
      const candidates = kind === 'module' ? own.map((bank) => new Map([...files, ['quiz.yaml', bank.bytes]])) : [files]
      for (const candidate of candidates) {
        const read = readVersion(kind, `${kind}/${slug}/${version}`, slug, version, candidate, [])
        if (!read) continue
        this.take(read)
        break
      }
    }
  }
}

const paragraphsOf = (source: string): string[] => source.trim().split(/\n[ \t]*\n/).map(joinLines)