import { beforeAll, expect, it } from 'vitest'
import { insertRows, inTransaction, type Db } from '../../db/database.server'
import { lockRows } from '../../db/dialect.server'
import { prepared, preparedLists, preparedShapes } from '../../db/prepared.server'
import { freshDatabase, onBothEngines } from '../support/database'

onBothEngines('a prepared query', (engine) => {
  let db: Db
  let built = 0
  const find = prepared((of, command: string, at: number, ...keys: string[]) => {
    built++
    return of.selectFrom('command_key').select(['command_key', 'result']).where('command', '=', command).where('at', '>=', at).where('result', '!=', 'x').where('command_key', 'in', keys).orderBy('command_key')
  })
  beforeAll(async () => {
    db = await freshDatabase(engine)
    await inTransaction(db, (tx) => insertRows(tx, 'command_key', ['a', 'b', 'c'].map((key, at) => ({ command_key: key, command: 'one', at, result: `は${key}` }))))
  })

  it('is put together once for each number of values and then answers for any values', async () => {
    const keys = async (...values: Parameters<typeof find>) => (await find(...values)).map(({ command_key }) => command_key)
    expect(await keys(db, 'one', 0, 'a', 'b')).toEqual(['a', 'b'])
    expect(await keys(db, 'one', 1, 'a', 'b')).toEqual(['b'])
    expect(await keys(db, 'two', 0, 'a', 'b')).toEqual([])
    expect(built).toBe(1)
    expect(await keys(db, 'one', 0, 'a', 'b', 'c')).toEqual(['a', 'b', 'c'])
    expect(built).toBe(2)
    expect(await find(db, 'one', 2, 'c')).toEqual([{ command_key: 'c', result: 'はc' }])
  })

  it('refuses what the engines would store differently, at every call', async () => {
    await expect(find(db, 'one', Number.NaN, 'a')).rejects.toThrow(TypeError)
    await expect(find(db, 'o\0e', 0, 'a')).rejects.toThrow(TypeError)
  })

  it('refuses to be built when a value is not used as it is', async () => {
    await expect(prepared((of, key: string) => of.selectFrom('command_key').select('at').where('command_key', '=', `${key}!`))(db, 'a')).rejects.toThrow(/each of its values/)
  })

  it('locks inside a transaction', async () => {
    const lock = prepared((of, key: string) => lockRows(of, of.selectFrom('command_key').select('result').where('command_key', '=', key)))
    expect(await inTransaction(db, (tx) => lock(tx, 'b'))).toEqual([{ result: 'はb' }])
  })

  it('takes lists, and is put together once for each of their lengths', async () => {
    let texts = 0
    const among = preparedLists((of, keys: readonly string[], [least, command]: readonly (string | number)[]) => {
      texts++
      return of.selectFrom('command_key').select('command_key').where('command', '=', String(command)).where('at', '>=', least as number).where('command_key', 'in', [...keys]).orderBy('command_key')
    })
    const keys = async (...lists: Parameters<typeof among>) => (await among(...lists)).map(({ command_key }) => command_key)
    expect([await keys(db, ['a', 'b'], [0, 'one']), await keys(db, ['b', 'a'], [1, 'one']), await keys(db, ['b', 'a'], [0, 'two'])]).toEqual([['a', 'b'], ['b'], []])
    expect(texts).toBe(1)
    const many = Array.from({ length: 150 }, (_, at) => `k${at}`)
    expect([await keys(db, ['a', ...many], [0, 'one']), await keys(db, ['b', ...many], [0, 'one'])]).toEqual([['a'], ['b']])
    expect(texts, 'long lists are put together each time').toBe(3)
  })

  it('takes a shape, and is put together once for each with each of its lengths', async () => {
    let texts = 0
    const inOrder = preparedShapes((of, { falling }: { falling: boolean }, { keys, since }: { keys: readonly string[]; since: readonly [number] | readonly [] }) => {
      texts++
      const all = of.selectFrom('command_key').select('command_key').where('command_key', 'in', [...keys]).orderBy('command_key', falling ? 'desc' : 'asc')
      return since[0] === undefined ? all : all.where('at', '>=', since[0])
    })
    const keys = async (...asked: Parameters<typeof inOrder>) => (await inOrder(...asked)).map(({ command_key }) => command_key).join('')
    for (let round = 0; round < 2; round++) {
      expect(await keys(db, { falling: false }, { keys: ['a', 'b', 'c'], since: [] })).toBe('abc')
      expect(await keys(db, { falling: true }, { keys: ['a', 'b', 'c'], since: [] })).toBe('cba')
      expect(await keys(db, { falling: true }, { keys: ['c', 'b', 'x'], since: [] })).toBe('cb')
      expect(await keys(db, { falling: true }, { keys: ['b', 'c'], since: [2] })).toBe('c')
      expect(await keys(db, { falling: true }, { keys: ['b', 'c'], since: [1] })).toBe('cb')
    }
    expect(texts).toBe(3)
  })
})
