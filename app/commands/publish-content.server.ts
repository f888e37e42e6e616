import { findPublished, recordBanks, recordContentFiles, recordErrata, recordRequirements, recordReviews } from '../../db/content.server'
import { failureOf } from '../../db/dialect.server'
import { inTransaction } from '../../db/database.server'
import { changedSince, enteredSeals, publishedHere, servePublished } from '../content/published.server'
import { fileOfSeal, publishedRules, sealKey, sealOfRule, sealsOf, type Seal } from '../content/seal.server'
import { sha256 } from '../domain/ledger/entry'
import type { ReadVersion } from '../content/versions.server'
import type { Context } from '../context'
import { canonicalBytes } from '../domain/ledger/canonical'
import { recordEvidence } from './evidence.server'

/** A published version of the folder is not what the database has entered under the same name: somebody changed both file and lock. */
export class PublishedContentChanged extends Error {}

/**
 * Enters what was published (versions, banks, reviews, corrections, requirements) in the tables, once, with one ledger entry for
 * each new version; and gives the library the versions that only the database still has. Runs at every start.
 */
export async function publishContent(context: Context): Promise<{ versions: number }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await publishOnce(context)
    } catch (error) {
      // another server entered the same rows at the same moment: what is there now is taken as it is
      if (attempt >= 3 || failureOf(error) !== 'duplicate') throw error
    }
  }
}

async function publishOnce(context: Context): Promise<{ versions: number }> {
  const { library, db } = context
  const { folder } = library
  const known = await findPublished(db)
  const sealed = new Set(folder.seals?.map(({ kind, slug, version, track }) => `${kind} ${slug} ${version} ${track}`))
  const present = folder.versions.flatMap((read) => sealsOf(read).filter((seal) => sealed.has(sealKey(seal))).map((seal) => ({ seal, read })))
  const requirements = (folder.seals ? publishedRules(folder) : []).map((requirement) => ({ seal: sealOfRule(requirement), requirement }))
  const entered = new Map<string, string>([
    ...enteredSeals(known),
    ...known.requirements.map((row): [string, string] => [`requirement ${row.requirement_id} ${row.version} -`, row.sha256]),
  ])
  for (const { seal } of [...present, ...requirements]) {
    const before = entered.get(sealKey(seal))
    if (before !== undefined && before !== seal.sha256) throw new PublishedContentChanged(`公開した版 ${sealKey(seal)} が、前に使われたものと違います(${before} → ${seal.sha256})。公開した版のファイルか published.lock が、あとから変えられています。控えから元に戻し、直すときは新しい版を作ってください`)
  }
  const held = new Set(folder.rules.map(({ id }) => id))
  const lost = [...new Set(known.requirements.map((row) => row.requirement_id))].filter((id) => !held.has(id))
  const published = new Set((folder.seals ? publishedRules(folder) : folder.rules).map(({ id, version }) => `${id} ${version}`))
  const unsealed = known.requirements.map((row) => `${row.requirement_id} ${row.version}`).filter((one) => held.has(one.split(' ')[0]!) && !published.has(one))
  if (lost.length > 0)
    throw new PublishedContentChanged(`前に公開した受講の決まりが、どのフォルダにもありません: ${lost.join('、')}。このまま始めると、その割当が取り下げられます。自社のフォルダの決まりなら、設定 CONTENT_DIR を前と同じにしてください。やめる決まりは、消さずに残し、stops に id を書いた決まりを足してください`)
  if (unsealed.length > 0)
    throw new PublishedContentChanged(`前に公開した受講の決まりが、公開したものの中にありません: ${unsealed.join('、')}。このまま始めると、その割当が取り下げられます。requirements.yaml と published.lock を、控えから元に戻してください。published.lock だけがないときは、npm run shuhi -- content publish で作り直せます`)
  for (const standing of publishedHere(library, known)) {
    const changed = changedSince(standing, known)
    if (changed) throw new PublishedContentChanged(`${standing.folder}/${fileOfSeal(changed)}: 製品の中で公開した版のファイルが変わっています。元に戻し、直すときは新しい版のフォルダを作ってください`)
  }
  const newFiles = present.filter(({ seal }) => !entered.has(sealKey(seal)))
  const newRequirements = requirements.filter(({ seal }) => !entered.has(sealKey(seal)))
  const newReviews = folder.reviews.filter((review) => !known.reviews.some((row) => row.kind === review.kind && row.slug === review.slug && row.version === review.version && row.status === review.status && row.on_day === review.on))
  const errata = folder.errata.map(({ slug, question, on, correct, reason }) => ({ slug, question, corrected: JSON.stringify({ on, correct }), reason }))
  const newErrata = errata.filter((erratum) => !known.errata.some((row) => row.slug === erratum.slug && row.question_id === erratum.question && row.corrected === erratum.corrected))
  if (newFiles.length + newRequirements.length + newReviews.length + newErrata.length > 0)
    await inTransaction(db, async (tx) => {
      await recordContentFiles(tx, context.now, newFiles.filter(({ seal }) => seal.kind !== 'bank').map(({ seal, read }) => ({ kind: read.kind, slug: seal.slug, version: seal.version, track: seal.track, sha256: seal.sha256, bytes: bytesOf(read, seal), status: library.reviewStatus(read.kind, seal.slug, seal.version) })))
      await recordBanks(tx, context.now, newFiles.filter(({ seal }) => seal.kind === 'bank').map(({ seal, read }) => ({ ...seal, bytes: bytesOf(read, seal) })))
      await recordReviews(tx, context.now, newReviews.map((review) => ({ id: context.newId(), ...review })))
      await recordErrata(tx, context.now, newErrata.map((erratum) => ({ id: context.newId(), ...erratum })))
      await recordRequirements(tx, context.now, newRequirements.map(({ seal, requirement }) => ({ id: requirement.id, version: requirement.version, sha256: seal.sha256, json: new TextDecoder().decode(canonicalBytes(requirement)), validFrom: requirement.validFrom })))
      for (const [name, seals] of versionsOf([...newFiles, ...newRequirements].map(({ seal }) => seal)))
        await recordEvidence(tx, context, { type: 'content.published', commandKey: `content.published ${name} ${sha256(seals.map((seal) => seal.sha256).join()).slice(0, 16)}`, payload: { version: name, files: seals.map((seal) => ({ track: seal.track, sha256: seal.sha256 })) } })
      for (const erratum of newErrata) await recordEvidence(tx, context, { type: 'content.published', payload: { correction: erratum } })
    })
  await servePublished(library, db)
  return { versions: versionsOf(newFiles.map(({ seal }) => seal)).size }
}

const bytesOf = (read: ReadVersion, seal: Seal) => read.files.get(fileOfSeal(seal))!

function versionsOf(seals: readonly Seal[]): Map<string, Seal[]> {
  const versions = new Map<string, Seal[]>()
  for (const seal of seals) {
    const name = `${seal.kind} ${seal.slug} ${seal.version}`
    versions.set(name, [...(versions.get(name) ?? []), seal])
  }
  return versions
}
