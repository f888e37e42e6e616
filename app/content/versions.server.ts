import { isUtf8 } from 'node:buffer'
import type { z } from 'zod'
import { sha256 } from '../domain/ledger/entry'
import { TRACKS } from '../domain/tracks'
import { bankSchema, bankWordsSchema, checklistSchema, moduleSchema, pledgeSchema, type Bank, type BankWords, type ChecklistVersion, type ModuleVersion, type NoticeVersion, type PageSource, type PledgeVersion, type Question } from './schema'
import { readYaml, type Checked, type ContentError } from './source.server'
import { NOT_UTF8, textOf } from './text.server'
import { readTrack, type Track } from './track.server'

export type Kind = 'module' | 'pledge' | 'checklist' | 'notice'
export type Version = ModuleVersion | PledgeVersion | ChecklistVersion | NoticeVersion
/** The files of one version by name: from the folder, or from the bytes that the database kept. */
export type Files = ReadonlyMap<string, Uint8Array>

/** One version as read: what the library serves, its tracks, where its fields stand, and the files it was read from. */
export interface ReadVersion<V extends Version = Version> {
  kind: Kind
  slug: string
  number: string
  folder: string
  version: V
  tracks: ReadonlyMap<string, Track>
  /** Its job aid in each track. */
  aids?: ReadonlyMap<string, Track>
  files: Files
  lineOf: Checked<unknown>['lineOf']
  bank?: Checked<Bank>
  /** The words of the bank in its other tracks. */
  bankWords?: ReadonlyMap<string, Checked<BankWords>>
  /** The number of its bank, known without reading the bank. */
  bankNumber?: string
}

const NO_FILE = 'ファイルがありません。この名前のファイルを、このフォルダに置いてください(大文字と小文字も区別します)'
const text = (files: Files, name: string) => textOf(files.get(name))
const AID = /^aid\.(.+)\.md$/
const BANK_WORDS = /^quiz\.(.+)\.yaml$/
const ORDER: readonly string[] = TRACKS.map((track) => `${track}.md`)
const trackFiles = (files: Files) => [...files.keys()].filter((name) => ORDER.includes(name)).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))
/** One hash over the files that make up a version (its bank has its own). */
const hashOf = (files: Files, names: readonly string[]) => sha256(names.map((name) => `${name} ${sha256(files.get(name)!)}\n`).join(''))

