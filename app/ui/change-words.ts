import { ROLE_WORDS, rolesThatMay } from '../domain/access'

const KINDS = { import: '名簿の取込', edit: '1人の登録・訂正', undo: '取消し', plan: '割当の計算' } as const

interface Told {
  number?: string
  fileName?: string
  new?: number
  leave?: boolean
}

/** What a change set is called: its description, else what was done with which file or to whom. */
export function changeName({ kind, note, summary }: { kind: keyof typeof KINDS; note: string; summary: string }): string {
  if (note !== '') return note
  const { number, fileName, new: begun = 0, leave } = JSON.parse(summary) as Told
  if (kind === 'import' && fileName) return `${KINDS.import}(${fileName})`
  return kind === 'edit' && number ? `${number}の${leave ? '休職の記録' : begun > 0 ? '登録' : '訂正'}` : KINDS[kind]
}

const COUNTED: readonly (readonly [key: string, label: string, unit: string])[] = [['new', '新しい', '人'], ['changed', '変わった', '人'], ['rehired', '再入社', '人'], ['moved', '会社が変わった', '人'], ['companies', '会社', '社'], ['units', '所属', '件'], ['restored', '戻した', '件'], ['leftOut', '戻さなかった', '件']]

/** The counts of a change set's summary, in words; what is zero is left out. */
export function summaryWords(summary: string): string {
  const told = JSON.parse(summary) as { counts?: Record<string, unknown>; ended?: number; leave?: boolean } & Record<string, unknown>
  const counts: Record<string, unknown> = { ...told, ...told.counts }
  return [
    ...COUNTED.flatMap(([key, label, unit]) => (typeof counts[key] === 'number' && counts[key] > 0 ? [`${label}${counts[key]}${unit}`] : [])),
    ...(typeof told.ended === 'number' && told.ended > 0 ? [`うち在籍の終わり${told.ended}人`] : []),
    ...(told.leave === true ? ['休職の記録'] : []),
  ].join('、') || '―'
}

/** Where a registration that can not be taken back is mended. */
const SINGLY = '誤りは、その人の画面の「訂正する・終了する」で、1人ずつ直してください'

/** Why something is not put back when a change set is undone. */
export const LEFT_OUT = {
  touchedSince: 'そのあとに、ほかの変更がありました',
  bearsEvidence: '受講や署名などの記録が付いています',
  mailNotYours: `${ROLE_WORDS.office}の役割がある人の、メールアドレスが変わります。${rolesThatMay('giveOfficeRoles')}に頼んでください`,
  roleNotYours: '自分の役割、または人事が任命できない役割が変わります。「役割」の画面で、任命できる人に頼んでください',
  officeNotYours: `${ROLE_WORDS.office}の役割がある人の登録は、取り消せません。${SINGLY}`,
  hasRole: `役割を与えた記録が付いています。${SINGLY}`,
  stillUsed: 'ほかの人や所属が、いまも使っています',
} as const
