import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findLesson } from '../../../db/learning.server'
import { moduleInUse } from '../../content/in-use.server'
import { variablesFor } from '../../content/library.server'
import { readingOf } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { englishDay, fullDay } from '../../ui/format'
import { Page } from '../../ui/page-head'
import { textOnPaper } from '../../ui/printed'
import { proseOf, ReadingForm } from '../../ui/reading'
import { withWholeNumbers } from '../../ui/whole-numbers'

/** The job aid of a module: one page to print and keep, with the desks of the reader's own company. It is no part of the lesson and open at any hour. */
export const loader = guardLoader({ act: 'learn', params: z.object({ assignmentId: z.uuid() }) }, async ({ context: { db, library, viewer }, params: { assignmentId } }) => {
  const lesson = await findLesson(db, assignmentId, viewer.engagements.map(({ id }) => id))
  const engagement = viewer.engagements.find(({ id }) => id === lesson?.engagementId)
  const version = lesson?.kind === 'module' ? moduleInUse(library, lesson.slug, lesson.shown) : undefined
  const reading = readingOf(viewer, version?.aids ?? [])
  const page = engagement && version && library.renderAid(version, { ...reading, variables: variablesFor(library, engagement) })
  if (!version || !page) throw notFound()
  return { assignmentId, title: page.title, titleHtml: page.titleHtml, html: page.html, module: library.namesIn(version, reading.track).title, version: version.meta.version, slug: version.meta.slug, asOf: version.meta.asOf, reading }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title}｜守秘` : '守秘' }]

export default function JobAid() {
  const aid = useLoaderData<typeof loader>()
  const prose = proseOf(aid.reading)
  return (
    <Page width="wrap-narrow" track={aid.reading.track} printed={textOnPaper({ ...aid, title: aid.module, told: aid.reading.track }, aid.reading.track === 'en' ? 'One sheet to keep at hand' : '手元に置く1枚')}>
      <p className="noprint"><Link className="back" to={`/learn/${aid.assignmentId}/pages/1`}>← {aid.module}</Link></p>
      <div className="head">
        <h1 lang={prose.lang} dangerouslySetInnerHTML={{ __html: aid.titleHtml }} />
        <div className="sml mt-3 noprint"><ReadingForm reading={aid.reading} /></div>
      </div>
      <div lang={prose.lang} className={`${prose.className} aid`} dangerouslySetInnerHTML={{ __html: withWholeNumbers(aid.html) }} />
      <p className="src">{aid.reading.track === 'en' ? <span lang="en">{aid.module}, version {aid.version}. The law is as of {englishDay(aid.asOf)}. </span> : <>{aid.module} 第{aid.version}版　法令は{fullDay(aid.asOf)}時点です。</>}<span className="noprint">ブラウザの印刷で、A4の紙1枚になります。</span></p>
    </Page>
  )
}
