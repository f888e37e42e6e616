import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { SCREENS } from '../../app/domain/screens'
import routes from '../../app/routes'
import { ACTORS, makeCast, ROLE_NAMES, type Actor, type Things } from '../support/cast'
import type { TestPerson, World } from '../support/world'

/**
 * Who may open which door, written by hand (house.md §4.4). Each row names one route file; for its loader and its action the
 * actors for whom it opens, with somebody else's things where the address names a thing. For all other actors the answer is
 * the one for what is not there; who is not signed in is sent to the door. A route without a row fails.
 */
const ALL: readonly Actor[] = ACTORS
const OWNER: readonly Actor[] = ['owner']
const HR: readonly Actor[] = ['hr', 'hrOfDraft']
const CONTACTS: readonly Actor[] = ['companyContact', 'contactOfWorker']
const AUDITOR: readonly Actor[] = ['auditLead']
const READ_PEOPLE: readonly Actor[] = [...HR, 'chief', 'auditLead']
/** Who leads a team; those of the owner's line are all but the last. */
const OWNERS_LINE: readonly Actor[] = ['unitHead', 'protectionManager', 'protectionDeputy', 'supervisor']
const LEADERS: readonly Actor[] = [...OWNERS_LINE, 'otherHead']
const ANSWERERS: readonly Actor[] = ['protectionManager', ...CONTACTS, 'sole', ...HR, 'chief']
const OUTBOX: readonly Actor[] = [...HR, 'systemAdministrator']
const ROLES_SCREEN: readonly Actor[] = [...HR, 'chief', 'auditLead', 'systemAdministrator']

interface Row {
  loader?: readonly Actor[] | 'anyone' | 'nobody'
  action?: readonly Actor[] | 'anyone' | 'nobody'
  params?: (things: Things) => Record<string, string>
  query?: (things: Things) => Record<string, string>
  form?: (things: Things) => Record<string, string>
}

const assignment = ({ assignmentId }: Things) => ({ assignmentId })
const attempt = ({ attemptId }: Things) => ({ attemptId })
const pledge = ({ pledgeId }: Things) => ({ assignmentId: pledgeId })
const signed = ({ signedId }: Things) => ({ assignmentId: signedId })
const engagement = ({ engagementId }: Things) => ({ engagementId })
const draft = ({ draftId }: Things) => ({ draftId })
const request = ({ requestId }: Things) => ({ requestId })
const edition = () => ({ kind: 'module', slug: 'M05', version: '1.0' })
const HASH = 'a'.repeat(64)

