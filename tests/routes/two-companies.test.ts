import { beforeAll, expect, it } from 'vitest'
import { itemsOf } from '../../app/content/checklist-schema'
import type { CertificateStatement } from '../../app/domain/certificate'
import type { FilingStatement } from '../../app/domain/filing-statement'
import * as answer from '../../app/routes/checks/answer'
import * as list from '../../app/routes/checks/list'
import * as sign from '../../app/routes/checks/sign'
import * as certificate from '../../app/routes/contractor/certificate'
import { findBlob } from '../../db/ledger.server'
import { onBothEngines } from '../support/database'
import { PASSWORD, testLibrary, World, type TestPerson } from '../support/world'

onBothEngines('a 会社側担当者 of two companies', (engine) => {
  let world: World
  let contact: TestPerson
  let second: TestPerson
  const lead = (company: string) => world.addPerson({ kind: 'contractorWorker', company, name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } })
  beforeAll(async () => {
    world = await World.make(engine)
    for (const [code, name, above] of [['K1', 'みほん株式会社'], ['K2', 'れい合同会社', 'K1'], ['K5', 'あおば株式会社'], ['K6', 'わかば合同会社', 'K5'], ['K7', 'ふたば合同会社', 'K6'], ['K9', 'べつの株式会社']] as const)
      await world.addCompany(code, name, above ? 'subcontractor' : 'contractor', false, above)
    ;[contact, second] = [await lead('K1'), await lead('K5')]
    // one person, whom two companies employ
    for (const table of ['engagement', 'engagement_current'] as const) await world.db.updateTable(table).set({ person_id: contact.personId }).where(table === 'engagement' ? 'id' : 'engagement_id', '=', second.engagementId).execute()
  })
  const begin = async (code: string) => {
    const answered = (await list.action(world.args(world.request('/checks', contact, { slug: 'CK1', subject: world.companyId(code), period: 'FY2026' }))).catch((thrown: unknown) => thrown)) as Response
    return answered.headers.get('Location')?.replace('/checks/', '') ?? `${answered.status}`
  }
  const statementOf = async <T>(sha256: string) => JSON.parse(new TextDecoder().decode((await findBlob(world.db, sha256))!.bytes)) as T
  /** Answers and signs the self-check of a company over its forms; in whose name it stands then. */
  const signerFor = async (code: string) => {
    const filingId = await begin(code)
    const { meta } = testLibrary().current('checklist', 'CK1')!
    for (const [at, group] of meta.groups.entries()) {
      const form = new FormData()
      for (const [name, value] of [['part', String(at + 1)], ['go', 'next'], ...itemsOf({ ...meta, groups: [group] }).map(({ id }) => [`answer.${id}`, 'done'])] as [string, string][]) form.set(name, value)
      await answer.action(world.args(world.request(`/checks/${filingId}`, contact, form), { filingId }))
    }
    const { digest } = (await sign.loader(world.args(world.request(`/checks/${filingId}/sign`, contact), { filingId }))) as { digest: string }
    const signed = (await sign.action(world.args(world.request(`/checks/${filingId}/sign`, contact, { shown: digest, declare: 'on', name: '小野寺 仁', password: PASSWORD }), { filingId }))) as Response
    expect(signed.headers.get('Location')).toBe(`/checks/${filingId}/record?done=1`)
    const { statement } = await world.db.selectFrom('filing_act').select('statement_sha256 as statement').where('filing_id', '=', filingId).executeTakeFirstOrThrow()
    const { signer } = await statementOf<FilingStatement>(statement!)
    return [signer.company, signer.number, signer.engagementId]
  }

  it('signs for a lower tier in the name of the company above it, and for no other', async () => {
    const [first, other] = [['みほん株式会社', contact.number, contact.engagementId], ['あおば株式会社', second.number, second.engagementId]]
    expect(await signerFor('K6')).toEqual(other)
    expect(await signerFor('K7'), 'two tiers below').toEqual(other)
    expect(await signerFor('K2')).toEqual(first)
    expect([await signerFor('K5'), await signerFor('K1')]).toEqual([other, first])
    expect(await begin('K9')).toBe('404')
  })

  it('certifies for each in its own name', async () => {
    for (const [code, name, number] of [['K5', 'あおば株式会社', second.number], ['K1', 'みほん株式会社', contact.number]] as const) {
      const worker = await world.addPerson({ kind: 'contractorWorker', company: code === 'K5' ? 'K6' : 'K2' })
      await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
      const page = await certificate.loader(world.args(world.request(`/company/certificate?company=${world.companyId(code)}`, contact)))
      expect(page.people.map((one) => one.number)).toEqual([worker.number])
      const done = (await certificate.action(world.args(world.request('/company/certificate', contact, {
        company: page.companyId, text: page.slug, key: page.key, person: [worker.engagementId], [`taken.${worker.engagementId}`]: '2026-11-19', declaration: page.declaration, declare: 'on', name: '小野寺仁', password: PASSWORD,
      })))) as Response
      expect(done.status).toBe(303)
      const { statement } = await world.db.selectFrom('pledge_certificate').select('statement_sha256 as statement').where('company_id', '=', page.companyId).executeTakeFirstOrThrow()
      expect(await statementOf<CertificateStatement>(statement)).toMatchObject({ company: { name }, declaredBy: { number } })
    }
  })
})
