import { expect, it } from 'vitest'
import { draftImport } from '../../app/commands/draft-import.server'
import { breathe, paced } from '../../app/commands/paced.server'
import { finished, type Steps } from '../../app/domain/steps'
import { onBothEngines } from '../support/database'
import { bytesOf, rosterCsv } from '../support/roster'
import { World } from '../support/world'

/** Counts how often others have had a turn while some work was done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let working = true
  const others = (async () => {
    for (; working; turns++) await breathe()
  })()
  await work().finally(() => (working = false))
  await others
  return turns
}

function* counting(steps: number): Steps<number> {
  let sum = 0
  for (let at = 0; at < steps; at++) {
    for (const until = performance.now() + 5; performance.now() < until; ) sum += 0
    sum += at
    yield
  }
  return sum
}

it('a long computation answers the same in steps, and lets others have their turn', async () => {
  expect(await paced(counting(30))).toBe(finished(counting(30)))
  expect(await turnsDuring(() => paced(counting(60)))).toBeGreaterThanOrEqual(3)
})

onBothEngines('reading a roster in the browser', (engine) => {
  it('holds nobody up', async () => {
    const world = await World.make(engine)
    const hr = await world.contextOf(await world.addPerson({ number: 'HR', role: 'hr' }))
    const turns = await turnsDuring(() => draftImport(hr, { files: { roster: bytesOf(rosterCsv(3_000)) }, fileName: 'r.csv', scope: null }))
    expect(turns, 'ten portions of the plan alone, and reading and comparing beside').toBeGreaterThanOrEqual(12)
  })
})
