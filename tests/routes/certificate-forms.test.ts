import { beforeAll, expect, it } from 'vitest'
import { declarationToday, submitCertificate } from '../../app/commands/submit-certificate.server'
import { action, loader } from '../../app/routes/contractor/certificate'
import { onBothEngines } from '../support/database'
import { PASSWORD, World, type TestPerson } from '../support/world'

onBothEngines('a form of the 誓約取得証明 that names somebody twice', (engine) => {
  let world: World
  let contact: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほん株式会社', 'contractor')
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
  })
  const worker = async () => {
    const person = await world.addPerson({ kind: 'contractorWorker', company: 'K1' })
    return { ...person, assignmentId: await world.addAssignment(person, { kind: 'certificate', slug: 'PL3' }) }
  }
  const send = async (people: readonly TestPerson[], taken: Record<string, string | string[]>) => {
    const page = await loader(world.args(world.request('/company/certificate', contact)))
    const answered: unknown = await action(world.args(world.request('/company/certificate', contact, {
      company: page.companyId, text: page.slug, key: page.key, person: people.map(({ engagementId }) => engagementId), ...taken, declaration: page.declaration, declare: 'on', name: '小野寺仁', password: PASSWORD,
    }))).catch((thrown: unknown) => thrown)
    if (answered instanceof Response) return answered.status
    if (answered instanceof Error) throw answered
    return (answered as { init: { status: number } }).init.status
  }
  const day = ({ engagementId }: TestPerson, on: string | string[] = '2026-11-19') => ({ [`taken.${engagementId}`]: on })
  const kept = async () => {
    const [certificates, lines, entries] = await Promise.all([
      world.db.selectFrom('pledge_certificate').select('id').execute(), world.db.selectFrom('pledge_certificate_line').select('engagement_id').execute(), world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'certificate.submitted').execute(),
    ])
    return [certificates.length, lines.length, entries.length]
  }
  const isOpen = async ({ assignmentId }: { assignmentId: string }) => (await world.db.selectFrom('assignment').select('settled_as').where('id', '=', assignmentId).executeTakeFirstOrThrow()).settled_as === null

  it('counts the person once', async () => {
    const [one, two] = [await worker(), await worker()]
    expect(await send([one, two, one], { ...day(one), ...day(two) })).toBe(303)
    expect([await kept(), await isOpen(one), await isOpen(two)]).toEqual([[1, 2, 1], false, false])
  })

  it('is refused as a whole where it gives two days for one', async () => {
    const [before, one, two] = [await kept(), await worker(), await worker()]
    expect(await send([one, two], { ...day(one), ...day(two, ['2026-11-18', '2026-11-19']) })).toBe(400)
    expect([await kept(), await isOpen(one), await isOpen(two)]).toEqual([before, true, true])
  })

  it('is refused as a whole by the command, whatever door it comes through', async () => {
    const [before, one, two] = [await kept(), await worker(), await worker()]
    const context = await world.contextOf(contact)
    const lines = [[one, '2026-11-18'], [two, '2026-11-18'], [one, '2026-11-19']] as const
    const answer = await submitCertificate(context, {
      companyId: world.companyId('K1'), slug: 'PL3', lines: lines.map(([{ engagementId }, takenOn]) => ({ engagementId, takenOn })), declaration: await declarationToday(context, world.companyId('K1'), context.library.current('pledge', 'PL3')!),
      nameTyped: '小野寺仁', password: PASSWORD, key: 'form-doubled-1',
    })
    expect(answer).toEqual({ refused: 'certifiedTwice', facts: { number: one.number } })
    expect([await kept(), await isOpen(one), await isOpen(two)]).toEqual([before, true, true])
  })
})