const TABLE: Record<string, Row> = {
  'routes/learn/home.tsx': { loader: ALL },
  'routes/learn/page.tsx': { loader: OWNER, action: OWNER, params: (things) => ({ ...assignment(things), page: '1' }), form: () => ({ sha256: HASH }) },
  'routes/learn/test.tsx': { loader: OWNER, action: OWNER, params: assignment },
  'routes/learn/question.tsx': { loader: OWNER, action: OWNER, params: (things) => ({ ...attempt(things), position: '1' }), form: () => ({ answer: 'a', go: 'pause' }) },
  'routes/learn/review.tsx': { loader: OWNER, action: OWNER, params: attempt },
  'routes/learn/result.tsx': { loader: OWNER, params: attempt },
  'routes/learn/pledge-page.tsx': { loader: OWNER, action: OWNER, params: (things) => ({ ...pledge(things), page: '1' }), form: () => ({ shown: HASH }) },
  'routes/learn/pledge-sign.tsx': { loader: OWNER, action: OWNER, params: pledge, form: () => ({ name: '試験', password: 'ちがう-ことば-9' }) },
  'routes/learn/pledge-decline.tsx': { loader: OWNER, action: OWNER, params: pledge, form: () => ({ outcome: 'later', words: '' }) },
  'routes/learn/pledge-text.tsx': { loader: OWNER, params: pledge },
  'routes/learn/pledge-paper.tsx': { loader: OWNER, params: pledge },
  'routes/learn/pledge-receipt.tsx': { loader: OWNER, params: signed },
  'routes/learn/pledge-pdf.tsx': { loader: OWNER, params: signed },
  'routes/learn/records.tsx': { loader: ALL },
  'routes/learn/records-all.tsx': { loader: ALL },
  'routes/learn/looks.tsx': { loader: ALL },
  'routes/learn/records-download.tsx': { loader: ALL, action: ALL },
  'routes/learn/correction.tsx': { loader: ALL, action: OWNER, form: ({ assignmentId }) => ({ subject: 'minutes', assignment: assignmentId, body: '時間が違います。' }) },
  'routes/learn/aid.tsx': { loader: OWNER, params: assignment },
  'routes/learn/reading.tsx': { loader: ALL, action: ALL, form: () => ({ furigana: 'off', to: '/' }) },
  'routes/learn/note-to-editor.tsx': { loader: ALL, action: ALL, query: () => ({ kind: 'module', slug: 'M05', version: '1.0', section: 's1' }), form: () => ({ body: 'ここが違います。' }) },

  'routes/account/sign-in.tsx': { loader: 'anyone', action: 'anyone' },
  'routes/account/sign-out.tsx': { loader: 'anyone', action: 'anyone' },
  'routes/account/start.tsx': { loader: 'anyone', action: 'anyone' },
  'routes/account/forgot.tsx': { loader: 'anyone', action: 'anyone' },
  'routes/account/notice.tsx': { loader: 'anyone', action: ALL },
  'routes/account/password.tsx': { loader: ALL, action: ALL },
  'routes/account/sessions.tsx': { loader: ALL, action: [], form: () => ({ session: HASH }) },
  'routes/account/still-here.tsx': { loader: ALL, action: ALL },

  'routes/contractor/roster.tsx': { loader: ['contactOfWorker'], action: ['contactOfWorker'], query: ({ companyId }) => ({ company: companyId }), form: ({ askedId }) => ({ about: 'question', id: askedId, words: 'お答えします。' }) },
  'routes/contractor/import.tsx': { loader: CONTACTS, action: CONTACTS },
  'routes/contractor/import-preview.tsx': { loader: ['contactOfWorker'], action: CONTACTS, params: ({ companyDraftId }) => ({ draftId: companyDraftId }) },
  'routes/contractor/import-errors.tsx': { loader: CONTACTS, action: ['contactOfWorker'], params: ({ companyDraftId }) => ({ draftId: companyDraftId }) },
  'routes/contractor/export.tsx': { loader: CONTACTS, action: CONTACTS },
  'routes/contractor/headcount.tsx': { loader: CONTACTS, action: ['contactOfWorker'], form: ({ companyId }) => ({ companyId, people: '3' }) },
  'routes/contractor/person.tsx': { loader: ['contactOfWorker'], action: ['contactOfWorker'], params: ({ workerEngagementId }) => ({ engagementId: workerEngagementId }) },
  'routes/contractor/exit.tsx': { loader: ['contactOfWorker'], action: ['contactOfWorker'], params: ({ workerEngagementId }) => ({ engagementId: workerEngagementId }), form: ({ workerExitId }) => ({ go: 'tried', assignmentId: workerExitId, triedOn: '2026-11-20', channel: 'phone', note: '' }) },
  'routes/contractor/certificate.tsx': { loader: ['contactOfWorker'], action: ['contactOfWorker'], query: ({ companyId }) => ({ company: companyId }), form: ({ companyId }) => ({ company: companyId, text: 'PL3', key: 'a-form-of-its-own', declaration: 'x', declare: 'on', name: '試験', password: 'ちがう-ことば-9' }) },
  'routes/contractor/pledge-paper.tsx': { loader: ['contactOfWorker'], params: ({ workerEngagementId, workerOpenPledgeId }) => ({ engagementId: workerEngagementId, assignmentId: workerOpenPledgeId }) },
  'routes/contractor/pledge-pdf.tsx': { loader: CONTACTS, action: ['contactOfWorker'], form: ({ workerPledgeId }) => ({ assignmentId: workerPledgeId }) },
  'routes/contractor/certificate-receipt.tsx': { loader: ['contactOfWorker'], params: ({ certificateId }) => ({ certificateId }) },

  'routes/team/team.tsx': { loader: LEADERS },
  'routes/team/csv.tsx': { loader: LEADERS, action: LEADERS, form: () => ({ tab: 'all' }) },
  'routes/team/units.tsx': { loader: LEADERS },
  'routes/team/grants.tsx': { loader: LEADERS, action: LEADERS, form: ({ engagementId }) => ({ e: engagementId, step: 'preview', day: '2026-11-24', from: '09:00', to: '10:00' }) },
  'routes/team/person.tsx': { loader: OWNERS_LINE, action: OWNERS_LINE, params: engagement, form: () => ({ about: 'grant', day: '2026-11-24', from: '09:00', to: '10:00' }) },
  'routes/system/outbox.tsx': { loader: OUTBOX, action: [], form: ({ engagementId }) => ({ do: 'read', id: engagementId }) },
  'routes/team/chase.tsx': { loader: LEADERS, action: LEADERS, form: () => ({}) },
  'routes/team/papers.tsx': { loader: LEADERS, action: LEADERS, form: ({ engagementId }) => ({ engagementId, day: '1999-01-01' }) },
  'routes/contractor/chase.tsx': { loader: CONTACTS, action: ['contactOfWorker'], form: ({ workerEngagementId }) => ({ e: workerEngagementId }) },
  'routes/contractor/papers.tsx': { loader: CONTACTS, action: CONTACTS, form: ({ workerEngagementId }) => ({ engagementId: workerEngagementId, day: '1999-01-01' }) },

  'routes/approvals/list.tsx': { loader: [...LEADERS, ...CONTACTS, ...READ_PEOPLE] },
  'routes/approvals/unit.tsx': { loader: ['chief'], action: ['chief'] },
  'routes/approvals/request.tsx': { loader: ['contactOfWorker', ...READ_PEOPLE], action: ['contactOfWorker', ...HR, 'chief'], params: request },
  'routes/approvals/scan.tsx': { loader: [...LEADERS, ...CONTACTS, ...READ_PEOPLE], action: ['contactOfWorker', ...READ_PEOPLE], params: request },

  'routes/people/search.tsx': { loader: READ_PEOPLE, form: () => ({ q: '試験' }) },
  'routes/people/new.tsx': { loader: HR, action: HR },
  'routes/people/import.tsx': { loader: HR, action: HR },
  'routes/people/import-preview.tsx': { loader: ['hrOfDraft'], action: HR, params: draft, form: () => ({ note: 'x'.repeat(181) }) },
  'routes/people/import-missing.tsx': { loader: ['hrOfDraft'], action: ['hrOfDraft'], params: draft, form: () => ({ go: 'stay' }) },
  'routes/people/import-errors.tsx': { loader: HR, action: ['hrOfDraft'], params: ({ badDraftId }) => ({ draftId: badDraftId }), form: () => ({ file: 'roster' }) },
  'routes/people/export.tsx': { loader: HR },
  'routes/people/export-file.tsx': { loader: HR, action: HR },
  'routes/people/template.tsx': { loader: HR, params: () => ({ file: 'roster' }) },
  'routes/people/changes.tsx': { loader: [...HR, ...AUDITOR] },
  'routes/people/change.tsx': { loader: [...HR, ...AUDITOR], action: HR, params: ({ changeSetId }) => ({ changeSetId }), form: () => ({ base: 'none', note: '' }) },
  'routes/people/without-template.tsx': { loader: READ_PEOPLE },
  'routes/people/questions.tsx': { loader: HR, action: HR, form: ({ correctionId }) => ({ about: 'correction', id: correctionId, words: '直しました。' }) },
  'routes/people/appointments.tsx': { loader: ROLES_SCREEN, action: ROLES_SCREEN, form: ({ appointmentId }) => ({ step: 'previewEnd', id: appointmentId, lastDay: '2026-11-20' }) },
  'routes/people/slips.tsx': { loader: [...CONTACTS, ...HR], action: ['contactOfWorker', ...HR], form: ({ workerEngagementId }) => ({ how: 'slip', person: workerEngagementId }) },
  'routes/people/hiring.tsx': { loader: HR },
  'routes/people/intake.tsx': { loader: HR, query: ({ ownCompanyId }) => ({ day: '2024-04-01', company: ownCompanyId, kind: 'regular' }) },
  'routes/people/departures.tsx': { loader: HR },
  'routes/people/dossiers.tsx': { loader: READ_PEOPLE },
  'routes/people/dossiers-file.tsx': { loader: READ_PEOPLE, action: READ_PEOPLE, form: ({ engagementId }) => ({ e: engagementId }) },
  'routes/people/dossier.tsx': { loader: READ_PEOPLE, action: READ_PEOPLE, params: engagement, form: () => ({ purpose: 'other', words: '' }) },
  'routes/people/departure.tsx': { loader: HR, action: HR, params: ({ leaverId }) => ({ engagementId: leaverId }), form: () => ({ go: 'begin' }) },
  'routes/people/departure-list.tsx': { loader: HR, params: ({ leaverId }) => ({ engagementId: leaverId }) },
  'routes/people/departure-letter.tsx': { loader: HR, params: ({ leaverId }) => ({ engagementId: leaverId }) },
  'routes/people/person.tsx': { loader: READ_PEOPLE, params: engagement },
  'routes/people/open.tsx': { loader: READ_PEOPLE, action: READ_PEOPLE, params: engagement, form: () => ({ reason: 'progress', words: '' }) },
  'routes/people/edit.tsx': { loader: HR, action: HR, params: engagement },
  'routes/people/pledge-pdf.tsx': { loader: READ_PEOPLE, action: READ_PEOPLE, params: engagement, form: ({ signedId }) => ({ assignmentId: signedId }) },
  'routes/people/accommodation.tsx': { loader: HR, action: HR, params: engagement, form: () => ({ target: '', minutes: '15', note: '' }) },
  'routes/people/blank-papers.tsx': { loader: HR },
  'routes/people/agreements.tsx': { loader: HR, action: HR },
  'routes/people/pledge-paper.tsx': { loader: HR, params: (things) => ({ ...engagement(things), ...pledge(things) }) },
  'routes/people/entries.tsx': { loader: HR, action: HR, params: engagement },
  'routes/people/class.tsx': { loader: HR, action: HR },
  'routes/people/leave.tsx': { loader: HR, action: HR, params: engagement },

  'routes/checks/list.tsx': { loader: ANSWERERS, action: ['protectionManager'], form: ({ ownUnitId }) => ({ slug: 'CK2', subject: ownUnitId, period: '2026-11' }) },
  'routes/checks/findings.tsx': { loader: [...ANSWERERS, ...AUDITOR] },
  'routes/checks/finding.tsx': { loader: ['protectionManager', ...READ_PEOPLE], action: [...HR, 'chief'], params: ({ reportedFindingId }) => ({ findingId: reportedFindingId }), form: () => ({ go: 'return' }) },
  'routes/checks/report.tsx': { loader: ['protectionManager'], action: ['protectionManager'], params: ({ openFindingId }) => ({ findingId: openFindingId }), form: () => ({ mendedOn: '2026-11-20', words: '直しました。' }) },
  'routes/checks/finding-file.tsx': { loader: ['protectionManager', ...CONTACTS, 'sole', ...READ_PEOPLE], action: ['protectionManager', ...READ_PEOPLE], params: ({ reportedFindingId, findingFileId }) => ({ findingId: reportedFindingId, fileId: findingFileId }) },
  'routes/checks/answer.tsx': { loader: ['protectionManager'], action: ['protectionManager'], params: ({ draftFilingId }) => ({ filingId: draftFilingId }), form: () => ({ part: '1', go: 'stay' }) },
  'routes/checks/sign.tsx': { loader: ['protectionManager'], action: ['protectionManager'], params: ({ draftFilingId }) => ({ filingId: draftFilingId }), form: () => ({ shown: HASH, declare: 'on', name: '試験', password: 'ちがう-ことば-9' }) },
  'routes/checks/record.tsx': { loader: ['protectionManager', ...READ_PEOPLE], action: [...HR, 'chief'], params: ({ filedId }) => ({ filingId: filedId }), form: () => ({ go: 'return' }) },
  'routes/checks/file.tsx': { loader: ['protectionManager', ...CONTACTS, 'sole', ...READ_PEOPLE], action: ['protectionManager', ...READ_PEOPLE], params: ({ filedId, filedFileId }) => ({ filingId: filedId, fileId: filedFileId }) },

  'routes/program/overview.tsx': { loader: READ_PEOPLE },
  'routes/program/people.tsx': { loader: READ_PEOPLE, query: () => ({ show: 'todo' }) },
  'routes/program/units.tsx': { loader: READ_PEOPLE },
  'routes/program/exits.tsx': { loader: READ_PEOPLE },
  'routes/program/companies.tsx': { loader: READ_PEOPLE },
  'routes/program/checks.tsx': { loader: READ_PEOPLE },
  'routes/program/requirements.tsx': { loader: READ_PEOPLE },
  'routes/program/why.tsx': { loader: READ_PEOPLE, params: engagement },
  'routes/program/figures.tsx': { loader: READ_PEOPLE },
  'routes/program/understanding.tsx': { loader: READ_PEOPLE },
  'routes/program/questions.tsx': { loader: READ_PEOPLE },
  'routes/program/questions-csv.tsx': { loader: READ_PEOPLE },
  'routes/program/sources.tsx': { loader: READ_PEOPLE },
  'routes/program/sources-modules.tsx': { loader: READ_PEOPLE },
  'routes/program/sources-csv.tsx': { loader: READ_PEOPLE },
  'routes/program/csv.tsx': { loader: READ_PEOPLE },
  'routes/program/csv-file.tsx': { loader: READ_PEOPLE, action: READ_PEOPLE, form: () => ({ side: 'workforce', reason: '点検' }) },

  'routes/program/library.tsx': { loader: READ_PEOPLE },
  'routes/program/library-version.tsx': { loader: READ_PEOPLE, action: ['chief'], params: edition, form: () => ({ status: 'x' }) },
  'routes/program/library-preview.tsx': { loader: READ_PEOPLE, params: edition },
  'routes/program/library-difference.tsx': { loader: READ_PEOPLE, params: edition },
  'routes/program/library-publish.tsx': { loader: [], action: ['chief'], params: edition, form: () => ({ impact: 'minor', gives: 'none', unit: '', reason: '誤字', typed: 'x', stamp: 'x' }) },
  'routes/program/library-notes.tsx': { loader: ['chief'], action: ['chief'], form: () => ({ about: 'note', id: 'nothing', outcome: 'fixed', words: '直しました。' }) },
  'routes/program/laws.tsx': { loader: READ_PEOPLE },
  'routes/program/law.tsx': { loader: READ_PEOPLE, params: () => ({ lawId: 'whistle' }) },
  'routes/program/law-people.tsx': { loader: READ_PEOPLE, params: () => ({ lawId: 'whistle' }), query: () => ({ on: '2026-12-01' }) },

  'routes/audit/hub.tsx': { loader: AUDITOR },
  'routes/audit/records.tsx': { loader: AUDITOR },
  'routes/audit/find.tsx': { loader: AUDITOR, query: () => ({ number: '試験' }) },
  'routes/audit/changes.tsx': { loader: AUDITOR },
  'routes/audit/roles.tsx': { loader: AUDITOR },
  'routes/audit/day.tsx': { loader: AUDITOR, params: engagement },
  'routes/audit/access.tsx': { loader: AUDITOR },
  'routes/audit/exports.tsx': { loader: AUDITOR },
  'routes/audit/settings.tsx': { loader: AUDITOR },

  'routes/system/system.tsx': { loader: ['systemAdministrator'], action: ['systemAdministrator'], form: () => ({ job: 'sweep' }) },
  'routes/system/sessions.tsx': { loader: ['systemAdministrator'], action: ['systemAdministrator'], form: ({ ownerAccountId }) => ({ account: ownerAccountId, step: 'preview' }) },
  'routes/system/first-sign-ins.tsx': { loader: ['systemAdministrator'] },
  'routes/system/settings.tsx': { loader: ['systemAdministrator'] },

  'routes/help.tsx': { loader: 'anyone' },
  'routes/help-page.tsx': { loader: 'anyone', params: () => ({ page: 'learner-start' }) },
  'routes/yardstick.tsx': { loader: [] },
  'routes/missing.tsx': { loader: 'nobody' },
}

