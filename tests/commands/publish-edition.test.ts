import { beforeAll, describe, expect, it } from 'vitest'
import { contentPublish } from '../../app/cli/content.server'
import { publishContent, PublishedContentChanged } from '../../app/commands/publish-content.server'
import { draftStamp, publishEdition, releaseFacts } from '../../app/commands/publish-edition.server'
import { reviewEdition } from '../../app/commands/review-edition.server'
import { differenceOf, wordDifference } from '../../app/content/difference.server'
import { findDraft } from '../../app/content/drafts.server'
import { findEdition } from '../../app/content/editions.server'
import { loadLibrary, type Library } from '../../app/content/library.server'
import { readersOf } from '../../app/content/preview.server'
import { noticePublished } from '../../app/content/published.server'
import { refusalToRelease, type ReleaseFacts, type ReleaseWish } from '../../app/domain/release'
import { onBothEngines } from '../support/database'
import { contentFolder, FILES, MODULE_CALLED, writeContent } from '../support/content-fixture'
import { World, type TestPerson } from '../support/world'

const silent = { out: () => undefined, err: () => undefined }
const WISH: ReleaseWish = { impact: 'minor', gives: 'none', unit: '', reason: '言い回しを直しました。', typed: 'T01 1.1', stamp: '' }

const write = (folder: string, number: string, change: (text: string) => string) => {
  for (const name of ['module.yaml', 'ja.md', 'aid.ja.md', 'quiz.yaml']) writeContent(folder, `modules/T01/${number}/${name}`, change(FILES[`modules/T01/1.0/${name}`]!.replace('version: "1.0"', `version: "${number}"`)))
}
const libraryOf = (folder: string): Library => {
  const loaded = loadLibrary(folder)
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return loaded.library
}

