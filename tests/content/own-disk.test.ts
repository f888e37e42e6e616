import { readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentPublish } from '../../app/cli/content.server'
import { isOwnOlder, startNotes, stateOfOwnFolder } from '../../app/content/disk.server'
import { listDrafts } from '../../app/content/drafts.server'
import { loadLibrary, type Library } from '../../app/content/library.server'
import { contentFolder, MODULE_CALLED, ownFolder, writeContent } from '../support/content-fixture'

const silent = { out: () => undefined, err: () => undefined }
const rule = (version: number) => `- id: x-a\n  version: ${version}\n  validFrom: "2026-12-01"\n  title: あ\n  audience: { kinds: [regular] }\n  target: { kind: module, slug: X01 }\n  when: { on: start, businessDays: 0 }\n`
const WORDS = 'operator: みなと\nreportDesk: 受付\nconsultDesk: 室\nhotline: 窓\n'

/** An own folder whose module, requirements and words are published, and what was read of it. */
async function started(rules = rule(1)): Promise<{ library: Library; own: string; ours: string }> {
  const [ours, own] = [contentFolder(), ownFolder({ ...MODULE_CALLED('X01'), 'requirements.yaml': rules, 'operator.yaml': WORDS })]
  await contentPublish([], silent, ours)
  await contentPublish([], silent, ours, own)
  const loaded = loadLibrary(ours, own)
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return { library: loaded.library, own, ours }
}
const seen = ({ library, own }: { library: Library; own: string }) => {
  const { changed, errors, draftErrors } = stateOfOwnFolder(library)!
  const name = (file: string) => file.slice(own.length + 1)
  return { changed: changed.map(name), errors: errors.map(({ file, message }) => `${name(file)} ${message}`), draftErrors: draftErrors.map(({ file }) => name(file)) }
}
const CALM = { changed: [], errors: [], draftErrors: [] }

