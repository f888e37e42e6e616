import { beforeAll, expect, it } from 'vitest'
import { ledgerVerify, verifyLedger } from '../../app/cli/ledger.server'
import { decideFiling } from '../../app/commands/decide-filing.server'
import { decideFinding } from '../../app/commands/decide-finding.server'
import { filingReachOf, openFiling } from '../../app/commands/open-filing.server'
import { publishContent } from '../../app/commands/publish-content.server'
import { recordWrittenAgreement } from '../../app/commands/record-agreement.server'
import { reportFinding } from '../../app/commands/report-finding.server'
import { reviewEdition } from '../../app/commands/review-edition.server'
import { saveFiling } from '../../app/commands/save-filing.server'
import { submitFiling } from '../../app/commands/submit-filing.server'
import { OPEN_INSTANT } from '../../app/domain/calendar'
import { itemsOf } from '../../app/content/checklist-schema'
import { findSheet } from '../../app/content/filing-sheet.server'
import { isRefusal } from '../../app/domain/refusal'
import { inTransaction, type Tx } from '../../db/database.server'
import { SCAN } from '../support/approvals'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { PASSWORD, testLibrary, World } from '../support/world'

const HOUR = 3_600_000

onBothEngines('ledger verify', (engine) => {
  let world: World
  let findingId: string
  beforeAll(async () => {
    world = await World.make(engine)
    // long ago: a checklist is asked from the day on which it came
    await publishContent({ ...world.systemContext(), now: world.now - 9_000 * HOUR })
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('H1', 'ひかり人材サービス株式会社', 'agency')
    const lead = await world.contextOf(await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } }))
    const hr = await world.contextOf(await world.addPerson({ role: 'hr' }))
    const chief = await world.contextOf(await world.addPerson({ role: 'chief' }))
    const signer = await world.addPerson({ password: true })
    const pledge = await world.addAssignment(signer, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(signer)
    await signRead(context, pledge, await readPledge(world, context, pledge))
    await world.addAssignment(signer, { kind: 'module', slug: 'M01' })
    const opened = done(await openFiling(lead, { slug: 'CK1', subjectId: world.companyId('K1'), period: 'FY2026' }))
    const items = itemsOf(testLibrary().current('checklist', 'CK1')!.meta)
    await saveFiling(lead, { ...opened, files: [], removed: [], answers: items.map(({ id }, at) => ({ itemId: id, answer: at === 0 ? 'partly' as const : 'done' as const, remark: at === 0 ? '途中です' : '', improveBy: at === 0 ? '2027-12-18' : '' })) })
    const { digest } = (await findSheet(lead, opened.filingId, await filingReachOf(lead)))!
    done(await submitFiling(lead, { ...opened, shown: digest, nameTyped: lead.viewer.name, password: PASSWORD }))
    done(await decideFiling(hr, { ...opened, verdict: { is: 'accept' }, note: '確かめました。' }))
    ;({ id: findingId } = await world.db.selectFrom('finding').select('id').executeTakeFirstOrThrow())
    done(await reportFinding(lead, { findingId, mendedOn: '2026-11-20', words: '片付けました。', files: [{ name: '写真.pdf', scan: SCAN }] }))
    done(await decideFinding(chief, { findingId, verdict: { is: 'return', words: '写真が要ります。' } }))
    done(await recordWrittenAgreement(hr, { companyId: world.companyId('H1'), agreedOn: '2026-11-01', scan: SCAN }))
    done(await reviewEdition(chief, { kind: 'module', slug: 'M01', version: '1.0', status: 'counsel', by: 'みほん法律事務所', note: '' }))
  })
  const done = <T>(answer: T) => {
    if (isRefusal(answer)) throw new Error(answer.refused)
    return answer as Exclude<T, { refused: string }>
  }
  const later = () => ({ ...world.systemContext(), now: world.now + HOUR })
  const run = async (...argv: string[]) => {
    const said: string[] = []
    const code = await ledgerVerify(argv, later(), { out: (line) => said.push(line), err: (line) => said.push(line) })
    return { code, said: said.join('\n') }
  }
  /** What is found while somebody has changed a table by hand; it is put back. */
  const whileChanged = async (change: (tx: Tx) => Promise<unknown>, look: (db: Tx) => Promise<unknown> = async (db) => (await verifyLedger({ ...later(), db })).faults.map(({ fault, field }) => (field ? `${fault} ${field}` : fault))) => {
    const back = new Error('back')
    let found: unknown
    await inTransaction(world.db, async (tx) => {
      await change(tx)
      found = await look(tx)
      throw back
    }).catch((error: unknown) => {
      if (error !== back) throw error
    })
    return found
  }

  const ofKind = (tx: Tx, kind: 'module' | 'pledge') => tx.updateTable('assignment').where('target_kind', '=', kind)

  it('finds nothing in what the product wrote, and says so', async () => {
    const { entries, faults } = await verifyLedger(later())
    expect(faults).toEqual([])
    expect(entries).toBeGreaterThan(60)
    expect(await run()).toEqual({ code: 0, said: expect.stringMatching(/合わないものは、ありません。\nここまでの指紋: 2026-\S+=[0-9a-f]{64}\n/) })
    expect(JSON.parse((await run('--json')).said)).toMatchObject({ ok: true, faults: [] })
    for (const wrong of [['--noted', 'x'], ['--noted', '2026-99-99T00:00:00Z=' + 'a'.repeat(64)], ['x'], ['--all']]) expect((await run(...wrong)).code).toBe(2)
  })

  it.each<[string, (tx: Tx) => Promise<unknown>, string[]]>([
    ['who answered a checklist', (tx) => tx.updateTable('filing_act').set({ receipt: 'SH-2026-AAAAAAAA' }).where('kind', '=', 'submitted').execute(), ['factChanged receipt']],
    ['how many items were to mend', (tx) => tx.updateTable('filing_act').set({ partly: 0 }).where('kind', '=', 'submitted').execute(), ['factChanged partly']],
    ['what was said when it was accepted', (tx) => tx.updateTable('filing_act').set({ note: 'ほか' }).where('kind', '=', 'accepted').execute(), ['factChanged note']],
    ['who told a finding mended', (tx) => tx.updateTable('finding_act').set({ by_account: tx.selectFrom('account').select('id').orderBy('id', 'desc').limit(1) }).where('kind', '=', 'reported').execute(), ['factChanged by']],
    ['when a finding was mended', (tx) => tx.updateTable('finding_act').set({ mended_on: '2026-11-01' }).where('kind', '=', 'reported').execute(), ['factChanged on']],
    ['on what evidence', (tx) => tx.deleteFrom('finding_file').execute(), ['factChanged files']],
    ['a decision', (tx) => tx.updateTable('finding_act').set({ kind: 'accepted' }).where('kind', '=', 'returned').execute(), ['factChanged kind']],
    ['a decision taken away', (tx) => tx.deleteFrom('finding_act').where('kind', '=', 'returned').execute(), ['factLost']],
    ['a decision put in', (tx) => tx.updateTable('finding_act').set({ id: world.app.newId() }).where('kind', '=', 'returned').execute(), ['factLost', 'factWithoutEntry']],
    ['a pledge that was signed', (tx) => tx.updateTable('pledge_act').set({ version: '0.9' }).execute(), ['factChanged version', 'settledOtherwise']],
    ['who is done with a module', (tx) => ofKind(tx, 'module').set({ settled_as: 'completed', settled_at: 1, settled_version: '1.0', settled_route: 'screen' }).execute(), ['settledWithoutRecord']],
    ['who is exempt from a module', (tx) => ofKind(tx, 'module').set({ settled_as: 'exempted', settled_at: 1 }).execute(), ['settledWithoutRecord']],
    ['who declined', (tx) => ofKind(tx, 'module').set({ settled_as: 'declined', settled_at: 1 }).execute(), ['settledWithoutRecord']],
    ['that a pledge was signed at all', (tx) => ofKind(tx, 'pledge').set({ settled_as: null, settled_at: OPEN_INSTANT }).execute(), ['recordNotSettled']],
    ['that a signed pledge was declined', (tx) => ofKind(tx, 'pledge').set({ settled_as: 'declined' }).execute(), ['recordNotSettled']],
    ['when a duty was done', (tx) => ofKind(tx, 'pledge').set({ settled_at: 1 }).execute(), ['settledOtherwise']],
    ['which version a duty was done in', (tx) => ofKind(tx, 'pledge').set({ settled_version: '2.0' }).execute(), ['settledOtherwise']],
    ['which way a duty was done', (tx) => ofKind(tx, 'pledge').set({ settled_route: 'paper' }).execute(), ['settledOtherwise']],
    ['when an agency agreed', (tx) => tx.updateTable('agency_agreement').set({ agreed_on: '2025-01-01' }).execute(), ['factChanged on']],
    ['who reviewed a text', (tx) => tx.updateTable('content_review').set({ by_whom: 'ほかの人' }).where('entered', '<>', '').execute(), ['factChanged reviewer']],
    ['the words that were published', (tx) => tx.updateTable('content_version').set({ bytes: new TextEncoder().encode('ほかの文') }).where('slug', '=', 'PL1').where('track', '=', 'ja').execute(), ['factLost']],
    ['kept bytes', (tx) => tx.updateTable('blob').set({ bytes: new TextEncoder().encode('%PDF-x') }).where('media_type', '=', 'application/pdf').execute(), ['bytesChanged']],
    ['what an entry says', (tx) => tx.updateTable('ledger_payload').set({ bytes: new TextEncoder().encode('{}') }).where('entry_id', 'in', tx.selectFrom('ledger_entry').select('id').where('type', '=', 'agreement.recorded')).execute(), ['payloadChanged', 'factWithoutEntry']],
    ['when an entry was made', (tx) => tx.updateTable('ledger_entry').set({ at: 1 }).where('type', '=', 'filing.submitted').execute(), ['entryChanged', 'factWithoutEntry']],
    ['a payload taken away', (tx) => tx.deleteFrom('ledger_payload').where('entry_id', 'in', tx.selectFrom('ledger_entry').select('id').where('type', '=', 'finding.decided')).execute(), ['payloadLost', 'factWithoutEntry']],
  ])('tells that somebody changed %s', async (_, change, faults) => {
    expect(await whileChanged(change)).toEqual(faults)
  })

  it('tells by a fingerprint noted before that entry and fact were taken away together, or one was put in before', async () => {
    const { noted } = await verifyLedger(later())
    expect((await run('--noted', noted)).code).toBe(0)
    const [, until, hash] = /^(.+)=(.+)$/.exec(noted)!
    const compared = async (db: Tx) => (await verifyLedger({ now: world.now + 48 * HOUR, db }, { until: Date.parse(until!), hash: hash! })).faults.map(({ fault }) => fault)
    const takenAway = async (tx: Tx) => {
      const { id } = await tx.selectFrom('ledger_entry').select('id').where('type', '=', 'finding.decided').executeTakeFirstOrThrow()
      await tx.deleteFrom('ledger_payload').where('entry_id', '=', id).execute()
      await tx.deleteFrom('ledger_entry').where('id', '=', id).execute()
      await tx.deleteFrom('finding_act').where('kind', '=', 'returned').execute()
    }
    expect(await whileChanged(takenAway)).toEqual([])
    expect(await whileChanged(takenAway, compared)).toEqual(['notAsNoted'])
    expect((await run('--noted', `${until}=${'0'.repeat(64)}`)).said).toContain('控えた指紋と違います')
    // what came after the fingerprint is no fault of it
    world.now += 24 * HOUR
    await publishContent({ ...world.systemContext(), now: world.now })
    done(await reviewEdition({ ...(await world.contextOf(await world.addPerson({ role: 'chief' }))), now: world.now }, { kind: 'module', slug: 'M02', version: '1.0', status: 'counsel', by: 'みほん法律事務所', note: '' }))
    expect(await whileChanged(async () => undefined, compared)).toEqual([])
  })

  it('accuses nobody of what is written while it reads', async () => {
    const chief = await world.contextOf(await world.addPerson({ role: 'chief' }))
    let written = 0
    const asked = new WeakSet<object>()
    const db = world.db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        if (JSON.stringify(node).includes('"ledger_entry"')) asked.add(queryId)
        return node
      },
      transformResult: async ({ result, queryId }) => {
        // the last entry has just been read
        if (asked.has(queryId) && result.rows.length === 0 && written++ === 0) done(await reviewEdition({ ...chief, now: world.now }, { kind: 'module', slug: 'M03', version: '1.0', status: 'counsel', by: 'みほん法律事務所', note: '' }))
        return result
      },
    })
    expect((await verifyLedger({ ...later(), db })).faults).toEqual([])
    expect(written).toBe(1)
  })
})
