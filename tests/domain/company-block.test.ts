import { describe, expect, it } from 'vitest'
import { startOf } from '../../app/domain/calendar'
import { companyLines } from '../../app/domain/company-block'
import type { Bucket } from '../../app/domain/line'

const TODAY = '2026-11-20'
const CONTACT = { name: '小野寺 仁', number: 'C-0001', kind: 'contractorWorker' as const }
const at = (bucket: Bucket, nextDue = '9999-12-31') => ({ bucket, nextDue })
const company = (companyId: string, over: Partial<Parameters<typeof companyLines>[0][number]> = {}) => ({ companyId, name: companyId, kind: 'contractor' as const, parentId: null, contractNumber: null, places: [], reportedAt: null, contact: null, ...over })

describe('the companies at work in a line', () => {
  it('have figures as §5.10 counts, the earliest due day, and one button where somebody answers', () => {
    const [one] = companyLines([company('A', { contact: CONTACT, reportedAt: startOf('2026-11-18'), places: [at('done'), at('doneLate'), at('todo', '2026-11-24'), at('doing', '2026-11-13'), at('leave'), at('none'), at('before', '2026-12-01')] })], TODAY)
    expect(one).toMatchObject({ counted: 4, done: 2, late: 1, due: '2026-11-13', reportedOn: '2026-11-18', contact: { ...CONTACT, above: false }, mayAsk: true, depth: 0 })
  })

  it('stand below the one they work for, which answers and reports for them where they have nobody', () => {
    const lines = companyLines([company('B', { parentId: 'A', places: [at('todo', '2026-11-24')] }), company('A', { contact: CONTACT, reportedAt: startOf('2026-11-18'), places: [at('done')] })], TODAY)
    expect(lines.map(({ companyId, depth, mayAsk, contact, reportedOn }) => ({ companyId, depth, mayAsk, contact, reportedOn }))).toEqual([
      { companyId: 'A', depth: 0, mayAsk: false, contact: { ...CONTACT, above: false }, reportedOn: '2026-11-18' },
      { companyId: 'B', depth: 1, mayAsk: true, contact: { ...CONTACT, above: true }, reportedOn: '2026-11-18' },
    ])
  })

  it('are left out without people in the line, and not asked where nobody answers', () => {
    expect(companyLines([company('A', { contact: CONTACT }), company('B', { places: [at('todo', TODAY)] })], TODAY)).toMatchObject([{ companyId: 'B', contact: null, mayAsk: false, late: 0, due: TODAY }])
  })
})
