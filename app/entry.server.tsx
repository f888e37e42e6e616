import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { handedOver, wholePage } from './http/whole-page.server'
import { NonceContext } from './ui/nonce'

/** Web, jobs and command line are one module graph with one database handle: `start.mjs` calls this. */
export { main } from './cli.server'

/** Remix lets promises in a loader's answer take so many milliseconds; no page has any, but the timer keeps the page's data. */
export const streamTimeout = 100

/** Answers whole pages only; what fails while one is drawn, Remix draws as the page for errors. */
export default async function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, load: AppLoadContext): Promise<Response> {
  const context = await handedOver(remix)
  const bytes = wholePage(
    <NonceContext.Provider value={load.nonce}>
      <RemixServer context={context} url={request.url} nonce={load.nonce} />
    </NonceContext.Provider>,
  )
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Content-Length', String(bytes.length))
  return new Response(bytes, { headers, status })
}

/** Unexpected failures go to the log with their path, never to the reader. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  context.app.log('error', '処理に失敗しました', { error: error instanceof Error ? error.stack : String(error), path: new URL(request.url).pathname })
}
