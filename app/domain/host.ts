/** By which names the site may be called: its own, and this machine's. */

/** Names that only this machine answers to. */
export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname)

/**
 * Whether a request calls us by our own name: the host of BASE_URL, or localhost or a bare address, which no page of a
 * stranger's name can be made to point at (DNS rebinding).
 */
export function hostIsOurs(host: string | null | undefined, baseUrl: URL): boolean {
  const called = host ? hostnameOf(host) : undefined
  if (called === undefined) return false
  return host!.toLowerCase() === baseUrl.host || isLoopback(called) || /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])$/i.test(called)
}

/**
 * Whether a write comes from our own pages: from BASE_URL or, where that is a plain http address of this machine or closed
 * network, from the very host that is called, by a name that is ours.
 */
export function originIsOurs(origin: string, host: string | null | undefined, baseUrl: URL): boolean {
  if (origin === baseUrl.origin) return true
  return baseUrl.protocol === 'http:' && hostIsOurs(host, baseUrl) && origin === `http://${host}`
}

function hostnameOf(host: string): string | undefined {
  if (!/^[\w.:[\]-]{1,255}$/.test(host) || !URL.canParse(`http://${host}`)) return undefined
  return new URL(`http://${host}`).hostname
}
