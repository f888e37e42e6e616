import { Form, Link } from '@remix-run/react'
import type { Day } from '../domain/calendar'
import { EXIT_OUTCOMES, LEAD_DAYS, NOTED_OUTCOMES, TRIES_NEEDED, type Departure } from '../domain/departure'
import type { Relation } from '../domain/people'
import { TriesList, TryForm, type ShownTry } from './contact-tries'
import { PledgeOutcome } from './departures'
import { Field, type FormTrouble } from './field'
import { fullDay } from './format'

const HINTS: Record<(typeof NOTED_OUTCOMES)[number], string> = {
  explainedDeclined: '書面の内容と、署名がなくても続く法律の義務を説明し、本人が署名しないと答えた。',
  unreachable: `別の日に${TRIES_NEEDED}回以上連絡しても、話ができなかった。`,
}

/** The pledge at the end: what it came to, the tries to reach the person, and the two ends that HR records. No word presses anybody (L31). */
export function ExitPledgeSection({ engagementId, departure, relation, pledge, notedOn, tries, today, hasLetter, trouble }: {
  engagementId: string; departure: Departure; relation: Relation; pledge: { assignmentId: string; title: string; dueOn: Day; opensOn: Day } | null; notedOn: Day | null; tries: readonly ShownTry[]; today: Day; hasLetter: boolean; trouble?: FormTrouble | null
}) {
  const state = departure.pledge
  const step = String(trouble?.given.go ?? '')
  const toRecord = pledge !== null && !departure.died && (state === 'open' || state === 'asked' || state === 'declined' || state === 'unreachable')
  const letter = hasLetter && relation !== 'dispatched' && relation !== 'contract' && state !== 'signed' && !departure.died
  return (
    <section className="sec" id="pledge">
      <h2>退職時の誓約</h2>
      <p><PledgeOutcome state={state} relation={relation} /></p>
      {state === 'notAsked' && <p className="sml">亡くなったため、誓約を求めません。記録はここまでで終わりです。</p>}
      {state === 'elsewhere' && <p className="sml">{relation === 'dispatched' ? '派遣で働く方の誓約は、派遣元に対するものです。派遣元の担当者が本人に案内します。' : '委託先で働く方の誓約は、雇い主である委託先に対するものです。委託先の責任者が本人に案内します。'}こちらから本人に署名を求めません。</p>}
      {notedOn !== null && <p className="sml">{relation === 'dispatched' ? '派遣元' : '委託先'}の担当者が、{fullDay(notedOn)}に記録した結果です。連絡と説明の覚え書きは、雇い主と本人の間のものです。この画面には出ません。</p>}
      {state === 'none' && <p className="sml">この働き方に渡す退職時の誓約書はありません。法律の義務は続きます。</p>}
      {state === 'later' && <p className="sml">最後の日の{LEAD_DAYS}日前に、「いま、やること」に出ます。</p>}
      {state === 'open' && !departure.ended && <p className="sml">本人の「いま、やること」に出ています。署名するかどうかは本人が選びます。</p>}
      {state === 'asked' && <p className="sml">本人の質問が待っています。<Link to="/people/questions">質問に答える</Link></p>}
      <TriesList tries={tries} today={today} />
      {toRecord && pledge && (
        <>
          <TryForm assignmentId={pledge.assignmentId} tries={tries} opensOn={pledge.opensOn} today={today} open={step === 'tried'} hint="つながったか、伝言を残したかなど。記録一式に入ります。" trouble={step === 'tried' ? trouble : null} />
          <details className="more" open={step === 'outcome'}>
            <summary>結果を記録する</summary>
            <Form method="post">
              <input type="hidden" name="assignmentId" value={pledge.assignmentId} />
              <fieldset className="choices">
                <legend>結果</legend>
                {NOTED_OUTCOMES.map((outcome) => (
                  <label key={outcome} className="pick"><input type="radio" name="outcome" value={outcome} defaultChecked={step === 'outcome' && trouble?.given.outcome === outcome} /><span><b>{EXIT_OUTCOMES[outcome]}</b><br /><span className="sml mut">{HINTS[outcome]}</span></span></label>
                ))}
              </fieldset>
              <Field name="words" label="覚え書き" optional="空でもかまいません" hint="説明した日と人、本人の言葉など。本人も「わたしの記録」で読みます。" trouble={step === 'outcome' ? trouble : null}><input className="in" maxLength={300} /></Field>
              <p className="sml mt-4">どちらの結果でも、退職の手続はこれで完了です。{departure.ended ? '本人があとから署名を希望したときは、紙の誓約書で受け取れます。' : '最後の日までは、本人が考え直して署名することもできます。'}</p>
              <div className="acts"><button className="btn btn-sm" name="go" value="outcome">この結果を記録する</button></div>
            </Form>
          </details>
        </>
      )}
      {letter && <div className="acts"><Link className="btn btn-sm" to={`/people/${engagementId}/departure/letter`}>義務が続くことの通知文を作る</Link></div>}
    </section>
  )
}
