import { sweep } from '../commands/sweep.server'
import type { Job } from './runner.server'

/** What runs by itself, and when. */
export const JOBS: readonly Job[] = [{ name: 'sweep', title: '期限の過ぎた下書きとセッションの片づけ', every: { dailyFromHour: 3 }, run: sweep }]
