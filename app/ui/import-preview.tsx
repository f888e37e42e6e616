import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Day } from '../domain/calendar'
import { readLeave } from '../domain/leave-text'
import { ENGAGEMENT_KINDS, relationOf } from '../domain/people'
import { isHiddenColumn } from '../domain/roster-names'
import type { ReportedPerson, RosterEffect, RosterReport } from '../domain/roster-report'
import type { MissingPerson } from '../domain/roster-diff'
import { SLIP_DAYS_AHEAD } from '../domain/sign-in-code'
import { slashDay } from './format'
import { GRACE_WORDS } from './requirement-words'
import { LEAVE_REASONS, type LeaveReason } from './roster-words'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** The code's name where it has one: names of companies and units for the person who looks. */
export type NameOf = (code: string) => string

/** What is assigned, by its title. */
export type TitleOf = (kind: string, slug: string) => string

/** Stands for what is not shown of people whom the operator sees by number only. */
export const UNSHOWN = '(表示しない契約です)'

const PersonHead = ({ person }: { person: { name: string | null; number: string; kind: ReportedPerson['kind'] } }) => (
  <RowHead><span className="who">{person.name ?? `従事者 ${person.number}`}</span><br /><span className="who-no">{person.name === null ? '' : `${person.number}・`}{ENGAGEMENT_KINDS[person.kind]}</span></RowHead>
)

/** What would be assigned, end or go out; what does not happen is left out. */
export function EffectTable({ effect, titleOf }: { effect: RosterEffect; titleOf: TitleOf }) {
  const rows = ([
    ['新しく割り当てる', effect.gained + effect.reopened, '件', [...effect.byTarget.map(({ kind, slug, count }) => `${titleOf(kind, slug)} ${count}件`), ...(effect.reopened > 0 ? [`もう一度必要になるもの ${effect.reopened}件`] : [])].join('、')],
    ['対象から外れる', effect.withdrawn + effect.ended, '件', `${[...(effect.withdrawn > 0 ? [`変わって不要になるもの ${effect.withdrawn}件`] : []), ...(effect.ended > 0 ? [`在籍の終わりで止まるもの ${effect.ended}件`] : [])].join('、')}(済んだ記録は残ります)`],
    ['期限が変わる', effect.rescheduled, '件', '休みや在籍の開始日に合わせて、まだ終わっていないものの期限を計算し直します'],
    ['送るメール', effect.mails, '通', '新しい人への、サインインの案内。入社・受入の前の人には、その日の朝9時に送ります。'],
    ['書面で知らせる', effect.slips, '人', `メールの登録がない人と、届かない宛先の人。反映したあとに、利用票を発行してください。入社・受入の前の人の分は、最初の日の${SLIP_DAYS_AHEAD}日前から発行できます。`],
    ['会社から知らせる', effect.throughCompany, '人', '委託先で働く人。会社側担当者が利用票を渡します。'],
  ] as const).filter(([, count]) => count > 0)
  if (rows.length === 0) return <p>割当も期限も変わりません。メールも送りません。</p>
  return (
    <Table>
      <caption className="sr-only">割当とメールへの影響</caption>
      <Head><Row><ColumnHead>影響</ColumnHead><ColumnHead className="num">件数</ColumnHead><ColumnHead>内訳</ColumnHead></Row></Head>
      <Body>{rows.map(([name, count, unit, detail]) => <Row key={name}><RowHead><b>{name}</b></RowHead><Cell label="件数" className="num">{count}{unit}</Cell><Cell label="内訳">{detail}</Cell></Row>)}</Body>
    </Table>
  )
}

/** Old → new; neither is struck through: that would hide the difference between 崎 and 﨑. */
export function Change({ label, was, is }: { label?: string; was: string; is: string }) {
  return (
    <div>
      {label && <span className="mut">{label}　</span>}
      <del className="was">{was === '' ? '(空)' : was}</del><span className="arrow" aria-hidden="true">→</span><span className="sr-only">から</span><ins className="is">{is === '' ? '(空)' : is}</ins>
    </div>
  )
}

