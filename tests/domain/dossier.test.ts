import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, OPEN_DAY, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { dossierName, dossierOf, fileNamePart } from '../../app/domain/dossier'
import type { DossierFacts } from '../../app/domain/dossier-facts'
import { csvFile, indexRows } from '../../app/domain/dossier-index'
import { listFiles } from '../../app/domain/dossier-lists'

const START = startOf('2026-04-01')
const terms = { titleOf: (_kind: string, slug: string, version: string) => `${slug} ${version}`, demonstration: false }
const instant = fc.integer({ min: 0, max: 1_000_000 }).map((after) => START + after * 1_000)
const later = (at: number, by: number) => at + by * 1_000

/** A reminder: a mail that may be given up and sent again, or a paper; how it ended, if it did. */
const reminder = fc.record({ at: instant, paper: fc.boolean(), gaveUp: fc.option(fc.integer({ min: 1, max: 200_000 }), { nil: null }), retried: fc.boolean(), ended: fc.option(fc.integer({ min: 201_001, max: 500_000 }), { nil: null }), result: fc.constantFrom('sent', 'notOpen', 'onLeave') })
type Reminded = typeof reminder extends fc.Arbitrary<infer R> ? R : never
/** How a reminder is stored at an instant: what became of it is written over, and a new try forgets that it was given up. */
const reminderRow = ({ at, paper, gaveUp, retried, ended, result }: Reminded, assignmentId: string, now: number): DossierFacts['reminders'][number] => {
  const row = { assignment_id: assignmentId, sent_by: null, recipient_kind: 'person', channel: paper ? 'paper' : 'mail', reason_code: '', requested_at: at, leaves_at: paper ? null : later(at, 900), leaves_in: paper ? null : ('sameDay' as const), mail_id: paper ? null : 'm', sent_at: null }
  const over = ended !== null && (paper || gaveUp === null || retried) && later(at, ended) <= now ? later(at, ended) : null
  if (over !== null) return { ...row, result: paper ? 'handed 2026-04-03' : result, result_at: over, sent_at: !paper && result !== 'onLeave' ? over : null }
  const up = !paper && gaveUp !== null && later(at, gaveUp) <= now && !(retried && later(at, gaveUp + 1_000) <= now) ? later(at, gaveUp) : null
  return { ...row, result: up === null ? (paper ? 'toHand' : '') : 'givenUp', result_at: up }
}

/** Facts as they are stored at the end, and the reminders as they were at an instant. */
type Facts = DossierFacts & { remindersAt: (now: number) => DossierFacts['reminders'] }
const END = START + 2_000_000_000
/** The facts of one engagement in any order of events. */
const facts = fc.record({
  names: fc.array(fc.record({ at: instant, until: fc.option(fc.integer({ min: 1, max: 500_000 }), { nil: null }), name: fc.constantFrom('髙橋 美咲', '山田 美咲') }), { minLength: 1, maxLength: 4 }),
  duties: fc.array(fc.record({ at: instant, due: fc.constantFrom('2026-04-10', '2026-04-20'), moved: fc.option(instant, { nil: null }), done: fc.option(instant, { nil: null }), route: fc.constantFrom('screen', 'paper'), entered: instant, voided: fc.option(instant, { nil: null }), withdrawn: fc.option(instant, { nil: null }), reminded: fc.array(reminder, { maxLength: 3 }) }), { maxLength: 4 }),
  returns: fc.array(fc.record({ at: instant, noted: fc.option(instant, { nil: null }), voided: fc.option(instant, { nil: null }) }), { maxLength: 4 }),
  death: fc.option(fc.record({ at: instant, voided: fc.option(fc.integer({ min: 1, max: 500_000 }), { nil: null }) }), { nil: null }),
}).map(({ names, duties, returns, death }): Facts => {
  const remindersAt = (now: number) => duties.flatMap(({ reminded }, n) => reminded.filter(({ at }) => at <= now).map((asked) => reminderRow(asked, `a${n}`, now)))
  return {
    remindersAt, reminders: remindersAt(END),
    engagements: [{ id: 'e', number: '000412', sequence: 1, created_at: START, employer_company_id: 'c', code: '' }],
    versions: names.map(({ at, until, name }, n) => ({ id: `v${n}`, engagement_id: 'e', kind: 'regular', display_name: name, kana: '', unit_id: null, unit_code: null, supervisor_number: '', valid_from: '2026-04-01', valid_to: OPEN_DAY, recorded_at: at, superseded_at: until === null ? OPEN_INSTANT : later(at, until) })),
    scopes: [], leaves: [], roles: [], entrustments: [], companies: [], units: [], attempts: [], sittings: [], acts: [], noted: [], certificates: [], approvals: [], tries: [], numbers: {}, published: [],
    assignments: duties.map(({ at, due, withdrawn }, n) => ({ id: `a${n}`, engagement_id: 'e', target_kind: 'module', target_slug: `M0${n}`, period: 'entry', opens_on: '2026-04-01', due_on: due, created_at: at, settled_at: withdrawn ?? OPEN_INSTANT, settled_as: withdrawn === null ? null : 'withdrawn' })),
    dueChanges: duties.flatMap(({ moved }, n) => (moved === null ? [] : [{ assignment_id: `a${n}`, at: moved, due_before: '2026-04-05' }])),
    completions: duties.flatMap(({ done, route }, n) => (done === null ? [] : [{ id: `c${n}`, assignment_id: `a${n}`, content_version: '1.0', bank_version: null, rendered_sha256: '', completed_at: done, minutes: 10, route, scan_sha256: null }])),
    events: duties.flatMap(({ done, route, entered, voided }, n) => {
      const event = { assignment_id: `a${n}`, new_due_on: null, reason_code: '', note: '', requested_by: null, approved_by: null }
      if (done === null || route === 'screen') return []
      return [{ ...event, id: `ev${n}`, kind: 'credit', at: entered, refs: JSON.stringify({ completion: `c${n}` }) }, ...(voided === null ? [] : [{ ...event, id: `vo${n}`, kind: 'void', at: voided, refs: JSON.stringify({ voids: `ev${n}` }) }])]
    }),
    deaths: death === null ? [] : [{ engagement_id: 'e', at: death.at, voided_at: death.voided === null ? null : later(death.at, death.voided) }],
    returns: returns.map(({ at, noted, voided }, n) => ({ engagement_id: 'e', kind: 'thing', words: `もの${n}`, at, done_on: noted === null ? null : dayOf(noted), noted_at: noted, voided_at: voided })),
  }
})

