import { Link } from '@remix-run/react'
import { quoted } from '../domain/duty-words'
import type { Explained } from '../domain/explained'
import { Facts } from './facts'
import { Page } from './page-head'
import type { ReadingChoice } from '../domain/tracks'
import { ReadingForm } from './reading'
import { Status } from './status'
import type { TaskView } from './task'

interface Head {
  /** Whose result it is, for paper. */
  owner: string
  /** A minor's night: nothing to study is open. */
  night: boolean
  counsel: string
  title: string
  ordinal: number
  total: number
  score: number
  needed: number
  assignmentId: string
}

/** Who sees scores: true of every screen there is; the manual and the notice of purposes say the same. */
export const SCORES_ARE_YOURS = '点数と答えを見られるのは、あなただけです。ほかの人の画面には「受講中」「修了」などの状態だけが出ます。'

interface FailedResult extends Head {
  settled: boolean
  wait: number
  max: number
  next: { is: 'open' } | { is: 'never' } | { is: 'at'; at: number; words: string; night: boolean }
  /** Within a fifth of the pass mark. */
  near: boolean
  sections: readonly { title: string; right: number; asked: number; page: number; minutes: number }[]
  /** Topics with a wrong answer beyond those sections. */
  others: readonly string[]
}

/** Not passed yet: what to read again first, when the next attempt opens, who sees the score. */
export function Failed({ result }: { result: FailedResult }) {
  const { sections, next, assignmentId, night } = result
  return (
    <Page width="wrap-narrow" printed={`${result.title}　確認テスト ${result.ordinal}回目　${result.owner}`}>
      <div className="head">
        <p className="sml mut">{result.title}　確認テスト {result.ordinal}回目</p>
        <h1>{result.near ? 'もう少しです' : `合格まで、あと${result.needed - result.score}問でした`}</h1>
        <p className="lead">{result.total}問中<b>{result.score}問</b>が正解でした。合格は{result.needed}問以上です。{sections.length > 0 && `まず、次の${sections.length}つを読み直してください。`}</p>
      </div>
      <p className="mb-2"><Status mark="fail">{next.is === 'never' || result.settled ? '不合格' : '不合格(もう一度受けられます)'}</Status></p>
      <ul className="tasks border-t-3 border-solid border-ink">
        {sections.map(({ title, right, asked, page, minutes }, at) => (
          <li className="task" key={page}>
            <h2 className="task-name">{title}</h2>
            <p className="task-meta sml"><span>{asked}問中{right}問正解</span><span>{page}節 約{minutes}分</span></p>
            {!night && <Link className={at === 0 ? 'btn btn-main' : 'btn'} to={`/learn/${assignmentId}/pages/${page}`} aria-label={`${title} を読み直す`}>読み直す</Link>}
          </li>
        ))}
      </ul>
      {result.others.length > 0 && <p className="sml mt-4">ほかに間違えたところ：{result.others.join('、')}</p>}
      {!result.settled && (
        <section className="sec">
          <h2>もう一度受ける</h2>
          <NextAttempt result={result} />
          <p className="mt-3"><Link to="/">いま、やること へ戻る</Link></p>
        </section>
      )}
      <p className="src">{SCORES_ARE_YOURS}読み上げや時間の延長が必要な方は <Link to="/help/contact">{result.counsel}</Link></p>
    </Page>
  )
}

function NextAttempt({ result: { next, wait, max, assignmentId, counsel } }: { result: FailedResult }) {
  const rules = `${max > 0 ? `回数は${max}回までです。` : '回数の上限はありません。'}問題は、できるだけ前回と別のものが出ます。`
  if (next.is === 'never') return <p>受けられる回数({max}回)を使い切りました。別の方法を用意できることがあります。<Link to="/help/contact">{counsel}</Link></p>
  if (next.is === 'at') return <p>次は <time dateTime={new Date(next.at).toISOString()}>{next.words}</time> から受けられます({next.night ? '18歳未満の方は、22時から翌5時まで受けられません' : `読み直しの時間として${wait}分あけています`})。{rules}</p>
  return (
    <>
      <p>いつでも受けられます。{rules}</p>
      <div className="acts"><Link className="btn" to={`/learn/${assignmentId}/test`}>もう一度受ける</Link></div>
    </>
  )
}

