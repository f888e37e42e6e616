import { describe, expect, it } from 'vitest'
import { DEMO_SIGN_INS, type DemoRole } from '../../app/demo/company'
import { LEARNERS, troublesOf } from '../support/pages'
import { journeyScene } from '../support/site'

const scene = journeyScene()

describe('pages as those who answer for others see them', () => {
  it.each((Object.keys(DEMO_SIGN_INS) as DemoRole[]).filter((role) => !LEARNERS.includes(role)))('are sound for %s', async (role) => expect(await troublesOf(scene, role)).toEqual([]))
})
