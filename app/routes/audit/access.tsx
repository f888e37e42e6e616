import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findOwnSubjects } from '../../../db/access-log.server'
import { listAccesses, listNumbers } from '../../../db/audit.server'
import { dayOf } from '../../domain/calendar'
import { actorWords, addressOf, askedPerson, AUDIT_QUERY, between } from '../../http/audit.server'
import { guardLoader } from '../../http/guard.server'
import { AuditFilter, PersonField } from '../../ui/audit-filter'
import { fullInstant } from '../../ui/format'
import { ACCESS_ACTS, subjectWords } from '../../ui/ledger-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '閲覧の記録｜守秘' }]

const PAGE = 50

/** Who looked at whom, when and why: by viewer, by person, by days. */
export const loader = guardLoader({ act: 'readAudit', query: z.object({ ...AUDIT_QUERY, by: z.string().trim().max(64).catch('').default(''), viewer: z.uuid().or(z.literal('')).catch('').default('') }) }, async ({ context: { db, now }, query }) => {
  const today = dayOf(now)
  const [person, looker] = await Promise.all([askedPerson(db, query.number), askedPerson(db, query.by)])
  const [{ number }, { number: by }] = [person, looker]
  const account = query.viewer || looker.account
  const subjectIds = number === '' ? null : person.personId !== null ? (await findOwnSubjects(db, person.personId)).ids.filter((id) => id !== '' && !id.startsWith('=')) : []
  const listed = await listAccesses(db, { ...between(query), account, subjectIds, acts: [] }, { before: query.before, limit: PAGE + 1 })
  const page = listed.slice(0, PAGE)
  const [who, numbers] = await Promise.all([actorWords(db, page, today), listNumbers(db, page.map(({ subjectId }) => subjectId))])
  const link = (before: string) => addressOf('/audit/access', { number, by, viewer: query.viewer, from: query.from, to: query.to, before })
  return {
    number, by, from: query.from, to: query.to, viewer: query.viewer && page[0] ? who(page[0]) : null,
    looks: page.map((row) => ({
      id: row.id, at: row.at, who: who(row), what: `${subjectWords(row.subjectKind)}を${ACCESS_ACTS[row.act]}`, reason: row.reason, sha256: row.sha256,
      of: row.act === 'search' ? { word: `「${row.subjectId}」`, number: null } : numbers.has(row.subjectId) ? { word: null, number: numbers.get(row.subjectId)! } : { word: row.subjectId.startsWith('=') ? `会社コード ${row.subjectId.slice(1)}` : '―', number: null },
    })),
    next: listed.length > PAGE ? link(page.at(-1)!.key) : null, first: query.before === '' ? null : link(''),
  }
})

export default function Access() {
  const { looks, number, by, from, to, viewer, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/audit', label: '監査' }} title="閲覧の記録" lead="人の記録や1人の画面を開く、受け取る、氏名でさがす、書き出すたびに、理由と一緒に残ります。同じ人の画面と同じ言葉は、1日に1回です。この画面も、読むだけです。" asOf={viewer ? `${viewer} がしたこと` : undefined} />
      <AuditFilter list="/audit/access" number={number} label="見られた人" from={from} to={to}>
        <PersonField name="by" label="見た人" number={by} />
      </AuditFilter>
      {looks.length === 0 ? <Notice kind="info" title="当てはまる閲覧はありません"><p>番号は先頭の0も入れてください。日の範囲を広げても、さがせます。</p></Notice> : (
        <Table>
          <caption className="sr-only">閲覧の記録</caption>
          <Head><Row><ColumnHead>日時</ColumnHead><ColumnHead>だれが</ColumnHead><ColumnHead>何を</ColumnHead><ColumnHead>だれの</ColumnHead><ColumnHead>なぜ</ColumnHead></Row></Head>
          <Body>
            {looks.map((look) => (
              <Row key={look.id}>
                <RowHead>{fullInstant(look.at)}</RowHead>
                <Cell label="だれが">{look.who}</Cell>
                <Cell label="何を">{look.what}{look.sha256 !== null && <details className="more"><summary className="sml">ファイルの指紋</summary><span className="hash">{look.sha256}</span></details>}</Cell>
                <Cell label="だれの">{look.of.number !== null ? <Link to={`/audit/access?number=${encodeURIComponent(look.of.number)}`}>{look.of.number}</Link> : look.of.word}</Cell>
                <Cell label="なぜ">{look.reason || '―'}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
