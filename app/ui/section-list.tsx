import { Link } from '@remix-run/react'

export interface SectionEntry {
  title: string
  /** Shown and recorded; open to be read; still ahead. */
  state: 'read' | 'open' | 'ahead'
}

/** Where of how many, and the list of sections: what was shown is a link, what lies ahead is not. */
export function SectionList({ lesson }: { lesson: { assignmentId: string; page: number; title: string; sections: readonly SectionEntry[]; left: number; settled: boolean; completed: boolean; quiz: { draw: number; minutes: number; open: boolean }; aid: boolean } }) {
  const { sections, page, quiz } = lesson
  const read = sections.filter(({ state }) => state === 'read').length
  const test = `確認テスト(${quiz.draw}問・約${quiz.minutes}分)`
  return (
    <nav aria-label="この教材の節" className="noprint">
      <p className="sml mut">{lesson.title}</p>
      <div className="steps mt-2 mb-4">
        <div><span><b>{sections.length}節のうち{page}節目</b></span><span>{lesson.settled ? (lesson.completed ? '修了しました' : '受講は要りません') : `残り 約${lesson.left}分`}</span></div>
        <progress value={read} max={sections.length} aria-label="表示した節">{read}/{sections.length}</progress>
      </div>
      <details className="more toc-fold">
        <summary>節の一覧</summary>
        <ol className="toc">
          {sections.map(({ title, state }, at) => (
            <li key={at}>
              {at + 1 === page ? (
                <span className="cur" aria-current="step"><span>{at + 1}</span><span>{title}</span></span>
              ) : state === 'ahead' ? (
                <span className="ahead"><span>{at + 1}</span><span>{title}</span></span>
              ) : (
                <Link to={`/learn/${lesson.assignmentId}/pages/${at + 1}`}>
                  <span className={state === 'read' ? 'read' : undefined}>{state === 'read' ? '●' : at + 1}</span>
                  <span>{title}{state === 'read' && <span className="sr-only">(表示済み)</span>}</span>
                </Link>
              )}
            </li>
          ))}
          <li>
            {quiz.open && !lesson.settled ? <Link to={`/learn/${lesson.assignmentId}/test`}><span>―</span><span>{test}</span></Link> : <span className="ahead"><span>―</span><span>{test}</span></span>}
          </li>
        </ol>
      </details>
      {lesson.aid && <p className="sml mt-2"><Link to={`/learn/${lesson.assignmentId}/aid`}>手元に置く1枚(印刷用)</Link></p>}
    </nav>
  )
}