type Handler = ((args: never) => Promise<unknown>) & { door?: { act: string } }
const modules = import.meta.glob<{ loader?: Handler; action?: Handler }>('../../app/{routes/**/*,root}.tsx', { eager: true })
const moduleOf = (file: string) => modules[`../../app/${file}`] ?? {}
const paths = new Map(routes.map(({ file, path }) => [file, path ?? '']))

describe('the table', () => {
  it('has a row for every route, and no other', () => expect(Object.keys(TABLE).sort()).toEqual([...paths.keys()].sort()))

  it('names each door that a route has, and no other', () => {
    for (const [file, row] of Object.entries(TABLE)) for (const kind of ['loader', 'action'] as const) expect(row[kind] !== undefined, `${kind} of ${file}`).toBe(moduleOf(file)[kind] !== undefined)
  })

  it('has for each screen of the menu and the manual the act of its door', () => {
    const screens = [...paths].filter(([file, path]) => !path.includes(':') && moduleOf(file).loader && !['anyone', 'learn'].includes(moduleOf(file).loader!.door!.act as string))
    for (const [path, act] of Object.entries(SCREENS)) expect(screens.map(([file, to]) => [`/${to}`, moduleOf(file).loader!.door!.act]), path).toContainEqual([path, act])
  })

  it('is about doors that a guard made, whichever file they stand in', () => {
    const naked = Object.entries(modules).flatMap(([file, { loader, action }]) => [loader, action].flatMap((handler) => (handler && !handler.door ? [file] : [])))
    expect(naked).toEqual([])
    for (const file of paths.keys()) expect(existsSync(`app/${file}`), file).toBe(true)
    expect(readFileSync('app/routes.ts', 'utf8')).not.toMatch(/flatRoutes|createRoutesFromFolders/)
  })
})

