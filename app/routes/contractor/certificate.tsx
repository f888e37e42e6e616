import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findCompanyName, listCertifiablePeople, listCertifiableSlugs } from '../../../db/certificates.server'
import { listCompaniesBelow } from '../../../db/slips.server'
import { contactFor, declarationToday, submitCertificate } from '../../commands/submit-certificate.server'
import { reachOf } from '../../domain/access'
import { dayOf, parseDay } from '../../domain/calendar'
import { givenOf, MOST_LINES } from '../../domain/certificate'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal, type Refusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Who } from '../../ui/facts'
import { Field, TroubleSummary } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Refused } from '../../ui/refused'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '誓約取得証明を提出する｜守秘' }]

const query = z.object({ company: z.string().max(64).optional(), text: z.string().max(20).optional(), person: z.string().max(64).default(''), after: z.string().max(300).default('') })

/** Who of one's own people can be certified, with the day on which the pledge was taken where it was signed here. */
export const loader = guardLoader({ act: 'runCompany', query }, async ({ context, query: { company, text, person: also, after } }) => {
  const { db, library, viewer, now, newId } = context
  const today = dayOf(now)
  const reach = reachOf(viewer, 'runCompany')
  const roots = reach.all ? [] : reach.companyIds
  const companyId = company ?? roots[0]
  const contact = companyId === undefined ? undefined : contactFor(context, companyId)
  if (!companyId || !contact) throw notFound()
  const companies = await listCompaniesBelow(db, [companyId], today)
  const slugs = await listCertifiableSlugs(db, companies, today, also)
  const slug = slugs.find((one) => one === text) ?? slugs[0]
  const template = slug === undefined ? undefined : library.current('pledge', slug)
  const listed = template ? await listCertifiablePeople(db, companies, slug!, { after, limit: MOST_LINES + 1, today, also }) : []
  const people = listed.slice(0, MOST_LINES)
  const name = await findCompanyName(db, companyId, today)
  const link = (to: Record<string, string>) => `/company/certificate?${new URLSearchParams({ company: companyId, ...(slug && { text: slug }), ...(also !== '' && { person: also }), ...to })}`
  return {
    companyId, self: link({ ...(after !== '' && { after }) }), slug: slug ?? '', title: template?.meta.title ?? '', version: template?.meta.version ?? '', contact: contact.name, today, key: newId(), company: name,
    declaration: template ? await declarationToday(context, companyId, template) : '', given: givenOf(people), operator: library.words.operator,
    others: [...roots.filter((id) => id !== companyId).map((id) => ({ to: `/company/certificate?company=${id}`, label: 'ほかの会社の分を作る' })), ...slugs.filter((one) => one !== slug).map((one) => ({ to: `/company/certificate?company=${companyId}&text=${one}`, label: `${library.current('pledge', one)?.meta.title ?? one}の分を作る` }))],
    people: people.map(({ engagementId, number, name: who, kind, companyName, act, declined, atEnd }) => ({ engagementId, number, name: who, kind: ENGAGEMENT_KINDS[kind], companyName, signedOn: act ? dayOf(act.at) : '', declined, atEnd })),
    next: listed.length > MOST_LINES ? link({ after: people.at(-1)!.key }) : null, first: after === '' ? null : link({}),
  }
})

/** Every field is read leniently and judged together, so that all faults are named at once. */
const form = z.object({
  company: z.string().max(64), text: z.string().max(20), key: z.string().min(10).max(64),
  person: z.array(z.string().max(64)).max(500).default([]),
  taken: z.record(z.string().max(64), z.string().max(20).optional()).default({}),
  declaration: z.string().max(4000).default(''),
  declare: z.string().default(''), name: z.string().trim().default(''), password: z.string().default(''),
}).superRefine(({ person, taken, declare, name, password }, context) => {
  const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  for (const id of new Set(person)) if (parseDay(taken[id] ?? '') === undefined) fault(['taken', id], '受け取った日を入れてください。')
  if (declare !== 'on') fault(['declare'], '宣言の文を読んで、印を付けてください。')
  if (name === '') fault(['name'], '氏名を入力してください。')
  if (name.length > 100) fault(['name'], '長すぎます。氏名だけを入力してください。')
  if (password === '') fault(['password'], 'パスワードを入力してください。')
  if (password.length > 1000) fault(['password'], '長すぎます。')
})

export const action = guardAction({ act: 'runCompany', query, form }, async ({ context, form }) => {
  if (!form.ok) return data({ trouble: form, refused: null }, { status: 400 })
  const { company, text, key, person, taken, declaration, name, password } = form.value
  const lines = [...new Set(person)].map((engagementId) => ({ engagementId, takenOn: parseDay(taken[engagementId] ?? '')! }))
  const answer = await submitCertificate(context, { companyId: company, slug: text, key, lines, declaration, nameTyped: name, password })
  if (!isRefusal(answer)) return redirect(`/company/certificates/${answer.certificateId}`, { status: 303 })
  if (answer.refused === 'notFound') throw notFound()
  const given = { person, taken, name, declare: 'on' }
  if (answer.refused === 'signatureFaulty') return data({ trouble: { errors: faultWords(answer.facts ?? {}), given }, refused: null }, { status: 422 })
  return data({ trouble: { errors: NO_FAULTS, given }, refused: answer }, { status: answer.refused === 'slowDown' ? 429 : 422 })
})

const NO_FAULTS: Record<string, string[]> = {}

/** What is wrong with who declares, in words and by field. */
const faultWords = (faults: NonNullable<Refusal['facts']>): Record<string, string[]> => ({
  ...('name' in faults && { name: [`登録された氏名(${faults.name})と違うようです。字体の違いはかまいません。氏名が変わった方は、名簿も直してください。`] }),
  ...('password' in faults && { password: ['パスワードが違います。もう一度入力してください。'] }),
})

