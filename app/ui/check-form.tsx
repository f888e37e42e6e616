import { ANSWERS, MOST_REMARK, type Answer, type FilingFault } from '../domain/filing'
import { MOST_SCAN_MB } from '../domain/scan'
import { FindingLine } from './check-items'
import type { Mark } from './status'

/** One item to answer, as the page has it. */
export interface CheckItem {
  id: string
  number: string
  text: string
  how: string
  always: boolean
  answer: Answer | null
  remark: string
  improveBy: string
  reason: string
  files: readonly { id: string; name: string; size: number }[]
  fault: FilingFault | null
  /** What was answered the time before, and what became of it. */
  before: { answer: Answer; remark: string; text: string; finding: { id: string; mark: Mark; words: string } | null } | null
}

/** What is missing of an item, in words. */
export const FAULT_WORDS: Readonly<Record<FilingFault, string>> = {
  unanswered: '答えを選んでください。', alwaysApplies: 'この項目は、どの会社・部署にも当てはまります。「該当なし」のほかから選んでください。', remarkMissing: '備考に、様子を書いてください。', dayMissing: 'いつまでに直すかを入れてください。', dayPast: '直す予定の日が過ぎています。今日より後の日にするか、直したなら「実施」にしてください。',
}

const sizeWords = (bytes: number) => (bytes >= 1_048_576 ? `${(bytes / 1_048_576).toFixed(1)}MB` : `${Math.max(1, Math.round(bytes / 1024))}KB`)

/** One item: what is asked, how to find out, the four answers, and what goes with them. */
export function CheckItemFields({ item, today, attachments, earlier, showFault }: { item: CheckItem; today: string; attachments: boolean; earlier: string; showFault: boolean }) {
  const { id } = item
  const fault = showFault ? item.fault : null
  return (
    <fieldset className="choices check mt-8" id={`f-${id}`} aria-describedby={[item.how && `how-${id}`, item.before && `before-${id}`, item.reason && `back-${id}`, fault && `err-${id}`].filter(Boolean).join(' ') || undefined}>
      <legend>{item.number}　{item.text}</legend>
      {item.how && <p className="hint" id={`how-${id}`}>確かめ方：{item.how}</p>}
      {item.before && (
        <p className="sml mut" id={`before-${id}`}>
          {earlier}の答え：{ANSWERS[item.before.answer]}{item.before.remark && `。${item.before.remark}`}{item.before.text !== item.text && '(項目の文が、いまと違います)'}
          {item.before.finding && <FindingLine finding={item.before.finding} />}
        </p>
      )}
      {item.reason && <p className="err" id={`back-${id}`}>差し戻しの理由：{item.reason}</p>}
      {fault && <span className="err" id={`err-${id}`}>{FAULT_WORDS[fault]}</span>}
      <div className="grid grid-cols-2 border-t border-solid border-line md:grid-cols-4 mt-2">
        {(Object.keys(ANSWERS) as Answer[]).filter((answer) => answer !== 'none' || !item.always || item.answer === 'none').map((answer) => (
          <label key={answer} className="pick"><input type="radio" name={`answer.${id}`} value={answer} defaultChecked={item.answer === answer} /><span>{ANSWERS[answer]}</span></label>
        ))}
      </div>
      <details className="more check-fold" open={item.remark !== '' || item.improveBy !== '' || item.files.length > 0 || fault !== null ? true : undefined}>
        <summary>{attachments ? `備考・添付${item.files.length > 0 ? ` ${item.files.length}件` : ''}` : '備考'}</summary>
        <div>
          <label className="label" htmlFor={`remark-${id}`}>備考 <span className="opt">「実施」のときは、なくてもかまいません</span></label>
          <textarea className="in min-h-20" id={`remark-${id}`} name={`remark.${id}`} rows={2} maxLength={MOST_REMARK} defaultValue={item.remark} />
          <div className="check-day mt-3">
            <label className="label" htmlFor={`improve-${id}`}>いつまでに直すか <span className="opt">「一部」「未実施」のとき</span></label>
            <input className="in in-s" type="date" id={`improve-${id}`} name={`improve.${id}`} min={today} defaultValue={item.improveBy} />
          </div>
          {attachments && (
            <div className="mt-3">
              {item.files.map((file) => <label key={file.id} className="pick"><input type="checkbox" name="removed" value={file.id} /><span>添付 {file.name}({sizeWords(file.size)})を外す</span></label>)}
              <label className="label mt-2" htmlFor={`file-${id}`}>ファイルを添える <span className="opt">なくてもかまいません</span></label>
              <span className="hint" id={`file-${id}-hint`}>PDF、JPEG、PNG。1つ{MOST_SCAN_MB}MBまで。お客様の情報や個人番号が写っていないか、送る前に確かめてください。</span>
              <input className="in" type="file" id={`file-${id}`} name={`file.${id}`} accept="application/pdf,image/jpeg,image/png" aria-describedby={`file-${id}-hint`} />
            </div>
          )}
        </div>
      </details>
    </fieldset>
  )
}