onBothEngines('publishing in the product', (engine) => {
  let world: World
  let [chief, hr]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    chief = await world.addPerson({ role: 'chief' })
    hr = await world.addPerson({ role: 'hr' })
  })

  it('takes a draft into use at once, elsewhere at the next look, after a restart from the same bytes, and never again', async () => {
    const folder = contentFolder()
    await contentPublish([], silent, folder)
    const [here, there] = [libraryOf(folder), libraryOf(folder)]
    await publishContent({ ...world.systemContext(), library: here })
    await publishContent({ ...world.systemContext(), library: there })
    await noticePublished(there, world.db)
    write(folder, '1.1', (text) => text.replace('どうしますか。\n', '｜新《あたら》しい｜文《ぶん》です。\n'))
    const context = { ...(await world.contextOf(chief!)), library: here }
    const stamp = draftStamp(findDraft(here, 'module', 'T01', '1.1')!)
    const wish = { ...WISH, kind: 'module' as const, slug: 'T01', version: '1.1', stamp }
    expect(await publishEdition({ ...(await world.contextOf(hr!)), library: here }, wish)).toEqual({ refused: 'notFound' })
    expect(await publishEdition(context, { ...wish, typed: 'T01' })).toMatchObject({ refused: 'typedOtherwise' })
    expect(await publishEdition(context, { ...wish, stamp: 'x' })).toMatchObject({ refused: 'draftChanged' })
    expect(here.current('module', 'T01')!.meta.version).toBe('1.0')

    const both = await Promise.all([publishEdition(context, wish), publishEdition({ ...context, library: libraryOf(folder) }, wish)])
    expect(both.filter((one) => 'published' in one)).toHaveLength(1)
    expect(both).toContainEqual({ refused: 'alreadyPublished' })
    expect(await publishEdition(context, wish)).toEqual({ refused: 'alreadyPublished' })
    expect(here.current('module', 'T01')!.meta.version).toBe('1.1')
    expect(there.current('module', 'T01')!.meta.version).toBe('1.0')
    expect(await noticePublished(there, world.db)).toBe(true)
    expect(there.current('module', 'T01')!.meta.version).toBe('1.1')
    expect(await noticePublished(there, world.db)).toBe(false)
    expect(await world.db.selectFrom('content_release').select(['slug', 'version', 'impact', 'gives', 'reason', 'by_account']).execute()).toEqual([{ slug: 'T01', version: '1.1', impact: 'minor', gives: 'none', reason: WISH.reason, by_account: chief!.accountId }])
    expect(await world.db.selectFrom('ledger_entry').select('id').where('command_key', '=', 'content.published module T01 1.1').execute()).toHaveLength(1)

    expect(await world.db.selectFrom('content_revision').select(['slug', 'version', 'impact', 'gives']).execute()).toEqual([{ slug: 'T01', version: '1.1', impact: 'minor', gives: 'none' }])

    const restarted = libraryOf(folder)
    expect(restarted.current('module', 'T01')!.meta.version).toBe('1.0')
    await publishContent({ ...world.systemContext(), library: restarted })
    expect(restarted.current('module', 'T01')!.sha256).toBe(here.current('module', 'T01')!.sha256)

    // what a review says is known everywhere too
    expect(await reviewEdition(context, { kind: 'module', slug: 'T01', version: '1.1', status: 'counsel', by: '顧問の弁護士', note: '' })).toEqual({ reviewed: true })
    expect(await reviewEdition(context, { kind: 'module', slug: 'T01', version: '1.1', status: 'counsel', by: '顧問の弁護士', note: '' })).toEqual({ refused: 'sameReview' })
    expect(await reviewEdition(context, { kind: 'module', slug: 'T01', version: '1.1', status: 'needsUpdate', by: '事務局', note: '法改正' })).toEqual({ reviewed: true })
    expect(await reviewEdition(context, { kind: 'module', slug: 'T01', version: '1.1', status: 'counsel', by: '顧問の弁護士', note: '' })).toEqual({ reviewed: true })
    await noticePublished(there, world.db)
    expect([here, there].map((one) => one.reviewStatus('module', 'T01', '1.1'))).toEqual(['counsel', 'counsel'])

    // what cannot be announced is not released either: both are one transaction
    write(folder, '1.2', (text) => text.replace('どうしますか。\n', '｜別《べつ》の｜文《ぶん》です。\n'))
    await world.db.insertInto('content_revision').values({ id: world.app.newId(), slug: 'T01', version: '1.2', impact: 'minor', gives: 'none', unit_slug: '', reason: 'x', on_day: '2026-11-20', at: 1, announced_by: null }).execute()
    expect(await publishEdition(context, { ...wish, version: '1.2', typed: 'T01 1.2', stamp: draftStamp(findDraft(here, 'module', 'T01', '1.2')!) })).toEqual({ refused: 'revisionAnnounced' })
    const left = await Promise.all((['content_version', 'bank_version', 'content_release'] as const).map(async (table) => (await world.db.selectFrom(table).select('slug').where('version', '=', '1.2').execute()).length))
    expect([...left, (await world.db.selectFrom('ledger_entry').select('id').where('command_key', '=', 'content.published module T01 1.2').execute()).length, here.current('module', 'T01')!.meta.version]).toEqual([0, 0, 0, 0, '1.1'])

    // a published file that changes stops the start and is named, whether it can still be read or not
    for (const text of ['slug: [', FILES['modules/T01/1.0/module.yaml']!]) {
      writeContent(folder, 'modules/T01/1.1/module.yaml', text)
      await expect(publishContent({ ...world.systemContext(), library: libraryOf(folder) })).rejects.toThrow(PublishedContentChanged)
      await expect(publishContent({ ...world.systemContext(), library: libraryOf(folder) })).rejects.toThrow('modules/T01/1.1/module.yaml')
    }
  })

  it('is for the 統括管理者 alone, whatever the text is; of a pledge nothing is given, and a draft is of the latest day in it', async () => {
    const folder = contentFolder(MODULE_CALLED('UU1', '1.0'))
    writeContent(folder, 'modules/UU1/1.0/module.yaml', `${MODULE_CALLED('UU1')['modules/UU1/1.0/module.yaml']!}unit: true\n`)
    await contentPublish([], silent, folder)
    const library = libraryOf(folder)
    for (const name of ['pledge.yaml', 'ja.md']) writeContent(folder, `pledges/PL1/1.1/${name}`, FILES[`pledges/PL1/1.0/${name}`]!.replace('version: "1.0"', 'version: "1.1"').replace('｜守《まも》ります。', '｜必《かなら》ず｜守《まも》ります。'))
    const [context, other] = [{ ...(await world.contextOf(chief!)), library }, { ...(await world.contextOf(hr!)), library }]
    const draft = findDraft(library, 'pledge', 'PL1', '1.1')!
    const wish = { ...WISH, kind: 'pledge' as const, slug: 'PL1', version: '1.1', typed: 'PL1 1.1', stamp: draftStamp(draft), impact: 'major' as const, gives: 'whole' as const }
    expect(await publishEdition(other, wish)).toEqual({ refused: 'notFound' })
    const twice = await Promise.all([publishEdition(context, wish), publishEdition({ ...context, library: libraryOf(folder) }, wish)])
    expect([twice.filter((one) => 'published' in one).length, twice.find((one) => 'refused' in one)]).toEqual([1, { refused: 'alreadyPublished' }])
    expect(library.current('pledge', 'PL1')!.meta.version).toBe('1.1')
    expect(await world.db.selectFrom('content_release').select(['kind', 'impact', 'gives', 'unit_slug']).where('slug', '=', 'PL1').execute()).toEqual([{ kind: 'pledge', impact: 'major', gives: 'none', unit_slug: '' }])
    expect(await world.db.selectFrom('content_revision').select('id').where('slug', '=', 'PL1').execute()).toEqual([])
    const review = { kind: 'pledge' as const, slug: 'PL1', version: '1.1', status: 'counsel' as const, by: '弁護士', note: '' }
    expect([await reviewEdition(other, review), await reviewEdition(context, { ...review, version: '9.9' })]).toEqual([{ refused: 'notFound' }, { refused: 'notFound' }])
    const reviewed = async () => (await world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'content.reviewed').execute()).length
    const before = await reviewed()
    expect([await reviewEdition(context, review), await reviewed()]).toEqual([{ reviewed: true }, before + 1])

    write(folder, '1.2', (text) => text.replace('- { id: one, minutes: 1, asOf: "2026-11-20"', '- { id: one, minutes: 1, asOf: "2026-12-01"'))
    const facts = await releaseFacts(context, findDraft(library, 'module', 'T01', '1.2')!)
    expect(facts).toMatchObject({ writtenFor: '2026-12-01', isNewer: true, currentNumber: library.current('module', 'T01')!.meta.version, canGive: true, bankTaken: false })
    expect(await releaseFacts(context, draft)).toMatchObject({ canGive: false, isNewer: false, currentNumber: '1.1', writtenFor: '2026-11-20' })
    expect(facts.units).toEqual(['UU1'])
    // a unit is not its own 差分, and what is no unit is none
    writeContent(folder, 'modules/UU1/1.1/module.yaml', `${MODULE_CALLED('UU1', '1.1')['modules/UU1/1.1/module.yaml']!}unit: true\n`)
    for (const name of ['ja.md', 'quiz.yaml']) writeContent(folder, `modules/UU1/1.1/${name}`, MODULE_CALLED('UU1', '1.1')[`modules/UU1/1.1/${name}`]!)
    expect((await releaseFacts(context, findDraft(library, 'module', 'UU1', '1.1')!)).units).toEqual([])
  })

  it('publishes a first version, and later ones where nobody has met an older one; a bank is entered once, and no other under its number', async () => {
    const folder = contentFolder()
    await contentPublish([], silent, folder)
    const library = libraryOf(folder)
    const context = { ...(await world.contextOf(chief!)), library }
    const wishFor = (slug: string, version: string, more: Partial<ReleaseWish> = {}, kind: 'module' | 'notice' = 'module') => ({ ...WISH, kind, slug, version, typed: `${slug} ${version}`, stamp: draftStamp(findDraft(library, kind, slug, version)!), ...more })
    const draw = (number: string, change: (text: string) => string = (text) => text, head = '') => {
      for (const [name, text] of Object.entries(MODULE_CALLED('BB1', number))) writeContent(folder, name, name.endsWith('quiz.yaml') ? change(text.replace(`version: "${number}"`, 'version: "1.0"')) : name.endsWith('module.yaml') ? text + head : text)
    }
    const kept = async () => (await world.db.selectFrom('bank_version').select(['version', 'track']).where('slug', '=', 'BB1').execute()).map(({ version, track }) => `${version} ${track}`)
    const released = async (version: string) => world.db.selectFrom('content_release').select(['impact', 'gives', 'unit_slug']).where('slug', '=', 'BB1').where('version', '=', version).executeTakeFirst()
    draw('1.0')
    expect(await publishEdition(context, wishFor('BB1', '1.0', { impact: 'law', gives: 'whole' }))).toEqual({ published: true })
    expect([await kept(), await released('1.0')]).toEqual([['1.0 -'], { impact: 'first', gives: 'none', unit_slug: '' }])

    // the same questions under the same number: the bank stands already
    draw('1.1', (text) => text, 'unit: true\n')
    expect(await publishEdition(context, wishFor('BB1', '1.1', { impact: 'law', gives: 'whole' }))).toEqual({ published: true })
    expect([await kept(), library.current('module', 'BB1')!.meta.version]).toEqual([['1.0 -'], '1.1'])
    // nobody has met BB1 and the folder that was read at the start has not got it: there is nobody to tell
    expect(await world.db.selectFrom('content_revision').select('id').where('slug', '=', 'BB1').execute()).toEqual([])
    expect(await released('1.1')).toEqual({ impact: 'law', gives: 'whole', unit_slug: '' })

    draw('1.2', (text) => text.replace('わけ', 'ほかのわけ'))
    expect((await releaseFacts(context, findDraft(library, 'module', 'BB1', '1.2')!)).bankTaken).toBe(true)
    expect(await publishEdition(context, wishFor('BB1', '1.2'))).toEqual({ refused: 'bankNumberTaken' })
    expect([await kept(), await released('1.2')]).toEqual([['1.0 -'], undefined])

    // what cannot be read is not published, and a notice is of the day that it says
    writeContent(folder, 'modules/BB1/1.3/module.yaml', 'slug: [')
    expect(await publishEdition(context, wishFor('BB1', '1.3'))).toMatchObject({ refused: 'draftHasErrors' })
    writeContent(folder, 'notices/purpose/1.1/ja.md', FILES['notices/purpose/1.0/ja.md']!.replace('2026-11-20', '2030-01-01'))
    expect(await publishEdition(context, wishFor('purpose', '1.1', {}, 'notice'))).toMatchObject({ refused: 'draftOfComingDay' })

    // the 差分 stands with the revision and the release; a unit that is named beside the whole is not kept
    write(folder, '3.0', (text) => text)
    const law = { impact: 'law', gives: 'unit', unit: 'BB1' } as const
    expect(await publishEdition(context, wishFor('T01', '3.0', { ...law, unit: 'T01' }))).toEqual({ refused: 'unitMissing' })
    expect(await publishEdition(context, wishFor('T01', '3.0', law))).toEqual({ published: true })
    write(folder, '3.1', (text) => text.replace('どうしますか。\n', 'なにをしますか。\n'))
    expect(await publishEdition(context, wishFor('T01', '3.1', { ...law, gives: 'whole' }))).toEqual({ published: true })
    const given = async (table: 'content_release' | 'content_revision') => (await world.db.selectFrom(table).select(['version', 'impact', 'gives', 'unit_slug']).where('slug', '=', 'T01').where('version', 'in', ['3.0', '3.1']).orderBy('version').execute()).map((row) => Object.values(row).join(' '))
    for (const table of ['content_release', 'content_revision'] as const) expect(await given(table), table).toEqual(['3.0 law unit BB1', '3.1 law whole '])
    const [entry] = await world.db.selectFrom('ledger_entry as e').innerJoin('ledger_payload as p', 'p.entry_id', 'e.id').select('p.bytes').where('e.command_key', '=', 'content.published module T01 3.0').execute()
    expect(JSON.parse(new TextDecoder().decode(entry!.bytes))).toMatchObject({ impact: 'law', gives: 'unit', unit: 'BB1' })
  })
})

