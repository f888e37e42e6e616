import { asksKind } from '../domain/audience'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../domain/people'
import { biasOf, checkBank, type Bias } from './check-bank.server'
import { checkPledge, wordsRefused } from './check-pledge.server'
import { itemsOf } from './checklist-schema'
import { checkProvisions, newestModules } from './check-provisions.server'
import { bareKanji, SCOPE_ELSEWHERE, unknownLaw, unknownProvision } from './fault-words'
import { measureReading } from './check-reading.server'
import { originOf } from './origin.server'
import type { Folder } from './read-folder.server'
import { isRequirement, type ModuleVersion, type PledgeVersion, type Requirement } from './schema'
import type { Readability } from './readability'
import type { ContentError } from './source.server'
import { hasFaults, isUnread } from './unread'
import type { ReadVersion } from './versions.server'

/** Said of the texts of the operator's own folder, not of ours. */
interface Whose {
  own?: true
}

/** What `content check` answers. */
export interface CheckReport {
  errors: ContentError[]
  modules: (Whose & { id: string; version: string; tracks: readonly string[]; sections: number; words: number; minutes: number; questions: number; situational: number })[]
  pledges: (Whose & { id: string; version: string; tracks: readonly string[] })[]
  checklists: (Whose & { id: string; version: string; items: number })[]
  /** Rows of the ledger: taught by a section, to be taught and not, and those that are met outside the texts. */
  provisions: { known: number; covered: string[]; uncovered: string[]; outside: string[] }
  /** Over all banks; `banks` has each. */
  bias: Bias
  banks: ({ id: string; version: string } & Bias)[]
  /** How each track reads, over all modules and module by module. */
  readability: Record<string, Readability>
  reading: ({ id: string; version: string; track: string } & Readability)[]
}

/** Checks everything that can be checked about the texts, beyond their shape; every error at once. */
export function checkFolder(folder: Folder): CheckReport {
  const errors = [...folder.errors, ...folder.draftErrors]
  const report: CheckReport = {
    errors, modules: [], pledges: [], checklists: [], provisions: { known: folder.provisions.size, ...checkProvisions(folder, errors) },
    bias: biasOf(newestModules(folder).flatMap(({ version }) => version.bank.questions)), banks: [], ...measureReading(folder, errors),
  }
  for (const read of folder.versions) {
    const bank = checkVersion(read, folder, errors)
    const { version } = read
    const named = { id: read.slug, version: read.number, ...(originOf(folder, read) === 'own' && { own: true as const }) }
    if (version.kind === 'module') {
      report.banks.push({ id: read.slug, version: read.number, ...bank! })
      report.modules.push({ ...named, tracks: version.tracks, sections: version.pages.length, words: version.pages.reduce((all, page) => all + page.characters, 0), minutes: version.meta.minutes, questions: version.bank.questions.length, situational: version.bank.questions.filter(({ situational }) => situational).length })
    } else if (version.kind === 'pledge') report.pledges.push({ ...named, tracks: version.tracks })
    else if (version.kind === 'checklist') report.checklists.push({ ...named, items: itemsOf(version.meta).length })
  }
  checkRequirements(folder, errors)
  checkBeside(folder, errors)
  return report
}

/** Checks one version beyond its shape; of a module it answers how even its keys are. */
export function checkVersion(read: ReadVersion, folder: Folder, errors: ContentError[]): ReturnType<typeof checkBank> | undefined {
  checkWords(read, folder, errors)
  checkReadings(read, errors)
  const { version } = read
  if (version.kind === 'pledge') {
    checkIds(folder, errors, `${read.folder}/pledge.yaml`, (field) => read.lineOf([field]), version.meta.provisions, version.meta.laws)
    checkPledge(read as ReadVersion<PledgeVersion>, errors)
  } else if (version.kind === 'checklist') {
    const file = `${read.folder}/checklist.yaml`
    checkIds(folder, errors, file, (field) => read.lineOf([field]), version.meta.provisions, version.meta.laws)
    version.meta.groups.forEach(({ items }, group) => items.forEach((item, at) => checkIds(folder, errors, file, (field) => read.lineOf(['groups', group, 'items', at, field]), item.provisions, [])))
  }
  if (version.kind !== 'module') return undefined
  checkModule(read as ReadVersion<ModuleVersion>, folder, errors)
  return checkBank(read as ReadVersion<ModuleVersion>, folder, errors)
}

