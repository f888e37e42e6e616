/** A long computation in steps: it may be left between two of them and gone on with. What it answers is the same either way. */
export type Steps<T> = Generator<void, T>

/** How many rows make one step: a few milliseconds. */
export const ROWS_IN_STEP = 250

/** Takes all steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
