import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { listCompanyCodes, readRegister } from '../../db/register.server'
import type { Terminal } from '../cli.server'
import { previewImport } from '../commands/draft-import.server'
import { importWithReport, type ImportRefusal } from '../commands/import-roster.server'
import { continuePlanning } from '../commands/plan-assignments.server'
import { recordAccess } from '../commands/record-access.server'
import type { Context } from '../context'
import { targetTitle } from '../content/target-titles'
import { badCellWords } from '../domain/bad-cell-words'
import { dayOf } from '../domain/calendar'
import { isRefusal } from '../domain/refusal'
import { exportRoster } from '../domain/roster-export'
import { LEAVING_LIMIT } from '../domain/roster-leaving'
import type { RosterReport } from '../domain/roster-report'
import { UNDO_DAYS } from '../domain/undo'
import { reportLines } from './roster-report'

export const IMPORT_USAGE = 'FILE [--companies FILE] [--units FILE] [--scope 会社コード | --part] [--apply] [--confirm-leaving] [--json]'
export const EXPORT_USAGE = '--reason 目的 [--out FILE] [--encoding utf-8|cp932] [--scope 会社コード]'

const MOST_REASON = 190

/** What a refused import is told on a terminal. */
const REFUSED: Record<ImportRefusal['refused'], string> = {
  rosterHasErrors: '反映できないところがあります。まだ何も変わっていません。',
  rosterChanged: '確かめたあとに名簿が変わったため、反映しませんでした。もう一度実行してください。',
  rosterNothingToDo: '反映することはありません。名簿は、すでにこの内容と同じです。',
  leavingNotConfirmed: `在籍が終わる人が${LEAVING_LIMIT}を超えるため、反映しませんでした。この人数で正しいかを確かめてください。`,
  draftGone: 'この確認は、もう使えません。',
}

/**
 * `roster import`: compares, tells, and with --apply applies. 0 done, 1 refused rows or refused change, 2 wrong usage. In --json
 * `elapsedMs` is the time from the bytes of the files to the answer: comparing, planning, writing and the commit, without the start.
 */
export async function rosterImport(argv: readonly string[], context: Context, io: Terminal): Promise<number> {
  const given = parse(() => parseArgs({
    args: [...argv], allowPositionals: true,
    options: { companies: { type: 'string' }, units: { type: 'string' }, scope: { type: 'string' }, part: { type: 'boolean' }, apply: { type: 'boolean' }, 'confirm-leaving': { type: 'boolean' }, json: { type: 'boolean' } },
  }))
  if (!given || given.positionals.length > 1 || (given.values.part && given.values.scope !== undefined) || (given.positionals.length === 0 && !given.values.companies && !given.values.units)) return usage(io, `roster import ${IMPORT_USAGE}`)
  const { values, positionals } = given
  const files: Record<'roster' | 'companies' | 'units', Uint8Array | null> = { roster: null, companies: null, units: null }
  for (const [file, path] of [['roster', positionals[0]], ['companies', values.companies], ['units', values.units]] as const) {
    if (path === undefined) continue
    try {
      files[file] = await readFile(path)
    } catch {
      io.err(`ファイルを読めません: ${path}`)
      return 2
    }
  }
  if (values.scope && !values.companies && !(await listCompanyCodes(context.db)).includes(values.scope)) {
    io.err(`会社コード ${values.scope} は登録されていません。--scope には、登録された会社コードを書いてください。`)
    return 2
  }
  const began = performance.now()
  const request = { files, fileName: basename(positionals[0] ?? values.companies ?? values.units ?? ''), scope: values.scope ?? null, part: values.part ?? false }
  const done = values.apply ? await importWithReport(context, request, { confirmLeaving: values['confirm-leaving'] ?? false }) : null
  const report = done?.report ?? (await previewImport(context, request)).report
  const { imported } = done ?? {}
  const refused = imported && isRefusal(imported) ? imported.refused : undefined
  const changeSetId = imported && !isRefusal(imported) ? imported.changeSetId : undefined
  if (changeSetId) await continuePlanning(context, { told: ({ done: sofar, total }) => io.err(`割当を計算しています: ${total}人のうち ${sofar}人(止めても、動いている守秘が続きから計算します)`) })
  const code = report.counts.bad > 0 || (refused !== undefined && refused !== 'rosterNothingToDo') ? 1 : 0
  if (values.json) {
    io.out(JSON.stringify({ applied: changeSetId !== undefined, changeSetId, refused, elapsedMs: Math.round(performance.now() - began), report: withWords(report) }))
    return code
  }
  for (const line of reportLines(report, (kind, slug) => targetTitle(context.library, kind, slug))) io.out(line)
  if (changeSetId) io.out(`反映しました。画面の「名簿の変更の履歴」に「名簿の取込(${request.fileName})」として残り、${UNDO_DAYS}日以内なら元に戻せます。`)
  else if (refused) (code === 0 ? io.out : io.err)(REFUSED[refused])
  else if (code === 0) io.out('まだ何も変わっていません。反映するには --apply を付けてください。')
  if (refused === 'leavingNotConfirmed') io.err('確かめたら --confirm-leaving を付けてください。')
  return code
}

/** `roster export`: the roster as a file, to standard output unless --out names one, recorded like the browser's before it leaves. 1 when CP932 can not write it. */
export async function rosterExport(argv: readonly string[], context: Context, io: Terminal): Promise<number> {
  const given = parse(() => parseArgs({ args: [...argv], options: { reason: { type: 'string' }, out: { type: 'string' }, encoding: { type: 'string' }, scope: { type: 'string' } } }))
  const encoding = given?.values.encoding?.toLowerCase() ?? 'utf-8'
  const reason = given?.values.reason?.trim() ?? ''
  if (!given || reason === '' || reason.length > MOST_REASON || (encoding !== 'utf-8' && encoding !== 'cp932') || (encoding === 'cp932' && !given.values.out)) return usage(io, `roster export ${EXPORT_USAGE}(cp932 のときは --out が必要です)`)
  const companyCodes = given.values.scope === undefined ? await listCompanyCodes(context.db) : [given.values.scope]
  const { register } = await readRegister(context.db, { companyCodes, numbers: [] })
  const exported = exportRoster(register, { companyCodes, encoding, today: dayOf(context.now) })
  if ('unwritable' in exported) {
    io.err('CP932 では書けない字があります。書き出していません。--encoding utf-8 なら書けます。')
    for (const { number, name, column, characters } of exported.unwritable) io.err(`${number} ${name}　${column}: ${characters.join(' ')}`)
    return 1
  }
  const { bytes, rows } = exported
  await recordAccess(context, { act: 'export', subjectKind: 'roster', subjectId: given.values.scope === undefined ? '' : `=${given.values.scope}`, reason, bytes, subjects: { rows, companies: companyCodes.length, encoding } })
  if (given.values.out === undefined) {
    io.out(new TextDecoder('utf-8').decode(bytes).trimEnd())
    return 0
  }
  await writeFile(given.values.out, bytes)
  io.out(`${rows}人を ${given.values.out} に書き出しました。`)
  return 0
}

function parse<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function usage(io: Terminal, text: string): number {
  io.err(`使い方: npm run shuhi -- ${text}`)
  return 2
}

/** For machines the words stand beside the codes; a value that must not be shown is not in the report at all. */
const withWords = (report: RosterReport) => ({ ...report, bad: report.bad.map((cell) => ({ ...cell, ...badCellWords(cell) })) })
