import { OPEN_DAY, type Day } from '../domain/calendar'
import type { Completion, Tab } from '../domain/line'
import { percentOf } from '../domain/percent'
import type { Relation } from '../domain/people'
import { SOON_DAYS } from '../domain/progress'
import type { Mark } from '../domain/standing'
import type { TeamRow } from '../domain/team-row'
import { shortDay, shortDueDay } from './format'
import { employedAs } from './people'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** What each tab is called. */
export const TAB_WORDS: Readonly<Record<Tab, readonly [words: string, mark?: Mark]>> = {
  open: ['未了'], late: ['期限超過', 'late'], soon: [`${SOON_DAYS}日以内`, 'soon'], todo: ['未着手', 'todo'], doing: ['受講中', 'doing'], hold: ['猶予・回答待ち', 'wait'], leave: ['休職', 'stop'], done: ['修了', 'done'],
  doneLate: ['期限後に修了', 'donelate'], exempt: ['免除・対象外', 'none'], before: ['開始前'], all: ['全員'],
}

/** Who answers for somebody's pledge: their own company, which for 派遣 is the 派遣元. */
const answering = (relation: Relation) => (relation === 'dispatched' ? '派遣元' : '人事')

/** How far somebody is, in words; nothing of tests, and not again what the status says. */
export function progressWords({ progress, relation, minor, mark }: Pick<TeamRow, 'progress' | 'relation' | 'minor' | 'mark'>): string[] {
  const night = minor && ['untouched', 'unsigned', 'begun', 'reading'].includes(progress.is) ? ['22時〜5時は受講できません'] : []
  switch (progress.is) {
    case 'reading': return [`受講中 ${progress.shown}/${progress.of}節`, ...night]
    case 'begun': return [...(mark === 'doing' ? [] : ['受講中']), ...night]
    case 'untouched': return [...(mark === 'todo' ? [] : ['未着手']), ...night]
    case 'unsigned': return ['未署名', ...night]
    case 'awaitsEmployer': return ['派遣元の提出待ち']
    case 'awaitsAnswer': return [`${answering(relation)}が対応中`]
    default: return []
  }
}

/** Where somebody stands as a whole, in a word. */
export function placeWord({ mark, days, bucket }: Pick<TeamRow, 'mark' | 'days' | 'bucket'>): string {
  const words: Readonly<Record<Mark, string>> = {
    late: `期限超過 ${days}日`, soon: days === 0 ? '今日まで' : `あと${days}日`, todo: bucket === 'before' ? '開始前' : '未着手', doing: '受講中', wait: '猶予中', ask: '回答待ち', declined: '署名辞退', stop: '休職・育休(期限停止)', done: '修了',
    donelate: '期限後に修了', none: bucket === 'exempt' ? '免除' : '対象外', fail: '受講中',
  }
  return words[mark]
}

/** The day that goes with where somebody stands, if any. */
function dueWords({ bucket, nextDue, validFrom }: TeamRow, today: Day): string {
  if (bucket === 'before') return `${shortDay(validFrom, today)}から`
  if (bucket === 'held') return nextDue === OPEN_DAY ? '説明済み' : `期限 ${shortDueDay(nextDue, today)} 停止中`
  return nextDue === OPEN_DAY ? '' : `期限 ${shortDueDay(nextDue, today)}`
}

/** Why nobody is asked now, and until when. */
export function stoppedWords({ asking, relation, nextDue }: Pick<TeamRow, 'asking' | 'relation' | 'nextDue'>, today: Day): string[] {
  if (asking.through !== null) return []
  switch (asking.why) {
    case 'answer': return ['止めています', `${answering(relation)}の回答まで`]
    case 'declined': return ['止めています', `${answering(relation)}が話します`]
    case 'deferred': return ['止めています', `${shortDay(nextDue, today)}まで`]
    case 'leave': return ['止めています', '復帰まで']
    case 'before': return ['始まってから']
    default: return []
  }
}

/** The button by legal relation (domain.md L23): the person, or the 派遣元 when only its certificate is missing. */
export const askWords = (through: 'person' | 'agency'): string => (through === 'agency' ? '派遣元に依頼' : '本人に依頼')