describe('whether a draft may be published', () => {
  const facts: ReleaseFacts = { name: 'T01 1.1', errors: 0, currentNumber: '1.0', isNewer: true, canGive: true, stamp: 's', units: ['D1'], bankTaken: false, writtenFor: '2026-12-01', today: '2026-12-01' }
  const wish = { ...WISH, stamp: 's' }
  it.each<[string, Partial<ReleaseWish>, Partial<ReleaseFacts>, string | undefined]>([
    ['a small mend', {}, {}, undefined],
    ['with errors', {}, { errors: 2 }, 'draftHasErrors'],
    ['law of a day to come', {}, { today: '2026-11-30' }, 'draftOfComingDay'],
    ['an older number', {}, { isNewer: false }, 'draftNotNewer'],
    ['another questions under a used number', {}, { bankTaken: true }, 'bankNumberTaken'],
    ['a small mend that assigns', { gives: 'whole' }, {}, 'givesForMinor'],
    ['a major one without remedy', { impact: 'major' }, {}, 'givesMissing'],
    ['a change of law without its unit', { impact: 'law', gives: 'unit' }, {}, 'unitMissing'],
    ['a unit that is not published', { impact: 'law', gives: 'unit', unit: 'D9' }, {}, 'unitMissing'],
    ['a unit', { impact: 'law', gives: 'unit', unit: 'D1' }, {}, undefined],
    ['the whole again', { impact: 'major', gives: 'whole' }, {}, undefined],
    ['a pledge, which is not given twice', { impact: 'major' }, { canGive: false }, undefined],
    ['without a reason', { reason: ' ' }, {}, 'revisionReason'],
    ['a reason of 200 letters', { reason: `${'葛󠄀'.repeat(100)} ` }, {}, undefined],
    ['a longer reason', { reason: 'あ'.repeat(201) }, {}, 'revisionReason'],
    ['with one error', {}, { errors: 1 }, 'draftHasErrors'],
    ['full-width letters', { typed: 'Ｔ０１ １．１ ' }, {}, undefined],
    ['the first of its slug', { impact: 'major' }, { currentNumber: undefined }, undefined],
  ])('%s', (_what, wished, given, refused) => expect(refusalToRelease({ ...wish, ...wished }, { ...facts, ...given })?.refused).toBe(refused))
})

