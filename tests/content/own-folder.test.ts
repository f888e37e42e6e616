import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentCheck, contentPublish } from '../../app/cli/content.server'
import { findDraft, listDrafts } from '../../app/content/drafts.server'
import { listEditions } from '../../app/content/editions.server'
import { loadLibrary, variablesFor, type Library } from '../../app/content/library.server'
import { readFolder } from '../../app/content/read-folder.server'
import { OWN_PREFIXES } from '../../app/content/own-folder.server'
import { requirementsInForce } from '../../app/domain/requirement'
import type { CheckReport } from '../../app/content/checks.server'
import { contentFolder, FILES, MODULE_CALLED, ownFolder, writeContent } from '../support/content-fixture'

const silent = { out: () => undefined, err: () => undefined }
const load = (own: Record<string, string>, ours = contentFolder()): Library => {
  const loaded = loadLibrary(ours, ownFolder(own))
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return loaded.library
}
/** What stops the start, with the folders named as they are. */
const refused = (own: string, ours = contentFolder()): string[] => {
  const loaded = loadLibrary(ours, own)
  return 'errors' in loaded ? loaded.errors.map(({ file, line, field, message }) => `${file.replace(own, 'OWN').replace(ours, 'OURS')}:${line} ${field} ${message.replace(ours, 'OURS')}`) : []
}
const RULE = (id: string, rest = '') => `- id: ${id}\n  version: 1\n  validFrom: "2026-04-01"\n  title: 自社の決まり\n${rest}  audience: { kinds: [regular] }\n  target: { kind: module, slug: T01 }\n  when: { on: start, businessDays: 0 }\n`

