import type { KyselyPlugin } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { endAgreement } from '../../app/commands/end-agreement.server'
import { handOutConfirmation } from '../../app/commands/hand-out-confirmation.server'
import { recordWrittenAgreement } from '../../app/commands/record-agreement.server'
import { showPledgePage } from '../../app/commands/show-pledge-page.server'
import { companionOf, readablePledge } from '../../app/content/readable-pledge.server'
import type { SignedInContext } from '../../app/context'
import { paperOf, type PledgeStatement } from '../../app/domain/pledge-statement'
import type { TrackName } from '../../app/domain/tracks'
import { inTransaction, insertRows } from '../../db/database.server'
import { findBlob } from '../../db/ledger.server'
import { findOwnPledge } from '../../db/pledges.server'
import { onBothEngines } from '../support/database'
import { signRead } from '../support/pledges'
import { World, type TestPerson } from '../support/world'

onBothEngines('a pledge on what somebody handles, and the companions', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('H1', 'ひかり人材サービス株式会社', 'agency')
  })

  const handle = (person: TestPerson, category: 'communicationsSecrecy' | 'personalInfo', system: string, from = '2026-11-01', to = '9999-12-31') =>
    inTransaction(world.db, (tx) => insertRows(tx, 'handling_scope', [{ ...world.fact(from, to), engagement_id: person.engagementId, category, system, purpose: '障害の調べ', access_level: '' }]))
  const open = async (context: SignedInContext, assignmentId: string) => {
    const own = (await findOwnPledge(world.db, assignmentId, context.viewer.personId, '2026-11-20'))!
    return readablePledge(context.library, own.target_slug, { kind: own.kind!, employerName: own.company_name ?? '', handled: own.handled })!
  }
  const read = async (context: SignedInContext, assignmentId: string, track?: TrackName, furigana = false) => {
    const pledge = await open(context, assignmentId)
    const companion = track && companionOf(context.library, pledge, track)
    for (const [at, page] of pledge.pages.entries()) {
      const told = companion?.pages[at]
      const answer = await showPledgePage(context, { assignmentId, page: at + 1, sha256: page.plain.sha256, companionSha256: told && (furigana ? told.withReadings : told.plain).sha256 })
      expect(answer).toEqual({ next: at < pledge.pages.length - 1 ? at + 2 : 'sign' })
    }
    return pledge.version.meta.keyClauses.map(({ clause }) => clause)
  }
  const statementOf = async (assignmentId: string) => {
    const { statement_sha256: sha } = await world.db.selectFrom('pledge_act').select('statement_sha256').where('assignment_id', '=', assignmentId).executeTakeFirstOrThrow()
    return { sha, statement: JSON.parse(new TextDecoder().decode((await findBlob(world.db, sha))!.bytes)) as PledgeStatement }
  }

  /** The same context; when the last thing was read before the transaction, somebody else does something first. */
  const meanwhile = (context: SignedInContext, work: () => Promise<unknown>): SignedInContext => {
    let isOpen = true
    let last = false
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => ((last = JSON.stringify(node).includes('"sign_in_code"')), node),
      transformResult: async ({ result }) => {
        if (last && isOpen) await ((isOpen = false), work())
        return result
      },
    }
    return { ...context, db: context.db.withPlugin(plugin) }
  }

  it('names what is in force when it is read and signed, in its text, its statement and on its paper', async () => {
    const person = await world.addPerson({ name: '髙橋 美咲', password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL4' })
    const context = await world.contextOf(person)
    const refused = { refused: 'noScopeRecorded' }
    expect(await showPledgePage(context, { assignmentId: id, page: 1, sha256: 'a'.repeat(64) })).toEqual(refused)
    expect(await signRead(context, id, [])).toEqual(refused)
    await handle(person, 'communicationsSecrecy', '課金システム<1>')
    await handle(person, 'personalInfo', '以前のシステム', '2026-01-01', '2026-11-20')
    await handle(person, 'personalInfo', 'これからのシステム', '2026-11-21')
    const clauses = await read(context, id)
    expect(await signRead(context, id, clauses)).toHaveProperty('receipt')
    const { sha, statement } = await statementOf(id)
    expect(statement.scope).toEqual([{ category: 'communicationsSecrecy', system: '課金システム<1>', purpose: '障害の調べ', since: '2026-11-01' }])
    expect(statement.pages[0]!.html).toContain('<p>・通信の秘密　システム：課金システム&lt;1&gt;、目的：障害の調べ、2026年11月1日から</p>')
    expect(statement.pages[0]!.html).not.toContain('以前のシステム')
    expect(statement.companions).toBeUndefined()
    expect(JSON.stringify(paperOf(statement, sha))).toContain('課金システム<1>')
  })

  it('is shown again when that changed between reading and signing', async () => {
    const person = await world.addPerson({ password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL4' })
    const context = await world.contextOf(person)
    await handle(person, 'communicationsSecrecy', '課金システム')
    const clauses = await read(context, id, 'en')
    await handle(person, 'personalInfo', '顧客管理')
    expect(await signRead(context, id, clauses)).toEqual({ refused: 'pagesChanged', facts: { page: 1, pages: 3 } })
    await read(context, id)
    expect(await signRead(context, id, clauses, { track: 'en' })).toHaveProperty('receipt')
    const { statement } = await statementOf(id)
    expect(statement.scope).toHaveLength(2)
    // the first page's companion told the scope of before: it no longer stands beside what is signed
    expect(statement.companions!.map(({ track, pages }) => [track, ...pages.map(({ page }) => page)])).toEqual([['en', 'p2', 'p3']])
  })

  it('records the companion that stood below, and says that the Japanese is signed', async () => {
    const person = await world.addPerson({ password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    // what somebody handles stands in the pledge that is about it, and in no other
    await handle(person, 'personalInfo', '顧客管理')
    const pledge = await open(context, id)
    const english = companionOf(context.library, pledge, 'en')!
    const wrong = await showPledgePage(context, { assignmentId: id, page: 1, sha256: pledge.pages[0]!.plain.sha256, companionSha256: english.pages[1]!.plain.sha256 })
    expect(wrong).toEqual({ refused: 'pagesChanged', facts: { page: 1, pages: 3 } })
    const clauses = await read(context, id, 'ja-easy', true)
    const rows = await world.db.selectFrom('page_shown').select(['track', 'page', 'rendered_sha256']).where('assignment_id', '=', id).where('track', '!=', 'ja').orderBy('page').execute()
    const easy = companionOf(context.library, pledge, 'ja-easy')!
    expect(rows).toEqual(easy.pages.map(({ id: page, withReadings }) => ({ track: 'ja-easy', page, rendered_sha256: withReadings.sha256 })))
    expect(await signRead(context, id, clauses, { track: 'ja-easy' })).toHaveProperty('receipt')
    const { sha, statement } = await statementOf(id)
    expect([statement.template.track, statement.scope]).toEqual(['ja', undefined])
    expect(statement.companions).toMatchObject([{ track: 'ja-easy', pages: [{ page: 'p1' }, { page: 'p2' }, { page: 'p3' }], clauses: clauses.map((clause) => ({ clause, statement: expect.stringMatching(/。$/) })) }])
    expect(paperOf(statement, sha).record).toContainEqual(['参考訳の表示', 'やさしい日本語(本文の1・2・3ページ目と、大切な条文)を並べて表示しました。署名したのは日本語の本文です。'])
    expect(companionOf(context.library, pledge, 'ja')).toBeUndefined()
  })

  it('is not signed by what was read of another version', async () => {
    const person = await world.addPerson({ password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    const { pages, version } = await open(context, id)
    await inTransaction(world.db, (tx) => insertRows(tx, 'page_shown', pages.map(({ id: page, plain }) => ({ assignment_id: id, version: '0.9', track: 'ja', page, rendered_sha256: plain.sha256, first_at: 1, last_at: 1, seconds: 1 }))))
    expect(await signRead(context, id, version.meta.keyClauses.map(({ clause }) => clause))).toMatchObject({ refused: 'pagesNotShown' })
  })

  it('towards the host is not read without the agency\'s agreement', async () => {
    const person = await world.addPerson({ kind: 'dispatched', company: 'H1', password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL2-B' })
    const context = await world.contextOf(person)
    const pledge = await open(context, id)
    expect(pledge.addresseeName).toBe('サンプル通信株式会社')
    const first = () => showPledgePage(context, { assignmentId: id, page: 1, sha256: pledge.pages[0]!.plain.sha256 })
    expect(await first()).toEqual({ refused: 'agencyNotAgreed' })
    expect(await signRead(context, id, [])).toEqual({ refused: 'agencyNotAgreed' })
    const hr = await world.contextOf(await world.addPerson({ role: 'hr' }))
    const given = { companyId: world.companyId('H1'), agreedOn: '2026-11-20', scan: { type: 'application/pdf' as const, bytes: new TextEncoder().encode('%PDF-agreed') } }
    expect(await recordWrittenAgreement(hr, { ...given, agreedOn: '2026-11-21' })).toEqual({ refused: 'agreedInFuture' })
    expect(await recordWrittenAgreement(hr, { ...given, companyId: world.companyId() })).toEqual({ refused: 'notFound' })
    expect(await recordWrittenAgreement(hr, given)).toHaveProperty('agreementId')
    expect(await recordWrittenAgreement(hr, given)).toEqual({ refused: 'agreementHeld' })
    const colleague = await world.addPerson({ kind: 'dispatched', company: 'H1' })
    expect(await handOutConfirmation(hr, world.companyId())).toEqual({ refused: 'agreementMissing' })
    expect(await handOutConfirmation(hr, given.companyId)).toEqual({ people: 1 })
    expect(await handOutConfirmation(hr, given.companyId)).toEqual({ people: 0 })
    expect(await world.db.selectFrom('assignment').select(['target_slug', 'target_kind', 'period', 'due_on']).where('engagement_id', '=', colleague.engagementId).where('target_slug', '=', 'PL2-B').execute()).toEqual([{ target_slug: 'PL2-B', target_kind: 'pledge', period: 'entry', due_on: '2026-12-07' }])
    const clauses = await read(context, id)
    expect(await endAgreement(hr, given.companyId)).toEqual({ ended: true })
    expect(await endAgreement(hr, given.companyId)).toEqual({ refused: 'notFound' })
    expect(await signRead(context, id, clauses)).toEqual({ refused: 'agencyNotAgreed' })
    expect(await recordWrittenAgreement(hr, given)).toHaveProperty('agreementId')
    expect(await handOutConfirmation(hr, given.companyId)).toEqual({ people: 2 })
    expect(await signRead(context, id, clauses)).toHaveProperty('receipt')
    expect((await statementOf(id)).statement.addressee.name).toBe('サンプル通信株式会社')
    expect(await handOutConfirmation(await world.contextOf(await world.addPerson({ role: 'hr' })), world.companyId('H1'))).toEqual({ people: 0 })
    const types = await world.db.selectFrom('ledger_entry').select('type').where('type', 'like', 'agreement.%').orderBy('id').execute()
    expect(types.map(({ type }) => type)).toEqual(['agreement.recorded', 'agreement.ended', 'agreement.recorded'])
  })

  it('is signed as it stands under the lock, whatever stood there when the form came', async () => {
    const person = await world.addPerson({ name: '森 一郎', password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL4' })
    const context = await world.contextOf(person)
    await handle(person, 'communicationsSecrecy', '課金システム')
    const clauses = await read(context, id)
    const renamed = () => inTransaction(world.db, (tx) => tx.updateTable('engagement_version').set({ display_name: '林 一郎' }).where('engagement_id', '=', person.engagementId).execute())
    expect(await signRead(meanwhile(context, renamed), id, clauses)).toEqual({ refused: 'signatureFaulty', facts: { name: '林 一郎' } })
    const change = { nameTyped: '林 一郎' }
    expect(await signRead(meanwhile(context, () => handle(person, 'personalInfo', '顧客管理')), id, clauses, change)).toEqual({ refused: 'pagesChanged', facts: { page: 1, pages: 3 } })
    expect(await world.db.selectFrom('pledge_act').select('id').where('assignment_id', '=', id).execute()).toEqual([])
    await read(context, id)
    expect(await signRead(context, id, clauses, change)).toHaveProperty('receipt')
    expect((await statementOf(id)).statement).toMatchObject({ signer: { nameRegistered: '林 一郎' }, scope: [{ system: '課金システム' }, { system: '顧客管理' }] })
  })

  it('is not signed under an agreement that ends while it is signed', async () => {
    await world.addCompany('H2', 'みなと派遣株式会社', 'agency')
    const hr = await world.contextOf(await world.addPerson({ role: 'hr' }))
    const given = { companyId: world.companyId('H2'), agreedOn: '2026-11-20', scan: { type: 'application/pdf' as const, bytes: new TextEncoder().encode('%PDF-agreed') } }
    await recordWrittenAgreement(hr, given)
    const person = await world.addPerson({ kind: 'dispatched', company: 'H2', password: true })
    const context = await world.contextOf(person)
    await handOutConfirmation(hr, given.companyId)
    const { id } = await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', person.engagementId).where('target_slug', '=', 'PL2-B').executeTakeFirstOrThrow()
    const clauses = await read(context, id)
    // one that was declined is not taken back with the agreement, and may still be signed while it holds
    await inTransaction(world.db, (tx) => tx.updateTable('assignment').set({ settled_at: world.now, settled_as: 'declined' }).where('id', '=', id).execute())
    expect(await signRead(meanwhile(context, () => endAgreement(hr, given.companyId)), id, clauses)).toEqual({ refused: 'agencyNotAgreed' })
    await recordWrittenAgreement(hr, given)
    const [signed, ended] = await Promise.all([signRead(context, id, clauses), endAgreement(hr, given.companyId)])
    expect(ended).toEqual({ ended: true })
    const acts = await world.db.selectFrom('pledge_act').select('receipt').where('assignment_id', '=', id).execute()
    expect(acts).toEqual('receipt' in signed ? [{ receipt: signed.receipt }] : [])
    expect(['refused' in signed ? signed.refused : 'agencyNotAgreed']).toEqual(['agencyNotAgreed'])
  })
})
