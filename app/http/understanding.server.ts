import { countAnswers, countByModule, countByQuestion, listWaiting, type AnsweredGroup, type AnsweredQuestion, type CorrectedKey, type CountedBank } from '../../db/understanding.server'
import { correctedKeys } from '../content/in-use.server'
import { answerInWords } from '../content/question.server'
import type { Library } from '../content/library.server'
import type { ModuleVersion } from '../content/schema'
import type { Context } from '../context'
import { answeredUnder, isSuspicious, itemStats, SMALLEST_COMPANY_SUM, SMALLEST_GROUP, weakestFirst, type Answered, type QuestionFigures, type Tempting, type ToldTempting } from '../domain/understanding'

type Reading = Pick<Context, 'db' | 'library'>

/** The modules whose answers are counted, each by its newest bank: one, or all. */
export function askedModules(library: Library, slug: string): ModuleVersion[] {
  const all = library.list('module')
  const one = all.find(({ meta }) => meta.slug === slug)
  return one ? [one] : all
}

/** Whose answers are counted, and by which keys. */
interface Counting {
  banks: CountedBank[]
  corrected: CorrectedKey[]
}

/** The banks of modules and the keys in them that were corrected later: the last correction holds (A21). */
export function countedBanks(library: Library, modules: readonly ModuleVersion[]): Counting {
  const corrected = modules.flatMap(({ meta, bank }) => bank.questions.flatMap((question): CorrectedKey[] => {
    const key = correctedKeys(library, meta.slug, question).at(-1)
    return key === undefined ? [] : [{ slug: meta.slug, questionId: question.id, key }]
  }))
  return { banks: modules.map(({ meta, bank }) => ({ slug: meta.slug, bankVersion: bank.version })), corrected }
}

/** The same without the attempts that wait until their group is whole. */
export async function settledBanks({ db, library }: Reading, modules: readonly ModuleVersion[], side: 'workforce' | 'company'): Promise<Counting> {
  const { banks, corrected } = countedBanks(library, modules)
  const waiting = await listWaiting(db, banks, side, side === 'workforce' ? SMALLEST_GROUP : SMALLEST_COMPANY_SUM)
  return { banks: banks.map((bank) => ({ ...bank, waiting: waiting.filter(({ slug }) => slug === bank.slug).map(({ id }) => id) })), corrected }
}

/** The modules among these of which somebody's attempts wait, and none are counted. */
export const onlyWaiting = (banks: readonly CountedBank[], counted: readonly AnsweredGroup[]): string[] => banks.filter(({ slug, waiting }) => waiting !== undefined && waiting.length > 0 && !counted.some(({ group }) => group === slug)).map(({ slug }) => slug)

/** Which of these modules may be counted, how, and with which sums; and those that so few people of one's own have taken that any number would be somebody's answers. */
export async function countedModules(reading: Reading, modules: readonly ModuleVersion[]): Promise<Counting & { counted: ModuleVersion[]; few: ModuleVersion[]; own: AnsweredGroup[] }> {
  const { banks, corrected } = await settledBanks(reading, modules, 'workforce')
  const own = await countByModule(reading.db, banks, corrected, 'workforce')
  const few = new Set([...onlyWaiting(banks, own), ...own.filter(({ persons }) => persons < SMALLEST_GROUP).map(({ group }) => group)])
  return { banks: banks.filter(({ slug }) => !few.has(slug)), corrected, counted: modules.filter(({ meta }) => !few.has(meta.slug)), few: modules.filter(({ meta }) => few.has(meta.slug)), own: own.filter(({ group }) => !few.has(group)) }
}

export interface UnderstoodRow extends Answered {
  key: string
  title: string
  /** What stands under the title: the module, or where a provision is taught. */
  where: string
  module: string
}

/** How well each topic, or each provision, was understood at first attempts: the least understood first. */
export async function understood({ db, library }: Reading, { counted: modules, banks, corrected }: Counting & { counted: readonly ModuleVersion[] }, by: 'topic' | 'provision'): Promise<UnderstoodRow[]> {
  const rows = await countByQuestion(db, banks, corrected)
  const questions = new Map(modules.flatMap(({ meta, bank }) => bank.questions.map((question) => [`${meta.slug} ${question.id}`, question] as const)))
  const questionOf = (row: AnsweredQuestion) => questions.get(`${row.slug} ${row.questionId}`)
  if (by === 'topic') {
    const sums = answeredUnder(rows, (row) => (questionOf(row) ? [`${row.slug} ${questionOf(row)!.topic}`] : []))
    return weakestFirst(modules.flatMap(({ meta }) => meta.topics.map((topic) => ({ key: `${meta.slug} ${topic.id}`, title: topic.title, where: `${meta.slug} ${meta.title}`, module: meta.slug, ...(sums.get(`${meta.slug} ${topic.id}`) ?? { people: 0, right: 0 }) }))))
  }
  const sums = answeredUnder(rows, (row) => questionOf(row)?.provisions ?? [])
  return weakestFirst([...library.folder.provisions.values()].flatMap((row) => {
    const counted = sums.get(row.id)
    return counted ? [{ key: row.id, title: row.words || row.paraphrase, where: [...new Set(modules.filter(({ bank }) => bank.questions.some(({ provisions }) => provisions.includes(row.id))).map(({ meta }) => meta.slug))].join('・'), module: '', ...counted }] : []
  }))
}

/** Each question of a module as it works at first attempts: those whose key is in doubt first, then the least understood. */
export async function questionFigures({ db, library }: Reading, module: ModuleVersion, counting: Counting): Promise<QuestionFigures[]> {
  const corrected = counting.corrected.filter(({ slug }) => slug === module.meta.slug)
  const cells = await countAnswers(db, counting.banks.find(({ slug }) => slug === module.meta.slug)!, corrected)
  const figures = module.bank.questions.map((question): QuestionFigures => {
    const { attracts, rival, ...stats } = itemStats(cells.get(question.id) ?? [])
    const told = (one: Tempting | null): ToldTempting | null => one && { words: answerInWords(library, question, one.answer), people: one.people, amongUpper: one.amongUpper }
    const correction = corrected.find(({ questionId }) => questionId === question.id)
    const key = correction?.key ?? (question.kind === 'order' ? question.options : question.options.filter(({ correct }) => correct)).map(({ id }) => id).join()
    return {
      ...stats, attracts: told(attracts), rival: told(rival), id: question.id, text: library.plainText(question.text), kind: question.kind, isCorrected: correction !== undefined, key: answerInWords(library, question, key),
      topic: module.meta.topics.find(({ id }) => id === question.topic)?.title ?? '', section: module.pages.find(({ id }) => id === question.section)?.title ?? '',
    }
  })
  const order = new Map(weakestFirst(figures.map(({ id, people, right }) => ({ key: id, people, right }))).map(({ key }, at) => [key, at]))
  return figures.sort((a, b) => Number(isSuspicious(b)) - Number(isSuspicious(a)) || order.get(a.id)! - order.get(b.id)!)
}

/** One page of rows that are sorted already, after the row of a key; `next` is the key to go on from. */
export function pageAfter<T>(rows: readonly T[], keyOf: (row: T) => string, after: string, limit: number): { page: T[]; next: string | null } {
  const from = after === '' ? 0 : rows.findIndex((row) => keyOf(row) === after) + 1
  const page = rows.slice(from, from + limit)
  return { page, next: from + limit < rows.length ? keyOf(page.at(-1)!) : null }
}
