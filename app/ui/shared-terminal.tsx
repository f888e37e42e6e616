import { spanWords } from '../domain/calendar'
import { IDLE_WARNING_MS, SESSION_LIMITS } from '../domain/session'

/** 「共用の端末」, at the doors where somebody signs in: a shorter session, said beforehand. */
export function SharedTerminalBox({ given }: { given: unknown }) {
  return (
    <label className="pick max-w-120 mt-6 border-t border-solid border-line">
      <input type="checkbox" name="shared" defaultChecked={given === 'on'} />
      <span className="font-bold">店舗などの共用端末を使っている<br /><small className="mut font-normal">{spanWords(SESSION_LIMITS.shared.idleMs)}間操作がないと、自動でサインアウトします。その{spanWords(IDLE_WARNING_MS)}前にお知らせします。</small></span>
    </label>
  )
}
