import { readFileSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Terminal } from '../cli.server'
import { checkFolder, type CheckReport } from '../content/checks.server'
import { readFolder } from '../content/read-folder.server'
import { isDraft, LOCK_FILE, newSeals, sealLines } from '../content/seal.server'
import type { ContentError } from '../content/source.server'

const say = ({ file, line, field, message }: ContentError) => `${file}:${line} ${field ? `${field} ` : ''}${message}`

/** `content check [--json]`: every error of content/ and of the operator's own folder at once, with file, line and field. Exit codes 0, 1 (errors), 2 (usage). */
export async function contentCheck(argv: readonly string[], io: Terminal, root = 'content', own?: string): Promise<number> {
  if (argv.some((word) => word !== '--json')) return io.err('使い方: content check [--json]'), 2
  const report = checkFolder(readFolder(root, own))
  if (argv.includes('--json')) io.out(JSON.stringify(report, null, 2))
  else {
    for (const line of reportLines(report, own !== undefined)) io.out(line)
    for (const error of report.errors) io.err(say(error)) // after the long list of what there is: there somebody looks
    io.out(report.errors.length === 0 ? '誤りはありません。' : `誤りが ${report.errors.length} 件あります。`)
  }
  return report.errors.length === 0 ? 0 : 1
}

/** What there is, in one line each. With a folder of one's own only what stands in it: ours were checked too, but nobody there can mend them. */
function reportLines(report: CheckReport, ownOnly: boolean): string[] {
  const told = <T extends { own?: true }>(all: readonly T[]) => all.filter(({ own }) => !ownOnly || own)
  const { known, covered, uncovered, outside } = report.provisions
  const ids = new Set(told(report.modules).map(({ id }) => id))
  const reading = ownOnly ? report.reading.filter(({ id }) => ids.has(id)).map((one) => [`${one.id} ${one.version} ${one.track}`, one.track, one] as const) : Object.entries(report.readability).map(([track, one]) => [track, track, one] as const)
  return [
    ...told(report.modules).map((one) => `教材 ${one.id} ${one.version}${whose(one)}: ${one.sections}節 ${one.words}字 ${one.minutes}分 ${one.questions}問(場面 ${one.situational})`),
    ...told(report.pledges).map((one) => `誓約書 ${one.id} ${one.version}${whose(one)}`),
    ...told(report.checklists).map((one) => `チェックリスト ${one.id} ${one.version}${whose(one)}: ${one.items}項目`),
    `根拠条項 ${known}: 教材にあり ${covered.length}・まだない ${uncovered.length}・教材の外 ${outside.length}`,
    ...reading.flatMap(([name, track, one]) => [
      `読みやすさ ${name}: ${one.sentences}文 平均${one.mean}${track.startsWith('en') ? '語' : '字'} 最長${one.longest} ${one.limit}より長い文 ${(one.over * 100).toFixed(1)}% 漢字 ${(one.kanji * 100).toFixed(0)}% 二重否定 ${one.doubleNegations} 受け身 ${one.passives}`,
      ...one.worst.map((sentence) => `  長い文: ${sentence}`),
    ]),
    ...(ownOnly ? [`標準の教材 ${report.modules.length - told(report.modules).length}・誓約書 ${report.pledges.length - told(report.pledges).length}・チェックリスト ${report.checklists.length - told(report.checklists).length} も、合わせて調べました。`] : []),
  ]
}

const whose = ({ own }: { own?: true }) => (own ? '(自社)' : '')

/** `content publish`: seals the versions that are new in the folder and are not called drafts; refuses while anything is wrong. With an operator's own folder it writes there and nowhere else. */
export async function contentPublish(argv: readonly string[], io: Terminal, root = 'content', own?: string): Promise<number> {
  if (argv.length > 0) return io.err('使い方: content publish'), 2
  const folder = readFolder(root, own)
  const { errors } = checkFolder(folder)
  if (errors.length > 0) {
    for (const error of errors) io.err(say(error))
    io.err(`誤りが ${errors.length} 件あるため、公開していません。直してから、もう一度実行してください。`)
    return 1
  }
  const part = folder.parts.at(-1)!
  const seals = newSeals(part)
  const path = join(part.path, LOCK_FILE)
  if (seals.length > 0) writeFileSync(path, sealLines(seals, existsSync(path) ? readFileSync(path, 'utf8') : ''))
  for (const { kind, slug, version, track } of seals) io.out(`公開 ${kind} ${slug} ${version} ${track}`)
  for (const read of part.versions.filter((one) => isDraft(part, one))) io.out(`下書きのまま ${read.kind} ${read.slug} ${read.number}(reviews.yaml で draft です。統括管理者が「教材と版」で公開します)`)
  io.out(seals.length === 0 ? '新しく公開する版はありません。' : `${seals.length} 行を ${path} に足しました。次の起動から使われます。`)
  for (const other of folder.parts.slice(0, -1)) if (newSeals(other).length > 0) io.out(`${other.path} にも、公開していない版があります。CONTENT_DIR を外して実行すると公開します。`)
  return 0
}
