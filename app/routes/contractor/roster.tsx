import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listCertifiableSlugs, listCertificates } from '../../../db/certificates.server'
import { listContracts, listHeadcounts, type Contract } from '../../../db/company-register.server'
import { listRosterCompanies, listRosterDuties, listRosterPeople, type RosterDuty } from '../../../db/company-roster.server'
import { listOpenQuestions, listRemarks } from '../../../db/questions.server'
import { listLastAsked } from '../../../db/reminders.server'
import { listCompaniesBelow } from '../../../db/slips.server'
import { answerQuestion, earOf } from '../../commands/answer-learner.server'
import type { Library } from '../../content/library.server'
import { targetTitle } from '../../content/target-titles'
import { reachOf, type Viewer } from '../../domain/access'
import { addDays, dayOf, OPEN_DAY, OPEN_INSTANT, type Day } from '../../domain/calendar'
import { COMPANY_KINDS, ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { inTiers } from '../../domain/tiers'
import { standingOf, worstOf, type Standing } from '../../domain/standing'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { HeadcountNotice, ReportToClient } from '../../ui/company-report'
import { AskButton, Companies, Roster } from '../../ui/company-roster'
import { fullDay, fullDayWithWeekday, instantWords, shortDay, shortDueDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { AskedList, SaidList, saidOf } from '../../ui/questions'
import { Refused } from '../../ui/refused'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '自社の名簿｜守秘' }]

const PAGE = 50
const LAST = 20
const query = z.object({ company: z.string().max(64).default(''), show: z.enum(['open', 'all']).catch('open').default('open'), after: z.string().max(400).default(''), sent: z.string().max(4).optional(), done: z.enum(['imported', 'declared', 'unwritable', 'requested']).optional().catch(undefined), asked: z.coerce.number().int().nonnegative().optional().catch(undefined) })

/** Own people and those of lower tiers, and nobody else: figures per company, who has what to do, and what they ask. */
export const loader = guardLoader({ act: 'runCompany', query }, async ({ context, query: { company, show, after, sent, done, asked: askedNow } }) => {
  const { db, library, now } = context
  const today = dayOf(now)
  const ear = await earOf(context, 'employer')
  if (ear?.is !== 'employer') throw notFound()
  const reach = await listCompaniesBelow(db, companiesOf(context.viewer), today)
  if (company !== '' && !reach.includes(company)) throw notFound()
  const [headcounts, contracts] = [await listHeadcounts(db, reach), await listContracts(db, reach, today)]
  const [figures, listed, asked, said, memos, certificates] = await Promise.all([
    listRosterCompanies(db, reach, today),
    listRosterPeople(db, company === '' ? reach : [company], { open: show === 'open' }, { after, limit: PAGE + 1, today }),
    listOpenQuestions(db, ear, { after: '', limit: LAST, today }),
    listRemarks(db, ear, 'notSigned', { before: '', limit: LAST, today }),
    listRemarks(db, ear, 'memo', { before: '', limit: LAST, today }),
    listCertificates(db, reach, LAST),
  ])
  const people = listed.slice(0, PAGE)
  const mayCertify = (await listCertifiableSlugs(db, reach, today)).length > 0
  /** Whose pledges the viewer's own company keeps: its own people's, not the lower tiers'. */
  const keeps = companiesOf(context.viewer)
  const ids = people.map(({ engagementId }) => engagementId)
  const [duties, lastAsked] = [await listRosterDuties(db, ids), await listLastAsked(db, ids, context.viewer.accountId)]
  const link = (to: { after?: string; show?: string; company?: string }) => `/company?${new URLSearchParams({ ...(company !== '' && { company }), show, ...to })}`
  const shown = (one: { name: string | null; number: string; kind: keyof typeof ENGAGEMENT_KINDS; slug: string }, at: number) => ({ by: { name: one.name, number: one.number, kindWords: ENGAGEMENT_KINDS[one.kind] }, about: targetTitle(library, 'certificate', one.slug), at: instantWords(at, today) })
  return {
    today, operator: library.words.operator, company, show, mayCertify, sent: sent === '1', done: done ?? null, askedNow,
    companies: inTiers(figures).map(({ depth, ...one }) => ({ ...one, depth, kindWords: depth === 0 ? '自社' : COMPANY_KINDS[one.kind], nextDue: one.nextDue && shortDueDay(one.nextDue, today), declared: headcounts.get(one.companyId)?.people ?? null, contract: contractWords(contracts.find(({ companyId }) => companyId === one.companyId), today) })),
    lastReport: headcounts.size === 0 ? null : instantWords(Math.max(...[...headcounts.values()].map(({ at }) => at)), today),
    people: people.map((person) => {
      const stands = whatIsOpen(library, duties.filter(({ engagementId }) => engagementId === person.engagementId), person.onLeave, today)
      const last = lastAsked.get(person.engagementId)
      return { ...person, kindWords: ENGAGEMENT_KINDS[person.kind], asked: last === undefined ? null : shortDay(dayOf(last), today), ...stands, paper: keeps.includes(person.companyId) ? stands.paper : null }
    }),
    next: listed.length > PAGE ? link({ after: people.at(-1)!.key }) : null, first: after === '' ? null : link({}),
    asked: asked.map((one) => ({ id: one.assignmentId, ...shown(one, one.askedAt), words: one.words })),
    said: [...said, ...memos].map((one) => saidOf(one, shown(one, one.at))),
    certificates: certificates.map(({ id, at, receipt, people: count, template }) => ({ id, at: instantWords(at, today), receipt, count: Number(count), title: targetTitle(library, 'certificate', template) })),
  }
})

