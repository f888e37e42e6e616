import { beforeAll, expect, it } from 'vitest'
import * as companyPaper from '../../app/routes/contractor/pledge-paper'
import * as ownPaper from '../../app/routes/learn/pledge-paper'
import * as blankPapers from '../../app/routes/people/blank-papers'
import * as personPaper from '../../app/routes/people/pledge-paper'
import { HOUR_MS, startOf } from '../../app/domain/calendar'
import { inTransaction, insertRows } from '../../db/database.server'
import { signRead, readPledge } from '../support/pledges'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

type Door = (args: never) => Promise<unknown>

onBothEngines('the papers to sign with ink', (engine) => {
  let world: World
  let person: TestPerson
  let worker: TestPerson
  let contact: TestPerson
  let upper: TestPerson
  let hr: TestPerson
  let pledgeId: string
  let certificateId: string
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K2', 'したうけ株式会社', 'subcontractor', false, 'K1')
    await world.addCompany('H1', 'ひかり人材サービス株式会社', 'agency')
    const contactOf = (company: string) => world.addPerson({ kind: 'contractorWorker', company, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
    hr = await world.addPerson({ role: 'hr' })
    person = await world.addPerson({ name: '髙橋 美咲', password: true, under18Until: '9999-12-30' })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'K2', name: '髙木 悠斗' })
    contact = await contactOf('K2')
    upper = await contactOf('K1')
    pledgeId = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    certificateId = await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
  })
  const load = async <T>(door: (args: never) => Promise<T>, path: string, who: TestPerson, params: Record<string, string> = {}) => door(world.args(world.request(path, who), params))
  const statusOf = async (door: Door, path: string, who: TestPerson, params: Record<string, string>): Promise<number> => {
    try {
      await door(world.args(world.request(path, who), params))
      return 200
    } catch (thrown) {
      if (thrown instanceof Response) return thrown.status
      throw thrown
    }
  }

  it('bear the person\'s own name and the words of the screen, and a place for a guardian of minors', async () => {
    const { sheet } = await load(ownPaper.loader, `/pledges/${pledgeId}/paper?track=en`, person, { assignmentId: pledgeId })
    expect(sheet).toMatchObject({ title: '秘密保持誓約書(入社時)', version: '1.0', addressee: 'サンプル通信株式会社', signer: { name: '髙橋 美咲', number: person.number, kind: '正社員', employer: 'サンプル通信株式会社', minor: true }, companion: { track: 'en', title: 'Confidentiality pledge (when you join)' } })
    expect(sheet.clauses.map(({ article }) => article)).toEqual(['第2条', '第3条', '第8条', '第11条'])
    expect(sheet.pages).toHaveLength(3)
    expect((await load(ownPaper.loader, `/pledges/${pledgeId}/paper`, person, { assignmentId: pledgeId })).sheet.companion).toBeNull()
  })

  it('are printed by HR for whoever promises to the operator, and by the employer alone for its own', async () => {
    const ofPerson = { engagementId: person.engagementId, assignmentId: pledgeId }
    const ofWorker = { engagementId: worker.engagementId, assignmentId: certificateId }
    expect(await statusOf(personPaper.loader, '/x', hr, ofPerson)).toBe(303)
    await world.openRecord(hr, person.engagementId)
    expect((await load(personPaper.loader, '/x', hr, ofPerson)).sheet).toMatchObject({ signer: { name: '髙橋 美咲' }, companion: null })
    await world.openRecord(hr, worker.engagementId)
    expect(await statusOf(personPaper.loader, '/x', hr, ofWorker)).toBe(404)
    expect(await statusOf(personPaper.loader, '/x', hr, { ...ofPerson, assignmentId: certificateId })).toBe(404)
    expect((await load(companyPaper.loader, '/x', contact, ofWorker)).sheet).toMatchObject({ addressee: 'したうけ株式会社', signer: { name: '髙木 悠斗', employer: 'したうけ株式会社', minor: false } })
    expect(await statusOf(companyPaper.loader, '/x', upper, ofWorker)).toBe(404)
    expect(await statusOf(companyPaper.loader, '/x', contact, ofPerson)).toBe(404)
  })

  it('are printed by an office for the text that comes to it, and by the agency for its own; never without agreement or scope', async () => {
    const agencyContact = await world.addPerson({ kind: 'dispatched', company: 'H1', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('H1') } })
    const dispatched = await world.addPerson({ kind: 'dispatched', company: 'H1', name: '派遣 花子' })
    const of = async (kind: 'pledge' | 'certificate', slug: string, who = dispatched) => ({ engagementId: who.engagementId, assignmentId: await world.addAssignment(who, { kind, slug }) })
    const [toAgency, toOperator, scope, other] = [await of('certificate', 'PL2'), await of('pledge', 'PL2-B'), await of('pledge', 'PL4', hr), await of('certificate', 'PL3')]
    for (const { engagementId } of [dispatched, hr]) await world.openRecord(hr, engagementId)
    expect(await statusOf(personPaper.loader, '/x', hr, toAgency)).toBe(404)
    expect((await load(companyPaper.loader, '/x', agencyContact, toAgency)).sheet).toMatchObject({ signer: { name: '派遣 花子' } })
    expect(await statusOf(companyPaper.loader, '/x', agencyContact, toOperator)).toBe(404)
    expect(await load(personPaper.loader, '/x', hr, toOperator)).toMatchObject({ refused: { refused: 'agencyNotAgreed' }, sheet: null })
    expect(await load(companyPaper.loader, '/x', agencyContact, other)).toMatchObject({ refused: { refused: 'templateNotForYou' }, sheet: null })
    expect(await load(personPaper.loader, '/x', hr, scope)).toMatchObject({ refused: { refused: 'noScopeRecorded' }, sheet: null })
    expect(await statusOf(ownPaper.loader, '/x', hr, { assignmentId: scope.assignmentId })).toBe(302)
    await inTransaction(world.db, (tx) => insertRows(tx, 'handling_scope', [{ ...world.fact('2026-11-01'), engagement_id: hr.engagementId, category: 'personalInfo', system: '顧客管理', purpose: '', access_level: '' }]))
    expect((await load(personPaper.loader, '/x', hr, scope)).sheet!.pages.map(({ html }) => html).join()).toContain('システム：顧客管理')
  })

  it('of a minor have a place for a guardian while they are one, and are printed by day and night; the minor reads by day', async () => {
    const grown = await world.addPerson({ under18Until: '2026-11-19' })
    const grownId = await world.addAssignment(grown, { kind: 'pledge', slug: 'PL1' })
    expect((await load(ownPaper.loader, '/x', grown, { assignmentId: grownId })).sheet.signer).toMatchObject({ minor: false })
    const before = world.now
    world.now = startOf('2026-11-20') + 22.5 * HOUR_MS
    await world.db.updateTable('session').set({ created_at: world.now, last_seen_at: world.now, expires_at: world.now + 12 * HOUR_MS }).execute()
    try {
      expect(await statusOf(ownPaper.loader, '/x', person, { assignmentId: pledgeId })).toBe(302)
      await world.openRecord(hr, person.engagementId)
      expect(await load(personPaper.loader, '/x', hr, { engagementId: person.engagementId, assignmentId: pledgeId })).toMatchObject({ refused: null, sheet: { signer: { minor: true } } })
    } finally {
      world.now = before
      await world.db.updateTable('session').set({ created_at: before, last_seen_at: before, expires_at: before + 12 * HOUR_MS }).execute()
    }
  })

  it('are there without a person for every text, with a place instead of the employer\'s name', async () => {
    const { all } = await load(blankPapers.loader, '/people/pledge-papers', hr)
    expect(all.length).toBeGreaterThan(20)
    for (const { slug, toEmployer } of all) {
      const { sheet } = await load(blankPapers.loader, `/people/pledge-papers?slug=${slug}&track=ja-easy`, hr)
      expect(sheet).toMatchObject({ slug, signer: null, addressee: toEmployer ? expect.stringMatching(/^＿+$/) : 'サンプル通信株式会社', companion: { track: 'ja-easy' } })
      for (const { html } of [...sheet!.pages, ...sheet!.companion!.pages]) expect(html).not.toContain('{{')
    }
    expect(await statusOf(blankPapers.loader, '/people/pledge-papers?slug=PL99', hr, {})).toBe(404)
  })

  it('are there no longer once it is signed', async () => {
    const context = await world.contextOf(person)
    expect(await signRead(context, pledgeId, await readPledge(world, context, pledgeId))).toHaveProperty('receipt')
    expect(await statusOf(ownPaper.loader, '/x', person, { assignmentId: pledgeId })).toBe(302)
    expect(await statusOf(personPaper.loader, '/x', hr, { engagementId: person.engagementId, assignmentId: pledgeId })).toBe(404)
  })
})
