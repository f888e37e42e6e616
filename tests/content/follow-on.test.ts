import { describe, expect, it } from 'vitest'
import { contentCheck, contentPublish } from '../../app/cli/content.server'
import { loadLibrary } from '../../app/content/library.server'
import { contentFolder, FILES, MODULE_CALLED, ownFolder, writeContent } from '../support/content-fixture'

type Changes = Parameters<typeof contentFolder>[0]
const NAMES = ['module.yaml', 'ja.md', 'aid.ja.md', 'quiz.yaml'] as const
const LESSON = 'modules/T01/1.0/ja.md'
const MODULE = 'modules/T01/1.0/module.yaml'
const TEXT = 'pledges/PL1/1.0/ja.md'
const REVIEW = '- { kind: module, slug: T01, version: "1.0", status: internal, by: 事務局, on: "2026-11-20" }\n'
const ERRATUM = '- { slug: T01, question: T01-004, on: "2026-12-01", correct: [a], reason: x }\n'
/** A second module, which teaches R-2, and a version of it that nobody can read; R-1 is to be taught in it too. */
const M09: Changes = Object.fromEntries(Object.entries({ ...MODULE_CALLED('M09'), ...MODULE_CALLED('M09', '1.1') }).map(([name, text]) => [name, () => text.replaceAll('R-1', 'R-2').replace('passPercent', name.includes('/1.1/') ? 'passpercent' : 'passPercent')]))
const NEWER_FAULTS = [/T01\/1\.1\/module\.yaml:8 quiz\.passPercent/, /T01\/1\.1\/module\.yaml:8 quiz\.passpercent/]
/** The second version of the module, with something changed in each of its files. */
const newer = (change: (text: string, name: string) => string): Changes => Object.fromEntries(NAMES.map((name) => [`modules/T01/1.1/${name}`, () => change(FILES[`modules/T01/1.0/${name}`]!.replace('version: "1.0"', 'version: "1.1"'), name)]))

async function told(folder: string): Promise<string[]> {
  const said: string[] = []
  await contentCheck([], { out: () => undefined, err: (line) => said.push(line.replace(`${folder}/`, '')) }, folder)
  return said
}
const quiet = { out: () => undefined, err: () => undefined }

describe('what only follows from another fault', () => {
  it.each<[string, Changes, RegExp[]]>([
    ['a module that cannot be read, named by a review, a correction, a requirement and the ledger', { [MODULE]: (text) => text.replace('title: ', 'titel: '), 'reviews.yaml': () => REVIEW, 'errata.yaml': () => ERRATUM }, [/module\.yaml:1 title/, /module\.yaml:3 titel/]],
    ['a pledge that cannot be read, whose certificate is asked for', { 'pledges/PL1/1.0/pledge.yaml': (text) => text.replace('minutes: 5', 'minutes: 五'), 'requirements.yaml': (text) => text.replace('kind: module, slug: T01', 'kind: certificate, slug: PL1') }, [/pledge\.yaml:8 minutes/]],
    ['a newer version that cannot be read and teaches what the older does not', { ...newer((text, name) => (name === 'module.yaml' ? text.replace('passPercent', 'passpercent').replaceAll('R-1', 'R-3') : text)), 'provisions.tsv': (text) => text.replace('y\tE\tdraft', 'T01\tD/T\tdraft').replace('R-2\ts\t1\tx\ty\tT\toldRegime', 'R-2\ts\t1\tx\tT01\tT\texample') }, NEWER_FAULTS],
    ['the same of a row that another module teaches too', { ...M09, 'provisions.tsv': (text) => text.replace('y\tT\toldRegime', 'M09\tT\texample') }, [/M09\/1\.1\/module\.yaml:8 quiz\.passPercent/, /M09\/1\.1\/module\.yaml:8 quiz\.passpercent/]],
    ['a ledger of laws that cannot be read', { 'laws.yaml': (text) => `${text}- id: [` }, [/^laws\.yaml:3 YAML/]],
    ['a row of provisions that cannot be read', { 'provisions.tsv': (text) => text.replace('R-1\ts\t1\tx', 'R-1 s 1 x') }, [/^provisions\.tsv:2 1行に/]],
    ['a section whose heading is not as it should be', { [LESSON]: (text) => text.replace(' {#two}', '') }, [/ja\.md:\d+ 節の見出しは/]],
    ['a page of a pledge whose heading is not as it should be', { [TEXT]: (text) => text.replace(' {#p1}', '') }, [/ja\.md:\d+ 節の見出しは/]],
    ['a notice that is not there', { 'notices/purpose/1.0/ja.md': null, 'notices/purpose/1.0/README.md': () => '' }, [/notices\/purpose\/1\.0\/ja\.md:1 ファイルがありません。.*置いてください/]],
    ['a notice whose head cannot be read', { 'notices/purpose/1.0/ja.md': (text) => text.replace('title: ', 'titel: ') }, [/purpose\/1\.0\/ja\.md:2 title/, /purpose\/1\.0\/ja\.md:3 titel/]],
  ])('is not told: %s', async (_, changes, expected) => {
    const found = (await told(contentFolder(changes))).filter((line) => !/^誤り/.test(line))
    expect(found).toEqual(expected.map((one) => expect.stringMatching(one)))
  })

  it('is told where nothing stands in the way', async () => {
    const found = (await told(contentFolder({
      'reviews.yaml': () => REVIEW.replace('"1.0"', '"9.0"'), 'errata.yaml': () => ERRATUM.replace('T01-004', 'T01-999'), 'requirements.yaml': (text) => text.replace('slug: T01', 'slug: T99'),
      'provisions.tsv': (text) => text.replace('E\tdraft', 'D/T\tdraft'), [MODULE]: (text) => text.replace('[law-1]', '[law-9]'), [LESSON]: (text) => text.replace('{#two}', '{#too}'),
    }))).join('\n')
    for (const one of [/reviews\.yaml:1 .*9\.0 はありません/, /requirements\.yaml:6 entry target/]) expect(found).toMatch(one)
    expect(found).toMatch(/節の並びが/)
  })

  it('is not told of what was published and changed: it is put back, whatever else is wrong in it', async () => {
    const errors = (folder: string) => {
      const loaded = loadLibrary(folder)
      return 'errors' in loaded ? loaded.errors.map(({ file, line, message }) => `${file.replace(`${folder}/`, '')}:${line} ${message.split('。')[0]}`) : []
    }
    const folder = contentFolder()
    await contentPublish([], quiet, folder)
    writeContent(folder, MODULE, 'slug: [')
    writeContent(folder, 'notices/purpose/1.0/ja.md', 'なし')
    expect(errors(folder)).toEqual([`${MODULE}:1 公開した版のファイルが変わっています`, 'notices/purpose/1.0/ja.md:1 公開した版のファイルが変わっています'])
    writeContent(folder, MODULE, FILES[MODULE]!)
    writeContent(folder, 'notices/purpose/1.0/ja.md', FILES['notices/purpose/1.0/ja.md']!)
    expect(errors(folder)).toEqual([])
    // what is added to it is told: nothing that was published has changed
    writeContent(folder, 'modules/T01/1.0/ja-easy.md', 'なし')
    expect(errors(folder)).toEqual([expect.stringMatching(/ja-easy\.md:1 先頭に --- で/)])
  })
})

