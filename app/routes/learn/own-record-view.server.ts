import type { Look } from '../../../db/access-log.server'
import type { ActorFacts } from '../../../db/actors.server'
import type { OwnRecord } from '../../../db/own-record.server'
import type { Library } from '../../content/library.server'
import { ACT_WORDS, addressChanges, CODE_WORDS, LOOK_WORDS, MAIL_STATES, mailWords, NOTE_WORDS, requestOutcome, titleOfNote } from '../../content/record-words.server'
import { whyGiven } from '../../content/cause-words'
import { targetTitle } from '../../content/target-titles'
import { APPROVAL_KINDS, OUTCOMES } from '../../domain/approval'
import type { Viewer } from '../../domain/access'
import { addDays, dayOf, OPEN_DAY, type Day, type Instant } from '../../domain/calendar'
import { groupedBy } from '../../domain/grouped'
import { CATEGORIES, ENGAGEMENT_KINDS, ROLES } from '../../domain/people'
import { CHANNEL_WORDS, RECIPIENT_WORDS } from '../../domain/reminder-words'
import { standingOf } from '../../domain/standing'
import { minutesOf } from '../../domain/study'
import { dayWords, dueDay, fullDay, instantWords } from '../../ui/format'
import { standingWord } from '../../ui/standing'
import { ownWords } from './own-words.server'

/** More of them stand on a page of their own. */
const MOST_LOOKS = 5

/** One's own record in words, section by section; `most` is what each list was cut at. */
export function ownRecordView(library: Library, viewer: Viewer, record: OwnRecord, now: Instant, most: number) {
  const today = dayOf(now)
  const at = (instant: Instant | null) => (instant === null ? '' : instantWords(instant, today))
  const cut = (list: readonly unknown[]) => list.length >= most
  const title = (kind: 'module' | 'pledge' | 'certificate', slug: string, version?: string) => `${targetTitle(library, kind, slug, version)}${version ? ` 第${version}版` : ''}`
  const begun = new Set(record.sittings.map(({ target_slug: slug }) => slug))
  const on = ({ valid_from: from, valid_to: to }: { valid_from: string; valid_to: string }) => from <= today && today < to
  const away = new Set(record.leave.filter(on).map(({ engagement_id: id }) => id))
  const serving = new Set(record.registered.filter(({ valid_to: to }) => today < to).map(({ engagement_id: id }) => id))
  /** A declined pledge, in force: whoever has thought it over may sign it. */
  const mayStillSign = (assignmentId: string) => record.duties.some(({ id, settled_as: as, engagement_id: engagement }) => id === assignmentId && as === 'declined' && serving.has(engagement))
  const trainings = record.duties.filter(({ target_kind: kind }) => kind === 'module')
  return {
    trainings: {
      cut: cut(record.duties),
      rows: trainings.map((row) => {
        const standing = standingOf({ kind: row.target_kind, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, begun: begun.has(row.target_slug) }, { onLeave: away.has(row.engagement_id), ended: !serving.has(row.engagement_id) }, today)
        // as on the first screen: whoever has failed last sees that, others see 受講中
        const failed = standing.mark === 'doing' && record.attempts.find(({ assignment_id: of }) => of === row.id)?.passed === 0
        return {
          id: row.id, why: whyGiven(library, record, row), title: title('module', row.target_slug, row.content_version ?? undefined), mark: failed ? 'fail' as const : standing.mark, words: failed ? '不合格' : standing.mark === 'done' ? '期限内に修了' : standingWord(standing, 'own'),
          day: row.completed_at === null ? row.due_on === OPEN_DAY ? `期限は、${dueDay(row.due_on, today)}` : `期限 ${dueDay(row.due_on, today)}${record.originalDues.has(row.id) ? `(猶予。元の期限 ${dueDay(record.originalDues.get(row.id)!, today)})` : ''}` : dayWords(dayOf(row.completed_at), today), minutes: row.minutes === null ? '' : `${row.minutes}分${Number(row.estimated) === 1 ? '(推定)' : ''}`,
        }
      }),
    },
    acts: {
      cut: cut(record.acts),
      rows: record.acts.map((row) => ({
        id: row.id, title: title('pledge', row.template, row.version || undefined), mark: isVoided(row) ? ('none' as const) : (ACT_WORDS[row.outcome]?.mark ?? ('none' as const)), words: isVoided(row) ? '取消し(紙の記録)' : (ACT_WORDS[row.outcome]?.words ?? row.outcome), at: isOnPaper(row) ? dayWords(dayOf(row.signed_at), today) : at(row.signed_at), receipt: row.receipt,
        to: row.outcome === 'signed' && !isVoided(row) ? `/pledges/${row.assignment_id}/receipt` : null,
        read: row.outcome === 'declined' && mayStillSign(row.assignment_id) ? `/pledges/${row.assignment_id}/pages/1` : null,
      })),
    },
    certificates: record.certificates.map((row) => ({ title: title('pledge', row.template, row.version), takenOn: dayWords(row.taken_on, today), at: at(row.at), receipt: row.receipt })),
    attempts: {
      cut: cut(record.attempts),
      rows: record.attempts.map((row) => ({
        id: row.id, title: `${title('module', row.target_slug)} ${row.ordinal}回目`, mark: row.passed === null ? ('doing' as const) : row.passed === 1 ? ('done' as const) : ('fail' as const),
        words: row.passed === null ? '途中' : row.passed === 1 ? '合格' : '不合格', score: row.score === null ? '' : `${row.score}/${Number(row.total)}問`, at: at(row.finished_at ?? row.opened_at),
      })),
    },
    sittings: {
      cut: cut(record.sittings),
      rows: record.sittings.map((row, index) => ({
        key: `${index} ${row.started_at}`, title: title(row.target_kind, row.target_slug), from: at(row.started_at), to: at(row.ended_at), counted: `${minutesOf(row.counted_seconds)}分${row.measured === 'capped' ? '(推定)' : ''}`,
      })),
    },
    engagements: engagementFacts(record, now, (slug) => title('module', slug)),
    supervision: supervisionOf(record, viewer, today, (row) => title(row.target_kind, row.target_slug)),
    looks: { cut: record.looks.length > MOST_LOOKS, rows: looksInWords(record.looks.slice(0, MOST_LOOKS), record.actors, viewer, today) },
    notices: noticesOf(record, viewer, now, (row) => title(row.target_kind, row.target_slug)),
    sessions: record.sessions.map((row, index) => ({ key: `${index}`, from: at(row.created_at), last: at(row.last_seen_at), address: row.address })),
    words: ownWords(library, record, at),
    corrections: record.corrections.length,
    notes: record.notes.map((row) => ({ id: row.id, about: titleOfNote(library, row), body: row.body, at: at(row.at), mark: NOTE_WORDS[row.status].mark, words: NOTE_WORDS[row.status].words, answer: row.answered_at === null ? null : { at: at(row.answered_at), words: row.answer } })),
  }
}

