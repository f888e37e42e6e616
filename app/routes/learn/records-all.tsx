import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { gatherOwnRecord } from '../../../db/own-record.server'
import { listAnswersOf } from '../../../db/records.server'
import { ownDocument } from '../../content/own-document.server'
import { dayOf } from '../../domain/calendar'
import { whoWords } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { fullInstant } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { DocumentPart, type DocumentValue } from '../../ui/plain-document'

/** So many of each list; whoever has more takes the document. */
const MOST = 2_000

export const meta: MetaFunction = () => [{ title: 'わたしの記録のすべて｜守秘' }]

/** The same document that is handed out for machines, for people: everything on one page that can be printed. */
export const loader = guardLoader({ act: 'learn' }, async ({ context }) => {
  const { db, viewer, now, library } = context
  const record = await gatherOwnRecord(db, viewer, dayOf(now), MOST)
  const answers = await listAnswersOf(db, record.attempts.map(({ id }) => id), MOST)
  const { 書式: _format, 作成日時: _made, 利用目的: purpose, 氏名: name, ...sections } = ownDocument(library, viewer, record, answers, now)
  const own = viewer.engagements[0]
  return { name, who: own ? whoWords({ ...own, name }) : name, purpose, madeAt: fullInstant(now), cut: Object.values(sections).some((list) => Array.isArray(list) && list.length >= MOST), sections: sections as Record<string, DocumentValue> }
})

export default function RecordsAll() {
  const { who, purpose, madeAt, cut, sections } = useLoaderData<typeof loader>()
  const empty = Object.entries(sections).flatMap(([title, value]) => (Array.isArray(value) && value.length === 0 ? [title] : []))
  return (
    <Page width="wrap-mid">
      <PageHead back={{ to: '/records', label: 'わたしの記録' }} title="わたしの記録のすべて" lead={`${who}さんについて、このしくみが持っているものです。${madeAt}に作りました。ブラウザーの「印刷」で、紙やPDFにできます。`} />
      {cut && <p>一覧は、新しいものから{MOST.toLocaleString('ja-JP')}件までです。すべては「わたしの記録」の「まとめて受け取る(JSON)」に入っています。</p>}
      {Object.entries(sections).filter(([title]) => !empty.includes(title)).map(([title, value]) => (
        <section className="sec" key={title}>
          <h2>{title}</h2>
          <DocumentPart value={value as DocumentValue} />
        </section>
      ))}
      {empty.length > 0 && <section className="sec"><h2>まだないもの</h2><p>{empty.join('、')}</p></section>}
      <p className="src">{purpose}記録番号と指紋の確かめ方は <Link to="/help/learner-records">わたしの記録を見る、直してもらう</Link></p>
    </Page>
  )
}