const CHANNELS = { mail: '', slip: '(利用票)', screen: '(画面)', paper: '(書面)' } as const

/** The last request, as few words as tell it. */
const lastWords = ({ last }: TeamRow, today: Day): string => (last === null ? '前回 なし' : `前回 ${shortDay(last.on, today)}${last.recipient === 'companyContact' ? '(派遣元)' : CHANNELS[last.channel]}${last.byHand ? '' : '(自動)'}`)

/** A row in the words that are shown: put into words before it leaves, so that neither the page nor its data carries more than is read. */
export interface ShownRow {
  id: string
  name: string
  number: string
  /** 雇用形態, and whether under 18. */
  employed: string
  open: string
  /** One line each, like `note`. */
  progress: string
  mark: Mark
  place: string
  due: string
  /** What the button says; empty where nobody is asked. */
  ask: string
  note: string
}

/** What the screen says of a row. */
export function shownRow(row: TeamRow, today: Day): ShownRow {
  const { through } = row.asking
  return {
    id: row.engagementId, name: row.name, number: row.number, employed: `${employedAs(row)}${row.minor ? '・18歳未満' : ''}`, open: row.open.join('／') || 'なし', progress: progressWords(row).join('\n'),
    mark: row.mark, place: placeWord(row), due: dueWords(row, today), ask: through === null ? '' : askWords(through), note: through === null ? stoppedWords(row, today).join('\n') || '―' : lastWords(row, today),
  }
}

/** The people of one page; those who may be asked can be chosen. */
export function TeamTable({ rows, caption }: { rows: readonly ShownRow[]; caption: string }) {
  return (
    <Table>
      <caption>{caption}</caption>
      <Head><Row><ColumnHead><span className="sr-only">選ぶ</span></ColumnHead><ColumnHead>氏名・番号・雇用形態</ColumnHead><ColumnHead>未了のもの・進み</ColumnHead><ColumnHead>状態・期限</ColumnHead><ColumnHead>依頼</ColumnHead></Row></Head>
      <Body>{rows.map((row) => <Person key={row.id} {...row} />)}</Body>
    </Table>
  )
}

function Person({ id, name, number, employed, open, progress, mark, place, due, ask, note }: ShownRow) {
  const who = `${name}(${number})`
  return (
    <Row>
      <Cell className="tick">{ask !== '' && <label className="hit"><input className="box" type="checkbox" name="e" value={id} aria-label={`${who}を選ぶ`} /></label>}</Cell>
      <RowHead><a className="who" href={`/team/${id}`}>{name}</a><div className="who-no">{`${number}・${employed}`}</div></RowHead>
      <Cell label="未了">{open}<Lines words={progress} /></Cell>
      <Cell label="状態"><Status mark={mark}>{place}</Status><Lines words={due} /></Cell>
      <Cell label="依頼">{ask !== '' && <button className="ask" name="one" value={id} aria-label={`${who}の${ask}`}>{ask}</button>}{note !== '' && <div className="mut asked">{note}</div>}</Cell>
    </Row>
  )
}

/** Quieter words below others, a line each. */
const Lines = ({ words }: { words: string }) => words !== '' && <div className="mut whitespace-pre-line">{words}</div>

/** 修了 of 対象 as domain.md §5.10 has it: never without n/N and 基準日. */
export function Ratio({ completion: { counted, done, inTime, late }, asOf }: { completion: Completion; asOf: string }) {
  const percent = percentOf(done, counted)
  if (percent === null) return <p className="sml mut">いま対象の人はいません。基準日 {asOf}</p>
  return (
    <div className="ratio">
      <b>{percent}%</b><span>修了 {done}/{counted}人</span>
      <meter min={0} max={counted} value={done} aria-label={`修了 ${counted}人のうち${done}人`}>{done}/{counted}</meter>
      <span className="sml mut">期限内 {inTime}・期限後 {late}　<span className="nw">基準日 {asOf}</span></span>
    </div>
  )
}