describe('the own folder on the disk after the start', () => {
  it('is what was read until a file that is read at the start changes, comes or goes', async () => {
    const site = await started()
    expect([seen(site), isOwnOlder(site.library)]).toEqual([CALM, false])
    writeContent(site.own, 'operator.yaml', `${WORDS}workRules: みなと就業規則\n`)
    writeContent(site.own, 'help/x-own.md', '---\ntitle: 自社\nfor: learner\norder: 90\n---\nあ。\n')
    expect([seen(site), isOwnOlder(site.library)]).toEqual([{ ...CALM, changed: ['help/x-own.md', 'operator.yaml'] }, true])
    rmSync(join(site.own, 'help'), { recursive: true })
    writeContent(site.own, 'operator.yaml', WORDS)
    expect([seen(site), isOwnOlder(site.library)]).toEqual([CALM, false])
  })

  it('does not count a draft, which is looked up on the disk; what nobody reads has not changed, but is told', async () => {
    const site = await started()
    for (const [name, text] of Object.entries(MODULE_CALLED('X02'))) writeContent(site.own, name, text)
    for (const name of ['README.md', '.gitignore', 'modules/memo.txt', 'modules/X01/1.0/photo.png']) writeContent(site.own, name, 'x')
    expect(seen(site)).toEqual({ ...CALM, draftErrors: ['modules/memo.txt', 'modules/X01/1.0/photo.png'] })
  })

  it('tells before the restart what would stop it: a published text that somebody edited, a broken file, a wrong name', async () => {
    const site = await started()
    writeContent(site.own, 'modules/X01/1.0/ja.md', `${readFileSync(join(site.own, 'modules/X01/1.0/ja.md'), 'utf8')}\n`)
    writeContent(site.own, 'operator.yaml', 'operater: みなと\n')
    writeContent(site.own, 'moduls/x', '')
    expect(seen(site).changed).toEqual(['modules/X01/1.0/ja.md', 'operator.yaml'])
    expect(seen(site).errors).toEqual([expect.stringMatching(/^moduls この名前のものは読みません/), expect.stringMatching(/^modules\/X01\/1\.0\/ja\.md 公開した版/)])
    rmSync(join(site.own, 'moduls'), { recursive: true })
    expect(seen(site).errors).toEqual([expect.stringMatching(/^modules\/X01\/1\.0\/ja\.md 公開した版のファイルが変わっています/), expect.stringMatching(/^operator\.yaml 「operater」/)])
  })

  it('tells that the folder is gone; a version that is gone as a whole stops nothing', async () => {
    const site = await started()
    rmSync(join(site.own, 'modules'), { recursive: true })
    expect(seen(site)).toMatchObject({ errors: [], changed: ['modules/X01/1.0/aid.ja.md', 'modules/X01/1.0/ja.md', 'modules/X01/1.0/module.yaml', 'modules/X01/1.0/quiz.yaml'] })
    rmSync(site.own, { recursive: true })
    expect(seen(site).errors).toEqual([expect.stringMatching(/CONTENT_DIR のフォルダがありません/)])
    expect(stateOfOwnFolder(site.library)!.changed).toContain(site.own)
  })

  it('tells of a published requirement that was taken out, also when an older version of it is left', async () => {
    const site = await started(rule(1) + rule(2))
    writeContent(site.own, 'requirements.yaml', rule(1))
    expect(seen(site).errors).toEqual([expect.stringMatching(/^requirements\.yaml 公開した決まりがなくなっています/)])
    const again = loadLibrary(site.ours, site.own)
    expect('errors' in again && again.errors.map(({ field }) => field)).toEqual(['x-a 2'])
    rmSync(join(site.own, 'requirements.yaml'))
    expect(seen(site).errors).toHaveLength(2)
  })

  it('does not stop for a draft whose questions were mended under the old number of the bank, and says what to change', async () => {
    const site = await started()
    const copy = MODULE_CALLED('X01', '1.1')
    for (const [name, text] of Object.entries(copy)) writeContent(site.own, name, name.endsWith('quiz.yaml') ? text.replace('version: "1.1"', 'version: "1.0"').replace('｜理由《りゆう》です。', 'わけです。') : text)
    const again = loadLibrary(site.ours, site.own)
    expect('drafts' in again && again.drafts.map(({ file, message }) => [file.slice(site.own.length + 1), message])).toEqual([['modules/X01/1.1/quiz.yaml', expect.stringMatching(/問題集の版 1\.0 は公開済みで、中身が違います。.*version を/)]])
    expect(seen(site)).toEqual({ ...CALM, draftErrors: ['modules/X01/1.1/quiz.yaml'] })
    writeContent(site.own, 'modules/X01/1.1/quiz.yaml', copy['modules/X01/1.1/quiz.yaml']!)
    expect(seen(site)).toEqual(CALM)
  })

  it('goes on listing drafts beside a link that leads nowhere, and says which file cannot be read', async () => {
    const { library, own } = await started()
    for (const [name, text] of Object.entries({ ...MODULE_CALLED('X02'), ...MODULE_CALLED('X03') })) writeContent(own, name, text)
    rmSync(join(own, 'modules/X02/1.0/ja.md'))
    symlinkSync('/nowhere', join(own, 'modules/X02/1.0/ja.md'))
    symlinkSync('/nowhere', join(own, 'modules/X04'))
    expect(listDrafts(library).map(({ slug, errors }) => [slug, errors.map(({ file, message }) => [file.slice(own.length + 1), message])])).toEqual([['X02', [['modules/X02/1.0/ja.md', expect.stringMatching(/^読めません\(ENOENT\)。.*リンクなら、その先/)]]], ['X03', []]])
    expect(stateOfOwnFolder(library)!.errors).toHaveLength(1)
  })

  it('says at the start that words are those of our example and that faulty drafts are left out, but not in the demonstration', async () => {
    const { library } = await started()
    expect(startNotes({ library, settings: { demo: false } })).toEqual([])
    const ours = contentFolder()
    const bare = loadLibrary(ours, ownFolder({ 'operator.yaml': 'operator: みなと\n', 'help/x-own.md': 'あ' }))
    if ('errors' in bare) throw new Error(JSON.stringify(bare.errors))
    expect(startNotes({ library: bare.library, settings: { demo: false } })).toEqual([expect.stringMatching(/架空の例のままです\(reportDesk、consultDesk、hotline\)/), expect.stringMatching(/誤りが 1 件あり/)])
    expect(startNotes({ library: bare.library, settings: { demo: true } })).toHaveLength(1)
    const alone = loadLibrary(ours)
    expect('library' in alone && stateOfOwnFolder(alone.library)).toBeUndefined()
  })
})