interface PassedResult extends Head {
  mark: 'done' | 'donelate' | null
  minutes: number | null
  completedAt: string | null
  version: string
  next: TaskView | null
  items: readonly Explained[]
  reading: ReadingChoice
  /** Whether there is a page to print and keep. */
  aid: boolean
}

const SHOWN_AT_ONCE = 3

/** Passed: the facts of the completion, what is next, and every explanation with its source, wrong answers first. */
export function Passed({ result }: { result: PassedResult }) {
  const { next, items, assignmentId } = result
  const wrong = items.filter(({ correct }) => !correct).length
  const first = Math.max(wrong, SHOWN_AT_ONCE)
  const list = (some: readonly Explained[]) => (
    <ol className={`list-none p-0 ${result.reading.furigana && result.reading.track !== 'en' ? 'leading-[2.15]' : ''}`}>{some.map((item) => <ExplanationItem key={item.position} item={item} assignmentId={assignmentId} />)}</ol>
  )
  return (
    <Page width="wrap-narrow" printed={`${result.title}　確認テスト ${result.ordinal}回目　${result.owner}`}>
      <div className="head">
        <p className="sml mut">{result.title}　確認テスト {result.ordinal}回目</p>
        <h1>合格しました</h1>
        <p className="lead">{result.total}問中<b>{result.score}問</b>が正解でした。{result.mark && 'この教材は修了です。'}</p>
      </div>
      <Facts facts={[
        ['状態', result.mark && <Status mark={result.mark}>{result.mark === 'done' ? '修了(期限内)' : '期限後に修了'}</Status>],
        ['修了日時', result.completedAt],
        ['学習時間', result.minutes !== null && <>{result.minutes === 0 ? '1分未満' : `${result.minutes}分`}(勤務時間として記録しました)　<Link className="noprint" to={`/records/correction?subject=minutes&assignment=${assignmentId}`}>違うときは申し出る</Link></>],
        ['教材の版', result.version],
      ]} />
      <div className="acts">
        {next?.action ? <Link className="btn btn-main" to={next.action.to}>次へ：{next.title}({next.minutes})</Link> : <Link className="btn btn-main" to="/">いま、やること へ</Link>}
        {result.aid && <Link className="btn btn-text" to={`/learn/${assignmentId}/aid`}>手元に置く1枚を印刷する</Link>}
        <Link className="btn btn-text" to="/records">わたしの記録を見る</Link>
      </div>
      <section className="sec">
        <h2>全問の解説</h2>
        {!result.night && <div className="noprint"><ReadingForm reading={result.reading} /></div>}
        {result.night && <p>18歳未満の方は、22時から翌5時まで解説を読めません。5時から、この画面で読めます。</p>}
        {wrong > 0 && <p className="mut sml">間違えた問題を先に並べています。</p>}
        {list(items.slice(0, first))}
        {items.length > first && (
          <details className="more border-t border-solid border-line mt-6">
            <summary className="noprint">残り{items.length - first}問の解説を見る</summary>
            {list(items.slice(first))}
          </details>
        )}
      </section>
    </Page>
  )
}

function ExplanationItem({ item, assignmentId }: { item: Explained; assignmentId: string }) {
  return (
    <li className="sec-sub break-inside-avoid">
      <p className="sml"><Status mark={item.correct ? 'done' : 'fail'}>{item.correct ? '正解' : '不正解'}</Status><span className="mut">　{item.position}問目</span></p>
      {item.scene && <div dangerouslySetInnerHTML={{ __html: item.scene }} />}
      <h3 dangerouslySetInnerHTML={{ __html: item.text }} />
      <p className="sml"><span className="mut">あなたの答え：</span>{item.answer || '答えていません'}</p>
      {item.why && <p className="sml" dangerouslySetInnerHTML={{ __html: item.why }} />}
      {item.right && <p className="sml"><span className="mut">正しい答え：</span>{item.right}</p>}
      <div className="mt-1.5" dangerouslySetInnerHTML={{ __html: item.explanation }} />
      <p className="sml mut mt-1.5">根拠：{item.source}　／　<Link to={`/learn/${assignmentId}/pages/${item.section.page}`}>{item.section.page}節{quoted(item.section.title)}</Link></p>
    </li>
  )
}