/** A signature entered from paper; and one that was taken back, which has lost its slot. */
const isOnPaper = ({ evidence_grade: grade }: { evidence_grade: string }) => grade === 'paper'
const isVoided = ({ outcome, settle_slot: slot }: { outcome: string; settle_slot: 1 | null }) => outcome === 'signed' && slot === null

/** Who did what with one's own record, when and why. */
export function looksInWords(looks: readonly Look[], actors: ReadonlyMap<string, ActorFacts>, viewer: Viewer, today: Day) {
  return looks.map(({ id, at, subjectKind, reason, account }) => ({ id, who: whoOf(account, actors, viewer), words: LOOK_WORDS[subjectKind] ?? subjectKind, at: instantWords(at, today), reason }))
}

/** Name, number and 雇用形態 of whoever acted; acts without an account come from the command line of the server. */
function whoOf(account: string | null, actors: ReadonlyMap<string, ActorFacts>, viewer: Viewer): string {
  const actor = account === null ? undefined : actors.get(account)
  if (actor) return actor.personId === viewer.personId ? 'あなた' : `${actor.name} ${actor.number}・${ENGAGEMENT_KINDS[actor.kind]}`
  return account === null ? 'サーバーの管理者(コマンド)' : '登録のない人'
}

type TitleOfDuty = (row: { target_kind: 'module' | 'pledge' | 'certificate'; target_slug: string }) => string

/** Requests made at one moment in one way are one, for however many duties. */
const requestsOf = (reminders: OwnRecord['reminders']) =>
  [...groupedBy(reminders, (row) => [row.requested_at, row.sent_by, row.recipient_kind, row.channel, row.leaves_at, row.result, row.result_at, row.note].join('\t')).values()]

/** What was asked, kept free and decided about one's duties, newest first. */
function supervisionOf(record: OwnRecord, viewer: Viewer, today: Day, titleOf: TitleOfDuty) {
  const by = (account: string | null) => (account === null ? '自動のお知らせ' : whoOf(account, record.actors, viewer))
  const lines = [
    ...requestsOf(record.reminders).map(([row, ...more]) => ({
      id: row.id, at: row.requested_at, what: `依頼(${RECIPIENT_WORDS[row.recipient_kind]}へ・${CHANNEL_WORDS[row.channel]})`, outcome: requestOutcome(row, today), about: [...new Set([row, ...more].map(titleOf))].join('／'), who: by(row.sent_by), note: row.note,
    })),
    ...record.grants.map((row) => ({ id: row.id, at: row.at, what: `受講の時間 ${instantWords(row.starts_at, today)}から`, outcome: '', about: titleOf(row), who: by(row.granted_by), note: '' })),
    ...record.requests.map((row) => ({ id: row.id, at: row.asked_at, what: `${APPROVAL_KINDS[row.kind]}の申請(${row.outcome === null ? '承認を待っています' : OUTCOMES[row.outcome]})`, outcome: '', about: titleOf(row), who: by(row.asked_by), note: row.note })),
  ]
  return lines.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).map(({ at, ...line }) => ({ ...line, at: instantWords(at, today) }))
}

