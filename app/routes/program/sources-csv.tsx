import { z } from 'zod'
import { countAssigned, countCompletions } from '../../../db/understanding.server'
import { mappedProvisions } from '../../content/provision-map.server'
import { dayOf } from '../../domain/calendar'
import { outOf } from '../../domain/percent'
import { sourcesCsv } from '../../domain/source-csv'
import { download } from '../../http/download.server'
import { guardLoader } from '../../http/guard.server'
import { completedBy, wantedProvisions } from '../../http/sources.server'
import { fitWords, SEED_WORDS, STATUS_WORDS } from '../../ui/source-words'

const word = z.string().max(20).catch('').default('')

/** P09 as a file. */
export const loader = guardLoader(
  { act: 'readProgram', query: z.object({ seed: word, fit: word, status: word, find: z.string().max(40).catch('').default(''), show: z.enum(['all', 'taught', 'uncovered', 'outside']).catch('all').default('all') }) },
  async ({ context, query }) => {
    const day = dayOf(context.now)
    const [completions, assigned] = await Promise.all([countCompletions(context.db), countAssigned(context.db)])
    const lines = wantedProvisions(mappedProvisions(context.library), query).map((row) => {
      const done = completedBy(row, completions, assigned)
      return {
        id: row.id, seed: SEED_WORDS[row.seed] ?? row.seed, section: row.section, words: row.words, fit: fitWords(row.fit), status: STATUS_WORDS[row.status] ?? row.status,
        coverage: row.isUncovered ? 'まだない' : row.taught.length > 0 ? 'あり' : '教材の外', taught: row.taught.map((one) => `${one.slug} ${one.version} ${one.section}`).join('、'), asOf: [...new Set(row.taught.map(({ asOf }) => asOf))].join('、'),
        questions: row.questions.map(({ slug, count }) => `${slug} ${count}問`).join('、'), pledges: row.pledges.join('・'), checklists: row.checklists.join('・'), completed: row.taught.length === 0 ? '' : `従業者 ${outOf(done.workforce, done.ofWorkforce, '件')}／委託先 ${outOf(done.company, done.ofCompany, '件')}`,
      }
    })
    return download(new TextEncoder().encode(sourcesCsv(lines, day)), { name: `教材と根拠条項_${day}.csv`, plainName: `sources_${day}.csv`, type: 'text/csv; charset=utf-8' })
  },
)
