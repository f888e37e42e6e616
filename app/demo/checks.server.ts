import { listSubjects, type FilingSubject } from '../../db/filing-subjects.server'
import { listDemoPeople } from '../../db/demo.server'
import { listFindingsOf } from '../../db/findings.server'
import { decideFiling, type FilingVerdict } from '../commands/decide-filing.server'
import { decideFinding } from '../commands/decide-finding.server'
import { filingReachOf, openFiling } from '../commands/open-filing.server'
import { reportFinding } from '../commands/report-finding.server'
import { saveFiling } from '../commands/save-filing.server'
import { submitFiling } from '../commands/submit-filing.server'
import { itemsOf } from '../content/checklist-schema'
import { findSheet } from '../content/filing-sheet.server'
import type { App, SignedInContext } from '../context'
import type { Viewer, ViewerRole } from '../domain/access'
import { addDays, HOUR_MS, startOf, type Day } from '../domain/calendar'
import type { Answered } from '../domain/filing'
import { periodsBack, termOf } from '../domain/filing-period'
import { isRefusal } from '../domain/refusal'
import { DEMO_PASSWORD, DEMO_PROTECTED, DEMO_SIGN_INS } from './company'
import { demoPersonsOf } from './history.server'

type Answers = Readonly<Record<string, Partial<Answered>>>
interface Filing {
  slug: string
  /** 会社コード, 契約番号 or 所属コード. */
  code: string
  /** 0 is the running period, 1 the one before. */
  back: number
  /** How many days before its due day it is worked on, no later than yesterday. */
  early: number
  /** How many items are answered; all where it is left out. */
  answered?: number
  answers?: Answers
  then?: 'accepted' | FilingVerdict
  /** What was reported as mended since, so many days after the signature; and what the office said. */
  mended?: readonly { itemId: string; days: number; words: string; then?: 'accepted' | string }[]
}

const CONTACT: Readonly<Record<string, string>> = { C01: 'M-0001', C02: 'N-0001', C03: 'S-0001', C04: 'P-0001', C11: 'M-0101', C12: 'N-0101', I01: 'F-0001', 'K-2026-021-1': 'N-0101' }
const NO_SERVER: Answers = { '1-3': { answer: 'none', remark: '自社でサーバーを持っていません。' }, '1-11': { answer: 'none', remark: '自社でサーバーを持っていません。' }, '1-13': { answer: 'none', remark: '設計や保守の仕事を受けていません。' } }
const CLEAN_DESK = { answer: 'partly', remark: '窓口の机に、番号を書いた付箋が1枚残っていました。その場で片付け、終業前の見回りを当番にします。' } as const

/** Checks of all kinds and states: last year's accepted, this year's begun, sent back and waiting, and the months of the units. */
export async function checkInDemo(app: App, today: Day): Promise<void> {
  const people = new Map(demoPersonsOf(await listDemoPeople(app.db, today)).map(({ viewer }) => [viewer.engagements[0]!.number, viewer]))
  const back = (words: string, itemId: string): FilingVerdict => ({ is: 'return', reasons: [{ itemId, words }] })
  const filings: Filing[] = [
    { slug: 'CK1', code: 'C01', back: 1, early: 12, then: 'accepted', answers: { ...NO_SERVER, '2-17': { answer: 'partly', remark: '自動でロックされるまでが10分です。5分に縮めます。' }, '2-24': { answer: 'notDone', remark: '当番の連絡に、個人の電話を使っています。業務用の電話を用意します。' } },
      mended: [{ itemId: '2-17', days: 20, words: '全員の端末を5分でロックするようにしました。6台とも確かめました。', then: 'accepted' }, { itemId: '2-24', days: 40, words: '業務用の電話を2台用意し、個人の番号を連絡先から消してもらいました。' }] },
    { slug: 'CK1', code: 'C01', back: 0, early: 9, answers: { ...NO_SERVER, '1-5': { answer: 'partly', remark: '持出しの記録に、抜けがあります。' } }, then: back('どの月の記録が、何件抜けているかを書いてください。写しがあれば添えてください。', '1-5') },
    { slug: 'CK1', code: 'C02', back: 0, early: 9, answers: NO_SERVER, then: 'accepted' },
    { slug: 'CK1', code: 'C03', back: 0, early: 5, answered: 16 },
    { slug: 'CK1', code: 'C04', back: 0, early: 6, answers: NO_SERVER },
    { slug: 'CK1', code: 'C11', back: 0, early: 6, answers: { ...NO_SERVER, '2-23': { answer: 'partly', remark: '6月に入った方の研修が、来週になります。' } }, then: 'accepted' },
    { slug: 'CK1', code: 'I01', back: 0, early: 15, answers: NO_SERVER, then: 'accepted' },
    { slug: 'CK1', code: 'C12', back: 0, early: 20, answers: NO_SERVER, then: 'accepted' },
    { slug: 'CK3', code: 'C01', back: 1, early: 40, answers: { way: { remark: '実地。責任者の立会いで、入口から席まで歩きました。' }, mynumber: { answer: 'none', remark: '個人番号は扱わせていません。' }, told: { remark: 'その日に責任者へ伝えました。' } } },
    { slug: 'CK3', code: 'C02', back: 0, early: 60, answers: { way: { remark: '書面と写真。' }, mynumber: { answer: 'none', remark: '個人番号は扱わせていません。' }, last: { answer: 'none', remark: 'はじめての点検です。' }, copies: { answer: 'partly', remark: '工事の図面の控えが2か所にありました。1か所にまとめてもらいます。' } },
      mended: [{ itemId: 'copies', days: 25, words: '控えを1か所に集めました。', then: 'どこに集め、前の場所の控えをどうしたかを書いてください。写真があれば添えてください。' }] },
    { slug: 'CK4', code: 'K-2026-021-1', back: 0, early: 60, answered: 3 },
    ...DEMO_PROTECTED.flatMap(([code], at): Filing[] => [
      ...(at % 3 === 0 || code === 'D210' ? [{ slug: 'CK2', code, back: 2, early: 3, ...(code === 'D210' && { answers: { m1: CLEAN_DESK, m8: { answer: 'notDone' as const, remark: '先月は朝の会で話していません。毎週月曜に入れます。' } } }) }] : []),
      ...(at % 4 === 1 ? [{ slug: 'CK2', code, back: 0, early: 12 }] : []),
      ...(code === 'D310' ? [] : [{ slug: 'CK2', code, back: 1, early: 2 + (at % 4), answers: code === 'D210' ? { m1: CLEAN_DESK } : { m6: { answer: 'none' as const, remark: '今月は、異動や退職をした人がいません。' } } }]),
    ]),
  ]
  for (const filing of filings) await file(app, people, filing, today)
}

