import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, isBusinessDay, isNightForMinors, OPEN_INSTANT, startOf, type WorkCalendar } from '../../app/domain/calendar'
import { ENGAGEMENT_KINDS, relationOf, type EngagementKind } from '../../app/domain/people'
import { addresseeFor, decideReopening, dueAfterAnswer, effectOfNotSigning, faultsInSigning, firstPageToRead, isClosedToSigning, isHeardByOperator, LEAST_DAYS_AFTER_ANSWER, NOT_SIGNING, receiptNumber, refusalToRead, refusalToSign, templateFits, type NotSigning, type PageState } from '../../app/domain/pledge'
import { articleNumber, textBlocksOf } from '../../app/domain/pledge-text'
import { inTiers } from '../../app/domain/tiers'

const NOON = startOf('2026-11-20') + 12 * 3_600_000
const template = (kinds: EngagementKind[], addressee: 'operator' | 'employer') => ({ kinds, addressee, relation: 'employment' as const, occasion: 'entry' as const, keyClauses: [{ clause: 'CL02' }, { clause: 'CL03' }, { clause: 'CL13' }] })
const kind = fc.constantFrom(...(Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]))
const hash = fc.constantFrom('a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64))
const page = fc.record({ page: fc.constantFrom('p1', 'p2', 'p3'), hashes: fc.constant(['a'.repeat(64), 'b'.repeat(64)]), shown: fc.option(fc.record({ sha256: hash, at: fc.integer({ min: 0, max: NOON }) })) })
const all: PageState[] = ['p1', 'p2', 'p3'].map((id) => ({ page: id, hashes: ['a'.repeat(64)], shown: { sha256: 'a'.repeat(64), at: 1 } }))
const right = { reader: { kind: 'regular' as const, under18Until: '' as const }, settled: false, pages: all }

describe('who may read and sign', () => {
  it('never gives a worker of another employer a text towards the operator, nor the other way round', () => {
    fc.assert(fc.property(kind, fc.uniqueArray(kind, { minLength: 1 }), fc.constantFrom('operator', 'employer') as fc.Arbitrary<'operator' | 'employer'>, (one, kinds, addressee) => {
      const fits = templateFits(template(kinds, addressee), one)
      expect(fits).toBe(kinds.includes(one) && addressee === addresseeFor(relationOf(one)))
      if (fits && ['dispatched', 'contractorWorker'].includes(one)) expect(addressee).toBe('employer')
      if (!fits) expect(refusalToRead(template(kinds, addressee), { kind: one, under18Until: '' }, NOON)).toEqual({ refused: 'templateNotForYou' })
    }))
  })

  it('keeps minors, and only them, from the night, up to and on the last day', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 24 * 60 - 1 }), fc.constantFrom('', '2026-11-19', '2026-11-20', '9999-12-30'), (minute, until) => {
      const now = startOf('2026-11-20') + minute * 60_000
      const minor = until !== '' && until >= '2026-11-20'
      expect(refusalToRead(template(['regular'], 'operator'), { kind: 'regular', under18Until: until }, now)).toEqual(minor && isNightForMinors(now) ? { refused: 'nightForMinors' } : null)
    }))
  })

  it('lets nobody sign before every page was shown in today\'s words', () => {
    fc.assert(fc.property(fc.uniqueArray(page, { selector: (one) => one.page, minLength: 1 }), (pages) => {
      const unread = pages.filter(({ shown, hashes }) => !shown || !hashes.includes(shown.sha256))
      const refusal = refusalToSign(template(['regular'], 'operator'), { ...right, pages }, NOON)
      if (unread.length === 0) expect(refusal).toBeNull()
      else {
        expect(firstPageToRead(pages)!.page).toBe(unread[0]!.page)
        expect(refusal).toEqual({ refused: unread[0]!.shown ? 'pagesChanged' : 'pagesNotShown', facts: { page: pages.indexOf(unread[0]!) + 1, pages: pages.length } })
      }
    }))
  })

  it('asks for each key clause and for the name, and for nothing else, and says so at once', () => {
    const text = template(['regular'], 'operator')
    const form = { ticked: ['CL02', 'CL03', 'CL13'], nameMatches: true, nameRegistered: '髙橋 美咲', guardian: '', memo: '' }
    expect(faultsInSigning(text, form)).toEqual({})
    fc.assert(fc.property(fc.subarray(['CL02', 'CL03', 'CL13', 'CL99']), (ticked) => {
      const missing = ['CL02', 'CL03', 'CL13'].filter((clause) => !ticked.includes(clause)).length
      expect(faultsInSigning(text, { ...form, ticked })).toEqual(missing > 0 ? { clause: missing } : {})
    }))
    expect(faultsInSigning(text, { ...form, nameMatches: false })).toEqual({ name: '髙橋 美咲' })
    expect(faultsInSigning(text, { ...form, ticked: [], nameMatches: false, guardian: 'あ'.repeat(101), memo: 'あ'.repeat(1501) })).toEqual({ clause: 3, name: '髙橋 美咲', guardian: 100, memo: 1500 })
    expect(faultsInSigning(text, { ...form, guardian: 'あ'.repeat(100), memo: 'あ'.repeat(1500) })).toEqual({})
    expect(refusalToSign(text, right, NOON)).toBeNull()
    expect(refusalToSign(text, { ...right, settled: true }, NOON)).toEqual({ refused: 'pledgeSettled' })
  })
})

