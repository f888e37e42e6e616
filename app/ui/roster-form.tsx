import { Field } from './field'

export interface CompanyChoice {
  code: string
  name: string
  kind: string
}

/** The 会社コード of a scope choice; null leaves it to the file. */
export const scopeCode = (chosen: string | undefined): string | null => (chosen === undefined || chosen === '' ? null : chosen.startsWith('=') ? chosen.slice(1) : null)

/** The choice that a file is a part only. */
export const PART = 'part'

/** Which company a file is about. */
export function ScopeChoice({ companies, label, auto, part, hint, value }: { companies: readonly CompanyChoice[]; label: string; auto: string; part?: string; hint?: string; value?: string }) {
  return (
    <Field name="scope" label={label} hint={hint} value={value}>
      <select className="in">
        <option value="">{auto}</option>
        {part !== undefined && <option value={PART}>{part}</option>}
        {companies.map(({ code, name }) => <option key={code} value={`=${code}`}>{code === '' ? `${name}(自社)` : `${name}(${code})`}</option>)}
      </select>
    </Field>
  )
}
