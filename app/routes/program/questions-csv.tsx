import { z } from 'zod'
import { dayOf } from '../../domain/calendar'
import { questionsCsv, type QuestionLine } from '../../domain/understanding-csv'
import { download } from '../../http/download.server'
import { guardLoader } from '../../http/guard.server'
import { askedModules, countedModules, questionFigures } from '../../http/understanding.server'
import { doubtWords } from '../../ui/understanding-words'

/** The figures of each question as a file: sums only, nobody's answers. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ module: z.string().max(20).catch('').default('') }) }, async ({ context, query }) => {
  const day = dayOf(context.now)
  const lines: QuestionLine[] = []
  const { counted, ...counting } = await countedModules(context, askedModules(context.library, query.module))
  for (const module of counted)
    for (const figures of await questionFigures(context, module, counting)) lines.push({ slug: module.meta.slug, module: module.meta.title, bank: module.bank.version, ...figures, attracts: figures.attracts?.words ?? '', attracted: figures.attracts?.people ?? 0, notes: figures.doubts.map((doubt) => doubtWords(doubt, figures)).join(' ') })
  return download(new TextEncoder().encode(questionsCsv(lines, day)), { name: `理解度_問題ごと_${day}.csv`, plainName: `questions_${day}.csv`, type: 'text/csv; charset=utf-8' })
})
