import { sweep } from '../commands/sweep.server'
import { run as sendMail } from './send-mail.server'
import type { Job } from './runner.server'

/** What runs by itself, and when. */
export const JOBS: readonly Job[] = [
  { name: 'send-mail', title: 'メールを送る', every: 15_000, run: sendMail },
  { name: 'sweep', title: '期限の過ぎた下書きとセッションの片づけ', every: { dailyFromHour: 3 }, run: sweep },
]
