import type { Instant } from './calendar'

/** What the 監査責任者 reads as changes: the register's change sets, and evidence of what was asked, decided and published. */
export const CHANGE_KINDS = { import: '名簿の取込', edit: '1人の登録・訂正', undo: '取消し', role: '役割', approval: '申請と承認', settings: '設定・教材・決まり' } as const
export type ChangeKind = keyof typeof CHANGE_KINDS

/** The kinds that are read from evidence, each with its types; the others are change sets. */
export const CHANGING_TYPES = {
  approval: ['approval.asked', 'approval.decided', 'approval.voided', 'approval.withdrawn', 'duties.deferred', 'class.entered'],
  settings: ['content.published', 'content.revised', 'content.reviewed', 'settings.changed'],
} as const

/** Where a page of a list that is ordered by time begins: `time~id` of the last row shown, null from the newest. */
export function after(key: string): { at: Instant; id: string } | null {
  const [at, id] = key.split('~')
  return id ? { at: Number(at) || 0, id } : null
}
