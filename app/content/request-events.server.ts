import type { SentReminder } from '../../db/team.server'
import type { Day, Instant } from '../domain/calendar'
import { groupedBy } from '../domain/grouped'
import { CHANNEL_WORDS, outcomeWords, RECIPIENT_WORDS } from '../domain/reminder-words'

/** 督促記録 of one person as events: what was asked at one moment in one way, for however many duties, is one. While its mail waits it says with which mails it goes, and once sent when. Nothing is said of the mail's words. */
export function requestEvents(reminders: readonly SentReminder[], today: Day, byWhom: (account: string | null) => string, titleOf: (assignmentId: string) => string): { at: Instant; what: string; text: string; byHand: boolean; small?: string }[] {
  const moments = groupedBy(reminders, (one) => [one.at, one.by, one.recipient, one.channel, one.leavesAt, one.result, one.resultAt, one.note].join('\t'))
  return [...moments.values()].map(([one, ...more]) => ({
    at: one.at, what: '依頼', byHand: one.byHand, small: one.note === '' ? undefined : `「${one.note}」`,
    text: `${one.byHand ? `${byWhom(one.by)}から` : '自動で'}${RECIPIENT_WORDS[one.recipient]}へ(${CHANNEL_WORDS[one.channel]}・${outcomeWords(one, today)})　${[...new Set([one, ...more].map(({ assignmentId }) => titleOf(assignmentId)))].join('／')}`,
  }))
}
