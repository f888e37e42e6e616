import { addBusinessDays, isBusinessDay, rollForward, addDays, type Day, type WorkCalendar } from './calendar'

/** The work calendar with its answers kept: planning asks the same few days ten thousand times. */
export class Workdays {
  readonly #kept = new Map<string, Day>()
  constructor(readonly calendar: WorkCalendar) {}

  /** The N-th business day after a day; for 0 the day itself, rolled forward (domain.md L34, A26). */
  after(day: Day, count: number): Day {
    return this.#keep(`${day}+${count}`, () => rollForward(addBusinessDays(day, count, this.calendar), this.calendar))
  }

  /** The day itself when it is a business day, else the one before: what must be done before somebody leaves. */
  before(day: Day): Day {
    return this.#keep(`${day}-`, () => {
      let at = day
      while (!isBusinessDay(at, this.calendar)) at = addDays(at, -1)
      return at
    })
  }

  #keep(key: string, compute: () => Day): Day {
    let day = this.#kept.get(key)
    if (day === undefined) this.#kept.set(key, (day = compute()))
    return day
  }
}
