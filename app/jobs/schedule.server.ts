import { sweep } from '../commands/sweep.server'
import { run as makePdfs } from './make-pdfs.server'
import { run as sendMail } from './send-mail.server'
import type { Job } from './runner.server'

/** What runs by itself, and when. */
export const JOBS: readonly Job[] = [
  { name: 'send-mail', title: 'メールを送る', every: 15_000, run: sendMail },
  { name: 'make-pdfs', title: '署名の控え(PDF)を作る', every: 30_000, run: makePdfs },
  { name: 'sweep', title: '期限の過ぎた下書きとセッションの片づけ', every: { dailyFromHour: 3 }, run: sweep },
]