/** The number that a bank's file gives itself. */
export const bankNumberOf = (files: Files): string | undefined => (files.has('quiz.yaml') ? /^version: *["']?([\d.]+)/m.exec(text(files, 'quiz.yaml'))?.[1] : undefined)

/**
 * Reads one version of a kind from its files; violations go to `errors`, and then there is no version. Of `trusted` files (sealed and
 * unchanged) pages and bank are read when they are first asked for.
 */
export function readVersion(kind: Kind, folder: string, slug: string, number: string, files: Files, errors: ContentError[], trusted = false): ReadVersion | undefined {
  const before = errors.length
  for (const [name, bytes] of files) if (!isUtf8(bytes)) errors.push({ file: `${folder}/${name}`, line: 1, field: '', message: NOT_UTF8 })
  if (errors.length > before) return undefined
  const read = { module: readModule, pledge: readPledge, checklist: readChecklist, notice: readNotice }[kind]({ folder, slug, number, files, errors, trusted })
  return read && errors.length === before ? read : undefined
}

interface Reading {
  folder: string
  slug: string
  number: string
  files: Files
  errors: ContentError[]
  trusted: boolean
}

function meta<T extends { slug: string; version: string }>(name: string, schema: z.ZodType<T>, { folder, slug, number, files, errors }: Reading, ownNumber = false) {
  const file = `${folder}/${name}`
  if (!files.has(name)) {
    errors.push({ file, line: 1, field: '', message: NO_FILE })
    return undefined
  }
  const checked = readYaml(text(files, name), file, schema, errors)
  if (!checked) return undefined
  if (checked.value.slug !== slug) errors.push({ file, line: checked.lineOf(['slug']), field: 'slug', message: `フォルダの名前「${slug}」と同じにしてください` })
  if (!ownNumber && checked.value.version !== number) errors.push({ file, line: checked.lineOf(['version']), field: 'version', message: `フォルダの名前「${number}」と同じにしてください` })
  return checked
}

function readTracks({ folder, files, errors, trusted }: Reading): Map<string, Track> {
  const tracks = new Map<string, Track>()
  if (!files.has('ja.md')) errors.push({ file: `${folder}/ja.md`, line: 1, field: '', message: NO_FILE })
  for (const name of trackFiles(files)) {
    const track = readTrack(text(files, name), `${folder}/${name}`, errors, { paged: true, trusted })
    if (track && `${track.track}.md` !== name) errors.push({ file: `${folder}/${name}`, line: 2, field: 'track', message: `ファイルの名前に合わせて ${name.slice(0, -3)} と書いてください` })
    if (track) tracks.set(track.track, track)
  }
  return tracks
}

/** The job aid of each track: one page without sections. */
function readAids({ folder, files, errors, trusted }: Reading): Map<string, Track> {
  const aids = new Map<string, Track>()
  for (const name of [...files.keys()].filter((one) => AID.test(one)).sort()) {
    const track = readTrack(text(files, name), `${folder}/${name}`, errors, { paged: false, trusted })
    if (track && `aid.${track.track}.md` !== name) errors.push({ file: `${folder}/${name}`, line: 2, field: 'track', message: `ファイルの名前に合わせて ${AID.exec(name)![1]} と書いてください` })
    if (track) aids.set(track.track, track)
  }
  return aids
}

/** What a bank says in other tracks: it must name the same questions and options. */
function readBankWords(reading: Reading, bank: Checked<Bank>): Map<string, Checked<BankWords>> {
  const words = new Map<string, Checked<BankWords>>()
  for (const name of [...reading.files.keys()].filter((one) => BANK_WORDS.test(one)).sort()) {
    const track = BANK_WORDS.exec(name)![1]!
    const checked = later(reading, (from) => meta(name, bankWordsSchema, from, true))
    if (!checked) continue
    words.set(track, checked)
    if (!reading.trusted) refuseOtherQuestions(checked, bank, track, `${reading.folder}/${name}`, reading.errors)
  }
  return words
}

function refuseOtherQuestions(words: Checked<BankWords>, bank: Checked<Bank>, track: string, file: string, errors: ContentError[]): void {
  const refuse = (path: (string | number)[], message: string) => errors.push({ file, line: words.lineOf(path), field: path.join('.'), message })
  if (words.value.track !== track) refuse(['track'], `ファイルの名前に合わせて ${track} と書いてください`)
  if (words.value.version !== bank.value.version) refuse(['version'], `quiz.yaml の version(${bank.value.version})と同じにしてください`)
  const told = new Set(words.value.questions.map(({ id }) => id))
  for (const { id } of bank.value.questions) if (!told.has(id)) refuse(['questions'], `問題「${id}」がありません。quiz.yaml にある問題は、この言葉でもすべて書いてください`)
  words.value.questions.forEach((question, at) => {
    const source = bank.value.questions.find(({ id }) => id === question.id)
    if (!source) return refuse(['questions', at, 'id'], `問題「${question.id}」は quiz.yaml にありません。id を直すか、この問題を消してください`)
    if (source.options.map(({ id }) => id).join() !== question.options.map(({ id }) => id).join()) refuse(['questions', at, 'options'], `問題「${question.id}」の選択肢が quiz.yaml と違います。選択肢の id と並びを、quiz.yaml に合わせてください`)
  })
}

const pageSources = (track: Track | undefined): PageSource[] => (track?.pages ?? []).map((page) => ({ id: page.id, title: page.title, get characters() { return page.characters } }))

function readModule(reading: Reading): ReadVersion<ModuleVersion> | undefined {
  const { folder, slug, number, files, errors } = reading
  const checked = meta('module.yaml', moduleSchema, reading)
  const bank = later(reading, (from) => meta('quiz.yaml', bankSchema, from, true))
  const tracks = readTracks(reading)
  const aids = readAids(reading)
  if (!checked || !bank) return undefined
  const sections = checked.value.sections.map(({ id }) => id)
  for (const track of tracks.values()) if (!track.isTorn) refuseOtherPages(track, sections, `${folder}/${track.track}.md`, 'module.yaml の sections', errors)
  checked.value.topics.forEach((topic, at) => topic.sections.filter((id) => !sections.includes(id)).forEach((id) =>
    errors.push({ file: `${folder}/module.yaml`, line: checked.lineOf(['topics', at, 'sections']), field: `topics.${at}.sections`, message: `節「${id}」はありません。sections にある id を書いてください` })))
  if (!reading.trusted) refuseBadQuestions(bank, sections, checked.value.topics.map(({ id }) => id), `${folder}/quiz.yaml`, errors)
  const bankWords = readBankWords(reading, bank)
  const names = ['module.yaml', ...trackFiles(files), ...[...files.keys()].filter((name) => AID.test(name)).sort()]
  const version: ModuleVersion = { kind: 'module', meta: checked.value, get bank() { return bank.value }, pages: pageSources(tracks.get('ja')), sha256: hashOf(files, names), bankSha256: sha256(files.get('quiz.yaml')!), tracks: [...tracks.keys()], aids: [...aids.keys()] }
  return { kind: 'module', slug, number, folder, version, tracks, aids, files, lineOf: checked.lineOf, bank, bankWords, bankNumber: bankNumberOf(files)! }
}

/** A sealed file is read when somebody first asks for what is in it; any other at once. */
function later<T>(reading: Reading, read: (from: Reading) => Checked<T> | undefined): Checked<T> | undefined {
  if (!reading.trusted) return read(reading)
  let kept: Checked<T> | undefined
  const now = () => {
    const errors: ContentError[] = []
    kept ??= read({ ...reading, errors })
    if (!kept) throw new Error(errors.map(({ file, line, field, message }) => `${file}:${line} ${field} ${message}`).join('\n'))
    return kept
  }
  return { get value() { return now().value }, lineOf: (path) => now().lineOf(path) }
}

function readPledge(reading: Reading): ReadVersion<PledgeVersion> | undefined {
  const { folder, slug, number, files, errors } = reading
  const checked = meta('pledge.yaml', pledgeSchema, reading)
  const tracks = readTracks(reading)
  if (!checked) return undefined
  const { clauses, keyClauses } = checked.value
  for (const track of [...tracks.values()].filter(({ isTorn }) => !isTorn)) {
    const articles = track.pages.flatMap((page) => page.articles)
    if (articles.join() !== clauses.join()) errors.push({ file: `${folder}/pledge.yaml`, line: checked.lineOf(['clauses']), field: 'clauses', message: `${track.track}.md の条の並びと違います(本文: ${articles.join(' ')})。clauses と本文を、同じ条の同じ並びにしてください` })
  }
  keyClauses.forEach(({ clause }, at) => {
    if (!clauses.includes(clause)) errors.push({ file: `${folder}/pledge.yaml`, line: checked.lineOf(['keyClauses', at]), field: `keyClauses.${at}`, message: `条 ${clause} は本文にありません。clauses にある条を書いてください` })
  })
  const version: PledgeVersion = { kind: 'pledge', meta: checked.value, pages: pageSources(tracks.get('ja')), sha256: hashOf(files, ['pledge.yaml', ...trackFiles(files)]), tracks: [...tracks.keys()], told: new Map([...tracks].map(([track, { title, statements }]) => [track, { title, statements }])) }
  return { kind: 'pledge', slug, number, folder, version, tracks, files, lineOf: checked.lineOf }
}

function readChecklist(reading: Reading): ReadVersion<ChecklistVersion> | undefined {
  const { folder, slug, number, files } = reading
  const checked = meta('checklist.yaml', checklistSchema, reading)
  if (!checked) return undefined
  return { kind: 'checklist', slug, number, folder, version: { kind: 'checklist', meta: checked.value, sha256: hashOf(files, ['checklist.yaml']) }, tracks: new Map(), files, lineOf: checked.lineOf }
}

function readNotice(reading: Reading): ReadVersion<NoticeVersion> | undefined {
  const { folder, slug, number, files, errors } = reading
  const file = `${folder}/ja.md`
  if (!files.has('ja.md')) errors.push({ file, line: 1, field: '', message: NO_FILE })
  const track = files.has('ja.md') ? readTrack(text(files, 'ja.md'), file, errors, { paged: false, trusted: reading.trusted }) : undefined
  if (track && !track.asOf) errors.push({ file, line: 2, field: 'asOf', message: 'ja.md に asOf を書いてください(例 asOf: "2026-11-20")' })
  if (!track?.asOf) return undefined
  const version: NoticeVersion = { kind: 'notice', version: number, asOf: track.asOf, pages: pageSources(track), sha256: hashOf(files, ['ja.md']) }
  return { kind: 'notice', slug, number, folder, version, tracks: new Map([['ja', track]]), files, lineOf: () => 1 }
}

function refuseOtherPages(track: Track, expected: readonly string[], file: string, where: string, errors: ContentError[]): void {
  const pages = track.pages.map(({ id }) => id)
  if (pages.join() !== expected.join()) errors.push({ file, line: track.pages.find(({ id }, at) => id !== expected[at])?.line ?? 1, field: 'sections', message: `節の並びが ${where} と違います(${where}: ${expected.join(' ')} / 本文: ${pages.join(' ')})。同じ id の節を、同じ順に書いてください` })
}

function refuseBadQuestions(bank: Checked<Bank>, sections: readonly string[], topics: readonly string[], file: string, errors: ContentError[]): void {
  const seen = new Set<string>()
  bank.value.questions.forEach((question, at) => {
    const refuse = (field: string, message: string) => errors.push({ file, line: bank.lineOf(['questions', at, field]), field: `${question.id} ${field}`, message })
    if (seen.has(question.id)) refuse('id', `問題の id「${question.id}」が2回出てきます。どちらかの id を変えてください`)
    seen.add(question.id)
    if (!topics.includes(question.topic)) refuse('topic', `topic「${question.topic}」は module.yaml にありません。module.yaml の topics にある id を書いてください`)
    if (!sections.includes(question.section)) refuse('section', `節「${question.section}」はありません。module.yaml の sections にある id を書いてください`)
    const message = refusalOfKey(question)
    if (message) refuse('options', message)
  })
}

function refusalOfKey({ kind, options }: Question): string | undefined {
  const correct = options.filter((option) => option.correct === true).length
  if (new Set(options.map(({ id }) => id)).size !== options.length) return '選択肢の id が重なっています。1つずつ違う文字にしてください'
  if (kind === 'order') return options.some((option) => option.correct !== undefined) ? 'order の選択肢に correct は書きません。correct を消し、選択肢を正しい順に並べてください' : options.length < 3 || options.length > 5 ? 'order の選択肢は3〜5個です。選択肢を足すか、減らしてください' : undefined
  if (options.some((option) => option.correct === undefined)) return 'どの選択肢にも correct を書いてください(正答は true、ほかは false)'
  if (kind === 'multiple') return correct < 2 || correct === options.length ? 'multiple は正答2つ以上、誤答1つ以上です。correct を直してください。正答が1つなら、kind を single にします' : undefined
  if (kind === 'truefalse' && options.length !== 2) return 'truefalse の選択肢は2つです。「正しい」「正しくない」だけを書いてください'
  return correct === 1 ? undefined : '正答はちょうど1つです。correct: true を、1つの選択肢だけに書いてください'
}
