import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentCheck, contentPublish } from '../../app/cli/content.server'
import type { CheckReport } from '../../app/content/checks.server'
import { loadLibrary } from '../../app/content/library.server'
import { contentFolder, FILES, LESSON_TEXT, writeContent } from '../support/content-fixture'

const QUIZ = 'modules/T01/1.0/quiz.yaml'
const MODULE = 'modules/T01/1.0/module.yaml'
const AID = 'modules/T01/1.0/aid.ja.md'
const PLEDGE = 'pledges/PL1/1.0/pledge.yaml'
const LESSON = 'modules/T01/1.0/ja.md'
const TEXT = 'pledges/PL1/1.0/ja.md'

async function check(folder: string): Promise<{ code: number; report: CheckReport; found: string[] }> {
  const lines: string[] = []
  const code = await contentCheck(['--json'], { out: (line) => lines.push(line), err: (line) => lines.push(line) }, folder)
  const report = JSON.parse(lines.join('\n')) as CheckReport
  return { code, report, found: report.errors.map(({ file, line, field, message }) => `${file.slice(folder.length + 1)}:${line} ${field} ${message}`) }
}
/** The line of the fixture on which a text stands first, and the whole pattern of a fault told there. */
const lineOf = (name: string, text: string): number => {
  const at = FILES[name]!.split('\n').findIndex((line) => line.includes(text))
  if (at < 0) throw new Error(`${name} has no line with ${text}`)
  return at + 1
}
const at = (name: string, text: string, told: string) => new RegExp(`${name.split('/').at(-1)!.replace('.', '\\.')}:${lineOf(name, text)} ${told}`)
const replace = (from: string | RegExp, to: string) => (text: string) => {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`Nothing to replace: ${from}`)
  return changed
}

