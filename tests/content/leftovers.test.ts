import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentCheck, contentPublish } from '../../app/cli/content.server'
import { findDraft } from '../../app/content/drafts.server'
import { isLeftover } from '../../app/content/leftovers'
import { loadLibrary } from '../../app/content/library.server'
import { contentFolder, MODULE_CALLED, ownFolder, writeContent } from '../support/content-fixture'

/** What machines leave in any folder, and what they leave beside a text. */
const ANYWHERE = ['.DS_Store', 'Thumbs.db', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', 'Desktop.ini', 'Icon\r', '~$教材.docx', '~WRL0001.tmp', '.~lock.教材.odt#']
const BESIDE = ['._ja.md', '~$ja.md', '.ja.md.swp', 'ja.md.swp', 'ja.md~', 'ja.md.bak', 'quiz.yaml.BAK', '#ja.md#', '.#ja.md']
const FOLDERS = ['.git', '__MACOSX', '$RECYCLE.BIN', 'System Volume Information', 'lost+found', '@eaDir', '#recycle']
/** Names that somebody wrote, and meant to be read. */
const SLIPS = ['ja_easy.md', 'ja.MD', 'ja.md.txt', 'Ja.md', 'quiz.yml', 'module.yaml.orig', 'thumbs.md', 'desktop.yaml', 'my~text.md', '#1.md', 'memo.tmp', 'ja.md (1)', 'コピー ~ ja.md', 'bak', 'Icon']

async function run(verb: typeof contentCheck, own: string, ours: string): Promise<{ code: number; said: string[] }> {
  const said: string[] = []
  const code = await verb([], { out: () => undefined, err: (line) => said.push(line.replace(own, 'OWN')) }, ours, own)
  return { code, said }
}

describe('what machines leave in a folder of content', () => {
  it('is told from what somebody wrote', () => {
    expect([...ANYWHERE, ...BESIDE, ...FOLDERS].filter((name) => !isLeftover(name))).toEqual([])
    expect(SLIPS.filter(isLeftover)).toEqual([])
  })

  it('is passed over wherever it lies: nothing is told, nothing of it is read or sealed, and the site starts', async () => {
    const [ours, own] = [contentFolder(), ownFolder(MODULE_CALLED('X01'))]
    for (const place of ['.', 'modules', 'modules/X01', 'modules/X01/1.0', 'help', 'calendar']) {
      for (const name of [...ANYWHERE, ...BESIDE.slice(0, -1)]) writeContent(own, join(place, name), 'x')
      for (const name of FOLDERS) writeContent(own, join(place, name, 'inner/ja.md'), 'x')
      symlinkSync('someone@host.1234', join(own, place, '.#ja.md')) // emacs: a link that leads nowhere
    }
    expect(await run(contentCheck, own, ours)).toEqual({ code: 0, said: [] })
    await contentPublish([], { out: () => undefined, err: () => undefined }, ours)
    const loaded = loadLibrary(ours, own)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    expect(loaded.drafts).toEqual([])
    expect([...loaded.library.folder.parts[1]!.marks.keys()]).toEqual([])
    expect(findDraft(loaded.library, 'module', 'X01', '1.0')).toMatchObject({ errors: [] })
    expect(await run(contentPublish, own, ours)).toEqual({ code: 0, said: [] })
    expect(readFileSync(join(own, 'published.lock'), 'utf8').match(/^\w+ \S+ \S+ \S+/gm)).toEqual(['module X01 1.0 aid.ja', 'module X01 1.0 ja', 'module X01 1.0 meta', 'bank X01 1.0 -'])
  })

  it('leaves every other name told where nobody reads it', async () => {
    for (const place of ['', 'modules/', 'modules/X01/', 'modules/X01/1.0/']) {
      const own = ownFolder(MODULE_CALLED('X01'))
      for (const name of SLIPS) writeContent(own, `${place}${name}`, 'x')
      const { code, said } = await run(contentPublish, own, contentFolder())
      expect(code).toBe(1)
      for (const name of SLIPS) expect(said, name).toContainEqual(expect.stringMatching(new RegExp(`^OWN/${place}${name.replace(/[()]/g, '\\$&')}:1 この名前のものは読みません`)))
    }
  })

  it('stops nothing when a line of the lock names it and it is gone: an older release had sealed it', () => {
    const own = ownFolder({ 'published.lock': `module X01 1.0 ._ja ${'0'.repeat(64)}\n` })
    mkdirSync(join(own, 'modules/X01/1.0'), { recursive: true })
    const loaded = loadLibrary(contentFolder(), own)
    expect('errors' in loaded && loaded.errors.map(({ message }) => message).filter((message) => message.includes('なくなって'))).toEqual([])
  })
})
