import { Form, Link } from '@remix-run/react'
import { ASKED_AS, type ApprovalKind, type ApprovalOutcome, type AskedAs } from '../domain/approval'
import type { Relation } from '../domain/people'
import type { Standing } from '../domain/standing'
import { ApprovalState, EXCEPTION_WORDS } from './approval'
import { Facts, Who } from './facts'
import { words, type MessageCode } from './messages'
import { Notice } from './notice'
import { PageHead } from './page-head'
import { StandingStatus } from './standing'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

export interface ViewedApproval {
  id: string
  kind: ApprovalKind
  heading: string
  sent: string | null
  together: number
  title: string
  period: string
  dueOn: string
  relation: Relation
  standing: Standing
  person: { name: string; number: string; employed: string; unit: string }
  reason: string
  note: string
  wished: string
  done: { on: string; minutes: number; version: string; name: string } | null
  hasScan: boolean
  asked: { as: AskedAs; by: string; at: string }
  outcome: ApprovalOutcome | null
  decided: { by: string; at: string; words: string } | null
  voided: { at: string; words: string } | null
  effect: string
  wishedDueOn: string | null
  days: { from: string; to: string }
  people: readonly { id: string; name: string; number: string; employed: string; dueOn: string; outcome: ApprovalOutcome | null; relation: Relation; standing: Standing }[]
  exceptions: readonly { id: string; at: string; kind: string; title: string; period: string; dueOn: string | null }[]
  mayDecide: boolean
  why: string | null
  mayVoid: boolean
  /** What was typed in a form that was refused. */
  given: Readonly<Record<string, unknown>>
}

const SENT: Readonly<Record<string, string>> = { accept: '承認しました', return: '差し戻しました', void: '承認を取り消しました' }

