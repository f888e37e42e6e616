import { countToDecide } from '../../db/approval-list.server'
import { countLeavers } from '../../db/departures.server'
import { ALARM_SHOWN_MS, countAlarms } from '../../db/access-watch.server'
import { countGaps } from '../../db/coverage-counts.server'
import { countReadyToCertify, countUnanswered } from '../../db/desk.server'
import { countWaitingFilings } from '../../db/filing-lists.server'
import { countFindings, countReportedFindings } from '../../db/findings.server'
import { findLineHead } from '../../db/line-head.server'
import { countLate } from '../../db/line-list.server'
import { countGivenUp } from '../../db/outbox.server'
import { listPapers } from '../../db/papers.server'
import { countDeclined, countOpenQuestions } from '../../db/questions.server'
import { listCompaniesBelow } from '../../db/slips.server'
import { listUnheardCompanies } from '../../db/unheard.server'
import { earOf } from '../commands/answer-learner.server'
import { ownReachOf } from '../commands/open-filing.server'
import type { SignedInContext } from '../context'
import { lineOf, may, reachOf } from '../domain/access'
import { dayOf, spanWords } from '../domain/calendar'
import { byDayWords, dayWords } from '../domain/day-words'
import { TALK_MS } from '../domain/pledge'
import { countFilingDuties } from './filings.server'
import { healthOf } from './health.server'

/** One kind of thing that waits for the viewer in a role: what, how many (no further than a hundred), and where. */
export interface Waiting {
  words: string
  to: string
}

/** What waits is counted so far. */
export const MOST = 100
/** A count in words. */
export const many = (count: number, unit: string) => `${count >= MOST ? `${MOST}${unit}以上` : `${count}${unit}`}`

/** What waits for those who answer learners, by the tabs of 「質問と申し出」. */
export async function countWaiting({ db, now }: Pick<SignedInContext, 'db' | 'now'>) {
  const today = dayOf(now)
  const ear = { is: 'operator' } as const
  return {
    questions: await countOpenQuestions(db, ear, today, MOST), notSigned: await countDeclined(db, ear, today, now - TALK_MS, MOST), ...(await countUnanswered(db)),
    unheard: (await listUnheardCompanies(db, { after: '', limit: MOST, today })).length,
  }
}

const talkWords = (count: number) => `「署名しない」と答えた方と話す(この${spanWords(TALK_MS)}に${many(count, '人')})`

