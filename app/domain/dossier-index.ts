import { stringify } from 'csv-stringify/sync'
import { withoutFormula } from './csv'
import { RETURN_KINDS } from './departure'
import type { Dossier } from './dossier'
import { periodWords, ROUTE_WORDS, TARGET_WORDS, wordOf } from './duty-words'

/** The rows of the index: what there is, of which version, how it ended, and the proof of it; for people, in a spreadsheet. */
export const STATUS_WORDS: Readonly<Record<string, string>> = {
  completed: '修了', signed: '署名済み', declined: '署名しない(本人)', explainedDeclined: '説明済み・署名辞退', unreachable: '連絡不能', certified: '誓約取得証明あり', exempted: '免除', ended: '在籍終了により終了', open: '未了',
}

export const INDEX_COLUMNS = ['従事者番号', '種類', '内容', '版', '時期', '期限', '状態', '済んだ日', '期限後', '勤務分', '方法', '受験回数', '記録番号', '督促回数', '例外'] as const

/** One row a duty, and one a thing that is given back. */
export function indexRows({ record }: Pick<Dossier, 'record'>): string[][] {
  return record.engagements.flatMap((engagement) => [
    ...engagement.duties.map((duty) => {
      const more = 'acts' in duty ? duty : null
      return [
        engagement.number, wordOf(TARGET_WORDS, duty.kind), duty.title, duty.version ?? '', periodWords(duty.period), duty.dueOn ?? '', wordOf(STATUS_WORDS, duty.status), duty.doneOn ?? '', duty.late ? '期限後' : '',
        more?.completion ? String(more.completion.minutes) : '', more?.completion ? wordOf(ROUTE_WORDS, more.completion.route) : duty.certificate?.declared ? `${duty.certificate.declared.company}の証明` : '', more && more.attempts.length > 0 ? String(more.attempts.length) : '', more?.acts.at(-1)?.receipt ?? duty.certificate?.receipt ?? '',
        more ? String(more.reminders.length) : '', more ? more.events.filter(({ kind }) => kind === 'defer' || kind === 'exempt').map(({ kind, newDueOn }) => (kind === 'exempt' ? '免除' : `猶予 ${newDueOn ?? ''}`)).join('・') : '',
      ]
    }),
    ...engagement.returns.map((item) => [engagement.number, wordOf(RETURN_KINDS, item.kind), item.words, '', periodWords('exit'), '', item.doneOn === null ? '未了' : '済み', item.doneOn ?? '', '', '', '', '', '', '', '']),
  ])
}

/** Rows as a CSV file that a spreadsheet opens in Japanese and takes no formula from. */
export const csvFile = (columns: readonly string[], rows: readonly (readonly string[])[]): Uint8Array =>
  new TextEncoder().encode(stringify([[...columns], ...rows.map((row) => row.map(withoutFormula))], { bom: true, record_delimiter: '\r\n', quoted_match: /^\s|\s$/ }))
