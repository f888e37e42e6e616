import { Fragment, type ReactNode } from 'react'
import { APPROVAL_REASONS } from '../domain/approval'
import { addDays } from '../domain/calendar'
import { periodWords, ROUTE_WORDS, TARGET_WORDS } from '../domain/duty-words'
import { UNDER_18_OPEN } from '../domain/people'
import { UNIT_REASONS } from '../domain/unit-deferral'
import { fullDay, fullInstant } from './format'
import { LEAVE_REASONS, type LeaveReason } from './roster-words'

/** A document of fields as it is taken away: texts, numbers, yes and no, and lists of the same. */
export type DocumentValue = string | number | boolean | null | undefined | readonly DocumentValue[] | { readonly [field: string]: DocumentValue }

/** What stands as a code in the document, in words. */
const CODES: Readonly<Record<string, string>> = {
  ...TARGET_WORDS, notice: '記録の利用目的', completed: '完了', declined: '署名辞退', ended: '在籍終了', cancelled: '取消し',
  events: '操作から計測', capped: '推定', ...ROUTE_WORDS, suspend: '期限を止めた', resume: '期限を動かした', exempt: '免除', defer: '猶予', grant: '受講時間の付与', void: '取消し', credit: '修了の引継ぎ',
  question: '質問', answered: '回答', reopened: 'もう一度渡した', signed: '署名', all: '全体', unit: '部署', company: '会社', extraTime: '時間の延長', waiting: '送る前', sending: '送っています', sent: '送りました', needless: '送る前に用がなくなりました', givenUp: '届きませんでした', fictional: '送りません(架空の宛先)',
  exempted: '免除', paperPledge: '紙の誓約書', ...APPROVAL_REASONS.exempt, ...APPROVAL_REASONS.defer, ...APPROVAL_REASONS.paper, ...APPROVAL_REASONS.class, ...APPROVAL_REASONS.equivalent, ...APPROVAL_REASONS.paperPledge, ...UNIT_REASONS,
  number: '従事者番号', mail: 'メールアドレス', minutes: '学習時間', record: '記録', registered: '登録されている情報', password: 'パスワード',
}

/** Fields of the document whose names are for machines, as a person reads them; the day after the last one is told as the last one. */
const LABELS: Readonly<Record<string, string>> = { 通し番号: '何回目の在籍か', 十八歳未満の最終日: '18歳未満の最後の日', 有効開始日: 'いつから', 有効終了日の翌日: 'いつまで', 延長分: '延ばした時間(分)', 学習分: '学習の時間(分)' }
const DAY_AFTER: ReadonlySet<string> = new Set(['有効終了日の翌日'])
/** What says again, in a code, what stands beside it in words. */
const FOR_MACHINES: ReadonlySet<string> = new Set(['記号', '節'])

/** The fields that hold codes; what a person wrote is shown as it was written. */
const CODED: ReadonlySet<string> = new Set(['種類', '終わり方', '方法', '測り方', '理由', '範囲', '区分', '状態', '何について', '認証の方法'])

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+\+09:00$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const HASH = /^[0-9a-f]{64}$/
const ADDRESS = /^[^\s@]+@[^\s@]+$/

function textOf(label: string, value: string | number | boolean): ReactNode {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
  if (typeof value === 'number') return String(value)
  if (INSTANT.test(value)) return fullInstant(Date.parse(value))
  if (value === UNDER_18_OPEN) return 'はい(終わりの日は未定)'
  if (DAY.test(value)) return fullDay(DAY_AFTER.has(label) ? addDays(value, -1) : value)
  // an address breaks before @ and dots, and elsewhere only where a part alone is too long
  if (ADDRESS.test(value)) return value.split(/(?=[@.])/).map((part, at) => <Fragment key={at}>{at > 0 && <wbr />}<span className="inline-block max-w-full">{part}</span></Fragment>)
  if (HASH.test(value)) return <span className="hash">{value}</span>
  return <span className="whitespace-pre-line">{label === '期' ? periodWords(value) : CODED.has(label) ? (label === '区分' ? LEAVE_REASONS[value as LeaveReason] : CODES[value]) ?? value : value}</span>
}

/** What stands on one line: a text, a number, or several of them. */
const isText = (value: DocumentValue): boolean => typeof value !== 'object' || (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
const isEmpty = (value: DocumentValue): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** One value: a text, the fields of a thing, or a list of them; what is empty is left out. */
export function DocumentPart({ value }: { value: DocumentValue }) {
  if (isEmpty(value)) return <p className="mut">ありません。</p>
  if (Array.isArray(value)) return <ol className="list-none p-0">{(value as readonly DocumentValue[]).map((one, at) => <li key={at} className="py-3 border-b border-solid border-line"><DocumentPart value={one} /></li>)}</ol>
  if (typeof value === 'object') {
    const fields = Object.entries(value as Record<string, DocumentValue>).filter(([label, one]) => !isEmpty(one) && !FOR_MACHINES.has(label))
    const flat = fields.filter(([, one]) => isText(one))
    return (
      <>
        <dl className="facts facts-in sml">{flat.map(([label, one]) => <div key={label}><dt>{LABELS[label] ?? label}</dt><dd>{Array.isArray(one) ? one.join('、') : textOf(label, one as string)}</dd></div>)}</dl>
        {fields.filter(([, one]) => !isText(one)).map(([label, one]) => <Fragment key={label}><p className="sml mut mt-2">{label}</p><DocumentPart value={one} /></Fragment>)}
      </>
    )
  }
  return <p>{textOf('', value as string)}</p>
}