async function file(app: App, people: ReadonlyMap<string, Viewer>, filing: Filing, today: Day): Promise<void> {
  const { meta } = app.library.current('checklist', filing.slug)!
  const as = (number: string, day: Day, roleOf: (one: Viewer['engagements'][number]) => Omit<ViewerRole, 'engagementId'>): SignedInContext => {
    const viewer = people.get(number)!
    const [engagement] = viewer.engagements
    return { ...app, now: startOf(day) + 10 * HOUR_MS, viewer: { ...viewer, roles: [{ ...roleOf(engagement!), engagementId: engagement!.id }] }, from: { address: '127.0.0.1', agent: 'demonstration' } }
  }
  const subject = (await listSubjects(app.db, meta, { companyIds: null, unitIds: null }, { day: today, from: addDays(today, -700), before: addDays(today, 1) }, 200)).find(({ code }) => code === filing.code)
  const period = periodsBack(meta.period, today, 3, app.library.calendar)[filing.back]
  const term = subject && period ? termOf(meta.period, period, { ...subject, inForce: meta.validFrom }, app.library.calendar) : undefined
  if (!subject || !term || term.opensOn >= addDays(today, -2)) return
  const planned = addDays(term.dueOn, -filing.early)
  const day = [addDays(today, -2), planned < term.opensOn ? term.opensOn : planned].sort()[0]!
  const context = as(answererNumber(filing, meta.answeredBy), day, (one) => capacityOf(meta.answeredBy, subject, one.companyId))
  const opened = done(await openFiling(context, { slug: filing.slug, subjectId: subject.id, period: term.period }), filing)
  const items = itemsOf(meta)
  const answers = items.slice(0, filing.answered ?? items.length).map(({ id }) => {
    const given = { answer: 'done' as const, remark: '', improveBy: '', ...filing.answers?.[id] }
    return { itemId: id, ...given, improveBy: given.answer !== 'done' && given.answer !== 'none' ? addDays(day, 28) : '' }
  })
  done(await saveFiling(context, { filingId: opened.filingId, answers, files: [], removed: [] }), filing)
  if (filing.answered !== undefined) return
  const sheet = (await findSheet(context, opened.filingId, await filingReachOf(context)))!
  done(await submitFiling(context, { filingId: opened.filingId, shown: sheet.digest, nameTyped: context.viewer.name, password: DEMO_PASSWORD }), filing)
  const chief = (on: Day) => as(DEMO_SIGN_INS.chief, on, () => ({ role: 'chief', scopeKind: 'all', scopeId: '' }))
  if (filing.then) done(await decideFiling(chief(filing.then === 'accepted' ? addDays(day, 1) : addDays(today, -1)), { filingId: opened.filingId, note: '', verdict: filing.then === 'accepted' ? { is: 'accept' } : filing.then }), filing)
  for (const { itemId, days, words, then } of filing.mended ?? []) {
    const left = (await listFindingsOf(app.db, [opened.filingId], today)).find((one) => one.itemId === itemId)
    const on = [addDays(day, days), addDays(today, -1)].sort()[0]!
    if (!left) continue
    const reporter = as(CONTACT[filing.code]!, on, (one) => capacityOf('company', subject, one.companyId))
    done(await reportFinding(reporter, { findingId: left.id, mendedOn: on, words, files: [] }), filing)
    if (then) done(await decideFinding(chief(on), { findingId: left.id, verdict: then === 'accepted' ? { is: 'accept' } : { is: 'return', words: then } }), filing)
  }
}

const answererNumber = ({ code }: Filing, by: string): string => (by === 'operator' ? DEMO_SIGN_INS.hr : by === 'company' ? CONTACT[code]! : DEMO_PROTECTED.find(([unit]) => unit === code)![1])

function capacityOf(by: string, subject: FilingSubject, companyId: string): Omit<ViewerRole, 'engagementId'> {
  if (by === 'operator') return { role: 'hr', scopeKind: 'all', scopeId: '' }
  return by === 'company' ? { role: subject.code === 'I01' ? 'soleContractor' : 'companyContact', scopeKind: 'company', scopeId: companyId } : { role: 'protectionManager', scopeKind: 'unit', scopeId: subject.unitId! }
}

function done<T>(answer: T, { slug, code }: Filing): Exclude<T, { refused: string }> {
  if (isRefusal(answer)) throw new Error(`The demonstration's checklist ${slug} of ${code} was refused: ${answer.refused} ${JSON.stringify(answer.facts ?? {})}`)
  return answer as Exclude<T, { refused: string }>
}
