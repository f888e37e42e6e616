import type { OwnRecord } from '../../db/own-record.server'
import type { Day } from '../domain/calendar'
import type { MailTemplate } from '../domain/mail'
import { outcomeWords } from '../domain/reminder-words'
import type { Library } from './library.server'

/** Titles of the mails that may have come. */
const MAIL_WORDS: Readonly<Record<MailTemplate, string>> = {
  invitation: '利用の案内', reset: 'パスワードを決め直すためのコード', receipt: '署名の控え', completion: '修了のお知らせ', addressChanged: 'メールアドレスの変更のお知らせ', answer: '回答のお知らせ',
  request: '受講の依頼', companyRequest: '自社の名簿についての依頼', managerDigest: '今週のチームの状況', companyDigest: '今週の自社の名簿の状況', approvalAsked: '決定を待つ申請の知らせ', checksReturned: '差し戻された点検の知らせ', leavers: '退職・終了する人の知らせ', approvalDecided: '申請の結果のお知らせ', departure: '退職・終了のお知らせ', accessAlarm: '多くの人の記録が開かれたお知らせ',
}

/** The title of a mail of the outbox. */
export const mailWords = (template: string): string => MAIL_WORDS[template as MailTemplate] ?? 'お知らせ'

/** What became of a mail. */
export const MAIL_STATES = { waiting: '送る前', sending: '送っています', sent: '送りました', givenUp: '届きませんでした', needless: '送りませんでした(用がなくなりました)', fictional: '送りません(架空の宛先)' } as const

/** What became of a request about one's duty: with which mails of the day it goes, when it was sent, or why not. */
export const requestOutcome = (row: OwnRecord['reminders'][number], today?: Day): string =>
  outcomeWords({ at: row.requested_at, leavesAt: row.leaves_at, leavesIn: row.leaves_in, result: row.result, resultAt: row.result_at }, today)

/** How a code was given out. */
export const CODE_WORDS: Readonly<Record<string, string>> = { invite: '利用の案内(メール)', reset: 'パスワードの決め直し(メール)', slip: '利用票(紙)' }

/** What somebody did with the records, by what was opened or taken. */
export const LOOK_WORDS: Readonly<Record<string, string>> = { person: '記録を開いた', lineFile: '受け持つ人として、状況の画面を開いた', companyFile: '会社側担当者として、状況の画面を開いた', request: 'あなたについての申請を開いた', classRequest: '集合研修の申請を開いた', pledge: '署名した書面のPDFを受け取った', scan: '申請に付いた控えを受け取った', ownRecord: '記録をまとめて受け取った', dossier: '記録一式(ZIP)を受け取った', roster: 'あなたの会社を含む名簿を書き出した' }

/** What came of a pledge. */
export const ACT_WORDS: Readonly<Record<string, { mark: 'done' | 'declined' | 'ask' | 'wait' | 'todo'; words: string }>> = {
  signed: { mark: 'done', words: '署名済み' }, declined: { mark: 'declined', words: '署名辞退' }, question: { mark: 'ask', words: '質問' }, later: { mark: 'todo', words: '今は署名しない' },
  explainedDeclined: { mark: 'declined', words: '説明済み・署名辞退' }, unreachable: { mark: 'wait', words: '連絡不能' },
}

/** When the registered address became another one, newest first, from the addresses as they became known (newest first). */
export function addressChanges(known: readonly { mail: string; recorded_at: number }[]): { at: number; from: string; to: string }[] {
  const newest = new Map<number, string>()
  for (const { mail, recorded_at: at } of known) if (!newest.has(Number(at))) newest.set(Number(at), mail)
  const steps = [...newest]
  return steps.flatMap(([at, to], index) => {
    const from = steps[index + 1]?.[1]
    return from === undefined || from === to ? [] : [{ at, from, to }]
  })
}

/** What became of a reader's note. */
export const NOTE_WORDS: Readonly<Record<'open' | 'fixed' | 'planned' | 'asIs', { mark: 'ask' | 'done' | 'doing' | 'none'; words: string }>> = {
  open: { mark: 'ask', words: '回答待ち' }, fixed: { mark: 'done', words: '直しました' }, planned: { mark: 'doing', words: '次の版で直します' }, asIs: { mark: 'none', words: 'このままにします' },
}

/** Which text a reader's note is about, in words. */
export function titleOfNote(library: Library, note: { kind: 'module' | 'pledge' | 'checklist' | 'notice'; slug: string; version: string; section: string }): string {
  const found = note.kind === 'notice' ? undefined : library.find(note.kind, note.slug, note.version)
  const page = found && 'pages' in found ? found.pages.find(({ id }) => id === note.section)?.title : undefined
  return `${note.kind === 'notice' ? '記録の利用目的' : (found?.meta.title ?? note.slug)} 第${note.version}版${page ? `「${page}」` : ''}`
}
