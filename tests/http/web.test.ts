import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EntryContext, ServerBuild } from '@remix-run/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FORM_LIMITS } from '../../app/http/form.server'
import { guardAction, guardLoader } from '../../app/http/guard.server'
import { webOf } from '../../app/http/server.server'
import { World } from '../support/world'

/** The real web (express, Remix, guard) around one form that anybody may send. */
const form = { loginId: z.string().optional(), people: z.array(z.object({ number: z.string() })).default([]), taken: z.record(z.string(), z.string()).default({}), file: z.instanceof(File).optional() }
const actions = {
  echo: guardAction({ act: 'anyone', form: z.object(form) }, async ({ form }) => Response.json(form.ok ? { ...form.value, file: form.value.file?.size } : form)),
  files: guardAction({ act: 'anyone', mostBytes: 300_000, form: z.object(form) }, async ({ form }) => Response.json(form.ok ? { file: form.value.file?.size } : form)),
  own: guardAction({ act: 'learn', form: z.object({}) }, async () => Response.json('in')),
}
const found = guardLoader({ act: 'anyone', query: z.object({ q: z.string().optional() }) }, async ({ query }) => Response.json(query))
const menu = guardLoader({ act: 'anyone', around: true }, async () => 'menu')
const broken = guardAction({ act: 'anyone', form: z.object({}) }, async () => Promise.reject(new Error('a bug')))
const page = (action: object) => ({ default: () => null, action, loader: found })
const pages = [
  { id: 'root', path: '', module: { default: () => null, ErrorBoundary: () => null, loader: menu } },
  ...Object.entries(actions).map(([id, action]) => ({ id, parentId: 'root', path: id, module: { action, loader: found } })),
  ...[['page', actions.echo], ['own-page', actions.own], ['broken', broken]].map(([id, action]) => ({ id, parentId: 'root', path: id, module: page(action as object) })),
]
const drawn = (_request: Request, status: number, headers: Headers, { staticHandlerContext: { loaderData, errors } }: EntryContext) => new Response(JSON.stringify({ menu: loaderData.root, refused: Object.values(errors ?? {}).map((one: { status?: number; message?: string }) => one.status ?? one.message) }), { status, headers })
const build = {
  entry: { module: { default: drawn, handleError: () => undefined } }, routes: Object.fromEntries(pages.map((page) => [page.id, page])), publicPath: '/', assetsBuildDirectory: 'build/client', isSpaMode: false, future: { v3_singleFetch: true },
  assets: { url: '', version: '1', entry: { imports: [], module: '' }, routes: Object.fromEntries(pages.map((page) => [page.id, { ...page, module: '' }])) },
} as unknown as ServerBuild

