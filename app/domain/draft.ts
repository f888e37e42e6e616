import { DAY_MS } from './calendar'

/** How long a preview may wait to be applied. */
export const DRAFT_LIVES_MS = DAY_MS
