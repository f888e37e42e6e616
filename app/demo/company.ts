import { addDays, type Day } from '../domain/calendar'

/** The demonstration company: fictional people and companies as the three roster files a real company would bring. */

/** One password for all sign-ins of the demonstration. */
export const DEMO_PASSWORD = 'demo-shuhi-2026'

/** The sign-ins: role → 従事者番号. The mail of each is `<role>@demo.example`. */
export const DEMO_SIGN_INS = {
  learner: '000412', parttimer: '000508', dispatched: 'H00001', manager: '000051', contractor: 'M-0007', 'contractor-lead': 'M-0001',
  agency: 'H90001', hr: '000021', chief: '000011', auditor: '000015', admin: '000031',
} as const
export type DemoRole = keyof typeof DEMO_SIGN_INS

/** The companies whose 会社側担当者 can be signed in to, lower tiers included: well run. */
export const DEMO_WELL_RUN: Readonly<Record<string, DemoRole>> = { A01: 'agency', C01: 'contractor-lead', C11: 'contractor-lead' }
/** What is left to do there: one has done nothing and is late, one has signed and waits for the certificate, and who can be signed in to. */
export const DEMO_LEFT_OPEN: Readonly<Record<string, 'nothing' | 'certificate'>> = { H00004: 'nothing', H00022: 'certificate', 'M-0013': 'nothing', 'M-0011': 'certificate', [DEMO_SIGN_INS.dispatched]: 'nothing', [DEMO_SIGN_INS.contractor]: 'nothing' }

/** Days ago on which the company brought its roster, so that some duties are long done, some late and some still open. */
export const DEMO_ROSTER_DAYS_AGO = [75, 8, 0] as const

const UNITS: readonly (readonly [code: string, name: string, parent: string, head: string])[] = [
  ['D000', '本社', '', '000001'], ['D010', '経営企画部', 'D000', '000041'], ['D020', 'コンプライアンス統括部', 'D000', '000011'], ['D030', '総務人事部', 'D000', '000022'],
  ['D040', '監査室', 'D000', '000015'], ['D100', 'ネットワーク運用部', 'D000', '000045'], ['D110', '設備保全部', 'D100', '000046'], ['D120', '情報システム部', 'D000', '000032'],
  ['D210', '仙台コールセンター', 'D000', '000051'], ['D220', '福岡コールセンター', 'D000', '000052'], ['D310', '仙台駅前店', 'D000', '000053'], ['D320', '博多店', 'D000', '000054'],
]

/** Where people stand before customers, work outside or run systems. */
const UNIT_KINDS_OF: Readonly<Record<string, string>> = { D110: '現場', D120: 'システム運用', D210: 'コールセンター', D220: 'コールセンター', D310: '店舗', D320: '店舗' }

/** Who looks on at all must not answer for a unit: in the auditor's own, somebody else does. */
const PROTECTED_BY_OTHERS: Readonly<Record<string, string>> = { D040: '000016' }
/** Units with a 保護管理者: their heads, as 課室長 are (domain.md §4.2), but for the auditor. One shop has none yet. */
export const DEMO_PROTECTED: readonly (readonly [unit: string, number: string])[] = UNITS.filter(([code]) => code !== 'D320').map(([code, , , head]) => [code, PROTECTED_BY_OTHERS[code] ?? head])

/** The company whose contract ends soon. */
const DEMO_ENDING = 'C12'

const COMPANIES: readonly (readonly [code: string, name: string, kind: string, parent: string, contract: string, contact: string, names: string])[] = [
  ['A01', 'れいだいスタッフ株式会社', '派遣元', '', 'H-2026-001', 'H90001', '可'],
  ['A02', '見本ワークス株式会社', '派遣元', '', 'H-2026-002', 'H90002', '可'],
  ['A03', 'たとえば人材株式会社', '派遣元', '', 'H-2026-003', 'H90003', '可'],
  ['C01', 'みほんコールサービス株式会社', '委託先', '', 'K-2026-014', 'M-0001', '不可'],
  ['C02', 'れいだい設備工業株式会社', '委託先', '', 'K-2026-021', 'N-0001', '可'],
  ['C03', 'サンプルシステムズ株式会社', '委託先', '', 'K-2026-030', 'S-0001', '不可'],
  ['C04', '見本モバイル販売株式会社', '販売代理店', '', 'K-2026-044', 'P-0001', '不可'],
  ['C11', 'れいサポート合同会社', '再委託先', 'C01', 'K-2026-014-1', 'M-0101', '不可'],
  ['C12', 'たとえば電設有限会社', '再委託先', 'C02', 'K-2026-021-1', 'N-0101', '不可'],
  ['I01', '個人(通信設計)', '個人', '', 'F-2026-001', '', '可'],
  ['I02', '個人(記事作成)', '個人', '', 'F-2026-002', '', '可'],
]

