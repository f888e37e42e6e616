import { beforeAll, expect, it } from 'vitest'
import * as companyPaper from '../../app/routes/contractor/pledge-pdf'
import * as personPage from '../../app/routes/people/person'
import * as operatorPaper from '../../app/routes/people/pledge-pdf'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { World, type TestPerson } from '../support/world'

/** A pledge towards an employer is the employer's: the operator receives its certificate only (domain.md PL2, PL3, L24, L25). */
onBothEngines('who keeps the paper of a pledge', (engine) => {
  let world: World
  let office: TestPerson[]
  const contacts: Record<string, TestPerson> = {}
  const signers: Record<string, TestPerson & { assignmentId: string }> = {}
  const contactOf = (company: string) => world.addPerson({ kind: 'contractorWorker', company, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
  const signer = async (kind: 'dispatched' | 'contractorWorker' | 'regular', company: string) => {
    const person = await world.addPerson({ kind, company, password: true })
    const assignmentId = await world.addAssignment(person, { kind: kind === 'regular' ? 'pledge' : 'certificate', slug: { dispatched: 'PL2', contractorWorker: 'PL3', regular: 'PL1' }[kind] })
    const context = await world.contextOf(person)
    expect(await signRead(context, assignmentId, await readPledge(world, context, assignmentId))).toHaveProperty('receipt')
    return { ...person, assignmentId }
  }
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('H1', 'かなえスタッフ株式会社', 'agency', true)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor', true)
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', true, 'K1')
    office = await Promise.all((['hr', 'chief', 'auditLead'] as const).map((role) => world.addPerson({ role })))
    for (const code of ['H1', 'K1', 'K2']) contacts[code] = await contactOf(code)
    Object.assign(signers, { H1: await signer('dispatched', 'H1'), K1: await signer('contractorWorker', 'K1'), K2: await signer('contractorWorker', 'K2'), own: await signer('regular', '') })
  })
  const statusOf = async (door: (args: never) => Promise<unknown>, path: string, who: TestPerson, form: Record<string, string>, params: Record<string, string> = {}) => {
    const answer = await door(world.args(world.request(path, who, form), params)).catch((thrown: unknown) => thrown)
    if (!(answer instanceof Response)) throw answer
    return answer.status
  }
  const takenByOffice = async (who: TestPerson, from: TestPerson & { assignmentId: string }) => (await world.openRecord(who, from.engagementId), statusOf(operatorPaper.action, `/people/${from.engagementId}/pledge-pdf`, who, { assignmentId: from.assignmentId }, { engagementId: from.engagementId }))
  const takenByCompany = (who: TestPerson, from: { assignmentId: string }) => statusOf(companyPaper.action, '/company/pledge-pdf', who, { assignmentId: from.assignmentId })

  it('gives the operator the papers of its own people, and none that an employer was promised, named or not', async () => {
    for (const who of office) {
      expect(await takenByOffice(who, signers.own!)).toBe(200)
      for (const code of ['H1', 'K1', 'K2']) expect(await takenByOffice(who, signers[code]!), code).toBe(404)
    }
  })

  it('tells the operator nothing of what was signed towards an employer, on any screen of the person', async () => {
    for (const code of ['H1', 'K1', 'K2']) {
      const { engagementId, assignmentId } = signers[code]!
      const { receipt } = await world.db.selectFrom('pledge_act').select('receipt').where('assignment_id', '=', assignmentId).executeTakeFirstOrThrow()
      await world.openRecord(office[0]!, engagementId)
      const page = await personPage.loader(world.args(world.request(`/people/${engagementId}`, office[0]), { engagementId }))
      expect(page.duties).toMatchObject([{ kind: 'certificate', hasPaper: false, receipt: null }])
      expect(JSON.stringify(page)).not.toContain(receipt)
    }
  })

  it('gives each employer the papers of its own people, and notes who took them', async () => {
    expect(await takenByCompany(contacts.H1!, signers.H1!)).toBe(200)
    expect(await takenByCompany(contacts.K1!, signers.K1!)).toBe(200)
    expect(await takenByCompany(contacts.K2!, signers.K2!)).toBe(200)
    const act = await world.db.selectFrom('pledge_act').select('id').where('assignment_id', '=', signers.K2!.assignmentId).executeTakeFirstOrThrow()
    const looks = await world.db.selectFrom('access_log').select(['actor_account_id', 'act', 'subject_id']).where('subject_id', '=', act.id).execute()
    expect(looks).toEqual([{ actor_account_id: contacts.K2!.accountId, act: 'download', subject_id: act.id }])
  })

  it('keeps a lower tier’s papers from the tier above, and everybody’s from strangers', async () => {
    expect(await takenByCompany(contacts.K1!, signers.K2!)).toBe(404)
    expect(await takenByCompany(contacts.K2!, signers.K1!)).toBe(404)
    expect(await takenByCompany(contacts.H1!, signers.own!)).toBe(404)
    expect(await takenByCompany(office[0]!, signers.K1!)).toBe(404)
    expect(await takenByCompany(signers.K1!, signers.K1!)).toBe(404)
  })

  it('has no paper of what was declined', async () => {
    const person = await world.addPerson({ kind: 'contractorWorker', company: 'K1', password: true })
    const assignmentId = await world.addAssignment(person, { kind: 'certificate', slug: 'PL3' })
    await declinePledge(await world.contextOf(person), { assignmentId, outcome: 'declined', words: '' })
    expect(await takenByCompany(contacts.K1!, { assignmentId })).toBe(404)
  })
})
