import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listChanges } from '../../../db/audit-changes.server'
import { listTouchedFacts } from '../../../db/change-history.server'
import { listNamed } from '../../../db/people-search.server'
import { CHANGE_KINDS, type ChangeKind } from '../../domain/audit-changes'
import { dayOf } from '../../domain/calendar'
import { storyOf, type Story } from '../../domain/change-story'
import { isHidden, isHiddenColumn } from '../../domain/roster-names'
import { actorWords, addressOf, askedPerson, AUDIT_QUERY, between } from '../../http/audit.server'
import { evidenceNames } from '../../http/evidence-names.server'
import { guardLoader } from '../../http/guard.server'
import { AuditFilter, narrowedWords, PersonField } from '../../ui/audit-filter'
import { changeName, summaryWords } from '../../ui/change-words'
import { FieldChanges } from '../../ui/change-story'
import { fullInstant } from '../../ui/format'
import { UNSHOWN } from '../../ui/import-preview'
import { ledgerType, payloadLines, type EvidenceNames } from '../../ui/ledger-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { LEAVE_REASONS, type LeaveReason } from '../../ui/roster-words'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '変わったこと｜守秘' }]

const PAGE = 40
const kinds = Object.keys(CHANGE_KINDS) as [ChangeKind, ...ChangeKind[]]
/** What of an entry about nobody in particular, or of a request, tells what was changed without a person's own words. */
const TOLD = ['kind', 'outcome', 'dueOn', 'wishedDueOn', 'from', 'count', 'version', 'module', 'correction']

/** What changed, over all kinds: by whom it concerns, who did it, days and kind; of one person with the values before and after. */
export const loader = guardLoader({ act: 'readAudit', query: z.object({ ...AUDIT_QUERY, by: z.string().trim().max(64).catch('').default(''), kind: z.enum(kinds).or(z.literal('')).catch('').default('') }) }, async ({ context, query }) => {
  const { db, now } = context
  const today = dayOf(now)
  const [person, doer] = await Promise.all([askedPerson(db, query.number), askedPerson(db, query.by)])
  const listed = await listChanges(db, { ...between(query), kind: query.kind || null, engagementIds: person.engagementIds, account: doer.account }, { before: query.before, limit: PAGE + 1 })
  const page = listed.slice(0, PAGE)
  const rows = page.map((row) => ({ ...row, system: row.entry?.system ?? '' }))
  const sets = page.flatMap(({ id, set }) => (set ? [id] : []))
  const [who, names, touched, named] = await Promise.all([actorWords(db, rows, today), evidenceNames(context, page.map(({ entry }) => entry?.payload ?? null)), listTouchedFacts(db, sets, person.engagementIds ?? [], today), listNamed(db, person.engagementIds ?? [], today)])
  const storyIn = (set: string): Story => {
    const versions = touched.versions.filter(({ changeSetId }) => changeSetId === set)
    const story = storyOf(versions, touched.facts.filter(({ changeSetId }) => changeSetId === set), (code) => LEAVE_REASONS[code as LeaveReason] ?? '休職')
    const isNameless = versions.some(({ engagementId, kind }) => isHidden(kind, named.has(engagementId)))
    return isNameless ? { ...story, fields: story.fields.map((field) => (isHiddenColumn(field.label) ? { ...field, was: '', is: UNSHOWN } : field)) } : story
  }
  const link = (before: string) => addressOf('/audit/changes', { number: person.number, by: doer.number, from: query.from, to: query.to, kind: query.kind, before })
  return {
    number: person.number, by: doer.number, from: query.from, to: query.to, kind: query.kind, unknown: [person, doer].find(({ isUnknown }) => isUnknown)?.number ?? null,
    changes: rows.map((row) => ({
      id: row.id, at: row.at, kind: row.kind, who: row.set && row.account === null ? 'しくみ、またはサーバーでの操作' : who(row), isUndone: row.set?.isUndone ?? false,
      what: row.set ? changeName(row.set) : ledgerType(row.entry!.type), to: row.set ? `/people/changes/${row.id}` : typeof row.entry!.payload?.request === 'string' ? `/approvals/${row.entry!.payload.request}` : null,
      number: row.entry ? (row.entry.subject?.number ?? null) : numberIn(row.set!.summary), counts: row.set && person.engagementIds === null ? summaryWords(row.set.summary) : null,
      lines: row.entry?.payload ? toldLines(row.entry.payload, names) : [],
      story: row.set && person.engagementIds !== null ? storyIn(row.id) : null,
    })),
    next: listed.length > PAGE ? link(page.at(-1)!.key) : null, first: query.before === '' ? null : link(''),
  }
})

