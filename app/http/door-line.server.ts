import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import { addressKey } from '../domain/throttle'
import { Turns, type TurnLimits } from '../domain/turns'

/** Where anybody may try a password or a code; each try costs a page, a few writes and a slow hash. */
export const TRY_DOORS = ['/sign-in', '/start', '/forgot'].flatMap((path) => [path, `${path}.data`])

/** Many more than hash at once, since most only wait their delay; behind one address a whole shop may try at one moment. */
const LIMITS = { atOnce: 64, atOnceOfKey: 48, perKey: 48, waiting: 400 }
const RETRY_AFTER_SECONDS = 10
/** A form of these doors fits into one packet or two: who has not sent it by then holds up nobody. */
const ARRIVES_WITHIN_MS = 10_000

/**
 * The line in front of these doors: addresses take turns, so that one that tries a thousand times holds up itself. Who finds no
 * place is told so at once, before anything is read, drawn or hashed, and may come back: nobody is shut out.
 */
export function doorLine(isDemo: boolean, limits: TurnLimits & { arrivesWithinMs?: number } = LIMITS): RequestHandler {
  const line = new Turns(limits)
  return async (request, response, next) => {
    if (!(await hasArrived(request, limits.arrivesWithinMs ?? ARRIVES_WITHIN_MS))) return void request.destroy()
    const answered = () => new Promise<void>((resolve) => {
      if (response.closed) return resolve()
      response.once('close', resolve)
      next()
    })
    await line.take({ key: addressKey(request.ip ?? ''), known: false }, answered).then((turn) => turn ?? crowdedOut(request, response, isDemo), next)
  }
}

/** Whether all of a request is here, so that no place is held by who only began to send. */
async function hasArrived(request: Request, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; !request.complete; await sleep(20)) if (request.destroyed || Date.now() > until) return false
  return true
}

function crowdedOut(request: Request, response: Response, isDemo: boolean): void {
  request.resume() // a browser that is still sending shows no answer
  response.status(429).set('Retry-After', String(RETRY_AFTER_SECONDS)).set('Connection', 'close').type('html').send(pageOf(request.originalUrl, isDemo))
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Plain on purpose: it is written out hundreds of times a second, and needs neither script nor style to be read. */
const pageOf = (url: string, isDemo: boolean): string => `<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>混み合っています｜守秘</title></head>
<body>
${isDemo ? '<p>デモ — 架空の会社と人です。</p>\n' : ''}<main id="main">
<h1>いまは混み合っています</h1>
<p>まだ何も受け付けていません。同じ回線から、サインインやコードの入力がたくさん届いているためです。入力したパスワードやコードが違うということではありません。</p>
<p>${RETRY_AFTER_SECONDS}秒ほど待って、もう一度お試しください。入力は、はじめからお願いします。</p>
<p><a href="${escaped(url.replace(/\.data(?=\?|$)/, ''))}">もう一度入力する</a></p>
</main>
</body>
</html>
`
