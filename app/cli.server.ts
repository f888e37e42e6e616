import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { ServerBuild } from '@remix-run/node'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { openDatabase } from '../db/database.server'
import { failureOf } from '../db/dialect.server'
import { migrate } from '../db/migrate.server'
import { VERBS } from './cli/verbs.server'
import { startNotes } from './content/disk.server'
import { loadLibrary } from './content/library.server'
import { noteSettings } from './commands/note-settings.server'
import { PublishedContentChanged, publishContent } from './commands/publish-content.server'
import type { App, Context } from './context'
import { serve } from './http/server.server'
import { readSettings, StartError, type Settings } from './settings.server'

/** Where a verb of the command line writes; tests give their own. */
export interface Terminal {
  out: (line: string) => void
  err: (line: string) => void
}

const terminal: Terminal = { out: (line) => void process.stdout.write(`${line}\n`), err: (line) => void process.stderr.write(`${line}\n`) }

/** Opens the database, brings it to this version, reads the content and enters it. Throws one clear error when that fails. */
export async function openApp(settings: Settings): Promise<App> {
  const logger = pino({ level: settings.logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
  const loaded = loadLibrary('content', settings.contentDir)
  if ('errors' in loaded) throw new StartError([`教材に誤りがあるため、始められません。${settings.contentDir ? `標準の教材は content、自社の教材(CONTENT_DIR)は ${settings.contentDir} です。` : ''}`, ...loaded.errors.map(({ file, line, field, message }) => `${file}:${line} ${field} ${message}`)].join('\n'))
  if (!settings.databaseUrl) makePrivateFolder(settings.dataDir)
  const db = settings.databaseUrl ? openDatabase({ url: settings.databaseUrl, connections: settings.databaseConnections }) : openDatabase({ file: join(settings.dataDir, 'shuhi.db') })
  const app: App = { db, library: loaded.library, settings, clock: Date.now, newId: uuidv7, log: (level, message, facts) => logger[level](facts ?? {}, message) }
  await migrate(db, randomUUID(), Date.now).catch((error: unknown) => {
    throw failureOf(error) === 'unavailable' ? new StartError(`データベースにつながりません(${(error as { code?: string }).code ?? ''})。DATABASE_URL の接続先・利用者・合言葉と、データベースが動いているかを確かめてください。`) : error
  })
  await publishContent(systemContext(app)).catch(async (error: unknown) => {
    await db.destroy()
    throw error instanceof PublishedContentChanged ? new StartError(error.message) : error
  })
  return app
}

/** The folder of the embedded database: nobody else on the machine reads names, words or password hashes in it, nor in a database that was there before. */
export function makePrivateFolder(folder: string): void {
  process.umask(0o077)
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  for (const name of ['shuhi.db', 'shuhi.db-wal', 'shuhi.db-shm']) if (existsSync(join(folder, name))) chmodSync(join(folder, name), 0o600)
}

/** A context in which the system itself acts. */
export const systemContext = (app: App): Context => ({ ...app, now: app.clock(), viewer: null, from: { address: '', agent: '' } })

/** A context in which somebody acts at the command line: there is no account, so the user of the operating system stands for it. */
const terminalContext = (app: App): Context => ({ ...systemContext(app), systemUser: systemUser() })

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}` // a container may run under a number that has no name
  }
}

/** Runs a verb of the command line, or the web and the jobs when none is given. Returns the exit code of a verb. */
export async function main(given: readonly string[], build: ServerBuild): Promise<number | undefined> {
  const asked = given[0] === 'shuhi' // `npm run shuhi` wants a verb; `npm start` has none
  const argv = asked ? given.slice(1) : given
  const verb = VERBS.find(({ name }) => name.every((word, at) => argv[at] === word))
  if ((asked || argv.length > 0) && !verb) {
    terminal.err(['使い方: npm run shuhi -- <動詞> …', ...VERBS.map(({ name, usage }) => `  ${name.join(' ')} ${usage}`)].join('\n'))
    return 2
  }
  try {
    const settings = readSettings()
    if (verb?.withoutApp) return await verb.withoutApp(argv.slice(verb.name.length), terminal, settings)
    const app = await openApp(settings)
    if (!verb?.run) {
      await noteSettings(systemContext(app))
      for (const line of startNotes(app)) terminal.err(line)
      return await serve(app, build, terminal).catch(async (error: unknown) => {
        await app.db.destroy()
        throw error
      })
    }
    try {
      return await verb.run(argv.slice(verb.name.length), terminalContext(app), terminal)
    } finally {
      await app.db.destroy()
    }
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    terminal.err(error.message)
    return 1
  }
}
