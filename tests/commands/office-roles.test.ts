import { beforeEach, expect, it } from 'vitest'
import { endRole, giveRole } from '../../app/commands/appoint.server'
import { editPerson, previewEdit } from '../../app/commands/edit-person.server'
import { importRoster } from '../../app/commands/import-roster.server'
import { inviteByMail, issueSlips } from '../../app/commands/issue-code.server'
import { previewUndo, undoChangeSet } from '../../app/commands/undo-change-set.server'
import { ownRecordView } from '../../app/routes/learn/own-record-view.server'
import { badCellWords } from '../../app/domain/bad-cell-words'
import { dayOf } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { findViewer } from '../../app/http/session.server'
import { gatherOwnRecord } from '../../db/own-record.server'
import { onBothEngines } from '../support/database'
import { bytesOf } from '../support/roster'
import { World, type TestPerson } from '../support/world'

const OFFICE = ['hr', 'chief', 'auditLead', 'systemAdministrator'] as const

onBothEngines('people who hold an office role', (engine) => {
  let world: World
  let hr: TestPerson
  beforeEach(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ number: '000021', role: 'hr', mail: 'hr@sample.example' })
  })
  const edit = (number: string, mail: string) => ({ expect: 'known' as const, cells: { 従事者番号: number, メール: mail }, note: '' })
  const file = (number: string, mail: string) => ({ files: { roster: bytesOf(`従事者番号,メール\n${number},${mail}`) }, fileName: 'r.csv', scope: null })
  const mails = async () => (await world.db.selectFrom('mail').select(['to_address', 'template', 'recipient_id', 'props']).where('template', '=', 'addressChanged').orderBy('id').execute())
  const mailOf = async (person: TestPerson) => (await world.db.selectFrom('engagement_version').select('mail').where('engagement_id', '=', person.engagementId).orderBy('recorded_at', 'desc').limit(1).executeTakeFirstOrThrow()).mail
  const bothRoles = async () => {
    const both = await world.addPerson({ role: 'hr' })
    await world.addRole(both, 'systemAdministrator')
    return { both }
  }

  it.each(OFFICE)('keep their address from HR, by hand and by file: %s', async (role) => {
    const holder = await world.addPerson({ role, mail: 'holder@sample.example' })
    const context = await world.contextOf(hr)
    const { report } = await previewEdit(context, edit(holder.number, 'evil@attacker.example'))
    expect(report.bad).toMatchObject([{ column: 'メール', reason: 'mailOfOffice' }])
    expect(badCellWords(report.bad[0]!).mend).toContain('システム管理者')
    expect(await editPerson(context, edit(holder.number, 'evil@attacker.example'))).toMatchObject({ refused: 'rosterHasErrors' })
    expect(await editPerson(context, edit(holder.number, ''))).toMatchObject({ refused: 'rosterHasErrors' })
    expect(await importRoster(context, file(holder.number, 'evil@attacker.example'))).toMatchObject({ refused: 'rosterHasErrors' })
    expect(await mailOf(holder)).toBe('holder@sample.example')
    expect(isRefusal(await editPerson(context, { expect: 'known', cells: { 従事者番号: holder.number, 氏名: '新しい 氏名', メール: 'holder@sample.example' }, note: '' }))).toBe(false)
    const { both } = await bothRoles()
    expect(isRefusal(await editPerson(await world.contextOf(both), edit(holder.number, 'new@sample.example')))).toBe(false)
    expect(await mailOf(holder)).toBe('new@sample.example')
  })

  it('do not change their own, nor by a role that begins later; the command line may', async () => {
    expect(await editPerson(await world.contextOf(hr), edit(hr.number, 'me@elsewhere.example'))).toMatchObject({ refused: 'rosterHasErrors' })
    const { both } = await bothRoles()
    expect(await editPerson(await world.contextOf(both), edit(both.number, 'me@elsewhere.example'))).toMatchObject({ refused: 'rosterHasErrors' })
    const later = await world.addPerson({ mail: 'later@sample.example' })
    expect(isRefusal(await giveRole(await world.contextOf(both), { number: later.number, role: 'auditLead', scopeCode: '', from: '2027-04-01', lastDay: '' }))).toBe(false)
    expect(await editPerson(await world.contextOf(hr), edit(later.number, 'evil@attacker.example'))).toMatchObject({ refused: 'rosterHasErrors' })
    expect(isRefusal(await importRoster(world.systemContext(), file(later.number, 'later2@sample.example')))).toBe(false)
  })

  it('keep their address when what changed it is undone by HR', async () => {
    const holder = await world.addPerson({ mail: 'evil@attacker.example' })
    const changed = await editPerson(await world.contextOf(hr), edit(holder.number, 'good@sample.example'))
    if (isRefusal(changed)) throw new Error(changed.refused)
    const { both } = await bothRoles()
    await giveRole(await world.contextOf(both), { number: holder.number, role: 'chief', scopeCode: '', from: '2026-11-20', lastDay: '' })
    const preview = await previewUndo(await world.contextOf(hr), changed.changeSetId)
    expect(preview).toMatchObject({ restored: [], leftOut: [{ code: holder.number, reason: 'mailNotYours' }] })
    expect(await undoChangeSet(await world.contextOf(hr), changed.changeSetId)).toMatchObject({ refused: 'nothingToUndo' })
    expect(await undoChangeSet(await world.contextOf(both), changed.changeSetId)).toMatchObject({ restored: 1 })
  })

  it('keep their registration when HR undoes it, and HR is told why', async () => {
    const imported = await importRoster(world.systemContext(), { ...file('900001', ''), files: { roster: bytesOf('従事者番号,氏名,雇用形態,在籍開始日\n900001,甲野 太郎,正社員,2026-11-01') } })
    if (isRefusal(imported)) throw new Error(imported.refused)
    const { both } = await bothRoles()
    await giveRole(await world.contextOf(both), { number: '900001', role: 'chief', scopeCode: '', from: '2026-11-20', lastDay: '' })
    expect(await previewUndo(await world.contextOf(hr), imported.changeSetId)).toMatchObject({ restored: [], leftOut: [{ code: '900001', reason: 'officeNotYours' }] })
    expect(await undoChangeSet(await world.contextOf(hr), imported.changeSetId)).toMatchObject({ refused: 'nothingToUndo' })
  })

  it('get their codes from whoever may give the role, from nobody else', async () => {
    const agency = await world.addCompany('H1', '派遣の会社', 'agency')
    const contact = await world.addPerson({ kind: 'dispatched', company: 'H1', role: 'companyContact', roleScope: { kind: 'company', id: agency } })
    const dispatched = await world.addPerson({ kind: 'dispatched', company: 'H1', role: 'hr' })
    expect(await issueSlips(await world.contextOf(contact), [dispatched.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
    const { both } = await bothRoles()
    for (const role of OFFICE) {
      const holder = await world.addPerson({ role, mail: 'x@sample.example' })
      expect(await issueSlips(await world.contextOf(hr), [holder.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await inviteByMail(await world.contextOf(hr), [holder.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await issueSlips(await world.contextOf(both), [holder.engagementId])).toMatchObject([{ number: holder.number }])
    }
    expect(await issueSlips(await world.contextOf(both), [both.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
    expect(await issueSlips(await world.contextOf(hr), [(await world.addPerson()).engagementId])).toHaveLength(1)
  })

  it('lose or regain a role by undoing only from who may give it, and it is evidence', async () => {
    const admin = await world.addPerson({ role: 'systemAdministrator' })
    const holder = await world.addPerson({})
    await importRoster(world.systemContext(), { files: { units: bytesOf('所属コード,所属名,上位所属コード,所属長番号\nD1,本社,,') }, fileName: 'u.csv', scope: '' })
    expect(isRefusal(await giveRole(await world.contextOf(hr), { number: holder.number, role: 'unitHead', scopeCode: 'D1', from: '2026-11-20', lastDay: '' }))).toBe(false)
    const given = await world.db.selectFrom('change_set').select('id').where('note', 'like', '%の任命').executeTakeFirstOrThrow()
    expect(isRefusal(await giveRole(await world.contextOf(hr), { number: admin.number, role: 'protectionManager', scopeCode: 'D1', from: '2026-11-20', lastDay: '' }))).toBe(false)
    expect(await undoChangeSet(await world.contextOf(hr), given.id)).toMatchObject({ restored: 1 })
    const entries = await world.db.selectFrom('ledger_entry as l').innerJoin('ledger_payload as p', 'p.entry_id', 'l.id').select('p.bytes').where('l.type', '=', 'appointment.given').where('l.subject_engagement_id', '=', holder.engagementId).orderBy('l.id').execute()
    expect(entries.map(({ bytes }) => (JSON.parse(new TextDecoder().decode(bytes)) as { act: string }).act)).toEqual(['given', 'takenBack'])
    expect(await findViewer(world.app, world.request('/', holder), world.now)).toBeNull()
  })

  it('are not freed of their own role by their own undoing', async () => {
    const { both } = await bothRoles()
    await importRoster(world.systemContext(), { files: { units: bytesOf('所属コード,所属名,上位所属コード,所属長番号\nD1,本社,,') }, fileName: 'u.csv', scope: '' })
    await giveRole(await world.contextOf(both), { number: hr.number, role: 'unitHead', scopeCode: 'D1', from: '2026-11-20', lastDay: '' })
    const given = await world.db.selectFrom('change_set').select('id').where('note', 'like', '%の任命').executeTakeFirstOrThrow()
    const again = await world.addPerson({ role: 'hr' })
    const context = await world.contextOf(again)
    expect(await undoChangeSet({ ...context, viewer: { ...context.viewer, personId: hr.personId } }, given.id)).toMatchObject({ refused: 'nothingToUndo' })
    const held = await world.db.selectFrom('appointment').select('id').where('engagement_id', '=', hr.engagementId).where('role', '=', 'unitHead').executeTakeFirstOrThrow()
    expect(await endRole({ ...context, viewer: { ...context.viewer, personId: hr.personId } }, { id: held.id, lastDay: '2026-11-19' })).toMatchObject({ refused: 'notToOneself' })
  })

  it('and everybody else hear at the old address, and read in their record, that the address changed', async () => {
    const person = await world.addPerson({ mail: 'old@sample.example', name: '髙橋 美咲' })
    const context = await world.contextOf(hr)
    const changed = await editPerson(context, edit(person.number, 'new@sample.example'))
    if (isRefusal(changed)) throw new Error(changed.refused)
    expect(await mails()).toMatchObject([{ to_address: 'old@sample.example', recipient_id: person.accountId }])
    expect(JSON.parse((await mails())[0]!.props)).toMatchObject({ name: '髙橋 美咲', honorific: 'さん' })
    await editPerson(context, { expect: 'known', cells: { 従事者番号: person.number, 氏名: '髙橋 みさき' }, note: '' })
    world.now += 1000
    await importRoster(context, file(person.number, 'third@sample.example'))
    expect((await mails()).map(({ to_address }) => to_address)).toEqual(['old@sample.example', 'new@sample.example'])
    const record = await gatherOwnRecord(world.db, person, dayOf(world.now), 100)
    const { notices } = ownRecordView(world.app.library, (await world.contextOf(person)).viewer, record, world.now, 100)
    expect(notices.filter(({ words }) => words === '登録のメールアドレスの変更').map(({ note }) => note.split('へ')[0]!.trim())).toEqual(['new@sample.example から third@sample.example', 'old@sample.example から new@sample.example'])
  })

  it('a changed address that is undone is told as well', async () => {
    const person = await world.addPerson({ mail: 'old@sample.example' })
    const context = await world.contextOf(hr)
    const changed = await editPerson(context, edit(person.number, 'new@sample.example'))
    if (isRefusal(changed)) throw new Error(changed.refused)
    expect(await undoChangeSet(context, changed.changeSetId)).toMatchObject({ restored: 1 })
    expect((await mails()).map(({ to_address }) => to_address)).toEqual(['old@sample.example', 'new@sample.example'])
  })
})
