import { Status, type Mark } from './status'

/** What a person wrote, with how it stands and the answer: newest first. */
export function Spoken({ spoken }: { spoken: readonly { id: string; about: string; body: string; at: string; mark: Mark; words: string; answer: { at: string; words: string } | null }[] }) {
  return (
    <ol className="line">
      {spoken.map(({ id, about, body, at, mark, words, answer }) => (
        <li key={id} data-big={answer ? '' : undefined}>
          <time>{at}</time>
          <div>
            <p><b>{about}</b>　<Status mark={mark}>{words}</Status></p>
            <p className="whitespace-pre-line">{body}</p>
            {answer && <p className="mt-1.5 whitespace-pre-line"><span className="mut">{answer.at}の回答：</span>{answer.words}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
