import { beforeAll, expect, it } from 'vitest'
import { hitOne, insertAbsentRows, insertRows, inTransaction, type Db } from '../../db/database.server'
import { failureOf, lockRows } from '../../db/dialect.server'
import { freshDatabase, onBothEngines } from '../support/database'

onBothEngines('the engines behave alike', (engine) => {
  let db: Db
  beforeAll(async () => {
    db = await freshDatabase(engine)
  })

  it('stores what it is given, or refuses it', async () => {
    const values = ['', 'は', 'ぱぱ', '葛󠄀城', '𠮷', 'a'.repeat(180)]
    await inTransaction(db, (tx) => insertRows(tx, 'command_key', values.map((value, at) => ({ command_key: `v${at}`, command: 'x', at: at * 1_000_000_007, result: value }))))
    const rows = await db.selectFrom('command_key').selectAll().orderBy('command_key').execute()
    expect(rows.map((row) => row.result)).toEqual(values)
    expect(rows.map((row) => row.at)).toEqual(values.map((_, at) => at * 1_000_000_007))
    for (const bad of [true, Number.NaN, 1.5, ['a'], 'a\0b', {}])
      await expect(inTransaction(db, (tx) => insertRows(tx, 'command_key', [{ command_key: 'bad', command: 'x', at: 1, result: bad as string }]))).rejects.toThrow(TypeError)
  })

  it('keeps bytes as bytes', async () => {
    const bytes = new Uint8Array([0, 255, 1, 128])
    await inTransaction(db, (tx) => insertRows(tx, 'blob', [{ sha256: 'a'.repeat(64), media_type: 'x', size: 4, bytes }]))
    const row = await db.selectFrom('blob').select('bytes').executeTakeFirstOrThrow()
    expect([...row.bytes]).toEqual([...bytes])
  })

  it('tells refusals of constraints apart', async () => {
    const key = { command_key: 'same', command: 'x', at: 1, result: '' }
    await inTransaction(db, (tx) => insertRows(tx, 'command_key', [key]))
    const kinds = await Promise.all([
      inTransaction(db, (tx) => insertRows(tx, 'command_key', [key])).catch(failureOf),
      inTransaction(db, (tx) => insertRows(tx, 'account', [{ id: 'a', person_id: 'nobody', password_hash: null, must_change: 0, disabled_at: null, notice_version: null, notice_at: null, furigana: 0, track: 'ja', created_at: 1 }])).catch(failureOf),
      inTransaction(db, (tx) => insertRows(tx, 'change_set', [{ id: 'c', kind: 'whim' as 'edit', actor_account_id: null, at: 1, source_sha256: null, undoes: null, note: '', summary: '' }])).catch(failureOf),
    ])
    expect(kinds).toEqual(['duplicate', 'missingReference', 'check'])
    await inTransaction(db, (tx) => insertAbsentRows(tx, 'command_key', 'command_key', [key]))
  })

  it('lets exactly one of two conditional updates win', async () => {
    await inTransaction(db, (tx) => insertRows(tx, 'job_lease', [{ name: 'j', owner: '', leased_until: 0, token: 0, succeeded_at: null, trying_since: null, failure: '' }]))
    const claim = (owner: string) =>
      inTransaction(db, async (tx) => hitOne(await tx.updateTable('job_lease').set({ owner, leased_until: 10 }).where('name', '=', 'j').where('leased_until', '<', 5).executeTakeFirst()))
    const won = await Promise.all(['a', 'b', 'c', 'd'].map(claim))
    expect(won.filter(Boolean)).toHaveLength(1)
  })

  it('rolls the whole of a transaction back', async () => {
    await expect(inTransaction(db, async (tx) => {
      await insertRows(tx, 'person', [{ id: 'p', created_at: 1, merged_into: null }])
      throw new Error('stop')
    })).rejects.toThrow('stop')
    expect(await db.selectFrom('person').selectAll().execute()).toEqual([])
  })

  if (engine === 'MariaDB') it('sends nothing more of many rows after a deadlock, when the server has left the transaction', async () => {
    const key = (name: string) => ({ command_key: name, command: 'x', at: 1, result: '' })
    const signal = () => {
      let give!: () => void
      return { given: new Promise<void>((resolve) => (give = resolve)), give }
    }
    const [holds, waits] = [signal(), signal()]
    const other = inTransaction(db, async (tx) => {
      await insertRows(tx, 'command_key', [key('d-0700'), ...Array.from({ length: 3000 }, (_, at) => key(`other-${at}`))])
      holds.give()
      await waits.given
      await insertRows(tx, 'command_key', [key('d-0001')])
    })
    let tries = 0
    const many = inTransaction(db, async (tx) => {
      if (++tries > 1) throw new Error('the victim begins again')
      await holds.given
      await insertRows(tx, 'command_key', function* () {
        for (let at = 0; at < 2000; at++) {
          if (at === 1400) waits.give() // the part with the row that the other holds is on its way by then
          yield key(`d-${String(at).padStart(4, '0')}`)
        }
      }())
    })
    await expect(many).rejects.toThrow('the victim begins again')
    await other
    const left = await db.selectFrom('command_key').select('command_key').where('command_key', 'like', 'd-%').orderBy('command_key').execute()
    expect(left.map((row) => row.command_key)).toEqual(['d-0001', 'd-0700'])
  })

  it('sees in a transaction what others committed while it waited for a lock', async () => {
    await inTransaction(db, (tx) => insertRows(tx, 'job_lease', [{ name: 'seen', owner: '', leased_until: 0, token: 0, succeeded_at: null, trying_since: null, failure: '' }]))
    const counted: number[] = []
    await Promise.all([1, 2, 3].map((at) => inTransaction(db, async (tx) => {
      await tx.selectFrom('command_key').select('command_key').where('command', '=', 'seen').execute()
      await lockRows(tx, tx.selectFrom('job_lease').select('name').where('name', '=', 'seen')).execute()
      counted.push((await tx.selectFrom('command_key').select('command_key').where('command', '=', 'seen').execute()).length)
      await insertRows(tx, 'command_key', [{ command_key: `seen${at}`, command: 'seen', at, result: '' }])
    })))
    expect(counted.sort()).toEqual([0, 1, 2])
  })

  it('sees code points as different that only look alike', async () => {
    await inTransaction(db, (tx) => insertRows(tx, 'command_key', ['はは', 'ぱぱ', 'ハハ', 'a', 'A'].map((key) => ({ command_key: key, command: 'w', at: 1, result: '' }))))
    expect(await db.selectFrom('command_key').select('command_key').where('command_key', '=', 'はは').execute()).toHaveLength(1)
  })
})
