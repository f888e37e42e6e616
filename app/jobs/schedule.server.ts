import { countLines } from '../commands/count-lines.server'
import { refreshCoverage } from '../commands/refresh-coverage.server'
import { rebuildDerived } from '../commands/rebuild-derived.server'
import { sweep } from '../commands/sweep.server'
import { MINUTE_MS } from '../domain/calendar'
import * as beginDepartures from './begin-departures.server'
import * as makePdfs from './make-pdfs.server'
import * as planDeferred from './plan-deferred.server'
import * as planNightly from './plan-nightly.server'
import * as planRequests from './plan-requests.server'
import type { Job } from './runner.server'
import * as sendMail from './send-mail.server'

const SECOND_MS = 1_000

const didSomething = (counts: Record<string, number>) => Object.values(counts).some((count) => count > 0)

/** What runs by itself, and when. */
export const JOBS: readonly Job[] = [
  { name: 'send-mail', title: 'メールを送る', every: 5 * SECOND_MS, run: sendMail.run, tells: didSomething },
  { name: 'make-pdfs', title: '控えのPDFを作る', every: MINUTE_MS, run: makePdfs.run, tells: didSomething },
  { name: 'plan-deferred', title: '大きな取込のあとの割当', every: 10 * SECOND_MS, run: planDeferred.run },
  { name: 'count-lines', title: '大きなチームの人数', every: MINUTE_MS, run: countLines },
  { name: 'refresh-coverage', title: '全体の状況の数え直し', every: MINUTE_MS, run: refreshCoverage },
  { name: 'rebuild-derived', title: '一覧のための表の更新', every: { dailyFromHour: 0 }, run: rebuildDerived },
  { name: 'plan-nightly', title: '割当の計画', every: { dailyFromHour: 1 }, run: planNightly.run },
  { name: 'begin-departures', title: '退職・終了の返却リスト', every: { dailyFromHour: 6 }, run: beginDepartures.run },
  { name: planRequests.NAME, title: '受講の依頼の計画', every: { dailyFromHour: 5 }, run: planRequests.run },
  { name: 'sweep', title: '期限の過ぎた下書きとセッションの片づけ', every: { dailyFromHour: 3 }, run: sweep },
]
