import type { OwnRecord } from '../../../db/own-record.server'
import type { Library } from '../../content/library.server'
import { ACT_WORDS } from '../../content/record-words.server'
import { targetTitle } from '../../content/target-titles'
import type { Instant } from '../../domain/calendar'
import type { Mark } from '../../domain/standing'

/** Which event of the duty answers what was said about a pledge. */
const ANSWERED_BY: Readonly<Record<string, string>> = { question: 'answered', declined: 'reopened' }

/** What a person wrote about pledges (questions, reasons, what was added to a signature), with the answer where one came; newest first. */
export function ownWords(library: Library, record: Pick<OwnRecord, 'acts' | 'events'>, at: (instant: Instant) => string) {
  return record.acts.filter(({ note }) => note !== '').map((act) => {
    const answer = record.events.findLast(({ assignment_id: of, kind, reason_code: reason, at: when }) => of === act.assignment_id && kind === 'resume' && reason === ANSWERED_BY[act.outcome] && when >= act.signed_at)
    const signed = record.acts.some(({ assignment_id: of, outcome, signed_at: when }) => of === act.assignment_id && outcome === 'signed' && when >= act.signed_at)
    const title = targetTitle(library, 'pledge', act.template, act.version)
    const status: { mark: Mark; words: string } = act.outcome !== 'question' ? (ACT_WORDS[act.outcome] ?? { mark: 'none', words: act.outcome })
      : answer ? { mark: 'done', words: '回答あり' } : signed ? { mark: 'done', words: '署名済み' } : { mark: 'ask', words: '回答待ち' }
    return { id: act.id, about: `${title}${act.outcome === 'question' ? 'への質問' : act.outcome === 'signed' ? 'への書き添え' : ''}`, body: act.note, at: at(act.signed_at), ...status, answer: answer ? { at: at(answer.at), words: answer.note } : null }
  })
}
