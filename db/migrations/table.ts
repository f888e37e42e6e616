import { sql, type Kysely } from 'kysely'
import { engineOf } from '../dialect.server'

/** Column kinds of the house, as each engine writes them. `?` after a kind means that the value may be missing. */
const COLUMN = {
  id: ['char(36) character set ascii collate ascii_bin', 'text'],
  hash: ['char(64) character set ascii collate ascii_bin', 'text'],
  day: ['char(10) character set ascii collate ascii_bin', 'text'],
  instant: ['bigint', 'integer'],
  int: ['int', 'integer'],
  flag: ['tinyint', 'integer'],
  word: ['varchar(64) collate utf8mb4_bin', 'text'],
  code: ['varchar(190) collate utf8mb4_bin', 'text'],
  text: ['longtext collate utf8mb4_bin', 'text'],
  bytes: ['longblob', 'blob'],
} as const

type ColumnKind = keyof typeof COLUMN
type ColumnSpec = ColumnKind | `${ColumnKind}?` | `id>${string}` | `id?>${string}` | 'hash>blob' | 'hash?>blob'

export interface TableSpec {
  columns: Record<string, ColumnSpec>
  key: string
  unique?: string[]
  index?: string[]
  check?: string[]
}

/** The columns of a fact with two times, with the constraints that keep it one. */
export const FACT_COLUMNS = {
  valid_from: 'day', valid_to: 'day', recorded_at: 'instant', superseded_at: 'instant', recorded_by: 'id>change_set', superseded_by: 'id?>change_set',
} as const satisfies Record<string, ColumnSpec>

export const FACT_CHECKS = [
  'valid_from < valid_to',
  'recorded_at <= superseded_at',
  '(superseded_by is null and superseded_at = 253402300799999) or (superseded_by is not null and superseded_at < 253402300799999)',
]

/** Creates a table when it is not there: one statement, so that a migration that stopped half-way can run again. */
export async function createTable(db: Kysely<never>, name: string, spec: TableSpec): Promise<void> {
  const engine = engineOf(db as never)
  const quote = (identifier: string) => (engine === 'mysql' ? `\`${identifier}\`` : `"${identifier}"`)
  const quoteList = (columns: string) => columns.split(', ').map(quote).join(', ')
  const parts: string[] = []
  const references: string[] = []
  const checks = [...(spec.check ?? [])]
  for (const [column, written] of Object.entries(spec.columns)) {
    const [kindPart, target] = written.split('>') as [string, string | undefined]
    const optional = kindPart.endsWith('?')
    const kind = kindPart.replace('?', '') as ColumnKind
    parts.push(`${quote(column)} ${COLUMN[kind][engine === 'mysql' ? 0 : 1]}${optional ? '' : ' not null'}`)
    if (kind === 'flag') checks.push(`${quote(column)} in (0, 1)`)
    if (target) references.push(`foreign key (${quote(column)}) references ${quote(target)}(${target === 'blob' ? 'sha256' : 'id'})`)
  }
  parts.push(`primary key (${quoteList(spec.key)})`)
  for (const columns of spec.unique ?? []) parts.push(`unique${engine === 'mysql' ? ` key ${indexName(name, columns)}` : ''} (${quoteList(columns)})`)
  if (engine === 'mysql') for (const columns of spec.index ?? []) parts.push(`index ${indexName(name, columns)} (${quoteList(columns)})`)
  checks.forEach((condition, at) => parts.push(`constraint ${name}_check_${at + 1} check (${condition})`))
  const tail = engine === 'mysql' ? ' engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin' : ' strict'
  await sql.raw(`create table if not exists ${quote(name)} (${[...parts, ...references].join(', ')})${tail}`).execute(db)
  if (engine === 'sqlite') {
    for (const columns of spec.index ?? []) await sql.raw(`create index if not exists ${indexName(name, columns)} on ${quote(name)} (${quoteList(columns)})`).execute(db)
  }
}

/** Adds columns that are not there yet; a text that must be there is empty until it is filled. */
export async function addColumns(db: Kysely<never>, name: string, columns: Record<string, 'word?' | 'code'>): Promise<void> {
  const engine = engineOf(db as never)
  const quote = (identifier: string) => (engine === 'mysql' ? `\`${identifier}\`` : `"${identifier}"`)
  const present = (await db.introspection.getTables()).find((table) => table.name === name)!.columns.map((column) => column.name)
  for (const [column, kind] of Object.entries(columns)) {
    if (present.includes(column)) continue
    const type = COLUMN[kind.replace('?', '') as ColumnKind][engine === 'mysql' ? 0 : 1]
    await sql.raw(`alter table ${quote(name)} add column ${quote(column)} ${type}${kind.endsWith('?') ? '' : " not null default ''"}`).execute(db)
  }
}

/** Puts an index in the place of another in one statement; one that is there is left as it is. */
export async function replaceIndex(db: Kysely<never>, name: string, { from, to }: { from: string; to: string }): Promise<void> {
  const [old, next] = [indexName(name, from), indexName(name, to)]
  if (engineOf(db as never) === 'sqlite') {
    await sql.raw(`create index if not exists ${next} on "${name}" (${to})`).execute(db)
    await sql.raw(`drop index if exists ${old}`).execute(db)
    return
  }
  const { rows } = await sql.raw<{ Key_name: string }>(`show index from \`${name}\``).execute(db)
  const present = new Set(rows.map(({ Key_name }) => Key_name))
  const steps = [...(present.has(old) ? [`drop index ${old}`] : []), ...(present.has(next) ? [] : [`add index ${next} (${to})`])]
  if (steps.length > 0) await sql.raw(`alter table \`${name}\` ${steps.join(', ')}`).execute(db)
}

const indexName = (table: string, columns: string) => `${table}_${columns.replace(/\W+/g, '_')}`.slice(0, 60)
