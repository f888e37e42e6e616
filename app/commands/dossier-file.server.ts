import { gatherDossierFacts } from '../../db/dossier.server'
import { findBlob } from '../../db/ledger.server'
import type { Context } from '../context'
import { dayOf, type Instant } from '../domain/calendar'
import { dossierName, dossierOf, fileNamePart, type Dossier, type Enclosure } from '../domain/dossier'
import { coverOf } from '../domain/dossier-cover'
import { csvFile, INDEX_COLUMNS, indexRows } from '../domain/dossier-index'
import { listFiles } from '../domain/dossier-lists'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { drawPaper } from '../pdf/draw.server'
import { zipOf, type ZipEntry } from '../pdf/zip.server'
import { makePledgePdf } from './make-pledge-pdf.server'

export interface DossierFile {
  name: string
  bytes: Uint8Array
  sha256: string
  knownAt: Instant
}

type Enclosed = Omit<ZipEntry, 'day'>

const ENDINGS: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' }

/**
 * Makes the dossier of engagements as known at an instant, or as known last: a function of the record and that instant. Undefined
 * when nothing was known then.
 */
export async function makeDossier(context: Context, engagementIds: readonly string[], asked: Instant | null): Promise<DossierFile | undefined> {
  const { db, library, settings, now } = context
  const facts = await gatherDossierFacts(db, engagementIds)
  const terms = {
    titleOf: (kind: string, slug: string, version: string) => library.find(kind as 'module' | 'pledge' | 'checklist', slug, version)?.meta.title, demonstration: settings.demo,
  }
  const knownAt = asked ?? dossierOf(facts, now, terms).latestAt
  // by the day of the record, not of the taking: else the same record would give two files
  const dossier = dossierOf(facts, knownAt, terms)
  if (dossier.record.engagements.length === 0) return undefined
  const name = dossierName(dossier, knownAt)
  const beside = [
    { name: 'index.csv', bytes: csvFile(INDEX_COLUMNS, indexRows(dossier)) },
    ...listFiles(dossier),
    { name: 'record.json', bytes: canonicalBytes(dossier.record) },
    ...(await enclosed(context, dossier)),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
  const cover = await drawPaper(coverOf(dossier, knownAt, beside.map((entry) => ({ name: entry.name, sha256: sha256(entry.bytes) }))))
  const bytes = await zipOf([{ name: '00_表紙.pdf', bytes: cover }, ...beside], dayOf(knownAt))
  return { name: `${name}.zip`, bytes, sha256: sha256(bytes), knownAt }
}

/** The signed papers, scans and certificates, each once. */
async function enclosed(context: Context, dossier: Dossier): Promise<Enclosed[]> {
  const entries = new Map<string, Enclosed>()
  for (const [at, one] of dossier.enclosures.entries()) {
    if (one.paper) {
      entries.set(`${one.kind} ${one.of}`, { name: nameOf(one, at, 'application/pdf'), bytes: await drawPaper(one.paper) })
      continue
    }
    const hash = one.kind === 'pledge' ? await makePledgePdf(context, one.of) : one.of
    const blob = hash === null ? undefined : await findBlob(context.db, hash)
    if (blob) entries.set(`${one.kind} ${one.of}`, { name: nameOf(one, at, blob.media_type), bytes: blob.bytes })
  }
  return [...entries.values()]
}

const nameOf = ({ kind, title, receipt, number }: Enclosure, at: number, mediaType: string): string =>
  `${{ pledge: '誓約書', scan: '写し', certificate: '誓約取得証明' }[kind]}_${[number, title.slice(0, 30), receipt || String(at + 1)].map(fileNamePart).filter((part) => part !== '').join('_')}.${ENDINGS[mediaType] ?? 'bin'}`
