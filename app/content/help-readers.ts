/** For whom a page of the manual is written, in the order in which they are listed. */
export const HELP_READERS = [
  { reader: 'learner', title: '受講する方へ' },
  { reader: 'manager', title: '受け持つ人がいる方へ' },
  { reader: 'company', title: '会社側担当者の方へ' },
  { reader: 'hr', title: '人事の方へ' },
  { reader: 'program', title: '統括管理者の方へ' },
  { reader: 'audit', title: '監査責任者の方へ' },
  { reader: 'system', title: 'しくみを動かす方へ' },
  { reader: 'all', title: '困ったとき' },
] as const
export type HelpReader = (typeof HELP_READERS)[number]['reader']
