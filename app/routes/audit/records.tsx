import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listLedgerEntries, listNumbers, listOpened } from '../../../db/audit.server'
import { dayOf } from '../../domain/calendar'
import { openingsSince } from '../../domain/record-access'
import { actorWords, addressOf, askedPerson, AUDIT_QUERY, between } from '../../http/audit.server'
import { evidenceNames } from '../../http/evidence-names.server'
import { guardLoader } from '../../http/guard.server'
import { AuditFilter, narrowedWords, PersonField } from '../../ui/audit-filter'
import { Facts } from '../../ui/facts'
import { fullInstant } from '../../ui/format'
import { LEDGER_TYPES, ledgerType, payloadLines } from '../../ui/ledger-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'

export const meta: MetaFunction = () => [{ title: '証跡｜守秘' }]

const PAGE = 40

/** Evidence, newest first. What an entry says about one person is shown once that person's record was opened today, with a reason. */
export const loader = guardLoader({ act: 'readAudit', query: z.object({ ...AUDIT_QUERY, by: z.string().trim().max(64).catch('').default(''), type: z.string().max(64).catch('').default(''), of: z.uuid().or(z.literal('')).catch('').default('') }) }, async ({ context, query }) => {
  const { db, now, viewer } = context
  const today = dayOf(now)
  const [person, doer] = await Promise.all([query.of ? listNumbers(db, [query.of]).then((numbers) => askedPerson(db, numbers.get(query.of) ?? '')) : askedPerson(db, query.number), askedPerson(db, query.by)])
  const { number } = person
  const listed = await listLedgerEntries(db, { ...between(query), engagementIds: person.engagementIds, account: doer.account, type: query.type in LEDGER_TYPES ? query.type : '' }, { before: query.before, limit: PAGE + 1 })
  const page = listed.slice(0, PAGE)
  const opened = await listOpened(db, viewer.accountId, page.flatMap(({ subject }) => subject?.engagementId ?? []), openingsSince(now))
  const actorOf = (payload: Record<string, unknown> | null) => {
    const actor = (payload?.actor ?? {}) as { account?: string; system?: string }
    return { account: actor.account ?? null, system: actor.system ?? '' }
  }
  const [who, names] = await Promise.all([actorWords(db, page.map(({ payload }) => actorOf(payload)), today), evidenceNames(context, page.map(({ payload }) => payload))])
  const link = (before: string) => addressOf('/audit/records', { number, by: doer.number, from: query.from, to: query.to, type: query.type, before })
  return {
    number, by: doer.number, from: query.from, to: query.to, type: query.type, unknown: [person, doer].find(({ isUnknown }) => isUnknown)?.number ?? null,
    engagementId: person.engagementIds?.at(-1) ?? null,
    entries: page.map((entry) => {
      const isOpen = entry.subject === null || opened.has(entry.subject.engagementId)
      return {
        id: entry.id, what: ledgerType(entry.type), at: entry.at, who: entry.payload ? who(actorOf(entry.payload)) : entry.isPerson ? '内容は保存期間が過ぎて消しました' : 'しくみ', byPerson: entry.isPerson, subject: entry.subject, isOpen,
        changeSet: typeof entry.payload?.changeSet === 'string' ? entry.payload.changeSet : null, lines: isOpen && entry.payload ? payloadLines(entry.payload, names) : [],
      }
    }),
    next: listed.length > PAGE ? link(page.at(-1)!.key) : null, first: query.before === '' ? null : link(''),
  }
})

export default function Records() {
  const { entries, engagementId, number, by, from, to, type, unknown, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/audit', label: '監査' }} title={number ? `証跡・従事者番号 ${number}` : '証跡'} lead="記録されたできごとを、新しい順に並べています。画面から書き換えたり消したりはできません。" asOf={narrowedWords({ from, to, by, doing: '担当した人' }) || undefined} />
      <AuditFilter list="/audit/records" number={number} label="対象の人" from={from} to={to}>
        <PersonField name="by" label="担当した人" number={by} />
        <div className="field"><label className="label" htmlFor="type">できごと</label><select className="in" id="type" name="type" defaultValue={type} key={type}><option value="">すべて</option>{Object.entries(LEDGER_TYPES).map(([code, words]) => <option key={code} value={code}>{words}</option>)}</select></div>
      </AuditFilter>
      {engagementId !== null && <p className="sml mb-6"><Link to={`/audit/day/${engagementId}`}>この人の、ある日の姿を見る</Link>　<Link to={`/audit/changes?number=${encodeURIComponent(number)}`}>この人について変わったことを見る</Link></p>}
      {entries.length === 0 ? <Notice kind="info" title={unknown ? `従事者番号「${unknown}」の人はいません` : '当てはまる証跡はありません'}><p>番号は先頭の0も入れてください。日の範囲を広げても、さがせます。</p></Notice> : (
        <ol className="line">
          {entries.map((entry) => (
            <li key={entry.id} data-big={entry.byPerson || undefined}>
              <time dateTime={new Date(entry.at).toISOString()}>{fullInstant(entry.at)}</time>
              <div>
                <b>{entry.what}</b>{entry.subject && <>　<span className="nw">対象 <Link to={`/audit/records?of=${entry.subject.engagementId}`}>{entry.subject.number}</Link></span></>}<br />
                <span className="mut">担当 {entry.who}</span>{entry.changeSet && <>　<Link to={`/people/changes/${entry.changeSet}`}>変更の内容を見る</Link></>}
                {entry.isOpen ? entry.lines.length > 0 && (
                  <details className="more"><summary>記録の内容</summary><Facts facts={[...entry.lines.map(({ label, value }) => [label, <span key={label} className="hash">{value}</span>] as const), ['台帳番号', <span key="id" className="hash">{entry.id}</span>]]} /></details>
                ) : <><br /><Link className="sml" to={`/people/${entry.subject!.engagementId}/open?to=trail`}>理由を残して、この人の内容を読む</Link></>}
              </div>
            </li>
          ))}
        </ol>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
