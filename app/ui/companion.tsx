import { TRACK_NAMES, type TrackName } from '../domain/tracks'
import { proseOf } from './reading'

const WORDS: Readonly<Record<TrackName, { title: string; hint: string }>> = {
  ja: { title: '', hint: '' },
  'ja-easy': { title: '参考訳：やさしい日本語', hint: 'わかりやすく 書いた 説明です。署名するのは、上の 日本語の 文です。ちがいが あるときは、日本語の 文が 正しいです。' },
  en: { title: '参考訳：English', hint: 'This is a reference translation. What you sign is the Japanese text above. If they differ, the Japanese counts.' },
}

/** 参考訳 of a page of a pledge, below the Japanese that is signed and never in its place (domain.md L29). */
export function CompanionText({ companion: { track, titleHtml, html }, furigana }: { companion: { track: TrackName; titleHtml: string; html: string }; furigana: boolean }) {
  return (
    <section className="sec mt-10" aria-labelledby="companion">
      <h2 id="companion">{WORDS[track].title}</h2>
      <p className="sml mut mt-2" lang={TRACK_NAMES[track].lang}>{WORDS[track].hint}</p>
      <p className="my-6 text-[1.25rem] font-bold" lang={TRACK_NAMES[track].lang} dangerouslySetInnerHTML={{ __html: titleHtml }} />
      <div {...proseOf({ furigana, track })} dangerouslySetInnerHTML={{ __html: html }} />
    </section>
  )
}