/** One request: the facts, what accepting does, and the forms of whoever decides. */
export function ApprovalView(page: ViewedApproval) {
  const { person, done, asked, decided, given } = page
  const class_ = page.together > 1
  return (
    <>
      {page.sent !== null && SENT[page.sent] && <Notice kind="ok" title={SENT[page.sent]!}><p>{page.sent === 'void' ? '研修・誓約は、また「これからすること」に戻りました。前の承認と記録は、履歴に残っています。' : '申請した人の画面に、結果とあなたの言葉を表示します。'}</p></Notice>}
      <PageHead back={{ to: `/approvals?view=${page.outcome === null ? 'waiting' : 'decided'}`, label: '申請' }} title={page.heading} lead={class_ ? `集合研修に出た ${page.together}人` : [person.name, person.number, person.employed, person.unit].filter(Boolean).join('・')} />
      <div className="cols">
        <div>
          <section className="sec"><h2>申請の内容</h2>
            <Facts facts={[
              ['状態', <ApprovalState key="s" outcome={page.outcome} voided={page.voided !== null} />],
              ['対象', <>{page.title}　<span className="mut">{page.period}</span></>],
              ['期限', !class_ && <>{page.dueOn}　<StandingStatus standing={page.standing} relation={page.relation} /></>],
              ['希望', !done && page.wished], ['理由', page.reason], ['説明', page.note],
              [page.kind === 'paperPledge' ? '署名した日' : '実施した日', done?.on], ['時間', done && done.minutes > 0 && `${done.minutes}分`], ['版', done && (done.version === '' ? '不明(古い誓約書)' : `第${done.version}版`)], ['紙の氏名', done?.name],
              ['控え', page.hasScan && <Form method="post" action={`/approvals/${page.id}/scan`} reloadDocument><button className="ask">控えのファイルを受け取る</button></Form>],
              ['申請した人', `${ASKED_AS[asked.as]}　${asked.by}　${asked.at}`],
              ['決めた人', decided && page.outcome !== 'withdrawn' && `${decided.by}　${decided.at}`], ['決めた人の言葉', decided?.words], ['取消し', page.voided && `${page.voided.at}　${page.voided.words}`],
            ]} />
          </section>
          {class_ && <Attendees people={page.people} />}
          {!class_ && (
            <section className="sec"><h2>これまでの猶予・免除など</h2>
              {page.exceptions.length === 0 ? <p>この方には、まだありません。</p> : <ul>{page.exceptions.map((one) => <li key={one.id} className="mt-2">{one.at}　<b>{EXCEPTION_WORDS[one.kind]}</b>　{one.title}({one.period}){one.dueOn !== null && `　期限 ${one.dueOn}`}</li>)}</ul>}
              <p className="sml mut mt-3">テストの答えと、配慮のくわしい事情は、この画面には出ません。</p>
            </section>
          )}
        </div>
        <aside aria-label="この申請を決める">
          {page.why !== null && <Notice kind="info" title={words(page.why as MessageCode).title}><p>{words(page.why as MessageCode).body.replace('何も変わっていません。', '')}</p></Notice>}
          {page.mayDecide && (
            <section className="sec"><h2>決める</h2>
              <p className="sml">承認すると、{page.effect}</p>
              <Form method="post" className="mt-5">
                {page.kind === 'defer' && (
                  <div className="field"><label className="label" htmlFor="dueOn">新しい期限</label><span className="hint" id="dueOn-hint">希望と違う日にもできます。休みの日は、次の営業日になります。</span>
                    <input className="in" type="date" id="dueOn" name="dueOn" defaultValue={typeof given.dueOn === 'string' ? given.dueOn : (page.wishedDueOn ?? '')} min={page.days.from} max={page.days.to} aria-describedby="dueOn-hint" />
                  </div>
                )}
                <div className="field"><label className="label" htmlFor="words">申請した人への言葉</label><span className="hint" id="words-hint">返すときは必ず書きます。{page.relation !== 'contract' && '本人も「わたしの記録」で読めます。'}</span>
                  <textarea className="in min-h-20" id="words" name="words" maxLength={500} defaultValue={typeof given.words === 'string' ? given.words : ''} aria-describedby="words-hint" />
                </div>
                <div className="acts"><button className="btn btn-main" name="go" value="accept">{class_ ? `${page.people.filter(({ outcome }) => outcome === null).length}人分を承認する` : '承認する'}</button><button className="btn" name="go" value="return">返す</button></div>
              </Form>
            </section>
          )}
          {page.mayVoid && (
            <details className="more"><summary>{class_ ? `${person.name}(${person.number}・${person.employed})の承認を取り消す` : '承認を取り消す'}</summary>
              <Form method="post">
                <p className="sml">誤って承認したときに使います。研修・誓約は、また「これからすること」に戻ります。承認の記録は消えません。</p>
                <div className="field mt-3"><label className="label" htmlFor="void-words">理由<span className="need">必須</span></label><textarea className="in min-h-20" id="void-words" name="words" maxLength={500} required defaultValue={given.go === 'void' && typeof given.words === 'string' ? given.words : ''} /></div>
                <div className="acts"><button className="btn btn-sm" name="go" value="void">この承認を取り消す</button></div>
              </Form>
            </details>
          )}
        </aside>
      </div>
    </>
  )
}

function Attendees({ people }: { people: ViewedApproval['people'] }) {
  return (
    <section className="sec"><h2>出席した人 {people.length}人</h2>
      <Table>
        <caption>まとめて決めます。先に終えていた人は、承認しても変わりません。</caption>
        <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>いまの状態</ColumnHead><ColumnHead>申請</ColumnHead></Row></Head>
        <Body>{people.map((one) => <Row key={one.id}><RowHead><Who name={one.name} number={one.number} kind={one.employed}><Link className="who" to={`/approvals/${one.id}`}>{one.name}</Link></Who></RowHead><Cell label="期限">{one.dueOn}</Cell><Cell label="状態"><StandingStatus standing={one.standing} relation={one.relation} /></Cell><Cell label="申請"><ApprovalState outcome={one.outcome} /></Cell></Row>)}</Body>
      </Table>
    </section>
  )
}
