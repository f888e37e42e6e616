import { fullDay, type Day, type Instant } from './calendar'
import { authenticationWords, signedAtWords, type Paper } from './pledge-statement'
import { refuse, type Refusal } from './refusal'

/** One person of a 誓約取得証明: who, of which employer, and the day on which that employer took the pledge. */
export interface CertificateLine {
  engagementId: string
  number: string
  /** The name goes along where the operator may see it: 派遣 always, 委託 where 氏名表示 is 可; never an address or a birth date (domain.md §2.5). */
  name: string | null
  employer: { id: string; name: string }
  takenOn: Day
  /** The signature given here, when it was. */
  receipt: string | null
}

/** What a 会社側担当者 declares, as it is hashed and kept: exactly what the operator receives (domain.md §2.5, §5.3). */
export interface CertificateStatement {
  format: 'shuhi-certificate-1'
  receipt: string
  company: { id: string; name: string }
  addressee: { name: string }
  template: { slug: string; version: string; title: string; sha256: string }
  declaration: string
  lines: CertificateLine[]
  declaredBy: { engagementId: string; number: string; nameRegistered: string; nameTyped: string }
  authentication: { method: string; reenteredAt: Instant; credentialOrigin: string }
  at: Instant
  atText: string
  address: string
  agent: string
}

/** What of a certificate concerns one person: what was declared, by whom and when, and that person's line. Nobody else's line is in it. */
export interface CertificateExtract {
  receipt: string
  statementSha256: string
  company: string
  addressee: string
  template: { title: string; version: string }
  declaration: string
  declaredBy: { number: string; nameRegistered: string; nameTyped: string }
  authentication: string
  at: Instant
  atText: string
  line: { number: string; name: string | null; employer: string; takenOn: Day; receipt: string | null }
}

/** The part of one person; null where the statement is gone or does not name the person. `named` is false where the name is not shown. */
export function extractOf(bytes: Uint8Array | null, statementSha256: string, engagementId: string, named: boolean): CertificateExtract | null {
  const statement = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as CertificateStatement)
  const line = statement?.lines.find((one) => one.engagementId === engagementId)
  if (!statement || !line) return null
  const { number, nameRegistered, nameTyped } = statement.declaredBy
  return {
    receipt: statement.receipt, statementSha256, company: statement.company.name, addressee: statement.addressee.name, template: { title: statement.template.title, version: statement.template.version }, declaration: statement.declaration,
    declaredBy: { number, nameRegistered, nameTyped }, authentication: statement.authentication.method, at: statement.at, atText: statement.atText,
    line: { number: line.number, name: named ? line.name : null, employer: line.employer.name, takenOn: line.takenOn, receipt: line.receipt },
  }
}

/** The extract as a paper to enclose. It bears no seal: the certificate itself names others too, and stays where it is. */
export function extractPaper(extract: CertificateExtract, demonstration: boolean): Paper {
  const { declaredBy, line } = extract
  return {
    at: extract.at, fileTitle: `誓約取得証明(本人の分) ${extract.receipt}`, title: '誓約取得証明(本人の分)', version: extract.template.version, receipt: extract.receipt, signer: declaredBy.nameRegistered, addressee: extract.addressee, isExtract: true,
    blocks: [{ kind: 'paragraph', text: extract.declaration }],
    record: [
      ['証明した会社', extract.company],
      ['届け出た人', `${declaredBy.nameRegistered}　${declaredBy.number}${declaredBy.nameTyped === declaredBy.nameRegistered ? '' : `　(届出時の入力：${declaredBy.nameTyped})`}`],
      ['届け出た日時', `${signedAtWords(extract.at)}(日本時間・サーバー時刻)`],
      ['本人確認の方法', authenticationWords(extract.authentication)],
      ['誓約書', `${extract.template.title} 第${extract.template.version}版`],
      ['対象の方', [line.name, line.number, line.employer].filter(Boolean).join('　')],
      ['受け取った日', fullDay(line.takenOn)],
      ['署名の記録番号', line.receipt ?? '画面での署名はありません'],
    ],
    sha256: extract.statementSha256, footnote: '会社が届け出た証明のうち、この方の分だけを抜き出したものです。ほかの方の分は入っていません。',
    ...(demonstration && { mark: 'デモ — 架空の会社と人です。業務の記録ではありません。' }),
  }
}

/**
 * The words of the declaration; they are shown and hashed alike. A company states of its own people what it took and keeps; of the
 * people of a lower tier, whose pledges are that tier's, only what the tier has reported to it.
 */
export function declarationOf(company: string, operator: string, template: { title: string; version: string }, lowerTiers: readonly string[]): string {
  const text = `「${template.title}」第${template.version}版の内容の誓約`
  const below = lowerTiers.join('、')
  const own = `${company}は、この証明に記した${below === '' ? '' : '自社の'}方から、${text}を受け取り、保管していることを、${operator}に証明します。`
  const reported = below === '' ? '' : `${below}の方については、雇い主であるその会社が誓約を受け取り、保管していると、${company}が報告を受けたことを証明します。`
  return `${own}${reported}誓約は各人が自分の意思で署名したもので、署名しないことを理由に不利益な扱いはしていません。`
}

/** What of each person goes to the operator, in words, for the people of one page. */
export function givenOf(people: readonly { named: boolean; companyName: string }[]): string {
  const hidden = [...new Set(people.filter(({ named }) => !named).map(({ companyName }) => companyName))]
  if (hidden.length === 0) return '渡すのは、氏名と従事者番号、受け取った日です。住所や生年月日は渡しません。'
  if (people.every(({ named }) => !named)) return '渡すのは、従事者番号と受け取った日だけです。氏名は渡しません。'
  return `渡すのは、氏名と従事者番号、受け取った日です。${hidden.join('、')}の方は、契約により氏名を渡しません。`
}

export const MOST_LINES = 100

/** Why these people can not be certified, or null: each must still be open and in reach and stand there once, none has declined, and a pledge is taken neither before somebody's service began nor in the future. */
export function refusalToCertify(
  facts: { asked: readonly { engagementId: string; takenOn: Day }[]; found: readonly { engagementId: string; number: string; declined: boolean; start: Day }[] },
  today: Day,
): Refusal<'nobodyCertified' | 'tooManyChosen' | 'certifiedMeanwhile' | 'certifiedTwice' | 'certifiedDecliner' | 'takenInFuture' | 'takenBeforeStart'> | null {
  if (facts.asked.length === 0) return refuse('nobodyCertified')
  if (facts.asked.length > MOST_LINES) return refuse('tooManyChosen', { most: MOST_LINES })
  const found = new Map(facts.found.map((one) => [one.engagementId, one]))
  const missing = facts.asked.filter(({ engagementId }) => !found.has(engagementId)).length
  if (missing > 0) return refuse('certifiedMeanwhile', { count: missing })
  const twice = facts.asked.find(({ engagementId }, at) => facts.asked.findIndex((one) => one.engagementId === engagementId) < at)
  if (twice) return refuse('certifiedTwice', { number: found.get(twice.engagementId)!.number })
  const decliner = facts.found.find(({ declined }) => declined)
  if (decliner) return refuse('certifiedDecliner', { number: decliner.number })
  const early = facts.asked.find(({ takenOn }) => takenOn > today)
  if (early) return refuse('takenInFuture', { number: found.get(early.engagementId)!.number })
  const before = facts.asked.find(({ engagementId, takenOn }) => takenOn < found.get(engagementId)!.start)
  if (before) return refuse('takenBeforeStart', { number: found.get(before.engagementId)!.number, start: found.get(before.engagementId)!.start })
  return null
}
