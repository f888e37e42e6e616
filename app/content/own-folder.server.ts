import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isLeftover } from './leftovers'
import type { Part } from './read-part.server'
import type { ContentError } from './source.server'
import type { Kind } from './versions.server'

/**
 * The operator's own folder (CONTENT_DIR) beside ours: the same layout, every part optional. What is published can never be renamed, so its
 * names begin with X, which no name of ours ever does: an update of the product can then never take a name that an operator has.
 */
const OWN_SLUG = /^X/
const OWN_ID = /^x-/
const OWN_PROVISION = /^X-/
/** What no name of ours begins with; a test holds it. */
export const OWN_PREFIXES: readonly RegExp[] = [OWN_SLUG, OWN_ID]
/** There is one notice of purposes; an operator's own begins at this number, so that it holds whatever number ours has come to. */
const OWN_NOTICE = 100

/** What is read of a folder of content; anything else there is a mistake that nobody would notice. */
const KNOWN = ['modules', 'pledges', 'checklists', 'notices', 'help', 'calendar', 'requirements.yaml', 'operator.yaml', 'laws.yaml', 'provisions.tsv', 'real-names.yaml', 'reviews.yaml', 'errata.yaml', 'departure.yaml', 'published.lock']

/** Why the second folder cannot be read at all, or what in it would be passed over in silence. */
export function refusedRoot(path: string, standard: string): ContentError[] {
  const refuse = (file: string, message: string): ContentError => ({ file, line: 1, field: '', message })
  if (!existsSync(path)) return [refuse(path, 'CONTENT_DIR のフォルダがありません。フォルダを置くか、CONTENT_DIR の書き方を直してください。自社の教材がなければ、CONTENT_DIR を外してください')]
  if (!statSync(path).isDirectory()) return [refuse(path, 'CONTENT_DIR はフォルダではありません。自社の教材を置いたフォルダを書いてください')]
  if (existsSync(standard) && realpathSync(path) === realpathSync(standard)) return [refuse(path, 'CONTENT_DIR が標準の教材のフォルダを指しています。自社の教材は、別のフォルダに置いてください')]
  return readdirSync(path).filter((name) => !isLeftover(name) && name !== 'README.md' && !KNOWN.includes(name)).map((name) =>
    refuse(join(path, name), `この名前のものは読みません。名前を直すか、外へ移してください。読むのは ${KNOWN.join('・')} です`))
}

/** Why a text of the second folder may not be called as it is; undefined when it may. */
export function misnamed(kind: Kind, slug: string, number: string, path: string): ContentError | undefined {
  const refuse = (field: string, message: string): ContentError => ({ file: path, line: 1, field, message })
  if (kind !== 'notice') return OWN_SLUG.test(slug) ? undefined : refuse('slug', `自社の教材・誓約書・点検表の名前は、X で始めてください(例 X${slug})。標準の教材に、X で始まる名前は使いません`)
  if (slug !== 'purpose') return refuse('slug', '利用目的のお知らせのフォルダは、purpose という名前にしてください')
  return Number(number.split('.')[0]) >= OWN_NOTICE ? undefined : refuse('version', `自社の利用目的の版は、${OWN_NOTICE}.0 から始めてください。標準の版の番号と重ねないためです`)
}

/** What has the name of something else, in either folder: both files are told. */
export function clashes(parts: readonly Part[]): ContentError[] {
  const errors: ContentError[] = []
  const seen = new Map<string, { file: string; line: number; isOwn: boolean }>()
  const note = (name: string, key: string, at: { file: string; line: number; field: string; isOwn: boolean }, ours?: RegExp) => {
    const before = seen.get(key)
    if (before) errors.push({ file: at.file, line: at.line, field: at.field, message: `${name}は、${before.file}${before.line > 1 ? `:${before.line}` : ''} にもあります。${at.isOwn && !before.isOwn ? '自社のフォルダでは、標準の教材と違う名前にしてください' : 'どちらかの名前を変えてください'}` })
    else if (at.isOwn && ours && !ours.test(key.slice(key.indexOf(' ') + 1))) errors.push({ file: at.file, line: at.line, field: at.field, message: `${name}は、${ours === OWN_PROVISION ? 'X-' : 'x-'} で始めてください。標準の教材に、そう始まる名前は使いません` })
    else seen.set(key, at)
  }
  for (const part of parts) {
    const { isOwn, path } = part
    for (const folder of new Map(part.standing.filter(({ kind }) => kind !== 'notice').map((one) => [`${one.kind} ${one.slug}`, one])).values())
      note(`「${folder.slug}」`, `${folder.kind}:${folder.slug}`, { file: join(folder.folder, '..'), line: 1, field: 'slug', isOwn })
    part.laws?.value.forEach(({ id }, at) => note(`法令「${id}」`, `law ${id}`, { file: join(path, 'laws.yaml'), line: part.laws!.lineOf([at]), field: 'id', isOwn }, OWN_ID))
    for (const { id, file, line } of part.provisions) note(`条項「${id}」`, `provision ${id}`, { file, line, field: 'id', isOwn }, OWN_PROVISION)
    for (const [id, at] of new Map(part.rules?.value.map((rule, at) => [rule.id, at] as const))) note(`決まり「${id}」`, `rule ${id}`, { file: join(path, 'requirements.yaml'), line: part.rules!.lineOf([at]), field: 'id', isOwn }, OWN_ID)
    for (const { slug } of part.help) note(`使い方「${slug}」`, `help ${slug}`, { file: join(path, 'help', `${slug}.md`), line: 1, field: '', isOwn })
  }
  return errors
}
