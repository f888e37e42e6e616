import { groupedBy } from '../domain/grouped'
import { canonicalBytes } from '../domain/ledger/canonical'
import { isLeftover } from './leftovers'
import type { Folder } from './read-folder.server'
import type { Part } from './read-part.server'
import type { Rule } from './schema'
import { sha256 } from '../domain/ledger/entry'
import type { ContentError } from './source.server'
import type { ReadVersion } from './versions.server'

/** One line of content/published.lock: a file of a version that was published, and the hash of its bytes. Lines are only ever added. */
export interface Seal {
  kind: string
  slug: string
  version: string
  track: string
  sha256: string
}

export const LOCK_FILE = 'published.lock'
export const CHANGED = '公開した版のファイルが変わっています。元に戻し、直すときは新しい版のフォルダを作ってください'
const HEAD = '# 公開した版の SHA-256。行は足すだけで、直しません。npm run shuhi -- content publish が足します。\n# 種類 名前 版 ファイル SHA-256\n'

/** Reads the lines of the lock; a line that is none is an error, and so is one that says another thing than a line before. */
export function readSeals(text: string, file: string, errors: ContentError[]): Seal[] {
  const first = new Map<string, { sha256: string; line: number }>()
  return text.split('\n').flatMap((line, at): Seal[] => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const parts = line.split(' ')
    if (parts.length !== 5 || !/^[0-9a-f]{64}$/.test(parts[4]!)) {
      errors.push({ file, line: at + 1, field: '', message: '「種類 名前 版 ファイル SHA-256」の形の行ではありません。控えの published.lock と比べ、この行を元に戻してください。手で足した行なら、消してください' })
      return []
    }
    const seal = { kind: parts[0]!, slug: parts[1]!, version: parts[2]!, track: parts[3]!, sha256: parts[4]! }
    const before = first.get(sealKey(seal))
    if (!before) first.set(sealKey(seal), { sha256: seal.sha256, line: at + 1 })
    else if (before.sha256 !== seal.sha256) errors.push({ file, line: at + 1, field: sealKey(seal), message: `同じファイルの行が ${before.line} 行目にもあり、SHA-256 が違います。控えの published.lock と比べ、公開したときの1行だけを残してください` })
    return [seal]
  })
}

/** Text of lines to add at the end of a lock (which may not be there yet). */
export const sealLines = (seals: readonly Seal[], existing: string): string =>
  (existing === '' ? HEAD : existing) + seals.map(({ kind, slug, version, track, sha256: hash }) => `${kind} ${slug} ${version} ${track} ${hash}\n`).join('')

/** Which file of a version a seal of this track stands for. */
export const fileOfSeal = (seal: Pick<Seal, 'kind' | 'track'>): string =>
  seal.kind === 'bank' ? (seal.track === '-' ? 'quiz.yaml' : `quiz.${seal.track}.yaml`) : seal.track === 'meta' ? `${seal.kind}.yaml` : seal.track.endsWith('.svg') ? seal.track : `${seal.track}.md`

/** The seals that a version has when it is published: one a file, the bank under its own version. */
export function sealsOf(read: Pick<ReadVersion, 'kind' | 'slug' | 'number' | 'files' | 'bankNumber'>): Seal[] {
  return [...read.files.keys()].sort().flatMap((name): Seal[] => {
    const hash = sha256(read.files.get(name)!)
    const bankTrack = /^quiz\.(?:(.+)\.)?yaml$/.exec(name)
    if (bankTrack) return read.bankNumber ? [{ kind: 'bank', slug: read.slug, version: read.bankNumber, track: bankTrack[1] ?? '-', sha256: hash }] : []
    if (name === `${read.kind}.yaml`) return [{ kind: read.kind, slug: read.slug, version: read.number, track: 'meta', sha256: hash }]
    return name.endsWith('.md') || name.endsWith('.svg') ? [{ kind: read.kind, slug: read.slug, version: read.number, track: name.replace(/\.md$/, ''), sha256: hash }] : []
  })
}

/** The seal of one version of a requirement: its content, however it is laid out. */
export const sealOfRule = (rule: Rule): Seal => ({ kind: 'requirement', slug: rule.id, version: String(rule.version), track: '-', sha256: sha256(canonicalBytes(rule)) })

/** Whether the last word about a version is that it is a draft: it waits for its day, and is published in the product. */
export const isDraft = ({ reviews }: Pick<Part, 'reviews'>, { kind, slug, number }: Pick<ReadVersion, 'kind' | 'slug' | 'number'>): boolean =>
  reviews.findLast((review) => review.kind === kind && review.slug === slug && review.version === number)?.status === 'draft'

