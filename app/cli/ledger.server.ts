import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { eachBlob, eachFactId, findFacts, listKeptEntries } from '../../db/ledger-check.server'
import { eachSettledDuty, listSettledDuties } from '../../db/settled-check.server'
import type { Terminal } from '../cli.server'
import type { Context } from '../context'
import { faultOfSettlement, type SettlementFault } from '../domain/ledger/settled'
import { TARGET_WORDS } from '../domain/duty-words'
import { claimsOf, faultOfFact, FACT_KINDS, readEntry, type Claim, type EntryFault, type FactKind } from '../domain/ledger/verify'

export const LEDGER_USAGE = '[--noted 控えた指紋] [--json]'

/** What is wrong, by what it concerns. */
export interface LedgerFault {
  fault: EntryFault | SettlementFault | 'factLost' | 'factChanged' | 'factWithoutEntry' | 'bytesChanged' | 'notAsNoted'
  /** The entry, the fact, the duty or the hash. */
  id: string
  kind: string
  field?: string
}

const WORDS: Record<LedgerFault['fault'], string> = {
  payloadLost: '証跡の内容がありません', payloadChanged: '証跡の内容が、記録したときと違います', entryChanged: '証跡の見出し(種類・日時・担当・対象)が、記録した内容と違います', factLost: '証跡にある記録が、表にありません', factChanged: '表の記録が、証跡と違います',
  settledWithoutRecord: '割当は済んだことになっていますが、そのもとになる記録(修了、署名、証明、免除の決定など)がありません', settledOtherwise: '割当の終えた日時・版・方法が、もとになる記録と違います', recordNotSettled: '終えた記録がありますが、割当は済んだことになっていません',
  factWithoutEntry: '証跡のない記録があります', bytesChanged: '保存したファイルの中身が、指紋と違います', notAsNoted: '控えた指紋と違います。控えたあとで、それより前の証跡が消されたか、足されたか、書き換えられました',
}
const KIND_WORDS: Record<FactKind, string> = {
  filingAct: '点検の提出・受理・差し戻し', findingAct: '直すことの知らせと確認', pledgeAct: '誓約の署名など', certificate: '会社の誓約取得証明', attempt: '確認テストの答えと結果', completion: '修了', approval: '申請の決定', agreement: '派遣元の合意', agreementEnd: '派遣元の合意の終わり', text: '公開した文', release: '教材の公開', revision: '改訂の知らせ', review: '文章の確認',
}
/** Entries of the last minutes may still be joined by earlier ones that commit later: the fingerprint leaves them out. */
const SETTLED_MS = 10 * 60_000
const MOST_TOLD = 50
const SUSPECTS_AT_ONCE = 500

/**
 * `ledger verify`: holds every entry against its commitment, every fact that has evidence against what the evidence says, every duty against
 * the records that settle it, and every kept file against its hash. It prints a fingerprint of all entries so far; given an earlier one, it tells whether those entries still are what they
 * were. Nothing is changed.
 */
export async function ledgerVerify(argv: readonly string[], context: Context, io: Terminal): Promise<number> {
  const given = read(argv)
  if (!given) {
    io.err(`使い方: npm run shuhi -- ledger verify ${LEDGER_USAGE}。控えた指紋は、前に表示された 日時=英数字 の形のままで書きます。`)
    return 2
  }
  const { entries, blobs, faults, noted } = await verifyLedger(context, given.noted)
  if (given.json) io.out(JSON.stringify({ ok: faults.length === 0, entries, blobs, noted, faults }))
  else {
    io.out(`証跡 ${entries.toLocaleString('ja-JP')}件、保存したファイル ${blobs.toLocaleString('ja-JP')}件を確かめました。`)
    for (const one of faults.slice(0, MOST_TOLD)) io.err(`${WORDS[one.fault]}: ${one.kind}${one.field === undefined ? '' : `(${one.field})`} ${one.id}`)
    if (faults.length > MOST_TOLD) io.err(`ほかに ${faults.length - MOST_TOLD}件あります。--json で、すべて出ます。`)
    io.out(faults.length === 0 ? '合わないものは、ありません。' : `合わないものが ${faults.length}件あります。控えと比べ、いつ変わったかを確かめてください。`)
    io.out(`ここまでの指紋: ${noted}`)
    io.out('この行を、守秘の外に控えてください。次に --noted に書くと、控えたあとで前の証跡が消されたり、足されたりしていないかも分かります。')
  }
  return faults.length === 0 ? 0 : 1
}