describe('the lock', () => {
  it('tells of two lines that disagree by their numbers, and not of the file that one of them is right about', async () => {
    const folder = contentFolder()
    await contentPublish([], quiet, folder)
    const loaded = loadLibrary(folder)
    const seals = 'library' in loaded ? loaded.library.folder.seals! : []
    const lines = (change: (line: string) => string) => seals.map(({ kind, slug, version, track, sha256 }) => `${kind} ${slug} ${version} ${track} ${sha256}\n`).map((line) => line + change(line)).join('')
    const again = (line: string) => (/^(module T01 1\.0 ja|requirement entry 1 -) /.test(line) ? line.replace(/[0-9a-f]{64}/, '0'.repeat(64)) : '')
    writeContent(folder, 'published.lock', `# 注\n\n${lines(again)}`)
    const found = (await told(folder)).filter((line) => line.startsWith('published.lock') || /公開した/.test(line))
    const at = seals.findIndex(({ kind, track }) => kind === 'module' && track === 'ja') + 3
    expect(found).toEqual([
      expect.stringMatching(new RegExp(`^published\\.lock:${at + 1} module T01 1\\.0 ja 同じファイルの行が ${at} 行目にもあり、SHA-256 が違います。.*残してください$`)),
      expect.stringMatching(new RegExp(`^published\\.lock:${seals.length + 4} requirement entry 1 - 同じファイルの行が ${seals.length + 3} 行目にもあり`)),
    ])
    expect('errors' in loadLibrary(folder)).toBe(true)
    writeContent(folder, 'published.lock', lines((line) => (line.startsWith('module T01 1.0 ja ') ? line : '')))
    expect(await told(folder)).toEqual([])
    writeContent(folder, LESSON, `${FILES[LESSON]!}\n`)
    expect(await told(folder)).toEqual([expect.stringMatching(/ja\.md:1 module T01 1\.0 ja 公開した版のファイルが変わっています/)])
  })
})

describe('faults of shape', () => {
  const own = (name: string, text: string) => {
    const folder = ownFolder({ [name]: text })
    const loaded = loadLibrary(contentFolder(), folder)
    return 'errors' in loaded ? loaded.errors.map(({ line, field, message }) => `${line} ${field} ${message}`) : []
  }
  const rule = (target: string, rest = 'businessDays: 0') => `- id: x-a\n  version: 1\n  validFrom: "2026-12-01"\n  title: あ\n  audience: { kinds: [regular] }\n  target: { kind: module, slug: ${target} }\n  when: { on: start, ${rest} }\n`

  it('say what to write', () => {
    expect(own('requirements.yaml', rule('t01'))).toEqual(['6 0.target.slug 大文字の英字で始め、英数字と「-」で書いてください(例 X01)'])
    expect(own('requirements.yaml', rule('T01', 'businessDays: -1'))).toEqual(['7 0.when.businessDays 0以上の数で書いてください'])
    expect(own('requirements.yaml', rule('T01').replace('version: 1', 'version: 0'))).toEqual(['2 0.version 0より大きい数で書いてください'])
    expect(own('requirements.yaml', rule('T01').replace('[regular]', '[]'))).toEqual(['5 0.audience.kinds 1個以上で書いてください'])
    expect(own('calendar/holidays.yaml', 'fiscalYearStart: 13\n')).toEqual(['1 fiscalYearStart 12以下の数で書いてください'])
    expect(own('departure.yaml', `asOf: "2026-12-01"\nitems: [{ kind: data, words: ${'あ'.repeat(101)} }]\nletter: { title: あ, laws: [law-1], paragraphs: [い] }\n`)).toEqual(['2 items.0.words 100字以下で書いてください', expect.stringMatching(/^3 letter\.paragraphs .*「公益通報」と「妨げません」を含む文を足してください$/)])
  })
})
