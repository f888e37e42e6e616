import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'

/** What README says first: `npm start`, and what ends it. */
const folder = mkdtempSync(join(tmpdir(), 'shuhi-start-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('ends in good order when npm, which started it, is told to end', async () => {
  const npm = spawn('npm', ['start'], { env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: folder, PORT: '0', SHUHI_DEMO: '0' } as unknown as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    npm.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      const found = /守秘を始めました: (http:\S+)/.exec(said)
      if (found) resolve(found[1]!)
    })
    npm.once('exit', () => reject(new Error(said)))
  })
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
  const everybodyGone = new Promise((resolve) => npm.stdout.once('close', resolve))
  npm.kill('SIGTERM')
  await everybodyGone
  await expect(fetch(`${address}/healthz`)).rejects.toThrow()
}, 300_000)
