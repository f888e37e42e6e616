import { CATEGORIES, ENGAGEMENT_KINDS, type Category } from '../domain/people'
import type { RosterColumn } from '../domain/roster-columns'
import { Field, type FormTrouble } from './field'
import type { CompanyChoice } from './roster-form'

const COLUMN_OF = { number: '従事者番号', name: '氏名', kana: 'フリガナ', mail: 'メール', kind: '雇用形態', company: '会社コード', unit: '所属コード', supervisor: '上長番号', start: '在籍開始日', end: '在籍終了日', categories: '取扱区分', minor: '18歳未満' } as const satisfies Record<string, RosterColumn>
/** The label of each field, for the summary of what is wrong. */
export const PERSON_LABELS: Readonly<Record<string, string>> = { ...COLUMN_OF, effectiveOn: 'いつから', note: 'この訂正の説明' }
/** The field of a column: where an error about it is shown. */
export const fieldOfColumn = (column: string): string => Object.entries(COLUMN_OF).find(([, name]) => name === column)?.[0] ?? ''

export interface PersonValues {
  /** Absent where it can not be changed. */
  number?: string
  name: string
  kana: string
  mail: string
  /** 雇用形態 in words, as the roster writes it. */
  kind: string
  company: string
  unit: string
  supervisor: string
  start: string
  end: string
  categories: readonly Category[]
  minor: '' | 'yes' | 'until'
  minorUntil: string
}

/** The fields of one person, for adding and for correcting. */
export function PersonFields({ values, trouble, companies, units, isNew, hidden }: { values?: PersonValues; trouble?: FormTrouble | null; companies: readonly CompanyChoice[]; units: readonly { code: string; name: string }[]; isNew: boolean; hidden?: boolean }) {
  const chosen = trouble?.given.categories ?? values?.categories ?? []
  const categories: readonly unknown[] = Array.isArray(chosen) ? chosen : [chosen]
  const hiddenHint = hidden ? '氏名を表示しない契約のため、空にしてあります。変えるときだけ書いてください。' : undefined
  return (
    <>
      <datalist id="units">{units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</datalist>
      {isNew && <Field name="number" label="従事者番号" hint="会社が付けた番号です。先頭の0もそのまま書いてください。一度使った番号は、ほかの人に使えません。" need trouble={trouble} value={values?.number}><input className="in" maxLength={64} autoComplete="off" /></Field>}
      <Field name="name" label="氏名" hint={hiddenHint ?? '字体はそのまま残します。姓と名の間は空けてください。'} need={!hidden} trouble={trouble} value={values?.name}><input className="in" maxLength={120} autoComplete="off" /></Field>
      <Field name="kana" label="フリガナ" hint={hiddenHint} optional="さがすときに使います" trouble={trouble} value={values?.kana}><input className="in" maxLength={120} autoComplete="off" /></Field>
      <Field name="mail" label="会社のメール" hint={hiddenHint} optional="ない人は空のまま。利用票で知らせます" trouble={trouble} value={values?.mail}><input className="in" type="email" maxLength={190} autoComplete="off" /></Field>
      <Field name="kind" label="雇用形態" need trouble={trouble} value={values?.kind}>
        <select className="in">{isNew && <option value="">選んでください</option>}{Object.values(ENGAGEMENT_KINDS).map((word) => <option key={word}>{word}</option>)}</select>
      </Field>
      <Field name="company" label="雇っている会社" hint="派遣社員は派遣元、委託先従業者は委託先、個人受託者は本人の会社を選んでください。" trouble={trouble} value={values?.company}>
        <select className="in">{companies.map(({ code, name }) => <option key={code} value={code}>{code === '' ? `${name}(自社)` : `${name}(${code})`}</option>)}</select>
      </Field>
      <Field name="unit" label="所属コード" optional="候補から選べます" trouble={trouble} value={values?.unit}><input className="in" list="units" maxLength={64} autoComplete="off" /></Field>
      <Field name="supervisor" label="上長の従事者番号" optional="委託先の人には書けません" trouble={trouble} value={values?.supervisor}><input className="in" maxLength={64} autoComplete="off" /></Field>
      <Field name="start" label="在籍開始日" need trouble={trouble} value={values?.start}><input className="in in-s" type="date" /></Field>
      <Field name="end" label="在籍終了日" hint="最後に在籍する日です。決まっていなければ空のままにしてください。" trouble={trouble} value={values?.end}><input className="in in-s" type="date" /></Field>
      <fieldset className="choices" id="f-categories">
        <legend>取り扱う情報</legend>
        {(Object.keys(CATEGORIES) as Category[]).map((category) => (
          <label className="pick" key={category}><input type="checkbox" name="categories" value={category} defaultChecked={categories.includes(category)} /><span>{CATEGORIES[category]}</span></label>
        ))}
      </fieldset>
      <Field name="minor" label="18歳未満" hint="18歳未満の人は、22時から翌5時まで受講できません。誕生日は登録しません。" trouble={trouble} value={values?.minor}>
        <select className="in"><option value="">いいえ</option><option value="yes">はい(終わりの日は未定)</option><option value="until">はい(次の日まで)</option></select>
      </Field>
      <Field name="minorUntil" label="18歳未満として扱う最後の日" optional="「次の日まで」を選んだとき" trouble={trouble} value={values?.minorUntil}><input className="in in-s" type="date" /></Field>
    </>
  )
}
