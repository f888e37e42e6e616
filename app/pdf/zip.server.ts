import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Day } from '../domain/calendar'

export interface ZipEntry {
  name: string
  bytes: Uint8Array
  /** The day that the entry bears. */
  day: Day
}

/** Noon of the day wherever the clock stands: the format keeps no time zone. */
const noonOf = (day: Day): Date => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return new Date(Math.min(Math.max(year, 1980), 2107), month - 1, date, 12)
}

/**
 * A ZIP file, piece by piece: the next entry is asked for when the last has been taken, and is not held any longer. Its bytes depend on
 * nothing but names, contents and days: entries are stored, since compressors differ between versions.
 */
export async function* zipPieces(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const out = Readable.from(zip.outputStream)
  zip.on('error', (error: Error) => out.destroy(error))
  feed(zip, entries).catch((error: Error) => out.destroy(error))
  try {
    for await (const piece of out) yield piece as Uint8Array
  } finally {
    out.destroy()
  }
}

async function feed(zip: ZipFile, entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Promise<void> {
  for await (const { name, bytes, day } of entries)
    await new Promise<void>((taken) => zip.addReadStreamLazy(name, { mtime: noonOf(day), mode: 0o100644, compress: false, forceDosTimestamp: true, size: bytes.byteLength }, handedOver(bytes, taken)))
  zip.end()
}

/** The writer keeps this to the end of the file, so that it must let the bytes go: nothing else may stand in its scope. */
const handedOver = (held: Uint8Array | undefined, taken: () => void) => (give: (error: null, bytes: Readable) => void) => {
  const stream = Readable.from([held!], { objectMode: false })
  held = undefined
  stream.once('end', taken)
  give(null, stream)
}

/** A whole ZIP file, its entries in the order of their names. */
export async function zipOf(entries: readonly Omit<ZipEntry, 'day'>[], day: Day): Promise<Uint8Array> {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return buffer(zipPieces(sorted.map((entry) => ({ ...entry, day }))))
}
