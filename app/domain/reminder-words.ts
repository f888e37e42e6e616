import { dayOf, fullDay, type Day, type Instant } from './calendar'
import { dayWords, instantWords, timeWords } from './day-words'
import type { LeavesIn } from './request-hours'

/** What became of a reminder, in words. */
export const RESULT_WORDS: Readonly<Record<string, string>> = {
  '': '送る前', sent: '送りました', fictional: '送りません(架空の宛先)', toHand: '紙を渡す前', notOpen: '送るときには終わっていました', givenUp: '届きませんでした', joined: 'ほかの依頼と一緒に送りました', noMail: 'メールの登録がなくなりました',
  done: '送るときには終わっていました', exempt: '送るときには免除されていました', deferred: '送るときには猶予中でした', asked: '送るときには質問の回答待ちでした', declined: '送るときには署名辞退でした', onLeave: '送るときには休職・育休中でした', notStarted: '送るときには在籍の前でした', gone: '送るときには在籍が終わっていました',
  opensLater: '送るときには始まっていませんでした', awaitsEmployer: '送るときには本人の分が終わっていました', throughCompany: '委託先の責任者に依頼します',
}

/** What became of a reminder; of a paper the day on which it was handed over. */
export const resultWords = (result: string): string => (result.startsWith('handed ') ? `${fullDay(result.slice('handed '.length))}に渡しました` : (RESULT_WORDS[result] ?? ''))

/** What is known of a reminder: when it was asked, with which mails it goes, and what became of it when. */
export interface ReminderOutcome {
  at: Instant
  leavesAt: Instant | null
  leavesIn: LeavesIn | null
  result: string
  resultAt: Instant | null
}

/** What became of a reminder as far as somebody knows who knows of some instants only; before its end a paper is to be handed over and a mail waits. */
export const resultKnown = ({ channel, result, resultAt }: { channel: string; result: string; resultAt: Instant | null }, knows: (at: Instant | null) => boolean): { result: string; resultAt: Instant | null } =>
  resultAt === null || knows(resultAt) ? { result, resultAt } : { result: channel === 'paper' ? 'toHand' : '', resultAt: null }

/** 翌営業日(11月24日(火) 9時)の便に入れた: the mails with which a request goes, as noted when it was asked. */
function leavesWords(at: Instant, how: LeavesIn | null, near: Day, today: Day | undefined): string {
  const moment = `${dayWords(dayOf(at), near)} ${timeWords(at).replace(/時0+分$/, '時')}`
  const day = how === 'nextBusinessDay' ? '翌営業日' : how !== 'sameDay' ? '' : dayOf(at) === today ? '今日' : '当日'
  return `${day === '' ? moment : `${day}(${moment})`}の便に入れた`
}

/** 督促記録 (issue 3 §1): while its mail waits with which mails it goes, once sent when, else what became of it. For a paper that everybody keeps, without `today`. */
export function outcomeWords({ at, leavesAt, leavesIn, result, resultAt }: ReminderOutcome, today?: Day): string {
  const near = today ?? dayOf(at)
  if (result === 'sent' && resultAt !== null) return `${instantWords(resultAt, near)}に送りました`
  if (leavesAt === null || !(result === '' || result === 'fictional')) return resultWords(result)
  return `${leavesWords(leavesAt, leavesIn, near, today)}${result === 'fictional' ? '(架空の宛先のため、送りません)' : ''}`
}

/** To whom a request about somebody's duty went. */
export const RECIPIENT_WORDS: Readonly<Record<'person' | 'manager' | 'companyContact', string>> = { person: '本人', manager: '上長', companyContact: '会社の担当者' }

/** How it went, or how somebody was to be reached. */
export const CHANNEL_WORDS: Readonly<Record<'mail' | 'slip' | 'screen' | 'paper' | 'phone' | 'letter' | 'inPerson', string>> = { mail: 'メール', slip: '利用票', screen: '画面', paper: '書面', phone: '電話', letter: '手紙', inPerson: '対面' }
