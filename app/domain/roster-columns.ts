/** What the three files are called. */
export const FILE_NAMES = { roster: '名簿', companies: '会社', units: '所属' } as const

/** The columns of the three files, in the order of the templates. */
export const ROSTER_COLUMNS = ['従事者番号', '氏名', 'フリガナ', 'メール', '雇用形態', '会社コード', '所属コード', '所属名', '上長番号', '在籍開始日', '在籍終了日', '取扱区分', '18歳未満'] as const
export type RosterColumn = (typeof ROSTER_COLUMNS)[number]

export const COMPANY_COLUMNS = ['会社コード', '会社名', '種別', '親会社コード', '契約番号', '契約開始日', '契約終了日', '責任者番号', '氏名表示'] as const
export type CompanyColumn = (typeof COMPANY_COLUMNS)[number]

export const UNIT_COLUMNS = ['所属コード', '所属名', '上位所属コード', '所属長番号', '種別', '有効開始日'] as const
export type UnitColumn = (typeof UNIT_COLUMNS)[number]

/** The hint of an empty cell whose column may not be left out instead. */
export const KEY = 'key'
