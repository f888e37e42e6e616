import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findCompanyPerson, listCompanyPersonDuties } from '../../../db/company-person.server'
import { listAttemptsOf } from '../../../db/records.server'
import { askApproval, companiesOf } from '../../commands/ask-approval.server'
import { targetTitle } from '../../content/target-titles'
import { reachOf } from '../../domain/access'
import { APPROVAL_KINDS } from '../../domain/approval'
import { addDays, dayOf, OPEN_INSTANT } from '../../domain/calendar'
import { periodWords } from '../../domain/duty-words'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { standingOf } from '../../domain/standing'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { lookIsNoted } from '../../http/noted.server'
import { readScan, SCAN_FORM_BYTES } from '../../http/scan.server'
import { EquivalentForm, ExceptionForm } from '../../ui/company-requests'
import { TroubleSummary } from '../../ui/field'
import { fullDayWithWeekday, instantWords, shortDay, shortDueDay } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { StandingStatus } from '../../ui/standing'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

const params = z.object({ engagementId: z.uuid() })
const MOST_ATTEMPTS = 50

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.person.name}(${data.person.words})｜守秘` : '守秘' }]

/** One's own person: status and progress; minutes and results of tests of own employees only, and nobody's answers (domain.md §5.3). */
export const loader = guardLoader({ act: 'runCompany', params }, async ({ context, params: { engagementId } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const person = await findCompanyPerson(db, await companiesOf(context), engagementId, today)
  if (!person) throw notFound()
  await lookIsNoted(context, { page: 'companyFile', subjectId: engagementId, engagementId, personId: person.personId })
  const reach = reachOf(viewer, 'runCompany')
  const employs = !reach.all && reach.companyIds.includes(person.companyId)
  const duties = await listCompanyPersonDuties(db, engagementId)
  const attempts = employs ? await listAttemptsOf(db, [engagementId], MOST_ATTEMPTS) : []
  const choices = duties.filter(({ settledAt, waiting }) => settledAt === OPEN_INSTANT && !waiting).map((one) => ({ id: one.assignmentId, kind: one.kind, words: `${targetTitle(library, one.kind, one.slug)}(${periodWords(one.period)}・期限 ${shortDueDay(one.dueOn, today)})` }))
  const self = viewer.engagements.some(({ id }) => id === engagementId)
  return {
    engagementId, person: { name: person.name, number: person.number, relation: person.relation, words: [person.number, ENGAGEMENT_KINDS[person.kind], person.companyName].join('・'), hasPassword: person.hasPassword }, today, tomorrow: addDays(today, 1), operator: library.words.operator, employs, self,
    duties: duties.map((one) => ({
      id: one.assignmentId, atEnd: one.kind === 'certificate' && one.period === 'exit', paper: employs && one.kind === 'certificate' && one.settledAt === OPEN_INSTANT, title: targetTitle(library, one.kind, one.slug), period: periodWords(one.period), due: shortDueDay(one.dueOn, today), standing: standingOf({ ...one, begun: one.pages > 0, answer: one.outcome }, { onLeave: person.onLeave, ended: false }, today), waiting: one.waiting,
      settled: one.settledAt === OPEN_INSTANT || one.settledAs === 'ended' ? null : shortDay(dayOf(one.settledAt), today), pages: one.kind === 'module' && one.settledAt === OPEN_INSTANT && one.pages > 0 ? `${one.pages}/${library.current('module', one.slug)?.meta.sections.length ?? one.pages}節` : null,
      minutes: employs && one.completion ? `${one.completion.minutes}分${one.completion.route === 'screen' ? '' : `(${APPROVAL_KINDS[one.completion.route]})`}` : null,
    })),
    attempts: attempts.map((one) => ({ id: one.id, title: targetTitle(library, 'module', one.target_slug), ordinal: one.ordinal, at: instantWords(one.finished_at ?? one.opened_at, today), passed: one.passed })),
    modules: choices.filter(({ kind }) => kind === 'module').map(({ id, words }) => ({ id, words })), open: choices.map(({ id, words }) => ({ id, words })),
  }
})

const note = z.string().trim().max(500, '500字までで書いてください。').default('')
const form = z.discriminatedUnion('go', [
  z.object({ go: z.literal('equivalent'), 'equivalent-duty': z.uuid('研修を選んでください。'), on: z.string({ error: '日を入れてください。' }).max(10), minutes: z.coerce.number({ error: '分を数字で入れてください。' }).int('整数を入れてください。'), scan: z.instanceof(File).optional(), 'equivalent-note': z.string({ error: '研修の内容を書いてください。' }).trim().min(1).max(500) }),
  z.object({ go: z.literal('exception'), 'exception-duty': z.uuid('対象を選んでください。'), reason: z.string().max(40), wished: z.string().max(10).default(''), 'exception-note': note }),
])
const LABELS = { 'equivalent-duty': 'どの研修に代わるか', on: '実施した日', minutes: 'かかった時間', scan: '控えのファイル', 'equivalent-note': '研修の内容', 'exception-duty': '対象', reason: '申請と理由', wished: '希望する期限', 'exception-note': '説明' }

/** Asks the operator; nothing changes before somebody there has decided. */
export const action = guardAction({ act: 'runCompany', params, form, mostBytes: SCAN_FORM_BYTES }, async ({ context, params: { engagementId }, form: sent }) => {
  const { db, library, now } = context
  if (!(await findCompanyPerson(db, await companiesOf(context), engagementId, dayOf(now)))) throw notFound()
  if (!sent.ok) return data({ trouble: { errors: sent.errors, given: sent.given }, refused: null, go: sent.given.go as string | undefined }, { status: 400 })
  const { value } = sent
  const trouble = { errors: {}, given: Object.fromEntries(Object.entries(value).filter(([, one]) => !(one instanceof File)).map(([name, one]) => [name, String(one)])) as Record<string, unknown> }
  const assignmentId = value.go === 'equivalent' ? value['equivalent-duty'] : value['exception-duty']
  const duty = (await listCompanyPersonDuties(db, engagementId)).find((one) => one.assignmentId === assignmentId)
  if (!duty) throw notFound()
  let asked: Awaited<ReturnType<typeof askApproval>>
  if (value.go === 'equivalent') {
    const scan = await readScan(value.scan)
    if (isRefusal(scan)) return data({ trouble, refused: scan, go: value.go }, { status: 400 })
    const version = library.current('module', duty.slug)?.meta.version ?? ''
    asked = await askApproval(context, { assignmentId, kind: 'equivalent', reasonCode: 'ownTraining', note: value['equivalent-note'], wishedDueOn: null, done: { on: value.on, minutes: value.minutes, version, name: '' }, scan })
  } else {
    const [kind, reasonCode = ''] = value.reason.split(' ')
    asked = await askApproval(context, { assignmentId, kind: kind === 'exempt' ? 'exempt' : 'defer', reasonCode, note: value['exception-note'], wishedDueOn: value.wished || null })
  }
  if (!isRefusal(asked)) return redirect('/company?done=requested', 303)
  if (asked.refused === 'notFound') throw notFound()
  return data({ trouble, refused: asked, go: value.go }, { status: 409 })
})

export default function CompanyPerson() {
  const { engagementId, person, today, tomorrow, operator, employs, self, duties, attempts, modules, open } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const troubleOf = (go: string) => (tried?.go === go ? tried.trouble : undefined)
  return (
    <Page>
      <Refused refused={tried?.refused} />
      <TroubleSummary trouble={tried?.trouble} labels={LABELS} />
      <PageHead back={{ to: '/company', label: '自社の名簿' }} title={person.name} lead={person.words} asOf={person.hasPassword ? undefined : 'まだ利用を始めていません'} />
      <section className="sec">
        <h2>研修と誓約</h2>
        <Table>
          <caption className="asof">基準日 {fullDayWithWeekday(today)}</caption>
          <Head><Row><ColumnHead>内容</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead className="num"><span className={employs ? undefined : 'sr-only'}>勤務時間</span></ColumnHead></Row></Head>
          <Body>{duties.map((one) => (
            <Row key={one.id}>
              <RowHead><b>{one.title}</b><br /><span className="mut">{one.period}</span>{one.paper && <><br /><Link className="ask" to={`/company/people/${engagementId}/pledge-paper/${one.id}`} aria-label={`${one.title}の署名用の紙を印刷する`}>署名用の紙を印刷する</Link></>}{one.atEnd && <><br /><Link className="ask" to={`/company/people/${engagementId}/exit`}>署名がないときの記録</Link></>}</RowHead><Cell label="期限">{one.due}</Cell>
              <Cell label="状態"><StandingStatus standing={one.standing} relation={person.relation} /> {one.settled ?? one.pages}{one.waiting && <><br /><Status mark="wait">申請の承認待ち</Status></>}</Cell>
              <Cell label={one.minutes === null ? undefined : '勤務時間'} className="num">{one.minutes}</Cell>
            </Row>
          ))}</Body>
        </Table>
        <p className="src">{employs ? `勤務時間とテストの結果を見られるのは、雇い主と本人だけです。${operator}には表示しません。テストの答えは、本人だけが見られます。` : '勤務時間とテストの結果は、この方の雇い主だけが見られます。'}あなたがこの画面を開いたことは記録に残り、本人が読めます。</p>
      </section>
      {attempts.length > 0 && (
        <section className="sec"><h2>確認テスト</h2>
          <Table><caption className="sr-only">確認テストの結果</caption>
            <Head><Row><ColumnHead>内容</ColumnHead><ColumnHead>日時</ColumnHead><ColumnHead>結果</ColumnHead></Row></Head>
            <Body>{attempts.map((one) => <Row key={one.id}><RowHead>{one.title}<br /><span className="mut">{one.ordinal}回目</span></RowHead><Cell label="日時">{one.at}</Cell><Cell label="結果"><Status mark={one.passed === null ? 'doing' : one.passed === 1 ? 'done' : 'fail'}>{one.passed === null ? '途中' : one.passed === 1 ? '合格' : '不合格'}</Status></Cell></Row>)}</Body>
          </Table>
        </section>
      )}
      <section className="sec">
        <h2>この方のためにできること</h2>
        {!self && modules.length > 0 && <EquivalentForm duties={modules} today={today} operator={operator} trouble={troubleOf('equivalent')} />}
        {!self && open.length > 0 && <ExceptionForm duties={open} tomorrow={tomorrow} operator={operator} trouble={troubleOf('exception')} />}
        {self && <p>あなた自身の申請は、ほかの会社側担当者か人事に頼んでください。</p>}
        <div className="acts"><Link className="btn btn-sm" to={`/people/slips?q=${encodeURIComponent(person.number)}`}>利用票を発行する</Link><Link className="btn btn-text btn-sm" to="/approvals">申請の結果を見る</Link></div>
      </section>
    </Page>
  )
}