describe('a pledge on what somebody handles, and one towards the host', () => {
  const scoped = { ...template(['regular'], 'operator'), occasion: 'scope' as const }
  const toHost = { ...template(['dispatched'], 'operator'), relation: 'dispatched' as const }
  it('is not read while nothing is registered that it could name', () => {
    expect(refusalToRead(scoped, { kind: 'regular', under18Until: '' }, NOON)).toEqual({ refused: 'noScopeRecorded' })
    expect(refusalToRead(scoped, { kind: 'regular', under18Until: '', handles: true }, NOON)).toBeNull()
    expect(refusalToRead(template(['regular'], 'operator'), { kind: 'regular', under18Until: '' }, NOON)).toBeNull()
  })

  it('is lawful for 派遣社員 only where their employer has agreed, and only their employer hears of a refusal', () => {
    expect(templateFits(toHost, 'dispatched')).toBe(true)
    expect(templateFits({ ...toHost, kinds: ['contractorWorker'], relation: 'contractor' }, 'contractorWorker')).toBe(false)
    expect(refusalToRead(toHost, { kind: 'dispatched', under18Until: '' }, NOON)).toEqual({ refused: 'agencyNotAgreed' })
    expect(refusalToRead(toHost, { kind: 'dispatched', under18Until: '', agreed: true }, NOON)).toBeNull()
    expect(refusalToRead(toHost, { kind: 'regular', under18Until: '', agreed: true }, NOON)).toEqual({ refused: 'templateNotForYou' })
    expect([isHeardByOperator(toHost), isHeardByOperator(template(['regular'], 'operator')), isHeardByOperator(template(['dispatched'], 'employer'))]).toEqual([false, true, false])
  })
})