/** What waits for the viewer because of a role; nothing, and no query, for whoever has none. */
export async function listWaiting(context: SignedInContext): Promise<Waiting[]> {
  const { db, viewer, now } = context
  const today = dayOf(now)
  const waiting: { count: number; words: (count: number) => string; to: string }[] = []
  if (may(viewer, 'answerLearners')) {
    const { questions, notSigned, corrections, notes, unheard } = await countWaiting(context)
    waiting.push(
      { count: questions, words: (count) => `誓約書への質問に答える(${many(count, '件')})`, to: '/people/questions' },
      { count: notSigned, words: talkWords, to: '/people/questions?view=notSigned' },
      { count: corrections, words: (count) => `訂正の申し出に答える(${many(count, '件')})`, to: '/people/questions?view=corrections' },
      { count: notes, words: (count) => `教材への指摘に答える(${many(count, '件')})`, to: '/people/questions?view=notes' },
      { count: unheard, words: (count) => `会社側担当者を決める(質問が待っている会社 ${many(count, '社')})`, to: '/people/questions?view=unheard' },
    )
  }
  if (may(viewer, 'leadTeam')) {
    const line = await findLineHead(db, lineOf(viewer), null, { mostUnits: 1, today })
    waiting.push({ count: line ? await countLate(db, line, today, MOST) : 0, words: (count) => `期限を過ぎた人に声をかける(${many(count, '人')})`, to: '/team?tab=late' })
    waiting.push({ count: (await listPapers(db, { line: lineOf(viewer) }, today, MOST)).length, words: (count) => `お知らせの紙を渡す(${many(count, '人')})`, to: '/team/papers' })
  }
  if (may(viewer, 'answerChecks')) {
    const { count, returned, dueOn } = await countFilingDuties(context)
    waiting.push({ count, words: () => `点検に答える(${many(count, '件')}、${returned > 0 ? `差し戻し ${returned}件、` : ''}期限 ${byDayWords(dueOn!, dayWords(dueOn!, today), today)})`, to: '/checks' })
  }
  if (may(viewer, 'answerChecks')) {
    const { open, nextDay } = await countFindings(db, await ownReachOf(context))
    waiting.push({ count: open, words: (count) => `点検で直すことを直して、知らせる(${many(count, '件')}、いちばん早い予定 ${byDayWords(nextDay!, dayWords(nextDay!, today), today)})`, to: '/checks/findings' })
  }
  if (may(viewer, 'decideChecks')) {
    waiting.push({ count: await countReportedFindings(db, MOST), words: (count) => `直したという知らせを確かめる(${many(count, '件')})`, to: '/checks/findings?view=reported' })
    const slugs = context.library.list('checklist').filter(({ meta }) => meta.handedTo === 'operator').map(({ meta }) => meta.slug)
    waiting.push({ count: await countWaitingFilings(db, slugs, MOST), words: (count) => `届いた点検を確かめる(${many(count, '件')})`, to: '/program/checks?view=waiting' })
  }
  if (may(viewer, 'enterRecords')) waiting.push({ count: await countLeavers(db, 'left', today), words: (count) => `退職・終了のあとに残っているものを確かめる(${many(count, '人')})`, to: '/people/departures' })
  if (may(viewer, 'decideApprovals')) waiting.push({ count: await countToDecide(db, viewer, MOST), words: (count) => `承認を待つ申請を決める(${many(count, '件')})`, to: '/approvals' })
  if (may(viewer, 'readOutbox')) waiting.push({ count: await countGivenUp(db, MOST), words: (count) => `届かなかったメールを確かめる(${many(count, '通')})`, to: '/system/outbox?tab=givenUp' })
  if (may(viewer, 'runCompany')) {
    const ear = await earOf(context, 'employer')
    const reach = reachOf(viewer, 'runCompany')
    waiting.push(
      { count: ear ? await countOpenQuestions(db, ear, today, MOST) : 0, words: (count) => `自社の方の質問に答える(${many(count, '件')})`, to: '/company' },
      { count: ear ? await countDeclined(db, ear, today, now - TALK_MS, MOST) : 0, words: talkWords, to: '/company#said' },
      { count: reach.all ? 0 : await countReadyToCertify(db, await listCompaniesBelow(db, reach.companyIds, today), today), words: (count) => `誓約取得証明を提出する(署名した方 ${many(count, '人')})`, to: '/company/certificate' },
    )
  }
  if (may(viewer, 'runSystem')) {
    const { database, jobs } = await healthOf(context)
    const late = jobs.facts.down?.length ?? 0
    waiting.push({ count: database.state === 'down' || jobs.state === 'down' ? Math.max(late, 1) : 0, words: () => (late > 0 ? `滞っている定期の処理を確かめる(${many(late, '件')})` : 'データベースの状態を確かめる'), to: '/system' })
  }
  if (may(viewer, 'readAudit')) waiting.push({ count: await countAlarms(db, now - ALARM_SHOWN_MS), words: (count) => `多くの人の記録が開かれた日を確かめる(この${spanWords(ALARM_SHOWN_MS)}に${many(count, '件')})`, to: '/audit' })
  if (may(viewer, 'editContent') && !may(viewer, 'answerLearners')) waiting.push({ count: (await countUnanswered(db)).notes, words: (count) => `教材への指摘に答える(${many(count, '件')})`, to: '/program/library/notes' })
  if (may(viewer, 'readProgram')) waiting.push({ count: await countGaps(db), words: (count) => `対象なのに割当がない人を確かめる(${many(count, '人')})`, to: '/program' })
  return waiting.flatMap(({ count, words, to }) => (count > 0 ? [{ words: words(count), to }] : []))
}