const contractWords = (contract: Contract | undefined, today: Day) => contract === undefined ? null : { number: contract.number, status: contract.status, since: shortDay(contract.from, today), until: contract.to === OPEN_DAY ? null : fullDay(addDays(contract.to, -1)) }

const DONE = {
  imported: ['名簿に反映しました', '新しい方の研修と誓約書は、決まりに合わせて割り当てました。利用を始めるための利用票を発行してください。業務に就く日がまだ先の方は、その日からこの一覧に出ます。'],
  declared: ['人数を申告しました', '名簿の人数と違うときは、この画面の上に出ます。'],
  requested: ['申請しました', '承認されると、記録や期限に反映されます。結果は「申請」の画面に出ます。'],
  unwritable: ['CP932では書き出せません', '𠮷や異体字など、CP932で書けない字のある方がいます。UTF-8で書き出してください。'],
} as const

const companiesOf = (viewer: Viewer) => {
  const reach = reachOf(viewer, 'runCompany')
  return reach.all ? [] : reach.companyIds
}

function whatIsOpen(library: Library, duties: readonly RosterDuty[], onLeave: boolean, today: Day): { open: string[]; mayAsk: boolean; due: string; standing: Standing | undefined; pledge: string | null; paper: string | null } {
  const open = duties.filter(({ settledAt }) => settledAt === OPEN_INSTANT)
  const pledge = duties.filter(({ kind }) => kind === 'certificate').sort((a, b) => b.settledAt - a.settledAt).find(({ outcome }) => outcome !== null)
  return {
    open: open.map(({ kind, slug, outcome: answered }) => (kind === 'certificate' && answered === 'signed' ? '誓約取得証明(提出待ち)' : targetTitle(library, kind, slug))), mayAsk: open.some(({ kind, outcome: answered }) => kind !== 'certificate' || answered !== 'signed'), due: open[0] ? shortDueDay(open[0].dueOn, today) : '―', pledge: pledge?.outcome === 'question' && !pledge.asked ? 'answered' : (pledge?.outcome ?? null), paper: pledge?.outcome === 'signed' ? pledge.assignmentId : null,
    standing: worstOf((open.length > 0 ? open : duties).map((duty) => standingOf({ ...duty, answer: duty.outcome }, { onLeave, ended: false }, today))),
  }
}

const form = z.object({ about: z.literal('question'), id: z.string().max(64), words: z.string({ error: '回答を書いてください。' }).trim().min(1).max(1500, '長すぎます。1,500字までで書いてください。') })

export const action = guardAction({ act: 'runCompany', query, form }, async ({ context, form }) => {
  if (!form.ok) {
    if (typeof form.given.id !== 'string') throw notFound()
    return data({ trouble: { ...form, about: form.given.id }, refused: null }, { status: 400 })
  }
  const answer = await answerQuestion(context, { assignmentId: form.value.id, words: form.value.words, as: 'employer' })
  if (!isRefusal(answer)) return redirect('/company?sent=1', { status: 303 })
  if (answer.refused === 'notFound') throw notFound()
  return data({ trouble: null, refused: answer }, { status: 409 })
})