describe('the operator’s own folder', () => {
  it('overrides single words, which then stand in the pages of our texts; the others stay', () => {
    const library = load({ 'operator.yaml': 'reportDesk: 自社の受付\nrequestHours: "10-17"\n' })
    const aid = library.renderAid(library.current('module', 'T01')!, { track: 'ja', furigana: false, variables: variablesFor(library, { relation: 'own', companyName: '' }) })
    expect(aid!.html).toContain('<p>自社の受付に知らせます。</p>')
    expect(library.words).toMatchObject({ operator: 'サンプル通信株式会社', reportDesk: '自社の受付', consultDesk: '事務局', requestHours: '10-17' })
    expect(load({ 'operator.yaml': 'reportDesk: 自社の受付\n' }).words.requestHours).toBe('9-18')
    expect(load({ 'operator.yaml': 'reportDesk: 自社の受付\n' }, contentFolder({ 'operator.yaml': (text) => `${text}requestHours: "8-12"\n` })).words.requestHours).toBe('8-12')
  })

  it('adds texts, laws, provisions, days off, names, manual pages and requirements to ours, and may cite ours', async () => {
    const own = ownFolder({
      ...MODULE_CALLED('X01'), 'modules/X01/1.0/module.yaml': MODULE_CALLED('X01')['modules/X01/1.0/module.yaml']!.replace('laws: [law-1]', 'laws: [law-1, x-law]').replace('[R-1]', '[R-1, X-1]'),
      'laws.yaml': '- { id: x-law, law: 社内規程, validFrom: "2026-04-01", status: current }\n', 'provisions.tsv': 'id\tseed\tsection\tparaphrase\tsatisfied_by\tfit\tstatus\nX-1\t社内規程\t1\tx\tX01\tT\t社内規程\n',
      'calendar/holidays.yaml': 'companyDaysOff:\n  - { day: "2026-12-28", name: 創立記念日 }\n', 'real-names.yaml': '- kind: 会社\n  names: [もみじ商会]\n', 'help/x-help.md': '---\ntrack: ja\ntitle: 自社の使い方\nfor: program\norder: 9\n---\n自社の使い方です。\n',
      'requirements.yaml': RULE('x-rule').replace('slug: T01', 'slug: X01'), 'reviews.yaml': '- { kind: module, slug: X01, version: "1.0", status: counsel, by: 弁護士, on: "2026-11-20" }\n',
      'notices/purpose/100.0/ja.md': FILES['notices/purpose/1.0/ja.md']!, 'README.md': '覚え書き', '.gitignore': '',
    })
    const lines: string[] = []
    expect(await contentCheck(['--json'], { out: (line) => lines.push(line), err: (line) => lines.push(line) }, contentFolder(), own)).toBe(0)
    const report = JSON.parse(lines.join('\n')) as CheckReport
    expect(report.modules.map(({ id, own }) => [id, own])).toEqual([['T01', undefined], ['X01', true]])
    expect(report.provisions).toEqual({ known: 4, covered: ['R-1', 'X-1'], uncovered: ['R-2'], outside: ['R-3'] })
    const loaded = loadLibrary(contentFolder(), own)
    if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
    const { library } = loaded
    expect(library.list('module').map(({ meta }) => meta.slug)).toEqual(['T01', 'X01'])
    expect(library.lawTitles(['law-1', 'x-law'], '2026-11-20')).toEqual(['法律 第1条', '社内規程'])
    expect([library.calendar.holidays.has('2026-12-28'), library.calendar.holidays.has('2026-11-23'), library.calendar.fiscalYearStart]).toEqual([true, true, 4])
    expect([library.folder.realNamesIn('もみじ商会'), library.folder.realNamesIn('さくら電話')]).toEqual([['もみじ商会'], ['さくら電話']])
    expect(library.help.map(({ slug }) => slug)).toEqual(['x-help'])
    expect(library.requirements.map(({ id }) => id)).toEqual(['entry', 'x-rule'])
    expect(library.reviewStatus('module', 'X01', '1.0')).toBe('counsel')
    expect(library.notice.version).toBe('100.0')
    expect(listEditions(library).map(({ slug, number, origin }) => `${slug} ${number} ${origin}`)).toEqual(['T01 1.0 standard', 'X01 1.0 own', 'PL1 1.0 standard', 'purpose 100.0 own', 'purpose 1.0 standard'])
  })

  it('takes nothing that has the name of something of ours: both files are told', () => {
    expect(refused(ownFolder(MODULE_CALLED('T01', '2.0')))).toEqual(expect.arrayContaining(['OWN/modules/T01:1 slug 「T01」は、OURS/modules/T01 にもあります。自社のフォルダでは、標準の教材と違う名前にしてください']))
    expect(refused(ownFolder({ 'laws.yaml': '# 注\n- { id: law-2, law: 別, validFrom: "2020-01-01", status: current }\n' }))).toEqual([expect.stringMatching(/^OWN\/laws\.yaml:2 id 法令「law-2」は、OURS\/laws\.yaml:2 にもあります/)])
    expect(refused(ownFolder({ 'provisions.tsv': FILES['provisions.tsv']!.replace('R-2', 'X-2').replace('R-3', 'X-3') }))).toEqual([expect.stringMatching(/^OWN\/provisions\.tsv:2 id 条項「R-1」は、OURS\/provisions\.tsv:2 にもあります/)])
    expect(refused(ownFolder({ 'requirements.yaml': RULE('entry') }))).toEqual([expect.stringMatching(/^OWN\/requirements\.yaml:1 id 決まり「entry」は、OURS\/requirements\.yaml にもあります/)])
    const help = '---\ntrack: ja\ntitle: 使い方\nfor: program\norder: 9\n---\n使い方です。\n'
    expect(refused(ownFolder({ 'help/one.md': help }), contentFolder({ 'help/one.md': help }))).toEqual([expect.stringMatching(/^OWN\/help\/one\.md:1 {2}使い方「one」は、OURS\/help\/one\.md にもあります/)])
    expect(refused(ownFolder({ 'laws.yaml': '- { id: x-1, law: 別, validFrom: "2020-01-01", status: current }\n'.repeat(2) }))).toEqual([expect.stringMatching(/^OWN\/laws\.yaml:2 id 法令「x-1」は、.*どちらかの名前/)])
  })

  it('has names that ours never have, so that no update of ours can take one', async () => {
    expect(refused(ownFolder({ 'laws.yaml': '- { id: law-9, law: 別, validFrom: "2020-01-01", status: current }\n' }))).toEqual([expect.stringMatching(/^OWN\/laws\.yaml:1 id 法令「law-9」は、x- で始めてください/)])
    expect(refused(ownFolder({ 'provisions.tsv': FILES['provisions.tsv']!.replaceAll('R-', 'S-') }))).toEqual(expect.arrayContaining([expect.stringMatching(/条項「S-1」は、X- で始めてください/)]))
    expect(refused(ownFolder({ 'requirements.yaml': RULE('rule') }))).toEqual([expect.stringMatching(/^OWN\/requirements\.yaml:1 id 決まり「rule」は、x- で始めてください/)])
    const own = ownFolder({ ...MODULE_CALLED('K01'), 'notices/purpose/2.0/ja.md': FILES['notices/purpose/1.0/ja.md']!, 'notices/aim/100.0/ja.md': FILES['notices/purpose/1.0/ja.md']! })
    const { draftErrors } = readFolder(contentFolder(), own)
    expect(draftErrors.map(({ file, message }) => `${file.slice(own.length)} ${message}`)).toEqual([expect.stringMatching(/^\/modules\/K01\/1\.0 .*X で始めてください\(例 XK01\)/), '/notices/aim/100.0 利用目的のお知らせのフォルダは、purpose という名前にしてください', expect.stringMatching(/^\/notices\/purpose\/2\.0 .*100\.0 から/)])
    const { standing, laws, provisions, rules, help } = readFolder('content', undefined, { trustSeals: true })
    const names = [...standing.map(({ slug }) => slug), ...laws.keys(), ...provisions.keys(), ...rules.map(({ id }) => id), ...help.map(({ slug }) => slug)]
    expect(names.filter((name) => OWN_PREFIXES.some((prefix) => prefix.test(name)))).toEqual([])
    expect(standing.filter(({ kind, number }) => kind === 'notice' && Number(number.split('.')[0]) >= 100)).toEqual([])
  })

  it('refuses the start when it is not there, is no folder, is ours, or holds what nobody reads', () => {
    const own = ownFolder({ 'operator.yaml': 'reportDesk: 自社の受付\n', 'moduls/X01/1.0/ja.md': '' })
    const ours = contentFolder()
    expect(refused(`${own}/none`)).toEqual([expect.stringMatching(/^OWN:1 {2}CONTENT_DIR のフォルダがありません。/)])
    expect(refused(join(own, 'operator.yaml'))).toEqual([expect.stringMatching(/CONTENT_DIR はフォルダではありません/)])
    expect(refused(ours, ours)).toEqual([expect.stringMatching(/標準の教材のフォルダを指しています/)])
    expect(refused(own)).toEqual([expect.stringMatching(/^OWN\/moduls:1 {2}この名前のものは読みません/)])
    expect(refused(ownFolder({ 'operator.yaml/x': '' }))).toEqual([expect.stringMatching(/^OWN(\/operator\.yaml)?:1 {2}読めません\(EISDIR\)/)])
    expect(refused(ownFolder({ 'operator.yaml': 'reportDeks: 窓口\n', 'provisions.tsv': 'id seed\n' }))).toEqual([expect.stringMatching(/^OWN\/operator\.yaml:1 reportDeks /), expect.stringMatching(/^OWN\/provisions\.tsv:1 .*タブで区切った見出し/)])
  })

  it('stops requirements of ours, alone or with one that takes their place', () => {
    const stop = (version: number, from: string, list: string) => `- { id: x-stop, version: ${version}, validFrom: "${from}", title: 標準の決まりを止める, stops: ${list} }\n`
    const inForce = (library: Library, day: string) => requirementsInForce(library.requirements, day).map(({ requirement }) => requirement.id)
    const library = load({ 'requirements.yaml': stop(1, '2026-04-01', '[entry]') + stop(2, '2027-04-01', '[]') })
    expect(['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01'].map((day) => inForce(library, day))).toEqual([['entry'], [], [], ['entry']])
    expect(inForce(load({ 'requirements.yaml': RULE('x-entry', '  stops: [entry]\n') }), '2026-04-01')).toEqual(['x-entry'])
    const errors = async (text: string) => {
      const said: string[] = []
      await contentCheck([], { out: () => undefined, err: (line) => said.push(line) }, contentFolder(), ownFolder({ 'requirements.yaml': text }))
      return said.join('\n')
    }
    return Promise.all([
      expect(errors(stop(1, '2026-04-01', '[nobody]'))).resolves.toMatch(/requirements\.yaml:1 x-stop stops 止める決まり「nobody」はありません/),
      expect(errors(stop(1, '2026-04-01', '[x-stop]'))).resolves.toMatch(/自分は止められません/),
      expect(errors(stop(1, '2026-13-01', '[entry]'))).resolves.toMatch(/requirements\.yaml:1 0\.validFrom/),
    ])
  })

  it('is written as the manual shows it', () => {
    const [, words, rules] = readFileSync('content/help/system-content.md', 'utf8').split(/^```\n/m).filter((_, at) => at === 0 || at % 2 === 1)
    const loaded = readFolder('content', ownFolder({ 'operator.yaml': words!, 'requirements.yaml': rules! }), { trustSeals: true })
    expect(loaded.errors).toEqual([])
    expect(loaded.words).toMatchObject({ operator: 'あおば通信株式会社', handlingRules: '通信情報取扱規程', workRules: '就業規則' })
    expect(loaded.rules.filter(({ id }) => id.startsWith('x-')).flatMap(({ stops }) => stops).filter((id) => !loaded.rules.some((rule) => rule.id === id))).toEqual([])
    expect(loaded.rules.filter(({ id }) => id.startsWith('x-'))).toHaveLength(2)
  })

  it('is published into its own lock, and what is not published in it is a draft', async () => {
    const ours = contentFolder()
    await contentPublish([], silent, ours)
    const own = ownFolder({ ...MODULE_CALLED('X01'), 'requirements.yaml': RULE('x-rule') })
    const [lock, ownLock] = [join(ours, 'published.lock'), join(own, 'published.lock')]
    const before = readFileSync(lock, 'utf8')
    const draft = loadLibrary(ours, own)
    if ('errors' in draft) throw new Error(JSON.stringify(draft.errors))
    expect(draft.library.current('module', 'X01')).toBeUndefined()
    expect(draft.library.requirements.map(({ id }) => id)).toEqual(['entry'])
    expect(listDrafts(draft.library).map(({ slug, folder }) => [slug, folder])).toEqual([['X01', join(own, 'modules/X01/1.0')]])
    expect(findDraft(draft.library, 'module', 'X01', '1.0')).toMatchObject({ errors: [] })
    writeContent(own, 'modules/K01/1.0/module.yaml', FILES['modules/T01/1.0/module.yaml']!)
    expect(findDraft(draft.library, 'module', 'K01', '1.0')!.errors.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringMatching(/X で始めてください/)]))
    expect(await contentPublish([], silent, ours, own)).toBe(1)
    expect(existsSync(ownLock)).toBe(false)

    const clean = ownFolder({ ...MODULE_CALLED('X01'), 'requirements.yaml': RULE('x-rule') })
    expect(await contentPublish([], silent, ours, clean)).toBe(0)
    expect(readFileSync(lock, 'utf8')).toBe(before)
    expect(readFileSync(join(clean, 'published.lock'), 'utf8').match(/^\w+ \S+ \S+ \S+/gm)).toEqual(['module X01 1.0 aid.ja', 'module X01 1.0 ja', 'module X01 1.0 meta', 'bank X01 1.0 -', 'requirement x-rule 1 -'])
    const served = loadLibrary(ours, clean)
    expect('library' in served && [served.library.current('module', 'X01')?.meta.version, served.library.requirements.length]).toEqual(['1.0', 2])
    writeContent(clean, 'modules/X01/1.0/ja.md', FILES['modules/T01/1.0/ja.md']!.replace('どうしますか。', 'どうする？'))
    expect(refused(clean, ours)).toEqual([expect.stringMatching(/^OWN\/modules\/X01\/1\.0\/ja\.md:1 module X01 1\.0 ja 公開した版のファイルが変わっています/)])
  })
})
