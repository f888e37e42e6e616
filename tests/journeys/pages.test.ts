import { describe, expect, it } from 'vitest'
import { LEARNERS, troublesOf, OPEN_PAGES, walk } from '../support/pages'
import { journeyScene, personAt } from '../support/site'

const scene = journeyScene()

describe('pages as learners see them', () => {
  it('are sound before signing in', async () => {
    const { page, context } = await personAt(scene)
    expect((await walk(page, OPEN_PAGES)).troubles).toEqual([])
    await context.close()
  })

  it.each(LEARNERS)('are sound for %s', async (role) => expect(await troublesOf(scene, role)).toEqual([]))
})
