import { fullDay } from './calendar'

/** What became of a reminder, in words. */
export const RESULT_WORDS: Readonly<Record<string, string>> = {
  '': '送る前', sent: '送りました', fictional: '送りません(架空の宛先)', toHand: '紙を渡す前', notOpen: '送るときには終わっていました', givenUp: '届きませんでした', joined: 'ほかの依頼と一緒に送りました', noMail: 'メールの登録がなくなりました',
  done: '送るときには終わっていました', exempt: '送るときには免除されていました', deferred: '送るときには猶予中でした', asked: '送るときには質問の回答待ちでした', declined: '送るときには署名辞退でした', onLeave: '送るときには休職・育休中でした', notStarted: '送るときには在籍の前でした', gone: '送るときには在籍が終わっていました',
  opensLater: '送るときには始まっていませんでした', awaitsEmployer: '送るときには本人の分が終わっていました', throughCompany: '委託先の責任者に依頼します',
}

/** What became of a reminder; of a paper the day on which it was handed over. */
export const resultWords = (result: string): string => (result.startsWith('handed ') ? `${fullDay(result.slice('handed '.length))}に渡しました` : (RESULT_WORDS[result] ?? ''))

/** To whom a request about somebody's duty went. */
export const RECIPIENT_WORDS: Readonly<Record<'person' | 'manager' | 'companyContact', string>> = { person: '本人', manager: '上長', companyContact: '会社の担当者' }

/** How it went, or how somebody was to be reached. */
export const CHANNEL_WORDS: Readonly<Record<'mail' | 'slip' | 'screen' | 'paper' | 'phone' | 'letter' | 'inPerson', string>> = { mail: 'メール', slip: '利用票', screen: '画面', paper: '書面', phone: '電話', letter: '手紙', inPerson: '対面' }
