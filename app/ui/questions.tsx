import { Form } from '@remix-run/react'
import { Who } from './facts'
import type { FormTrouble } from './field'
import { Notice } from './notice'
import { Status } from './status'

export interface SpokenBy {
  name: string | null
  number: string
  kindWords: string
}

/** Who said it: by number only where the name is not shown. */
export const Speaker = ({ by }: { by: SpokenBy }) => <Who name={by.name ?? `従事者 ${by.number}`} number={by.number} kind={by.kindWords} />

export interface Asked {
  id: string
  by: SpokenBy
  about: string
  at: string
  words: readonly string[]
}

/** What waits for an answer, each with its own form: the words, who asked, and one field. */
export function AskedList({ asked, action, what, trouble, button }: { asked: readonly Asked[]; action: string; what: 'question' | 'correction'; trouble?: (FormTrouble & { about: string }) | null; button: string }) {
  return (
    <ul className="tasks">
      {asked.map(({ id, by, about, at, words }) => (
        <li className="task" key={id}>
          <div><Speaker by={by} /></div>
          <p className="sml"><Status mark="ask">回答待ち</Status>　<span className="mut">{about}　{at}</span></p>
          {words.map((line, index) => <p key={index} className="whitespace-pre-line">{line}</p>)}
          <Form method="post" action={action} preventScrollReset>
            <input type="hidden" name="about" value={what} /><input type="hidden" name="id" value={id} />
            <AnswerField id={id} trouble={trouble?.about === id ? trouble : null} />
            <button className="btn btn-sm mt-3">{button}</button>
          </Form>
        </li>
      ))}
    </ul>
  )
}

function AnswerField({ id, trouble }: { id: string; trouble: FormTrouble | null }) {
  const control = `f-words-${id}`
  const errors = trouble?.errors.words ?? []
  return (
    <div className="field max-w-none">
      <label className="label" htmlFor={control}>回答<span className="need">必須</span></label>
      <span className="hint" id={`${control}-hint`}>本人の画面に、このまま表示します。</span>
      <textarea className="in min-h-20" rows={3} id={control} name="words" required defaultValue={typeof trouble?.given.words === 'string' ? trouble.given.words : ''}
        aria-describedby={errors.length > 0 ? `${control}-hint ${control}-err` : `${control}-hint`} aria-invalid={errors.length > 0 || undefined} />
      {errors.length > 0 && <span className="err" id={`${control}-err`}>{errors.join(' ')}</span>}
    </div>
  )
}

export interface Said {
  id: string
  by: SpokenBy
  mark: 'declined' | 'todo' | 'done'
  what: string
  about: string
  at: string
  words: string
}

const OUTCOMES: Readonly<Record<string, Pick<Said, 'mark' | 'what'>>> = { declined: { mark: 'declined', what: '署名しない' }, later: { mark: 'todo', what: '今は署名しない' } }

/** One thing said about a pledge, in the words of the list. */
export const saidOf = (remark: { key: string; outcome: string; words: string; receipt: string }, shown: Pick<Said, 'by' | 'about' | 'at'>): Said =>
  ({ id: remark.key, words: remark.words, ...shown, ...(OUTCOMES[remark.outcome] ?? { mark: 'done', what: `署名済み ${remark.receipt}` }) })

/** What was said and needs no answer here: read, then talk with the person. */
export function SaidList({ said, caption }: { said: readonly Said[]; caption: string }) {
  return (
    <table className="rows stack">
      <caption>{caption}</caption>
      <thead><tr><th scope="col">氏名・番号</th><th scope="col">答え</th><th scope="col">書面</th><th scope="col">日時</th><th scope="col">本人の言葉</th></tr></thead>
      <tbody>
        {said.map(({ id, by, mark, what, about, at, words }) => (
          <tr key={id}>
            <th scope="row"><Speaker by={by} /></th>
            <td data-l="答え"><Status mark={mark}>{what}</Status></td>
            <td data-l="書面">{about}</td>
            <td data-l="日時">{at}</td>
            <td data-l="言葉" className="whitespace-pre-line">{words || <span className="mut">なし</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** An empty list says so, and what happens when something comes. */
export const NothingSaid = ({ title, body }: { title: string; body: string }) => <Notice kind="info" title={title}><p>{body}</p></Notice>
