import { refuse, type Refusal } from './refusal'

/** What a scan of a paper may be: one file, PDF, JPEG or PNG by its first bytes, whatever its name says. */
export const MOST_SCAN_MB = 10
export const SCAN_TYPES = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' } as const
export type ScanType = keyof typeof SCAN_TYPES

const BEGINS: readonly (readonly [ScanType, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
]

export interface Scan {
  type: ScanType
  bytes: Uint8Array
}

/** A scan from the bytes of a file, or what to bring instead. No bytes: none was chosen. */
export function scanOf(bytes: Uint8Array): Scan | Refusal<'scanMissing' | 'scanTooLarge' | 'scanOfAnotherKind'> {
  if (bytes.byteLength === 0) return refuse('scanMissing')
  if (bytes.byteLength > MOST_SCAN_MB * 1024 * 1024) return refuse('scanTooLarge', { most: MOST_SCAN_MB })
  const type = BEGINS.find(([, begin]) => begin.every((byte, at) => bytes[at] === byte))?.[0]
  return type ? { type, bytes } : refuse('scanOfAnotherKind')
}
