import { beforeAll, expect, it } from 'vitest'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { declarationToday, submitCertificate } from '../../app/commands/submit-certificate.server'
import { canonicalBytes } from '../../app/domain/ledger/canonical'
import { dayOf, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import type { CertificateStatement } from '../../app/domain/certificate'
import type { SignedInContext } from '../../app/context'
import { listCertifiablePeople, listCertifiableSlugs } from '../../db/certificates.server'
import { inTransaction, insertRows } from '../../db/database.server'
import { findBlob } from '../../db/ledger.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { NOW, PASSWORD, World, type TestPerson } from '../support/world'

onBothEngines('submitting a 誓約取得証明', (engine) => {
  let world: World
  let contact: SignedInContext
  let workers: (TestPerson & { assignmentId: string })[]
  let elsewhere: TestPerson & { assignmentId: string }
  let count = 0
  const worker = async (company: string, name?: string) => {
    const person = await world.addPerson({ kind: 'contractorWorker', company, password: true, ...(name && { name }) })
    return { ...person, assignmentId: await world.addAssignment(person, { kind: 'certificate', slug: 'PL3' }) }
  }
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K2', 'れいサポート合同会社', 'subcontractor', false, 'K1')
    await world.addCompany('K9', 'べつの株式会社', 'contractor')
    const lead = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '小野寺 仁', mail: 'lead@mail.internal', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
    contact = await world.contextOf(lead)
    workers = [await worker('K1', '髙木 悠斗'), await worker('K2'), await worker('K1'), await worker('K2')]
    elsewhere = await worker('K9')
  })
  const declared = (code: string, slug = 'PL3') => declarationToday(contact, world.companyId(code), contact.library.current('pledge', slug)!)
  const submit = async (lines: { engagementId: string; takenOn: string }[], change: Partial<Parameters<typeof submitCertificate>[1]> = {}) =>
    submitCertificate(contact, { companyId: world.companyId('K1'), slug: 'PL3', lines, declaration: await declared('K1'), nameTyped: '小野寺仁', password: PASSWORD, key: `form-${++count}-abcdef`, ...change })
  const line = (person: TestPerson, takenOn = '2026-11-19') => ({ engagementId: person.engagementId, takenOn })
  const settled = async (id: string) => (await world.db.selectFrom('assignment').select('settled_as').where('id', '=', id).executeTakeFirstOrThrow()).settled_as

  it('settles the duties of own and lower-tier people, with a statement that names them by number', async () => {
    const own = await world.contextOf(workers[0]!)
    const signed = await signRead(own, workers[0]!.assignmentId, await readPledge(world, own, workers[0]!.assignmentId))
    const key = 'the-same-form'
    const [first, second] = await Promise.all([1, 2].map(() => submit([line(workers[0]!), line(workers[1]!)], { key })))
    expect(first).toMatchObject({ receipt: expect.stringMatching(/^SH-2026-/) })
    expect(second).toEqual(first)
    expect(await Promise.all(workers.map(({ assignmentId }) => settled(assignmentId)))).toEqual(['completed', 'completed', null, null])
    const certificates = await world.db.selectFrom('pledge_certificate').selectAll().execute()
    expect(certificates).toHaveLength(1)
    expect(await world.db.selectFrom('assignment').select(['settled_version', 'settled_route']).where('id', '=', workers[0]!.assignmentId).executeTakeFirstOrThrow()).toEqual({ settled_version: certificates[0]!.version, settled_route: 'screen' })
    expect(certificates[0]).toMatchObject({ company_id: world.companyId('K1'), template: 'PL3', name_typed: '小野寺仁', declared_by: contact.viewer.accountId })
    const bytes = (await findBlob(world.db, certificates[0]!.statement_sha256))!.bytes
    const statement = JSON.parse(new TextDecoder().decode(bytes)) as CertificateStatement
    expect(canonicalBytes(statement)).toEqual(new Uint8Array(bytes))
    expect(statement.lines.map(({ number }) => number).sort()).toEqual([workers[0]!.number, workers[1]!.number].sort())
    expect(statement.lines.find(({ number }) => number === workers[0]!.number)?.receipt).toBe((signed as { receipt: string }).receipt)
    expect(new TextDecoder().decode(bytes)).not.toContain('髙木')
    expect(statement.lines.map(({ number, name, employer }) => [number, name, employer.name])).toEqual(expect.arrayContaining([[workers[0]!.number, null, 'みほんコールサービス株式会社'], [workers[1]!.number, null, 'れいサポート合同会社']]))
    expect(statement.declaration).toBe(await declared('K1'))
    expect(statement.declaration).toContain('みほんコールサービス株式会社は、この証明に記した自社の方から')
    expect(statement.declaration).toContain('れいサポート合同会社の方については、雇い主であるその会社が誓約を受け取り、保管していると、みほんコールサービス株式会社が報告を受けた')
    expect(await world.db.selectFrom('ledger_entry').select('type').where('type', '=', 'certificate.submitted').execute()).toHaveLength(1)
  })

  it('gives the operator the name of a 派遣社員, and of a contractor’s worker where the contract shows names', async () => {
    await world.addCompany('H1', 'かなえスタッフ株式会社', 'agency')
    await world.addCompany('K7', 'なまえサービス株式会社', 'contractor', true)
    for (const [company, kind, slug, name] of [['H1', 'dispatched', 'PL2', '﨑山 由香'], ['K7', 'contractorWorker', 'PL3', '邊見 光']] as const) {
      const lead = await world.contextOf(await world.addPerson({ kind: 'contractorWorker', company, name: '責任 者', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } }))
      const person = await world.addPerson({ kind, company, name, ...(kind === 'dispatched' && { supervisor: await world.addPerson() }) })
      await world.addAssignment(person, { kind: 'certificate', slug })
      const openInLine = async () => (await world.db.selectFrom('line_member').select('next_due').where('engagement_id', '=', person.engagementId).execute()).some((row) => row.next_due === '2026-11-30')
      expect(await openInLine()).toBe(kind === 'dispatched')
      const declaration = await declared(company, slug)
      expect(declaration).not.toContain('報告を受けた')
      const done = await submitCertificate(lead, { companyId: world.companyId(company), slug, lines: [line(person)], declaration, nameTyped: '責任 者', password: PASSWORD, key: `named-${company}-abcdef` })
      // whoever supervises them is told no longer that it is open
      expect(await openInLine()).toBe(false)
      const { statement_sha256: hash } = await world.db.selectFrom('pledge_certificate').select('statement_sha256').where('id', '=', (done as { certificateId: string }).certificateId).executeTakeFirstOrThrow()
      expect((JSON.parse(new TextDecoder().decode((await findBlob(world.db, hash))!.bytes)) as CertificateStatement).lines).toMatchObject([{ number: person.number, name, takenOn: '2026-11-19' }])
    }
  })

  it.each([
    ['PL4-C', 'contractorWorker', 'scope-2026-11-02', 'scope-2026-11-09'], ['PL4-D', 'dispatched', 'scope-2026-11-02', 'scope-2026-11-09'], ['PL5-C', 'contractorWorker', 'FY2025', 'FY2026'], ['PL5-D', 'dispatched', 'FY2025', 'FY2026'], ['PL6-C', 'contractorWorker', 'exit', ''], ['PL6-D', 'dispatched', 'exit', ''],
  ] as const)('takes the text of every occasion (%s), a person once, and at the end also after it', async (slug, kind, period, next) => {
    const company = `X${slug}`
    await world.addCompany(company, '証明スタッフ株式会社', kind === 'dispatched' ? 'agency' : 'contractor')
    const lead = await world.contextOf(await world.addPerson({ kind: 'contractorWorker', company, name: '責任 者', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(company) } }))
    const person = await world.addPerson({ kind, company, password: true, ...(period === 'exit' && { to: '2026-11-21' }) })
    const first = await world.addAssignment(person, { kind: 'certificate', slug, period, due: '2026-11-10' })
    const second = next === '' ? undefined : await world.addAssignment(person, { kind: 'certificate', slug, period: next, due: '2026-11-30' })
    if (slug.startsWith('PL4')) await inTransaction(world.db, (tx) => insertRows(tx, 'handling_scope', [{ ...world.fact('2026-11-02'), engagement_id: person.engagementId, category: 'specifiedUserInfo', system: '契約管理', purpose: '障害の調べ', access_level: '' }]))
    const own = await world.contextOf(person)
    const signed = await signRead(own, first, await readPledge(world, own, first))
    expect(signed).toHaveProperty('receipt')
    if (period === 'exit') world.now = startOf('2026-11-24') + 10 * 3_600_000
    const at = { ...lead, now: world.now }
    expect(await listCertifiableSlugs(world.db, [world.companyId(company)], dayOf(world.now))).toEqual([slug])
    const listed = await listCertifiablePeople(world.db, [world.companyId(company)], slug, { after: '', limit: 10, today: dayOf(world.now) })
    expect(listed.map(({ engagementId, assignmentId, act }) => [engagementId, assignmentId, act?.receipt])).toEqual([[person.engagementId, first, (signed as { receipt: string }).receipt]])
    const declaration = await declarationToday(at, world.companyId(company), at.library.current('pledge', slug)!)
    const done = await submitCertificate(at, { companyId: world.companyId(company), slug, lines: [line(person)], declaration, nameTyped: '責任 者', password: PASSWORD, key: `occasion-${slug}-abcdef` })
    expect(done).toHaveProperty('receipt')
    expect([await settled(first), second && (await settled(second))]).toEqual(['completed', second && null])
    world.now = NOW
  })

  it('names a person once, of two forms sent at the same moment too; the receipt goes to whoever declared', async () => {
    const people = await Promise.all([1, 2, 3].map(() => worker('K1')))
    await world.db.deleteFrom('mail').execute()
    const both = await Promise.all([submit([line(people[2]!), line(people[0]!), line(people[1]!)]), submit([line(people[1]!), line(people[0]!), line(people[2]!)])])
    expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'certifiedMeanwhile', facts: { count: 3 } }])
    const done = both.find((one) => !('refused' in one)) as { certificateId: string; receipt: string }
    expect(await world.db.selectFrom('pledge_certificate_line').select('certificate_id').distinct().where('engagement_id', 'in', people.map(({ engagementId }) => engagementId)).execute()).toEqual([{ certificate_id: done.certificateId }])
    const { statement_sha256: hash } = await world.db.selectFrom('pledge_certificate').select('statement_sha256').where('id', '=', done.certificateId).executeTakeFirstOrThrow()
    expect((JSON.parse(new TextDecoder().decode((await findBlob(world.db, hash))!.bytes)) as CertificateStatement).lines.map(({ engagementId }) => engagementId)).toEqual(people.map(({ engagementId }) => engagementId).sort())
    expect(await world.db.selectFrom('mail').select(['template', 'recipient_id', 'dedupe_key']).execute()).toEqual([{ template: 'receipt', recipient_id: contact.viewer.accountId, dedupe_key: `receipt ${done.certificateId}` }])
  })

  it('records only the words that were shown', async () => {
    expect(await submit([line(workers[2]!)], { declaration: (await declared('K1')).replace('報告を受けた', '見た') })).toEqual({ refused: 'shownDifferently' })
    expect(await settled(workers[2]!.assignmentId)).toBeNull()
  })

  it('takes in nobody who declined, until they sign', async () => {
    const decliner = await worker('K1')
    const own = await world.contextOf(decliner)
    await declinePledge(own, { assignmentId: decliner.assignmentId, outcome: 'declined', words: '' })
    expect(await submit([line(workers[2]!), line(decliner)])).toEqual({ refused: 'certifiedDecliner', facts: { number: decliner.number } })
    expect(await settled(workers[2]!.assignmentId)).toBeNull()
    await signRead(own, decliner.assignmentId, await readPledge(world, own, decliner.assignmentId))
    expect(await submit([line(decliner, '2026-11-20')])).toHaveProperty('receipt')
  })

  it('refuses in words, and changes nothing', async () => {
    expect(await submit([])).toEqual({ refused: 'nobodyCertified' })
    expect(await submit([line(workers[0]!), line(workers[2]!)])).toEqual({ refused: 'certifiedMeanwhile', facts: { count: 1 } })
    expect(await submit([line(workers[2]!, '2026-11-21')])).toEqual({ refused: 'takenInFuture', facts: { number: workers[2]!.number } })
    expect(await submit([line(workers[2]!)], { nameTyped: '小野 仁' })).toMatchObject({ refused: 'signatureFaulty', facts: { name: expect.any(String) as string } })
    expect(await submit([line(workers[2]!)], { password: 'no' })).toEqual({ refused: 'signatureFaulty', facts: { password: 1 } })
    expect(await submit([line(workers[2]!)], { nameTyped: '小野 仁', password: 'no' })).toMatchObject({ refused: 'signatureFaulty', facts: { name: expect.any(String) as string, password: 1 } })
    expect(await settled(workers[2]!.assignmentId)).toBeNull()
  })

  it('reaches own and lower tiers only, and only in the name of one\'s own company', async () => {
    expect(await submit([line(elsewhere)])).toEqual({ refused: 'certifiedMeanwhile', facts: { count: 1 } })
    expect(await submit([line(elsewhere)], { companyId: world.companyId('K9') })).toEqual({ refused: 'notFound' })
    expect(await submit([line(workers[3]!)], { companyId: world.companyId('K2') })).toEqual({ refused: 'notFound' })
    expect(await submit([line(workers[2]!)], { slug: 'PL1' })).toEqual({ refused: 'notFound' })
    expect(await world.db.selectFrom('assignment').select('settled_at').where('id', '=', elsewhere.assignmentId).executeTakeFirstOrThrow()).toEqual({ settled_at: OPEN_INSTANT })
  })
})
