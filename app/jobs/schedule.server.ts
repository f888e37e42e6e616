import type { Job } from './runner.server'

/** What runs by itself, and when. */
export const JOBS: readonly Job[] = []
