import { APPROVAL_KINDS, ASKED_AS, OUTCOMES, reasonWords, type ApprovalKind } from '../domain/approval'
import { dayOf, isDay, OPEN_DAY } from '../domain/calendar'
import { CONTACT_CHANNELS, EXIT_OUTCOMES, RETURN_KINDS } from '../domain/departure'
import { filingPeriodWords } from '../domain/filing-period'
import { ENGAGEMENT_KINDS, ROLES } from '../domain/people'
import { GIVES, IMPACTS } from '../domain/revision'
import { REVIEW_STATES } from '../domain/release'
import { UNIT_REASONS } from '../domain/unit-deferral'
import { fullDay, fullInstant } from './format'
import { TAB_WORDS } from './team'

/** What each kind of evidence records, in words. */
export const LEDGER_TYPES: Readonly<Record<string, string>> = {
  'roster.imported': '名簿を取り込んだ', 'roster.undone': '名簿の変更を元に戻した', 'roster.edited': '1人の登録を変えた', 'assignments.planned': '割当を計画した', 'content.revised': '教材の改訂を知らせた', 'content.published': '教材・決まりを公開した', 'content.reviewed': '教材の文章の確認を記録した', 'settings.changed': '設定が変わった', 'appointment.given': '役割を変えた',
  'account.codeIssued': 'サインインのコードを出した', 'account.passwordSet': 'パスワードを決めた', 'account.noticeShown': '利用目的を確かめた', 'accommodation.decided': 'テストの時間などの配慮を決めた', 'test.finished': '確認テストを終えた',
  'pledge.signed': '誓約書に署名した', 'pledge.notSigned': '署名しない・質問がある、と答えた', 'pledge.reopened': '誓約書をもう一度渡した', 'pledge.exitNoted': '退職時の誓約の結果を記録した', 'person.died': '亡くなったことを記録した・取り消した', 'certificate.submitted': '誓約取得証明を提出した',
  'record.correctionRequested': '記録の訂正を申し出た', 'learner.answered': '本人に回答した', 'record.opened': '記録を開いた', 'record.taken': '記録・名簿などを受け取った', 'access.alarmed': '多くの人の記録が開かれた', 'approval.asked': '申請した', 'approval.decided': '申請を決めた',
  'approval.voided': '承認を取り消した', 'approval.withdrawn': '申請を取り下げた', 'class.entered': '集合研修を記録した', 'contact.tried': '連絡を試みた', 'duties.deferred': '部署の期限をまとめて延ばした', 'reminder.requested': '受講を依頼した', 'reminder.handed': '紙の依頼を渡した',
  'headcount.declared': '在籍人数を申告した', 'agreement.recorded': '派遣元の書面の合意を記録した', 'agreement.ended': '派遣元の書面の合意を終えた', 'confirmation.handedOut': '受入時の確認書を渡した', 'filing.submitted': '点検を提出した', 'filing.decided': '点検を受理した・差し戻した', 'finding.reported': '点検で直すことを、直したと知らせた', 'finding.decided': '直したという知らせを認めた・差し戻した', 'mail.opened': 'メールの本文を読んだ', 'mail.resent': 'メールをもう一度送ることにした', 'opportunity.granted': '受講の時間を用意した',
  'return.listed': '返すものを決めた', 'return.done': '返却・消去を確かめた', 'return.voided': '返すものを取り消した', 'dossier.begun': '記録一式の受け取りを始めた', 'dossier.taken': '記録一式を受け取った', 'job.run': '定期の処理を動かした', 'sessions.ended': 'サインインをすべて終わらせた',
}

export const ledgerType = (type: string): string => LEDGER_TYPES[type] ?? type

