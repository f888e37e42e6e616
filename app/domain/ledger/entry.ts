import { createHash } from 'node:crypto'
import { canonicalBytes } from './canonical'

/** SHA-256 in hexadecimal of bytes, or of a text's UTF-8 bytes. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

export const SALT_BYTES = 32

/**
 * The commitment of a payload: SHA-256 over salt and canonical bytes (house.md §6). Without the salt, which is erased with the
 * payload, it says nothing about the person.
 */
export const commitmentOf = (salt: Uint8Array, payload: Uint8Array): string => createHash('sha256').update(salt).update(payload).digest('hex')

/** A ledger entry before it has a place in the log: payload bytes as they are hashed and stored, and the commitment to them. */
export function unsequencedEntry(payload: unknown, salt: Uint8Array): { bytes: Uint8Array; commitment: string } {
  const bytes = canonicalBytes(payload)
  return { bytes, commitment: commitmentOf(salt, bytes) }
}
