import { Form, Link } from '@remix-run/react'
import { OPEN_INSTANT, type Day } from '../domain/calendar'
import { EXIT_OUTCOMES, isNoted, NOTED_OUTCOMES, TRIES_NEEDED, type ExitAnswer, type NotedOutcome } from '../domain/departure'
import { TriesList, TryForm, type ShownTry } from './contact-tries'
import { Field, type FormTrouble } from './field'
import { Status } from './status'

export interface ShownExitCertificate {
  assignmentId: string
  opensOn: Day
  settledAt: number
  settledAs: string | null
  asked: boolean
  answer: ExitAnswer | null
}

/** Where the certificate at the end of one person stands, for their employer. */
export function ExitCertificateStatus({ certificate: { settledAt, settledAs, asked, answer } }: { certificate: ShownExitCertificate }) {
  if (settledAs === 'completed') return <Status mark="done">誓約取得証明を提出済み</Status>
  if (answer === 'signed') return <Status mark="wait">署名済み・証明の提出待ち</Status>
  if (isNoted(answer)) return <Status mark="declined">{EXIT_OUTCOMES[answer]}</Status>
  if (settledAt !== OPEN_INSTANT) return <Status mark="none">対象外</Status>
  if (answer === 'declined') return <Status mark="declined">署名辞退(本人の答え)</Status>
  return asked ? <Status mark="ask">質問あり</Status> : <Status mark="todo">未署名</Status>
}

const HINTS: Record<NotedOutcome, string> = {
  explainedDeclined: '書面の内容と、署名がなくても続く法律の義務を説明し、本人が署名しないと答えた。下に、説明した日を入れてください。',
  unreachable: `別の日に${TRIES_NEEDED}回以上連絡しても、話ができなかった。先に、連絡を記録してください。`,
}

/** What the employer records where nobody signed: the tries to reach the person, and the two ends. No word presses anybody (L31). */
export function ExitCertificateRecord({ certificate, tries, today, operator, self, toCertificate, trouble }: {
  certificate: ShownExitCertificate; tries: readonly ShownTry[]; today: Day; operator: string; self: boolean; toCertificate: string; trouble?: FormTrouble | null
}) {
  const { settledAt, settledAs, answer } = certificate
  const step = String(trouble?.given.go ?? '')
  const open = settledAt === OPEN_INSTANT
  const toRecord = !self && answer !== 'signed' && (open || (settledAs === 'declined' && answer !== 'explainedDeclined'))
  return (
    <>
      <TriesList tries={tries} today={today} />
      {self && <p>あなた自身の記録は、ほかの会社側担当者が付けます。</p>}
      {toRecord && (
        <>
          <TryForm assignmentId={certificate.assignmentId} tries={tries} opensOn={certificate.opensOn} today={today} open={step === 'tried'} hint={`つながったか、伝言を残したかなど。本人が「わたしの記録」で読みます。${operator}には渡しません。`} trouble={step === 'tried' ? trouble : null} />
          <details className="more" open={step === 'outcome'}>
            <summary>結果を記録する</summary>
            <Form method="post">
              <input type="hidden" name="assignmentId" value={certificate.assignmentId} />
              <fieldset className="choices" id="f-outcome">
                <legend>結果</legend>
                {NOTED_OUTCOMES.filter((outcome) => open || outcome !== answer).map((outcome) => (
                  <label key={outcome} className="pick"><input type="radio" name="outcome" value={outcome} defaultChecked={step === 'outcome' && trouble?.given.outcome === outcome} /><span><b>{EXIT_OUTCOMES[outcome]}</b><br /><span className="sml mut">{HINTS[outcome]}</span></span></label>
                ))}
                {trouble?.errors.outcome && <span className="err">{trouble.errors.outcome.join(' ')}</span>}
              </fieldset>
              <Field name="explainedOn" label="説明した日" optional="説明済みのとき" trouble={step === 'outcome' ? trouble : null}><input className="in in-s" type="date" min={certificate.opensOn} max={today} /></Field>
              <Field name="words" label="覚え書き" optional="空でもかまいません" hint={`説明した人、本人の言葉など。本人が読みます。${operator}には渡しません。`} trouble={step === 'outcome' ? trouble : null}><input className="in" maxLength={300} /></Field>
              <p className="sml mt-4">どちらの結果でも、終了時の証明の手続はこれで完了です。{operator}に伝わるのは、結果と記録した日です。</p>
              <div className="acts"><button className="btn btn-sm" name="go" value="outcome">この結果を記録する</button></div>
            </Form>
          </details>
        </>
      )}
      {settledAs === 'declined' && <p className="mt-4">あとから本人が誓約書に署名したときは、<Link to={toCertificate}>証明を作れます</Link>。</p>}
      {open && <p className="mt-4">本人が署名したときは、<Link to={toCertificate}>証明を作る</Link>画面で提出します。</p>}
    </>
  )
}
