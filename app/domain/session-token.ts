import { sha256 } from './ledger/entry'

export const TOKEN_BYTES = 32

/** The token for the cookie and the hash, which is all that the database keeps of it. */
export function sessionToken(random: Uint8Array): { token: string; idHash: string } {
  const token = Buffer.from(random).toString('base64url')
  return { token, idHash: sha256(token) }
}