const differences = (library: Library, from = '1.0', to = '1.1') =>
  differenceOf(library.shelf.get('module', 'T01', from)!, library.shelf.get('module', 'T01', to)!, 'ja', readersOf(library, findEdition(library, 'module', 'T01', to)!))

describe('the difference between versions', () => {
  it('is told by Japanese words', () => {
    expect(wordDifference('店長にすぐ知らせます。', '上長にすぐ知らせます。')).toEqual([{ was: '店長', is: '上長' }, { same: 'にすぐ知らせます。' }])
    expect(wordDifference('髙﨑さん', '髙崎さん').map((piece) => ('same' in piece ? piece.same : piece.was)).join('')).toBe('髙﨑さん')
    expect(wordDifference('あいうえお', '全く別の話です')).toEqual([{ was: 'あいうえお', is: '全く別の話です' }])
  })

  it('names sections, questions and what stands about them, and takes furigana for no difference', () => {
    const folder = contentFolder()
    write(folder, '1.1', (text) => text.replace('｜夜《よる》の｜店《みせ》', '夜の｜店《みせ》').replace('どうしますか。\n', 'まずどうしますか。\n').replace('- { id: a, text: はじめ }', '- { id: a, text: さいしょ }'))
    const library = libraryOf(folder)
    const parts = differences(library)
    expect(parts.map(({ id, state }) => `${id} ${state}`)).toEqual(['page one changed', 'question T01-002 changed', 'question T01-003 changed'])
    expect(parts[0]!.paragraphs).toEqual([[{ was: '', is: 'まず' }, { same: 'どうしますか。' }]])
  })

  it('is told in the words that its readers read', () => {
    const folder = contentFolder()
    write(folder, '1.1', (text) => text.replace('{{employer}}の｜店《みせ》です。', '{{employer}}の｜店《みせ》で、{{hotline}}もあります。').replace('{{reportTo}}に', '{{reportDesk}}に'))
    const parts = differences(libraryOf(folder))
    expect(JSON.stringify(parts)).not.toContain('{{')
    expect(parts.find(({ id }) => id === 'page one')!.paragraphs).toEqual([[{ same: 'サンプル通信株式会社の店' }, { was: 'です', is: 'で、通報窓口もあります' }, { same: '。' }]])
    expect(parts.find(({ id }) => id === 'aid')!.paragraphs, 'own staff read the same; others do not').toEqual([[{ was: '窓口と、(派遣元の会社名)の担当者に知らせます。', is: '窓口に知らせます。' }]])
  })

  it('is none where no reader reads another word', () => {
    const folder = contentFolder()
    write(folder, '1.1', (text) => text.replace('{{employer}}の｜店《みせ》', '{{employer}}の｜店《みせ》{{otherSecretYears}}'))
    write(folder, '1.2', (text) => text.replace('{{employer}}の｜店《みせ》', '{{employer}}の｜店《みせ》3'))
    const library = libraryOf(folder)
    expect(differences(library).map(({ id }) => id)).toEqual(['page one'])
    expect(differences(library, '1.1', '1.2')).toEqual([])
  })
})
