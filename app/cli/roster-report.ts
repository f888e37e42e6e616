import { percentWords } from '../domain/percent'
import { badCellPlace, badCellValue, badCellWords } from '../domain/bad-cell-words'
import { ENGAGEMENT_KINDS } from '../domain/people'
import { LEAVING_LIMIT } from '../domain/roster-leaving'
import { isHidden } from '../domain/roster-names'
import type { ReportedPerson, RosterReport } from '../domain/roster-report'

const MISSING_LISTED = 50

/** A preview as lines of a terminal: every wrong cell; else who is new, who changes and what each is assigned. */
export function reportLines(report: RosterReport, titleOf: (kind: string, slug: string) => string): string[] {
  const { counts, bad, effect, lines, columns, encoding, part, people, missing, units, companies, leaving, needsConfirmation } = report
  const changing = counts.changed + counts.rehired + counts.moved
  const titles = report.targets.map(({ kind, slug }) => titleOf(kind, slug))
  const assigned = ({ gains, loses, moves }: ReportedPerson) => [
    ...(gains.length > 0 ? [`割り当てる: ${gains.map((place) => titles[place]).join('、')}`] : []), ...(loses.length > 0 ? [`対象から外れる: ${loses.map((place) => titles[place]).join('、')}`] : []), ...(moves.length > 0 ? [`期限が変わる: ${moves.map((place) => titles[place]).join('、')}`] : []),
  ]
  const linesOf = (person: ReportedPerson) => {
    const who = `${person.number} ${person.name ?? '(氏名を表示しない契約)'}　${ENGAGEMENT_KINDS[person.kind]}`
    if (person.outcome === 'new') return [`＋ ${who}`, `${person.effectiveOn} から`, ...assigned(person)].join('　')
    const fields = person.fields.map(({ column, was, is }) => `${column}「${was}」→「${is}」`)
    return [`→ ${who}${person.outcome === 'changed' ? '' : '(新しい在籍)'}`, ...fields, ...assigned(person)].join('　')
  }
  return [
    ...(lines > 0 ? [`${lines}行・${columns}列　文字コード ${encoding ?? '―'}`] : []),
    ...bad.map((cell) => `× ${[badCellPlace(cell), cell.column || (cell.line > 0 ? '行全体' : 'ファイル全体'), badCellValue(cell), badCellWords(cell).reason, badCellWords(cell).mend].filter((part) => part !== '').join('　')}`),
    ...(bad.length > 0 ? [`不備 ${counts.badLines}行・${counts.bad}か所。直したファイルを読み込み直してください。下の数は、不備の行を除いた見込みです。`] : []),
    `新しい ${counts.new}人　変わる ${changing}人　${part ? '' : `ファイルにいない ${counts.missing}人　`}変わらない ${counts.unchanged}人${part ? '　一部だけの名簿として読み、ファイルにいない人は調べていません' : ''}`,
    ...(report.shortNumbers ? [`！ 番号の先頭の0が消えていないか、確かめてください: ${report.shortNumbers.some.join('、')}${report.shortNumbers.count > report.shortNumbers.some.length ? ` ほか(全部で${report.shortNumbers.count}人)` : ''}　同じ会社に登録されている、どの番号よりも短い番号です`] : []),
    ...people.map(linesOf),
    ...missing.slice(0, MISSING_LISTED).map(({ number, name, kind }) => `？ ${number}${isHidden(kind, false) ? '' : ` ${name}`}　ファイルにいません(在籍のまま残ります)`),
    ...(missing.length > MISSING_LISTED ? [`？ ほか ${missing.length - MISSING_LISTED}人`] : []),
    ...[...companies.map((one) => ({ ...one, what: '会社' })), ...units.map((one) => ({ ...one, what: '所属' }))].map(({ what, code, isNew, fields }) => `${isNew ? '＋' : '→'} ${what} ${code}　${fields.map(({ column, was, is }) => (isNew ? `${column}「${is}」` : `${column}「${was}」→「${is}」`)).join('　')}`),
    `割当 ＋${effect.gained + effect.reopened}件 －${effect.withdrawn + effect.ended}件　期限の変更 ${effect.rescheduled}件　案内のメール ${effect.mails}通　利用票 ${effect.slips}人　委託先を通して ${effect.throughCompany}人`,
    ...(leaving > 0 ? [`在籍が終わる ${leaving}人(${percentWords(leaving, counts.registered)})${needsConfirmation ? `　${LEAVING_LIMIT}を超えます` : ''}`] : []),
  ]
}
