import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { downloadPieces } from '../../app/http/download.server'
import { guardAction } from '../../app/http/guard.server'
import { webOf } from '../../app/http/server.server'
import { World } from '../support/world'

const PIECE = 1024 * 1024
const PIECES = 60
let made = 0
let ended: 'whole' | 'broken' | undefined

/** A long file through the real web: express, Remix, guard. */
async function* pieces(ready: () => Promise<boolean>): AsyncGenerator<Uint8Array> {
  while (made < PIECES) {
    if (!(await ready())) return void (ended = 'broken')
    made++
    yield new Uint8Array(PIECE)
  }
  ended = 'whole'
}
const action = guardAction({ act: 'anyone', form: z.object({}) }, async ({ ready }) => downloadPieces(pieces(ready), { name: '記録.zip', plainName: 'record.zip', type: 'application/zip' }))
const page = { id: 'long', parentId: 'root', path: 'long', module: { action } }
const build = {
  entry: { module: { default: () => new Response('page') } }, routes: { root: { id: 'root', path: '', module: { default: () => null } }, long: page }, publicPath: '/', assetsBuildDirectory: 'build/client', isSpaMode: false, basename: '/', future: { v3_singleFetch: true },
  assets: { url: '', version: '1', entry: { imports: [], module: '' }, routes: { long: { ...page, module: '' } } },
} as unknown as ServerBuild

let server: Server
beforeAll(async () => {
  const world = await World.make('SQLite')
  server = createServer(webOf(world.app, build)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(() => void server.close())

const begin = () =>
  new Promise<IncomingMessage>((resolve, reject) => {
    made = 0
    ended = undefined
    const { port } = server.address() as AddressInfo
    const asked = httpRequest({ port, host: '127.0.0.1', path: '/long', method: 'POST', headers: { Host: `localhost:${port}`, Origin: `http://localhost:${port}`, 'Content-Type': 'application/x-www-form-urlencoded' } }, (answer) => resolve(answer.pause()))
    asked.on('error', reject)
    asked.end()
  })

it('is made no faster than it is taken', async () => {
  const answer = await begin()
  await vi.waitUntil(() => made > 0)
  let before = -1
  // it stands still once the buffers in between are full
  await vi.waitUntil(() => { const still = made === before; before = made; return still }, { interval: 150, timeout: 5_000 })
  expect(made).toBeLessThan(PIECES / 2)
  let bytes = 0
  for await (const part of answer) bytes += (part as Buffer).length
  expect([bytes, ended]).toEqual([PIECES * PIECE, 'whole'])
  expect(answer.headers['content-disposition']).toContain(encodeURIComponent('記録.zip'))
})

it('ends when nobody takes it any more', async () => {
  const answer = await begin()
  await vi.waitUntil(() => made > 0)
  answer.destroy()
  await vi.waitUntil(() => ended === 'broken', { timeout: 5_000 })
  expect(made).toBeLessThan(PIECES)
})
