import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findDeath } from '../../../db/deaths.server'
import { findPersonFile } from '../../../db/person.server'
import { listReturnItems } from '../../../db/return-items.server'
import { addDays, dayOf, OPEN_DAY } from '../../domain/calendar'
import { RETURN_KINDS } from '../../domain/departure'
import { guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { fullDay } from '../../ui/format'
import { Page } from '../../ui/page-head'
import { employedAs } from '../../ui/people'

export const meta: MetaFunction = () => [{ title: '返却・消去のリスト｜守秘' }]

/** The list as a sheet to hand over: what to give back, to whom to turn. */
export const loader = guardLoader({ act: 'enterRecords', params: z.object({ engagementId: z.uuid() }) }, async ({ context, params: { engagementId } }) => {
  const { db, library, now } = context
  const person = await findPersonFile(db, engagementId, dayOf(now))
  if (!person || person.validTo === OPEN_DAY) throw notFound()
  await mustBeOpen(context, engagementId, 'departure')
  return {
    engagementId, who: [person.name, person.number, employedAs(person)].filter(Boolean).join('　'), lastDay: addDays(person.validTo, -1), relation: person.relation, died: (await findDeath(db, person.personId)) !== undefined, operator: library.words.operator, desk: library.words.consultDesk,
    items: (await listReturnItems(db, [engagementId])).map(({ id, kind, words, doneOn }) => ({ id, kind, words, doneOn })),
  }
})

export default function DepartureList() {
  const { engagementId, who, lastDay, relation, died, operator, desk, items } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-mid">
      <Link className="back noprint" to={`/people/${engagementId}/departure`}>← 退職・終了の手続</Link>
      <p className="sml mut noprint">印刷は、ブラウザーの「印刷」(Ctrl+P または ⌘+P)から行います。{died ? '職場にあるものを確かめるための控えです。ご家族には送らないでください。' : relation === 'contract' ? '委託先の責任者に渡してください。' : '本人に直接渡してください。'}</p>
      <article className="paper">
        <h1>返却・消去のリスト</h1>
        <p className="to">{who}</p>
        <p>最後の日：{fullDay(lastDay)}</p>
        <table className="my-4">
          <thead><tr><th scope="col" className="w-auto sm:w-24 print:w-24">種類</th><th scope="col" className="w-auto">内容</th><th scope="col" className="w-auto sm:w-28 print:w-28">日付</th><th scope="col" className="w-auto sm:w-28 print:w-28">確かめた人</th></tr></thead>
          <tbody>{items.filter(({ kind }) => kind !== 'access').map((item) => <tr key={item.id}><td className="sm:whitespace-nowrap print:whitespace-nowrap">{RETURN_KINDS[item.kind]}</td><td>{item.words}</td><td className="sm:whitespace-nowrap print:whitespace-nowrap">{item.doneOn === null ? '　　月　　日' : fullDay(item.doneOn)}</td><td>　</td></tr>)}</tbody>
        </table>
        <p>仕事で受け取った資料、媒体、データのうち、手元にあるものを上のとおり返すか、消してください。この書面の控えや給与の明細など、ご自身の書類は返す必要がありません。</p>
        <p className="mt-2">リストにないものに気づいたときや、返し方が分からないときは、{relation === 'contract' ? '雇い主の会社の担当者' : desk}にお知らせください。</p>
        <p className="foot-id"><span>{operator}</span></p>
      </article>
    </Page>
  )
}
