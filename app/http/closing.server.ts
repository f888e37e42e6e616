import type { Server } from 'node:http'

const LONGEST_MS = 30_000

/**
 * Takes no new connection and waits until every request in flight is answered. Kept-alive connections end as they fall idle; a
 * request that is not answered after thirty seconds is given up.
 */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 100)
    const limit = setTimeout(() => server.closeAllConnections(), LONGEST_MS)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(limit)
      resolve()
    })
  })
}
