const KINDS = { import: '名簿の取込', edit: '1人の登録・訂正', undo: '取消し', plan: '割当の計算' } as const

/** What a change set is called: its description, else what it was. */
export const changeName = ({ kind, note }: { kind: keyof typeof KINDS; note: string }): string => note || KINDS[kind]

const COUNTED: readonly (readonly [key: string, label: string, unit: string])[] = [
  ['new', '新しい', '人'], ['changed', '変わった', '人'], ['ended', '終了', '人'], ['restored', '戻した', '件'], ['leftOut', '戻さなかった', '件'], ['assigned', '割当', '件'], ['withdrawn', '取下げ', '件'],
]

/** The counts of a change set's summary, in words; what is zero is left out. */
export function summaryWords(summary: string): string {
  const counts = JSON.parse(summary) as Record<string, unknown>
  return COUNTED.flatMap(([key, label, unit]) => (typeof counts[key] === 'number' && counts[key] > 0 ? [`${label}${counts[key]}${unit}`] : [])).join('、') || '―'
}
