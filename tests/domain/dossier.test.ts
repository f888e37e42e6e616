import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, OPEN_DAY, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { dossierName, dossierOf, fileNamePart } from '../../app/domain/dossier'
import type { DossierFacts } from '../../app/domain/dossier-facts'
import { csvFile, indexRows } from '../../app/domain/dossier-index'

const START = startOf('2026-04-01')
const terms = { titleOf: (_kind: string, slug: string, version: string) => `${slug} ${version}`, nameless: new Set<string>(), demonstration: false }
const instant = fc.integer({ min: 0, max: 1_000_000 }).map((after) => START + after * 1_000)
const later = (at: number, by: number) => at + by * 1_000

/** The facts of one engagement in any order of events. */
const facts = fc.record({
  names: fc.array(fc.record({ at: instant, until: fc.option(fc.integer({ min: 1, max: 500_000 }), { nil: null }), name: fc.constantFrom('髙橋 美咲', '山田 美咲') }), { minLength: 1, maxLength: 4 }),
  duties: fc.array(fc.record({ at: instant, due: fc.constantFrom('2026-04-10', '2026-04-20'), moved: fc.option(instant, { nil: null }), done: fc.option(instant, { nil: null }), route: fc.constantFrom('screen', 'paper'), entered: instant, voided: fc.option(instant, { nil: null }), withdrawn: fc.option(instant, { nil: null }), reminded: fc.array(instant, { maxLength: 3 }) }), { maxLength: 4 }),
  returns: fc.array(fc.record({ at: instant, noted: fc.option(instant, { nil: null }), voided: fc.option(instant, { nil: null }) }), { maxLength: 4 }),
}).map(({ names, duties, returns }): DossierFacts => ({
  engagements: [{ id: 'e', number: '000412', sequence: 1, created_at: START, employer_company_id: 'c', code: '' }],
  versions: names.map(({ at, until, name }, n) => ({ id: `v${n}`, engagement_id: 'e', kind: 'regular', display_name: name, kana: '', unit_id: null, unit_code: null, supervisor_number: '', valid_from: '2026-04-01', valid_to: OPEN_DAY, recorded_at: at, superseded_at: until === null ? OPEN_INSTANT : later(at, until) })),
  scopes: [], leaves: [], roles: [], companies: [], units: [], attempts: [], sittings: [], acts: [], certificates: [], approvals: [], tries: [], numbers: {}, published: [],
  assignments: duties.map(({ at, due, withdrawn }, n) => ({ id: `a${n}`, engagement_id: 'e', target_kind: 'module', target_slug: `M0${n}`, period: 'entry', opens_on: '2026-04-01', due_on: due, created_at: at, settled_at: withdrawn ?? OPEN_INSTANT, settled_as: withdrawn === null ? null : 'withdrawn' })),
  dueChanges: duties.flatMap(({ moved }, n) => (moved === null ? [] : [{ assignment_id: `a${n}`, at: moved, due_before: '2026-04-05' }])),
  completions: duties.flatMap(({ done, route }, n) => (done === null ? [] : [{ id: `c${n}`, assignment_id: `a${n}`, content_version: '1.0', bank_version: null, rendered_sha256: '', completed_at: done, minutes: 10, route, scan_sha256: null }])),
  events: duties.flatMap(({ done, route, entered, voided }, n) => {
    const event = { assignment_id: `a${n}`, new_due_on: null, reason_code: '', note: '', requested_by: null, approved_by: null }
    if (done === null || route === 'screen') return []
    return [{ ...event, id: `ev${n}`, kind: 'credit', at: entered, refs: JSON.stringify({ completion: `c${n}` }) }, ...(voided === null ? [] : [{ ...event, id: `vo${n}`, kind: 'void', at: voided, refs: JSON.stringify({ voids: `ev${n}` }) }])]
  }),
  reminders: duties.flatMap(({ reminded }, n) => reminded.map((at) => ({ assignment_id: `a${n}`, sent_by: null, recipient_kind: 'person', channel: 'mail', reason_code: '', requested_at: at, result: '', mail_id: null, sent_at: null }))),
  returns: returns.map(({ at, noted, voided }, n) => ({ engagement_id: 'e', kind: 'thing', words: `もの${n}`, at, done_on: noted === null ? null : dayOf(noted), noted_at: noted, voided_at: voided })),
}))