function read(argv: readonly string[]): { noted: Noted | undefined; json: boolean } | undefined {
  try {
    const { values } = parseArgs({ args: [...argv], options: { noted: { type: 'string' }, json: { type: 'boolean', default: false } } })
    const [, at = '', hash = ''] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)=([0-9a-f]{64})$/.exec(values.noted ?? '') ?? []
    if (values.noted !== undefined && Number.isNaN(Date.parse(at))) return undefined
    return { noted: values.noted === undefined ? undefined : { until: Date.parse(at), hash }, json: values.json }
  } catch {
    return undefined
  }
}

interface Noted {
  until: number
  hash: string
}

/** The check itself; see `ledgerVerify`. */
export async function verifyLedger({ db, now }: Pick<Context, 'db' | 'now'>, before?: Noted): Promise<{ entries: number; blobs: number; faults: LedgerFault[]; noted: string }> {
  const faults: LedgerFault[] = []
  // facts first: whatever is written from here on has an entry that is not among those awaited
  const unclaimed = new Map<FactKind, Set<string>>()
  for (const kind of FACT_KINDS) {
    const ids = new Set<string>()
    for await (const id of eachFactId(db, kind)) ids.add(id)
    unclaimed.set(kind, ids)
  }
  const until = now - SETTLED_MS
  const [soFar, then] = [createHash('sha256'), createHash('sha256')]
  let entries = 0
  for (let page = await listKeptEntries(db, ''); page.length > 0; page = await listKeptEntries(db, page.at(-1)!.id)) {
    const claims: Claim[] = []
    for (const entry of page) {
      entries++
      const line = `${entry.id} ${entry.type} ${entry.at} ${entry.commitment}\n`
      if (entry.at < until) soFar.update(line)
      if (before && entry.at < before.until) then.update(line)
      const seen = readEntry(entry)
      if ('fault' in seen) faults.push({ fault: seen.fault, kind: entry.type, id: entry.id })
      else claims.push(...claimsOf(entry.type, seen.payload))
    }
    for (const kind of FACT_KINDS) {
      const ours = claims.filter((one) => one.kind === kind)
      if (ours.length === 0) continue
      const facts = await findFacts(db, kind, ours.map(({ id }) => id))
      for (const claim of ours) {
        unclaimed.get(kind)!.delete(claim.id)
        const fault = faultOfFact(claim, facts.get(claim.id))
        if (fault) faults.push({ ...fault, kind: KIND_WORDS[kind], id: claim.id })
      }
    }
  }
  for (const [kind, ids] of unclaimed) for (const id of ids) faults.push({ fault: 'factWithoutEntry', kind: KIND_WORDS[kind], id })
  faults.push(...(await settlementFaults(db)))
  let blobs = 0
  for await (const { sha256, isIntact } of eachBlob(db)) {
    blobs++
    if (!isIntact) faults.push({ fault: 'bytesChanged', kind: 'ファイル', id: sha256 })
  }
  if (before && then.digest('hex') !== before.hash) faults.unshift({ fault: 'notAsNoted', kind: '証跡', id: new Date(before.until).toISOString() })
  return { entries, blobs, faults, noted: `${new Date(until).toISOString()}=${soFar.digest('hex')}` }
}

/** Duties that do not say what their records say. Those found are looked at once more: a duty may have been settled between the reading of it and of its record. */
async function settlementFaults(db: Context['db']): Promise<LedgerFault[]> {
  const suspects: string[] = []
  for await (const duty of eachSettledDuty(db)) if (faultOfSettlement(duty)) suspects.push(duty.id)
  const faults: LedgerFault[] = []
  for (let at = 0; at < suspects.length; at += SUSPECTS_AT_ONCE) {
    for (const duty of await listSettledDuties(db, suspects.slice(at, at + SUSPECTS_AT_ONCE))) {
      const fault = faultOfSettlement(duty)
      if (fault) faults.push({ fault, kind: `${TARGET_WORDS[duty.kind]}の割当`, id: duty.id })
    }
  }
  return faults
}
