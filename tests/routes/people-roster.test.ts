import { beforeAll, expect, it } from 'vitest'
import { action as applyChange, loader as change } from '../../app/routes/people/change'
import { loader as changes } from '../../app/routes/people/changes'
import { action as edit, loader as editForm } from '../../app/routes/people/edit'
import { action as exportFile } from '../../app/routes/people/export-file'
import { loader as exportForm } from '../../app/routes/people/export'
import { action as upload, loader as importForm } from '../../app/routes/people/import'
import { action as badRows } from '../../app/routes/people/import-errors'
import { action as chooseLeaving } from '../../app/routes/people/import-missing'
import { action as apply, loader as preview } from '../../app/routes/people/import-preview'
import { action as leave } from '../../app/routes/people/leave'
import { action as add, loader as addForm } from '../../app/routes/people/new'
import { loader as person } from '../../app/routes/people/person'
import { loader as search } from '../../app/routes/people/search'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const HEAD = '従事者番号,氏名,フリガナ,メール,雇用形態,会社コード,所属コード,所属名,上長番号,在籍開始日,在籍終了日,取扱区分,18歳未満'
const row = (number: string, name: string, more: Partial<Record<'kana' | 'mail' | 'kind' | 'company' | 'unit' | 'supervisor' | 'start' | 'end', string>> = {}) =>
  [number, name, more.kana ?? '', more.mail ?? '', more.kind ?? '正社員', more.company ?? '', more.unit ?? 'D1', '本社', more.supervisor ?? '', more.start ?? '2026-11-02', more.end ?? '', '通信の秘密', ''].join(',')

