import { Link } from '@remix-run/react'
import type { EditorsQuestion } from '../domain/quiz'
import { Provisions } from './source-line'
import { Status } from './status'

const KINDS = { single: '1つ選ぶ', multiple: 'すべて選ぶ', truefalse: '正しいか', order: '順に並べる' } as const

/** The questions of a bank with their keys and reasons, for whoever edits them. */
export function EditorsQuestions({ questions, hasRuby, sectionPath }: { questions: readonly EditorsQuestion[]; hasRuby: boolean; sectionPath: (section: string) => string }) {
  return (
    <div className={hasRuby ? 'prose ruby' : 'prose'}>
      {questions.map((question) => (
        <section key={question.id} id={question.id} className="asked-one">
          <h2>{question.id}</h2>
          <p className="sml mut" lang="ja">{[question.topic, KINDS[question.kind], question.situational && '場面', question.reportFirst && 'まず報告', `難しさ ${question.difficulty}`].filter(Boolean).join('・')}</p>
          <div dangerouslySetInnerHTML={{ __html: question.html }} />
          {question.kind === 'order' ? (
            <ol>{question.options.map(({ html }, at) => <li key={at} dangerouslySetInnerHTML={{ __html: html }} />)}</ol>
          ) : (
            <ul>
              {question.options.map(({ html, isKey, why }, at) => (
                <li key={at}>
                  <span dangerouslySetInnerHTML={{ __html: html }} />　<Status mark={isKey ? 'done' : 'none'}>{isKey ? '正答' : '誤答'}</Status>
                  {why !== '' && <span className="sml block" dangerouslySetInnerHTML={{ __html: why }} />}
                </li>
              ))}
            </ul>
          )}
          <p className="sml"><b lang="ja">解説　</b><span dangerouslySetInnerHTML={{ __html: question.explanation }} /></p>
          <p className="sml mut" lang="ja">教える節：<Link to={sectionPath(question.section)}>{question.section}</Link>　根拠：{question.laws.join('、')}　条項：<Provisions ids={question.provisions} /></p>
        </section>
      ))}
    </div>
  )
}
