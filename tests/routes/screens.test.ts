import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SCREENS } from '../../app/domain/screens'
import routes from '../../app/routes'

const fileOf = new Map(routes.map(({ file, path }) => [`/${path ?? ''}`, join('app', file)]))
const screens = ['app/root.tsx', ...['app/routes', 'app/ui'].flatMap((folder) => (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.tsx')).map((name) => join(folder, name)))]
/** What stands on a screen without ways back to where one came from. */
const onwards = new Map(screens.map((file) => [file, readFileSync(file, 'utf8').replace(/back=\{[^\n]*?\}\}|back=\{[^\n]*?undefined\}/g, '')]))

describe('each screen that not everybody may open', () => {
  it.each(Object.keys(SCREENS))('%s is in the menu or linked from another screen', (path) => {
    const from = [...onwards].filter(([file, text]) => file !== fileOf.get(path) && (text.includes(`to="${path}"`) || text.includes(`to: '${path}'`) || text.includes(`['${path}', '`)))
    expect(from.map(([file]) => file)).not.toEqual([])
  })
})
