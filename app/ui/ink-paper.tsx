import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { InkSheet } from '../domain/ink-sheet'
import { TRACK_NAMES, type TrackName } from '../domain/tracks'
import { fullDay } from './format'
import { textOnPaper, useMargin } from './printed'
import { proseOf } from './reading'

/** What stands above the paper on the screen, and never on the paper: how to print it, and which 参考訳 follows. */
export function PaperHelp({ sheet, chosen, to, children }: { sheet: Pick<InkSheet, 'tracks'>; chosen: TrackName; to: (track: TrackName) => string; children: ReactNode }) {
  return (
    <div className="noprint">
      <p className="sml mut mt-2">印刷は、ブラウザーの「印刷」(Ctrl+P または ⌘+P)から行います。A4の紙に出ます。{children}</p>
      {sheet.tracks.length > 1 && (
        <p className="sml mt-2">参考訳：{sheet.tracks.map((track) => (track === chosen ? <b key={track} className="mr-4" aria-current="true">{track === 'ja' ? '付けない' : TRACK_NAMES[track].name}</b> : <Link key={track} className="mr-4" to={to(track)}>{track === 'ja' ? '付けない' : TRACK_NAMES[track].name}</Link>))}</p>
      )}
    </div>
  )
}

/** A pledge to sign with ink, A4: the text, the key clauses to tick, the places to write in (domain.md C32, look §7). */
export function InkPaper({ sheet }: { sheet: InkSheet }) {
  const { signer, companion } = sheet
  useMargin('--printed-sheet', () => textOnPaper({ title: sheet.title, version: sheet.version }, signer && `${signer.name} ${signer.number}`))
  return (
    <>
      <article className="paper ink" aria-label={`${sheet.title}の紙`}>
        <h2 className="ink-title">{sheet.title}</h2>
        {sheet.pages.map(({ id, titleHtml, html }) => (
          <section key={id}>
            <h3 dangerouslySetInnerHTML={{ __html: titleHtml }} />
            <div className={sheet.furigana ? 'ruby ink-text' : 'ink-text'} dangerouslySetInnerHTML={{ __html: html }} />
          </section>
        ))}
        <section className="ink-sign">
          <h3>大切な条文(読んで理解したものの□に、印を付けます)</h3>
          <ul className="list-none p-0">{sheet.clauses.map(({ article, statement }) => <li key={article}>□　{article}　{statement}</li>)}</ul>
        </section>
        <section className="ink-sign">
          <h3>署名</h3>
          <p>私は、この書面を読み、内容を理解して、自分の意思で署名します。</p>
          <table>
            <tbody>
              <tr><th scope="row">署名(氏名)</th><td className="ink-place">{signer && <span className="ink-small">登録された氏名：{signer.name}</span>}</td></tr>
              <tr><th scope="row">従事者番号</th><td>{signer ? `${signer.number}　${signer.kind}` : <span className="ink-place" />}</td></tr>
              <tr><th scope="row">雇い主</th><td>{signer ? signer.employer : <span className="ink-place" />}</td></tr>
              <tr><th scope="row">署名した日</th><td className="ink-place">　　　　年　　　月　　　日</td></tr>
              {(signer === null || signer.minor) && <tr><th scope="row">保護者の方の確認</th><td className="ink-place"><span className="ink-small">任意です。18歳未満の方で、保護者の方がこの書面を読んだときに書けます。なくても署名できます。</span></td></tr>}
              <tr><th scope="row">立ち会った人</th><td className="ink-place"><span className="ink-small">氏名と日(署名する人が自分で書くところを見た人。なくてもかまいません)</span></td></tr>
            </tbody>
          </table>
          <p className="ink-small">書き添えたいことは、この紙の余白か別の紙に書けます。署名しないときは、渡さなくてかまいません。</p>
        </section>
        <div className="foot-id">
          <span>{sheet.title} 第{sheet.version}版　{signer ? `${signer.name} ${signer.number}` : '氏名・番号なし'}</span><span>法令は{fullDay(sheet.asOf)}時点</span>
          <span className="hash">本文のSHA-256　{sheet.pages.map(({ sha256 }) => sha256.slice(0, 16)).join(' ')}</span>
        </div>
      </article>
      {companion && (
        <article className="paper ink ink-companion" lang={TRACK_NAMES[companion.track].lang} aria-label="参考訳">
          <h2 className="ink-title">{companion.title}</h2>
          <p><b>参考訳 {TRACK_NAMES[companion.track].name}</b>　<span lang="ja">署名するのは日本語の書面です。この紙には署名しません。</span></p>
          {companion.pages.map(({ id, titleHtml, html }) => (
            <section key={id}>
              <h3 dangerouslySetInnerHTML={{ __html: titleHtml }} />
              <div className={proseOf({ furigana: sheet.furigana, track: companion.track }).className.replace('prose', 'ink-text')} dangerouslySetInnerHTML={{ __html: html }} />
            </section>
          ))}
        </article>
      )}
    </>
  )
}