onBothEngines('人事の名簿の画面', (engine) => {
  let world: World
  let hr: TestPerson
  let other: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('C01', 'みほんコール株式会社', 'contractor', false)
    hr = await world.addPerson({ number: '000021', name: '𠮷田 直子', role: 'hr' })
    other = await world.addPerson({ number: '000022', name: '加藤 大輔', role: 'hr' })
  })

  const at = (answer: unknown) => {
    expect(answer).toBeInstanceOf(Response)
    return (answer as Response).headers.get('Location')!
  }
  const idOf = (location: string) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(location)![0]
  const file = (text: string, scope?: string) => {
    const form = new FormData()
    form.set('roster', new File([text], '従事者名簿.csv', { type: 'text/csv' }))
    if (scope) form.set('scope', scope)
    return form
  }
  const load = async (rows: string[], scope = '=') => idOf(at(await upload(world.args(world.request('/people/import', hr, file([HEAD, ...rows].join('\r\n'), scope))))))
  const look = (draftId: string, viewer = hr, query = '') => preview(world.args(world.request(`/people/import/${draftId}${query}`, viewer), { draftId }))
  const run = (draftId: string, form: Record<string, string>, viewer = hr) => apply(world.args(world.request(`/people/import/${draftId}`, viewer, form), { draftId }))
  const shownOf = (changeSetId: string, query = '') => change(world.args(world.request(`/people/changes/${changeSetId}${query}`, hr), { changeSetId }))
  const found = async (q: string) => (await search(world.args(world.request(`/people?q=${encodeURIComponent(q)}`, hr)))).people
  const base = () => [row('000021', '𠮷田 直子', { start: '2024-04-01' }), row('000022', '加藤 大輔', { start: '2024-04-01' })]
  const crowd = Array.from({ length: 60 }, (_, one) => row(`1${String(one).padStart(3, '0')}`, `高橋 ${one}番`))

  it('shows totals that add up before anything changes, then applies once', async () => {
    const draftId = await load([...base(), ...crowd])
    const shown = await look(draftId)
    expect(shown.counts).toMatchObject({ new: 60, changed: 2, unchanged: 0, bad: 0, missing: 0 })
    expect(shown.lines).toBe(62)
    expect(shown.fresh.rows).toHaveLength(50)
    expect((await look(draftId, hr, '?fresh=50')).fresh.rows).toHaveLength(10)
    expect(await found('高橋')).toHaveLength(0)
    await expect(look(draftId, other)).rejects.toMatchObject({ status: 404 })
    const location = at(await run(draftId, { note: '初回' }))
    expect(at(await run(draftId, { note: '初回' }))).toBe(location)
    const [first] = shown.fresh.rows
    expect(first!.gains.map((place) => shown.titles[`${shown.targets[place]!.kind} ${shown.targets[place]!.slug}`])).toEqual(expect.arrayContaining([expect.any(String)]))
    expect(await found('高橋 5番')).toHaveLength(1)
    const done = await shownOf(idOf(location), '?done=1')
    expect(done.count).toBe(62)
    expect(done.people).toHaveLength(50)
    expect(done.people.find(({ number }) => number === '1000')).toMatchObject({ outcome: 'begun', name: '高橋 0番' })
    expect((await shownOf(idOf(location), new URL(done.next!, 'http://x').search)).people).toHaveLength(12)
    expect((await changes(world.args(world.request('/people/changes', hr)))).changes[0]).toMatchObject({ note: '初回', actor: { number: '000021', kind: 'regular' } })
  })

  it('names every bad row, keeps 個人番号 away, and cannot be applied', async () => {
    const draftId = await load([...base(), row('2001', '派遣 太郎', { kind: '派遣' }), row('123456789018', '番号 太郎'), row('2003', '日付 太郎', { end: '2026/2/30' }), row('2004', '=HYPERLINK(1)')])
    const shown = await look(draftId)
    expect(shown.bad.rows.map(({ line, column, reason }) => [line, column, reason])).toEqual([[4, '雇用形態', 'word'], [5, '従事者番号', 'myNumber'], [6, '在籍終了日', 'day'], [7, '氏名', 'formula']])
    expect(JSON.stringify(shown)).not.toContain('123456789018')
    expect(await run(draftId, {})).toMatchObject({ title: 'まだ反映できません' })
    const csv = (await badRows(world.args(world.request('/', hr, { file: 'roster' }), { draftId }))) as Response
    const bytes = new Uint8Array(await csv.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    expect(text).toContain("'=HYPERLINK(1)")
    expect(text).not.toContain('123456789018')
    expect(await world.db.selectFrom('access_log').select('act').where('subject_id', '=', draftId).execute()).toEqual([{ act: 'download' }])
    await expect(badRows(world.args(world.request('/', hr, { file: 'units' }), { draftId }))).rejects.toMatchObject({ status: 404 })
  })

  it('gives wrong rows back as they were written: unmended they are refused again, mended they are read', async () => {
    const rowsOf = async (draftId: string) => new TextDecoder().decode(await ((await badRows(world.args(world.request('/', hr, { file: 'roster' }), { draftId }))) as Response).arrayBuffer())
    const upAgain = async (text: string) => idOf(at(await upload(world.args(world.request('/people/import', hr, file(text, 'part'))))))
    const wrong = [row('2001', '派遣 太郎', { kind: '派遣' }), row('2002', '髙橋 𠮷子', { mail: '123456789018' }), row('2003', '=1'), row('2004', '列 が,多い')]
    const text = await rowsOf(await load([...base(), ...wrong]))
    expect(text.split('\r\n').slice(0, 2)).toEqual([`もとの行,不備の理由,${HEAD}`, expect.stringMatching(/^4,雇用形態: .*,2001,派遣 太郎,/)])
    expect(text).not.toContain('123456789018')
    const again = await upAgain(text)
    expect((await look(again)).bad.rows.map(({ line, column }) => [line, column])).toEqual([[2, '雇用形態'], [3, 'メール'], [4, '氏名'], [5, '']])
    expect((await rowsOf(again)).split('\r\n')[0]).toBe(`もとの行,不備の理由,${HEAD}`)
    const mended = text.replace(',派遣,', ',派遣社員,C,').replace(/,派遣社員,C,/, ',正社員,').replace(/[^,]*書き直してください[^,]*/, '').replace("'=1", '式 子').replace('列 が,多い', '列 多い')
    expect((await look(await upAgain(mended))).counts).toMatchObject({ bad: 0, new: 4, missing: 0 })
  })

  it('looks for nobody missing in a part of the roster, and still asks when many leave', async () => {
    const part = async (rows: string[]) => idOf(at(await upload(world.args(world.request('/people/import', hr, file([HEAD, ...rows].join('\r\n'), 'part'))))))
    const shown = await look(await part([row('1000', '高橋 0番')]))
    expect(shown).toMatchObject({ part: true, nothing: true, counts: { missing: 0, unchanged: 1, registered: 62 } })
    const leaving = await part([0, 1, 2, 3].map((one) => row(`100${one}`, `高橋 ${one}番`, { end: '2026-12-31' })))
    expect((await look(leaving)).leaving).toMatchObject({ leaving: 4, needed: true })
    expect((await look(leaving)).nothing).toBe(false)
    expect(await run(leaving, {})).toMatchObject({ title: expect.stringContaining('5%'), body: expect.not.stringContaining('部署の一部') })
  })

  it('asks for an explicit yes above 5 %, ends only the chosen, and undoes it', async () => {
    const draftId = await load([...base(), ...crowd.slice(5)])
    expect((await look(draftId)).missing.count).toBe(5)
    expect((await look(draftId)).leaving).toMatchObject({ byHand: 0, needed: false })
    expect((await look(draftId)).nothing).toBe(true)
    const chosen = Object.fromEntries([0, 1, 2, 3, 4].flatMap((one) => [[`people[${one}].number`, `100${one}`], [`people[${one}].lastDay`, one === 4 ? '' : '2026-11-30']]))
    expect(at(await chooseLeaving(world.args(world.request('/', hr, { ...chosen, go: 'done' }), { draftId })))).toBe(`/people/import/${draftId}`)
    expect((await look(draftId)).leaving).toMatchObject({ byHand: 4, needed: true })
    expect((await look(draftId)).nothing).toBe(false)
    expect(await run(draftId, {})).toMatchObject({ title: expect.stringContaining('5%') })
    const changeSetId = idOf(at(await run(draftId, { over: 'on' })))
    const done = await shownOf(changeSetId)
    expect(done.people.map(({ number }) => number)).toEqual(['1000', '1001', '1002', '1003'])
    expect(done.people[0]!.fields).toContainEqual({ label: '在籍終了日', was: '', is: '2026-11-30' })
    const undo = (await shownOf(changeSetId, '?undo=1')).undo!.preview!
    expect(undo.restoredCount).toBe(4)
    const undone = await applyChange(world.args(world.request('/', hr, { base: undo.baseSha256 }), { changeSetId }))
    expect((await shownOf(idOf(at(undone)))).change).toMatchObject({ kind: 'undo', undoes: changeSetId })
    expect((await found('1000'))[0]!.validTo).toBe('9999-12-31')
    expect(await applyChange(world.args(world.request('/', hr, { base: undo.baseSha256 }), { changeSetId }))).toMatchObject({ refusal: { refused: 'alreadyUndone' } })
  })

  it('refuses to apply when what was compared has changed', async () => {
    const first = await load([...base(), ...crowd.slice(1), row('1000', '変わった 名前')])
    const second = await load([...base(), ...crowd.slice(1), row('1000', '別の 名前')])
    at(await run(first, {}))
    expect(await run(second, {})).toMatchObject({ title: expect.stringContaining('名簿が変わっています') })
  })

  it('adds, corrects and ends one person through a preview', async () => {
    const fields = { number: '9001', name: '髙田 新', kind: '正社員', company: '', unit: 'D9', supervisor: '000022', start: '2026-11-24', categories: ['communicationsSecrecy', 'personalInfo'] }
    const send = (given: Record<string, string | string[]>) => add(world.args(world.request('/people/new', hr, given)))
    expect(await send(fields)).toMatchObject({ trouble: { errors: { unit: [expect.any(String)] } } })
    expect(await send({ ...fields, unit: 'D1', number: '1001' })).toMatchObject({ trouble: { errors: { number: [expect.stringContaining('使われている')] } } })
    const like = at(await send({ ...fields, unit: 'D1', number: '0001001' }))
    expect((await addForm(world.args(world.request(like, hr)))).preview!.person.likeNumber).toBe('1001')
    const shortOf = async (number: string, more: Record<string, string> = {}) => (await addForm(world.args(world.request(at(await send({ ...fields, unit: 'D1', ...more, number })), hr)))).preview!.shortNumbers
    expect(await shortOf('61')).toEqual({ count: 1, some: ['61'] })
    expect(await shortOf('6123')).toBeUndefined()
    expect(await shortOf('61', { kind: '委託先従業者', company: 'C01', supervisor: '' })).toBeUndefined()
    const draft = idOf(at(await send({ ...fields, unit: 'D1' })))
    expect(await found('9001')).toHaveLength(0)
    at(await send({ draft }))
    const [made] = await found('高田')
    expect(made).toMatchObject({ number: '9001', name: '髙田 新', unitName: '本社' })
    const params = { engagementId: made!.engagementId }
    await world.openRecord(hr, made!.engagementId)
    const form = (await editForm(world.args(world.request('/', hr), params))).form!
    expect(form.values).toMatchObject({ supervisor: '000022', categories: expect.arrayContaining(['communicationsSecrecy', 'personalInfo']) })
    const correct = (given: Record<string, string | string[]>) => edit(world.args(world.request('/', hr, given), params))
    const kept = { ...fields, unit: 'D1', number: '' }
    expect(await correct({ ...kept, end: '2026-11-01' })).toMatchObject({ trouble: { errors: { end: [expect.any(String)] } } })
    const drafted = at(await correct({ ...kept, name: '三浦 新', end: '2027-03-31' }))
    const shown = (await editForm(world.args(world.request(drafted, hr), params))).preview!
    expect(shown.person.fields).toEqual([{ column: '氏名', was: '髙田 新', is: '三浦 新' }, { column: '在籍終了日', was: '', is: '2027-03-31' }])
    at(await correct({ draft: idOf(drafted.split('draft=')[1]!) }))
    expect((await found('9001'))[0]).toMatchObject({ name: '三浦 新', validTo: '2027-04-01' })
    expect(await correct({ ...kept, name: '三浦 新', end: '2027-03-31' })).toMatchObject({ refusal: { refused: 'rosterNothingToDo' } })
  })

  it('records leave, corrects it and takes it back', async () => {
    const [made] = await found('1010')
    const params = { engagementId: made!.engagementId }
    await world.openRecord(hr, made!.engagementId)
    const send = async (given: Record<string, string>) => leave(world.args(world.request('/', hr, given), params))
    expect(await send({ from: '2026-13-01', reason: 'parental' })).toMatchObject({ trouble: { errors: { from: [expect.any(String)] } } })
    expect(await send({ from: '2020-01-01', reason: 'parental' })).toMatchObject({ trouble: { errors: { from: [expect.any(String)] } } })
    const first = at(await send({ was: '', from: '2026-11-16', lastDay: '', reason: 'parental', note: '' }))
    at(await send({ draft: first.split('draft=')[1]! }))
    expect((await found('1010'))[0]!.onLeave).toBe(true)
    const again = at(await send({ was: '2026-11-16', from: '2026-11-16', lastDay: '2026-11-18', reason: 'leave' }))
    at(await send({ draft: again.split('draft=')[1]! }))
    const shown = await person(world.args(world.request('/', hr), params))
    expect(shown.beside.leave).toEqual([{ reasonCode: 'leave', from: '2026-11-16', to: '2026-11-19' }])
    const gone = at(await send({ was: '2026-11-16', remove: 'yes' }))
    at(await send({ draft: gone.split('draft=')[1]! }))
    expect((await person(world.args(world.request('/', hr), params))).beside.leave).toEqual([])
  })

  it('writes the roster out with a record, and back in without a change', async () => {
    const out = (form: Record<string, string>) => exportFile(world.args(world.request('/people/export/file', hr, form)))
    expect(at(await out({ encoding: 'utf-8', reason: '' }))).toBe('/people/export?missing=1')
    const refused = at(await out({ encoding: 'cp932', reason: '月次', scope: '=' }))
    expect((await exportForm(world.args(world.request(refused, hr)))).unwritable!.rows[0]).toMatchObject({ number: '000021', column: '氏名', characters: ['𠮷'] })
    const csv = (await out({ encoding: 'utf-8', reason: '月次', scope: '=' })) as Response
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await csv.arrayBuffer())
    expect(await world.db.selectFrom('export_record').select(['reason', 'kind']).execute()).toEqual([{ reason: '月次', kind: 'roster' }])
    const draftId = idOf(at(await upload(world.args(world.request('/people/import', hr, file(text, '='))))))
    expect((await look(draftId)).counts).toMatchObject({ new: 0, changed: 0, missing: 0, bad: 0 })
    expect(await run(draftId, {})).toMatchObject({ title: '反映することはありません' })
  })

  it('opens for HR only', async () => {
    const chief = await world.addPerson({ number: '000011', role: 'chief' })
    await expect(importForm(world.args(world.request('/people/import', chief)))).rejects.toMatchObject({ status: 404 })
    await expect(exportFile(world.args(world.request('/', chief, { encoding: 'utf-8', reason: 'x' })))).rejects.toMatchObject({ status: 404 })
    await expect(upload(world.args(world.request('/people/import', chief, file(HEAD))))).rejects.toMatchObject({ status: 404 })
  })
})