describe('every door', () => {
  let world: World
  let people: Record<Actor, TestPerson>
  let things: Things
  let sessions: { [column: string]: unknown }[]
  beforeAll(async () => {
    ;({ world, people, things } = await makeCast())
    sessions = await world.db.selectFrom('session').selectAll().execute()
  })

  it('is tried by one of each role that the database knows', async () => {
    const held = await world.db.selectFrom('appointment').select(['engagement_id', 'role']).execute()
    for (const role of ROLE_NAMES) expect(held, role).toContainEqual({ engagement_id: people[role].engagementId, role })
    expect(Object.keys(people).sort()).toEqual([...ALL].sort())
  })

  const knock = async (file: string, kind: 'loader' | 'action', who: Actor | null): Promise<string> => {
    // Some doors end sessions; whoever knocks next is signed in again.
    await world.db.insertInto('session').values(sessions as never).onConflict((on) => on.doNothing()).execute()
    const row = TABLE[file]!
    const params = row.params?.(things) ?? {}
    const path = `/${paths.get(file)!.replace(/:(\w+)/g, (_, name: string) => params[name]!)}${row.query ? `?${new URLSearchParams(row.query(things))}` : ''}`
    const request = world.request(path, who ? people[who] : undefined, kind === 'action' ? (row.form?.(things) ?? {}) : undefined)
    const answer = await moduleOf(file)[kind]!(world.args(request, params)).catch((thrown: unknown) => {
      if (thrown instanceof Response) return thrown
      throw thrown
    })
    if (!(answer instanceof Response)) return 'open'
    if (answer.status === 404) return 'not there'
    return answer.headers.get('Location')?.startsWith('/sign-in?next=') ? 'sign in first' : answer.status < 400 ? 'open' : String(answer.status)
  }
  const traces = async () => {
    const count = async (table: 'ledger_entry' | 'change_set' | 'pledge_act' | 'attempt_item' | 'page_shown' | 'sign_in_code' | 'mail' | 'access_log' | 'import_draft' | 'correction_request' | 'assignment_event' | 'appointment' | 'approval_request' | 'filing' | 'filing_answer' | 'filing_act' | 'finding_act') =>
      (await world.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count
    return Promise.all((['ledger_entry', 'change_set', 'pledge_act', 'attempt_item', 'page_shown', 'sign_in_code', 'mail', 'access_log', 'import_draft', 'correction_request', 'assignment_event', 'appointment', 'approval_request', 'filing', 'filing_answer', 'filing_act', 'finding_act'] as const).map(count))
  }

  const doors = Object.entries(TABLE).flatMap(([file, row]) => (['loader', 'action'] as const).flatMap((kind) => (row[kind] === undefined ? [] : [{ file, kind, opens: row[kind] }])))

  it.each(doors)('$kind of $file', async ({ file, kind, opens }) => {
    const before = await traces()
    const answers: Record<string, string> = { nobody: await knock(file, kind, null) }
    const closed = opens === 'anyone' ? [] : ALL.filter((actor) => opens === 'nobody' || !opens.includes(actor))
    for (const actor of closed) answers[actor] = await knock(file, kind, actor)
    if (opens !== 'anyone') expect(await traces(), 'a closed door leaves no trace').toEqual(before)
    for (const actor of ALL.filter((one) => !closed.includes(one))) answers[actor] = await knock(file, kind, actor)
    const expected = Object.fromEntries(ALL.map((actor) => [actor, closed.includes(actor) ? 'not there' : 'open']))
    expect(answers).toEqual({ nobody: opens === 'anyone' ? 'open' : opens === 'nobody' ? 'not there' : 'sign in first', ...expected })
  })

  it.each([
    { who: 'has not read the notice of purposes', to: '/notice', change: { notice_version: null } },
    { who: 'must choose a new password', to: '/password', change: { must_change: 1 as const } },
  ])('sends whoever $who there, but for the few doors that stand before it', async ({ to, change }) => {
    const newcomer = await world.addPerson()
    await world.db.updateTable('account').set(change).where('id', '=', newcomer.accountId).execute()
    const opened = new Set<string>()
    const sent = new Set<string>()
    for (const { file, kind } of doors) {
      if (moduleOf(file)[kind]!.door!.act !== 'learn') continue
      const row = TABLE[file]!
      const request = world.request(`/x?${new URLSearchParams(row.query?.(things))}`, newcomer, kind === 'action' ? (row.form?.(things) ?? {}) : undefined)
      const answer = await moduleOf(file)[kind]!(world.args(request, row.params?.(things) ?? {})).catch((thrown: unknown) => thrown)
      ;(answer instanceof Response && answer.headers.get('Location')?.startsWith(to) ? sent : opened).add(file)
    }
    expect([...opened].filter((file) => file !== 'routes/account/notice.tsx').sort()).toEqual(['routes/account/password.tsx', 'routes/account/sessions.tsx', 'routes/account/still-here.tsx', 'routes/learn/reading.tsx'])
    expect(sent.size).toBeGreaterThan(15)
  })

  it.each(['routes/people/new.tsx', 'routes/people/edit.tsx', 'routes/people/leave.tsx'])('shows another’s draft to nobody (%s)', async (file) => {
    const params = { engagementId: things.engagementId }
    const look = async (who: Actor) => JSON.stringify(await moduleOf(file).loader!(world.args(world.request(`/people?draft=${things.editDraftId}`, people[who]), params)).catch((thrown: unknown) => (thrown instanceof Response ? thrown.status : Promise.reject(thrown))))
    expect(await look('hr')).not.toContain('N002')
  })

  it.each([{ about: 'note', outcome: 'fixed' }, { about: 'reopen', dueOn: '2026-11-30' }, { about: 'question' }])('answers learners by the hand of HR only ($about)', async (given) => {
    const before = await traces()
    for (const who of ALL.filter((one) => !HR.includes(one))) {
      const request = world.request('/people/questions', people[who], { ...given, id: things.pledgeId, words: 'お答えします。' } as unknown as Record<string, string>)
      expect(await moduleOf('routes/people/questions.tsx').action!(world.args(request)).catch((thrown: unknown) => (thrown instanceof Response ? thrown.status : thrown)), who).toBe(404)
    }
    expect(await traces()).toEqual(before)
  })

  it('applies a draft for nobody but whoever made it', async () => {
    const before = await traces()
    const params = { draftId: things.draftId }
    for (const who of ['hr', 'chief', 'companyContact'] as const) {
      const request = world.request(`/people/import/${things.draftId}`, people[who], { note: '' })
      const answer = await moduleOf('routes/people/import-preview.tsx').action!(world.args(request, params)).catch((thrown: unknown) => thrown)
      if (answer instanceof Response) expect(answer.status).toBe(404)
    }
    expect(await traces()).toEqual(before)
  })
})