/** The facts of each engagement as they stand, newest first; earlier versions are in the document. */
function engagementFacts(record: OwnRecord, now: Instant, titleOf: (slug: string) => string) {
  const today = dayOf(now)
  const of = <T extends { engagement_id: string }>(list: readonly T[], id: string) => list.filter(({ engagement_id: engagement }) => engagement === id)
  const span = ({ valid_from: from, valid_to: to }: { valid_from: string; valid_to: string }) => `${fullDay(from)}から${to === OPEN_DAY ? '' : `${fullDay(addDays(to, -1))}まで`}`
  const newest = new Map(record.registered.toReversed().map((row) => [row.engagement_id, row]))
  for (const row of record.registered) if (row.valid_from <= today && today < row.valid_to) newest.set(row.engagement_id, row)
  return [...newest.values()].toReversed().map((row) => {
    const versions = of(record.registered, row.engagement_id)
    const first = versions.at(-1)!
    return {
      id: row.engagement_id,
      facts: [
        ['氏名', `${row.display_name}${row.kana ? `(${row.kana})` : ''}`],
        ['従事者番号', `${row.number}${row.sequence > 1 ? `(${row.sequence}回目の在籍)` : ''}`],
        ['雇用形態', `${ENGAGEMENT_KINDS[row.kind]}${row.company_name ? `・${row.company_name}` : ''}`],
        ['所属', row.unit_name ?? ''],
        ['メール', row.mail],
        ['上長の番号', row.supervisor_number],
        ['在籍', span({ valid_from: first.valid_from, valid_to: versions[0]!.valid_to })],
        ['18歳未満', row.under18_until === '' ? '' : row.under18_until >= '9999' ? 'はい' : `${fullDay(row.under18_until)}まで`],
        ['取り扱う情報', [...new Set(of(record.handling, row.engagement_id).filter(({ valid_to: to }) => to > today).map(({ category }) => CATEGORIES[category]))].join('・')],
        ['役割', of(record.roles, row.engagement_id).map((role) => `${ROLES[role.role]}(${span(role)})`).join('、')],
        ['休職・育休', of(record.leave, row.engagement_id).map(span).join('、')],
        ['配慮', of(record.accommodations, row.engagement_id).filter(({ voided_at: voided }) => voided === null).map(({ extra_minutes: extra, target_slug: slug, note }) => `${extra === null ? '別の方法' : `${slug === '' ? 'すべてのテスト' : titleOf(slug)}の時間を${extra}分延長`}${note.length > 0 ? `(${new TextDecoder().decode(note)})` : ''}`).join('、')],
      ].filter(([, value]) => value !== '') as [string, string][],
    }
  })
}

/** Mails, slips, resets and the notice of purposes in one line of time. */
function noticesOf(record: OwnRecord, viewer: Viewer, now: Instant, titleOf: TitleOfDuty) {
  const today = dayOf(now)
  const { account } = record
  const carried = groupedBy(record.reminders, (row) => row.mail_id)
  const inMail = (id: string) => (carried.has(id) ? `　内容：${[...new Set(carried.get(id)!.map(titleOf))].join('／')}` : '')
  const lines = [
    ...record.mails.map((row, index) => ({ key: `mail ${index}`, at: row.sent_at, day: row.day, words: `${mailWords(row.template)}(メール)`, note: `${row.to_address}　${MAIL_STATES[row.state]}${inMail(row.id)}` })),
    ...record.codes.map((row, index) => ({
      key: `code ${index}`, at: row.created_at, day: dayOf(row.created_at), words: `${CODE_WORDS[row.purpose] ?? 'パスワードの発行'}の発行`,
      note: `${row.purpose === 'reset' ? '' : `発行した人 ${whoOf(row.issued_by, record.actors, viewer)}　`}${row.used_at !== null ? `${instantWords(row.used_at, today)}に使われ、パスワードが設定されました` : row.revoked_at !== null ? '取り消されました' : '使われていません'}`,
    })),
    ...addressChanges(record.addresses).map(({ at, from, to }) => ({ key: `address ${at}`, at, day: dayOf(at), words: '登録のメールアドレスの変更', note: `${from || 'なし'} から ${to || 'なし'} へ。覚えがないときは、人事に知らせてください` })),
    ...(account?.notice_at ? [{ key: 'notice', at: account.notice_at, day: dayOf(account.notice_at), words: `記録の利用目的 第${account.notice_version}版`, note: '' }] : []),
  ]
  return lines.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : (b.at ?? 0) - (a.at ?? 0))).map(({ key, at, day, words, note }) => ({ key, at: at === null ? dayWords(day, today) : instantWords(at, today), words, note }))
}
