import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

const question = (at: number, topic: string) => `  - id: T01-${String(at).padStart(3, '0')}
    topic: ${topic}
    kind: ${at % 8 === 1 ? 'multiple' : at % 8 === 2 ? 'truefalse' : at % 8 === 3 ? 'order' : 'single'}
    situational: ${at % 3 !== 0}
    reportFirst: ${at === 1}
    difficulty: 1
    text: ${at % 8 === 1 ? 'どれですか。すべてえらんでください。' : 'あなたはどうしますか。'}
    options:
${options(at)}
    explanation: ｜理由《りゆう》です。
    section: one
    provisions: [R-1]
    laws: [law-1]
`

function options(at: number): string {
  if (at % 8 === 1) return '      - { id: a, text: あ, correct: true, why: よい }\n      - { id: b, text: い, correct: true, why: よい }\n      - { id: c, text: う, correct: false, why: おしい }'
  if (at % 8 === 2) return '      - { id: a, text: ｜正《ただ》しい, correct: true, why: よい }\n      - { id: b, text: ｜正《ただ》しくない, correct: false, why: おしい }'
  if (at % 8 === 3) return '      - { id: a, text: はじめ }\n      - { id: b, text: つぎ }\n      - { id: c, text: おわり }'
  return ['a', 'b', 'c', 'd'].map((id, position) => `      - { id: ${id}, text: えらぶ${id}, correct: ${position === ((at % 8) + Math.floor(at / 8)) % 4}, why: わけ }`).join('\n')
}

/** So many characters in short sentences. */
export const LESSON_TEXT = (characters: number) => `${'あ'.repeat(19)}。`.repeat(characters / 20)

/** The clauses of a pledge at the entry that nothing is tested with. */
const REST = ['CL01', 'CL03', 'CL05', 'CL06', 'CL07', 'CL08', 'CL09', 'CL10', 'CL11', 'CL12', 'CL14', 'CL16', 'CL17']

