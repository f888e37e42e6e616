import type { Scan } from '../../app/domain/scan'

/** The smallest thing that counts as a scan. */
export const SCAN: Scan = { type: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.4 scan') }