/** The facts without whatever became known after an instant, as they stood then. */
const asOf = (all: DossierFacts, at: number): DossierFacts => ({
  ...all,
  versions: all.versions.filter((row) => row.recorded_at <= at).map((row) => (row.superseded_at > at ? { ...row, superseded_at: OPEN_INSTANT } : row)),
  assignments: all.assignments.filter((row) => row.created_at <= at).map((row) => ({ ...row, due_on: all.dueChanges.find((move) => move.assignment_id === row.id && move.at > at)?.due_before ?? row.due_on, ...(row.settled_at > at && { settled_at: OPEN_INSTANT, settled_as: null }) })),
  dueChanges: all.dueChanges.filter((row) => row.at <= at), events: all.events.filter((row) => row.at <= at), reminders: all.reminders.filter((row) => row.requested_at <= at),
  completions: all.completions.filter((row) => (row.route === 'screen' ? row.completed_at <= at : all.events.some((event) => event.at <= at && event.refs.includes(`"${row.id}"`)))),
  returns: all.returns.filter((row) => row.at <= at).map((row) => ({ ...row, ...((row.noted_at ?? 0) > at && { noted_at: null, done_on: null }), ...((row.voided_at ?? 0) > at && { voided_at: null }) })),
})

describe('a dossier', () => {
  it('is the same record whether it is asked for then, or for then afterwards', () => {
    fc.assert(fc.property(facts, instant, (all, at) => {
      expect(dossierOf(all, at, terms).record).toEqual(dossierOf(asOf(all, at), at, terms).record)
    }), { numRuns: 300 })
  })

  it('is as of the newest instant in it the record that is known last', () => {
    fc.assert(fc.property(facts, (all) => {
      const now = START + 2_000_000_000
      const { record, latestAt } = dossierOf(all, now, terms)
      expect(latestAt).toBeLessThanOrEqual(now)
      expect(dossierOf(all, latestAt, terms).record.engagements).toEqual(record.engagements)
    }), { numRuns: 300 })
  })

  it('encloses a scan of the person’s own paper, not the sheet that names a whole class', () => {
    fc.assert(fc.property(facts, fc.constantFrom('paper', 'class', 'equivalent'), (all, route) => {
      const scanned = { ...all, completions: all.completions.map((row) => ({ ...row, route, scan_sha256: 'ab'.repeat(32) })) }
      const { record, enclosures } = dossierOf(scanned, START + 2_000_000_000, terms)
      const done = record.engagements.flatMap(({ duties }) => duties).filter((duty) => 'completion' in duty && duty.completion !== null)
      expect(enclosures).toHaveLength(route === 'class' ? 0 : done.length)
    }), { numRuns: 50 })
  })

  it('has a name that Windows takes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fileNamePart(text)).not.toMatch(/[\s\u0000-\u001F<>:"/\\|?*]|\.$/u)
    }))
    expect(dossierName({ record: { format: 'shuhi-dossier-1', knownAt: '', engagements: [] } }, START)).toBe('record_20260401')
  })

  it('has an index from which no spreadsheet reckons', () => {
    for (const bad of ['=1+1', '+1', '-1', '@x', '　＝1', '\t=1', '＋1']) {
      const [, row] = new TextDecoder().decode(csvFile(['a'], [[bad]])).split('\r\n')
      expect(row!.replace(/^"/, '').startsWith("'"), bad).toBe(true)
    }
    expect(indexRows({ record: { format: 'shuhi-dossier-1', knownAt: '', engagements: [] } })).toEqual([])
  })
})