const LABELS = { person: '証明する方', declare: '宣言', name: '氏名', password: 'パスワード' }

export default function Certificate() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const trouble = tried?.trouble
  const given = trouble?.given
  const chosen = given ? ([] as unknown[]).concat(given.person ?? []) : page.people.filter(({ signedOn }) => signedOn !== '').map(({ engagementId }) => engagementId)
  const takenOn = (id: string, signedOn: string) => (given?.taken as Record<string, string> | undefined)?.[id] ?? signedOn
  const labels = { ...LABELS, ...Object.fromEntries(page.people.map(({ engagementId, name, number, kind }) => [`taken.${engagementId}`, `${name}(${number}・${kind})`])) }
  return (
    <Page>
      <PageHead back={{ to: '/company', label: '自社の名簿に戻る' }} title="誓約取得証明を提出する" lead={page.slug === '' ? undefined : `${page.company}が受け取った「${page.title}」第${page.version}版について、${page.operator}に証明します。${page.given}`} />
      {page.slug === '' ? (
        <Notice kind="info" title="証明を待っている方はいません"><p>新しい方が名簿に加わると、ここに出ます。</p><div className="acts"><Link className="btn btn-sm" to="/company">自社の名簿を見る</Link></div></Notice>
      ) : (
        <>
          {tried?.refused ? <Refused refused={tried.refused} /> : <TroubleSummary trouble={trouble} labels={labels} />}
          <Form method="post" action={page.self} className={tried ? 'mt-6' : undefined}>
            <input type="hidden" name="company" value={page.companyId} /><input type="hidden" name="text" value={page.slug} /><input type="hidden" name="key" value={page.key} /><input type="hidden" name="declaration" value={page.declaration} />
            <Table id="f-person">
              <caption>ここで署名した方には印と日付が入っています。紙などで受け取った方は、印を付けて、受け取った日を入れてください。</caption>
              <Head><Row><ColumnHead><span className="sr-only">選ぶ</span></ColumnHead><ColumnHead>氏名・番号</ColumnHead><ColumnHead>会社</ColumnHead><ColumnHead>ここでの署名</ColumnHead><ColumnHead>受け取った日</ColumnHead></Row></Head>
              <Body>
                {page.people.map(({ engagementId, number, name, kind, companyName, signedOn, declined, atEnd }) => (
                  <Row key={engagementId}>
                    <Cell className="tick">{!declined && <label className="hit"><input className="box" type="checkbox" name="person" value={engagementId} defaultChecked={chosen.includes(engagementId)} /><span className="sr-only">{name}を選ぶ</span></label>}</Cell>
                    <RowHead><Who name={name} number={number} kind={kind} /></RowHead>
                    <Cell label="会社">{companyName}</Cell>
                    <Cell label="署名">{signedOn ? <Status mark="done">署名済み</Status> : declined ? <Status mark="declined">署名辞退</Status> : <Status mark="todo">未署名</Status>}{atEnd && <><br /><Link className="ask" to={`/company/people/${engagementId}/exit`} aria-label={`${name}の署名がないときの記録`}>署名がないときの記録</Link></>}</Cell>
                    <Cell label="受け取った日">{declined ? <span className="sml mut">署名していない方は証明に入れられません</span> : <TakenOn id={engagementId} name={name} today={page.today} value={takenOn(engagementId, signedOn)} errors={trouble?.errors[`taken.${engagementId}`]} />}</Cell>
                  </Row>
                ))}
              </Body>
            </Table>
            <Pager next={page.next} first={page.first} label="方" />
            <section className="sec">
              <h2>宣言と署名</h2>
              <label className="pick max-w-prose border-t border-solid border-line" id="f-declare">
                <input type="checkbox" name="declare" defaultChecked={given?.declare === 'on'} aria-describedby={trouble?.errors.declare ? 'f-declare-err' : undefined} />
                <span>{page.declaration}</span>
              </label>
              {trouble?.errors.declare && <span className="err" id="f-declare-err">{trouble.errors.declare.join(' ')}</span>}
              <div className="mt-6">
                <Field name="name" label={LABELS.name} hint={`登録された氏名：${page.contact}。字体の違いはかまいません。`} trouble={trouble} need><input className="in" autoComplete="name" /></Field>
                <Field name="password" label={LABELS.password} hint="ご本人であることを確かめるため、もう一度入力してください。" trouble={trouble} need><input className="in" type="password" autoComplete="current-password" /></Field>
              </div>
              <div className="acts"><button className="btn btn-main">この内容で証明を提出する</button></div>
              <p className="src">これは電子的な署名(記録)です。提出した内容、日時、本人確認の方法を記録します。{page.given}</p>
            </section>
          </Form>
        </>
      )}
      {page.others.length > 0 && <div className="acts">{page.others.map(({ to, label }) => <Link key={to} className="btn btn-text" to={to}>{label}</Link>)}</div>}
    </Page>
  )
}

/** The day on which one person's pledge was taken; its error stands below it and is linked from the summary. */
function TakenOn({ id, name, today, value, errors = [] }: { id: string; name: string; today: string; value: string; errors?: string[] }) {
  const bad = errors.length > 0
  return (
    <>
      <input className="in in-s mt-0" id={`f-taken.${id}`} type="date" name={`taken.${id}`} max={today} defaultValue={value} aria-label={`${name}から受け取った日`} aria-invalid={bad || undefined} aria-describedby={bad ? `f-taken.${id}-err` : undefined} />
      {bad && <span className="err" id={`f-taken.${id}-err`}>{errors.join(' ')}</span>}
    </>
  )
}