/** A whole small content folder that has no error: one module, one pledge, the notice. */
export const FILES: Readonly<Record<string, string>> = {
  'operator.yaml': 'operator: サンプル通信株式会社\nreportDesk: 窓口\nconsultDesk: 事務局\nhotline: 通報窓口\nhandlingRules: 規程\nworkRules: 就業規則\notherSecretYears: "3"\n',
  'laws.yaml': '- { id: law-1, law: 法律, article: 第1条, validFrom: "2020-01-01", status: current }\n- { id: law-2, law: 法律, article: 第2条, validFrom: "2020-01-01", status: unverified }\n',
  'provisions.tsv': 'id\tseed\tsection\tparaphrase\tsatisfied_by\tfit\tstatus\nR-1\ts\t1\tx\tT01, M09; C05\tT\texample\nR-2\ts\t1\tx\ty\tT\toldRegime\nR-3\ts\t1\tx\ty\tE\tdraft\n',
  'real-names.yaml': '- kind: 会社\n  names:\n    - さくら電話 / サクラデンワ / =Ume\n    - サクラ\n',
  'calendar/holidays.yaml': 'fiscalYearStart: 4\nholidays:\n  - { day: "2026-11-23", name: 勤労感謝の日 }\n',
  'requirements.yaml': '- id: entry\n  version: 1\n  validFrom: "2024-04-01"\n  title: はじめに\n  audience: { kinds: [regular] }\n  target: { kind: module, slug: T01 }\n  when: { on: start, businessDays: 0 }\n',
  'notices/purpose/1.0/ja.md': '---\ntrack: ja\ntitle: お｜知《し》らせ\nasOf: "2026-11-20"\n---\n{{operator}}の｜記録《きろく》です。\n',
  'modules/T01/1.0/module.yaml': `slug: T01
version: "1.0"
title: 試しの教材
summary: 試します
minutes: 5
asOf: "2026-11-20"
objectives: [分かる]
quiz: { draw: 4, passPercent: 80, waitMinutes: 30, maxAttempts: 0, minutes: 3 }
topics:
  - { id: first, title: 一つめ, sections: [one] }
  - { id: second, title: 二つめ, sections: [two] }
sections:
  - { id: one, minutes: 1, asOf: "2026-11-20", provisions: [R-1], laws: [law-1] }
  - { id: two, minutes: 1, asOf: "2026-11-20", provisions: [R-1], laws: [] }
`,
  'modules/T01/1.0/ja.md': `---
track: ja
title: ｜試《ため》しの｜教材《きょうざい》
objectives: [｜分《わ》かる]
topics: { first: ｜一《ひと》つめ, second: ｜二《ふた》つめ }
---
# ｜一《ひと》つめ {#one}

:::case[｜夜《よる》の｜店《みせ》]
{{employer}}の｜店《みせ》です。
:::

:::think
どうしますか。
:::

# ｜二《ふた》つめ {#two}

${LESSON_TEXT(400)}
`,
  'modules/T01/1.0/aid.ja.md': '---\ntrack: ja\ntitle: ｜一枚《いちまい》\n---\n{{reportTo}}に｜知《し》らせます。\n\n- [ ] ｜見《み》ました。\n',
  'modules/T01/1.0/quiz.yaml': `slug: T01\nversion: "1.0"\nquestions:\n${Array.from({ length: 26 }, (_, at) => question(at + 1, at % 2 === 0 ? 'first' : 'second')).join('')}`,
  'pledges/PL1/1.0/pledge.yaml': `slug: PL1
version: "1.0"
title: 誓約書
relation: employment
kinds: [regular]
occasion: entry
addressee: operator
minutes: 5
asOf: "2026-11-20"
provisions: [R-1]
laws: [law-1]
clauses: [CL02, CL13, CL04, ${REST.join(', ')}]
keyClauses:
  - { clause: CL02, statement: 守ります。 }
  - { clause: CL04, statement: 話しません。 }
  - { clause: CL13, statement: 妨げません。 }
`,
  'pledges/PL1/1.0/ja.md': `---
track: ja
title: ｜誓約書《せいやくしょ》
cautions: [いつでも｜相談《そうだん》できます]
---
# はじめ {#p1}

{{addressee}} あて

## ｜第《だい》1｜条《じょう》 {#CL02}

｜守《まも》ります。

# おわり {#p2}

## ｜第《だい》2｜条《じょう》 {#CL13}

｜妨《さまた》げません。

## ｜第《だい》3｜条《じょう》 {#CL04}

｜話《はな》しません。

# のこり {#p3}

${REST.map((clause, at) => `## ｜第《だい》${at + 4}｜条《じょう》 {#${clause}}\n\nはい。\n`).join('\n')}`,
}

type Change = string | null | ((before: string) => string)

/** Writes the folder with some files changed, added or left out (null); it is gone when the test ends, or when `whenDone` says. */
export function contentFolder(changes: Record<string, Change> = {}, whenDone: (clean: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-content-'))
  whenDone(() => rmSync(folder, { recursive: true, force: true }))
  for (const name of new Set([...Object.keys(FILES), ...Object.keys(changes)])) {
    const change = name in changes ? changes[name]! : FILES[name]!
    const text = typeof change === 'function' ? change(FILES[name] ?? '') : change
    if (text !== null) writeContent(folder, name, text)
  }
  return folder
}

/** A folder with these files alone, beside the fixture's own: what an operator keeps (CONTENT_DIR). */
export function ownFolder(files: Readonly<Record<string, string>>, whenDone: (clean: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-own-'))
  whenDone(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeContent(folder, name, text)
  return folder
}

/** The module of the fixture under another name. */
export const MODULE_CALLED = (slug: string, version = '1.0'): Record<string, string> =>
  Object.fromEntries(['module.yaml', 'ja.md', 'aid.ja.md', 'quiz.yaml'].map((name) => [`modules/${slug}/${version}/${name}`, FILES[`modules/T01/1.0/${name}`]!.replaceAll('T01', slug).replace('version: "1.0"', `version: "${version}"`)]))

/** Writes one file of a content folder. */
export function writeContent(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}
