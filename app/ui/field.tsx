import { cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react'
import { Notice } from './notice'

/** The words for each field that a form got wrong, and what was typed; '' holds what concerns the whole form. */
export interface FormTrouble {
  errors: Readonly<Record<string, string[]>>
  given: Readonly<Record<string, unknown>>
}

interface ControlProps {
  id?: string
  name?: string
  required?: boolean
  defaultValue?: string | number
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

/**
 * One labelled control: label, hint, control, error. The control is a native element; its id, what was typed before and the
 * links to hint and error are put in here.
 */
export function Field({ name, id = `f-${name}`, label, hint, need = false, optional, trouble, value, children, className = '' }: {
  name: string
  /** Where a screen has the same form more than once. */
  id?: string
  label: ReactNode
  hint?: ReactNode
  need?: boolean
  /** Words beside the label of a field that may stay empty. */
  optional?: string
  trouble?: FormTrouble | null
  value?: string
  children: ReactElement<ControlProps>
  className?: string
}) {
  const errors = trouble?.errors[name] ?? []
  const described = [hint !== undefined && `${id}-hint`, errors.length > 0 && `${id}-err`].filter(Boolean).join(' ')
  const given = trouble?.given[name]
  const takesValue = isValidElement(children) && !['checkbox', 'radio', 'file', 'password'].includes((children.props as { type?: string }).type ?? '')
  return (
    <div className={`field ${className}`.trim()}>
      <label className="label" htmlFor={id}>{label}{need && <span className="need">必須</span>}{optional !== undefined && <span className="opt">{optional}</span>}</label>
      {hint !== undefined && <span className="hint" id={`${id}-hint`}>{hint}</span>}
      {cloneElement(children, {
        id, name, required: need || undefined,
        ...(takesValue && { defaultValue: typeof given === 'string' ? given : trouble ? '' : value }),
        ...(described && { 'aria-describedby': described }),
        ...(errors.length > 0 && { 'aria-invalid': true }),
      })}
      {errors.length > 0 && <span className="err" id={`${id}-err`}>{errors.join(' ')}</span>}
    </div>
  )
}

/** The summary on top of a form that was refused: each error leads to its control. */
export function TroubleSummary({ trouble, labels }: { trouble?: FormTrouble | null; labels: Readonly<Record<string, string>> }) {
  const named = Object.entries(trouble?.errors ?? {}).filter(([, errors]) => errors.length > 0)
  if (named.length === 0) return null
  return (
    <Notice kind="no" title="入力を確かめてください。まだ何も変わっていません" trouble={trouble}>
      <ul>
        {named.map(([name, errors]) => (
          <li key={name}>{labels[name] ? <><a href={`#f-${name}`}>{labels[name]}</a>　</> : null}{errors.join(' ')}</li>
        ))}
      </ul>
    </Notice>
  )
}
