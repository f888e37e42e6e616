import { beforeEach, expect, it } from 'vitest'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { noteContactTry } from '../../app/commands/note-contact-try.server'
import { noteDeath } from '../../app/commands/note-death.server'
import { noteExitOutcome } from '../../app/commands/note-exit-outcome.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { declarationToday, submitCertificate } from '../../app/commands/submit-certificate.server'
import { addDays, DAY_MS, dayOf, OPEN_INSTANT } from '../../app/domain/calendar'
import { dossierOf } from '../../app/domain/dossier'
import { listCertifiablePeople, listCertifiableSlugs, listNamedCertifiable } from '../../db/certificates.server'
import { listRosterCompanies } from '../../db/company-roster.server'
import { countReadyToCertify } from '../../db/desk.server'
import { gatherDossierFacts } from '../../db/dossier.server'
import { findBlob } from '../../db/ledger.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { NOW, PASSWORD, World, type TestPerson } from '../support/world'

const LAST_DAY = '2026-11-22'

onBothEngines('the end of a 誓約取得証明 that nobody signed', (engine) => {
  let world: World
  let contact: TestPerson
  let stranger: TestPerson
  let own: TestPerson & { exitId: string }
  let below: TestPerson & { exitId: string }
  let elsewhere: TestPerson & { exitId: string }
  const today = () => dayOf(world.now)
  const leaver = async (company: string) => {
    const person = await world.addPerson({ kind: 'contractorWorker', company, name: '髙木 悠斗', password: true, to: addDays(LAST_DAY, 1) })
    return { ...person, exitId: await world.addAssignment(person, { kind: 'certificate', slug: 'PL6-C', period: 'exit' }) }
  }
  const contactOf = (company: string) => world.addPerson({ kind: 'contractorWorker', company, name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
  beforeEach(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほん株式会社', 'contractor')
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', false, 'K1')
    await world.addCompany('K9', 'べつの株式会社', 'contractor')
    ;[contact, stranger] = [await contactOf('K1'), await contactOf('K9')]
    ;[own, below, elsewhere] = [await leaver('K1'), await leaver('K2'), await leaver('K9')]
  })
  const later = async (days: number) => {
    world.now += days * DAY_MS
    await world.db.updateTable('session').set({ expires_at: world.now + DAY_MS, last_seen_at: world.now }).execute()
  }
  const tried = async (who: { engagementId: string; exitId: string }, onDay = today(), note = '留守番電話', by = contact) => noteContactTry(await world.contextOf(by), { engagementId: who.engagementId, assignmentId: who.exitId, onDay, channel: 'phone', note, as: 'employer' })
  const noted = async (who: { engagementId: string; exitId: string }, outcome: 'explainedDeclined' | 'unreachable', by = contact, note = '') =>
    noteExitOutcome(await world.contextOf(by), { engagementId: who.engagementId, assignmentId: who.exitId, outcome, explainedOn: outcome === 'explainedDeclined' ? today() : null, note, as: 'employer' })
  const duty = ({ exitId }: { exitId: string }) => world.db.selectFrom('assignment').select(['settled_at', 'settled_as']).where('id', '=', exitId).executeTakeFirstOrThrow()
  const OPEN = { settled_at: OPEN_INSTANT, settled_as: null }
  const acts = ({ exitId }: { exitId: string }) => world.db.selectFrom('pledge_act').selectAll().where('assignment_id', '=', exitId).orderBy('id').execute()
  const evidence = async ({ engagementId }: TestPerson) => (await world.db.selectFrom('ledger_entry').select('type').where('subject_engagement_id', '=', engagementId).orderBy('id').execute()).map(({ type }) => type)
  const asked = async (also = '') => (await listCertifiablePeople(world.db, [world.companyId('K1'), world.companyId('K2')], 'PL6-C', { after: '', limit: 50, today: today(), also })).map(({ engagementId }) => engagementId).sort()
  const certify = async (person: TestPerson) => {
    const context = await world.contextOf(contact)
    return submitCertificate(context, { companyId: world.companyId('K1'), slug: 'PL6-C', lines: [{ engagementId: person.engagementId, takenOn: today() }], declaration: await declarationToday(context, world.companyId('K1'), context.library.current('pledge', 'PL6-C')!), nameTyped: '小野寺仁', password: PASSWORD, key: `late-${person.engagementId}` })
  }

  it('ends the duty of own people and of a lower tier, also after they have left, with evidence; nobody is asked for it any more', async () => {
    expect(await asked()).toEqual([own.engagementId, below.engagementId].sort())
    await later(5)
    expect(today() > LAST_DAY).toBe(true)
    for (const who of [own, below]) {
      expect(await noted(who, 'explainedDeclined', contact, '本人の考えを聞いた')).toHaveProperty('receipt')
      expect(await duty(who)).toEqual({ settled_at: world.now, settled_as: 'declined' })
      expect(await evidence(who)).toEqual(['pledge.exitNoted'])
    }
    expect(await acts(below)).toMatchObject([{ outcome: 'explainedDeclined', addressee_company_id: world.companyId('K2'), evidence_grade: 'enteredByEmployer', note: '2026年11月25日に説明。本人の考えを聞いた', settle_slot: null, name_registered: '髙木 悠斗' }])
    const [act] = await acts(own)
    expect(JSON.parse(new TextDecoder().decode((await findBlob(world.db, act!.statement_sha256))!.bytes))).toMatchObject({ format: 'shuhi-exit-outcome-1', outcome: 'explainedDeclined', explainedOn: '2026-11-25', enteredBy: contact.accountId })
    expect([await asked(), await listCertifiableSlugs(world.db, [world.companyId('K1')], today())]).toEqual([[], []])
    await planAssignments(world.systemContext(), 'all')
    expect(await duty(own)).toMatchObject({ settled_as: 'declined' })
  })

  it('is nobody’s but the employer’s: not another company’s, not HR’s, not one’s own, and not of somebody who has died', async () => {
    const hr = await world.addPerson({ role: 'hr' })
    for (const [who, by] of [[own, stranger], [below, stranger], [elsewhere, contact], [own, hr], [own, below]] as const) {
      expect(await noted(who, 'explainedDeclined', by)).toEqual({ refused: 'notFound' })
      expect(await tried(who, today(), '', by)).toEqual({ refused: 'notFound' })
    }
    expect(await noteExitOutcome(await world.contextOf(hr), { engagementId: own.engagementId, assignmentId: own.exitId, outcome: 'explainedDeclined', note: '' }), 'as of a pledge of the operator’s').toEqual({ refused: 'notFound' })
    expect(await noted({ engagementId: own.engagementId, exitId: below.exitId }, 'explainedDeclined'), 'the duty of another').toEqual({ refused: 'notFound' })
    const mine = { ...contact, exitId: await world.addAssignment(contact, { kind: 'certificate', slug: 'PL6-C', period: 'exit' }) }
    expect([await noted(mine, 'explainedDeclined'), await tried(mine)]).toEqual([{ refused: 'ownExit' }, { refused: 'ownExit' }])
    expect(await noteDeath(await world.contextOf(hr), below.engagementId)).toEqual({ personId: below.personId })
    expect([await noted(below, 'explainedDeclined'), await tried(below)]).toEqual([{ refused: 'exitDied' }, { refused: 'exitDied' }])
    for (const one of [own, below, elsewhere, mine]) expect([await duty(one), await acts(one)]).toEqual([OPEN, []])
    expect(await world.db.selectFrom('contact_try').select('id').execute()).toEqual([])
  })

  it('is 連絡不能 only after tries on two days, and once', async () => {
    await tried(own)
    await tried(own)
    await tried(own, today(), '話し中')
    expect(await world.db.selectFrom('contact_try').select('id').execute()).toHaveLength(2)
    expect(await noted(own, 'unreachable')).toEqual({ refused: 'triesNeeded', facts: { needed: 2, days: 1 } })
    expect(await duty(own)).toEqual(OPEN)
    await later(1)
    await tried(own)
    const [one, two] = await Promise.all([noted(own, 'unreachable'), noted(own, 'unreachable')])
    expect([one, two].filter((answer) => 'receipt' in answer)).toHaveLength(1)
    expect([one, two]).toContainEqual({ refused: 'outcomeNoted' })
    expect(await noted(own, 'unreachable')).toEqual({ refused: 'outcomeNoted' })
    expect(await acts(own)).toHaveLength(1)
    expect(await evidence(own)).toEqual(['contact.tried', 'contact.tried', 'contact.tried', 'pledge.exitNoted'])
    // reached after all
    expect(await noted(own, 'explainedDeclined')).toHaveProperty('receipt')
    expect((await duty(own)).settled_as).toBe('declined')
  })

  it('shuts out nobody’s later signature: on screen while here, on paper afterwards', async () => {
    for (const who of [own, below]) await noted(who, 'explainedDeclined')
    const at = await world.contextOf(own)
    expect(await signRead(at, own.exitId, await readPledge(world, at, own.exitId))).toHaveProperty('receipt')
    expect(await noted(own, 'explainedDeclined')).toEqual({ refused: 'exitSigned' })
    const figures = (await listRosterCompanies(world.db, [world.companyId('K1')], today()))[0]!
    expect([figures.pledgeOf, figures.pledgeDone, figures.pledgeDeclined, await countReadyToCertify(world.db, [world.companyId('K1')], today())]).toEqual([1, 0, 0, 1])
    expect(await asked()).toEqual([own.engagementId])
    expect(await asked(below.engagementId)).toEqual([own.engagementId, below.engagementId].sort())
    await later(5)
    for (const who of [own, below]) expect(await certify(who)).toHaveProperty('receipt')
    for (const who of [own, below]) expect(await duty(who)).toEqual({ settled_at: world.now, settled_as: 'completed' })
    expect(await noted(below, 'unreachable')).toEqual({ refused: 'exitSettled' })
    expect(await asked(below.engagementId)).toEqual([])
  })

  it('never stands over a signature; and a refusal on screen keeps off the certificate until the end', async () => {
    const [a, b] = [await world.contextOf(own), await world.contextOf(below)]
    await signRead(a, own.exitId, await readPledge(world, a, own.exitId))
    expect(await noted(own, 'explainedDeclined')).toEqual({ refused: 'exitSigned' })
    await declinePledge(b, { assignmentId: below.exitId, outcome: 'declined', words: '' })
    await noted(below, 'explainedDeclined')
    const found = async () => (await listNamedCertifiable(world.db, [world.companyId('K2')], 'PL6-C', [below.engagementId], today())).map(({ declined }) => declined)
    expect([await found(), await certify(below)]).toEqual([[true], { refused: 'certifiedDecliner', facts: { number: below.number } }])
    await later(5)
    expect(await found()).toEqual([false])
  })

  it('is no certificate in the company’s figures, and reaches a dossier as its outcome alone', async () => {
    await tried(own, today(), '秘密の覚え書き')
    await noted(own, 'explainedDeclined', contact, '本人だけの言葉')
    const figures = (await listRosterCompanies(world.db, [world.companyId('K1')], today()))[0]!
    expect([figures.pledgeOf, figures.pledgeDone, figures.pledgeDeclined]).toEqual([1, 0, 1])
    const facts = await gatherDossierFacts(world.db, [own.engagementId])
    expect([facts.noted, facts.acts, facts.tries]).toEqual([[{ assignment_id: own.exitId, outcome: 'explainedDeclined', signed_at: NOW }], [], []])
    const { engagements } = dossierOf(facts, world.now, { titleOf: () => '誓約書', demonstration: false }).record
    expect(engagements[0]!.duties).toMatchObject([{ slug: 'PL6-C', status: 'explainedDeclined', doneOn: null, certificate: null }])
  })
})
