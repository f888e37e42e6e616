import type { OwnRecord } from '../../db/own-record.server'
import type { listAnswersOf } from '../../db/records.server'
import type { Viewer } from '../domain/access'
import { addDays, OPEN_DAY, OPEN_INSTANT, type Instant } from '../domain/calendar'
import { CATEGORIES, ENGAGEMENT_KINDS, ROLES } from '../domain/people'
import { RETURN_KINDS } from '../domain/departure'
import { CHANNEL_WORDS, RECIPIENT_WORDS } from '../domain/reminder-words'
import { TRACK_NAMES } from '../domain/tracks'
import type { Library } from './library.server'
import { APPROVAL_KINDS, OUTCOMES, reasonWords } from '../domain/approval'
import { ACT_WORDS, addressChanges, CODE_WORDS, LOOK_WORDS, MAIL_STATES, mailWords, NOTE_WORDS, requestOutcome, titleOfNote } from './record-words.server'
import { whyGiven } from './cause-words'
import { isRevisionPeriod } from '../domain/revision'
import { targetTitle } from './target-titles'

const JAPAN_MS = 9 * 3_600_000
/** An instant as it is read in Japan and by machines: 2026-11-20T13:31:05.000+09:00. */
const time = (at: Instant | null | undefined): string | null => (at === null || at === undefined || at === OPEN_INSTANT ? null : new Date(at + JAPAN_MS).toISOString().replace('Z', '+09:00'))
/** The last day of a period whose end is stored as the day after it. */
const lastDay = (day: string): string | null => (day === OPEN_DAY ? null : addDays(day, -1))
const until = (day: string): string | null => (day === OPEN_DAY ? null : day)