/** What stands in a folder and is not sealed yet; a version that is called a draft stays one. */
export function newSeals({ seals, versions, rules, reviews }: Pick<Part, 'seals' | 'versions' | 'rules' | 'reviews'>): Seal[] {
  const known = new Set(seals?.map(sealKey))
  const all = [...versions.filter((read) => !isDraft({ reviews }, read)).flatMap(sealsOf), ...(rules?.value ?? []).map(sealOfRule)]
  return all.filter((seal) => !known.has(sealKey(seal)))
}

export const sealKey = ({ kind, slug, version, track }: Seal): string => `${kind} ${slug} ${version} ${track}`

/** Whether every file of a version is, byte for byte, what was published. */
export function isIntact(seals: readonly Seal[], version: { kind: string; slug: string; number: string; files: ReadonlyMap<string, Uint8Array>; bankNumber: string | undefined }): boolean {
  const own = new Map(seals.filter(({ slug }) => slug === version.slug).map((seal) => [`${seal.kind} ${seal.version} ${fileOfSeal(seal)}`, seal.sha256]))
  return [...version.files].every(([name, bytes]) => own.get(/^quiz\..*yaml$/.test(name) ? `bank ${version.bankNumber} ${name}` : `${version.kind} ${version.number} ${name}`) === sha256(bytes))
}

/** Published requirements that are no longer what was published. */
export function brokenRules(seals: readonly Seal[], rules: readonly Rule[], errorAt: (at: number, rule: Rule) => ContentError): ContentError[] {
  const sealed = groupedBy(seals, sealKey)
  return rules.flatMap((rule, at) => {
    const seal = sealOfRule(rule)
    return (sealed.get(sealKey(seal)) ?? [seal]).some(({ sha256: hash }) => hash === seal.sha256) ? [] : [errorAt(at, rule)]
  })
}

/** Published requirements that stand in the file no more: without them what they ask for would be taken back. */
export function lostRules(seals: readonly Seal[], rules: readonly Rule[]): Seal[] {
  const standing = new Set(rules.map((rule) => sealKey(sealOfRule(rule))))
  return seals.filter((seal) => seal.kind === 'requirement' && !standing.has(sealKey(seal)))
}

/** Files of published versions that are no longer what was published, each named. A version that left the folder is not an error: the database keeps it. */
export function brokenSeals(seals: readonly Seal[], folderOf: (seal: Seal) => { folder: string; files: ReadonlyMap<string, Uint8Array>; bankVersion: string | undefined } | undefined): ContentError[] {
  return [...groupedBy(seals, sealKey).values()].flatMap((lines): ContentError[] => {
    const seal = lines[0]!
    const place = folderOf(seal)
    if (!place || (seal.kind === 'bank' && place.bankVersion !== seal.version)) return []
    const name = fileOfSeal(seal)
    if (isLeftover(name)) return [] // sealed before it was passed over: nobody misses it
    const bytes = place.files.get(name)
    if (bytes && lines.some(({ sha256: hash }) => hash === sha256(bytes))) return [] // of two lines that disagree the lock itself tells
    return [{ file: `${place.folder}/${name}`, line: 1, field: sealKey(seal), message: bytes ? CHANGED : '公開した版のファイルがなくなっています。元に戻してください' }]
  })
}

/** A published module whose bank was changed under a new number that is not published yet. */
export function unsealedBanks({ seals, versions }: Folder): ContentError[] {
  const sealed = new Set(seals?.map(sealKey))
  if (!seals) return []
  return versions.filter(({ slug, number, bankNumber }) => bankNumber && sealed.has(`module ${slug} ${number} meta`) && !sealed.has(`bank ${slug} ${bankNumber} -`)).map(({ folder, bank, bankNumber }) => ({
    file: `${folder}/quiz.yaml`, line: bank!.lineOf(['version']), field: 'version', message: `問題集の版 ${bankNumber} は、まだ公開されていません。npm run shuhi -- content publish で公開してください`,
  }))
}

/** The requirements that were published; while nothing ever was, all of them. */
export function publishedRules({ seals, rules }: Pick<Folder, 'seals' | 'rules'>): Rule[] {
  const sealed = new Set(seals?.map(sealKey))
  return rules.filter((rule) => !seals || sealed.has(sealKey(sealOfRule(rule))))
}
