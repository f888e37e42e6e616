import { hash } from '@node-rs/argon2'
import { uuidv7 } from 'uuidv7'
import { inTransaction, insertRows, type Db } from '../../db/database.server'
import { openRecord } from '../../app/commands/open-record.server'
import { loadLibrary, type Library } from '../../app/content/library.server'
import type { Requirement } from '../../app/content/schema'
import type { App, Context, SignedInContext } from '../../app/context'
import { dayOf, OPEN_DAY, OPEN_INSTANT, startOf, type Day, type Instant } from '../../app/domain/calendar'
import { foldName } from '../../app/domain/name'
import { isRefusal } from '../../app/domain/refusal'
import { relationOf, type CompanyKind, type EngagementKind, type Role } from '../../app/domain/people'
import { findViewer, newSessionToken } from '../../app/http/session.server'
import { refreshLine } from '../../db/line-members.server'
import { createSession } from '../../db/sessions.server'
import { readSettings } from '../../app/settings.server'
import { freshDatabase, type EngineName } from './database'

export const PASSWORD = 'つばめの-7-とけい'
/** A Friday, 10:00 in Japan. */
export const NOW: Instant = startOf('2026-11-20') + 10 * 3_600_000

/** The hash of PASSWORD, made once a file: everybody has the same password. */
let hashed: Promise<string> | undefined

let library: Library | undefined

/** The library of content/, read once for all tests; a broken library fails the test that asks. */
export function testLibrary(): Library {
  if (!library) {
    const loaded = loadLibrary('content')
    if ('errors' in loaded) throw new Error(loaded.errors.map((error) => `${error.file}:${error.line} ${error.field} ${error.message}`).join('\n'))
    library = loaded.library
  }
  return library
}

/** The requirements with which the product began: for tests of something else, which more requirements would only make longer. */
export const firstRequirements = (): readonly Requirement[] => testLibrary().requirements.filter(({ validFrom }) => validFrom === '2024-04-01')

/** The library with other requirements; everything else is as content/ has it. */
function withRequirements(requirements: readonly Requirement[]): Library {
  return new Proxy(testLibrary(), {
    get: (library, name) => {
      const value: unknown = name === 'requirements' ? requirements : Reflect.get(library, name, library)
      return typeof value === 'function' ? (value.bind(library) as unknown) : value
    },
  })
}

export interface TestPerson {
  personId: string
  engagementId: string
  accountId: string
  number: string
  token: string
}

/** A small company on one engine: people, companies, roles, assignments, sessions, and contexts to run commands with. */
export class World {
  readonly #companies = new Map<string, string>()
  #count = 0
  now: Instant = NOW
  changeSetId = ''
  private constructor(
    readonly db: Db,
    readonly app: App,
  ) {}

  /** With requirements of a test's own, when it names some, or with another library. */
  static async make(engine: EngineName, requirements?: readonly Requirement[], library = testLibrary): Promise<World> {
    const db = await freshDatabase(engine)
    const world: World = new World(db, {
      db, library: requirements ? withRequirements(requirements) : library(), settings: readSettings({ DATA_DIR: '.data', SHUHI_DEMO: '0' }), clock: () => world.now, newId: uuidv7, log: () => undefined,
    })
    world.changeSetId = uuidv7()
    await inTransaction(db, (tx) => insertRows(tx, 'change_set', [{ id: world.changeSetId, kind: 'edit', actor_account_id: null, at: 1, source_sha256: null, undoes: null, note: '', summary: '{}' }]))
    await world.addCompany('', 'サンプル通信株式会社', 'own')
    return world
  }

  /** The bitemporal columns of a fact that holds from a day on. */
  fact(from: Day, to: Day = OPEN_DAY) {
    return { id: uuidv7(), valid_from: from, valid_to: to, recorded_at: 1, superseded_at: OPEN_INSTANT, recorded_by: this.changeSetId, superseded_by: null }
  }

