import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../app/commands/catalog'

/** Which room may import which (house.md §2): arrows point one way. */
const ROOMS: Record<string, readonly string[]> = {
  'app/domain': ['app/domain'],
  'app/content': ['app/content', 'app/domain', 'db', 'app/context.ts'],
  'db': ['db', 'app/domain', 'app/content'],
  'emails': ['emails', 'app/domain', 'app/ui'],
  'app/commands': ['app/commands', 'app/domain', 'app/content', 'app/context.ts', 'app/pdf', 'db'],
  'app/pdf': ['app/pdf', 'app/domain', 'app/content'],
  'app/jobs': ['app/jobs', 'app/commands', 'app/domain', 'app/content', 'app/context.ts', 'app/settings.server.ts', 'db', 'emails'],
  'app/ui': ['app/ui', 'app/domain'],
  'app/cli': ['app/cli', 'app/commands', 'app/domain', 'app/content', 'app/context.ts', 'app/cli.server.ts', 'app/ui/messages.ts', 'db'],
  'app/demo': ['app/demo', 'app/commands', 'app/domain', 'app/content', 'app/context.ts', 'db'],
  'app/http': ['app/http', 'app/commands', 'app/domain', 'app/content', 'app/context.ts', 'app/settings.server.ts', 'app/cli.server.ts', 'app/demo', 'app/jobs', 'db'],
  'app/routes': ['app/routes', 'app/http', 'app/commands', 'app/domain', 'app/content', 'app/ui', 'app/context.ts', 'app/jobs/schedule.server.ts', 'db'],
}

/** Not verbs, but what several verbs share: evidence, hashing and throttle, the writing of a roster. */
const SHARED = ['evidence.server.ts', 'credentials.server.ts', 'invite-people.server.ts', 'roster-change.server.ts', 'paced.server.ts', 'dossier-file.server.ts', 'settle-approved.server.ts']

/** Every program file of a folder, deeply. */
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : /\.(ts|tsx|mjs)$/.test(name) ? [path] : []
  })

