import { addDays } from '../../app/domain/calendar'
import { ROSTER_COLUMNS, type RosterColumn } from '../../app/domain/roster-columns'

/** Rosters as text, for tests and the bench. */
const FAMILIES = ['佐藤 サトウ', '髙橋 タカハシ', '渡邉 ワタナベ', '山﨑 ヤマザキ', '𠮷田 ヨシダ', '葛󠄀城 カツラギ', '伊藤 イトウ', '濵田 ハマダ', '齋藤 サイトウ', '小林 コバヤシ']
const GIVENS = ['美咲 ミサキ', '健 タケル', '直子 ナオコ', '大輔 ダイスケ', '千尋 チヒロ', '一郎 イチロウ', '蓮 レン']
const KINDS = ['正社員', '正社員', '正社員', '契約社員', 'パート', 'アルバイト']
const SCOPES = ['通信の秘密・個人情報', '通信の秘密', '通信の秘密・特定利用者情報・個人情報', '']

export type RosterCells = Partial<Record<RosterColumn, string>>

/** One row of a made-up company; the same number gives the same row. */
export function rosterCells(at: number, today = '2026-11-20'): Record<RosterColumn, string> {
  const [family, familyKana] = FAMILIES[at % FAMILIES.length]!.split(' ') as [string, string]
  const [given, givenKana] = GIVENS[at % GIVENS.length]!.split(' ') as [string, string]
  return {
    従事者番号: String(at + 1).padStart(6, '0'), 氏名: `${family} ${given}`, フリガナ: `${familyKana} ${givenKana}`, メール: at % 4 === 3 ? '' : `p${at + 1}@bench.example`, 雇用形態: KINDS[at % KINDS.length]!,
    会社コード: '', 所属コード: `D${String(at % 40).padStart(3, '0')}`, 所属名: `第${(at % 40) + 1}部`, 上長番号: at < 40 ? '' : String((at % 40) + 1).padStart(6, '0'),
    在籍開始日: addDays(today, -((at * 37) % 2500)), 在籍終了日: '', 取扱区分: SCOPES[at % SCOPES.length]!, '18歳未満': '',
  }
}

/** CSV of rows; columns in the order of the issue unless others are named. */
export function rosterText(rows: readonly RosterCells[], columns: readonly RosterColumn[] = ROSTER_COLUMNS): string {
  return [columns.join(','), ...rows.map((row) => columns.map((column) => row[column] ?? '').join(','))].join('\r\n') + '\r\n'
}

/** A roster of so many people of one company, as a file. */
export const rosterCsv = (people: number, today?: string): string => rosterText(Array.from({ length: people }, (_, at) => rosterCells(at, today)))

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
