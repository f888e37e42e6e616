import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listAppointments } from '../../../db/appointments.server'
import { listCompanyChoices, listUnitChoices } from '../../../db/roster-choices.server'
import { endRole, giveRole, previewEnd, previewRole } from '../../commands/appoint.server'
import { may, refusalToAppoint, type Viewer } from '../../domain/access'
import { addDays, dayOf, isDay, OPEN_DAY, type Day } from '../../domain/calendar'
import { cleanLogin } from '../../domain/login'
import { ENGAGEMENT_KINDS, ROLES, type Role } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { isMinorOn } from '../../domain/study'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { AppointmentList, EndPreview, GiveForm, GivePreview } from '../../ui/appointments'
import { words } from '../../ui/messages'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '役割｜守秘' }]

const PAGE = 50
const roles = Object.keys(ROLES) as [Role, ...Role[]]
const query = z.object({
  q: z.string().max(64).catch('').default(''), role: z.enum(roles).nullable().catch(null).default(null), after: z.string().max(120).catch('').default(''), done: z.enum(['given', 'ended']).optional().catch(undefined),
})

/**
 * In the list who runs the system sees number and role only (R-003-23): names are for those who look after people. Whom one is about
 * to appoint one must know, so the confirmation names the operator's own people to whoever may give them that role.
 */
const seesNames = (viewer: Viewer) => may(viewer, 'giveLineRoles')

/** Roles held now or later. */
export const loader = guardLoader({ act: 'readRoles', query }, async ({ context: { viewer, db, now }, query }) => {
  const day = dayOf(now)
  const [number, id] = query.after.split('~')
  const listed = await listAppointments(db, { number: cleanLogin(query.q), role: query.role }, { after: number && id ? { number, id } : null, day, limit: PAGE + 1 })
  const link = (after: string) => `/people/appointments?${new URLSearchParams({ ...(query.q && { q: query.q }), ...(query.role && { role: query.role }), ...(after && { after }) })}`
  const page = listed.slice(0, PAGE)
  const last = page.at(-1)
  return {
    q: query.q, role: query.role, done: query.done, today: day, giveable: roles.filter((role) => refusalToAppoint(viewer, role, { personId: '' }) === null),
    places: seesNames(viewer) ? { units: await listUnitChoices(db, day), companies: (await listCompanyChoices(db, day)).filter(({ code }) => code !== '').map(({ code, name }) => ({ code, name })) } : null,
    appointments: page.map((one) => ({
      id: one.id, number: one.number, name: seesNames(viewer) ? one.name : null, kind: seesNames(viewer) ? ENGAGEMENT_KINDS[one.kind] : null, role: one.role, scope: one.scopeName, from: one.validFrom, lastDay: one.validTo === OPEN_DAY ? null : addDays(one.validTo, -1),
      mayEnd: refusalToAppoint(viewer, one.role, one) === null,
    })),
    next: listed.length > PAGE && last ? link(`${last.number}~${last.id}`) : null, first: query.after === '' ? null : link(''),
  }
})

const dayField = z.string({ error: '日付を選んでください。' }).refine((text): text is Day => isDay(text), '日付を YYYY-MM-DD の形で入れてください。')
const give = { number: z.string({ error: '従事者番号を入力してください。' }).trim().min(1).max(64), role: z.enum(roles, { error: '役割を選んでください。' }), scopeCode: z.string().trim().max(64).default(''), from: dayField, lastDay: z.union([z.literal(''), dayField]).default('') }
const end = { id: z.string().max(36), lastDay: dayField }
const form = z.discriminatedUnion('step', [
  z.object({ step: z.literal('preview'), ...give }), z.object({ step: z.literal('give'), ...give }), z.object({ step: z.literal('previewEnd'), ...end }), z.object({ step: z.literal('end'), ...end }),
])

/** The field that each refusal is about: there it is told. */
const FIELD_OF = {
  numberUnknown: 'number', notToOneself: 'number', scopeMissing: 'scopeCode', scopeUnknown: 'scopeCode', contactOfAnotherCompany: 'scopeCode', notYourRoleToGive: 'role', roleNotForContract: 'role', alreadyAppointed: 'role',
  appointmentOutsideService: 'from', appointmentEndsFirst: 'lastDay',
} as const

/** Each change is looked at first: the first POST changes nothing and shows what the second would do. */
export const action = guardAction({ act: 'readRoles', query, form }, async ({ context, form }) => {
  const empty = { trouble: null, refused: null, giving: null, ending: null }
  if (!form.ok) return data({ ...empty, trouble: { errors: form.errors, given: form.given } }, { status: 400 })
  const asked = form.value
  if (asked.step === 'preview' || asked.step === 'give') {
    const answer = await (asked.step === 'preview' ? previewRole : giveRole)(context, { ...asked, number: cleanLogin(asked.number) })
    if (isRefusal(answer)) return data({ ...empty, refused: answer, trouble: { errors: { [FIELD_OF[answer.refused]]: [`${words(answer.refused, answer.facts).title}。${words(answer.refused, answer.facts).body}`] }, given: asked } }, { status: 400 })
    if (asked.step === 'give') return redirect('/people/appointments?done=given', { status: 303 })
    const { to, scope } = answer
    const named = seesNames(context.viewer) || to.relation === 'own'
    return data({ ...empty, giving: { ...asked, number: to.number, name: named ? to.name : null, kind: named ? ENGAGEMENT_KINDS[to.kind] : null, minor: named && to.name !== null && isMinorOn(to.under18Until, asked.from), scope: scope.name } })
  }
  const answer = await (asked.step === 'previewEnd' ? previewEnd : endRole)(context, asked)
  if (!answer) throw notFound()
  if (isRefusal(answer)) return data({ ...empty, refused: answer }, { status: 400 })
  if (asked.step === 'end') return redirect('/people/appointments?done=ended', { status: 303 })
  return data({ ...empty, ending: { ...asked, number: answer.number, name: seesNames(context.viewer) ? answer.name : null, role: answer.role, scope: answer.scopeName } })
})

export default function Appointments() {
  const { appointments, done, q, role, giveable, places, today, next, first } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  if (tried?.giving) return <Page width="wrap-narrow"><GivePreview giving={tried.giving} today={today} /></Page>
  if (tried?.ending) return <Page width="wrap-narrow"><EndPreview ending={tried.ending} today={today} /></Page>
  return (
    <Page>
      {done && !tried && <Notice kind="ok" title={done === 'given' ? '役割を与えました' : '役割を終えました'}><p>本人のサインインはいったん終わります。次にサインインしたときから、新しい役割で使えます。</p></Notice>}
      <PageHead title="役割" lead="だれが、いつから、どの役割に就いているか。自分の役割は、自分では変えられません。" />
      <Refused refused={tried?.trouble ? null : tried?.refused} />
      {giveable.length > 0 && <GiveForm roles={giveable} places={places} today={today} trouble={tried?.trouble} />}
      <AppointmentList appointments={appointments} q={q} role={role} today={today} />
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
