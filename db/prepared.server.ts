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

/** More values, or more lengths, than this are not kept. */
const MOST_VALUES = 100
const MOST_SHAPES = 200

/** The same for a query that takes lists, as a page of people and the units of a line: put together once for each of their lengths. */
export function preparedLists<L extends readonly (readonly Value[])[], R>(build: (db: Db, ...lists: L) => Compilable<R> | CompiledQuery<R>): (db: Db, ...lists: L) => Promise<R[]> {
  const ask = preparedShapes<object, Record<number, readonly Value[]>, R>((db, _shape, lists) => build(db, ...(Object.values(lists) as unknown as L)))
  return (db, ...lists) => ask(db, {}, { ...lists })
}

/** The same for lists by name, of a query whose text follows from its shape too, as the tab and the order of a page: from words of our own, never from what somebody wrote. */
export function preparedShapes<S extends object, L extends { readonly [name: string]: readonly Value[] }, R>(build: (db: Db, shape: S, lists: L) => Compilable<R> | CompiledQuery<R>): (db: Db, shape: S, lists: L) => Promise<R[]> {
  const shapes = new Map<string, (db: Db, ...values: Value[]) => Promise<R[]>>()
  return async (db, shape, lists) => {
    const values = Object.values(lists).flat()
    if (values.length > MOST_VALUES) {
      const query = build(db, shape, lists)
      return (await db.executeQuery<R>('compile' in query ? query.compile() : query)).rows
    }
    const lengths = Object.entries(lists).map(([name, { length }]) => [name, length] as const)
    const key = `${JSON.stringify(shape)} ${lengths.join(' ')}`
    let known = shapes.get(key)
    if (!known) {
      if (shapes.size >= MOST_SHAPES) shapes.clear()
      known = prepared((on, ...flat) => {
        let at = 0
        return build(on, shape, Object.fromEntries(lengths.map(([name, length]) => [name, flat.slice(at, (at += length))])) as unknown as L)
      })
      shapes.set(key, known)
    }
    return known(db, ...values)
  }
}
