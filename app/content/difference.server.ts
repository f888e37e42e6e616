import { diffArrays } from 'diff'
import { itemsOf } from './checklist-schema'
import { withoutReadings } from './inline'
import type { Variables } from './schema'
import { toldQuestion } from './told.server'
import { fillText } from './track.server'
import type { ReadVersion } from './versions.server'

/** Words that stayed, or words that were and what is in their place; either may be empty. */
export type Piece = { same: string } | { was: string; is: string }

/** What became of one part of a text: its paragraphs that differ, word by word. */
export interface PartDifference {
  id: string
  label: string
  state: 'new' | 'gone' | 'changed'
  paragraphs: Piece[][]
}

/** A part of a text as its readers see it, in paragraphs and without readings. */
interface Part {
  id: string
  label: string
  lines: string[]
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' })
/** A variable is one word: who fills it later must find it whole. */
const wordsOf = (text: string): string[] => text.split(/(\{\{\w+\}\})/).flatMap((part) => (part.startsWith('{{') ? [part] : [...segmenter.segment(part)].map(({ segment }) => segment)))
/** Below this share of common words two paragraphs are two paragraphs: word by word they would be a riddle. */
const ALIKE = 0.4

/** Two texts compared word by word, as Japanese has words. */
export function wordDifference(was: string, is: string): Piece[] {
  const changes = diffArrays(wordsOf(was), wordsOf(is))
  const same = changes.filter(({ added, removed }) => !added && !removed).reduce((all, { value }) => all + value.join('').length, 0)
  if (same < ALIKE * Math.max(was.length, is.length)) return [{ was, is }]
  const pieces: Piece[] = []
  for (const { added, removed, value } of changes) {
    const text = value.join('')
    const last = pieces.at(-1)
    if (!added && !removed) pieces.push({ same: text })
    else if (last && 'was' in last) pieces[pieces.length - 1] = { was: last.was + (removed ? text : ''), is: last.is + (added ? text : '') }
    else pieces.push({ was: removed ? text : '', is: added ? text : '' })
  }
  return pieces
}

/** Two lists of paragraphs: those that differ, each with what stands in its place. */
export function paragraphDifference(was: readonly string[], is: readonly string[]): Piece[][] {
  const found: Piece[][] = []
  let gone: string[] = []
  let come: string[] = []
  const settle = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) found.push(wordDifference(gone[at] ?? '', come[at] ?? ''))
    gone = []
    come = []
  }
  for (const { added, removed, value } of diffArrays([...was], [...is])) {
    if (removed) gone.push(...value)
    else if (added) come.push(...value)
    else settle()
  }
  settle()
  return found
}

/**
 * What a version in a track is, beside another, in the words that its readers read: part by part, in the order of the newer. Furigana is
 * no difference, nor is what no reader sees changed. `readers` is what each of them is filled in with: one variable in place of another
 * may read the same to the first, and is then told in the words of the next.
 */
export function differenceOf(before: ReadVersion, after: ReadVersion, track: string, readers: readonly [Variables, ...Variables[]]): PartDifference[] {
  return bareDifference(before, after, track).flatMap((part) => {
    const paragraphs = part.paragraphs.map((pieces) => pieces.map((piece) => filled(piece, readers))).filter((pieces) => pieces.some((piece) => !('same' in piece)))
    return paragraphs.length > 0 ? [{ ...part, label: fillText(part.label, readers[0]), paragraphs }] : []
  })
}

function filled(piece: Piece, readers: readonly [Variables, ...Variables[]]): Piece {
  if ('same' in piece) return { same: fillText(piece.same, readers[0]) }
  const told = readers.map((reader) => ({ was: fillText(piece.was, reader), is: fillText(piece.is, reader) }))
  return told.find(({ was, is }) => was !== is) ?? { same: told[0]!.is }
}

/** The same, its variables still open: what is compared is what was written. */
function bareDifference(before: ReadVersion, after: ReadVersion, track: string): PartDifference[] {
  const [was, is] = [partsOf(before, track), partsOf(after, track)]
  const wasById = new Map(was.map((part) => [part.id, part]))
  const isIds = new Set(is.map(({ id }) => id))
  const now = is.flatMap(({ id, label, lines }): PartDifference[] => {
    const old = wasById.get(id)
    if (!old) return [{ id, label, state: 'new', paragraphs: lines.map((line) => [{ was: '', is: line }]) }]
    const paragraphs = paragraphDifference(old.lines, lines)
    return paragraphs.length > 0 ? [{ id, label, state: 'changed', paragraphs }] : []
  })
  return [...now, ...was.filter(({ id }) => !isIds.has(id)).map(({ id, label, lines }): PartDifference => ({ id, label, state: 'gone', paragraphs: lines.map((line) => [{ was: line, is: '' }]) }))]
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
/** The paragraphs of rendered HTML as plain text. */
const linesOf = (html: string): string[] =>
  withoutReadings(html).replace(/<\/(p|li|h\d|tr|div|section|caption|figcaption|title|desc|text)>|<br\s*\/?>/g, '\n').replace(/<[^>]+>/g, ' ').replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!)
    .split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '')
const plain = (source: string): string => source.replace(/｜([^｜《》]+)《[^《》]+》/g, '$1').trim()

function partsOf(read: ReadVersion, track: string): Part[] {
  const { version } = read
  const pages = read.tracks.get(track) ?? read.tracks.get('ja')
  const sections = (pages?.pages ?? []).map(({ id, title, html }): Part => ({ id: `page ${id}`, label: title, lines: [title, ...linesOf(html)] }))
  if (version.kind === 'notice') return [{ id: 'facts', label: '版について', lines: [`法令の時点 ${version.asOf}`] }, ...sections]
  const { meta } = version
  const head: Part = { id: 'facts', label: '版について', lines: [pages?.title ?? meta.title, `法令の時点 ${meta.asOf}`, `時間 ${meta.minutes}分`] }
  if (version.kind === 'module') {
    const { quiz, topics, sections: metaSections } = version.meta
    head.lines.push(...version.meta.objectives, `テスト ${quiz.draw}問・${quiz.passPercent}%で合格`, ...topics.map(({ title }) => title), ...metaSections.map(({ id, asOf, laws, provisions }) => `${id}：${asOf}時点、法令 ${laws.join(' ')}、条項 ${provisions.join(' ')}`))
    const words = read.bankWords?.get(track)?.value
    const questions = version.bank.questions.map((bare): Part => {
      const question = words ? toldQuestion(bare, words) : bare
      return {
        id: `question ${question.id}`, label: `問題 ${question.id}`,
        lines: [...question.text.split(/\n[ \t]*\n/).map(plain), ...question.options.flatMap(({ text, correct, why }) => [`${correct === undefined ? '' : correct ? '● ' : '× '}${plain(text)}`, ...(why ? [plain(why)] : [])]), plain(question.explanation), `節 ${question.section}、法令 ${question.laws.join(' ')}、条項 ${question.provisions.join(' ')}`],
      }
    })
    const aid = read.aids?.get(track)
    return [head, ...sections, ...(aid ? [{ id: 'aid', label: aid.title, lines: [aid.title, ...linesOf(aid.pages[0]?.html ?? '')] }] : []), ...questions]
  }
  if (version.kind === 'pledge') return [head, ...sections, { id: 'key', label: '一つずつ確かめる条', lines: version.meta.keyClauses.map(({ clause, statement }) => `${clause} ${plain(statement)}`) }]
  return [head, ...itemsOf(version.meta).map(({ id, number, text }): Part => ({ id: `item ${id}`, label: `項目 ${number}`, lines: [`${number} ${plain(text)}`] }))]
}