const KEYS: Readonly<Record<string, string>> = {
  access: '閲覧の記録', account: 'アカウント', act: 'したこと', actor: '担当', address: '接続元', addressee: '差入先', alarm: '知らせ', asked: '依頼', askedAs: '申請した立場', assignment: '割当', by: '方法', certificate: '証明', changeSet: '変更セット', channel: '方法', columns: '変わった欄',
  company: '会社', count: '件数', counts: '件数', correction: '訂正', created: '新しい割当', day: '日', done: '終えたもの', dueOn: '期限', ended: '終わり', engagements: '人', event: 'できごと', files: 'ファイル', from: 'はじめ', item: '品目', items: '品目', joined: '決まりを加えた', kind: '種類',
  mails: 'メール', minutes: '分', module: '教材', most: '目安', note: '言葉', notice: '利用目的の版', of: '対象', on: '日', outcome: '結果', people: '人数', purpose: '目的', reason: '理由', receipt: '記録番号', reminders: '督促', rendered: '表示した文の指紋', reopened: '再開', replaces: '置き換えたもの',
  request: '申請', requests: '申請', rescheduled: '期限を変えた', role: '役割', scan: '写しの指紋', scope: '範囲', sha256: 'ファイルの指紋', source: '元のファイルの指紋', statement: '文の指紋', subject: '対象の人', subjects: '中身', target: '対象', template: '書面', undoes: '戻した変更', until: '終わり', unit: '部署',
  version: '版', wishedDueOn: '希望の期限', withdrawn: '取り下げ', attempt: '受験', about: '何について', job: '処理', sessions: 'サインイン',
  rows: '行', side: '範囲', tab: '表示', encoding: '文字コード', companies: '会社', headcount: '申告', agreement: '合意', grant: '用意した時間', startsAt: '始まり', endsAt: '終わり', mail: 'メール', duties: '対象の一覧の指紋', voids: '取り消した承認',
  accommodation: '配慮', bank: '問題集の版', body: '本文の指紋', changed: '変更', completion: '修了', employed: '雇用形態', engagement: '人', export: '受け取り', file: 'ファイル', first: '最初', firstDay: '最初の日', issuedAt: '出した日時', issuedBy: '出した人', knownAt: '記録時点', last: '最後', mailed: 'メール', missing: '一覧にない',
  month: '月', moved: '異動', new: '新規', nobody: '依頼なし', number: '従事者番号', papers: '紙', registered: '登録', rehired: '再入社', through: '会社を通して', try: '連絡', unchanged: '変更なし', words: '言葉',
  record: '確認の記録', raised: '直すことにした項目', followed: '次の点検に引き継いだもの', replaced: '出し直しで置き換えたもの', filing: '点検の提出', finding: '直すこと', checklist: '点検表', period: '対象の時期', reasons: '差し戻しの理由', itemId: '項目', partly: '一部', notDone: '未実施', none: '該当なし',
  impact: '影響', gives: '割り当てるもの', finished: '修了した人', begun: '受講中の人', untouched: 'まだの人',
  review: '文章の確認', reviewer: '確かめた人',
  person: '人', takenBack: '取り消し', settings: '設定', corrected: '訂正', slug: '教材', question: '問題', track: '言葉', id: '番号', page: '節', pages: '節', restored: '戻したもの', leftOut: '戻さなかったもの', name: '名前', was: '前', is: '後',
}

/** What the entry itself says (type, time, who), and of a test what is the person's own: score, answers, and which attempt it was (notice of purposes). */
const LEFT_OUT: ReadonlySet<string> = new Set(['entry', 'type', 'at', 'subject', 'actor', 'score', 'total', 'answers', 'seed', 'ordinal', 'opened', 'passed'])

/** What a code or an identifier is called that this table cannot know: units, companies, people, texts. */
export type EvidenceNames = (key: string, value: string) => string | undefined
const NO_NAMES: EvidenceNames = () => undefined

/** A payload as label and value. */
export function payloadLines(payload: Record<string, unknown>, names: EvidenceNames = NO_NAMES): { label: string; value: string }[] {
  return Object.entries(payload).filter(([key]) => !LEFT_OUT.has(key)).map(([key, value]) => ({ label: keyWords(key), value: key === 'reason' && typeof value === 'string' ? reasonOf(payload.kind, value) : valueWords(value, key, names) }))
}

const keyWords = (key: string): string => KEYS[key] ?? key

const reasonOf = (kind: unknown, code: string): string => (typeof kind === 'string' && kind in APPROVAL_KINDS && reasonWords(kind as ApprovalKind, code)) || valueWords(code, 'reason', NO_NAMES)

function valueWords(value: unknown, key: string, names: EvidenceNames): string {
  if (key === 'scope' && value === '') return '全体'
  if (value === null || value === undefined || value === '') return '―'
  if (typeof value === 'number') return value > 1_000_000_000_000 && dayOf(value) < '2100' ? fullInstant(value) : value.toLocaleString('ja-JP')
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'string') return textWords(value, key, names)
  if (Array.isArray(value)) return arrayWords(value, key, names)
  const entries = Object.entries(value)
  const { name, was, is } = value as { name?: unknown; was?: unknown; is?: unknown }
  if (entries.length === 3 && typeof name === 'string' && typeof was === 'string' && typeof is === 'string') return `${name} ${was === '' ? '' : `${was} → `}${is === '' ? 'なし' : is}`
  return entries.map(([each, one]) => `${keyWords(each)} ${valueWords(one, each, names)}`).join('、')
}

