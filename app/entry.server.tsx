import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { wholePage } from './http/whole-page.server'
import { NonceContext } from './ui/nonce'

/** Web, jobs and command line are one module graph with one database handle: `start.mjs` calls this. */
export { main } from './cli.server'

const RENDER_LIMIT_MS = 10_000

/** Remix lets promises in a loader's answer take so many milliseconds; no page has any, but the timer keeps the page's data. */
export const streamTimeout = 100

/** Answers whole pages only (onAllReady): they must be complete without script. */
export default function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, load: AppLoadContext): Promise<Response> {
  return new Promise((resolve, reject) => {
    let failed = false
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={load.nonce}>
        <RemixServer context={remix} url={request.url} nonce={load.nonce} abortDelay={RENDER_LIMIT_MS} />
      </NonceContext.Provider>,
      {
        nonce: load.nonce,
        onAllReady: () => {
          clearTimeout(limit)
          headers.set('Content-Type', 'text/html; charset=utf-8')
          wholePage(pipe).then((bytes) => {
            headers.set('Content-Length', String(bytes.length))
            resolve(new Response(bytes, { headers, status: failed ? 500 : status }))
          }, reject)
        },
        onShellError: (error) => {
          clearTimeout(limit)
          reject(error)
        },
        onError: (error) => {
          failed = true
          load.app.log('error', 'ページを描けませんでした', { error: String(error), path: new URL(request.url).pathname })
        },
      },
    )
    const limit = setTimeout(abort, RENDER_LIMIT_MS)
  })
}

/** Unexpected failures go to the log with their path, never to the reader. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  context.app.log('error', '処理に失敗しました', { error: error instanceof Error ? error.stack : String(error), path: new URL(request.url).pathname })
}
