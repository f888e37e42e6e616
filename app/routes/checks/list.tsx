import { redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listFiled } from '../../../db/filing-lists.server'
import { countFindings, countOpenFindings } from '../../../db/findings.server'
import { openFiling, ownReachOf } from '../../commands/open-filing.server'
import { itemsOf } from '../../content/checklist-schema'
import { listFilingDuties } from '../../content/filing-duties.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { applicable, filingStateOf } from '../../domain/filing'
import { filingPeriodWords } from '../../domain/filing-period'
import { filingStanding } from '../../domain/filing-standing'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { byDayWords, dueDay, fullDayWithWeekday, shortDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '点検｜守秘' }]

const PAGE = 30

/** What one is to answer for the own company or unit, the first due first; and what was handed in. */
export const loader = guardLoader({ act: 'answerChecks', query: z.object({ before: z.string().max(120).catch('').default('') }) }, async ({ context, query: { before } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const reach = await ownReachOf(context)
  const [duties, filed] = [await listFilingDuties(context, reach), await listFiled(db, reach, { before, limit: PAGE + 1, day: today })]
  const page = filed.slice(0, PAGE)
  const last = page.at(-1)
  const [left, findings] = [await countOpenFindings(db, page.map(({ filingId }) => filingId)), await countFindings(db, reach)]
  return {
    today, findings: findings.open + findings.reported, firstDay: findings.nextDay && byDayWords(findings.nextDay, shortDay(findings.nextDay, today), today), office: may(viewer, 'decideChecks'),
    duties: duties.map(({ meta, subject, term, filing, state }) => ({
      slug: meta.slug, title: meta.title, summary: meta.summary, minutes: meta.minutes, subjectId: subject.id, subject: subject.name, code: meta.subject === 'entrustment' ? subject.code : '', period: term.period, periodWords: filingPeriodWords(term.period), due: dueDay(term.dueOn, today),
      filingId: filing?.filingId ?? null, state, answered: filing?.answered ?? 0, items: itemsOf(meta).length, ...filingStanding({ state, handedTo: meta.handedTo, opensOn: term.opensOn, dueOn: term.dueOn, submittedAt: filing?.submittedAt ?? null }, today),
    })),
    filed: page.map((one) => {
      const form = library.find('checklist', one.slug, one.version)
      return { id: one.filingId, title: form?.meta.title ?? one.slug, subject: one.name, periodWords: filingPeriodWords(one.period), done: one.counts.done, of: applicable(one.counts), findings: one.counts.partly + one.counts.notDone, left: left.get(one.filingId) ?? 0, ...filingStanding({ ...one, state: filingStateOf(true, one.last), handedTo: form?.meta.handedTo ?? 'operator' }, today) }
    }),
    next: filed.length > PAGE && last ? `/checks?before=${last.period}~${last.filingId}` : null, first: before === '' ? null : '/checks',
  }
})

const form = z.object({ slug: z.string().max(20), subject: z.string().max(64), period: z.string().max(20) })

/** Begins one, or goes on with the one that was begun. */
export const action = guardAction({ act: 'answerChecks', form }, async ({ context, form: sent }) => {
  if (!sent.ok) throw notFound()
  const { slug, subject, period } = sent.value
  const opened = await openFiling(context, { slug, subjectId: subject, period })
  if (isRefusal(opened)) throw notFound()
  return redirect(`/checks/${opened.filingId}`, 303)
})

/** What the way on is called: a returned filing is mended. */
const goOn = (state: string | null | undefined): string => (state === 'returned' ? '直して出し直す' : '続きから答える')

export default function Checks() {
  const { today, findings, firstDay, office, duties, filed, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead title={duties.length === 0 ? 'いま答える点検はありません' : `点検 あと${duties.length}件`} lead={duties.length === 0 ? '次の時期になると、ここに出ます。' : '途中で保存して、あとから続けられます。すべて答えたら、署名して提出します。'} asOf={fullDayWithWeekday(today)} />
      {duties.length > 0 && (
        <ul className="tasks">
          {duties.map((one, at) => (
            <li key={`${one.slug} ${one.subjectId} ${one.period}`} className={at === 0 ? 'task task-now' : 'task'}>
              <p className="sml"><Status mark={one.mark}>{one.words}</Status></p>
              <p className="task-name">{one.title}　{one.subject}{one.code && `(契約 ${one.code})`}</p>
              <p className="task-meta sml"><span>{one.periodWords}</span><span>期限 {one.due}</span><span>約{one.minutes}分</span>{one.answered > 0 && <span>{one.answered}/{one.items}項目に回答</span>}</p>
              {one.filingId === null ? (
                <button form={`start-${at}`} className={at === 0 ? 'btn btn-main' : 'btn'} aria-label={`${one.title} ${one.subject} ${one.periodWords} 点検を始める`}>点検を始める</button>
              ) : <Link className={at === 0 ? 'btn btn-main' : 'btn'} to={`/checks/${one.filingId}`} aria-label={`${one.title} ${one.subject} ${one.periodWords} ${goOn(one.state)}`}>{goOn(one.state)}</Link>}
            </li>
          ))}
        </ul>
      )}
      {duties.map((one, at) => one.filingId === null && <Form key={`${one.slug} ${one.subjectId} ${one.period}`} id={`start-${at}`} method="post"><input type="hidden" name="slug" value={one.slug} /><input type="hidden" name="subject" value={one.subjectId} /><input type="hidden" name="period" value={one.period} /></Form>)}
      {findings > 0 && <p className="mt-6"><Link to="/checks/findings">点検で直すこと あと{findings}件</Link>{firstDay && <span className="sml">　いちばん早い予定は {firstDay}</span>}</p>}
      {office && <p className="mt-6"><Link to="/program/checks">会社と部署の点検の状況を見る</Link></p>}
      <section className="sec">
        <h2>提出した点検</h2>
        {filed.length === 0 ? <Notice kind="info" title="提出した点検は、まだありません"><p>署名して提出すると、控えがここに並びます。</p></Notice> : (
          <Table>
            <caption className="sr-only">提出した点検(新しい順)</caption>
            <Head><Row><ColumnHead>時期</ColumnHead><ColumnHead>点検</ColumnHead><ColumnHead>会社・部署</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead className="num">実施</ColumnHead><ColumnHead className="num">直すこと</ColumnHead></Row></Head>
            <Body>
              {filed.map((one) => (
                <Row key={one.id}>
                  <RowHead><Link to={`/checks/${one.id}/record`} aria-label={`${one.periodWords} ${one.title} ${one.subject}の記録`}>{one.periodWords}</Link></RowHead>
                  <Cell label="点検">{one.title}</Cell><Cell label="会社・部署">{one.subject}</Cell><Cell label="状態"><Status mark={one.mark}>{one.words}</Status></Cell>
                  <Cell label="実施" className="num">{one.done}/{one.of}項目</Cell><Cell label="直すこと" className="num">{one.findings}件{one.left > 0 && <span className="block sml">残り{one.left}件</span>}</Cell>
                </Row>
              ))}
            </Body>
          </Table>
        )}
        <Pager next={next} first={first} label={`${PAGE}件`} />
      </section>
    </Page>
  )
}