describe('content check', () => {
  it('finds nothing wrong with a good folder and counts what is there', async () => {
    const { code, report, found } = await check(contentFolder())
    expect(found).toEqual([])
    expect(code).toBe(0)
    expect(report.modules).toEqual([{ id: 'T01', version: '1.0', tracks: ['ja'], sections: 2, words: expect.any(Number), minutes: 5, questions: 26, situational: 18 }])
    expect(report.pledges).toEqual([{ id: 'PL1', version: '1.0', tracks: ['ja'] }])
    expect(report.provisions).toEqual({ known: 3, covered: ['R-1'], uncovered: ['R-2'], outside: ['R-3'] })
    expect(report.bias).toEqual({ position: { a: expect.any(Number), b: expect.any(Number), c: expect.any(Number), d: expect.any(Number) }, length: 0 })
    expect(report.banks).toEqual([{ id: 'T01', version: '1.0', ...report.bias }])
    expect(report.readability.ja).toMatchObject({ limit: 60, over: 0, worst: [] })
    expect(report.reading.map(({ id, track }) => `${id} ${track}`)).toEqual(['T01 ja'])
  })

  it.each<[string, Record<string, (text: string) => string>, RegExp]>([
    ['minutes that are no sum', { [MODULE]: replace('minutes: 5', 'minutes: 6') }, at(MODULE, 'minutes: 5', 'minutes .*合計\\(5\\)')],
    ['minutes that do not fit the text', { [MODULE]: replace('{ id: two, minutes: 1', '{ id: two, minutes: 4') }, /ja\.md:\d+ two 節「two」の minutes\(4\)/],
    ['objectives that differ', { [LESSON]: replace('｜分《わ》かる', '｜分《わ》かります') }, /ja\.md:1 objectives module\.yaml の objectives と同じ文/],
    ['a topic without its reading', { [LESSON]: replace(', second: ｜二《ふた》つめ', '') }, /ja\.md:1 topics topic「second」/],
    ['a module without its job aid', { [AID]: () => '' }, /aid\.ja\.md:1/],
    ['an unknown provision', { [MODULE]: replace('provisions: [R-1]', 'provisions: [R-9]') }, /module\.yaml:\d+ provisions 条項「R-9」/],
    ['an unknown law', { [QUIZ]: replace('laws: [law-1]', 'laws: [law-9]') }, /quiz\.yaml:\d+ T01-001 laws 法令「law-9」/],
    ['a key that only an unverified law carries', { [QUIZ]: replace('laws: [law-1]', 'laws: [law-2]') }, /T01-001 laws 要確認/],
    ['a key that rests on the old regime', { [QUIZ]: replace('provisions: [R-1]', 'provisions: [R-2]') }, /T01-001 provisions 旧制度の条項「R-2」/],
    ['a draft row with an unverified law', { [QUIZ]: (text) => text.replace('provisions: [R-1]', 'provisions: [R-3]').replace('laws: [law-1]', 'laws: [law-2]') }, /T01-001 provisions 案の条項だけ/],
    ['too few questions', { [QUIZ]: (text) => text.slice(0, text.indexOf('  - id: T01-020')) }, /quiz\.yaml:\d+ questions 問題は25問以上/],
    ['no report-first question', { [QUIZ]: replace('reportFirst: true', 'reportFirst: false') }, /「まず報告」/],
    ['too few situations', { [QUIZ]: (text) => text.replaceAll('situational: true', 'situational: false') }, /半分以上/],
    ['more drawn than there are', { [MODULE]: replace('draw: 4', 'draw: 40') }, at(MODULE, 'draw: 4', 'quiz\\.draw')],
    ['fewer drawn than topics', { [MODULE]: replace('draw: 4', 'draw: 1') }, /quiz\.draw/],
    ['a topic with two questions', { [MODULE]: replace('sections: [two] }\nsections', 'sections: [two] }\n  - { id: third, title: 三つめ, sections: [two] }\nsections') }, /topic「third」の問題は3問以上/],
    ['the key always the longest', { [QUIZ]: (text) => text.replace(/text: えらぶ(.), correct: true/g, 'text: とてもながいせんたくし$1, correct: true') }, /一番長い/],
    ['the key always in one place', { [QUIZ]: (text) => text.replace(/text: えらぶ(.), correct: true/g, 'text: えらぶ$1, correct: false').replace(/text: えらぶb, correct: false/g, 'text: えらぶb, correct: true') }, /正答が「b」/],
    ['kanji without a reading', { [QUIZ]: replace('｜理由《りゆう》です', '理由です') }, /T01-001 explanation ふりがなのない漢字があります: 理由/],
    ['kanji without a reading in a text', { 'modules/T01/1.0/ja.md': replace('どうしますか', '如何ですか') }, at(LESSON, 'どうしますか', 'one ふりがなのない漢字があります: 如何')],
    ['懲役', { 'modules/T01/1.0/ja.md': replace('どうしますか', '｜懲《ちょう》｜役《えき》ですか') }, at(LESSON, 'どうしますか', ' 「懲役」')],
    ['懲役 in a question, whatever stands around it', { [QUIZ]: replace('explanation: ', 'explanation: :::history ｜懲役《ちょうえき》 ') }, /quiz\.yaml:\d+ {2}「懲役」/],
    ['禁錮 after the history', { [LESSON]: replace('どうしますか。', 'どうしますか。\n:::\n\n:::history\n｜懲役《ちょうえき》でした。\n:::\n\n｜禁錮《きんこ》です。\n\n:::think\nさて。') }, /ja\.md:\d+ {2}「懲役」「禁錮」/],
    ['the name of a real company', { [LESSON]: replace('どうしますか', '｜桜《さくら》、さくら・｜電話《でんわ》ですか') }, at(LESSON, 'どうしますか', ' 実在の会社やサービスの名前「さくら電話」')],
    ['the name of a real company in an option', { [QUIZ]: replace('text: えらぶa', 'text: Umeへ') }, /quiz\.yaml:\d+ {2}実在の会社やサービスの名前「Ume」/],
    ['a row to be taught that no section covers', { 'provisions.tsv': replace('E\tdraft', 'D/T\tdraft') }, /provisions\.tsv:4 R-3 条項「R-3」を教える節がありません/],
    ['a row that a module named for it does not teach', { 'provisions.tsv': replace('T01, M09; C05', 'T01; M08–M09'), 'modules/M09/1.0/module.yaml': () => FILES[MODULE]!.replace('slug: T01', 'slug: M09').replaceAll('[R-1]', '[R-3]'), 'modules/M09/1.0/ja.md': () => FILES[LESSON]!, 'modules/M09/1.0/aid.ja.md': () => FILES[AID]!, 'modules/M09/1.0/quiz.yaml': () => FILES[QUIZ]!.replaceAll('T01', 'M09') }, /provisions\.tsv:2 R-1 条項「R-1」は M09 で教えることになっていますが/],
    ['a row of the old regime beside a sound one', { [QUIZ]: replace('provisions: [R-1]', 'provisions: [R-1, R-2]') }, /T01-001 provisions 旧制度の条項「R-2」/],
    ['what is not verified in a question', { [QUIZ]: replace('text: えらぶa', 'text: 【｜要確認《ようかくにん》】') }, /要確認のことは、問題にできません/],
    ['a question without explanation', { [QUIZ]: replace(/ {4}explanation: .*\n/, '') }, /quiz\.yaml:\d+ questions\.0\.explanation/],
    ['a question without source', { [QUIZ]: replace('provisions: [R-1]', 'provisions: []') }, /quiz\.yaml:\d+ questions\.0\.provisions/],
    ['a reading that is not closed', { [LESSON]: replace('｜店《みせ》です', '｜店《みせです') }, /ja\.md:\d+ one ふりがなの書き方が正しくありません/],
    ['a reading with its okurigana', { [LESSON]: replace('｜試《ため》しの', '｜試し《ためし》の') }, /ja\.md:\d+ title ふりがなの親「試し」/],
    ['a track that lacks a section', { 'modules/T01/1.0/ja-easy.md': () => FILES[LESSON]!.replace('track: ja', 'track: ja-easy').replace(/# ｜二[\s\S]*/, '') }, /ja-easy\.md:\d+ sections 節の並びが module\.yaml の sections と違います/],
    ['a track whose questions are not told', { 'modules/T01/1.0/ja-easy.md': () => FILES[LESSON]!.replace('track: ja', 'track: ja-easy') }, /quiz\.ja-easy\.yaml:1 {2}ja-easy\.md がある教材には/],
    ['a track that takes too long to read', { 'modules/T01/1.0/ja-easy.md': () => FILES[LESSON]!.replace('track: ja', 'track: ja-easy').replace(LESSON_TEXT(400), LESSON_TEXT(600)) }, /ja-easy\.md:\d+ two 節「two」の minutes\(1\)/],
    ['a sentence that nobody can hold', { [LESSON]: replace('どうしますか', 'あ'.repeat(61)) }, /ja\.md:1 {2}62字の文があります/],
    ['a sentence that is long for やさしい日本語', { 'modules/T01/1.0/ja-easy.md': () => FILES[LESSON]!.replace('track: ja', 'track: ja-easy').replace('どうしますか', 'あ'.repeat(36)) }, /ja-easy\.md:1 {2}37字の文があります\(35字まで\)/],
    ['a long sentence of a job aid', { [AID]: (text) => `${text}\n${'あ'.repeat(61)}\n` }, /ja\.md:1 {2}61字の文があります/],
    ['two negations that affirm', { [LESSON]: replace('どうしますか', 'いわないことはありません') }, /ja\.md:1 {2}二重否定の文があります.*いわないこと/],
    ['a forbidden phrase', { [QUIZ]: replace('text: あ,', 'text: すべて正しい,') }, /「すべて正しい」は使えません/],
    ['a section that the text has not', { [MODULE]: replace('{ id: two, minutes', '{ id: too, minutes') }, /節の並びが module\.yaml/],
    ['a section without asOf', { [MODULE]: replace('minutes: 1, asOf: "2026-11-20"', 'minutes: 1') }, at(MODULE, '{ id: one, minutes: 1', 'sections\\.0\\.asOf')],
    ['a pledge without CL13', { [PLEDGE]: (text) => text.replace('CL02, CL13, CL04', 'CL02, CL04').replace(/ {2}- \{ clause: CL13.*\n/, ''), [TEXT]: replace(/## ｜第《だい》2[\s\S]*?妨.*\n/, '') }, /clauses 条 CL13/],
    ['CL13 that is not among the ticked', { [PLEDGE]: replace(/ {2}- \{ clause: CL13.*\n/, '') }, /keyClauses 確かめる条に CL13/],
    ['clauses in another order than the text', { [PLEDGE]: replace('CL02, CL13, CL04', 'CL13, CL02, CL04') }, /条の並びと違います/],
    ['a pledge for a kind of another relation', { [PLEDGE]: replace('kinds: [regular]', 'kinds: [regular, dispatched]') }, /kinds 雇用形態 dispatched/],
    ['a pledge to the wrong addressee', { [PLEDGE]: (text) => text.replace('relation: employment', 'relation: contractor').replace('kinds: [regular]', 'kinds: [contractorWorker]') }, /addressee 派遣・委託/],
    ['discipline in a pledge of people whom others employ', { [PLEDGE]: (text) => text.replace('relation: employment', 'relation: contractor').replace('kinds: [regular]', 'kinds: [contractorWorker]').replace('operator', 'employer'), [TEXT]: replace('｜守《まも》ります', '｜懲《ちょう》｜戒《かい》') }, at(TEXT, '｜守《まも》ります', ' この誓約書に、懲戒')],
    ['a fixed sum', { [TEXT]: replace('｜守《まも》ります', '100｜万円《まんえん》') }, /金額/],
    ['a requirement that gives a person a checklist', { 'requirements.yaml': replace('kind: module, slug: T01', 'kind: checklist, slug: CK1') }, at('requirements.yaml', 'slug: T01', '0\\.target\\.kind .*点検表は人に割り当てません')],
    ['a requirement for what is not there', { 'requirements.yaml': replace('slug: T01', 'slug: T99') }, at('requirements.yaml', 'slug: T01', 'entry target module T99')],
    ['a pledge without a clause of its type', { [PLEDGE]: replace(', CL17]', ']'), [TEXT]: replace(/## ｜第《だい》16[\s\S]*$/, '') }, /clauses この種類の誓約書に要る条がありません: CL17/],
    ['a pledge with a clause of another type', { [PLEDGE]: replace(', CL17]', ', CL17, CL18]'), [TEXT]: (text) => `${text}\n## ｜第《だい》17｜条《じょう》 {#CL18}\n\nはい。\n` }, /clauses この種類の誓約書に入れない条があります: CL18/],
    ['a clause of employment where there is none', { [PLEDGE]: (text) => text.replace('relation: employment', 'relation: sole').replace('kinds: [regular]', 'kinds: [soleContractor]') }, /clauses この種類の誓約書に要る条がありません: CL15/],
    ['a pledge that does not say what one should know before', { [TEXT]: replace(/cautions: .*\n/, '') }, /ja\.md:1 cautions 署名する前に知っておくことを/],
    ['an amount in a pledge', { [TEXT]: replace('｜話《はな》しません', '100万円です') }, /ja\.md:\d+ {2}誓約書に金額は書けません/],
    ['a scope in a pledge that is about none', { [TEXT]: replace('｜話《はな》しません', '{{scope}}') }, /ja\.md:1 scope \{\{scope\}\} を書けるのは/],
    ['a pledge on a scope that names none', { [PLEDGE]: replace('occasion: entry', 'occasion: scope') }, /ja\.md:1 scope 対象の情報の一覧/],
    ['a scope in a module', { [LESSON]: replace('{{employer}}の', '{{scope}}の') }, /ja\.md:\d+ {2}\{\{scope\}\} を書けるのは/],
    ['a companion without the key clauses', { 'pledges/PL1/1.0/en.md': () => `---\ntrack: en\ntitle: Pledge\ncautions: [Ask]\n---\n${FILES[TEXT]!.split('---\n')[2]}` }, /en\.md:1 statements 確かめる条の文を.*CL02 CL04 CL13/],
    ['a companion with other pages', { 'pledges/PL1/1.0/en.md': () => `---\ntrack: en\ntitle: Pledge\ncautions: [Ask]\nstatements: { CL02: a, CL04: b, CL13: c }\n---\n${FILES[TEXT]!.split('---\n')[2]!.replace('{#p2}', '{#p9}')}` }, /en\.md:1 {2}ページの並びを/],
    ['a requirement that gives a pledge unlawfully', { 'requirements.yaml': (text) => text.replace('[regular]', '[dispatched]').replace('module, slug: T01', 'pledge, slug: PL1') }, /entry audience 誓約書 PL1 は、雇用形態 dispatched/],
    ['a correction of nothing', { 'errata.yaml': () => '- { slug: T01, question: T01-999, on: "2026-12-01", correct: [a], reason: x }\n' }, /errata\.yaml/],
  ])('finds %s', async (_, changes, expected) => {
    const { code, found } = await check(contentFolder(changes))
    expect(found.join('\n')).toMatch(expected)
    expect(code).toBe(1)
  })

  it('lets history be told, where it is marked as history', async () => {
    const { found, report } = await check(contentFolder({ [LESSON]: replace('どうしますか。\n:::', 'どうしますか。\n:::\n\n:::history[｜名前《なまえ》]\n｜懲役《ちょうえき》と｜呼《よ》びました。\n:::') }))
    expect(found).toEqual([])
    expect(report.errors).toEqual([])
  })

  it('counts what the newest version of a module teaches', async () => {
    const newer = Object.fromEntries(['module.yaml', 'ja.md', 'aid.ja.md', 'quiz.yaml'].map((name) => [`modules/T01/1.1/${name}`, () => FILES[`modules/T01/1.0/${name}`]!.replace('version: "1.0"', 'version: "1.1"').replaceAll('provisions: [R-1], laws', 'provisions: [R-3], laws')]))
    const { report, found } = await check(contentFolder(newer))
    expect(report.provisions).toMatchObject({ covered: ['R-3'], uncovered: ['R-1', 'R-2'] })
    expect(found).toEqual([expect.stringMatching(/R-1 条項「R-1」を教える節がありません/)])
  })

  it('answers wrong usage with 2', async () => {
    expect(await contentCheck(['--all'], { out: () => undefined, err: () => undefined }, contentFolder())).toBe(2)
  })
})

describe('sealing', () => {
  const publish = async (folder: string) => {
    const said: string[] = []
    const code = await contentPublish([], { out: (line) => said.push(line), err: (line) => said.push(line) }, folder)
    return { code, said }
  }
  const errorsOf = (folder: string) => {
    const loaded = loadLibrary(folder)
    return 'errors' in loaded ? loaded.errors.map(({ file, message }) => `${file.slice(folder.length + 1)} ${message}`) : []
  }

  it('adds lines once, and only when nothing is wrong', async () => {
    const folder = contentFolder()
    expect((await publish(folder)).code).toBe(0)
    const lock = readFileSync(join(folder, 'published.lock'), 'utf8')
    expect(lock.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.replace(/ [0-9a-f]{64}$/, ''))).toEqual(
      ['module T01 1.0 aid.ja', 'module T01 1.0 ja', 'module T01 1.0 meta', 'bank T01 1.0 -', 'pledge PL1 1.0 ja', 'pledge PL1 1.0 meta', 'notice purpose 1.0 ja', 'requirement entry 1 -'])
    expect((await publish(folder)).said).toEqual(['新しく公開する版はありません。'])
    writeContent(folder, 'modules/T01/1.1/module.yaml', FILES[MODULE]!)
    expect((await publish(folder)).code).toBe(1)
    expect(readFileSync(join(folder, 'published.lock'), 'utf8')).toBe(lock)
  })

  it('leaves a draft alone until its review says otherwise, and says so', async () => {
    const review = (status: string) => `- { kind: module, slug: T01, version: "1.0", status: ${status}, by: 事務局, on: "2026-11-20" }\n`
    const folder = contentFolder({ 'reviews.yaml': review('draft') })
    const { said } = await publish(folder)
    expect(said.filter((line) => line.includes('T01'))).toEqual([expect.stringMatching(/^下書きのまま module T01 1\.0/)])
    writeContent(folder, 'reviews.yaml', review('draft') + review('internal'))
    expect((await publish(folder)).said.filter((line) => line.startsWith('公開 module T01'))).toHaveLength(3)
  })

  it.each([MODULE, QUIZ, 'modules/T01/1.0/ja.md', TEXT, PLEDGE, 'notices/purpose/1.0/ja.md'])('stops the start when one byte of %s changes, and names the file', async (name) => {
    const folder = contentFolder()
    await publish(folder)
    expect(errorsOf(folder)).toEqual([])
    writeContent(folder, name, `${FILES[name]!}\n`)
    expect(errorsOf(folder)).toEqual([expect.stringContaining(`${name} 公開した版のファイルが変わっています`)])
    expect((await publish(folder)).code).toBe(1)
  })

  it('stops the start when a published requirement changes, but not for its layout', async () => {
    const folder = contentFolder()
    await publish(folder)
    writeContent(folder, 'requirements.yaml', `# 注\n${FILES['requirements.yaml']!}`)
    expect(errorsOf(folder)).toEqual([])
    writeContent(folder, 'requirements.yaml', FILES['requirements.yaml']!.replace('businessDays: 0', 'businessDays: 1'))
    expect(errorsOf(folder)).toEqual([expect.stringContaining('requirements.yaml 公開した決まりが変わっています')])
  })

  it('serves the newest published version, not a draft, and keeps the older one findable', async () => {
    const folder = contentFolder()
    await publish(folder)
    for (const name of ['module.yaml', 'ja.md', 'aid.ja.md', 'quiz.yaml']) writeContent(folder, `modules/T01/1.1/${name}`, FILES[`modules/T01/1.0/${name}`]!.replace('version: "1.0"', 'version: "1.1"'))
    const current = () => {
      const loaded = loadLibrary(folder)
      if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
      return [loaded.library.current('module', 'T01')!.meta.version, loaded.library.find('module', 'T01', '1.0')?.meta.version, loaded.library.find('module', 'T01', '1.1')?.meta.version]
    }
    expect(current()).toEqual(['1.0', '1.0', undefined])
    expect((await publish(folder)).code).toBe(0)
    expect(current()).toEqual(['1.1', '1.0', '1.1'])
  })

  const easy = (name: string) => FILES[`modules/T01/1.0/${name}`]!.replace('track: ja', 'track: ja-easy')
  const words = `slug: T01\nversion: "1.0"\ntrack: ja-easy\nquestions:\n${FILES[QUIZ]!.split('  - id: ').slice(1).map((question) => `  - id: ${question.slice(0, 7)}\n    text: やさしい${question.slice(0, 7)}\n    options:\n${question.match(/ {6}- \{ id: .*$/gm)!.map((option) => option.replace(/, correct: \w+/, '')).join('\n')}\n    explanation: りゆうです。\n`).join('')}`

  it('reads a module in another track, with its bank told there, and seals both', async () => {
    const folder = contentFolder()
    writeContent(folder, 'modules/T01/1.0/ja-easy.md', easy('ja.md').replace(LESSON_TEXT(400), LESSON_TEXT(300)))
    writeContent(folder, 'modules/T01/1.0/quiz.ja-easy.yaml', words)
    const { report, found } = await check(folder)
    expect(found).toEqual([])
    expect(report.modules[0]!.tracks).toEqual(['ja', 'ja-easy'])
    expect((await publish(folder)).code).toBe(0)
    expect(readFileSync(join(folder, 'published.lock'), 'utf8')).toMatch(/\nbank T01 1\.0 ja-easy [0-9a-f]{64}\n/)
    const loaded = loadLibrary(folder)
    if ('errors' in loaded) throw new Error('does not load')
    const question = loaded.library.bank('T01', '1.0')!.questions[3]!
    expect(loaded.library.questionIn('T01', '1.0', question, 'ja-easy')).toMatchObject({ id: 'T01-004', text: 'やさしいT01-004', kind: question.kind })
    expect(loaded.library.questionIn('T01', '1.0', question, 'en')).toBe(question)
    writeContent(folder, 'modules/T01/1.0/quiz.ja-easy.yaml', words.replace('やさしいT01-001', 'かえた'))
    expect(errorsOf(folder)).toEqual([expect.stringContaining('quiz.ja-easy.yaml 公開した版のファイルが変わっています')])
  })

  it.each<[string, (text: string) => string, RegExp]>([
    ['a question that is not told', (text) => text.replace('  - id: T01-002', '  - id: T01-999'), /問題「T01-002」がありません/],
    ['an option that is not told', (text) => text.replace(/ {6}- \{ id: c, text: う.*\n/, ''), /問題「T01-001」の選択肢が quiz\.yaml と違います/],
    ['another version of the bank', (text) => text.replace('version: "1.0"', 'version: "1.1"'), /quiz\.yaml の version\(1\.0\)/],
  ])('refuses words of a bank with %s', async (_, change, told) => {
    const folder = contentFolder()
    writeContent(folder, 'modules/T01/1.0/ja-easy.md', easy('ja.md').replace(LESSON_TEXT(400), LESSON_TEXT(300)))
    writeContent(folder, 'modules/T01/1.0/quiz.ja-easy.yaml', change(words))
    expect((await check(folder)).found.join('\n')).toMatch(told)
  })

  it('asks to publish a bank that got a new number', async () => {
    const folder = contentFolder()
    await publish(folder)
    writeContent(folder, QUIZ, FILES[QUIZ]!.replace('version: "1.0"', 'version: "1.1"'))
    expect(errorsOf(folder)).toEqual([expect.stringContaining('問題集の版 1.1 は、まだ公開されていません')])
    expect((await publish(folder)).code).toBe(0)
    expect(errorsOf(folder)).toEqual([])
  })
})