/** Many of a kind are counted; of what changed each is told. */
function arrayWords(values: readonly unknown[], key: string, names: EvidenceNames): string {
  if (values.length === 0) return 'なし'
  if (key === 'pages') return `${values.length}節`
  return values.length > 5 && key !== 'changed' ? `${values.length}件` : values.map((one) => valueWords(one, key, names)).join('、')
}

function textWords(value: string, key: string, names: EvidenceNames): string {
  if (value === OPEN_DAY) return '決めていない'
  if (isDay(value)) return fullDay(value)
  if (key === 'until') return value
  if (key === 'period') return filingPeriodWords(value)
  if (key === 'month') return value.replace(/^(\d+)-0?(\d+)$/, '$1年$2月')
  if (key === 'corrected') return correctedWords(value)
  return CODES[key]?.[value] ?? names(key, value) ?? value
}

/** A corrected answer key, which is kept as it stands beside the sealed text. */
function correctedWords(json: string): string {
  const { on, correct } = JSON.parse(json) as { on: string; correct: unknown }
  return `${fullDay(on)}から正答 ${[correct].flat().join('、')}`
}

/** What was done to records, and to which. */
export const ACCESS_ACTS = { view: '開いた', download: '受け取った', search: 'さがした', export: '書き出した' } as const
const SUBJECTS: Readonly<Record<string, string>> = { person: '1人の記録', lineFile: '受け持つ人の画面', companyFile: '自社の人の画面', request: '申請', classRequest: '集合研修の申請', pledge: '署名の控え', ownRecord: '自分の記録', roster: '名簿', importErrors: '不備のある行', completions: '全員の修了', scan: '申請に付いた写し', dossier: '記録一式', dossiers: '複数の人の記録一式', team: 'チームの一覧', people: '人の一覧', mail: 'メールの本文', filing: '点検の添付', finding: '直したことの添付' }
export const subjectWords = (kind: string): string => SUBJECTS[kind] ?? kind

/** The codes that evidence keeps, in words, by the label under which they stand; what is not here is no code, or the same for everybody. */
const CODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { ...ENGAGEMENT_KINDS, ...SUBJECTS, ...RETURN_KINDS, ...APPROVAL_KINDS }, reason: UNIT_REASONS, askedAs: ASKED_AS, role: ROLES, channel: CONTACT_CHANNELS, impact: { ...IMPACTS, first: 'はじめての版' }, gives: GIVES,
  outcome: { ...OUTCOMES, declined: '署名辞退', question: '質問', later: '今は署名しない', fixed: '直した', planned: '次の版で直す', asIs: 'このまま', ...EXIT_OUTCOMES, signed: '署名', new: '登録', changed: '訂正', rehired: '再入社', moved: '会社が変わった' },
  act: { ...ACCESS_ACTS, given: '任命した', ended: '終えた', takenBack: '取り消した', restored: '戻した', granted: '認めた', voided: '取り消した' },
  by: { self: '本人', code: 'コード', mail: 'メール', paper: '紙', agency: '派遣元を通して', company: '会社を通して' }, from: { operator: '当社', employer: '雇い主' }, purpose: { slip: '利用票', invite: '利用の案内', reset: '決め直し' },
  about: { question: '質問', correction: '訂正の申し出', note: '教材への指摘', minutes: '学習時間', record: '記録', registered: '登録' }, side: { workforce: '従業者', company: '委託先' },
  scope: { chosen: '選んだ人', intake: '入社・受入の組', endedIn: '終わった月' }, encoding: { 'utf-8': 'UTF-8', cp932: 'Shift_JIS(CP932)' }, track: { ja: '日本語', 'ja-easy': 'やさしい日本語', en: '英語', '-': '共通', meta: '構成', 'aid.ja': '手元に置く1枚(日本語)', 'aid.ja-easy': '手元に置く1枚(やさしい日本語)', 'aid.en': '手元に置く1枚(英語)' },
  review: REVIEW_STATES,
  tab: Object.fromEntries(Object.entries(TAB_WORDS).map(([tab, [words]]) => [tab, words])), of: { workforce: '従業者', company: '委託先' },
}