describe('not signing', () => {
  it('stops the due date for a question only, and settles one\'s own pledge only by 「署名しない」', () => {
    for (const outcome of Object.keys(NOT_SIGNING) as NotSigning[])
      for (const duty of ['pledge', 'certificate'] as const)
        for (const suspended of [false, true])
          expect(effectOfNotSigning(outcome, { kind: duty, suspended })).toEqual({ suspend: outcome === 'question' && !suspended, settleAs: outcome === 'declined' && duty === 'pledge' ? 'declined' : null })
  })

  it('gives back the days that were left, at least three, on a 営業日', () => {
    const calendar: WorkCalendar = { holidays: new Set(['2026-11-23']), fiscalYearStart: 4 }
    const day = fc.integer({ min: 0, max: 400 }).map((count) => dayOf(startOf('2026-04-01') + count * 86_400_000))
    fc.assert(fc.property(day, day, fc.integer({ min: 0, max: 60 }), (dueOn, askedOn, waited) => {
      const today = dayOf(startOf(askedOn) + waited * 86_400_000)
      const due = dueAfterAnswer({ dueOn, askedOn }, today, calendar)
      expect(isBusinessDay(due, calendar)).toBe(true)
      expect(daysBetween(today, due)).toBeGreaterThanOrEqual(Math.max(LEAST_DAYS_AFTER_ANSWER, daysBetween(askedOn, dueOn)))
    }))
  })

  it('hands a declined pledge out again only to whom it is lawful for, with three days to think and no day off as due day', () => {
    const calendar: WorkCalendar = { holidays: new Set(['2026-11-23']), fiscalYearStart: 4 }
    const template = { kinds: ['regular'], addressee: 'operator', relation: 'employment', occasion: 'entry', keyClauses: [] } as const
    fc.assert(fc.property(
      fc.constantFrom('declined', 'completed', 'exempted', null), fc.constantFrom('regular' as const, 'officer' as const), fc.boolean(), fc.integer({ min: -5, max: 400 }),
      (settledAs, kind, inForce, days) => {
        const decided = decideReopening(template, { settledAs, kind, inForce }, addDays('2026-11-20', days), '2026-11-20', calendar)
        const lawful = settledAs === 'declined' && inForce && kind === 'regular' && days >= LEAST_DAYS_AFTER_ANSWER && days <= 366
        expect('dueOn' in decided).toBe(lawful)
        if ('dueOn' in decided) expect(isBusinessDay(decided.dueOn, calendar) && daysBetween('2026-11-20', decided.dueOn) >= days).toBe(true)
      }))
  })

  it('closes a duty to signing by everything that settles it, but by having declined', () => {
    for (const settledAs of ['completed', 'ended', 'exempted', 'withdrawn']) expect(isClosedToSigning({ settledAt: NOON, settledAs })).toBe(true)
    expect(isClosedToSigning({ settledAt: NOON, settledAs: 'declined' })).toBe(false)
    expect(isClosedToSigning({ settledAt: OPEN_INSTANT, settledAs: null })).toBe(false)
  })
})

describe('small words of a signature', () => {
  it('writes a receipt number that can be read aloud, one for each 40 bits', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), fc.uint8Array({ minLength: 5, maxLength: 5 }), (a, b) => {
      expect(receiptNumber(NOON, a)).toMatch(/^SH-2026-[0-9A-HJKMNP-TV-Z]{8}$/)
      expect(receiptNumber(NOON, a) === receiptNumber(NOON, b)).toBe(Buffer.from(a).equals(b))
    }))
    expect(receiptNumber(startOf('2027-01-01'), new Uint8Array(5))).toBe('SH-2027-00000000')
    expect(receiptNumber(startOf('2027-01-01') - 1, new Uint8Array(5).fill(255))).toBe('SH-2026-ZZZZZZZZ')
  })

  it('reads shown HTML back as plain lines', () => {
    const html = '<p>はじめに</p><section><h2 id="CL01"><ruby>第<rp>(</rp><rt>だい</rt><rp>)</rp></ruby>1条(この書面の「秘密」)</h2><p>A &amp; B &lt;C&gt;</p><ul><li>一つ</li></ul></section><section class="case"><p class="case-label">とくに大切な条です</p><h2 id="CL13">第11条(妨げないこと)</h2><p><strong>強い</strong>文</p></section>'
    expect(textBlocksOf('見出し', html)).toEqual([
      { kind: 'heading', text: '見出し' }, { kind: 'paragraph', text: 'はじめに' }, { kind: 'article', text: '第1条(この書面の「秘密」)' }, { kind: 'paragraph', text: 'A & B <C>' }, { kind: 'item', text: '一つ' },
      { kind: 'article', text: '第11条(妨げないこと)' }, { kind: 'paragraph', text: '強い文' },
    ])
    expect(articleNumber('第11条(妨げないこと)')).toEqual({ number: '第11条', title: '(妨げないこと)' })
  })

  it('puts every company below the one it works for, and loses none', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.option(fc.integer({ min: 0, max: 12 })))), (pairs) => {
      const companies = [...new Map(pairs).entries()].map(([id, parent]) => ({ companyId: String(id), parentId: parent === null ? null : String(parent) }))
      const tree = inTiers(companies)
      expect(tree.map(({ companyId }) => companyId).sort()).toEqual(companies.map(({ companyId }) => companyId).sort())
      tree.forEach(({ parentId, depth }, at) => {
        if (depth > 0) expect(tree.findIndex(({ companyId }) => companyId === parentId)).toBeLessThan(at)
      })
    }))
  })
})
