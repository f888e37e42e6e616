import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startMariaDb } from './mariadb.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    mariadb: string
    demo: string
  }
}

/**
 * One private MariaDB for the whole run, in which each test file makes databases of its own, and one folder for the
 * demonstration, which the first journey loads and the others copy.
 */
export default async function start(project: TestProject) {
  const server = await startMariaDb()
  const demo = mkdtempSync(join(tmpdir(), 'shuhi-demo-'))
  project.provide('mariadb', server.socket)
  project.provide('demo', demo)
  return async () => {
    rmSync(demo, { recursive: true, force: true })
    await server.stop()
  }
}
