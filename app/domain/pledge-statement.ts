import { dayOf, HOUR_MS, type Instant } from './calendar'
import type { HandledScope } from './handled-scope'
import { ENGAGEMENT_KINDS, type EngagementKind } from './people'
import { articleNumber, textBlocksOf, type TextBlock } from './pledge-text'
import { TRACK_NAMES, type TrackName } from './tracks'

/** What a signature says, as it is hashed and kept: the exact words shown, who signed them towards whom, how and when. */
export interface PledgeStatement {
  format: 'shuhi-pledge-1'
  /** Signed in the demonstration: no record of any business, and the paper says so. */
  demonstration?: true
  receipt: string
  template: { slug: string; version: string; track: string; title: string; sha256: string }
  addressee: { companyId: string; name: string }
  signer: { engagementId: string; number: string; kind: EngagementKind; nameRegistered: string; nameTyped: string }
  guardian: string
  pages: { page: string; title: string; html: string; sha256: string; shownAt: Instant }[]
  clauses: { clause: string; article: string; statement: string }[]
  /** What the signer handles, where the pledge is about it. */
  scope?: HandledScope[]
  /** The 参考訳 that stood beside the Japanese: pages, and key clauses in the form. The Japanese is signed. */
  companions?: { track: TrackName; title: string; pages: { page: string; title: string; html: string; sha256: string; shownAt: Instant }[]; clauses: { clause: string; statement: string }[] }[]
  memo: string
  authentication: { method: string; reenteredAt: Instant; credentialOrigin: string }
  signedAt: Instant
  signedAtText: string
  address: string
  agent: string
}

/** The instant as Japan's clocks show it, with its offset: 2026-11-20T11:04:37.218+09:00. */
export const japaneseTimestamp = (at: Instant): string => new Date(at + 9 * HOUR_MS).toISOString().replace('Z', '+09:00')

/** 2026年11月20日 11時04分37秒 */
export function signedAtWords(at: Instant): string {
  const [, time] = japaneseTimestamp(at).split('T') as [string, string]
  const [year, month, date] = dayOf(at).split('-').map(Number)
  return `${year}年${month}月${date}日 ${Number(time.slice(0, 2))}時${time.slice(3, 5)}分${time.slice(6, 8)}秒`
}

/** Which article holds each clause, by the text as it stands: CL08 → 第8条. */
export function articlesByClause(pages: readonly { html: string }[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const { html } of pages)
    for (const [, clause, heading] of html.matchAll(/<h2 id="([A-Z]{2}\d{2})">(.*?)<\/h2>/gs)) found.set(clause!, articleNumber(textBlocksOf('', `<p>${heading}</p>`)[1]?.text ?? '').number)
  return found
}

/** Which 参考訳 was shown, and that the Japanese is what was signed; '' where none was. */
export function companionWords({ companions, pages }: Pick<PledgeStatement, 'companions' | 'pages'>): string {
  if (!companions?.length) return ''
  const shown = companions.map(({ track, pages: told, clauses }) => {
    const numbers = told.map(({ page }) => pages.findIndex((one) => one.page === page) + 1).sort((a, b) => a - b)
    const parts = [numbers.length > 0 && `本文の${numbers.join('・')}ページ目`, clauses.length > 0 && '大切な条文'].filter(Boolean)
    return `${TRACK_NAMES[track].name}(${parts.join('と、')})`
  })
  return `${shown.join('、')}を並べて表示しました。署名したのは日本語の本文です。`
}

/** A block of a paper: `following` are the paragraphs that stay with the heading of their article. */
export type PaperBlock = { kind: 'heading' | 'paragraph' | 'clause'; text: string } | { kind: 'article'; number: string; text: string; following: string[] }

/** A signed paper, ready to be drawn (app/pdf). Everything on it comes from the statement, so that it can be drawn again. */
export interface Paper {
  at: Instant
  fileTitle: string
  title: string
  version: string
  receipt: string
  signer: string
  addressee: string
  blocks: PaperBlock[]
  record: [label: string, value: string][]
  sha256: string
  footnote: string
  /** Part of a record that names others too: it bears no seal. */
  isExtract?: true
  /** Stands at the head of every page. */
  mark?: string
}

const AUTHENTICATION: Readonly<Record<string, string>> = { password: '従事者番号またはメールとパスワード(署名の直前に再入力)' }

/** How the signer's identity was confirmed, in words. */
export const authenticationWords = (method: string): string => AUTHENTICATION[method] ?? method

/** The paper of a statement; `sha256` is the hash of the statement's bytes. */
export function paperOf(statement: PledgeStatement, sha256: string): Paper {
  const { signer, template, addressee } = statement
  return {
    at: statement.signedAt,
    fileTitle: `${template.title} ${statement.receipt}`,
    title: template.title,
    version: template.version,
    receipt: statement.receipt,
    signer: signer.nameRegistered,
    addressee: addressee.name,
    blocks: statement.pages.flatMap(({ title, html }) => paperBlocks(textBlocksOf(title, html))),
    record: [
      ['誓約した人', signer.nameTyped === signer.nameRegistered ? signer.nameRegistered : `${signer.nameRegistered}　(署名時の入力：${signer.nameTyped})`],
      ['従事者番号等', `${signer.number}　${ENGAGEMENT_KINDS[signer.kind]}`],
      ['署名の日時', `${signedAtWords(statement.signedAt)}(日本時間・サーバー時刻)`],
      ['本人確認の方法', authenticationWords(statement.authentication.method)],
      ['確かめた条文', `${statement.clauses.map(({ article }) => article).join('・')}(それぞれに印)`],
      ...(companionWords(statement) ? [['参考訳の表示', companionWords(statement)] as [string, string]] : []),
      ...(statement.guardian ? [['保護者の確認', statement.guardian] as [string, string]] : []),
      ['書き添え', statement.memo || 'なし'],
    ],
    sha256,
    footnote: 'これは電子的な署名(記録)の控えです。同じ控えを、あとから何度でも受け取れます。',
    ...(statement.demonstration && { mark: 'デモ — 架空の会社と人です。業務の記録ではありません。' }),
  }
}

function paperBlocks(blocks: readonly TextBlock[]): PaperBlock[] {
  const out: PaperBlock[] = []
  let article: Extract<PaperBlock, { kind: 'article' }> | undefined
  for (const { kind, text } of blocks) {
    if (kind === 'heading') {
      article = undefined
      out.push({ kind: 'heading', text })
    } else if (kind === 'article') {
      const { number, title } = articleNumber(text)
      out.push((article = { kind: 'article', number, text: title, following: [] }))
    } else {
      const line = kind === 'item' ? `・${text}` : text
      article?.following.push(line)
      out.push({ kind: article ? 'clause' : 'paragraph', text: line })
    }
  }
  return out
}
