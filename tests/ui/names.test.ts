import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ENGAGEMENT_KINDS, whoWords, type EngagementKind } from '../../app/domain/people'

const sources = ['app', 'db', 'emails'].flatMap((folder) => (readdirSync(folder, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name)))
/** A name with its number in brackets, and nothing beside the number. */
const WITHOUT_KIND = /[nN]ame[^`<>]*\}\(\$?\{[\w.!]*number\}\)/

it('a name never stands without number and 雇用形態 in a sentence, a title or a file (look.md §1.5)', () => {
  const alone = sources.flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((line) => WITHOUT_KIND.test(line) && !/aria-label=|const who = /.test(line)).map((line) => `${file}: ${line.trim()}`))
  expect(alone).toEqual([])
})

it('says 雇用形態 in the words of the register', () => {
  for (const kind of Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]) expect(whoWords({ name: '佐藤 健', number: '000601', kind })).toBe(`佐藤 健(000601・${ENGAGEMENT_KINDS[kind]})`)
})
