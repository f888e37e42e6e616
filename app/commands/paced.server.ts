import type { Steps } from '../domain/steps'

/** So long a computation may keep everybody else waiting. */
const LONGEST_MS = 25

/** Lets whoever waits have a turn: requests, timers, other imports. */
export const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Takes the steps of a long computation, and lets others have their turn in between. */
export async function paced<T>(steps: Steps<T>): Promise<T> {
  for (let began = performance.now(); ; ) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - began < LONGEST_MS) continue
    await breathe()
    began = performance.now()
  }
}
