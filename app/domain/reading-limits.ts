/** A pause longer than this is not counted as study where the page can tell (domain.md §5.1). */
export const IDLE_LIMIT_SECONDS = 90
