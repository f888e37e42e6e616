import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findOwnSubjects, listLooks } from '../../../db/access-log.server'
import { listActors } from '../../../db/actors.server'
import { dayOf } from '../../domain/calendar'
import { guardLoader } from '../../http/guard.server'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { RecordTable } from '../../ui/record-table'
import { looksInWords } from './own-record-view.server'

const PAGE = 30

export const meta: MetaFunction = () => [{ title: 'この記録を見た人｜守秘' }]

/** Everybody who opened or took one's own record, with what, when and why. */
export const loader = guardLoader({ act: 'learn', query: z.object({ after: z.string().max(64).default('') }) }, async ({ context: { db, viewer, now }, query: { after } }) => {
  const today = dayOf(now)
  const listed = await listLooks(db, await findOwnSubjects(db, viewer.personId), { after, limit: PAGE + 1 })
  const page = listed.slice(0, PAGE)
  const actors = await listActors(db, page.map(({ account }) => account), today)
  return {
    looks: looksInWords(page, actors, viewer, today),
    next: listed.length > PAGE ? `/records/looks?after=${encodeURIComponent(page.at(-1)!.key)}` : null, first: after === '' ? null : '/records/looks',
  }
})

export default function Looks() {
  const { looks, next, first } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-mid">
      <PageHead back={{ to: '/records', label: 'わたしの記録' }} title="この記録を見た人" lead="あなたの記録や、あなただけの画面を開いた人、書面や名簿を受け取った人です。さがす画面や一覧に氏名と状態が並んだだけのときと、上長や所属長がその一覧を受け取ったときは、ここには出ません。" />
      <RecordTable title="新しい順" columns={['人', 'したこと', '日時', '理由']} empty="まだだれも見ていません。" rows={looks.map(({ id, who, words, at, reason }) => ({ key: id, cells: [who, words, at, reason] }))} />
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