export default function CompanyRoster() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const [own] = page.companies
  const declined = page.companies.reduce((sum, one) => sum + one.pledgeDeclined, 0)
  const toCertify = page.companies.reduce((sum, one) => sum + one.pledgeOf - one.pledgeDone, -declined)
  return (
    <Page>
      {page.askedNow !== undefined && !tried && <Notice kind="ok" title={`${page.askedNow}人への依頼を、メールの便に入れました`}><p>貴社の名前で届きます。送るときに終わっている方には、送りません。</p></Notice>}
      {page.sent && !tried && <Notice kind="ok" title="回答を送りました"><p>本人の画面に表示します。止まっていた期限は、残っていた日数で動きはじめます。</p></Notice>}
      {page.done !== null && !tried && <Notice kind={page.done === 'unwritable' ? 'no' : 'ok'} title={DONE[page.done][0]}><p>{DONE[page.done][1]}</p></Notice>}
      <Refused refused={tried?.refused} />
      <PageHead title="自社の名簿" asOf={<>{own?.name}{page.companies.length > 1 && 'と、その下の会社'}　<span className="nw">基準日 {fullDayWithWeekday(page.today)}</span>　<span className="nw">{own?.kind === 'agency' ? '派遣先' : '委託元'}：{page.operator}{own?.contractNumber && `(契約 ${own.contractNumber})`}</span></>} />
      {page.done === null && <HeadcountNotice companies={page.companies} />}
      <section className="sec"><h2>会社ごとの状況</h2><Companies companies={page.companies} /></section>
      {page.asked.length > 0 && (
        <section className="sec"><h2>質問 {page.asked.length}件</h2><p>回答が届くまで、その方の期限は止まっています。{page.operator}には表示していません。</p>
          <AskedList asked={page.asked} action="/company" what="question" trouble={tried?.trouble} button="回答を送り、期限を動かす" />
        </section>
      )}
      <section className="sec">
        <h2>名簿に載っている方</h2>
        <Form className="filter" action="/company">
          <div className="field"><label className="label" htmlFor="company">会社</label>
            <select className="in" id="company" name="company" defaultValue={page.company} key={page.company}><option value="">すべて</option>{page.companies.map(({ companyId, name }) => <option key={companyId} value={companyId}>{name}</option>)}</select>
          </div>
          <div className="field"><label className="label" htmlFor="show">状態</label>
            <select className="in" id="show" name="show" defaultValue={page.show} key={page.show}><option value="open">未了の方</option><option value="all">すべての方</option></select>
          </div>
          <button className="btn btn-sm">絞り込む</button>
        </Form>
        <Roster people={page.people} companies={page.companies} all={page.show === 'all'} />
        {page.people.some(({ mayAsk }) => mayAsk) && <AskButton />}
        <div className="acts"><Link className="btn btn-sm" to="/company/import">名簿をまとめて直す(CSV)</Link></div>
        <Pager next={page.next} first={page.first} label={`${PAGE}人`} />
        <p className="src">{page.operator}が見るのは、研修の状態と誓約取得証明です。氏名を見るのは、派遣社員の方と、契約で氏名を表示する会社の方だけです。テストの点数や答えは、この画面には出ません。</p>
      </section>
      <section className="sec">
        <h2>誓約取得証明</h2>
        <p>{toCertify === 0 ? (page.mayCertify ? '在籍中で、証明を待っている方はいません。終わった方や署名辞退の方の分が残っています。' : '証明を待っている方はいません。') : `あと${toCertify}人分の証明が要ります。`}{declined > 0 && `署名辞退・連絡不能の方が${declined}人います。署名のない方は、証明に入れられません。`}</p>
        <div className="acts">
          {page.mayCertify && <Link className={toCertify > 0 ? 'btn btn-main' : 'btn'} to="/company/certificate">証明を作る</Link>}
          <Link className="btn" to="/people/slips">利用票を発行する</Link>
          <Link className="btn btn-text" to="/company/papers">お知らせの紙</Link>
        </div>
        {page.certificates.length > 0 && (
          <Table className="mt-6"><caption>提出した証明(新しい順)</caption>
            <Head><Row><ColumnHead>提出した日時</ColumnHead><ColumnHead>文書</ColumnHead><ColumnHead className="num">人数</ColumnHead><ColumnHead>記録番号</ColumnHead></Row></Head>
            <Body>{page.certificates.map(({ id, at, title, count, receipt }) => <Row key={id}><RowHead><Link to={`/company/certificates/${id}`}>{at}</Link></RowHead><Cell label="文書">{title}</Cell><Cell label="人数" className="num">{count}人</Cell><Cell label="記録番号"><span className="hash">{receipt}</span></Cell></Row>)}</Body>
          </Table>
        )}
      </section>
      <section className="sec">
        <h2>点検</h2>
        <p>自社の安全管理を毎年度に点検して、{page.operator}へ出します。</p>
        <div className="acts"><Link className="btn" to="/checks">点検を見る</Link></div>
      </section>
      <ReportToClient operator={page.operator} lastReport={page.lastReport} contract={own?.contract ?? null} certified={{ done: page.companies.reduce((sum, one) => sum + one.pledgeDone, 0), of: page.companies.reduce((sum, one) => sum + one.pledgeOf, 0) }} />
      {page.said.length > 0 && (
        <section className="sec" id="said"><h2>署名についての言葉</h2><SaidList said={page.said} caption="署名しないことだけで、不利益な扱いはできません。理由をきき、いまある義務を説明してください。" /></section>
      )}
    </Page>
  )
}