const FAMILIES = ['佐藤 サトウ', '鈴木 スズキ', '髙橋 タカハシ', '高橋 タカハシ', '田中 タナカ', '伊藤 イトウ', '渡邉 ワタナベ', '渡邊 ワタナベ', '山﨑 ヤマザキ', '山崎 ヤマザキ', '中村 ナカムラ', '小林 コバヤシ', '加藤 カトウ', '𠮷田 ヨシダ', '吉田 ヨシダ', '濵田 ハマダ', '葛󠄀城 カツラギ', '辻󠄀本 ツジモト', '斎藤 サイトウ', '齋藤 サイトウ', '松本 マツモト', '井上 イノウエ', '木村 キムラ', '草彅 クサナギ', '清水 シミズ', '森 モリ', '阿部 アベ', '池田 イケダ', '橋本 ハシモト', '石川 イシカワ', '前田 マエダ', '藤田 フジタ', '小川 オガワ', '岡田 オカダ', '後藤 ゴトウ', '長谷川 ハセガワ', '村上 ムラカミ', '近藤 コンドウ', '坂本 サカモト', '遠藤 エンドウ']
const GIVENS = ['美咲 ミサキ', '健 タケル', '陽菜 ヒナ', '翔太 ショウタ', '直子 ナオコ', '大輔 ダイスケ', '明 アキラ', '千尋 チヒロ', '拓海 タクミ', '恵子 ケイコ', '悠斗 ユウト', '茜 アカネ', '一郎 イチロウ', '由美 ユミ', '潤 ジュン', '美緒 ミオ', '大地 ダイチ', '彩 アヤ', '誠 マコト', '智子 トモコ', '蓮 レン', '結衣 ユイ', '和也 カズヤ', '真由美 マユミ', '修 オサム', '桜 サクラ', '亮 リョウ', '葵 アオイ', '浩二 コウジ', '沙織 サオリ']
const FOREIGN = ['パク・ミンジ', 'グエン・ティ・ラン', 'マリア サントス', '李 偉', 'スレスタ ビカス']

interface DemoPerson { number: string; name: string; kana: string; mail: string; kind: string; company: string; unit: string; supervisor: string; start: Day; end: Day | ''; scopes: string; under18: string }

/** Who has left: the pledge at the end was explained and not signed, and the badge is not back. */
export const DEMO_LEFT = { number: '000214', daysAgo: 20 } as const

/** Who signed on paper before this year, and when HR entered it: of the first the yearly confirmation is done or late by now, of the others still open. */
export const DEMO_OLD_PAPERS = [{ daysAgo: 74, numbers: ['001000', '001001', '001012', '001013', '001024', '001025', '001036', '001037'] }, { daysAgo: 6, numbers: ['001048', '001049'] }] as const

/** Whose handling grows: a 派遣社員 of the well-run 派遣元. */
export const DEMO_NEW_SCOPE = { number: 'H00007', daysAgo: 5 } as const

/** Who is on leave: 育児休業 with a known return, begun before the duties fell due, so that their clock stands still. */
export const demoLeave = (today: Day) => ({ number: '001015', from: addDays(today, -100), lastDay: addDays(today, 80), reason: 'parental' })

/** Who is back from leave since a few days: what fell due meanwhile is due again ten working days after the return. */
export const demoReturned = (today: Day) => ({ number: DEMO_SIGN_INS.manager, from: addDays(today, -100), lastDay: addDays(today, -4), reason: 'parental' })

/** The three files as CSV text, with days relative to today: some late, some due, some done, one leaving; who is on leave stands beside them. */
export function demoFiles(today: Day): { roster: string; companies: string; units: string } {
  return {
    companies: csv('会社コード,会社名,種別,親会社コード,契約番号,契約開始日,契約終了日,責任者番号,氏名表示', COMPANIES.map(([code, name, kind, parent, contract, contact, names]) => [code, name, kind, parent, contract, addDays(today, -600), addDays(today, code === DEMO_ENDING ? 20 : 500), contact, names])),
    units: csv('所属コード,所属名,上位所属コード,所属長番号,種別,有効開始日', UNITS.map(([code, name, parent, head]) => [code, name, parent, head, UNIT_KINDS_OF[code] ?? '', '2015-04-01'])),
    roster: csv('従事者番号,氏名,フリガナ,メール,雇用形態,会社コード,所属コード,所属名,上長番号,在籍開始日,在籍終了日,取扱区分,18歳未満', demoPeople(today).map((person) => [
      person.number, person.name, person.kana, person.mail, person.kind, person.company, person.unit, UNITS.find(([code]) => code === person.unit)?.[1] ?? '', person.supervisor, person.start, person.end, person.scopes, person.under18,
    ])),
  }
}