/** Everything held about a person as one document, in words a person reads and fields a machine reads. */
export function ownDocument(library: Library, viewer: Viewer, record: OwnRecord, answers: Awaited<ReturnType<typeof listAnswersOf>>, now: Instant) {
  const title = (slug: string, kind: 'module' | 'pledge' | 'certificate' = 'module') => targetTitle(library, kind, slug)
  const who = (account: string | null) => {
    const actor = account === null ? undefined : record.actors.get(account)
    if (actor) return { 氏名: actor.name, 従事者番号: actor.number, 本人: actor.personId === viewer.personId }
    return account === null ? 'サーバーの管理者(コマンド)' : '登録のない人'
  }
  return {
    書式: 'shuhi-own-record-1',
    作成日時: time(now),
    利用目的: '研修と誓約の管理、従事者の監督、法令に基づく報告のために使います。賞与や評価には使いません。',
    氏名: viewer.name,
    登録されている情報: record.registered.map((row) => ({
      従事者番号: row.number, 通し番号: row.sequence, 氏名: row.display_name, フリガナ: row.kana, 雇用形態: ENGAGEMENT_KINDS[row.kind], 会社: row.company_name, 所属: row.unit_name, メール: row.mail, 上長番号: row.supervisor_number,
      十八歳未満の最終日: row.under18_until, 有効開始日: row.valid_from, 有効終了日の翌日: until(row.valid_to), 登録日時: time(row.recorded_at),
    })),
    取り扱う情報: record.handling.map((row) => ({ 区分: CATEGORIES[row.category], システム: row.system, 目的: row.purpose, から: row.valid_from, まで: lastDay(row.valid_to) })),
    休職など: record.leave.map((row) => ({ 区分: row.reason_code, から: row.valid_from, まで: lastDay(row.valid_to) })),
    役割: record.roles.map((row) => ({ 役割: ROLES[row.role], 範囲: row.scope_kind, から: row.valid_from, まで: lastDay(row.valid_to) })),
    配慮: record.accommodations.map((row) => ({ 種類: row.kind, 対象: row.target_slug === '' ? 'すべてのテスト' : title(row.target_slug), 延長分: row.extra_minutes, 内容: new TextDecoder().decode(row.note), 決定日時: time(row.at), 取消日時: time(row.voided_at) })),
    割当と修了: record.duties.map((row) => ({
      対象: title(row.target_slug, row.target_kind), 種類: row.target_kind, 記号: row.target_slug, 期: row.period, ...(isRevisionPeriod(row.period) && { 割当の理由: whyGiven(library, record, row) }), 開始日: row.opens_on, 期限: until(row.due_on), 割当日時: time(row.created_at), 終了日時: time(row.settled_at), 終わり方: row.settled_as,
      修了日時: time(row.completed_at), 学習分: row.minutes, 教材の版: row.content_version, 問題の版: row.bank_version, 方法: row.route, 表示した内容のハッシュ: row.rendered_sha256,
    })),
    割当に起きたこと: record.events.map((row) => ({ 対象: title(row.target_slug, row.target_kind), 種類: row.kind, 新しい期限: row.new_due_on, 理由: row.reason_code, 内容: row.note, 日時: time(row.at) })),
    受講の依頼: record.reminders.map((row) => ({
      対象: title(row.target_slug, row.target_kind), 日時: time(row.requested_at), 依頼した人: row.sent_by === null ? '自動のお知らせ' : who(row.sent_by), 宛先: RECIPIENT_WORDS[row.recipient_kind], 届け方: CHANNEL_WORDS[row.channel], 言葉: row.note, 結果: requestOutcome(row), 送信: time(row.sent_at),
    })),
    受講のために用意された時間: record.grants.map((row) => ({ 対象: title(row.target_slug, row.target_kind), はじめ: time(row.starts_at), おわり: time(row.ends_at), 用意した人: who(row.granted_by), 記録日時: time(row.at) })),
    申請: record.requests.map((row) => ({
      対象: title(row.target_slug, row.target_kind), 申請: APPROVAL_KINDS[row.kind], 理由: reasonWords(row.kind, row.reason_code), 言葉: row.note, 希望の期限: row.wished_due_on, 申請した人: who(row.asked_by), 申請日時: time(row.asked_at),
      結果: row.outcome === null ? '承認を待っています' : OUTCOMES[row.outcome], 決めた人: row.decided_by === null ? null : who(row.decided_by), 決めた日時: time(row.decided_at), 回答: row.answer,
    })),
    返却と消去: record.returns.map((row) => ({ 内容: `${RETURN_KINDS[row.kind]}　${row.words}`, 記録日時: time(row.at), 済んだ日: row.done_on, 取消日時: time(row.voided_at) })),
    退職時の連絡: record.tries.map((row) => ({ 対象: title(row.target_slug, row.target_kind), 日: row.on_day, 方法: CHANNEL_WORDS[row.channel], 言葉: row.note, 連絡した人: who(row.entered_by), 記録日時: time(row.at) })),
    表示したページ: record.pages.map((row) => ({ 対象: title(row.target_slug, row.target_kind), 版: row.version, ページ: row.page, ハッシュ: row.rendered_sha256, 最初: time(row.first_at), 最後: time(row.last_at), 秒: row.seconds })),
    学習の時間: record.sittings.map((row) => ({ 対象: title(row.target_slug, row.target_kind), はじめ: time(row.started_at), おわり: time(row.ended_at), 数えた秒: row.counted_seconds, 数えない秒: row.idle_seconds, 測り方: row.measured })),
    受験: record.attempts.map((row) => ({
      対象: title(row.target_slug), 回: row.ordinal, 教材の版: row.module_version, 問題の版: row.bank_version, ...(Number(row.explained) === 1 && { 抽選の種: row.seed }), 延長分: row.extra_minutes, 開始: time(row.opened_at), 提出: time(row.finished_at), 正解: row.score, 問題数: Number(row.total),
      合格: row.passed === null ? null : row.passed === 1,
      解答: answers.filter(({ attempt_id }) => attempt_id === row.id).map((item) => answerLines(item, Number(row.explained) === 1)),
    })),
    誓約: record.acts.map((row) => ({
      文書: title(row.template, 'pledge'), 版: row.version, 結果: ACT_WORDS[row.outcome]?.words ?? row.outcome, 日時: time(row.signed_at), 入力した氏名: row.name_typed, 登録の氏名: row.name_registered, 認証の方法: row.auth_method, 認証の由来: row.credential_origin,
      接続元: row.address, 端末: row.agent, 内容: row.note, 記録番号: row.receipt, 文書のハッシュ: row.statement_sha256, 控えのハッシュ: row.pdf_sha256,
    })),
    雇い主の誓約取得証明: record.certificates.map((row) => ({ 文書: title(row.template, 'pledge'), 版: row.version, 取得日: row.taken_on, 提出日時: time(row.at), 記録番号: row.receipt })),
    メールアドレスの変更: addressChanges(record.addresses).map(({ at, from, to }) => ({ 日時: time(at), 前: from, 後: to })),
    受け取ったお知らせ: record.mails.map((row) => ({ 種類: mailWords(row.template), 宛先: row.to_address, 日: row.day, 状態: MAIL_STATES[row.state], 送信: time(row.sent_at) })),
    利用者: { 作成: time(record.account?.created_at), サインインの名前: record.logins.map(({ folded, kind }) => ({ 種類: kind, 値: folded })), お知らせの版: record.account?.notice_version ?? null, お知らせの日時: time(record.account?.notice_at), ふりがな: record.account?.furigana === 1, 読む言葉: record.account ? TRACK_NAMES[record.account.track].name : null },
    コードの発行とパスワードの決め直し: record.codes.map((row) => ({ 方法: CODE_WORDS[row.purpose] ?? row.purpose, 発行: time(row.created_at), 発行した人: row.purpose === 'reset' ? '本人の申込み' : who(row.issued_by), 使用: time(row.used_at), 取消: time(row.revoked_at), 期限: time(row.expires_at) })),
    サインイン: record.sessions.map((row) => ({ はじめ: time(row.created_at), 最後の操作: time(row.last_seen_at), 共用の端末: row.shared_terminal === 1, 接続元: row.address, 端末: row.agent })),
    見た人: record.looks.map((row) => ({ 日時: time(row.at), したこと: LOOK_WORDS[row.subjectKind] ?? row.subjectKind, 人: who(row.account), 理由: row.reason })),
    訂正の申し出: record.corrections.map((row) => ({ 何について: row.subject, 対象: row.target_slug, 内容: row.body, 日時: time(row.at), 回答日時: time(row.answered_at), 回答: row.answer })),
    教材への知らせ: record.notes.map((row) => ({ 対象: titleOfNote(library, row), 種類: row.kind, 記号: row.slug, 版: row.version, 節: row.section, 内容: row.body, 日時: time(row.at), 扱い: NOTE_WORDS[row.status].words, 回答日時: time(row.answered_at), 回答: row.answer })),
  }
}

/**
 * One answer. Until a test of the same duty is passed it is told by the places of the options as they were shown, without its mark:
 * as on the result's page, what was right is explained after passing.
 */
function answerLines(item: Awaited<ReturnType<typeof listAnswersOf>>[number], explained: boolean) {
  const shown = item.option_order.split(',')
  const given = { 番号: item.position, 問題: item.question_id, 保存: time(item.saved_at) }
  if (!explained) return { ...given, 答えた選択肢の位置: item.answer === null ? null : item.answer.split(',').map((id) => shown.indexOf(id) + 1), 正誤: '合格したあとに、解説と一緒に示します' }
  return { ...given, 選択肢の順: item.option_order, 答え: item.answer, 正誤: item.correct === null ? null : item.correct === 1 }
}
