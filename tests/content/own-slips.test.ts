import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentCheck, contentPublish } from '../../app/cli/content.server'
import { findDraft } from '../../app/content/drafts.server'
import { loadLibrary, variablesFor } from '../../app/content/library.server'
import { sha256 } from '../../app/domain/ledger/entry'
import { contentFolder, FILES, MODULE_CALLED, ownFolder, writeContent } from '../support/content-fixture'

/** What stops the start, or is wrong with what would wait for it. */
const faults = (own: string, ours = contentFolder()): string[] => {
  const loaded = loadLibrary(ours, own)
  return ('errors' in loaded ? loaded.errors : loaded.drafts).map(({ file, line, field, message }) => `${file.slice(own.length + 1)}:${line} ${field} ${message}`)
}
const words = (text: string) => faults(ownFolder({ 'operator.yaml': text }))
/** 「みなと」 and a line's end as Shift_JIS writes them. */
const SHIFT_JIS = Buffer.from([0x82, 0xdd, 0x82, 0xc8, 0x82, 0xc6, 0x0a])
const HELP = '---\ntitle: 自社の困りごと\nfor: learner\norder: 90\n---\n{{consultDesk}}へ。\n'

describe('slips of who keeps a folder of their own', () => {
  it('refuses a file that is not UTF-8, whichever it is, instead of showing signs that nobody wrote', () => {
    const texts = { 'operator.yaml': 'operator: ', 'provisions.tsv': 'id\tseed\tsection\tparaphrase\tsatisfied_by\tfit\tstatus\nX-1\ta\tb\tc\tX01\tT\t', 'laws.yaml': '- law: ', 'help/x-own.md': HELP, 'published.lock': '# ', 'modules/X01/1.0/ja.md': '---\ntrack: ja\ntitle: ' }
    for (const [name, text] of Object.entries(texts)) {
      const own = ownFolder({ ...MODULE_CALLED('X01'), [name]: '' })
      writeFileSync(join(own, name), Buffer.concat([Buffer.from(text), SHIFT_JIS]))
      expect(faults(own), name).toContainEqual(expect.stringMatching(new RegExp(`^${name}:1  文字コードが UTF-8 ではありません`)))
    }
  })

  it('reads what an editor on Windows saves: lines ended by CR and LF, a mark at the beginning', async () => {
    const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`
    const files = {
      ...MODULE_CALLED('X01'), 'operator.yaml': 'reportDesk: 自社の受付\n', 'help/x-own.md': HELP,
      'provisions.tsv': 'id\tseed\tsection\tparaphrase\tsatisfied_by\tfit\tstatus\nX-1\t社内規程\t1\tx\tX01\tT\t社内規程\n',
    }
    const [unix, other] = [files, Object.fromEntries(Object.entries(files).map(([name, text]) => [name, windows(text)]))].map((all) => ownFolder(all))
    expect([faults(unix!), faults(other!)]).toEqual([[], []])
    const pages = [unix!, other!].map((own) => {
      const loaded = loadLibrary(contentFolder(), own)
      if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
      const { library } = loaded
      const version = library.current('module', 'X01')!
      return [library.help[0]!.html, [...library.folder.provisions.values()].map(({ id, status, line }) => [id, status, line]), library.renderPage(version, 'one', { track: 'ja', furigana: true, variables: variablesFor(library, { relation: 'own', companyName: '' }) })]
    })
    expect(pages[1]).toEqual(pages[0])
  })

  it('says in plain words what is wrong in operator.yaml and what to write', () => {
    expect(words('operater: みなと\n')).toEqual([expect.stringMatching(/^operator\.yaml:1 operater 「operater」という項目はありません。書けるのは operator・reportDesk・.*requestHours です$/)])
    expect(words('operator: みなと\nreportDesk:\n')).toEqual([expect.stringMatching(/^operator\.yaml:2 reportDesk 何も書いてありません。/)])
    expect(words('operator: 12\n')).toEqual([expect.stringMatching(/文字で書いてください.*" で囲みます/)])
    expect(words('operator:みなと\n')).toEqual([expect.stringMatching(/「項目: 値」の形で書いてください/)])
    expect(words('# まだ\n')).toEqual([expect.stringMatching(/要らなければ、ファイルを消してください/)])
    expect(words('operator: 事故: 受付\n')).toEqual([expect.stringMatching(/^operator\.yaml:1 {2}YAML として読めません。1行に「: 」が2つあります/)])
    expect(words('operator: みなと\noperator: みなと\n')).toEqual([expect.stringMatching(/^operator\.yaml:2 .*2回出てきます/)])
    expect(words('hotline: *重要\n')).toEqual([expect.stringMatching(/「\*」や「&」は、そのままでは書けません/)])
    expect(words('reportDesk: "{{hotline}}へ"\n')).toEqual([expect.stringMatching(/^operator\.yaml:1 reportDesk \{\{ \}\} は書けません/)])
    expect(words('otherSecretYears: 三年\n')).toEqual([expect.stringMatching(/年数を半角の数字で/)])
  })

  it('says the same of requirements and of rows of provisions.tsv', () => {
    const rule = '- id: x-a\n  version: 1\n  validFrom: "2026-12-01"\n  title: あ\n  audience: { kind: [regular] }\n  target: { kind: module, slug: X01 }\n  when: { on: start }\n'
    expect(faults(ownFolder({ 'requirements.yaml': rule }))).toEqual(expect.arrayContaining([
      expect.stringMatching(/^requirements\.yaml:5 0\.audience\.kind 「kind」という項目はありません。書けるのは kinds・/), expect.stringMatching(/^requirements\.yaml:7 0\.when\.businessDays この項目がありません/),
    ]))
    expect(faults(ownFolder({ 'provisions.tsv': 'id\tseed\tsection\tparaphrase\tsatisfied_by\tfit\tstatus\n\nX-1 手引き\n' }))).toEqual([expect.stringMatching(/^provisions\.tsv:3 {2}1行に、タブで区切った 7 つの欄が要ります\(いま 1 つ/)])
  })

  it('passes no file over that nobody reads: it is told, and stops neither the start nor what is read', async () => {
    const PLEDGE = Object.fromEntries(['pledge.yaml', 'ja.md'].map((name) => [`pledges/X02/1.0/${name}`, FILES[`pledges/PL1/1.0/${name}`]!.replace('slug: PL1', 'slug: X02')]))
    const strays = [
      'calendar/holiday.yaml', 'help/x-own.txt', 'modules/X01/1.0/aid.fr.md', 'modules/X01/1.0/bank.yml', 'modules/X01/1.0/figures/a.svg', 'modules/X01/1.0/ja_easy.md',
      'modules/X01/module.yaml', 'modules/module.yaml', 'notices/purpose/100.0/en.md', 'pledges/X02/1.0/aid.ja.md',
    ]
    const kept = ['modules/X01/1.0/.ja.md.swp', 'modules/README.md']
    const own = ownFolder({ ...MODULE_CALLED('X01'), ...PLEDGE, 'notices/purpose/100.0/ja.md': FILES['notices/purpose/1.0/ja.md']!, ...Object.fromEntries([...strays, ...kept].map((name) => [name, name.endsWith('aid.fr.md') ? FILES['modules/T01/1.0/aid.ja.md']!.replace('track: ja', 'track: fr') : 'memo\n'])) })
    const ours = contentFolder()
    const loaded = loadLibrary(ours, own)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    const told = strays.map((name) => name.replace('/a.svg', ''))
    expect(loaded.drafts.map(({ file }) => file.slice(own.length + 1)).sort()).toEqual(told)
    expect(loaded.drafts.map(({ message }) => message)).toEqual(told.map(() => expect.stringMatching(/^この名前のものは読みません。名前を直すか、外へ移してください。読むのは .+ です$/)))
    expect(loaded.library.find('module', 'X01', '1.0')?.tracks).toEqual(['ja'])
    expect(findDraft(loaded.library, 'module', 'X01', '1.0')).toBeUndefined()
    const err: string[] = []
    expect(await contentCheck([], { out: () => undefined, err: (line) => err.push(line) }, ours, own)).toBe(1)
    expect(err.filter((line) => line.includes('この名前のものは読みません'))).toHaveLength(told.length)
  })

  it('tells whoever publishes a draft of a file that nobody reads, as soon as it stands there; what was published with a version stays', async () => {
    const [ours, own] = [contentFolder(), ownFolder(MODULE_CALLED('X01'))]
    const silent = { out: () => undefined, err: () => undefined }
    for (const folders of [[ours], [ours, own]] as const) expect(await contentPublish([], silent, ...folders)).toBe(0)
    for (const [name, text] of Object.entries(MODULE_CALLED('X01', '1.1'))) writeContent(own, name, text)
    const loaded = loadLibrary(ours, own)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    const wrong = () => findDraft(loaded.library, 'module', 'X01', '1.1')!.errors.map(({ file }) => file.slice(own.length + 1))
    expect(wrong()).toEqual([])
    writeContent(own, 'modules/X01/1.1/quiz.yml', 'memo\n')
    expect(wrong()).toEqual(['modules/X01/1.1/quiz.yml'])
    const lock = readFileSync(join(own, 'published.lock'), 'utf8')
    writeContent(own, 'modules/X01/1.0/memo.md', 'memo\n')
    expect(faults(own, ours)).toEqual(['modules/X01/1.0/memo.md', 'modules/X01/1.1/quiz.yml'].map((name) => expect.stringMatching(new RegExp(`^${name}:1`))))
    writeContent(own, 'published.lock', `${lock}module X01 1.0 memo ${sha256('memo\n')}\n`)
    expect(faults(own, ours)).toEqual([expect.stringMatching(/^modules\/X01\/1\.1\/quiz\.yml:1/)])
  })

  it('tells at the start what is wrong in a page of the manual that nobody published', () => {
    expect(faults(ownFolder({ 'help/x-own.md': `${HELP}<b>太字</b>{{nobody}}\n` }))).toEqual([expect.stringMatching(/^help\/x-own\.md:\d+ whole HTML は書けません/), expect.stringMatching(/\{\{nobody\}\} はありません/)])
  })

  it('lists what stands in the own folder alone, and what is wrong at the end, where somebody looks', async () => {
    const said: string[] = []
    const say = (line: string) => void said.push(line)
    expect(await contentCheck([], { out: say, err: say }, contentFolder(), ownFolder({ ...MODULE_CALLED('X01'), 'operator.yaml': 'operater: みなと\n' }))).toBe(1)
    expect(said.filter((line) => /^(教材|誓約書) /.test(line))).toEqual([expect.stringMatching(/^教材 X01 1\.0\(自社\)/)])
    expect(said.find((line) => line.startsWith('読みやすさ'))).toMatch(/^読みやすさ X01 1\.0 ja: /)
    expect(said.slice(-3)).toEqual([expect.stringMatching(/^標準の教材 1・誓約書 1・/), expect.stringMatching(/operator\.yaml:1 operater/), '誤りが 1 件あります。'])
  })
})
