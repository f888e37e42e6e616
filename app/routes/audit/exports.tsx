import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listAccesses, listExports } from '../../../db/audit.server'
import { dayOf } from '../../domain/calendar'
import { actorWords, addressOf, askedPerson, AUDIT_QUERY, between } from '../../http/audit.server'
import { evidenceNames } from '../../http/evidence-names.server'
import { guardLoader } from '../../http/guard.server'
import { AuditFilter, PersonField } from '../../ui/audit-filter'
import { fullInstant } from '../../ui/format'
import { payloadLines, subjectWords } from '../../ui/ledger-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '受け取りの記録｜守秘' }]

const PAGE = 40

/** What left the house: in bulk, or one person's papers; who took it, why, and which file it was. */
export const loader = guardLoader({ act: 'readAudit', query: z.object({ ...AUDIT_QUERY, by: z.string().trim().max(64).catch('').default(''), view: z.enum(['bulk', 'single']).catch('bulk').default('bulk') }) }, async ({ context, query }) => {
  const { db, now } = context
  const today = dayOf(now)
  const taker = await askedPerson(db, query.by)
  const { account } = taker
  const rows = query.view === 'bulk'
    ? await listExports(db, { ...between(query), account }, { before: query.before, limit: PAGE + 1 })
    : (await listAccesses(db, { ...between(query), account, subjectIds: null, acts: ['download'] }, { before: query.before, limit: PAGE + 1 })).map((row) => ({ ...row, kind: row.subjectKind, subjects: {} }))
  const page = rows.slice(0, PAGE)
  const [who, names] = await Promise.all([actorWords(db, page, today), evidenceNames(context, page.map(({ subjects }) => subjects))])
  const link = (before: string) => addressOf('/audit/exports', { view: query.view, by: taker.number, from: query.from, to: query.to, before })
  return {
    view: query.view, by: taker.number, from: query.from, to: query.to, taken: page.map(({ id, at, kind, reason, sha256, subjects, ...row }) => ({ id, at, what: subjectWords(kind), reason, sha256, who: who(row), lines: payloadLines(subjects, names) })),
    next: rows.length > PAGE ? link(page.at(-1)!.key) : null, first: query.before === '' ? null : link(''),
  }
})

export default function Exports() {
  const { view, by, from, to, taken, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/audit', label: '監査' }} title="受け取りの記録" lead="守秘から外へ出たファイルです。手元のファイルのSHA-256がここにあれば、その人がその日に受け取ったものです。" />
      <nav className="tabs" aria-label="見る範囲"><Link to="/audit/exports" aria-current={view === 'bulk' ? 'page' : undefined}>まとめて</Link><Link to="/audit/exports?view=single" aria-current={view === 'single' ? 'page' : undefined}>1件ずつ</Link></nav>
      <div className="mt-6"><AuditFilter list="/audit/exports" from={from} to={to}><input type="hidden" name="view" value={view} /><PersonField name="by" label="受け取った人" number={by} /></AuditFilter></div>
      {taken.length === 0 ? <Notice kind="info" title="当てはまる受け取りはありません"><p>日の範囲を広げると、さがせます。</p></Notice> : (
        <Table>
          <caption className="sr-only">受け取りの記録</caption>
          <Head><Row><ColumnHead>日時</ColumnHead><ColumnHead>だれが</ColumnHead><ColumnHead>何を</ColumnHead><ColumnHead>なぜ</ColumnHead><ColumnHead>ファイルのSHA-256</ColumnHead></Row></Head>
          <Body>
            {taken.map((one) => (
              <Row key={one.id}>
                <RowHead>{fullInstant(one.at)}</RowHead>
                <Cell label="だれが">{one.who}</Cell>
                <Cell label="何を">{one.what}{one.lines.length > 0 && <><br /><span className="mut">{one.lines.map(({ label, value }) => `${label} ${value}`).join('、')}</span></>}</Cell>
                <Cell label="なぜ">{one.reason}</Cell>
                <Cell label="SHA-256">{one.sha256 === '' ? '受け取りが途中で終わりました' : <span className="hash">{one.sha256 ?? '―'}</span>}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