const all = ['app', 'db', 'emails'].flatMap(files)
const textOf = new Map(all.map((path) => [path, readFileSync(path, 'utf8')]))
const roomOf = (path: string) => Object.keys(ROOMS).filter((room) => path.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0]
const importsOf = (path: string) =>
  [...textOf.get(path)!.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'"\n]|\n)*?from\s+'(\.[^']+)'/g)].map((match) => ({ type: match[2] !== undefined, to: normalize(join(dirname(path), match[3]!)) }))

describe('the house', () => {
  it('has arrows in one direction only', () => {
    const wrong = all.flatMap((path) => {
      const room = roomOf(path)
      if (!room) return []
      return importsOf(path)
        .filter(({ to }) => !ROOMS[room]!.some((allowed) => to === allowed.replace(/\.tsx?$/, '') || to === allowed || to.startsWith(`${allowed}/`)))
        .map(({ to }) => `${path} → ${to}`)
    })
    expect(wrong).toEqual([])
  })

  it('lets domain touch nothing but itself and pure libraries', () => {
    const pure = ['canonicalize', 'node:crypto', 'csv-parse/sync', 'csv-stringify/sync', 'iconv-lite', 'zod']
    const wrong = all.filter((path) => path.startsWith('app/domain/')).flatMap((path) =>
      [...textOf.get(path)!.matchAll(/from\s+'([^.'][^']*)'/g)].map((match) => match[1]!).filter((name) => !pure.includes(name)).map((name) => `${path} → ${name}`))
    expect(wrong).toEqual([])
    const random = all.filter((path) => path.startsWith('app/domain/') && /randomBytes|randomUUID|Math\.random/.test(textOf.get(path)!))
    expect(random).toEqual([])
  })

  it('keeps what needs Node out of the screens: a browser that meets it shows no page that lives', () => {
    const fileOf = (to: string) => ['.ts', '.tsx', ''].map((end) => `${to}${end}`).find((path) => textOf.has(path))
    const reached = new Map<string, string>()
    const open = all.filter((path) => path.startsWith('app/ui/') || path === 'app/entry.client.tsx')
    for (const path of open) {
      for (const { to } of importsOf(path).filter(({ type }) => !type)) {
        const file = fileOf(to)
        if (!file || reached.has(file)) continue
        reached.set(file, path)
        open.push(file)
      }
    }
    expect(open.length).toBeGreaterThan(40)
    const needsNode = /\n?import\s+(?!type)[^'\n]*'(node:[^']+|csv-parse[^']*|iconv-lite|canonicalize|zod)'/
    expect(open.filter((path) => path.includes('.server.') || needsNode.test(textOf.get(path)!)).map((path) => `${reached.get(path)} → ${path}`)).toEqual([])
  })

  it('says in one place what a duty, its period, its way and its time are called, and what holds on a day', () => {
    const only = (pattern: RegExp, allowed: readonly string[]) => expect(all.filter((path) => pattern.test(textOf.get(path)!) && !allowed.includes(path)), String(pattern)).toEqual([])
    only(/'\$1年度'/, ['app/domain/duty-words.ts'])
    only(/equivalent: '同等の研修'/, ['app/domain/duty-words.ts', 'app/domain/approval.ts'])
    only(/certificate: '誓約/, ['app/domain/duty-words.ts', 'app/commands/dossier-file.server.ts'])
    only(/'対面'|'面談'/, ['app/domain/reminder-words.ts'])
    only(/access: '/, ['app/domain/departure.ts', 'app/ui/ledger-words.ts'])
    only(/Intl\.DateTimeFormat/, ['app/domain/day-words.ts'])
    only(/\.(on|where)\('\w+\.superseded_at', '=', OPEN_INSTANT\)\.\1\('\w+\.valid_from', '<='/, [])
  })

  it('has drivers behind one door, Lucia behind one, the environment behind one', () => {
    const only = (name: string, allowed: readonly string[]) => expect(all.filter((path) => textOf.get(path)!.includes(`'${name}'`) && !allowed.includes(path))).toEqual([])
    only('mysql2', ['db/dialect.server.ts'])
    only('@photostructure/sqlite', ['db/embedded.server.ts'])
    only('lucia', ['app/http/session.server.ts'])
  })

  it('opens transactions in commands only', () => {
    const doors = ['db/database.server.ts']
    expect(all.filter((path) => /\binTransaction\(/.test(textOf.get(path)!) && !path.startsWith('app/commands/') && !doors.includes(path))).toEqual([])
  })

  it('keeps SQL in db', () => {
    expect(all.filter((path) => !path.startsWith('db/') && /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(textOf.get(path)!))).toEqual([])
  })

  it('makes every loader and action by a guard', () => {
    const naked = all.filter((path) => path.startsWith('app/routes/') || path === 'app/root.tsx').filter((path) =>
      [...textOf.get(path)!.matchAll(/export\s+(?:const|async function|function)\s+(loader|action)\b([^\n]*)/g)].some((match) => !/=\s*guard(Loader|Action)\(/.test(match[0])))
    expect(naked).toEqual([])
  })

  it('folds tables in one place, which keeps their roles', () => {
    expect(all.filter((path) => textOf.get(path)!.includes('rows stack'))).toEqual(['app/ui/table.tsx'])
  })

  it('says no term by hand that a number binds', () => {
    const spoken = [...textOf].filter(([path]) => /^(app|emails)\//.test(path))
    const manual = readdirSync('content/help').map((name): [string, string] => [name, readFileSync(`content/help/${name}`, 'utf8')])
    expect([...spoken, ...manual].filter(([, text]) => /\d(時間|日間|日以内)/.test(text)).map(([path]) => path)).toEqual([])
  })

  it('has no room without a name', () => {
    expect(all.filter((path) => /\/(utils?|lib|helpers?|common|services|misc)(\/|\.)/.test(path))).toEqual([])
  })

  it('declares the ledger entry of every command', () => {
    const verbs = readdirSync('app/commands').filter((name) => name.endsWith('.server.ts') && !SHARED.includes(name)).map((name) => name.replace('.server.ts', ''))
    expect(verbs.filter((verb) => !(verb in COMMANDS))).toEqual([])
    expect(Object.keys(COMMANDS).filter((verb) => !verbs.includes(verb))).toEqual([])
    const silent = verbs.filter((verb) => COMMANDS[verb as keyof typeof COMMANDS] !== null && !textOf.get(`app/commands/${verb}.server.ts`)!.includes(COMMANDS[verb as keyof typeof COMMANDS] as string))
    expect(silent).toEqual([])
  })

  it('mentions no registry host and no path of a machine', () => {
    const found = [...textOf].filter(([, text]) => /registry\.npm|deb\.debian|\/(work|root|home)\//.test(text)).map(([path]) => path)
    expect(found).toEqual([])
  })
})
