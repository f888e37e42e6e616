import { findBlob } from '../../db/ledger.server'
import type { Db } from '../../db/database.server'
import type { PaperStatement } from '../domain/paper-pledge'
import { SCAN_TYPES, type ScanType } from '../domain/scan'
import { download } from './download.server'

/** What a pledge signed on paper says, from its kept statement; undefined once that is erased. */
export async function findPaperStatement(db: Db, statementSha256: string): Promise<PaperStatement | undefined> {
  const blob = await findBlob(db, statementSha256)
  return blob && (JSON.parse(new TextDecoder().decode(blob.bytes)) as PaperStatement)
}

/** The scan of a pledge that was signed on paper, and the answer that carries it. */
export async function findSignedScan(db: Db, act: { receipt: string; statement_sha256: string }): Promise<{ bytes: Uint8Array; answer: () => Response } | undefined> {
  const statement = await findPaperStatement(db, act.statement_sha256)
  const scan = statement && (await findBlob(db, statement.scan))
  if (!scan) return undefined
  const end = SCAN_TYPES[scan.media_type as ScanType]
  return { bytes: scan.bytes, answer: () => download(scan.bytes, { name: `誓約書_${act.receipt}.${end}`, plainName: `pledge_${act.receipt}.${end}`, type: scan.media_type }) }
}
