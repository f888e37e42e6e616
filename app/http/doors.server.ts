import { createRequestHandler, type GetLoadContextFunction } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import { Router } from 'express'

/**
 * A handler for each URL of the map. Remix holds an address against the whole map four times a page, a
 * third of the page's work; here express finds the door, and Remix is given a build of that door and the root alone. The
 * browser is still told the whole map: it loads it by `assets.url`.
 */
export function doorsOf(build: ServerBuild, getLoadContext: GetLoadContextFunction): Router {
  const router = Router()
  const handler = (part: ServerBuild, hasPage: boolean) =>
    createRequestHandler({ build: part, mode: 'production', getLoadContext: async (request, response) => ({ ...(await getLoadContext(request, response))!, drawsPage: hasPage && !request.path.endsWith('.data') }) })
  const routes = Object.values(build.routes).filter((route) => route?.parentId === 'root')
  for (const route of routes.sort((a, b) => placeholders(a) - placeholders(b))) {
    const path = route!.index ? ['/', '/_root.data'] : [`/${route!.path}`, `/${route!.path}.data`]
    router.all(path, handler(onlyRoute(build, route!.id), route!.module.default !== undefined))
  }
  return router
}

/** A fixed address is tried before one with a placeholder, and `*` last, as Remix ranks them. */
const placeholders = (route: { path?: string } | undefined) => (route?.path === '*' ? Infinity : (route?.path?.split(':').length ?? 0))

function onlyRoute(build: ServerBuild, id: string): ServerBuild {
  const pick = <T>(of: Record<string, T>) => Object.fromEntries(Object.entries(of).filter(([key]) => key === 'root' || key === id))
  return { ...build, routes: pick(build.routes), assets: { ...build.assets, routes: pick(build.assets.routes) } }
}
