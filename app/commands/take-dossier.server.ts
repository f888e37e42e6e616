import { createHash } from 'node:crypto'
import { inTransaction } from '../../db/database.server'
import { listEngagementsOfPerson } from '../../db/dossier.server'
import { beginExport, countDossierPeople, listDossierPeople, type DossierPerson, type DossierSubjects } from '../../db/exports.server'
import { findPersonFile } from '../../db/person.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { addDays, dayOf, startOf, type Day, type Instant } from '../domain/calendar'
import { MOST_DOSSIERS, purposeWords, type DossierPurpose } from '../domain/dossier'
import { csvFile } from '../domain/dossier-index'
import { japaneseTimestamp } from '../domain/pledge-statement'
import { refuse, type Refusal } from '../domain/refusal'
import { zipPieces, type ZipEntry } from '../pdf/zip.server'
import { makeDossier, type DossierFile } from './dossier-file.server'
import { actorOf, recordEvidence } from './evidence.server'
import { finishDossiers } from './finish-dossiers.server'
import { watchAccess } from './watch-access.server'

interface Why {
  purpose: DossierPurpose
  words: string
}

/** The last instant of a day that has passed, or null for what is known last. */
const knownOn = (asOf: Day | null, now: Instant): Instant | null => (asOf === null || asOf >= dayOf(now) ? null : startOf(addDays(asOf, 1)) - 1)

/**
 * Takes one dossier: of an engagement, or of everything a person ever was here. Who takes it, why, and the file's hash are recorded
 * before the first byte leaves; what is in the file depends on neither.
 */
export async function takeDossier(context: SignedInContext, given: Why & { engagementId: string; whole: boolean; asOf: Day | null }): Promise<DossierFile | Refusal<'notFound' | 'purposeMissing' | 'nothingKnown'>> {
  const { db, now, viewer } = context
  if (!may(viewer, 'takeDossiers')) return refuse('notFound')
  if (given.words.trim() === '') return refuse('purposeMissing')
  const person = await findPersonFile(db, given.engagementId, dayOf(now))
  if (!person) return refuse('notFound')
  const engagementIds = given.whole ? await listEngagementsOfPerson(db, person.personId) : [given.engagementId]
  const file = await makeDossier(context, engagementIds, knownOn(given.asOf, now))
  if (!file) return refuse('nothingKnown')
  const exportId = await begin(context, { ...given, kind: 'dossier', people: engagementIds, subjects: { engagement: given.engagementId, people: 1, engagements: engagementIds.length, knownAt: file.knownAt, file: file.name } })
  await finishDossiers(context, { exportId, sha256: file.sha256, people: 1 })
  return file
}

export interface DossiersTaken {
  exportId: string
  people: readonly DossierPerson[]
}

/** Begins one file with the dossiers of many: who, why and whose is recorded before the first byte. */
export async function beginDossiers(context: SignedInContext, given: Why & { subjects: DossierSubjects; after: string }): Promise<DossiersTaken | Refusal<'notFound' | 'purposeMissing' | 'nobodyChosen' | 'tooManyDossiers'>> {
  const { db, viewer } = context
  if (!may(viewer, 'takeDossiers')) return refuse('notFound')
  if (given.words.trim() === '') return refuse('purposeMissing')
  const people = await listDossierPeople(db, given.subjects, { after: given.after, limit: MOST_DOSSIERS })
  if (people.length === 0) return refuse('nobodyChosen')
  if ('chosen' in given.subjects && (await countDossierPeople(db, given.subjects)) > MOST_DOSSIERS) return refuse('tooManyDossiers', { most: MOST_DOSSIERS })
  const exportId = await begin(context, { ...given, kind: 'dossiers', people: people.map(({ engagementId }) => engagementId), subjects: { ...described(given.subjects), people: people.length, first: people[0]!.number, last: people.at(-1)!.number } })
  return { exportId, people }
}

const described = (subjects: DossierSubjects): Record<string, string> => ('chosen' in subjects ? { scope: 'chosen' } : 'intake' in subjects ? { scope: 'intake', firstDay: subjects.intake.firstDay, company: subjects.intake.companyId, kind: subjects.intake.kind } : { scope: 'endedIn', month: subjects.endedIn })

async function begin(context: SignedInContext, given: Why & { kind: 'dossier' | 'dossiers'; people: readonly string[]; subjects: object }): Promise<string> {
  const reason = purposeWords(given.purpose, given.words)
  const exportId = context.newId()
  const people = given.people.map((engagementId) => ({ engagementId, accessId: context.newId() }))
  await inTransaction(context.db, async (tx) => {
    await beginExport(tx, { id: exportId, at: context.now, actor: actorOf(context), reason, kind: given.kind, subjects: given.subjects, people })
    await recordEvidence(tx, context, { type: 'dossier.begun', ...(people.length === 1 && { subjectEngagementId: people[0]!.engagementId }), payload: { export: exportId, reason, subjects: given.subjects, engagements: given.people } })
    await watchAccess(tx, context)
  })
  return exportId
}

/** A dossier more only when the receiver has taken the last: false when the receiver has gone. */
export type Ready = () => Promise<boolean>

/**
 * One ZIP file that holds a ZIP file of each person and a list, piece by piece: one dossier is held at a time. The hash is recorded
 * after the last byte; a file that is broken off stays without one (中断).
 */
export async function* dossiersFile(context: SignedInContext, { exportId, people }: DossiersTaken, ready: Ready): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  const made = { people: 0, gone: false }
  for await (const part of zipPieces(dossiersOf(context, people, ready, made))) {
    if (made.gone) return
    hash.update(part)
    yield part
  }
  if (!made.gone && (await ready())) await finishDossiers(context, { exportId, sha256: hash.digest('hex'), people: made.people })
}

/** One person's file after the other, and the list of them all. `gone` when the receiver has left meanwhile. */
async function* dossiersOf(context: SignedInContext, people: readonly DossierPerson[], ready: Ready, made: { people: number; gone: boolean }): AsyncGenerator<ZipEntry> {
  const rows: string[][] = []
  const names = new Set<string>()
  let newest: Day = '1980-01-01'
  for (const { engagementId, number } of people) {
    if (!(await ready())) return void (made.gone = true)
    const file = await makeDossier(context, [engagementId], null)
    if (!file) continue
    const name = names.has(file.name) ? `${number}_${rows.length + 1}.zip` : file.name
    names.add(name)
    rows.push([number, name, japaneseTimestamp(file.knownAt), String(file.bytes.byteLength), file.sha256])
    made.people++
    const day = dayOf(file.knownAt)
    if (day > newest) newest = day
    yield { name, bytes: file.bytes, day }
  }
  yield { name: 'index.csv', bytes: csvFile(['従事者番号', 'ファイル', '記録時点', '大きさ(バイト)', 'SHA-256'], rows), day: newest }
}
