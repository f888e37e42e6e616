import { describe, expect, it } from 'vitest'
import { wordsRefused } from '../../app/content/check-pledge.server'
import { testLibrary } from '../support/world'

const says = (relation: Parameters<typeof wordsRefused>[0]['relation'], occasion: Parameters<typeof wordsRefused>[0]['occasion'], line: string) => wordsRefused({ relation, occasion }, line).join()

describe('the words of a pledge', () => {
  it.each(['懲戒の対象です。', '解雇します。', '契約解除します。', '損害の責任です。', '賠償します。', 'You will pay damages.', 'We may terminate it.'])('hold no threat to those whom others employ: %s', (line) => {
    for (const relation of ['dispatched', 'contractor', 'sole'] as const) for (const occasion of ['entry', 'scope', 'yearly', 'departure'] as const) expect(says(relation, occasion, line)).toMatch(/この誓約書に、懲戒/)
    expect(says('employment', 'entry', line)).toBe('')
  })

  it.each(['10万円を払います。', '三百円です。', '¥5000です。', 'I pay 100 yen.'])('never fix an amount: %s', (line) => {
    for (const relation of ['employment', 'mandate', 'dispatched', 'contractor', 'sole'] as const) expect(says(relation, 'entry', line)).toMatch(/金額/)
  })

  it('at the end neither forbid competition nor touch pay, but to say that there is no link', () => {
    expect(says('employment', 'departure', '競業しません。')).toMatch(/次の仕事/)
    expect(says('employment', 'departure', 'I will not compete.')).toMatch(/次の仕事/)
    expect(says('employment', 'departure', '署名は退職金の条件です。')).toMatch(/影響しません/)
    expect(says('employment', 'departure', '給与は後で払います。署名の有無は、給与に影響しません。')).toMatch(/影響しません/)
    expect(says('employment', 'departure', 'My retirement allowance depends on it.')).toMatch(/影響しません/)
    expect(says('employment', 'departure', '署名の有無は、給与、退職金、離職票に影響しません。この書面の控えや給与の明細は別です。')).toBe('')
    expect(says('employment', 'departure', 'Whether I sign has no effect on my pay. My pay slips are my own.')).toBe('')
    expect(says('employment', 'entry', '給与の明細と退職金の話です。')).toBe('')
  })
})

describe('the pledges of the product', () => {
  // product.test.ts holds every fault of the whole folder to be none
  const { folder } = testLibrary()
  it('are there for each relation and occasion, in every track', () => {
    const pledges = folder.versions.flatMap(({ version }) => (version.kind === 'pledge' ? [version] : []))
    for (const pledge of pledges) expect([pledge.meta.slug, ...pledge.tracks]).toEqual([pledge.meta.slug, 'ja', 'ja-easy', 'en'])
    const nature = pledges.map(({ meta }) => `${meta.occasion} ${meta.relation} ${meta.addressee}`).sort()
    expect(new Set(nature).size).toBe(nature.length)
    const expected = ['entry', 'scope', 'yearly', 'departure'].flatMap((occasion) => ['employment operator', 'mandate operator', 'dispatched employer', 'contractor employer', 'sole operator'].map((to) => `${occasion} ${to}`))
    expect(nature).toEqual([...expected, 'entry dispatched operator'].sort())
  })

  it('say at the end that signing is free and has no link to pay', () => {
    for (const { version, tracks } of folder.versions)
      if (version.kind === 'pledge' && version.meta.occasion === 'departure') for (const track of tracks.values()) expect(track.cautions[0]!.replace(/ /g, '')).toMatch(/影響しません|noeffecton/)
  })
})
