import { redirect } from '@remix-run/node'
import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findPeople, listFormerNames } from '../../../db/people-search.server'
import { findPersonFile } from '../../../db/person.server'
import { dayOf, isDay } from '../../domain/calendar'
import { foldName } from '../../domain/name'
import { looksForName } from '../../domain/record-access'
import { addressOf, askedPerson, AUDIT_LISTS, LIST_FIELDS, PERSON_FIELDS } from '../../http/audit.server'
import { guardLoader } from '../../http/guard.server'
import { searchIsNoted } from '../../http/noted.server'
import { Who } from '../../ui/facts'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { employedAs, serviceWords } from '../../ui/people'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: 'どの人かを選ぶ｜守秘' }]

const PAGE = 50
const query = z.object({ list: z.enum(AUDIT_LISTS).catch(AUDIT_LISTS[0]).default(AUDIT_LISTS[0]), ...LIST_FIELDS, after: z.string().max(400).nullable().default(null) })

/** Makes out who is meant on a list of the auditor: a number goes there at once, and so does a name that one person bears; of several the auditor chooses. */
export const loader = guardLoader({ act: 'readAudit', query }, async ({ context, query: { list, after, ...given } }) => {
  const { db, now } = context
  const today = dayOf(now)
  const fields = { ...given }
  for (const field of PERSON_FIELDS) {
    const typed = fields[field]
    if (!looksForName(typed)) continue
    const [listed] = await Promise.all([findPeople(db, { prefix: foldName(typed), relation: null, service: null }, { after, limit: PAGE + 1, today }), searchIsNoted(context, { among: 'people', typed, narrowed: '監査の一覧' })])
    const page = listed.slice(0, PAGE)
    if (after === null && new Set(listed.map(({ number }) => number)).size === 1) {
      fields[field] = listed[0]!.number
      continue
    }
    const former = await listFormerNames(db, page.map(({ engagementId }) => engagementId))
    return {
      typed, today, back: list === '/audit/day' ? '/audit' : addressOf(list, { ...fields, [field]: '' }),
      people: page.map((person) => ({
        ...person, formerNames: person.name === null ? [] : former.filter(({ engagementId, name }) => engagementId === person.engagementId && name !== person.name).map(({ name }) => name),
        to: addressOf(looksForName(person.number) && list !== '/audit/day' ? list : '/audit/find', { list, ...fields, [field]: person.number }),
      })),
      next: listed.length > PAGE ? addressOf('/audit/find', { list, ...fields, after: page.at(-1)!.key }) : null, first: after === null ? null : addressOf('/audit/find', { list, ...fields }),
    }
  }
  if (list !== '/audit/day') throw redirect(addressOf(list, fields), 303)
  // of one person the last engagement that had begun by the day
  const { number, engagementIds } = await askedPerson(db, fields.number)
  const days = new Map(await Promise.all((engagementIds ?? []).map(async (id) => [id, (await findPersonFile(db, id, today))?.validFrom ?? ''] as const)))
  const day = isDay(fields.on) && fields.on < today ? fields.on : today
  const id = engagementIds?.findLast((one) => days.get(one)! <= day) ?? engagementIds?.[0]
  if (id !== undefined) throw redirect(addressOf(`/audit/day/${id}`, { on: day === today ? '' : day }), 303)
  return { typed: number, today, back: '/audit', people: [], next: null, first: null }
})

export default function Find() {
  const { typed, today, back, people, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: back, label: 'もとの一覧' }} title={people.length > 0 ? `「${typed}」は、どの人ですか` : `「${typed}」の人は見つかりません`} lead="氏名・フリガナ・以前の氏名のはじめが合う人です。字体の違い(髙と高など)は、区別しません。さがしたことは、閲覧の記録に残ります。" />
      {people.length === 0 ? (
        <Notice kind="info" title="当てはまる人はいません"><p>姓か名のはじめの文字、フリガナ、従事者番号でさがせます。氏名を表示しない契約の委託先の人は、番号でさがしてください。</p><div className="acts"><Link className="btn btn-sm" to={back}>もとの一覧に戻る</Link></div></Notice>
      ) : (
        <Table>
          <caption className="sr-only">当てはまる人</caption>
          <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>所属</ColumnHead><ColumnHead>在籍</ColumnHead></Row></Head>
          <Body>
            {people.map((person) => (
              <Row key={person.engagementId}>
                <RowHead><Who name={person.name ?? '従事者'} number={person.number} kind={employedAs(person)}><Link className="who" to={person.to}>{person.name ?? `従事者 ${person.number}`}</Link></Who>{person.formerNames.length > 0 && <><br /><span className="mut">以前の氏名 {person.formerNames.join('、')}</span></>}</RowHead>
                <Cell label="所属">{person.unitName ?? '―'}</Cell>
                <Cell label="在籍">{serviceWords(person, today)}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
    </Page>
  )
}
