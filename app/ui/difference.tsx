import { Fragment } from 'react'
import { Status } from './status'

type Piece = { same: string } | { was: string; is: string }

const STATES = { new: ['todo', '新しい'], gone: ['none', 'なくなった'], changed: ['doing', '変わった'] } as const

/** What changed, part by part and word by word: no strike-through, because it destroys the difference between 崎 and 﨑 (look.md). */
export function Difference({ parts }: { parts: readonly { id: string; label: string; state: keyof typeof STATES; paragraphs: readonly (readonly Piece[])[] }[] }) {
  return (
    <>
      {parts.map(({ id, label, state, paragraphs }) => (
        <section key={id} className="sec">
          <h3>{label}　<Status mark={STATES[state][0]}>{STATES[state][1]}</Status></h3>
          {paragraphs.map((pieces, at) => <p key={at} className="mt-2">{pieces.map((piece, index) => <Fragment key={index}>{'same' in piece ? piece.same : <Changed {...piece} />}</Fragment>)}</p>)}
        </section>
      ))}
    </>
  )
}

function Changed({ was, is }: { was: string; is: string }) {
  return (
    <>
      {was !== '' && <del className="was"><span className="sr-only">前は </span>〔{was}〕</del>}
      {was !== '' && <span className="arrow">→</span>}
      {is !== '' ? <ins className="is"><span className="sr-only">いまは </span>{is}</ins> : <span className="mut">なし</span>}
    </>
  )
}
