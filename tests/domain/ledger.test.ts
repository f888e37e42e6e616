import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { unsequencedEntry } from '../../app/domain/ledger/entry'

/** The commitment of a payload binds its canonical bytes, and without its salt tells nothing about the person (house.md §6). */
const salt = (fill: number) => new Uint8Array(32).fill(fill)

it('commits to salt and canonical bytes, in this order', () => {
  const { bytes, commitment } = unsequencedEntry({ b: 1, a: '髙橋' }, salt(7))
  expect(new TextDecoder().decode(bytes)).toBe('{"a":"髙橋","b":1}')
  expect(commitment).toBe(createHash('sha256').update(Buffer.concat([salt(7), bytes])).digest('hex'))
})

it('cannot be found by trying payloads without the salt', () => {
  const payload = { number: '000412' }
  expect(unsequencedEntry(payload, salt(1)).commitment).not.toBe(unsequencedEntry(payload, salt(2)).commitment)
})