/** What was changed: of settings each, else what the entry says without a person's own words. */
function toldLines(payload: Record<string, unknown>, names: EvidenceNames): { label: string; value: string }[] {
  if (Array.isArray(payload.changed)) return (payload.changed as { name: string; was: string; is: string }[]).map(({ name, was, is }) => ({ label: name, value: `${was === '' ? '' : `${was} → `}${is === '' ? 'なし' : is}` }))
  return payloadLines(Object.fromEntries(TOLD.flatMap((key) => ((payload[key] ?? '') === '' ? [] : [[key, payload[key]]]))), names)
}

/** Whom a change by hand was about: a set that was imported names nobody. */
const numberIn = (summary: string): string | null => (JSON.parse(summary) as { number?: string }).number ?? null

export default function Changes() {
  const { number, by, from, to, kind, unknown, changes, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/audit', label: '監査' }} title={number ? `変わったこと・従事者番号 ${number}` : '変わったこと'} lead="名簿の取込・訂正・取消し、役割、申請と承認、設定を、1つの並びで新しい順に読めます。人を決めると、その人の何がどう変わったかまで出ます。" asOf={narrowedWords({ from, to, by, doing: '変えた人' }) || undefined} />
      <AuditFilter list="/audit/changes" number={number} label="変わった人" from={from} to={to}>
        <PersonField name="by" label="変えた人" number={by} />
        <div className="field"><label className="label" htmlFor="kind">種類</label><select className="in" id="kind" name="kind" defaultValue={kind} key={kind}><option value="">すべて</option>{Object.entries(CHANGE_KINDS).map(([code, words]) => <option key={code} value={code}>{words}</option>)}</select></div>
      </AuditFilter>
      {changes.length === 0 ? <Notice kind="info" title={unknown ? `従事者番号「${unknown}」の人はいません` : '当てはまる変更はありません'}><p>日の範囲を広げるか、種類を「すべて」にすると、さがせます。番号は先頭の0も入れてください。</p></Notice> : (
        <Table>
          <caption className="sr-only">変わったこと</caption>
          <Head><Row><ColumnHead>日時</ColumnHead><ColumnHead>種類</ColumnHead><ColumnHead>したこと</ColumnHead><ColumnHead>だれが</ColumnHead><ColumnHead>内容</ColumnHead></Row></Head>
          <Body>
            {changes.map((change) => (
              <Row key={change.id}>
                <RowHead><span className="nw">{fullInstant(change.at)}</span></RowHead>
                <Cell label="種類"><span className="nw">{CHANGE_KINDS[change.kind]}</span></Cell>
                <Cell label="したこと">{change.to ? <Link to={change.to}>{change.what}</Link> : change.what}{change.number !== null && change.number !== number && <>　<span className="nw">対象 <Link to={`/audit/changes?number=${encodeURIComponent(change.number)}`}>{change.number}</Link></span></>}{change.isUndone && <><br /><Status mark="none">元に戻しました</Status></>}</Cell>
                <Cell label="だれが">{change.who}</Cell>
                <Cell label="内容">
                  {change.story ? <FieldChanges {...change.story} /> : (change.counts ?? (change.lines.length > 0 ? change.lines.map(({ label, value }) => <div key={label}><span className="mut">{label}　</span>{value}</div>) : '―'))}
                </Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
