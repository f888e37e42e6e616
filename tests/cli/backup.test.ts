import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { backup } from '../../app/cli/backup.server'
import { openDatabase } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

onBothEngines('backup', (engine) => {
  let world: World
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-backup-'))
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addPerson({ number: '000007', name: '髙橋 美咲' })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const run = async (...argv: string[]) => {
    const said: string[] = []
    const code = await backup(argv, world.systemContext(), { out: (line) => said.push(line), err: (line) => said.push(line) })
    return { code, said: said.join('\n') }
  }

  it('keeps what there is in a file that opens by itself', async () => {
    const file = join(folder, 'kept.db')
    const { code, said } = await run(file)
    if (engine === 'MariaDB') return expect([code, said]).toEqual([1, expect.stringContaining('mariadb-dump')])
    expect([code, said]).toEqual([0, expect.stringContaining(file)])
    await world.addPerson({ number: '000008' })
    const kept = openDatabase({ file })
    expect(await kept.selectFrom('engagement').select('number').execute()).toEqual([{ number: '000007' }])
    await kept.destroy()
    expect(statSync(file).size).toBeGreaterThan(0)
  })

  it('writes over nothing and says what stands in the way', async () => {
    const there = join(folder, 'there.db')
    writeFileSync(there, 'something')
    expect(await run(there)).toEqual({ code: 1, said: expect.stringContaining('もうあります') })
    expect(await run()).toEqual({ code: 2, said: expect.stringContaining('使い方') })
    if (engine === 'SQLite') expect(await run(join(folder, 'missing', 'x.db'))).toEqual({ code: 1, said: expect.stringContaining('書けませんでした') })
  })
})
