import { createHash, randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

/** Bytes that wait outside the memory until what they are is recorded: their hash is known before the first of them leaves (house.md §4.9). */
export interface Spooled {
  sha256: string
  size: number
  /** The bytes, once; what held them is gone afterwards. */
  stream: () => ReadableStream<Uint8Array>
  /** Lets go of bytes that are not to leave. */
  drop: () => Promise<void>
}

/** So many bytes are read back at a time: each asks something of the whole way to the browser. */
const READ_AT_ONCE = 256 * 1024

/** Writes parts into a file without a name that only this process can read, and hashes them on the way. While one part is written the next is made. */
export async function spool(parts: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const path = join(tmpdir(), `shuhi-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await unlink(path)
  const hash = createHash('sha256')
  let size = 0
  let writing: Promise<unknown> = Promise.resolve()
  try {
    for await (const part of parts) {
      hash.update(part)
      await writing
      writing = file.write(part, 0, part.byteLength, size)
      writing.catch(() => undefined)
      size += part.byteLength
    }
    await writing
  } catch (error) {
    await writing.catch(() => undefined)
    await file.close()
    throw error
  }
  return { sha256: hash.digest('hex'), size, stream: () => Readable.toWeb(file.createReadStream({ start: 0, autoClose: true, highWaterMark: READ_AT_ONCE })) as ReadableStream<Uint8Array>, drop: () => file.close() }
}
