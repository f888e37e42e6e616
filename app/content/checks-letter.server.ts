import { findHolder, listContacts, listProtectors, listSoleContractors } from '../../db/addressees.server'
import { countReturnedFindings } from '../../db/findings.server'
import { listCompaniesBelow } from '../../db/slips.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { filingPeriodWords } from '../domain/filing-period'
import { isMailAddress, letterHead, type CheckToAnswer } from '../domain/mail'
import { relationOf } from '../domain/people'
import { listFilingDuties, type FilingDuty } from './filing-duties.server'
import type { Composed, MailToCompose } from './request-letter.server'

/** Checklists as a letter names them. */
export const checkLines = (duties: readonly FilingDuty[]): CheckToAnswer[] => duties.map(({ meta, subject, term }) => ({ title: meta.title, of: `${subject.name}・${filingPeriodWords(term.period)}`, dueOn: term.dueOn }))

/** What an account answers for as 会社側担当者 and 保護管理者. */
async function answersFor({ db, now }: Context, accountId: string): Promise<{ companyIds: readonly string[]; unitIds: readonly string[] }> {
  const today = dayOf(now)
  const companies = [...(await listContacts(db, 'all', today)), ...(await listSoleContractors(db, 'all', today))].flatMap((one) => (one.accountId === accountId ? [one.forCompanyId] : []))
  const unitIds = (await listProtectors(db, 'all', today)).flatMap((one) => (one.accountId === accountId ? [one.forUnitId] : []))
  return { companyIds: await listCompaniesBelow(db, companies, today), unitIds }
}

/** Of a 保護管理者: what the own units have still to hand in. */
export async function unitChecks(context: Context, accountId: string): Promise<CheckToAnswer[]> {
  return checkLines(await listFilingDuties(context, { companyIds: [], unitIds: (await answersFor(context, accountId)).unitIds }))
}

/** To who answers for a company or unit: what has come back and was not sent again since. */
export async function composeChecksReturned(context: Context, mail: MailToCompose): Promise<Composed<'checksReturned'>> {
  const { db, library, now } = context
  const to = await findHolder(db, mail.recipient_id, dayOf(now))
  const reach = await answersFor(context, mail.recipient_id)
  if (!to || reach.companyIds.length + reach.unitIds.length === 0) return { needless: 'gone' }
  if (!isMailAddress(to.mail)) return { needless: 'noMail' }
  const checks = checkLines((await listFilingDuties(context, reach)).filter(({ state }) => state === 'returned'))
  const findings = await countReturnedFindings(db, reach)
  if (checks.length + findings === 0) return { needless: 'done' }
  const contact = reach.companyIds.length > 0
  return { to: to.mail, asked: new Set(), props: { ...letterHead({ name: to.name, relation: relationOf(to.kind), companyName: to.companyName }, library.words), ...(contact && { honorific: '様' as const, site: library.words.operator, contact: library.words.consultDesk }), checks, findings } }
}
