import type { RosterReport } from '../domain/roster-report'
import { Notice } from './notice'

/** Asks whether new numbers have lost their zeros: shorter than every number of their company. `mend` says what to do then. */
export function ShortNumbers({ short: { count, some }, mend }: { short: NonNullable<RosterReport['shortNumbers']>; mend: string }) {
  return (
    <Notice kind="warn" title="番号の先頭の0が消えていないか、確かめてください">
      <p>新しい人の番号 {some.join('、')}{count > some.length && ` など${count}人分`} は、同じ会社に登録されている、どの番号よりも短い番号です。{mend}</p>
    </Notice>
  )
}
