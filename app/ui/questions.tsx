import { Form, Link } from '@remix-run/react'
import { Who } from './facts'
import { Field, type FormTrouble } from './field'
import { Notice } from './notice'
import type { Spoken } from './spoken'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

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

function AnswerField({ id, label = '回答', trouble }: { id: string; label?: string; trouble: FormTrouble | null }) {
  const control = `f-words-${id}`
  const errors = trouble?.errors.words ?? []
  return (
    <div className="field max-w-none">
      <label className="label" htmlFor={control}>{label}<span className="need">必須</span></label>
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
  /** What became of it since, in words; '' for nothing. */
  since: string
  /** The pledge that can be handed out again after a talk. */
  reopen: { assignmentId: string; from: string } | null
}

const OUTCOMES: Readonly<Record<string, Pick<Said, 'mark' | 'what'>>> = { declined: { mark: 'declined', what: '署名辞退' }, later: { mark: 'todo', what: '今は署名しない' } }

/** One thing said about a pledge, in the words of the list. */
export const saidOf = (remark: { key: string; outcome: string; words: string; receipt: string }, shown: Pick<Said, 'by' | 'about' | 'at'> & Partial<Pick<Said, 'since' | 'reopen'>>): Said =>
  ({ id: remark.key, words: remark.words, since: '', reopen: null, ...shown, ...(OUTCOMES[remark.outcome] ?? { mark: 'done', what: `署名済み ${remark.receipt}` }) })

/** What was said and needs no answer here: read, then talk with the person. */
export function SaidList({ said, caption, action = '', trouble }: { said: readonly Said[]; caption: string; action?: string; trouble?: (FormTrouble & { about: string }) | null }) {
  return (
    <Table>
      <caption>{caption}</caption>
      <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>答え</ColumnHead><ColumnHead>書面</ColumnHead><ColumnHead>日時</ColumnHead><ColumnHead>本人の言葉</ColumnHead></Row></Head>
      <Body>
        {said.map(({ id, by, mark, what, about, at, words, since, reopen }) => (
          <Row key={id}>
            <RowHead><Speaker by={by} /></RowHead>
            <Cell label="答え"><Status mark={mark}>{what}</Status>{since && <><br /><span className="sml">{since}</span></>}</Cell>
            <Cell label="書面">{about}</Cell>
            <Cell label="日時">{at}</Cell>
            <Cell label="言葉"><span className="whitespace-pre-line">{words || <span className="mut">なし</span>}</span>{reopen && <ReopenForm reopen={reopen} name={by.name ?? by.number} action={action} trouble={trouble?.about === reopen.assignmentId ? trouble : null} />}</Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}

/** Hands a declined pledge out again, after a talk: a new due day, and words that the person reads on it. */
function ReopenForm({ reopen: { assignmentId, from }, name, action, trouble }: { reopen: NonNullable<Said['reopen']>; name: string; action: string; trouble: FormTrouble | null }) {
  return (
    <details className="more" open={trouble !== null}>
      <summary aria-label={`${name}さんに、話し合ったあとで、もう一度渡す`}>話し合ったあとで、もう一度渡す</summary>
      <Form method="post" action={action} preventScrollReset>
        <input type="hidden" name="about" value="reopen" /><input type="hidden" name="id" value={assignmentId} />
        <Field name="dueOn" id={`f-dueOn-${assignmentId}`} label="新しい期限" hint="休みの日を選ぶと、次の営業日になります。" trouble={trouble} need><input className="in" type="date" min={from} /></Field>
        <AnswerField id={assignmentId} label="本人への言葉" trouble={trouble} />
        <p className="sml mut">「署名しない」という答えと本人の言葉は、記録に残ります。署名するかどうかは、本人が選びます。</p>
        <button className="btn btn-sm mt-3">新しい期限で、もう一度渡す</button>
      </Form>
    </details>
  )
}

/** A reader's note: which text, what was written, how it stands. Who wrote it is not said. */
export type Noted = Parameters<typeof Spoken>[0]['spoken'][number]

const OUTCOMES_OF_NOTE = { fixed: '直しました', planned: '次の版で直します', asIs: 'このままにします' } as const

/** Readers' notes that wait for an answer, each with its own form. */
export function NotedList({ noted, action, trouble }: { noted: readonly Noted[]; action: string; trouble?: (FormTrouble & { about: string }) | null }) {
  return (
    <ul className="tasks">
      {noted.map(({ id, about, body, at, mark, words }) => {
        const mine = trouble?.about === id ? trouble : null
        return (
          <li className="task" key={id}>
            <h2 className="task-name">{about}</h2>
            <p className="sml"><Status mark={mark}>{words}</Status>　<span className="mut">{at}</span></p>
            <p className="whitespace-pre-line">{body}</p>
            <Form method="post" action={action} preventScrollReset>
              <input type="hidden" name="about" value="note" /><input type="hidden" name="id" value={id} />
              <Field name="outcome" id={`f-outcome-${id}`} label="どうするか" trouble={mine} need>
                <select className="in"><option value="">選んでください</option>{Object.entries(OUTCOMES_OF_NOTE).map(([value, label]) => <option key={value} value={value}>{label}</option>)}</select>
              </Field>
              <AnswerField id={id} trouble={mine} />
              <button className="btn btn-sm mt-3">この回答を送る</button>
            </Form>
          </li>
        )
      })}
    </ul>
  )
}

/** Companies whose people's questions nobody may answer yet: how many wait, and what HR must do. */
export function UnheardList({ companies, mayAppoint }: { companies: readonly { companyId: string; code: string; name: string; questions: number; since: string }[]; mayAppoint: boolean }) {
  return (
    <>
      <p>派遣元・委託先の方への回答は、雇い主の会社の仕事です。ここでは、質問の中身も、だれの質問かも表示しません。会社と話して担当者を決め、任命してください。任命すると、質問はその人に届きます。</p>
      <Table>
        <caption>会社側担当者のいない会社</caption>
        <Head><Row><ColumnHead>会社</ColumnHead><ColumnHead>会社コード</ColumnHead><ColumnHead className="num">待っている質問</ColumnHead><ColumnHead>いちばん古い質問</ColumnHead></Row></Head>
        <Body>{companies.map(({ companyId, name, code, questions, since }) => <Row key={companyId}><RowHead>{name}</RowHead><Cell label="会社コード">{code}</Cell><Cell label="質問" className="num">{questions}件</Cell><Cell label="古いもの">{since}</Cell></Row>)}</Body>
      </Table>
      {mayAppoint && <div className="acts"><Link className="btn" to="/people/appointments">会社側担当者を任命する</Link></div>}
    </>
  )
}

/** An empty list says so, and what happens when something comes. */
export const NothingSaid = ({ title, body }: { title: string; body: string }) => <Notice kind="info" title={title}><p>{body}</p></Notice>