/** The values of a changed field as words: names instead of codes, days with slashes. */
export function fieldWords(field: { column: string; was: string; is: string }, companyName: NameOf, unitName: NameOf, named = true): { label: string; was: string; is: string } {
  if (!named && isHiddenColumn(field.column)) return { label: field.column, was: UNSHOWN, is: UNSHOWN }
  const coded = (name: NameOf) => (code: string) => (code === '' ? '' : `${name(code)}(${code})`)
  const word = field.column === '会社コード' ? (code: string) => (code === '' ? companyName('') : coded(companyName)(code)) : field.column === '所属コード' ? coded(unitName) : (text: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? slashDay(text) : text)
  if (field.column === '休職') return { label: '休み', was: leaveWords(field.was), is: leaveWords(field.is) }
  return { label: field.column.replace('会社コード', '会社').replace('所属コード', '所属'), was: word(field.was), is: word(field.is) }
}

/** 育児休業　2026/8/13 から 2027/2/9 まで; the last day is missing while the return is not known. */
function leaveWords(leave: string): string {
  const { from, lastDay, reason } = readLeave(leave)
  return from === '' ? '' : `${LEAVE_REASONS[reason as LeaveReason] ?? '休職'}　${slashDay(from)} から${lastDay === '' ? '(終わりは未定)' : ` ${slashDay(lastDay)} まで`}`
}

/** What follows for one person: sentences, and lists with their label. */
export function consequences(person: ReportedPerson, today: Day, titlesOf: (places: readonly number[]) => string): string[] {
  const renamed = person.fields.some(({ column }) => column === '氏名')
  const leave = person.fields.find(({ column }) => column === '休職')
  const from = person.effectiveOn === today ? '' : `${slashDay(person.effectiveOn)}から`
  const listed = (words: string, places: readonly number[]) => (places.length > 0 ? [`${words}　${titlesOf(places)}`] : [])
  return [
    ...(person.outcome === 'rehired' || person.outcome === 'moved' ? [`${from}、新しい在籍として登録します。`.replace(/^、/, '')] : []),
    ...(person.outcome === 'changed' && !leave && from ? [`${from}変わります。`] : []),
    ...(person.outcome === 'changed' && person.fields.some(({ column, was, is }) => column === '在籍終了日' && was !== '' && is === '') ? ['在籍の終わりを取り消します。在籍が続きます。'] : []),
    ...(person.ends ? ['在籍の終わりを登録します。'] : []),
    ...listed('割り当てるもの', person.gains),
    ...listed('対象から外れるもの', person.loses),
    ...(renamed && !person.variantOnly ? ['署名済みの文書は、前の氏名のまま残ります。'] : []),
    ...(!leave ? listed('期限が変わるもの', person.moves) : leave.is === '' ? ['休みの記録がなくなり、期限を計算し直します。', ...listed('期限が変わるもの', person.moves)] : [
      `${spanOf(leave.is)}の休みのあいだ、期限が止まり、お知らせも送りません。`, ...listed('期限が止まるもの', person.moves),
      `${readLeave(leave.is).lastDay === '' ? '戻る日が決まったら、最後の日を入れてください。' : ''}戻った日から${GRACE_WORDS}後が、新しい期限です。`,
    ]),
  ]
}

const spanOf = (leave: string) => leaveWords(leave).split('　')[1]!

/** The same, one below the other. */
const Consequences = ({ person, today, titlesOf }: { person: ReportedPerson; today: Day; titlesOf: (places: readonly number[]) => string }) => {
  const told = consequences(person, today, titlesOf)
  return told.length === 0 ? 'なし' : <>{told.map((one) => <div key={one}>{one}</div>)}</>
}

/** The titles behind places in a report's targets. */
export const titlesIn = (targets: RosterReport['targets'], titleOf: TitleOf) => (places: readonly number[]): string => places.map((place) => titleOf(targets[place]!.kind, targets[place]!.slug)).join('、')

