import { z } from 'zod'
import { CATEGORIES, type Category } from '../domain/people'
import type { RosterColumn } from '../domain/roster-columns'

const text = z.string().default('')

/** What the form of one person sends; each field is one column of the roster. */
export const personForm = z.object({
  number: text, name: text, kana: text, mail: text, kind: text, company: text, unit: text, supervisor: text, start: text, end: text,
  categories: z.preprocess((given) => (given === undefined ? [] : Array.isArray(given) ? given : [given]), z.array(z.enum(Object.keys(CATEGORIES) as [Category, ...Category[]]))),
  minor: z.enum(['', 'yes', 'until']).default(''), minorUntil: text, effectiveOn: text, note: z.string().trim().max(180, { error: '180文字までにしてください。' }).default(''),
})
export type PersonFormValues = z.infer<typeof personForm>

/** The form as cells of one roster row; what stays untouched because it is not shown is left out. */
export function cellsOf(form: PersonFormValues, kept: readonly RosterColumn[] = []): { [C in RosterColumn]?: string } {
  // The name of a unit is the unit's, and no person's form changes it; every other column has to be here.
  const all: Record<Exclude<RosterColumn, '所属名'>, string> = {
    従事者番号: form.number, 氏名: form.name, フリガナ: form.kana, メール: form.mail, 雇用形態: form.kind, 会社コード: form.company, 所属コード: form.unit, 上長番号: form.supervisor, 在籍開始日: form.start, 在籍終了日: form.end,
    取扱区分: form.categories.map((category) => CATEGORIES[category]).join('・'), '18歳未満': form.minor === 'yes' ? 'はい' : form.minor === 'until' ? form.minorUntil : '',
  }
  const cells: { [C in RosterColumn]?: string } = { ...all }
  for (const column of kept) if (cells[column] === '') delete cells[column]
  return cells
}

/** The cells of a row as the form shows them: what `cellsOf` made of a form comes back as it was typed. */
export function typedValues(cells: { readonly [C in RosterColumn]?: string }): Omit<PersonFormValues, 'effectiveOn' | 'note'> {
  const words = (cells.取扱区分 ?? '').split('・')
  const minor = cells['18歳未満'] ?? ''
  return {
    number: cells.従事者番号 ?? '', name: cells.氏名 ?? '', kana: cells.フリガナ ?? '', mail: cells.メール ?? '', kind: cells.雇用形態 ?? '', company: cells.会社コード ?? '', unit: cells.所属コード ?? '', supervisor: cells.上長番号 ?? '',
    start: cells.在籍開始日 ?? '', end: cells.在籍終了日 ?? '', categories: (Object.keys(CATEGORIES) as Category[]).filter((category) => words.includes(CATEGORIES[category])),
    minor: minor === '' ? '' : minor === 'はい' ? 'yes' : 'until', minorUntil: minor === 'はい' ? '' : minor,
  }
}
