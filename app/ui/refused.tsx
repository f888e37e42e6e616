import type { Refusal } from '../domain/refusal'
import { words, type MessageCode } from './messages'
import { Notice } from './notice'

/** A refusal in words: what was not done, why, and what to do now. Having to wait is a warning, not a refusal. */
export function Refused({ refused }: { refused: Refusal<MessageCode> | null | undefined }) {
  if (!refused) return null
  const { title, body, next } = words(refused.refused, refused.facts)
  return (
    <Notice kind={refused.refused === 'slowDown' ? 'warn' : 'no'} title={title} trouble={refused}>
      <p>{body}</p>
      {next && <div className="acts"><a className="btn btn-sm" href={next.to}>{next.label}</a></div>}
    </Notice>
  )
}
