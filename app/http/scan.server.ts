import { scanOf, type Scan } from '../domain/scan'
import type { Refusal } from '../domain/refusal'

/** What a form with a scan may hold in all: more than a scan may, so that one that is too large is refused in words. */
export const SCAN_FORM_BYTES = 24 * 1024 * 1024

/** The scan of a form, or what to bring instead. */
export const readScan = async (file: File | undefined): Promise<Scan | Refusal<'scanMissing' | 'scanTooLarge' | 'scanOfAnotherKind'>> => scanOf(file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array())