function checkIds(folder: Folder, errors: ContentError[], file: string, line: (field: string) => number, provisions: readonly string[], laws: readonly string[]): void {
  for (const id of provisions) if (!folder.provisions.has(id) && !hasFaults(folder, 'provisions.tsv')) errors.push({ file, line: line('provisions'), field: 'provisions', message: unknownProvision(id) })
  for (const id of laws) if (!folder.laws.has(id) && !hasFaults(folder, 'laws.yaml')) errors.push({ file, line: line('laws'), field: 'laws', message: unknownLaw(id) })
}

/** Reading speed by track: characters (of English: words) a minute; readers of やさしい日本語 are given more time. Half a minute to stop at each scene and question. */
const SPEED: Readonly<Record<string, { unit: 'characters' | 'words'; aMinute: number }>> = { ja: { unit: 'characters', aMinute: 400 }, 'ja-easy': { unit: 'characters', aMinute: 300 }, en: { unit: 'words', aMinute: 200 } }
const SCENE_MINUTES = 0.5

function checkModule(read: ReadVersion<ModuleVersion>, folder: Folder, errors: ContentError[]): void {
  const { meta } = read.version
  const file = `${read.folder}/module.yaml`
  const refuse = (path: (string | number)[], message: string) => errors.push({ file, line: read.lineOf(path), field: path.join('.'), message })
  const sum = meta.sections.reduce((all, { minutes }) => all + minutes, 0) + meta.quiz.minutes
  if (Math.abs(sum - meta.minutes) > 1e-9) refuse(['minutes'], `minutes は節とテストの合計(${sum})にしてください`)
  meta.sections.forEach((section, at) => {
    checkIds(folder, errors, file, (field) => read.lineOf(['sections', at, field]), section.provisions, section.laws)
    for (const track of read.tracks.values()) {
      const page = track.pages.find(({ id }) => id === section.id)
      const speed = SPEED[track.track]
      if (!page || !speed) continue
      const say = (message: string) => errors.push({ file: `${read.folder}/${track.track}.md`, line: page.line, field: section.id, message })
      const minutes = page[speed.unit] / speed.aMinute + page.scenes * SCENE_MINUTES
      if (Math.abs(section.minutes - minutes) > minutes * 0.3) say(`節「${section.id}」の minutes(${section.minutes})が、文の量から見た時間(${minutes.toFixed(1)}分)と30%より離れています。minutes か文の量を直してください`)
      if (page.strongs > 1) say(`**強調** は1つの節に1つまでです(いま${page.strongs})。1つだけ残し、ほかの ** を消してください`)
    }
  })
  checkNames(read, errors)
  if (!meta.unit && !read.version.aids.includes('ja')) refuse(['slug'], '印刷して手元に置く1枚(aid.ja.md)を書いてください')
  for (const track of read.version.aids.filter((one) => !read.version.tracks.includes(one))) errors.push({ file: `${read.folder}/aid.${track}.md`, line: 1, field: 'track', message: `本文(${track}.md)がありません。本文も書くか、この1枚を消してください` })
}

/** Objectives and topics are told in every track; those of Japanese are module.yaml's, with readings. */
function checkNames(read: ReadVersion<ModuleVersion>, errors: ContentError[]): void {
  const { meta } = read.version
  for (const track of read.tracks.values()) {
    const say = (field: string, message: string) => errors.push({ file: `${read.folder}/${track.track}.md`, line: 1, field, message })
    const own = track.track === 'ja'
    if (track.objectives.length !== meta.objectives.length || (own && track.objectives.join('\n') !== meta.objectives.join('\n'))) say('objectives', own ? 'module.yaml の objectives と同じ文を、ふりがなを付けて書いてください' : `objectives を${meta.objectives.length}個書いてください(module.yaml と同じ数)`)
    for (const topic of meta.topics) {
      const told = track.topics.get(topic.id)?.text
      if (told === undefined || (own && told !== topic.title)) say('topics', `topic「${topic.id}」の名前を書いてください${own ? '(module.yaml と同じ文に、ふりがなを付けて)' : ''}`)
    }
    for (const id of track.topics.keys()) if (!meta.topics.some((topic) => topic.id === id)) say('topics', `topic「${id}」は module.yaml にありません。module.yaml の topics にある id に直すか、消してください`)
  }
}