/** The people who change, field by field. */
export function ChangedTable({ people, caption, today, companyName, unitName, titlesOf }: { people: readonly ReportedPerson[]; caption: string; today: Day; companyName: NameOf; unitName: NameOf; titlesOf: (places: readonly number[]) => string }) {
  return (
    <Table>
      <caption>{caption}</caption>
      <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>項目</ColumnHead><ColumnHead>いまの値 → 新しい値</ColumnHead><ColumnHead>起きること</ColumnHead></Row></Head>
      <Body>
        {people.map((person) => {
          const fields = person.fields.map((field) => fieldWords(field, companyName, unitName, person.name !== null))
          return (
            <Row key={`${person.line} ${person.number}`}>
              <PersonHead person={person} />
              <Cell label="項目">{fields.map(({ label }) => label).join('、') || '在籍'}</Cell>
              <Cell label="値">
                {fields.map(({ label, was, is }) => <Change key={label} label={fields.length > 1 ? label : undefined} was={was} is={is} />)}
                {person.variantOnly && <span className="mut">字体だけの違い</span>}
              </Cell>
              <Cell label="起きること"><Consequences person={person} today={today} titlesOf={titlesOf} /></Cell>
            </Row>
          )
        })}
      </Body>
    </Table>
  )
}

/** The people who are new. */
export function NewTable({ people, caption, companyName, unitName, titlesOf }: { people: readonly ReportedPerson[]; caption: string; companyName: NameOf; unitName: NameOf; titlesOf: (places: readonly number[]) => string }) {
  return (
    <Table>
      <caption>{caption}</caption>
      <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>会社・所属</ColumnHead><ColumnHead>在籍</ColumnHead><ColumnHead>割り当てるもの</ColumnHead><ColumnHead>知らせ方</ColumnHead></Row></Head>
      <Body>
        {people.map((person) => (
          <Row key={person.number}>
            <PersonHead person={person} />
            <Cell label="会社・所属">{companyName(person.companyCode)}{person.unitCode !== '' && <><br /><span className="mut">{unitName(person.unitCode)}</span></>}</Cell>
            <Cell label="在籍">{slashDay(person.effectiveOn)} から</Cell>
            <Cell label="割当">{titlesOf(person.gains) || 'なし'}</Cell>
            <Cell label="知らせ方">{relationOf(person.kind) === 'contract' ? '会社から' : person.hasMail ? 'メール' : '利用票'}</Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}

/** One of the people whom the file does not name; '' while no last day is given. */
export interface MissingRow extends Omit<MissingPerson, 'name'> {
  name: string | null
  lastDay: Day | ''
}

/** The people whom the file does not name, and what becomes of each; in a form each has a field for the last day. */
export function MissingTable({ people, caption, companyName, unitName, field }: { people: readonly MissingRow[]; caption: string; companyName: NameOf; unitName: NameOf; field?: (person: MissingRow, at: number) => ReactNode }) {
  return (
    <Table>
      <caption>{caption}</caption>
      <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>会社・所属</ColumnHead><ColumnHead>登録されている終わり</ColumnHead><ColumnHead>在籍の最後の日</ColumnHead></Row></Head>
      <Body>
        {people.map((person, at) => (
          <Row key={person.number}>
            <PersonHead person={person} />
            <Cell label="会社・所属">{companyName(person.companyCode)}{person.unitCode !== '' && <><br /><span className="mut">{unitName(person.unitCode)}</span></>}</Cell>
            <Cell label="いまの終わり">{person.end === '' ? 'なし' : slashDay(person.end)}</Cell>
            <Cell label="最後の日">{field ? field(person, at) : person.lastDay === '' ? <span className="mut">在籍のまま</span> : <ins className="is">{slashDay(person.lastDay)}</ins>}</Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}

/** Goes through a part of the preview 50 at a time. */
export function PartPager({ at, size, count, name, keep }: { at: number; size: number; count: number; name: string; keep: string }) {
  if (count <= size) return null
  const unit = name === 'bad' ? 'か所' : '人'
  const link = (to: number) => `?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(keep)), [name]: String(to) })}#${name}`
  return (
    <nav className="acts" aria-label={`${{ changed: '変わる人', fresh: '新しい人', missing: 'ファイルにいない人', bad: '不備' }[name] ?? ''}のページ`}>
      {at + size < count && <Link className="btn btn-sm" to={link(at + size)}>残り{count - at - size}{unit}を見る</Link>}
      {at > 0 && <Link className="btn btn-text btn-sm" to={link(Math.max(0, at - size))}>前の{size}{unit}</Link>}
    </nav>
  )
}
