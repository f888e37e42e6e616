import type { EngagementKind } from '../domain/people'
import { clausesOf, isFromOutside, needsAgreement, type PledgeRelation } from '../domain/pledge-clauses'
import { SCOPE_ELSEWHERE } from './fault-words'
import type { PledgeMeta, PledgeVersion } from './schema'
import type { ContentError } from './source.server'
import type { ReadVersion } from './versions.server'

const KINDS_OF: Record<PledgeRelation, readonly EngagementKind[]> = {
  employment: ['regular', 'contractEmployee', 'commissioned', 'partTime', 'casual', 'secondedIn'], mandate: ['officer', 'executive', 'auditOfficer'], dispatched: ['dispatched'], contractor: ['contractorWorker'], sole: ['soleContractor'],
}

/** What a pledge must be beyond its shape: lawful for those it is given to, with the clauses of its type and no others (domain.md §2.4, §2.5). */
export function checkPledge(read: ReadVersion<PledgeVersion>, errors: ContentError[]): void {
  const { meta } = read.version
  const refuse = (path: (string | number)[], message: string) => errors.push({ file: `${read.folder}/pledge.yaml`, line: read.lineOf(path), field: path.join('.'), message })
  if (!meta.clauses.includes('CL13')) refuse(['clauses'], '条 CL13(公益通報等を妨げない)がありません。どの誓約書からも外せません。clauses と本文に書いてください')
  if (!meta.keyClauses.some(({ clause }) => clause === 'CL13')) refuse(['keyClauses'], '確かめる条に CL13 を入れてください')
  if (meta.keyClauses.length < 3 || meta.keyClauses.length > 5) refuse(['keyClauses'], '確かめる条は3〜5個です。keyClauses を足すか、減らしてください')
  for (const kind of meta.kinds) if (!KINDS_OF[meta.relation].includes(kind)) refuse(['kinds'], `雇用形態 ${kind} は、法律上の関係 ${meta.relation} に合いません。kinds から外すか、relation を直してください`)
  const elsewhere = meta.relation === 'dispatched' || meta.relation === 'contractor'
  if ((meta.addressee === 'employer') !== elsewhere && !needsAgreement(meta)) refuse(['addressee'], elsewhere ? '派遣・委託の誓約書の宛先は employer です。addressee を直してください' : 'この関係の誓約書の宛先は operator です。addressee を直してください')
  const demanded = clausesOf(meta)
  const missing = demanded.filter((clause) => !meta.clauses.includes(clause))
  const extra = meta.clauses.filter((clause) => !demanded.includes(clause))
  if (missing.length > 0) refuse(['clauses'], `この種類の誓約書に要る条がありません: ${missing.join(' ')}。clauses と本文に足してください`)
  if (extra.length > 0) refuse(['clauses'], `この種類の誓約書に入れない条があります: ${extra.join(' ')}。clauses と本文から外してください`)
  if (new Set(meta.clauses).size !== meta.clauses.length) refuse(['clauses'], '同じ条が2回出てきます。1回だけにしてください')
  checkTracks(read, errors)
}

/** Every track tells the same: pages, cautions, key clauses, and the scope where the pledge is about one. */
function checkTracks(read: ReadVersion<PledgeVersion>, errors: ContentError[]): void {
  const { meta } = read.version
  const japanese = read.tracks.get('ja')
  for (const track of read.tracks.values()) {
    const say = (field: string, message: string) => errors.push({ file: `${read.folder}/${track.track}.md`, line: 1, field, message })
    if (track.cautions.length === 0 || track.cautions.length !== japanese?.cautions.length) say('cautions', track === japanese ? '署名する前に知っておくことを、cautions に書いてください' : 'cautions の数を ja.md と同じにしてください')
    if (track.pages.map(({ id }) => id).join() !== japanese?.pages.map(({ id }) => id).join()) say('', 'ページの並びを ja.md と同じにしてください')
    const scoped = track.pages.some(({ html }) => html.includes('{{scope}}'))
    if (scoped !== (meta.occasion === 'scope')) say('scope', scoped ? SCOPE_ELSEWHERE : '対象の情報の一覧 {{scope}} がありません。本文に書いてください')
    const told = [...track.statements.keys()].sort().join(' ')
    const asked = track === japanese ? '' : meta.keyClauses.map(({ clause }) => clause).sort().join(' ')
    if (told !== asked) say('statements', track === japanese ? '確かめる条の文は pledge.yaml の keyClauses に書いてください' : `確かめる条の文を、pledge.yaml の keyClauses と同じ条に書いてください(${asked})`)
  }
}

const AMOUNT = /[0-9０-９一二三四五六七八九十百千万億,，]+円|[¥￥][0-9]|[0-9]yen|[0-9]dollar/i
const THREAT = /懲戒|解雇|契約打切り|契約の打切り|契約解除|契約の解除|損害|賠償|disciplin|dismiss|damages|compensat|terminat/i
const COMPETITION = /競業|競合|同業他社|compet/i
const PAY = /退職金|慰労金|離職票|給与|賃金|給料|報酬|\bpay\b|wage|remuneration|retirement|separation notice/i
/** Own papers of the signer are not leverage. */
const OWN_PAPERS = /(給与|報酬)の明細|pay ?slips|fee statements/gi
const NO_LINK = /影響しません|no effect on/i

/** Words that may not stand in a line of a pledge; `plain` is the line without readings and blanks between phrases (domain.md L24, L31). */
export function wordsRefused(meta: Pick<PledgeMeta, 'relation' | 'occasion'>, plain: string): string[] {
  const found: string[] = []
  if (AMOUNT.test(plain.replace(/\s/g, ''))) found.push('誓約書に金額は書けません。金額を消してください')
  if (isFromOutside(meta) && THREAT.test(plain)) found.push('この誓約書に、懲戒・解雇・契約打切り・契約解除・損害・賠償の語は書けません。その文を消し、守る約束だけを書いてください')
  if (meta.occasion !== 'departure') return found
  if (COMPETITION.test(plain)) found.push('終わるときの誓約書に、次の仕事を制限する文は書けません。その文を消してください')
  const sentences = plain.replace(OWN_PAPERS, '').split(/[。.]/)
  if (sentences.some((sentence) => PAY.test(sentence) && !NO_LINK.test(sentence))) found.push('終わるときの誓約書で給与・退職金などに触れられるのは、「影響しません」と書く文だけです。その文を消すか、影響しないことを書いてください')
  return found
}
