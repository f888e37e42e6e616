import { crc32 } from 'node:zlib'
import type { Day } from '../domain/calendar'

/**
 * ZIP files whose bytes depend on nothing but names, contents and a day: stored, not compressed, since compressors differ; sizes
 * and checks stand before the data, names are UTF-8 and say so, and the time of every entry is noon of the day, in no time zone.
 */
export interface ZipEntry {
  name: string
  bytes: Uint8Array
  /** The day that the entry bears. */
  day: Day
}

const UTF8_NAMES = 0x0800
const VERSION = 20
/** More would need another format (ZIP64): such a file is divided before. */
export const MOST_ZIP_BYTES = 0xffff_ffff
const MOST_ENTRIES = 0xffff

/** Puts a ZIP file together piece by piece, so that no more than one entry is held. */
export class ZipWriter {
  readonly #directory: Buffer[] = []
  #offset = 0

  /** The list of entries, which ends the file. */
  end(): Uint8Array {
    const directory = Buffer.concat(this.#directory)
    const tail = Buffer.alloc(22)
    tail.writeUInt32LE(0x0605_4b50, 0)
    tail.writeUInt16LE(this.#directory.length, 8)
    tail.writeUInt16LE(this.#directory.length, 10)
    tail.writeUInt32LE(directory.length, 12)
    tail.writeUInt32LE(this.#offset, 16)
    return Buffer.concat([directory, tail])
  }

  /** The bytes of one entry, in the order in which they are written. */
  *add({ name, bytes, day }: ZipEntry): Generator<Uint8Array> {
    const raw = Buffer.from(name, 'utf8')
    const check = crc32(bytes)
    if (this.#directory.length >= MOST_ENTRIES || this.#offset + bytes.byteLength + raw.length + 30 > MOST_ZIP_BYTES) throw new RangeError('This file is too large for its format')
    const [year, month, date] = day.split('-').map(Number) as [number, number, number]
    const common = Buffer.alloc(26)
    common.writeUInt16LE(VERSION, 0)
    common.writeUInt16LE(UTF8_NAMES, 2)
    common.writeUInt16LE(0, 4)
    common.writeUInt16LE(12 << 11, 6)
    common.writeUInt16LE(((Math.min(Math.max(year, 1980), 2107) - 1980) << 9) | (month << 5) | date, 8)
    common.writeUInt32LE(check, 10)
    common.writeUInt32LE(bytes.byteLength, 14)
    common.writeUInt32LE(bytes.byteLength, 18)
    common.writeUInt16LE(raw.length, 22)
    common.writeUInt16LE(0, 24)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(this.#offset, 10)
    this.#directory.push(Buffer.concat([Buffer.from('504b0102', 'hex'), Buffer.from([VERSION, 0]), common, place, raw]))
    const head = Buffer.concat([Buffer.from('504b0304', 'hex'), common, raw])
    this.#offset += head.length + bytes.byteLength
    yield head
    yield bytes
  }
}

/** A whole ZIP file, its entries in the order of their names. */
export function zipOf(entries: readonly Omit<ZipEntry, 'day'>[], day: Day): Uint8Array {
  const zip = new ZipWriter()
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return Buffer.concat([...sorted.flatMap((entry) => [...zip.add({ ...entry, day })]), zip.end()])
}
