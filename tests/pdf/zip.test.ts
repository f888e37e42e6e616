import { afterEach, expect, it } from 'vitest'
import { zipOf, zipPieces } from '../../app/pdf/zip.server'
import { sha256 } from '../../app/domain/ledger/entry'
import { readZip } from '../support/zip'

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

const entries = [{ name: '髙橋_記録.json', bytes: new TextEncoder().encode('{"a":1}') }, { name: '00_表紙.pdf', bytes: new Uint8Array(70_000).fill(7) }]

it('is the same bytes in every time zone, its entries in order, under their names', async () => {
  const made: string[] = []
  for (const where of ['Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati']) {
    process.env.TZ = where
    made.push(sha256(await zipOf(entries, '2026-11-20')))
  }
  expect(new Set(made).size).toBe(1)
  const inside = readZip(await zipOf(entries, '2026-11-20'))
  expect(Object.keys(inside)).toEqual(['00_表紙.pdf', '髙橋_記録.json'])
  expect(inside['00_表紙.pdf']!.every((byte) => byte === 7)).toBe(true)
  expect(sha256(await zipOf(entries, '2026-11-21'))).not.toBe(made[0])
})

it('asks for an entry only when the one before has been taken, and passes a failure on', async () => {
  let asked = 0
  async function* many() {
    for (; asked < 50; asked++) yield { name: `${asked}.bin`, bytes: new Uint8Array(200_000), day: '2026-11-20' }
  }
  const pieces = zipPieces(many())
  for (let taken = 0; taken < 400_000; ) taken += ((await pieces.next()).value as Uint8Array).byteLength
  expect(asked).toBeLessThanOrEqual(5)
  await pieces.return(undefined)
  async function* failing() {
    yield { name: 'a', bytes: new Uint8Array(3), day: '2026-11-20' }
    throw new Error('no second one')
  }
  await expect((async () => { for await (const piece of zipPieces(failing())) void piece })()).rejects.toThrow('no second one')
})
