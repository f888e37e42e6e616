import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findDeath } from '../../../db/deaths.server'
import { findPersonFile } from '../../../db/person.server'
import { addDays, dayOf, OPEN_DAY } from '../../domain/calendar'
import { guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { fullDay } from '../../ui/format'
import { Page } from '../../ui/page-head'

export const meta: MetaFunction = () => [{ title: '義務が続くことの通知文｜守秘' }]

/** 「義務が続くことのお知らせ」 to print and send (A16). It asks for nothing. Whoever works for another company hears from that company (L24, L25). */
export const loader = guardLoader({ act: 'enterRecords', params: z.object({ engagementId: z.uuid() }) }, async ({ context, params: { engagementId } }) => {
  const { db, library, now } = context
  const today = dayOf(now)
  const person = await findPersonFile(db, engagementId, today)
  const content = library.folder.departure
  if (!person || !content || person.validTo === OPEN_DAY || person.relation === 'dispatched' || person.relation === 'contract' || (await findDeath(db, person.personId))) throw notFound()
  await mustBeOpen(context, engagementId, 'departure')
  return {
    engagementId, today, name: person.name ?? '', number: person.number, lastDay: addDays(person.validTo, -1), operator: library.words.operator, asOf: content.asOf, laws: library.lawTitles(content.letter.laws, content.asOf),
    title: library.plainText(content.letter.title), paragraphs: content.letter.paragraphs.map((text) => library.plainText(text)),
  }
})

export default function DepartureLetter() {
  const { engagementId, today, name, number, lastDay, operator, asOf, laws, title, paragraphs } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-mid">
      <Link className="back noprint" to={`/people/${engagementId}/departure`}>← 退職・終了の手続</Link>
      <p className="sml mut noprint">印刷は、ブラウザーの「印刷」(Ctrl+P または ⌘+P)から行います。文は、法令の{fullDay(asOf)}時点のものです。送る前に、宛名と住所を確かめてください(住所はこのシステムにありません)。</p>
      <article className="paper">
        <p className="num">{fullDay(today)}</p>
        <p className="to">{name}　様<br />(従事者番号 {number}、{fullDay(lastDay)}まで在籍)</p>
        <p className="num">{operator}</p>
        <h1 className="my-6">{title}</h1>
        {paragraphs.map((text) => <p key={text} className="mt-3">{text}</p>)}
        <p className="mt-6">根拠：{laws.join('、')}(法令は{fullDay(asOf)}時点です)</p>
      </article>
    </Page>
  )
}