  async addCompany(code: string, name: string, kind: CompanyKind, namesAllowed = false, parentCode?: string): Promise<string> {
    const id = uuidv7()
    const entrustment = uuidv7()
    await inTransaction(this.db, async (tx) => {
      await insertRows(tx, 'company', [{ id, code }])
      await insertRows(tx, 'company_version', [{ ...this.fact('2020-04-01'), company_id: id, name, kind, parent_company_id: parentCode === undefined ? null : this.companyId(parentCode) }])
      if (kind === 'own') return
      await insertRows(tx, 'entrustment', [{ id: entrustment, contract_number: `K-${code}`, company_id: id, parent_entrustment_id: null }])
      await insertRows(tx, 'entrustment_version', [{ ...this.fact('2020-04-01'), entrustment_id: entrustment, status: 'approved', names_allowed: namesAllowed ? 1 : 0, contact_number: '', terms: '{}' }])
    })
    this.#companies.set(code, id)
    return id
  }

  /** A unit below another, with its place in today's tree. */
  async addUnit(code: string, name: string, parent?: string): Promise<string> {
    const id = uuidv7()
    await inTransaction(this.db, async (tx) => {
      await insertRows(tx, 'org_unit', [{ id, code }])
      await insertRows(tx, 'org_unit_version', [{ ...this.fact('2020-04-01'), unit_id: id, parent_unit_id: parent ?? null, name, kind: 'dept', head_number: '' }])
      const above = parent ? await tx.selectFrom('unit_closure').select(['ancestor_id', 'depth']).where('unit_id', '=', parent).execute() : []
      await insertRows(tx, 'unit_closure', [{ ancestor_id: id, unit_id: id, depth: 0 }, ...above.map(({ ancestor_id, depth }) => ({ ancestor_id, unit_id: id, depth: depth + 1 }))])
    })
    return id
  }

  companyId(code = ''): string {
    const id = this.#companies.get(code)
    if (!id) throw new Error(`No company ${code}`)
    return id
  }