const csv = (header: string, rows: readonly (readonly string[])[]) => [header, ...rows.map((row) => row.join(','))].join('\r\n') + '\r\n'

const NAMED: readonly (readonly [number: string, name: string, kana: string, kind: string, unit: string, startedDaysAgo: number])[] = [
  ['000001', '井上 誠', 'イノウエ マコト', '取締役', 'D000', 2400], ['000002', '長谷川 恵子', 'ハセガワ ケイコ', '取締役', 'D000', 1900], ['000003', '近藤 修', 'コンドウ オサム', '取締役', 'D000', 800], ['000004', '前田 智子', 'マエダ トモコ', '取締役', 'D000', 60],
  ['000005', '岡田 和也', 'オカダ カズヤ', '執行役', 'D010', 900], ['000006', '阿部 真由美', 'アベ マユミ', '執行役', 'D100', 300], ['000007', '小川 浩二', 'オガワ コウジ', '監査役', 'D000', 1200], ['000008', '清水 彩', 'シミズ アヤ', '監査役', 'D000', 500],
  ['000011', '坂本 由美', 'サカモト ユミ', '正社員', 'D020', 3100], ['000012', '村上 亮', 'ムラカミ リョウ', '正社員', 'D020', 1500], ['000015', '石川 直子', 'イシカワ ナオコ', '正社員', 'D040', 2700], ['000016', '藤田 誠', 'フジタ マコト', '嘱託社員', 'D040', 700],
  ['000021', '𠮷田 直子', 'ヨシダ ナオコ', '正社員', 'D030', 2200], ['000022', '加藤 大輔', 'カトウ ダイスケ', '正社員', 'D030', 3300], ['000031', '遠藤 潤', 'エンドウ ジュン', '正社員', 'D120', 1400], ['000032', '木村 沙織', 'キムラ サオリ', '正社員', 'D120', 2600],
  ['000041', '後藤 明', 'ゴトウ アキラ', '正社員', 'D010', 3000], ['000045', '中村 和也', 'ナカムラ カズヤ', '正社員', 'D100', 2800], ['000046', '渡邉 明', 'ワタナベ アキラ', '正社員', 'D110', 2100],
  ['000051', '山﨑 健一', 'ヤマザキ ケンイチ', '正社員', 'D210', 2500], ['000052', '池田 千尋', 'イケダ チヒロ', '正社員', 'D220', 2000], ['000053', '松本 桜', 'マツモト サクラ', '正社員', 'D310', 1600], ['000054', '橋本 拓海', 'ハシモト タクミ', '正社員', 'D320', 1300],
  ['000412', '髙橋 美咲', 'タカハシ ミサキ', '契約社員', 'D210', 11], ['000508', '葛󠄀城 結衣', 'カツラギ ユイ', 'アルバイト', 'D310', 12], ['000601', '佐藤 健', 'サトウ タケル', '正社員', 'D210', 420], ['000602', '佐藤 健', 'サトウ ケン', 'パート', 'D210', 260],
]

const HEAD_OF = Object.fromEntries(UNITS.map(([code, , , head]) => [code, PROTECTED_BY_OTHERS[code] ?? head]))
const LINE_UNITS = ['D100', 'D110', 'D120', 'D210', 'D210', 'D220', 'D220', 'D310', 'D320', 'D010', 'D030', 'D210']