let server: Server
let port: number
let world: World
beforeAll(async () => {
  world = await World.make('SQLite')
  server = createServer(webOf(world.app, build)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

interface Sent { path?: string; method?: string; body?: string | Buffer; chunks?: Iterable<string>; type?: string; headers?: Record<string, string> }
const send = ({ path = '/echo', method = 'POST', body, chunks, type = 'application/x-www-form-urlencoded', headers = {} }: Sent) =>
  new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const all = { Host: `localhost:${port}`, Origin: `http://localhost:${port}`, ...(type && { 'Content-Type': type }), ...headers }
    const asked = httpRequest({ port, host: '127.0.0.1', path, method, headers: all }, (answer) => {
      let text = ''
      answer.on('data', (part: Buffer) => (text += part.toString())).on('end', () => resolve({ status: answer.statusCode!, text, headers: answer.headers }))
    })
    asked.on('error', reject)
    if (!chunks) return void asked.end(body)
    for (const chunk of chunks) asked.write(chunk)
    asked.end()
  })
const status = async (sent: Sent) => (await send(sent)).status

describe('a form', () => {
  it('is read as our pages write it', async () => {
    const { status: code, text } = await send({ body: 'loginId=%E9%AB%99%E6%A9%8B&people[1].number=b&people[0].number=a&taken.01a1fe29-e393-7b0c=2026-11-20' })
    expect([code, JSON.parse(text)]).toEqual([200, { loginId: '髙橋', people: [{ number: 'a' }, { number: 'b' }], taken: { '01a1fe29-e393-7b0c': '2026-11-20' } }])
    expect(await status({ type: '' })).toBe(200)
  })

  it.each([
    'loginId[40000000]=1', 'loginId[1000]=1', 'people[1][2]=1', '__intent__={"type":"update","payload":{"name":"loginId","index":3000000,"value":"x"}}', '__intent__={', '__state__=x', '__proto__.x=1', 'constructor.x=1',
    'a.constructor.x=1', 'a.__proto__.x=1', `a${'.a'.repeat(3000)}=1`, `${'a'.repeat(100)}=1`, 'loginId=a%00b', ' =1', '=1', 'a]=1',
  ])('whose field is %.40s is refused in words', async (body) => expect(await status({ body })).toBe(400))

  it('has so many fields and no more', async () => {
    expect(await status({ body: Array(FORM_LIMITS.fields).fill('loginId=1').join('&') })).toBe(200)
    expect(await status({ body: Array(FORM_LIMITS.fields + 1).fill('loginId=1').join('&') })).toBe(400)
    const began = performance.now()
    expect(await status({ body: Array(6_000).fill('loginId=1').join('&') })).toBe(400)
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('is measured as it comes in, whatever length it names', async () => {
    const megabyte = 'a'.repeat(1 << 20)
    expect(await status({ body: `loginId=${'a'.repeat(FORM_LIMITS.bytes)}` })).toBe(413)
    expect(await status({ chunks: Array<string>(30).fill(megabyte) })).toBe(413)
    expect(await status({ path: '/files', body: `loginId=${megabyte}` })).toBe(413)
    expect(await status({ body: `loginId=${'a'.repeat(FORM_LIMITS.bytes - 10)}` })).toBe(200)
  })

  const part = (name: string, value: string, file = '') => `--b\r\nContent-Disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\n${value}\r\n`
  it('with files may be longer, but not its words, nor the number of its parts', async () => {
    const type = 'multipart/form-data; boundary=b'
    const big = part('file', 'x'.repeat(200_000), '名簿.csv')
    expect(JSON.parse((await send({ path: '/files', type, body: `${big}--b--` })).text)).toEqual({ file: 200_000 })
    expect(await status({ path: '/echo', type, body: `${big}--b--` })).toBe(413)
    expect(await status({ path: '/files', type, body: `${part('loginId', 'x'.repeat(200_000))}--b--` })).toBe(413)
    expect(await status({ path: '/files', type, body: `${Array.from({ length: 2_100 }, () => part('file', 'x', 'a')).join('')}--b--` })).toBe(400)
  })

  it('whose files are too large comes back with its words, wherever they stood, and says which file it was', async () => {
    const type = 'multipart/form-data; boundary=b'
    const refused = async (parts: string[]) => JSON.parse((await send({ path: '/files', type, chunks: `${parts.join('')}--b--\r\n`.match(/[^]{1,70001}/g)! })).text) as { ok: boolean; errors: Record<string, string[]>; given: Record<string, unknown> }
    const { ok, errors, given } = await refused([part('loginId', '髙橋'), part('file', `x\r\n--c${'x'.repeat(900_000)}`, '大きい.pdf'), part('people[0].number', '000412'), part('small', 'y', 'y.pdf'), part('taken.a', '最後')])
    expect([ok, Object.keys(errors), given]).toEqual([false, ['file'], { loginId: '髙橋', people: [{ number: '000412' }], taken: { a: '最後' } }])
    expect(errors.file![0]).toContain('大きすぎて')
    expect((await refused([part('file', 'x'.repeat(400_000), 'x.pdf'), part('loginId', 'y'.repeat(70_000))]).catch((error: Error) => error)) instanceof Error).toBe(true)
    expect(await status({ path: '/files', type, body: `${part('file', 'x'.repeat(400_000), 'x.pdf')}${part('constructor.x', '1')}--b--` })).toBe(400)
    expect((await refused([part('password', 'ひみつ'), part('file', 'x'.repeat(400_000), 'x.pdf')])).given).toEqual({})
  })

  it.each(['application/json', 'text/plain', 'multipart/form-data', 'multipart/form-data; boundary=b', ''])('of type "%s" that is not one is refused in words', async (type) =>
    expect(await status({ type, body: '--b\r\nfoo' })).toBe(400))

  it('that nobody may send is read to its end before the answer', async () => {
    const { status, headers } = await send({ path: '/own', chunks: Array<string>(8).fill('a'.repeat(1 << 20)), headers: { Referer: 'x' } })
    expect([status, headers.location]).toEqual([302, '/sign-in?next=%2Fown&unsent=1'])
    expect((await send({ path: '/own', headers: { Referer: 'http://localhost:3000/pledges/1/sign?x' } })).headers.location).toBe('/sign-in?next=%2Fpledges%2F1%2Fsign&unsent=1')
  })
})

describe('a form refused without script', () => {
  const asked = async (sent: Sent) => {
    const { status, text } = await send(sent)
    return { status, ...(JSON.parse(text) as object) }
  }

  it('answers a page that has its menu, whatever refused it', async () => {
    expect(await asked({ path: '/page', body: 'a'.repeat(FORM_LIMITS.bytes + 1) })).toEqual({ status: 413, menu: 'menu', refused: [413] })
    expect(await asked({ path: '/page', body: '=1' })).toEqual({ status: 400, menu: 'menu', refused: [400] })
    expect(await asked({ path: '/page', headers: { Origin: 'http://other.example' } })).toEqual({ status: 403, menu: 'menu', refused: [403] })
    expect(await asked({ path: '/broken' })).toMatchObject({ status: 500, menu: 'menu' })
  })

  it('is sent to the door as before, and a script is answered by the refusal alone', async () => {
    expect((await send({ path: '/own-page' })).headers.location).toBe('/sign-in?next=%2Fown-page&unsent=1')
    expect((await send({ path: '/page.data', body: '=1' })).text).toContain('bad form')
  })
})

describe('a request', () => {
  it('with NUL finds nothing', async () => {
    expect(await status({ method: 'GET', path: '/echo?q=a%00' })).toBe(404)
    expect(await status({ method: 'GET', path: '/echo?q=a' })).toBe(200)
    expect((await send({ method: 'GET', path: '/%00%' })).status).toBe(404)
  })

  it('calls us by our name or by a bare address', async () => {
    for (const [host, expected] of [['localhost:9', 200], [`127.0.0.1:${port}`, 200], ['192.0.2.7:3000', 200], ['[::1]:3000', 200], ['rebound.evil.example', 400], ['localhost.evil.example', 400], ['127.0.0.1.evil.example', 400], ['a b', 400]] as const)
      expect([host, await status({ method: 'GET', headers: { Host: host } })]).toEqual([host, expected])
    expect(await status({ headers: { Host: 'rebound.evil.example', Origin: 'http://rebound.evil.example' } })).toBe(400)
    expect(await status({ headers: { 'X-Forwarded-Host': 'a:b:c]' } })).toBe(200)
  })

  it('is GET or POST, and the others are answered in words', async () => {
    for (const method of ['TRACE', 'PUT', 'DELETE', 'OPTIONS']) expect(await send({ method })).toMatchObject({ status: 405, text: 'この操作は受け付けていません。\n' })
  })
})

it('tells a stranger what is up and what is not, without numbers', async () => {
  const health = async (headers: Record<string, string>) => JSON.parse((await send({ method: 'GET', path: '/healthz', headers })).text) as Record<string, Record<string, unknown>>
  expect((await health({})).outbox).toEqual({ ok: true, state: 'off', waiting: 0, givenUp: 0, fictional: 0 })
  expect(await health({ 'X-Forwarded-For': '203.0.113.9', Host: 'probe' })).toEqual({ ok: true, database: { ok: true, state: 'up' }, jobs: { ok: true, state: 'up' }, outbox: { ok: true, state: 'off' } })
})
