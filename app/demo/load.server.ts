import { holdsDemo, isEmptyCompany, listDemoPeople, withoutDiskWaits } from '../../db/demo.server'
import { editPerson } from '../commands/edit-person.server'
import { importRoster } from '../commands/import-roster.server'
import { openDemo } from '../commands/open-demo.server'
import type { App, Context } from '../context'
import { addDays, dayOf, HOUR_MS, startOf, type Day } from '../domain/calendar'
import type { Role } from '../domain/people'
import { isRefusal } from '../domain/refusal'
import { askInDemo } from './approvals.server'
import { DEMO_PASSWORD, DEMO_ROSTER_DAYS_AGO, DEMO_SIGN_INS, demoFiles, demoLeave, demoPeople, demoReturned, type DemoRole } from './company'
import { askBefore } from './chasing.server'
import { checkInDemo } from './checks.server'
import { bringDepartures, planDeparture } from './departures.server'
import { demoPersonsOf, liveThrough } from './history.server'
import { enterOldPapers, handleMore } from './promises.server'
import { nameProtectionManagers } from './protection.server'
import { liveInTeam } from './team-life.server'

const OFFICES: Partial<Record<DemoRole, Role>> = { hr: 'hr', chief: 'chief', auditor: 'auditLead', admin: 'systemAdministrator' }

/** Loads the demonstration company when nobody is registered yet: through the same commands as a real one, day by day. */
export async function loadDemo(app: App): Promise<void> {
  if (!(await isEmptyCompany(app.db))) return
  const today = dayOf(app.clock())
  await withoutDiskWaits(app.db, async () => {
    for (const [turn, ago] of DEMO_ROSTER_DAYS_AGO.entries()) {
      const day = addDays(today, -ago)
      const context = contextOn(app, day)
      await bringRoster(context, today, day)
      if (turn === 0) {
        await planDeparture(app, today)
        await nameProtectionManagers(app, day)
        for (const leave of [demoLeave(today), demoReturned(today)]) await bringLeave(context, leave)
        const people = demoPersonsOf(await listDemoPeople(app.db, day))
        await openDemo(context, {
          password: DEMO_PASSWORD, shownNotice: [],
          offices: Object.entries(OFFICES).flatMap(([role, office]) => people.filter(({ viewer }) => viewer.engagements[0]!.number === DEMO_SIGN_INS[role as DemoRole]).map(({ viewer }) => ({ engagementId: viewer.engagements[0]!.id, role: office }))),
        })
      }
    }
    await enterOldPapers(app, today)
    await handleMore(app, today)
    const people = demoPersonsOf(await listDemoPeople(app.db, today))
    await openDemo(contextOn(app, today), { password: DEMO_PASSWORD, shownNotice: people.filter(({ viewer }) => !isSignIn(viewer.engagements[0]!.number)).map(({ viewer }) => viewer.accountId), offices: [] })
    await liveThrough(app, people, today)
    await askBefore(app, people, today)
    await bringDepartures(app, today)
    await askInDemo(app, today)
    await liveInTeam(app, today)
    await checkInDemo(app, today)
  })
}

/** Whether the people registered are those of the demonstration. */
export const isDemoCompany = (app: App): Promise<boolean> => holdsDemo(app.db, 'contractor-lead@demo.example')

const isSignIn = (number: string) => (Object.values(DEMO_SIGN_INS) as string[]).includes(number)

/** The morning of a past day, as the commands see it. Today it is now. */
export const contextOn = (app: App, day: Day): Context => ({ ...app, now: Math.min(startOf(day) + 9 * HOUR_MS, app.clock()), viewer: null, from: { address: '127.0.0.1', agent: 'demonstration' } })

async function bringRoster(context: Context, today: Day, day: Day): Promise<void> {
  const known = new Set(demoPeople(today).filter(({ start }) => start <= day || day === today).map(({ number }) => number))
  const { roster, companies, units } = demoFiles(today)
  const [header, ...rows] = roster.split('\r\n')
  const bytes = (text: string) => new TextEncoder().encode(text)
  const files = { roster: bytes([header, ...rows.filter((row) => row === '' || known.has(row.slice(0, row.indexOf(','))))].join('\r\n')), companies: bytes(companies), units: bytes(units) }
  const answer = await importRoster(context, { files, fileName: 'デモの名簿.csv', scope: null }, { note: 'デモの名簿', invite: false })
  if (isRefusal(answer)) throw new Error(`The demonstration's roster was refused: ${answer.refused} ${JSON.stringify(answer.facts ?? {})}`)
}

/** Records a leave as HR would by hand. */
async function bringLeave(context: Context, { number, ...is }: ReturnType<typeof demoLeave>): Promise<void> {
  const answer = await editPerson(context, { expect: 'known', cells: { 従事者番号: number }, leave: { was: null, is }, note: '育児休業の申出' })
  if (isRefusal(answer)) throw new Error(`The demonstration's leave was refused: ${answer.refused}`)
}

/** What `npm start` says about signing in. */
export const demoSignIns = (): string[] => ['', 'デモの会社が入っています。次のどれかでサインインできます。', ...Object.keys(DEMO_SIGN_INS).map((role) => `  ${role}@demo.example`), `パスワードはどれも ${DEMO_PASSWORD}`]
