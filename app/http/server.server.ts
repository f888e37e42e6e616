import { randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { Terminal } from '../cli.server'
import { resetsQueued } from '../commands/issue-code.server'
import { noticePublished } from '../content/published.server'
import type { App } from '../context'
import { demoSignIns, isDemoCompany, loadDemo } from '../demo/load.server'
import { hostIsOurs, isLoopback } from '../domain/host'
import { startJobs } from '../jobs/runner.server'
import { StartError, type Settings } from '../settings.server'
import { closed } from './closing.server'
import { doorLine, TRY_DOORS } from './door-line.server'
import { doorsOf } from './doors.server'
import { healthOf, healthWords } from './health.server'

/** What another process publishes is served here within a minute. */
const LOOK_EVERY_MS = 30_000
const YEAR_MS = 365 * 24 * 3_600_000

/** The web as an express application: headers, static files, health, then Remix. */
export function webOf(app: App, build: ServerBuild): Express {
  const web = express()
  web.disable('x-powered-by')
  web.set('trust proxy', app.settings.trustProxy)
  web.set('query parser', false)
  web.use((_request, response, next) => {
    const nonce = randomBytes(16).toString('base64')
    response.locals.nonce = nonce
    response.setHeader('Content-Security-Policy', contentSecurityPolicy(nonce, app.settings.baseUrl.protocol === 'https:'))
    response.setHeader('Referrer-Policy', 'same-origin')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), interest-cohort=()')
    if (app.settings.baseUrl.protocol === 'https:') response.setHeader('Strict-Transport-Security', 'max-age=31536000')
    next()
  })
  web.get('/healthz', async (request, response) => {
    const health = await healthOf(app)
    response.status(health.ok ? 200 : 503).set('Cache-Control', 'no-store').json(healthWords(health, isFromHere(request)))
  })
  web.use((request, response, next) => {
    if (!hostIsOurs(request.headers.host, app.settings.baseUrl)) return plainly(response, 400, `このサイトの公開先は ${app.settings.baseUrl.origin} です。別の名前では開けません。前に中継があるときは、もとの Host を渡してください。`)
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) return plainly(response.set('Allow', 'GET, HEAD, POST'), 405, 'この操作は受け付けていません。')
    next()
  })
  web.use(compression())
  web.use('/assets', express.static('build/client/assets', { immutable: true, maxAge: YEAR_MS, fallthrough: false }))
  web.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  web.use((request, _response, next) => {
    leaveOriginToGuard(request.headers)
    next()
  })
  web.post(TRY_DOORS, doorLine(app.settings.demo))
  web.use(doorsOf(build, (request, response) => ({ app, nonce: response.locals.nonce as string, address: request.ip ?? '', ready: () => taken(response) })))
  web.use((error: Error & { status?: number }, request: Request, response: Response, _next: NextFunction) => {
    const theirs = error.status !== undefined && error.status < 500
    if (!theirs) app.log('error', '処理に失敗しました', { error: error.stack, path: request.path })
    if (response.headersSent) return void response.destroy()
    plainly(response, theirs ? 400 : 500, theirs ? 'アドレスを読み取れませんでした。リンクを確かめて、もう一度お試しください。' : 'こちらの不具合で、表示できませんでした。少し待って、もう一度お試しください。')
  })
  return web
}

/** Waits until the receiver has taken what was written; false when the receiver has gone. */
async function taken(response: Response): Promise<boolean> {
  if (response.writableNeedDrain && !response.destroyed)
    await new Promise<void>((resolve) => {
      const done = () => {
        response.off('drain', done).off('close', done)
        resolve()
      }
      response.on('drain', done).on('close', done)
    })
  return !response.destroyed && !response.closed
}

/** Whether a request comes from this machine itself, through nobody in between. */
const isFromHere = (request: Request): boolean => isLoopback((request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')) && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined

/** An answer before there is a page: one line of words. */
const plainly = (response: Response, status: number, line: string): void => void response.status(status).type('text/plain').send(`${line}\n`)

/**
 * Remix compares Origin with Host by itself and answers 500, also behind a proxy that names its own host. The guard compares
 * with the public address and answers 403 in words, so Remix is told that the two agree.
 */
function leaveOriginToGuard(headers: IncomingHttpHeaders): void {
  const { origin } = headers
  delete headers['x-forwarded-host']
  if (origin === undefined) return
  if (origin !== 'null' && !URL.canParse(origin)) headers.origin = 'null'
  headers['x-forwarded-host'] = headers.origin === 'null' ? 'null' : new URL(headers.origin!).host
}

function contentSecurityPolicy(nonce: string, secure: boolean): string {
  return [
    "default-src 'none'", `script-src 'nonce-${nonce}' 'strict-dynamic'`, "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** Loads the demonstration where it is wanted and nobody is registered; answers whether the company is the demonstration. */
async function showsDemo(app: App): Promise<boolean> {
  if (app.settings.demo) await loadDemo(app)
  const demo = await isDemoCompany(app)
  if (demo && !app.settings.demo) throw new StartError('デモの会社が入っているデータベースです。パスワードが公開されているため、手元の端末だけで使うか、SHUHI_DEMO=1 を加えてください。自社の記録には、別の DATA_DIR か DATABASE_URL を使います。')
  return demo
}

/** Runs web and jobs until SIGTERM or SIGINT: then finishes requests in flight, stops the jobs and closes the database. */
export async function serve(given: App, build: ServerBuild, io: Terminal): Promise<undefined> {
  const app = { ...given, settings: { ...given.settings, demo: await showsDemo(given) } }
  const { settings } = app
  const server = createServer(webOf(app, build))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startTrouble(error, settings)))
    server.listen(settings.port, settings.host, resolve)
  })
  const jobs = startJobs(app)
  const looking = setInterval(() => {
    noticePublished(app.library, app.db).catch((error: unknown) => app.log('warn', 'ほかで公開された教材を確かめられませんでした', { error: String(error) }))
  }, LOOK_EVERY_MS)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : settings.port
  io.out(`守秘を始めました: ${settings.port === 0 ? `http://${settings.host}:${port}` : settings.baseUrl.origin}`)
  if (settings.demo) for (const line of demoSignIns()) io.out(line)
  const stop = async () => {
    clearInterval(looking)
    await closed(server)
    await jobs.stop()
    await resetsQueued()
    await app.db.destroy()
    process.exit(0)
  }
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      app.log('info', '終わります。進行中の要求を待っています。')
      void stop()
    })
  return undefined
}

const CANNOT_LISTEN: Partial<Record<string, (at: Settings) => string>> = {
  EADDRINUSE: ({ port }) => `ポート ${port} は、ほかのプログラム(先に始めた守秘かもしれません)が使っています。それを止めるか、PORT=${port === 65535 ? port - 1 : port + 1} のように別の番号で始めてください。`,
  EACCES: ({ port }) => `ポート ${port} で待ち受ける権限がありません。PORT=3000 のように、1024以上の番号で始めてください。`,
  EADDRNOTAVAIL: ({ host }) => `設定 HOST(${host})は、この機械のアドレスではありません。HOST=127.0.0.1 か、この機械のアドレスで始めてください。`,
  ENOTFOUND: ({ host }) => `設定 HOST(${host})という名前が見つかりません。HOST=127.0.0.1 のように、この機械のアドレスで始めてください。`,
}

/** Why nothing can be heard at this address, and what to do, in one sentence; anything else is a bug. */
const startTrouble = (error: NodeJS.ErrnoException, settings: Settings): Error => {
  const words = CANNOT_LISTEN[error.code ?? '']
  return words ? new StartError(words(settings)) : error
}
