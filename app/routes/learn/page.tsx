import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findExtraMinutes } from '../../../db/accommodations.server'
import type { Db } from '../../../db/database.server'
import { findLesson } from '../../../db/learning.server'
import { openAttempt } from '../../commands/open-attempt.server'
import { showPage } from '../../commands/show-page.server'
import { moduleInUse, renderFor } from '../../content/in-use.server'
import { withPhrases } from '../../content/phrases'
import type { ModuleVersion } from '../../content/schema'
import type { SignedInContext } from '../../context'
import { dayOf, OPEN_INSTANT } from '../../domain/calendar'
import { isRefusal, refuse, type Refusal } from '../../domain/refusal'
import { firstUnread, minutesLeft, refusalToStudy } from '../../domain/study'
import { readingOf, TRACK_NAMES } from '../../domain/tracks'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { dayWords } from '../../ui/format'
import { useHeadingFocus } from '../../ui/heading-focus'
import { Notice } from '../../ui/notice'
import { proseOf, ReadingForm, StudyClock } from '../../ui/reading'
import type { MessageCode } from '../../ui/messages'
import { Page } from '../../ui/page-head'
import { textOnPaper } from '../../ui/printed'
import { Refused } from '../../ui/refused'
import { SectionList, type SectionEntry } from '../../ui/section-list'
import { SourceLine } from '../../ui/source-line'
import { withWholeNumbers } from '../../ui/whole-numbers'

const params = z.object({ assignmentId: z.uuid(), page: z.coerce.number().int().min(1).max(99) })

export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { assignmentId, page } }) => {
  const { library, viewer, now } = context
  const lesson = await findLesson(context.db, assignmentId, viewer.engagements.map(({ id }) => id))
  const engagement = viewer.engagements.find(({ id }) => id === lesson?.engagementId)
  const version = lesson?.kind === 'module' ? moduleInUse(library, lesson.slug, lesson.shown) : undefined
  const section = version?.meta.sections[page - 1]
  if (!lesson || !engagement || !version || !section) throw notFound()
  const { meta } = version
  const settled = lesson.settledAt !== OPEN_INSTANT
  const shown = new Set(lesson.shown.filter((one) => one.version === meta.version).map((one) => one.page))
  const reached = settled ? meta.sections.length : firstUnread(meta.sections.map(({ id }) => id), shown) ?? meta.sections.length
  if (page > reached) throw redirect(`/learn/${assignmentId}/pages/${reached}`)
  const refused: Refusal<MessageCode> | null = refusalToStudy(engagement, now) ?? (lesson.opensOn > dayOf(now) ? refuse('opensLater', { words: dayWords(lesson.opensOn, dayOf(now)) }) : null)
  const rendered = refused ? undefined : renderFor(library, version, section.id, engagement, viewer)
  if (!refused && !rendered) throw notFound()
  const limited = page === meta.sections.length && !settled && (await testSaysItsTimeFirst(context.db, engagement.id, meta))
  const names = library.namesIn(version, viewer.track)
  return {
    assignmentId, page, settled, limited, completed: lesson.settledAs === 'completed', refused, title: names.title, newer: !settled && library.current('module', meta.slug)?.meta.version !== meta.version, reading: readingOf(viewer, version.tracks), aid: version.aids.length > 0,
    sections: meta.sections.map(({ id }, at): SectionEntry => ({ title: names.pages[at]!.text, state: shown.has(id) ? 'read' : at < reached ? 'open' : 'ahead' })),
    quiz: { draw: meta.quiz.draw, minutes: meta.quiz.minutes, open: settled || meta.sections.every(({ id }) => shown.has(id)) },
    minutes: section.minutes, left: settled ? 0 : minutesLeft(meta.sections, meta.quiz.minutes, shown),
    titleHtml: withPhrases(rendered?.titleHtml ?? ''), html: rendered?.html ?? '', sha256: rendered?.sha256 ?? '', openedAt: now,
    source: { asOf: section.asOf, laws: library.lawTitles(section.laws, section.asOf), version: meta.version, review: library.reviewStatus('module', meta.slug, meta.version), slug: meta.slug, section: section.id },
  }
})

/** A test with a time limit, or with extra time for this person, is opened from the page that says so, never straight from reading. */
const testSaysItsTimeFirst = async (db: Db, engagementId: string, { slug, quiz }: ModuleVersion['meta']) => quiz.limitMinutes !== undefined || (await findExtraMinutes(db, engagementId, slug)) > 0

