import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { serve } from '../../app/http/server.server'
import { StartError } from '../../app/settings.server'
import { World } from '../support/world'

it('says in one sentence that the port is taken, and what to do', async () => {
  const world = await World.make('SQLite')
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const app = { ...world.app, settings: { ...world.app.settings, port, host: '127.0.0.1', demo: false } }
  const trouble = await serve(app, { routes: {} } as never, { out: () => undefined, err: () => undefined }).catch((error: unknown) => error)
  expect(trouble).toBeInstanceOf(StartError)
  expect((trouble as Error).message).toMatch(new RegExp(`^ポート ${port} は、ほかのプログラム.*PORT=${port === 65535 ? port - 1 : port + 1} `))
  expect((trouble as Error).message).not.toMatch(/\n|EADDRINUSE/)
  other.close()
})
