import { readablePledge } from '../../app/content/readable-pledge.server'
import { beforeAll, describe, expect, it } from 'vitest'
import { makePledgePdf } from '../../app/commands/make-pledge-pdf.server'
import { showPledgePage } from '../../app/commands/show-pledge-page.server'
import { canonicalBytes } from '../../app/domain/ledger/canonical'
import { commitmentOf, SALT_BYTES, sha256 } from '../../app/domain/ledger/entry'
import { OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import type { PledgeStatement } from '../../app/domain/pledge-statement'
import { isRefusal } from '../../app/domain/refusal'
import { findBlob } from '../../db/ledger.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { NOW, PASSWORD, World } from '../support/world'

onBothEngines('signing a pledge', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('H1', 'ひかり人材サービス株式会社', 'agency')
  })

  const actOf = (assignmentId: string) => world.db.selectFrom('pledge_act').selectAll().where('assignment_id', '=', assignmentId).execute()

  it('stores the exact words shown, the act, the settled duty and the evidence in one go', async () => {
    const person = await world.addPerson({ name: '髙橋 美咲', kind: 'contractEmployee', mail: 'misaki@sample.example', password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    const clauses = await readPledge(world, context, id, true)
    const signed = await signRead(context, id, clauses, { nameTyped: '高橋　美咲', memo: '第7条の「私物」は、会社が認めた端末を除くと理解しました。' })
    expect(signed).toMatchObject({ receipt: expect.stringMatching(/^SH-2026-[0-9A-HJKMNP-TV-Z]{8}$/) })
    const [act, ...others] = await actOf(id)
    expect(others).toEqual([])
    expect(act).toMatchObject({ outcome: 'signed', template: 'PL1', name_typed: '高橋　美咲', name_registered: '髙橋 美咲', addressee_company_id: world.companyId(), settle_slot: 1, signed_at: world.now, signed_at_text: '2026-11-20T10:00:00.000+09:00', address: '127.0.0.1', agent: 'test', auth_method: 'password' })
    const blob = await findBlob(world.db, act!.statement_sha256)
    expect(sha256(blob!.bytes)).toBe(act!.statement_sha256)
    const statement = JSON.parse(new TextDecoder().decode(blob!.bytes)) as PledgeStatement
    expect(canonicalBytes(statement)).toEqual(new Uint8Array(blob!.bytes))
    for (const page of statement.pages) expect(sha256(page.html)).toBe(page.sha256)
    expect(statement.pages.map(({ html }) => html).join('')).toContain('<rt>つうしん</rt>')
    expect(statement.memo).toContain('第7条')
    expect(statement.clauses.map(({ article }) => article)).toEqual(['第2条', '第3条', '第8条', '第11条'])
    const duty = await world.db.selectFrom('assignment').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(duty).toMatchObject({ settled_as: 'completed', settled_at: world.now, settled_version: act!.version, settled_route: 'screen' })
    const entry = await world.db.selectFrom('ledger_entry as l').innerJoin('ledger_payload as p', 'p.entry_id', 'l.id').select(['l.type', 'l.commitment', 'p.salt', 'p.bytes']).where('l.subject_engagement_id', '=', person.engagementId).executeTakeFirstOrThrow()
    expect(entry.type).toBe('pledge.signed')
    expect(entry.salt.byteLength).toBe(SALT_BYTES)
    expect(entry.commitment).toBe(commitmentOf(entry.salt, entry.bytes))
    expect(new TextDecoder().decode(entry.bytes)).toContain(act!.statement_sha256)
    const mails = await world.db.selectFrom('mail').selectAll().where('recipient_id', '=', person.accountId).execute()
    expect(mails).toMatchObject([{ template: 'receipt', to_address: 'misaki@sample.example' }])
    expect(JSON.parse(mails[0]!.props)).toMatchObject({ name: '髙橋 美咲', receipt: act!.receipt, addressee: 'サンプル通信株式会社' })
  })

  it('counts the reading as working time of whoever is employed, and of nobody else', async () => {
    const seconds = async (kind: 'regular' | 'dispatched' | 'officer' | 'soleContractor', slug: string, company?: string) => {
      const person = await world.addPerson({ kind, ...(company && { company }) })
      await world.db.updateTable('session').set({ created_at: world.now - 3_600_000 }).where('account_id', '=', person.accountId).execute()
      const id = await world.addAssignment(person, { kind: kind === 'dispatched' ? 'certificate' : 'pledge', slug })
      const context = await world.contextOf(person)
      const pledge = readablePledge(context.library, slug, { kind, employerName: context.viewer.engagements[0]!.companyName })!
      for (const how of [{ openedAt: world.now - 120_000, activeSeconds: 90 }, { openedAt: world.now - 120_000, activeSeconds: 90 }])
        expect(await showPledgePage(context, { assignmentId: id, page: 1, sha256: pledge.pages[0]!.plain.sha256, ...how })).toEqual({ next: 2 })
      const sittings = await world.db.selectFrom('study_session').select(['counted_seconds', 'measured']).where('assignment_id', '=', id).execute()
      const shown = await world.db.selectFrom('page_shown').select('seconds').where('assignment_id', '=', id).executeTakeFirstOrThrow()
      return [sittings.map(({ counted_seconds: counted, measured }) => `${counted} ${measured}`), shown.seconds]
    }
    // Sent twice, the same minutes count once.
    expect(await seconds('regular', 'PL1')).toEqual([['90 events'], 90])
    expect(await seconds('dispatched', 'PL2', 'H1')).toEqual([['90 events'], 90])
    expect(await seconds('officer', 'PL1-b')).toEqual([[], 0])
    expect(await seconds('soleContractor', 'PL3-b')).toEqual([[], 0])
  })

  it('tells the operator nothing of how a pledge towards an employer was signed (domain.md PL2, PL3)', async () => {
    const person = await world.addPerson({ kind: 'dispatched', company: 'H1', password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL2' })
    const context = await world.contextOf(person)
    expect(await signRead(context, id, await readPledge(world, context, id))).toHaveProperty('receipt')
    expect(await world.db.selectFrom('assignment').select(['settled_as', 'settled_version', 'settled_route']).where('id', '=', id).executeTakeFirstOrThrow()).toEqual({ settled_as: 'completed', settled_version: null, settled_route: null })
  })

  it('signs once from two tabs and by a double click', async () => {
    const person = await world.addPerson({ password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    const clauses = await readPledge(world, context, id)
    const answers = await Promise.all([1, 2, 3].map(() => signRead(context, id, clauses)))
    expect(new Set(answers.map((answer) => (isRefusal(answer) ? answer.refused : answer.receipt))).size).toBe(1)
    expect(await actOf(id)).toHaveLength(1)
    expect(await world.db.selectFrom('ledger_entry').select('id').where('subject_engagement_id', '=', person.engagementId).execute()).toHaveLength(1)
    expect(await signRead(context, id, [], { password: 'wrong' })).toEqual(answers[0])
  })

  it('refuses in words what is not ready, and changes nothing', async () => {
    const person = await world.addPerson({ name: '葛󠄀城 一', password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    expect(await signRead(context, id, ['CL02', 'CL03', 'CL08', 'CL13'])).toEqual({ refused: 'pagesNotShown', facts: { page: 1, pages: 3 } })
    expect(await showPledgePage(context, { assignmentId: id, page: 1, sha256: 'a'.repeat(64) })).toMatchObject({ refused: 'pagesChanged' })
    const clauses = await readPledge(world, context, id)
    await world.db.updateTable('page_shown').set({ rendered_sha256: 'b'.repeat(64) }).where('assignment_id', '=', id).where('page', '=', 'p2').execute()
    expect(await signRead(context, id, clauses)).toEqual({ refused: 'pagesChanged', facts: { page: 2, pages: 3 } })
    await readPledge(world, context, id)
    expect(await signRead(context, id, clauses.slice(1))).toEqual({ refused: 'signatureFaulty', facts: { clause: 1 } })
    expect(await signRead(context, id, clauses, { nameTyped: '葛西 一' })).toEqual({ refused: 'signatureFaulty', facts: { name: '葛󠄀城 一' } })
    expect(await signRead(context, id, clauses, { password: `${PASSWORD}x` })).toEqual({ refused: 'signatureFaulty', facts: { password: 1 } })
    expect(await signRead(context, id, [], { nameTyped: '', password: '' })).toEqual({ refused: 'signatureFaulty', facts: { clause: 4, name: '葛󠄀城 一', password: 1 } })
    expect(await actOf(id)).toEqual([])
    expect((await world.db.selectFrom('assignment').select('settled_at').where('id', '=', id).executeTakeFirstOrThrow()).settled_at).toBe(OPEN_INSTANT)
    expect(await signRead(context, id, clauses, { nameTyped: '葛城　一' })).toHaveProperty('receipt')
  })

  it('gives nobody the pledge of another person or of another legal relation', async () => {
    const owner = await world.addPerson({ password: true })
    const other = await world.addPerson({ password: true })
    const id = await world.addAssignment(owner, { kind: 'pledge', slug: 'PL1' })
    expect(await signRead(await world.contextOf(other), id, [])).toEqual({ refused: 'notFound' })
    const dispatched = await world.addPerson({ kind: 'dispatched', company: 'H1', password: true })
    const wrong = await world.addAssignment(dispatched, { kind: 'pledge', slug: 'PL1' })
    expect(await signRead(await world.contextOf(dispatched), wrong, ['CL02', 'CL03', 'CL08', 'CL13'])).toEqual({ refused: 'templateNotForYou' })
  })

  it('lets 派遣社員 sign towards their own employer and leaves the certificate open', async () => {
    const person = await world.addPerson({ kind: 'dispatched', company: 'H1', name: '𠮷田 渚', password: true })
    const id = await world.addAssignment(person, { kind: 'certificate', slug: 'PL2' })
    const context = await world.contextOf(person)
    const signed = await signRead(context, id, await readPledge(world, context, id))
    expect(signed).toHaveProperty('receipt')
    const [act] = await actOf(id)
    expect(act).toMatchObject({ addressee_company_id: world.companyId('H1'), settle_slot: 1 })
    expect((await world.db.selectFrom('assignment').select('settled_at').where('id', '=', id).executeTakeFirstOrThrow()).settled_at).toBe(OPEN_INSTANT)
    const blob = await findBlob(world.db, act!.statement_sha256)
    expect(new TextDecoder().decode(blob!.bytes)).toContain('ひかり人材サービス株式会社')
  })

  it('keeps minors from signing at night', async () => {
    const person = await world.addPerson({ under18Until: '9999-12-30', password: true })
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    const clauses = await readPledge(world, context, id)
    const night = startOf('2026-11-20') + 22 * 3_600_000
    expect(await signRead({ ...context, now: night }, id, clauses)).toEqual({ refused: 'nightForMinors' })
    expect(await signRead({ ...context, now: night - 1 }, id, clauses)).toHaveProperty('receipt')
  })

  describe('the paper', () => {
    it('is made once and stays the same bytes', async () => {
      const person = await world.addPerson({ name: '﨑山 葛󠄀城', password: true })
      const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
      const context = await world.contextOf(person)
      const signed = await signRead(context, id, await readPledge(world, context, id))
      if (isRefusal(signed)) throw new Error(signed.refused)
      const [first, second] = await Promise.all([makePledgePdf(context, signed.actId), makePledgePdf({ ...context, now: NOW + 5_000 }, signed.actId)])
      expect(first).toMatch(/^[0-9a-f]{64}$/)
      expect(second).toBe(first)
      const bytes = (await findBlob(world.db, first!))!.bytes
      expect(new TextDecoder('latin1').decode(bytes.slice(0, 5))).toBe('%PDF-')
      expect(await makePledgePdf(context, signed.actId)).toBe(first)
    })
  })
})
