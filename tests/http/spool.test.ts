import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { spool } from '../../app/http/spool.server'

async function* inParts(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const [at, size] of sizes.entries()) yield Buffer.alloc(size, at + 1)
}
const openFiles = () => readdirSync('/proc/self/fd').length

it('keeps what it was given, each byte of it before it answers', async () => {
  const sizes = [1, 300_000, 0, 32 * 1024 * 1024]
  const bytes = await spool(inParts(...sizes))
  const [hash, whole] = [createHash('sha256'), createHash('sha256')]
  for (const [at, size] of sizes.entries()) whole.update(Buffer.alloc(size, at + 1))
  let size = 0
  for await (const part of bytes.stream() as unknown as AsyncIterable<Uint8Array>) {
    hash.update(part)
    size += part.byteLength
  }
  expect([size, bytes.size]).toEqual([sizes.reduce((sum, one) => sum + one), size])
  expect([bytes.sha256, hash.digest('hex')]).toEqual(Array(2).fill(whole.digest('hex')))
})

it.runIf(process.platform === 'linux')('leaves no file open: neither of what was taken back nor of what broke off', async () => {
  const before = openFiles()
  await (await spool(inParts(10, 20))).drop()
  await expect(spool((async function* () {
    yield* inParts(10, 5_000_000)
    throw new Error('broken off')
  })())).rejects.toThrow('broken off')
  expect(openFiles()).toBe(before)
})