/** About 320 people of every kind; the same people every time, only their days move with today. */
export function demoPeople(today: Day): DemoPerson[] {
  const people: DemoPerson[] = []
  const mails = Object.fromEntries(Object.entries(DEMO_SIGN_INS).map(([role, number]) => [number, `${role}@demo.example`]))
  const add = (person: Partial<DemoPerson> & Pick<DemoPerson, 'number' | 'name' | 'kind'>, startedDaysAgo: number) => {
    const unit = person.unit ?? ''
    const supervisor = person.company && person.kind === '委託先従業者' ? '' : HEAD_OF[unit] === person.number ? (unit === 'D000' ? '' : '000001') : (HEAD_OF[unit] ?? '')
    people.push({ kana: '', company: '', unit, end: '', under18: '', scopes: '通信の秘密・個人情報', supervisor, start: addDays(today, -startedDaysAgo), ...person, mail: mails[person.number] ?? person.mail ?? '' })
  }
  for (const [number, name, kana, kind, unit, ago] of NAMED) add({ number, name, kana, kind, unit, under18: number === '000508' ? addDays(today, 200) : '' }, ago)
  let turn = 0
  const next = () => {
    const at = turn++
    if (at % 41 === 40) return { name: FOREIGN[(at / 41) % FOREIGN.length | 0]!, kana: '' }
    const [family, familyKana] = FAMILIES[(at * 7) % FAMILIES.length]!.split(' ') as [string, string]
    const [given, givenKana] = GIVENS[(at * 11 + ((at / 40) | 0)) % GIVENS.length]!.split(' ') as [string, string]
    return { name: `${family} ${given}`, kana: `${familyKana} ${givenKana}` }
  }
  const many = (count: number, kind: string, number: (at: number) => string, company: (at: number) => string, unit: (at: number) => string, ago: (at: number) => number) => {
    for (let at = 0; at < count; at++) {
      const started = ago(at)
      add({ number: number(at), ...next(), kind, company: company(at), unit: unit(at), mail: at % 3 === 2 ? '' : `p${number(at).toLowerCase()}@demo.example`, scopes: at % 5 === 0 ? '通信の秘密・特定利用者情報・個人情報' : '通信の秘密・個人情報' }, started)
    }
  }
  const own = () => ''
  const line = (at: number) => LINE_UNITS[at % LINE_UNITS.length]!
  const spread = (at: number) => [1800, 900, 400, 250, 120, 60, 33, 18, 12, 6, 2, 0][at % 12]! + (at % 9)
  many(118, '正社員', (at) => String(1000 + at).padStart(6, '0'), own, line, spread)
  many(40, '契約社員', (at) => String(2000 + at).padStart(6, '0'), own, line, spread)
  many(9, '嘱託社員', (at) => String(2100 + at).padStart(6, '0'), own, line, spread)
  many(28, 'パート', (at) => String(3000 + at).padStart(6, '0'), own, (at) => ['D310', 'D320', 'D210'][at % 3]!, spread)
  many(24, 'アルバイト', (at) => String(3100 + at).padStart(6, '0'), own, (at) => ['D310', 'D320'][at % 2]!, spread)
  many(5, '出向受入', (at) => String(4000 + at).padStart(6, '0'), own, line, spread)
  many(30, '派遣社員', (at) => `H${String(at + 1).padStart(5, '0')}`, (at) => ['A01', 'A02', 'A03'][at % 3]!, (at) => ['D110', 'D210', 'D220'][at % 3]!, spread)
  many(3, '委託先従業者', (at) => `H9000${at + 1}`, (at) => ['A01', 'A02', 'A03'][at]!, own, () => 500)
  many(14, '委託先従業者', (at) => `M-${String(at + 1).padStart(4, '0')}`, () => 'C01', () => 'D210', (at) => Math.max(12, spread(at)))
  many(6, '委託先従業者', (at) => `M-${String(at + 101).padStart(4, '0')}`, () => 'C11', () => 'D210', spread)
  many(6, '委託先従業者', (at) => `N-${String(at + 1).padStart(4, '0')}`, () => 'C02', () => 'D110', spread)
  many(3, '委託先従業者', (at) => `N-${String(at + 101).padStart(4, '0')}`, () => 'C12', () => 'D110', spread)
  many(4, '委託先従業者', (at) => `S-${String(at + 1).padStart(4, '0')}`, () => 'C03', () => 'D120', spread)
  many(4, '委託先従業者', (at) => `P-${String(at + 1).padStart(4, '0')}`, () => 'C04', () => 'D310', spread)
  many(2, '個人受託者', (at) => `F-${String(at + 1).padStart(4, '0')}`, (at) => ['I01', 'I02'][at]!, own, spread)
  const leaving = people.find(({ number }) => number === '001005')!
  leaving.end = addDays(today, 12)
  // one has left, and one thing is still out; three begin next week
  add({ number: DEMO_LEFT.number, name: '高橋 恵子', kana: 'タカハシ ケイコ', kind: '正社員', unit: 'D030', end: addDays(today, -DEMO_LEFT.daysAgo) }, 1_900)
  for (const [at, kind] of ['正社員', '契約社員', 'アルバイト'].entries()) add({ number: String(5001 + at).padStart(6, '0'), ...next(), kind, unit: ['D100', 'D210', 'D310'][at]! }, -7)
  // who can be signed in to has come lately, or has done something: nobody begins with weeks of arrears
  people.find(({ number }) => number === DEMO_SIGN_INS.dispatched)!.start = addDays(today, -11)
  // who waits for the certificate came well before the roster did: the day that is due then never falls on a day of rest, to come late on some days only
  for (const [number, left] of Object.entries(DEMO_LEFT_OPEN)) if (left === 'certificate') people.find((one) => one.number === number)!.start = addDays(today, -20)
  return people
}
