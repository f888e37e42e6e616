import type { Refusal } from '../domain/refusal'

export interface QuestionChoice {
  id: string
  html: string
  plain: string
  place: number
}

interface Given {
  question: { options: readonly QuestionChoice[] }
}

const chosenRow = 'bg-key-50 shadow-[inset_4px_0_0_var(--color-act)]'

/** One of several: each option is a button, so that one press answers, is saved, and goes on. */
export function OneChoice({ question }: Given) {
  return (
    <fieldset className="choices [&_.pick:has(ruby)]:leading-[2.15]" aria-labelledby="q">
      <legend className="sml mut pb-2 font-normal">1つ選んでください。選ぶと、保存して次へ進みます。</legend>
      {question.options.map(({ id, html, place }) => (
        <button key={id} className={`pick w-full text-left ${place > 0 ? chosenRow : ''}`} name="answer" value={id}>
          <span className={`box rounded-full ${place > 0 ? 'border-8 border-act' : ''}`} aria-hidden="true" />
          <span><span dangerouslySetInnerHTML={{ __html: html }} />{place > 0 && <span className="sr-only">(いまの答え)</span>}</span>
        </button>
      ))}
    </fieldset>
  )
}

/** All that apply. */
export function MultipleChoice({ question }: Given) {
  return (
    <fieldset className="choices [&_.pick:has(ruby)]:leading-[2.15]" aria-labelledby="q">
      <legend className="sml mut pb-2 font-normal">当てはまるものを、すべて選んでください。</legend>
      {question.options.map(({ id, html, place }) => (
        <label key={id} className="pick">
          <input type="checkbox" name="answer" value={id} defaultChecked={place > 0} aria-labelledby={`option-${id}`} />
          <span id={`option-${id}`} dangerouslySetInnerHTML={{ __html: html }} />
        </label>
      ))}
    </fieldset>
  )
}

/** Steps to be put in order: a number beside each, by list, never by dragging. */
export function Ordering({ question, places, refused }: Given & { places: Readonly<Record<string, string | undefined>> | null; refused: Refusal | undefined }) {
  const numbers = question.options.map((_, at) => String(at + 1))
  const wrong = (value: string) => refused !== undefined && (refused.refused === 'sameNumberTwice' ? value === String(refused.facts?.number) : refused.refused === 'numberMissing' && value === '')
  return (
    <fieldset className="choices [&_.pick:has(ruby)]:leading-[2.15]" aria-labelledby="q">
      <legend className="sml mut pb-2 font-normal">行う順に、番号を付けてください。</legend>
      {question.options.map(({ id, html, plain, place }) => {
        const value = places ? places[id] ?? '' : place > 0 ? String(place) : ''
        return (
          <div key={id} className="pick items-center">
            <select className="in in-s min-w-22 m-0" name={`place.${id}`} aria-label={`「${plain}」の順番`} aria-invalid={wrong(value) || undefined} defaultValue={value}>
              <option value="">－</option>
              {numbers.map((number) => <option key={number}>{number}</option>)}
            </select>
            <span dangerouslySetInnerHTML={{ __html: html }} />
          </div>
        )
      })}
    </fieldset>
  )
}
