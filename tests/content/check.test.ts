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
const CHECKLIST = 'checklists/CK1/1.0/checklist.yaml'
/** Every fault says how it is mended. */
const REMEDY = /ください|書けるのは .*です$|で囲みます$|にします$/
/** A checklist that is in order, with something changed in it. */
const checklist = (from: string | RegExp, to: string) => () => replace(from, to)(`slug: CK1
version: "1.0"
title: 点検
summary: 点検します
minutes: 5
asOf: "2026-11-20"
validFrom: "2024-04-01"
subject: unit
answeredBy: protectionManager
handedTo: file
attachments: false
period: { every: month }
declaration: 答えました。
laws: [law-1]
provisions: [R-1]
groups:
  - id: all
    title: 全部
    items:
      - { id: first, number: "1", text: 見た, provisions: [R-1] }
      - { id: second, number: "2", text: 聞いた, provisions: [R-1] }
`)
/** Of the questions of a kind only the first. */
const onlyOne = (kind: string) => (text: string) => {
  const [head, ...questions] = text.split(/(?= {2}- id: )/)
  const [first] = questions.filter((one) => one.includes(`kind: ${kind}\n`))
  return [head, ...questions.filter((one) => one === first || !one.includes(`kind: ${kind}\n`))].join('')
}

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

  it.each<[string, Record<string, ((text: string) => string) | null>, RegExp]>([
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
    ['a correction of nothing', { 'errata.yaml': () => '# 注\n- { slug: T01, question: T01-999, on: "2026-12-01", correct: [a], reason: x }\n' }, /errata\.yaml:2 T01-999 この問題か選択肢はありません。slug/],
    ['a correction to an option that is not there', { 'errata.yaml': () => '- { slug: T01, question: T01-004, on: "2026-12-01", correct: [a, f], reason: x }\n' }, /errata\.yaml:1 T01-004 この問題か選択肢はありません/],
    ['more than one thing stressed in a section', { [LESSON]: replace('どうしますか', '**どう**しま**すか**') }, at(LESSON, '{#one}', 'one \\*\\*強調\\*\\* は1つの節に1つまでです\\(いま2\\)')],
    ['a module with no file for its job aid', { [AID]: null }, at(MODULE, 'slug: T01', 'slug 印刷して手元に置く1枚')],
    ['a job aid in a track that the text has not', { 'modules/T01/1.0/aid.en.md': () => '---\ntrack: en\ntitle: One page\n---\nLook.\n' }, /aid\.en\.md:1 track 本文\(en\.md\)がありません/],
    ['a job aid that says it is in another track', { 'modules/T01/1.0/aid.en.md': () => FILES[AID]! }, /aid\.en\.md:2 track ファイルの名前に合わせて en と/],
    ['a text that says it is in another track', { 'modules/T01/1.0/ja-easy.md': () => FILES[LESSON]! }, /ja-easy\.md:2 track ファイルの名前に合わせて ja-easy と/],
    ['a topic that the module has not', { [LESSON]: replace(', second:', ', third: みっつめ, second:') }, /ja\.md:1 topics topic「third」は module\.yaml にありません/],
    ['two sections of one name', { [LESSON]: replace('{#two}', '{#one}') }, at(LESSON, '{#two}', 'one 節の id「one」が2回出てきます')],
    ['a section without a name', { [LESSON]: replace(' {#two}', '') }, at(LESSON, '{#two}', ' 節の見出しは')],
    ['a text before the first section', { [LESSON]: replace('# ｜一', 'はい。\n# ｜一') }, at(LESSON, '{#one}', ' 最初の節の見出しより前に、文があります')],
    ['a text without sections', { [LESSON]: replace(/# [\s\S]*/, '') }, at(LESSON, '{#one}', ' 節\\(# 見出し \\{#id\\}\\)が1つもありません')],
    ['a reading that is not kana', { [LESSON]: replace('｜店《みせ》です', '｜店《mise》です') }, at(LESSON, '｜店《みせ》です', 'one ふりがな「mise」は、かなで')],
    ['a variable that is not closed', { [LESSON]: replace('{{employer}}の', '{{employer の') }, at(LESSON, '{{employer}}', 'one 差し込みの書き方が正しくありません')],
    ['too few of a kind: multiple', { [QUIZ]: onlyOne('multiple') }, at(QUIZ, 'id: T01-001', 'questions multiple の問題を2問以上')],
    ['too few of a kind: truefalse', { [QUIZ]: onlyOne('truefalse') }, at(QUIZ, 'id: T01-001', 'questions truefalse の問題を2問以上')],
    ['too few of a kind: order', { [QUIZ]: onlyOne('order') }, at(QUIZ, 'id: T01-001', 'questions order の問題を2問以上')],
    ['a question whose stress is not closed', { [QUIZ]: replace('《りゆう》です', '《りゆう》**です') }, at(QUIZ, '《りゆう》です', 'T01-001 explanation \\*\\* が閉じていません')],
    ['a choice of three', { [QUIZ]: replace(/ {6}- \{ id: d, .*\n/, '') }, /quiz\.yaml:\d+ T01-004 options single の選択肢は4つです/],
    ['an option without its reason', { [QUIZ]: replace('い, correct: true, why: よい', 'い, correct: true') }, at(QUIZ, 'text: い,', 'T01-001 options why\\(理由\\)を書いてください')],
    ['true and false in other words', { [QUIZ]: replace('text: ｜正《ただ》しい,', 'text: はい,') }, /quiz\.yaml:\d+ T01-002 options truefalse の選択肢は「正しい」「正しくない」の順です/],
    ['a choice of several that does not say so', { [QUIZ]: replace('どれですか。すべてえらんでください。', 'どれですか。') }, at(QUIZ, 'どれですか', 'T01-001 text multiple の問題文に')],
    ['an unknown provision of a question', { [QUIZ]: replace('provisions: [R-1]', 'provisions: [R-9]') }, at(QUIZ, 'provisions: [R-1]', 'T01-001 provisions 条項「R-9」は provisions\\.tsv にありません')],
    ['a question twice', { [QUIZ]: replace('id: T01-002', 'id: T01-001') }, at(QUIZ, 'id: T01-002', 'T01-001 id 問題の id「T01-001」が2回出てきます')],
    ['a question of a section that is not there', { [QUIZ]: replace('section: one', 'section: four') }, at(QUIZ, 'section: one', 'T01-001 section 節「four」はありません')],
    ['an option twice', { [QUIZ]: replace('{ id: b, text: い', '{ id: a, text: い') }, /T01-001 options 選択肢の id が重なっています/],
    ['steps of which one is the key', { [QUIZ]: replace('text: はじめ }', 'text: はじめ, correct: true }') }, /T01-003 options order の選択肢に correct は書きません/],
    ['two steps', { [QUIZ]: replace(/\n {6}- \{ id: c, text: おわり \}/, '') }, /T01-003 options order の選択肢は3〜5個です/],
    ['six steps', { [QUIZ]: replace('text: おわり }', `text: おわり }${['d', 'e', 'f'].map((id) => `\n      - { id: ${id}, text: もっと }`).join('')}`) }, /T01-003 options order の選択肢は3〜5個です/],
    ['an option that is neither right nor wrong', { [QUIZ]: replace('text: い, correct: true', 'text: い') }, /T01-001 options どの選択肢にも correct を/],
    ['a choice of several with one key', { [QUIZ]: replace('text: い, correct: true', 'text: い, correct: false') }, /T01-001 options multiple は正答2つ以上/],
    ['a choice of several in which all are keys', { [QUIZ]: replace('text: う, correct: false', 'text: う, correct: true') }, /T01-001 options multiple は正答2つ以上/],
    ['a third between true and false', { [QUIZ]: replace(/(｜正《ただ》しくない.*)/, '$1\n      - { id: c, text: ほか, correct: false, why: おしい }') }, /T01-002 options truefalse の選択肢は2つです/],
    ['a choice without a key', { [QUIZ]: replace('text: えらぶa, correct: true', 'text: えらぶa, correct: false') }, /T01-004 options 正答はちょうど1つです/],
    ['a clause twice', { [PLEDGE]: replace('CL17]', 'CL17, CL17]'), [TEXT]: (text) => `${text}\n## ｜第《だい》17｜条《じょう》 {#CL17}\n\nはい。\n` }, at(PLEDGE, 'clauses: [', 'clauses 同じ条が2回出てきます')],
    ['a key clause that the pledge has not', { [PLEDGE]: replace('clause: CL04', 'clause: CL99') }, at(PLEDGE, 'clause: CL04', 'keyClauses\\.1 条 CL99 は本文にありません')],
    ['two key clauses', { [PLEDGE]: replace(/ {2}- \{ clause: CL04.*\n/, '') }, at(PLEDGE, 'clause: CL02', 'keyClauses 確かめる条は3〜5個です')],
    ['six key clauses', { [PLEDGE]: (text) => `${text}${['CL01', 'CL03', 'CL05'].map((clause) => `  - { clause: ${clause}, statement: はい。 }\n`).join('')}` }, at(PLEDGE, 'clause: CL02', 'keyClauses 確かめる条は3〜5個です')],
    ['a notice that does not say of when it is', { 'notices/purpose/1.0/ja.md': replace(/asOf: .*\n/, '') }, /notices\/purpose\/1\.0\/ja\.md:2 asOf ja\.md に asOf を/],
    ['no laws', { 'laws.yaml': null }, /^laws\.yaml:1 {2}ファイルがありません/m],
    ['no provisions', { 'provisions.tsv': null }, /^provisions\.tsv:1 {2}ファイルがありません/m],
    ['a requirement twice', { 'requirements.yaml': (text) => text + text }, /requirements\.yaml:8 entry id 同じ id と version が2回出てきます/],
    ['a review of nothing', { 'reviews.yaml': () => '# 注\n- { kind: module, slug: T01, version: "9.0", status: internal, by: 事務局, on: "2026-11-20" }\n' }, /reviews\.yaml:2 T01 module T01 9\.0 はありません。kind/],
    ['a line of the lock that is none', { 'published.lock': () => '# 注\nmodule T01 1.0 ja\n' }, /published\.lock:2 {2}「種類 名前 版 ファイル SHA-256」の形の行ではありません/],
    ['a lock that says two things of one file', { 'published.lock': () => `module T09 1.0 ja ${'0'.repeat(64)}\nmodule T09 1.0 ja ${'1'.repeat(64)}\n` }, /published\.lock:2 module T09 1\.0 ja 同じファイルの行が 1 行目にもあり/],
    ['a checklist of a unit that a company answers', { [CHECKLIST]: checklist('protectionManager', 'company') }, /checklist\.yaml:9 answeredBy 部署の点検は protectionManager が/],
    ['a checklist of a unit that asks companies', { [CHECKLIST]: checklist('attachments', 'companyKinds: [contractor]\nattachments') }, /checklist\.yaml:11 companyKinds 会社と契約の点検には会社の種別を書き/],
    ['a checklist of a unit at the end of a contract', { [CHECKLIST]: checklist('every: month', 'every: end, opensDaysBefore: 30, dueBusinessDays: 5') }, /checklist\.yaml:12 period 終了時の点検は契約/],
    ['an item twice', { [CHECKLIST]: checklist('id: second', 'id: first') }, /checklist\.yaml:17 groups 項目の id「first」が2回出てきます/],
    ['two items of one number', { [CHECKLIST]: checklist('number: "2"', 'number: "1"') }, /checklist\.yaml:17 groups 項目の number「1」が2回出てきます/],
    ['an unknown provision of an item', { [CHECKLIST]: checklist(/聞いた, provisions: \[R-1\]/, '聞いた, provisions: [R-9]') }, /checklist\.yaml:21 provisions 条項「R-9」は/],
    ['an unknown law of a checklist', { [CHECKLIST]: checklist('law-1', 'law-9') }, /checklist\.yaml:14 laws 法令「law-9」は/],
  ])('finds %s', async (_, changes, expected) => {
    const { code, found } = await check(contentFolder(changes))
    expect(found.join('\n')).toMatch(expected)
    expect(found.filter((told) => !REMEDY.test(told))).toEqual([])
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
    ['kanji without a reading', (text) => text.replace('やさしいT01-001', '店'), /quiz\.ja-easy\.yaml:6 T01-001 text ふりがなのない漢字があります: 店/],
    ['another track than its name', (text) => text.replace('track: ja-easy', 'track: en'), /quiz\.ja-easy\.yaml:3 track ファイルの名前に合わせて ja-easy と/],
    ['another version of the bank', (text) => text.replace('version: "1.0"', 'version: "1.1"'), /quiz\.yaml の version\(1\.0\)/],
  ])('refuses words of a bank with %s', async (_, change, told) => {
    const folder = contentFolder()
    writeContent(folder, 'modules/T01/1.0/ja-easy.md', easy('ja.md').replace(LESSON_TEXT(400), LESSON_TEXT(300)))
    writeContent(folder, 'modules/T01/1.0/quiz.ja-easy.yaml', change(words))
    const { found } = await check(folder)
    expect(found.join('\n')).toMatch(told)
    expect(found.filter((one) => !REMEDY.test(one))).toEqual([])
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
