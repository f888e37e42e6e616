import { CompiledQuery, type Compilable } from 'kysely'
import type { Db } from './database.server'
import { engineOf, refuseAmbiguous, type Engine } from './dialect.server'

type Value = string | number

/**
 * A reading query whose text never changes but with the number of its values: Kysely puts it together once for each engine,
 * later calls only fill the values in. For the few queries that every page asks; putting one together costs more than asking.
 * `build` must hand each value to the query as it is.
 */
export function prepared<A extends readonly Value[], R>(build: (db: Db, ...values: A) => Compilable<R> | CompiledQuery<R>): (db: Db, ...values: A) => Promise<R[]> {
  const known = new Map<string, { sql: string; slots: readonly (number | { constant: unknown })[] }>()
  return async (db, ...values) => {
    const key = `${engineOf(db) satisfies Engine} ${values.length}`
    let text = known.get(key)
    if (!text) {
      const marks = values.map((_, at) => `value ${at} of a prepared query`)
      const query = build(db, ...(marks as unknown as A))
      const { sql, parameters } = 'compile' in query ? query.compile() : query
      const slots = parameters.map((parameter) => (marks.includes(parameter as string) ? marks.indexOf(parameter as string) : { constant: parameter }))
      if (marks.some((_, at) => !slots.includes(at))) throw new Error('A prepared query does not use each of its values as it is')
      known.set(key, (text = { sql, slots }))
    }
    const parameters = text.slots.map((slot) => (typeof slot === 'number' ? values[slot] : slot.constant))
    parameters.forEach(refuseAmbiguous)
    return (await db.executeQuery<R>(CompiledQuery.raw(text.sql, parameters))).rows
  }
}
