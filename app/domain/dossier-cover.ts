import { dayOf, fullDay, type Instant } from './calendar'
import type { Dossier } from './dossier'
import { STATUS_WORDS } from './dossier-index'
import { japaneseTimestamp, signedAtWords } from './pledge-statement'

/** The first sheet of a dossier: whose it is, as of when, how each duty ended, and what the file holds. */
export interface Cover {
  kind: 'cover'
  at: Instant
  title: string
  who: [label: string, value: string][]
  duties: [title: string, status: string, day: string][]
  contents: { name: string; sha256: string }[]
  footnote: string
  mark?: string
}

/** The cover of a dossier. No printing time and nobody who took it: the same record gives the same sheet. */
export function coverOf({ record }: Pick<Dossier, 'record'>, knownAt: Instant, contents: Cover['contents']): Cover {
  const last = record.engagements.at(-1)
  const names = [...new Set(record.engagements.flatMap(({ registered }) => registered.map(({ name }) => name ?? '')))].filter((name) => name !== '')
  return {
    kind: 'cover', at: knownAt, title: '記録一式',
    who: [
      ['氏名', names.length === 0 ? '(番号だけで表示する契約です)' : names.length === 1 ? names[0]! : `${names.at(-1)}　(以前の氏名 ${names.slice(0, -1).join('、')})`],
      ...record.engagements.flatMap((one): [string, string][] => {
        const from = one.registered[0]?.from
        const end = one.registered.at(-1)?.lastDay
        const words = one.registered.at(-1)
        return [[record.engagements.length > 1 ? `在籍(${one.number})` : '従事者番号', `${one.number}　${words?.kindWords ?? ''}　${one.employer.name}`], ['在籍の期間', from === undefined ? '登録なし' : `${fullDay(from)}から${end ? `${fullDay(end)}まで` : ''}`]]
      }),
      ['所属', last?.registered.at(-1)?.unit?.name ?? ''],
      ['記録時点', `${signedAtWords(knownAt)}(日本時間)　${japaneseTimestamp(knownAt)}`],
    ].filter(([, value]) => value !== '') as Cover['who'],
    duties: record.engagements.flatMap(({ duties }) => duties.map((duty): [string, string, string] => [`${duty.title}${duty.version === null ? '' : ` 第${duty.version}版`}`, `${STATUS_WORDS[duty.status] ?? duty.status}${duty.certificate?.declared ? `(${duty.certificate.declared.company})` : ''}${duty.late ? '(期限後)' : ''}`, duty.doneOn === null ? '' : fullDay(duty.doneOn)])),
    contents, footnote: `この一式は、${fullDay(dayOf(knownAt))}の記録時点に知られていた記録から作られています。同じ記録からは、同じファイルができます。`,
    ...(record.demonstration && { mark: 'デモ — 架空の会社と人です。業務の記録ではありません。' }),
  }
}