async function isLimited({ db, library, viewer }: SignedInContext, assignmentId: string): Promise<boolean> {
  const lesson = await findLesson(db, assignmentId, viewer.engagements.map(({ id }) => id))
  const version = lesson && moduleInUse(library, lesson.slug, lesson.shown)
  return version !== undefined && testSaysItsTimeFirst(db, lesson!.engagementId, version.meta)
}

const form = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), openedAt: z.coerce.number().int().positive().optional(), active: z.coerce.number().min(0).optional() })

export const action = guardAction({ act: 'learn', params, form }, async ({ context, params: { assignmentId, page }, form }) => {
  if (!form.ok) throw notFound()
  const { sha256, openedAt, active } = form.value
  const shown = await showPage(context, { assignmentId, page, sha256, openedAt, activeSeconds: active })
  if (!shown) throw notFound()
  if (isRefusal(shown)) {
    if (shown.refused === 'pagesLeft') throw redirect(`/learn/${assignmentId}/pages/${shown.facts!.page}`)
    return data({ refused: shown }, { status: 409 })
  }
  if (shown.next !== 'test') throw redirect(`/learn/${assignmentId}/pages/${shown.next}`)
  const opened = shown.settled || (await isLimited(context, assignmentId)) ? undefined : await openAttempt(context, assignmentId)
  if (!opened || isRefusal(opened)) throw redirect(`/learn/${assignmentId}/test`)
  throw redirect(opened.position === 0 ? `/attempts/${opened.attemptId}/review` : `/attempts/${opened.attemptId}/questions/${opened.position}`)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.page}節 ${data.sections[data.page - 1]!.title}｜守秘` : '守秘' }]

export default function ReadSection() {
  const lesson = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = answer?.refused ?? lesson.refused
  const { page, sections } = lesson
  const isLast = page === sections.length
  const heading = useHeadingFocus(page)
  return (
    <Page width="wrap-mid" track={lesson.reading.track} printed={textOnPaper({ title: lesson.title, version: lesson.source.version, slug: lesson.source.slug, told: lesson.reading.track }, lesson.reading.track === 'en' ? `Section ${page} of ${sections.length}` : `${page}/${sections.length}節`, lesson.reading.track !== 'ja' && TRACK_NAMES[lesson.reading.track].name)}>
      <Link className="back" to="/">← いま、やること</Link>
      <div className="cols cols-toc">
        <SectionList lesson={lesson} />
        <article className="reader" key={page}>
          {refused ? <div className="mb-4"><Refused refused={refused} /></div> : lesson.newer && (
            <div className="mb-4"><Notice kind="warn" title="教材が新しくなりました"><p>あなたは今の版({lesson.source.version})のまま最後まで進められます。修了は有効です。</p></Notice></div>
          )}
          {lesson.refused ? <h1>{sections[page - 1]!.title}</h1> : (
            <>
              <div className="head">
                <h1 ref={heading} tabIndex={-1} lang={proseOf(lesson.reading).lang} dangerouslySetInnerHTML={{ __html: lesson.titleHtml }} />
                <div className="task-meta sml mt-3 items-center noprint">
                  <span className="mut">この節は約{lesson.minutes}分</span>
                  <ReadingForm reading={lesson.reading} />
                </div>
              </div>
              <div {...proseOf(lesson.reading)} dangerouslySetInnerHTML={{ __html: withWholeNumbers(lesson.html) }} />
              <SourceLine source={lesson.source} kind="module" track={lesson.reading.track} back={`/learn/${lesson.assignmentId}/pages/${page}`} />
              {lesson.settled ? (
                <div className="acts">
                  {isLast ? <Link className="btn btn-main" to="/">いま、やること へ</Link> : <Link className="btn btn-main" to={`/learn/${lesson.assignmentId}/pages/${page + 1}`}>{page + 1}節へ</Link>}
                </div>
              ) : (
                <Form method="post" className="acts">
                  <input type="hidden" name="sha256" value={lesson.sha256} />
                  <StudyClock openedAt={lesson.openedAt} />
                  <button className="btn btn-main">{isLast ? (lesson.limited ? '読み終えて、確認テストの説明へ' : '読み終えて、確認テストを始める') : `読み終えて、${page + 1}節へ`}</button>
                  <Link className="btn btn-text" to="/">ここまでにする</Link>
                </Form>
              )}
            </>
          )}
        </article>
      </div>
    </Page>
  )
}