/** The facts without whatever became known after an instant, as they stood then. */
const asOf = (all: Facts, at: number): DossierFacts => ({
  ...all,
  versions: all.versions.filter((row) => row.recorded_at <= at).map((row) => (row.superseded_at > at ? { ...row, superseded_at: OPEN_INSTANT } : row)),
  assignments: all.assignments.filter((row) => row.created_at <= at).map((row) => ({ ...row, due_on: all.dueChanges.find((move) => move.assignment_id === row.id && move.at > at)?.due_before ?? row.due_on, ...(row.settled_at > at && { settled_at: OPEN_INSTANT, settled_as: null }) })),
  dueChanges: all.dueChanges.filter((row) => row.at <= at), events: all.events.filter((row) => row.at <= at), reminders: all.remindersAt(at),
  completions: all.completions.filter((row) => (row.route === 'screen' ? row.completed_at <= at : all.events.some((event) => event.at <= at && event.refs.includes(`"${row.id}"`)))),
  deaths: all.deaths.filter((row) => row.at <= at).map((row) => ((row.voided_at ?? 0) > at ? { ...row, voided_at: null } : row)),
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
      const { record, latestAt } = dossierOf(all, END, terms)
      expect(latestAt).toBeLessThanOrEqual(END)
      expect(dossierOf(all, latestAt, terms).record.engagements).toEqual(record.engagements)
    }), { numRuns: 300 })
  })

  it('of somebody who has died has nothing open, from when that was noted until it was taken back', () => {
    fc.assert(fc.property(facts, instant, (all, at) => {
      const [engagement] = dossierOf(all, at, terms).record.engagements
      const died = all.deaths.some((row) => row.at <= at && (row.voided_at === null || row.voided_at > at))
      expect(engagement && 'deathNotedAt' in engagement).toBe(engagement && died)
      if (died) expect(engagement?.duties.map(({ status }) => status)).not.toContain('open')
    }))
  })

  it('encloses a scan of the person’s own paper, not the sheet that names a whole class', () => {
    fc.assert(fc.property(facts, fc.constantFrom('paper', 'class', 'equivalent'), (all, route) => {
      const scanned = { ...all, completions: all.completions.map((row) => ({ ...row, route, scan_sha256: 'ab'.repeat(32) })) }
      const { record, enclosures } = dossierOf(scanned, START + 2_000_000_000, terms)
      const done = record.engagements.flatMap(({ duties }) => duties).filter((duty) => 'completion' in duty && duty.completion !== null)
      expect(enclosures).toHaveLength(route === 'class' ? 0 : done.length)
    }), { numRuns: 50 })
  })

  it('lists each reminder once, row by row, and of a contractor’s worker nothing', () => {
    fc.assert(fc.property(facts, instant, (all, at) => {
      const told = listFiles(dossierOf(all, at, terms))
      if ((dossierOf(all, at, terms).record.engagements[0]?.registered.length ?? 0) === 0) {
        expect(told).toEqual([])
        return
      }
      expect(told.map(({ name }) => name)).toEqual(['修了.csv', '受験.csv', '督促.csv', '例外.csv'])
      const rows = (name: string) => new TextDecoder().decode(told.find((one) => one.name === name)!.bytes).trim().split('\r\n').slice(1)
      const { duties } = dossierOf(all, at, terms).record.engagements[0] ?? { duties: [] }
      expect(rows('督促.csv')).toHaveLength(duties.flatMap((one) => ('acts' in one ? one.reminders : [])).length)
      expect(rows('修了.csv')).toHaveLength(duties.filter(({ status }) => status === 'completed').length)
      expect(rows('例外.csv')).toHaveLength(duties.flatMap((one) => ('acts' in one ? one.events : [])).length)
      expect(listFiles(dossierOf({ ...all, versions: all.versions.map((row) => ({ ...row, kind: 'contractorWorker' })) }, END, terms))).toEqual([])
    }))
  })

  it('has a name that Windows takes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fileNamePart(text)).not.toMatch(/[\s\u0000-\u001F<>:"/\\|?*]|\.$/u)
    }))
    expect(dossierName({ record: { format: 'shuhi-dossier-1', knownAt: '', engagements: [] } }, START)).toBe('record_20260401')
  })

  it('has an index from which no spreadsheet reckons', () => {
    for (const bad of ['=1+1', '+1', '-1', '@x', '　＝1', '\t=1', '＋1', '\u202A=1', '\u034F@x']) {
      const [, row] = new TextDecoder().decode(csvFile(['a'], [[bad]])).split('\r\n')
      expect(row!.replace(/^"/, '').startsWith("'"), bad).toBe(true)
    }
    expect(listFiles({ record: { format: 'shuhi-dossier-1', knownAt: '', engagements: [] } })).toEqual([])
    expect(indexRows({ record: { format: 'shuhi-dossier-1', knownAt: '', engagements: [] } })).toEqual([])
  })
})
