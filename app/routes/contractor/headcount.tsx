import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listHeadcounts } from '../../../db/company-register.server'
import { listRosterCompanies } from '../../../db/company-roster.server'
import { companiesOf } from '../../commands/ask-approval.server'
import { declareHeadcount } from '../../commands/declare-headcount.server'
import { dayOf } from '../../domain/calendar'
import { MOST_PEOPLE } from '../../domain/headcount'
import { isRefusal } from '../../domain/refusal'
import { inTiers } from '../../domain/tiers'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Field } from '../../ui/field'
import { dayWords, instantWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '人数を申告する｜守秘' }]

/** What each company in reach declared last, beside what is registered. */
export const loader = guardLoader({ act: 'runCompany' }, async ({ context }) => {
  const { db, now, library } = context
  const companies = await companiesOf(context)
  if (companies.length === 0) throw notFound()
  const today = dayOf(now)
  const [figures, counts] = [await listRosterCompanies(db, companies, today), await listHeadcounts(db, companies)]
  return {
    operator: library.words.operator, today,
    companies: inTiers(figures).map(({ companyId, name, people }) => { const last = counts.get(companyId); return { companyId, name, people, declared: last?.people ?? null, at: last ? instantWords(last.at, today) : null } }),
  }
})

const form = z.object({ companyId: z.uuid(), people: z.coerce.number({ error: '人数を数字で入れてください。' }).int('整数を入れてください。').min(0, '0人以上にしてください。').max(MOST_PEOPLE, '大きすぎます。') })

export const action = guardAction({ act: 'runCompany', form }, async ({ context, form: sent }) => {
  const companies = await companiesOf(context)
  if (!sent.ok) {
    if (!companies.includes(String(sent.given.companyId))) throw notFound()
    return data({ trouble: { errors: sent.errors, given: sent.given, about: String(sent.given.companyId) }, refused: null }, { status: 400 })
  }
  const declared = await declareHeadcount(context, sent.value)
  if (!isRefusal(declared)) return redirect('/company?done=declared', 303)
  if (declared.refused === 'notFound') throw notFound()
  return data({ trouble: null, refused: declared }, { status: 409 })
})

export default function Headcount() {
  const { operator, today, companies } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  return (
    <Page width="wrap-narrow">
      <Refused refused={tried?.refused} />
      <PageHead back={{ to: '/company', label: '自社の名簿' }} title="人数を申告する" lead={`${dayWords(today, today)}に、${operator}の業務に就いている方の人数です。名簿の人数と並べて、抜けがないかを確かめるために使います。`} />
      {companies.map((one) => (
        <Form key={one.companyId} method="post" className="sec">
          <h2>{one.name}</h2>
          <p>名簿は{one.people}人です。{one.declared === null ? '申告は、まだありません。' : `前の申告は${one.declared}人(${one.at})です。`}</p>
          <input type="hidden" name="companyId" value={one.companyId} />
          <Field name="people" id={`f-people-${one.companyId}`} label="業務に就いている人数" trouble={tried?.trouble?.about === one.companyId ? tried.trouble : undefined} value={one.declared === null ? '' : String(one.declared)}><input className="in in-s" type="number" inputMode="numeric" min={0} max={MOST_PEOPLE} required /></Field>
          <div className="acts"><button className="btn" aria-label={`${one.name}の人数を申告する`}>人数を申告する</button></div>
        </Form>
      ))}
    </Page>
  )
}