  async addPerson(given: Partial<{ number: string; name: string; kana: string; kind: EngagementKind; company: string; from: Day; to: Day; mail: string; under18Until: string; role: Role; roleScope: { kind: 'all' | 'unit' | 'company'; id: string }; unit: string; supervisor: TestPerson; password: boolean; notice: boolean }> = {}): Promise<TestPerson> {
    const number = given.number ?? String(++this.#count).padStart(6, '0')
    const kind = given.kind ?? 'regular'
    const [personId, engagementId, accountId] = [uuidv7(), uuidv7(), uuidv7()]
    const { token, idHash } = newSessionToken()
    const passwordHash = given.password ? await (hashed ??= hash(PASSWORD)) : null
    const companyId = this.companyId(given.company ?? '')
    const from = given.from ?? '2024-04-01'
    await inTransaction(this.db, async (tx) => {
      await insertRows(tx, 'person', [{ id: personId, created_at: 1, merged_into: null }])
      await insertRows(tx, 'engagement', [{ id: engagementId, person_id: personId, number, sequence: 1, employer_company_id: companyId, created_at: 1 }])
      await insertRows(tx, 'engagement_version', [{
        ...this.fact(from, given.to), engagement_id: engagementId, kind, display_name: given.name ?? `試験 ${number}`, kana: given.kana ?? '', name_folded: foldName(given.name ?? `試験 ${number}`),
        mail: given.mail ?? '', unit_id: given.unit ?? null, supervisor_number: given.supervisor?.number ?? '', under18_until: given.under18Until ?? '',
      }])
      await insertRows(tx, 'engagement_current', [{
        engagement_id: engagementId, person_id: personId, number, kind, relation: relationOf(kind), company_id: companyId, unit_id: given.unit ?? null, unit_path: '', supervisor_engagement_id: given.supervisor?.engagementId ?? null,
        sort_key: given.kana ?? number, on_leave: 0, valid_from: from, valid_to: given.to ?? OPEN_DAY, display_name: given.name ?? `試験 ${number}`,
      }])
      await insertRows(tx, 'account', [{
        id: accountId, person_id: personId, password_hash: passwordHash, must_change: 0, disabled_at: null, furigana: 0, track: 'ja', created_at: 1,
        notice_version: given.notice === false ? null : this.app.library.notice.version, notice_at: given.notice === false ? null : 1,
      }])
      await insertRows(tx, 'login_identifier', [{ folded: number.toLowerCase(), account_id: accountId, kind: 'number' }])
      if (given.role) await insertRows(tx, 'appointment', [{ ...this.fact('2020-04-01'), engagement_id: engagementId, role: given.role, scope_kind: given.roleScope?.kind ?? 'all', scope_id: given.roleScope?.id ?? '', delegated_from: null }])
      await createSession(tx, { idHash, accountId, at: this.now, expiresAt: this.now + 12 * 3_600_000, shared: false, address: '127.0.0.1', agent: 'test', authMethod: 'password' })
      await refreshLine(tx, [engagementId], dayOf(this.now))
    })
    return { personId, engagementId, accountId, number, token }
  }

  /** One more role for somebody, for good. */
  async addRole(person: TestPerson, role: Role): Promise<void> {
    await inTransaction(this.db, (tx) => insertRows(tx, 'appointment', [{ ...this.fact('2020-04-01'), engagement_id: person.engagementId, role, scope_kind: 'all', scope_id: '', delegated_from: null }]))
  }

  async addAssignment(person: TestPerson, target: { kind: 'module' | 'pledge' | 'certificate'; slug: string; period?: string; due?: Day; opens?: Day }): Promise<string> {
    const id = uuidv7()
    await inTransaction(this.db, async (tx) => {
      await insertRows(tx, 'assignment', [{
        id, engagement_id: person.engagementId, target_kind: target.kind, target_slug: target.slug, period: target.period ?? 'entry', opens_on: target.opens ?? '2026-11-01', due_on: target.due ?? '2026-11-30',
        created_at: 1, created_by: this.changeSetId, settled_at: OPEN_INSTANT, settled_as: null, settled_version: null, settled_route: null,
      }])
      await refreshLine(tx, [person.engagementId], dayOf(this.now))
    })
    return id
  }

  /** A context in which nobody is signed in: jobs and the command line. */
  systemContext(): Context {
    return { ...this.app, now: this.now, viewer: null, from: { address: '', agent: '' } }
  }

  /** A context in which this person acts now. */
  async contextOf(person: TestPerson): Promise<SignedInContext> {
    const viewer = await findViewer(this.app, this.request('/', person), this.now)
    if (!viewer) throw new Error('The session of this person is not alive')
    return { ...this.app, now: this.now, viewer, from: { address: '127.0.0.1', agent: 'test' } }
  }

  /** Opens somebody's record to this person for the day, as the door with the reason does. */
  async openRecord(by: TestPerson, engagementId: string): Promise<void> {
    const opened = await openRecord(await this.contextOf(by), { engagementId, reason: 'procedure', words: '' })
    if (isRefusal(opened)) throw new Error(opened.refused)
  }

  /** A request as this person's browser sends it; with a form it is a POST from our own page. */
  request(path: string, person?: TestPerson, form?: Record<string, string | string[]> | FormData): Request {
    const headers = new Headers({ Host: 'localhost:3000', ...(person && { Cookie: `shuhi=${person.token}` }) })
    if (!form) return new Request(`http://localhost:3000${path}`, { headers })
    headers.set('Origin', 'http://localhost:3000')
    const body = form instanceof FormData ? form : new URLSearchParams(Object.entries(form).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one])))
    return new Request(`http://localhost:3000${path}`, { method: 'POST', headers, body })
  }

  /** The arguments that a loader or action is called with. */
  args(request: Request, params: Record<string, string> = {}) {
    return { request, params, context: { app: this.app, nonce: '', address: '127.0.0.1' }, unstable_pattern: '' } as never
  }
}
