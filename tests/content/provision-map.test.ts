import { describe, expect, it } from 'vitest'
import { loadLibrary } from '../../app/content/library.server'
import { mappedProvisions } from '../../app/content/provision-map.server'
import { completedBy, wantedProvisions, type ProvisionFilter } from '../../app/http/sources.server'
import { countedBanks } from '../../app/http/understanding.server'
import { contentFolder } from '../support/content-fixture'

const PROVISIONS = ['id\tseed\tsection\tparaphrase\tsatisfied_by\tfit\tstatus', 'R-1\ts\t1\tx\tT01\tT/E\texample', 'R-2\ts\t1\tx\ty\tT\toldRegime', 'R-3\tt\t1\tx\ty\tE\tdraft', 'R-4\ts\t1\tx\ty\tT/D\texample', ''].join('\n')
const libraryWith = (files: Record<string, string> = {}) => {
  const loaded = loadLibrary(contentFolder({ 'provisions.tsv': PROVISIONS, ...files }))
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return loaded.library
}

describe('the map of what is taught', () => {
  it('calls uncovered what is to be taught today and is not, and puts it first', () => {
    expect(mappedProvisions(libraryWith()).map(({ id, isUncovered, taught, questions }) => [id, isUncovered, taught.length, questions.map(({ count }) => count)])).toEqual([['R-4', true, 0, []], ['R-1', false, 2, [26]], ['R-2', false, 0, []], ['R-3', false, 0, []]])
  })

  it.each<[string, Partial<ProvisionFilter>, string[]]>([
    ['everything', {}, ['R-4', 'R-1', 'R-2', 'R-3']],
    ['a seed', { seed: 't' }, ['R-3']],
    ['one of several ways to meet it', { fit: 'T' }, ['R-4', 'R-1', 'R-2']],
    ['the other of them', { fit: 'D' }, ['R-4']],
    ['a status', { status: 'example' }, ['R-4', 'R-1']],
    ['the beginning of an id', { find: ' r-2 ' }, ['R-2']],
    ['what is taught', { show: 'taught' }, ['R-1']],
    ['what is not taught and should be', { show: 'uncovered' }, ['R-4']],
    ['what is not to be taught', { show: 'outside' }, ['R-2', 'R-3']],
  ])('finds %s', (_, change, ids) => {
    expect(wantedProvisions(mappedProvisions(libraryWith()), { seed: '', fit: '', status: '', find: '', show: 'all', ...change }).map(({ id }) => id)).toEqual(ids)
  })

  it('counts what was finished of a version that teaches the row, and no other, among what is assigned of its modules', () => {
    const row = mappedProvisions(libraryWith()).find(({ id }) => id === 'R-1')!
    const finished = [{ slug: 'T01', version: '1.0', workforce: 3, company: 2 }, { slug: 'T01', version: '0.9', workforce: 10, company: 10 }, { slug: 'T02', version: '1.0', workforce: 10, company: 10 }]
    expect(completedBy(row, finished, new Map([['T01', { workforce: 20, company: 5 }], ['T02', { workforce: 50, company: 50 }]]))).toEqual({ workforce: 3, company: 2, ofWorkforce: 20, ofCompany: 5 })
  })

  it('counts answers by the key that was corrected last, the order kept where it is the answer', () => {
    const library = libraryWith({ 'errata.yaml': ['- { slug: T01, question: T01-004, on: "2026-12-01", correct: [b], reason: x }', '- { slug: T01, question: T01-004, on: "2026-12-02", correct: [c], reason: x }', '- { slug: T01, question: T01-001, on: "2026-12-01", correct: [c, a], reason: x }', '- { slug: T01, question: T01-003, on: "2026-12-01", correct: [c, a, b], reason: x }', ''].join('\n') })
    expect(countedBanks(library, library.list('module')).corrected.sort((a, b) => (a.questionId < b.questionId ? -1 : 1))).toEqual([{ slug: 'T01', questionId: 'T01-001', key: 'a,c' }, { slug: 'T01', questionId: 'T01-003', key: 'c,a,b' }, { slug: 'T01', questionId: 'T01-004', key: 'c' }])
  })
})
