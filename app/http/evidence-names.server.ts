import { listActors } from '../../db/actors.server'
import { listNamesOfEvidence } from '../../db/audit.server'
import { mailWords } from '../content/record-words.server'
import { targetTitle } from '../content/target-titles'
import type { Context } from '../context'
import { dayOf, fullDay } from '../domain/calendar'
import { quoted } from '../domain/duty-words'
import { JOBS } from '../jobs/schedule.server'

/** What evidence calls by code or identifier, as people call it: one look-up for all entries of a page. Gone or unknown, it stays as it was kept. */
export async function evidenceNames({ db, library, now }: Pick<Context, 'db' | 'library' | 'now'>, payloads: readonly (Record<string, unknown> | null)[]): Promise<(key: string, value: string) => string | undefined> {
  const today = dayOf(now)
  const ids = new Map<string, Set<string>>()
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string') return void (ID_SHAPE.test(value) && ids.set(key, (ids.get(key) ?? new Set()).add(value)))
    if (Array.isArray(value)) return void (value.length <= MOST_NAMED && value.forEach((one) => collect(one, key)))
    if (typeof value === 'object' && value !== null) for (const [each, one] of Object.entries(value)) collect(one, each)
  }
  for (const payload of payloads) collect(payload, '')
  const of = (...keys: string[]) => [...new Set(keys.flatMap((key) => [...(ids.get(key) ?? [])]))]
  const accounts = of('account', 'issuedBy')
  const [names, actors] = await Promise.all([
    listNamesOfEvidence(db, { units: of('unit', 'scope', 'of'), companies: of('company', 'companies', 'addressee', 'scope'), engagements: of('engagement', 'engagements', 'of'), assignments: of('assignment') }, today),
    listActors(db, accounts, today),
  ])
  const titleOf = (kind: string, slug: string) => targetTitle(library, kind, slug)
  return (key, value) => {
    if (ID_SHAPE.test(value)) {
      if (key === 'account' || key === 'issuedBy') return actors.get(value)?.number
      if (key === 'assignment') return names.assignments.has(value) ? titleOf(...names.assignments.get(value)!) : undefined
      return names.units.get(value) ?? names.companies.get(value) ?? names.engagements.get(value)
    }
    if (key === 'of' && value.startsWith('=')) return `会社コード ${value.slice(1)}`
    if (key === 'module' || key === 'target' || key === 'slug') return titleOf('module', value)
    if (key === 'template') return /^PL\d/.test(value) || library.current('pledge', value) ? titleOf('pledge', value) : mailWords(value)
    if (key === 'checklist') return titleOf('checklist', value)
    if (key === 'job') return JOBS.find(({ name }) => name === value)?.title
    return key === 'version' ? versionWords(value, titleOf, (id) => library.folder.rules.find((one) => one.id === id)?.title) : undefined
  }
}

/** More than so many of a kind are counted, not named (ui/ledger-words). */
const MOST_NAMED = 5
const ID_SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const KINDS: Readonly<Record<string, string>> = { module: '研修', pledge: '誓約書', checklist: '点検表', notice: '利用目的', bank: '問題集', requirement: '受講の決まり' }

/** 「module M01 1.0」, as a publication names what it published: 研修「…」第1.0版. */
function versionWords(value: string, titleOf: (kind: string, slug: string) => string, requirementOf: (id: string) => string | undefined): string | undefined {
  const [, kind = '', slug = '', number = ''] = /^(\w+) (\S+) (\S+)$/.exec(value) ?? []
  if (!(kind in KINDS)) return /^\d{4}-\d{2}-\d{2}$/.test(value) ? fullDay(value) : undefined
  const title = kind === 'notice' ? '' : kind === 'requirement' ? (requirementOf(slug) ?? slug) : titleOf(kind === 'bank' ? 'module' : kind, slug)
  return `${KINDS[kind]}${title && quoted(title)} 第${number}版`
}
