import { APPROVAL_KINDS, APPROVAL_REASONS, ASKED_AS, OUTCOMES, reasonWords, type ApprovalKind } from './approval'
import type { Instant } from './calendar'
import { mayShowDetail } from './disclosure'
import type { Dossier, DossierDuty } from './dossier'
import { csvFile } from './dossier-index'
import { periodWords, ROUTE_WORDS, TARGET_WORDS, wordOf } from './duty-words'
import { relationOf } from './people'
import { CHANNEL_WORDS, outcomeWords, RECIPIENT_WORDS } from './reminder-words'
import { UNIT_REASONS } from './unit-deferral'

type Words = Readonly<Record<string, string>>
type Detailed = Extract<DossierDuty, { acts: object }>

const EVENTS: Words = { exempt: '免除', defer: '猶予', suspend: '期限を止めた', resume: '期限を動かした', grant: '受講時間の付与', void: '取消し', credit: '記録の受入れ' }
const EVENT_REASONS: Words = {
  question: '質問', signed: '署名', reopened: 'もう一度渡した', answered: '質問への回答', ...APPROVAL_KINDS, ...UNIT_REASONS,
  ...APPROVAL_REASONS.paper, ...APPROVAL_REASONS.class, ...APPROVAL_REASONS.equivalent, ...APPROVAL_REASONS.paperPledge, ...APPROVAL_REASONS.exempt, ...APPROVAL_REASONS.defer,
}
const ASKED_FOR: Words = { before14: '期限の14営業日前', before7: '期限の7営業日前', before1: '期限の前の営業日', after1: '期限の次の営業日', weekly: '毎週の依頼', manager: '上長からの依頼', company: '会社の担当者からの依頼', granted: '受講の時間を決めた知らせ' }
const instantOf = (time: string | null): Instant | null => (time === null ? null : Date.parse(time))
const by = (number: string | null): string => number ?? '番号の記録なし'

/** A list of a dossier: which columns, and its rows of one duty after the first three that name it. */
interface List {
  name: string
  columns: readonly string[]
  rowsOf: (duty: Detailed) => readonly (readonly string[])[]
}

const LISTS: readonly List[] = [
  {
    name: '修了.csv', columns: ['時期', '期限', '修了日時', '期限後', '教材の版', '問題の版', '勤務分', '方法', '表示した内容のSHA-256', '写しのSHA-256'],
    rowsOf: ({ completion: done, period, dueOn, late }) => (done === null ? [] : [[periodWords(period), dueOn ?? '', done.completedAt, late ? '期限後' : '', done.version, done.bankVersion ?? '', String(done.minutes), wordOf(ROUTE_WORDS, done.route), done.renderedSha256, done.scanSha256 ?? '']]),
  },
  {
    name: '受験.csv', columns: ['時期', '回', '教材の版', '問題の版', '開始日時', '提出日時', '合否'],
    rowsOf: ({ attempts, period }) => attempts.map((one) => [periodWords(period), String(one.ordinal), one.version, one.bankVersion, one.openedAt, one.finishedAt, one.passed ? '合格' : '不合格']),
  },
  {
    name: '督促.csv', columns: ['時期', '依頼日時', '宛先', '届け方', 'きっかけ', '依頼した人の従事者番号', '送信日時', '結果'],
    rowsOf: ({ reminders, period }) => reminders.map((one) => [periodWords(period), one.at, wordOf(RECIPIENT_WORDS, one.to), wordOf(CHANNEL_WORDS, one.channel), wordOf(ASKED_FOR, one.reason), one.by ?? '自動のお知らせ', one.sentAt ?? '', outcomeWords({ at: Date.parse(one.at), leavesAt: instantOf(one.leavesAt), leavesIn: one.leavesIn, result: one.result, resultAt: instantOf(one.sentAt) })]),
  },
  {
    name: '例外.csv', columns: ['時期', '区分', '種類', '理由', '言葉', '期限(希望・新しい期限)', '日時', '求めた人の従事者番号', '求めた人の立場', '決めた人の従事者番号', '決定日時', '結果', '回答'],
    rowsOf: ({ events, approvals, period }) => [
      ...events.map((one) => [periodWords(period), '期限・割当の変更', wordOf(EVENTS, one.kind), wordOf(EVENT_REASONS, one.reason), one.note, one.newDueOn ?? '', one.at, one.requestedBy ?? '', '', one.approvedBy ?? '', '', '', '']),
      ...approvals.map((one) => [
        periodWords(period), '申請', wordOf(APPROVAL_KINDS, one.kind), reasonWords(one.kind as ApprovalKind, one.reason), one.note, one.wishedDueOn ?? '', one.askedAt, by(one.askedBy), wordOf(ASKED_AS, one.askedAs), one.decidedAt === null ? '' : by(one.decidedBy), one.decidedAt ?? '', one.outcome === null ? '回答待ち' : wordOf(OUTCOMES, one.outcome), one.answer,
      ]),
    ],
  },
]

/**
 * Completions, attempts, reminders and exceptions of a dossier, each row by row in a file of its own; a list without rows has its head
 * alone. None at all where no more than status and certificate may be told (domain.md L25).
 */
export function listFiles({ record }: Pick<Dossier, 'record'>): { name: string; bytes: Uint8Array }[] {
  const told = record.engagements.filter(({ registered }) => registered.length > 0 && registered.every(({ kind }) => mayShowDetail(relationOf(kind))))
  if (told.length === 0) return []
  return LISTS.map(({ name, columns, rowsOf }) => ({
    name,
    bytes: csvFile(['従事者番号', '種類', '内容', ...columns], told.flatMap(({ number, duties }) => duties.flatMap((duty) => ('acts' in duty ? rowsOf(duty).map((row) => [number, wordOf(TARGET_WORDS, duty.kind), duty.title, ...row]) : [])))),
  }))
}
