import { outOf, percentWords } from '../domain/percent'

const INK = '#1a1a1a'
const ACT = '#0017c1'
const ROW_HEIGHT = 72
/** A title longer than this is wider than a phone. */
const LONGEST_TITLE = 22
/** So many bars say where to begin; the table beside has all. */
export const MOST_BARS = 8

/** Right answers of the least understood as bars; the same numbers stand in the table next to it. */
export function UnderstandingBars({ rows }: { rows: readonly { key: string; title: string; people: number; right: number }[] }) {
  const shown = rows.filter(({ people }) => people > 0).slice(0, MOST_BARS)
  if (shown.length === 0) return null
  return (
    <figure>
      <svg role="img" aria-labelledby="ut ud" width="100%" height={shown.length * ROW_HEIGHT} xmlns="http://www.w3.org/2000/svg">
        <title id="ut">正答の割合が低いものから</title>
        <desc id="ud">{`${shown.map(({ title, people, right }) => `${title} ${outOf(right, people, '問')} ${percentWords(right, people)}`).join('、')}。数字は隣の表と同じです。`}</desc>
        {shown.map(({ key, title, people, right }, at) => (
          <g key={key}>
            <text x="0" y={at * ROW_HEIGHT + 16} fontSize="14" fontWeight="700" fill={INK}>{[...title].length > LONGEST_TITLE ? `${[...title].slice(0, LONGEST_TITLE - 1).join('')}…` : title}</text>
            <text x="0" y={at * ROW_HEIGHT + 36} fontSize="14" fill={INK}>{`${outOf(right, people, '問')}　${percentWords(right, people)}`}</text>
            <rect x="0" y={at * ROW_HEIGHT + 44} width="100%" height="14" fill="#e6e6e6" />
            <rect x="0" y={at * ROW_HEIGHT + 44} width={`${Math.round((right * 1000) / people) / 10}%`} height="14" fill={ACT} />
          </g>
        ))}
      </svg>
      <figcaption>{`はじめの受験の正答の割合です。低いものから${shown.length}つを並べています。`}</figcaption>
    </figure>
  )
}
