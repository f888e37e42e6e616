import type { TestProject } from 'vitest/node'
import { startMariaDb } from './mariadb.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    mariadb: string
  }
}

/** One private MariaDB for the whole run; each test file makes databases of its own in it. */
export default async function start(project: TestProject) {
  const server = await startMariaDb()
  project.provide('mariadb', server.socket)
  return server.stop
}