/** Words that may not stand in any text, or not in pledges of people whom others employ (domain.md L05, L15, L24, L31). */
function checkWords(read: ReadVersion, folder: Folder, errors: ContentError[]): void {
  const pledge = read.version.kind === 'pledge' ? read.version.meta : undefined
  for (const [name, bytes] of read.files) {
    let isHistory = false
    new TextDecoder().decode(bytes).split('\n').forEach((line, at) => {
      const refuse = (message: string) => errors.push({ file: `${read.folder}/${name}`, line: at + 1, field: '', message })
      if (line.startsWith(':::')) isHistory = name.endsWith('.md') && line.startsWith(':::history')
      const plain = line.replace(/｜([^｜《》]+)《[^《》]+》/g, '$1')
      if (/懲役|禁錮/.test(plain.replace(/\s/g, '')) && !isHistory) refuse('「懲役」「禁錮」は今の法律にありません。「拘禁刑」と書いてください。以前の決まりを説くときは :::history の中に書いてください')
      for (const found of folder.realNamesIn(plain)) refuse(`実在の会社やサービスの名前「${found}」があります。架空の名前か、「通信会社」「検索サービス」のような普通の言葉に変えてください`)
      if (pledge) for (const message of wordsRefused(pledge, name === 'en.md' ? plain : plain.replace(/ /g, ''))) refuse(message)
      else if (plain.includes('{{scope}}')) refuse(SCOPE_ELSEWHERE)
    })
  }
}

function checkReadings(read: ReadVersion, errors: ContentError[]): void {
  for (const track of read.tracks.values()) {
    if (track.track.startsWith('en')) continue
    for (const page of [...track.pages, ...(read.aids?.get(track.track)?.pages ?? [])]) for (const { line, kanji } of page.bare) errors.push({ file: `${read.folder}/${track.track}.md`, line, field: page.id, message: bareKanji(kanji) })
  }
}

const KINDS = Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]

function checkRequirements(folder: Folder, errors: ContentError[]): void {
  const ids = new Set(folder.rules.map(({ id }) => id))
  for (const { path, rules } of folder.parts) {
    const seen = new Set<string>()
    rules?.value.forEach((rule, at) => {
      const refuse = (field: string, message: string) => errors.push({ file: `${path}/requirements.yaml`, line: rules.lineOf([at, field]), field: `${rule.id} ${field}`, message })
      const key = `${rule.id} ${rule.version}`
      if (seen.has(key)) refuse('id', '同じ id と version が2回出てきます。どちらかを消すか、直した決まりの version を上げてください')
      seen.add(key)
      for (const id of rule.stops ?? []) if (!ids.has(id) || id === rule.id) refuse('stops', id === rule.id ? '自分は止められません。stops には、ほかの決まりの id を書いてください' : `止める決まり「${id}」はありません。requirements.yaml にある id を書いてください`)
      if (isRequirement(rule)) checkTarget(rule, folder, refuse)
    })
  }
}

function checkTarget({ target: { kind, slug }, audience }: Requirement, folder: Folder, refuse: (field: string, message: string) => void): void {
  const templates = folder.versions.filter((read) => read.slug === slug && read.kind === (kind === 'certificate' ? 'pledge' : kind))
  if (isUnread(folder, (one) => one.slug === slug && one.kind === (kind === 'certificate' ? 'pledge' : kind))) return
  if (templates.length === 0) return refuse('target', `${kind} ${slug} はありません。kind と slug を、教材・誓約書のフォルダの名前に合わせてください`)
  const pledge = templates.at(-1)!.version
  if (pledge.kind === 'pledge') for (const one of KINDS) if (asksKind(audience, one) && !pledge.meta.kinds.includes(one)) refuse('audience', `誓約書 ${slug} は、雇用形態 ${one} に使えません。audience から外すか、その雇用形態の誓約書に替えてください`)
}

/** Reviews and corrections must point at what there is. */
function checkBeside(folder: Folder, errors: ContentError[]): void {
  for (const { path, reviews, errata, lineOf } of folder.parts) {
    for (const [at, review] of reviews.entries())
      if (!folder.standing.some((one) => one.kind === review.kind && one.slug === review.slug && one.number === review.version)) errors.push({ file: `${path}/reviews.yaml`, line: lineOf('reviews', at), field: review.slug, message: `${review.kind} ${review.slug} ${review.version} はありません。kind・slug・version を、フォルダの名前に合わせてください` })
    for (const [at, erratum] of errata.entries()) {
      if (isUnread(folder, (one) => one.kind === 'module' && one.slug === erratum.slug)) continue
      const question = folder.versions.flatMap((read) => (read.version.kind === 'module' && read.slug === erratum.slug ? read.version.bank.questions : [])).find(({ id }) => id === erratum.question)
      if (!question || erratum.correct.some((id) => !question.options.some((option) => option.id === id))) errors.push({ file: `${path}/errata.yaml`, line: lineOf('errata', at), field: erratum.question, message: 'この問題か選択肢はありません。slug・question・correct を、quiz.yaml に合わせてください' })
    }
  }
}
