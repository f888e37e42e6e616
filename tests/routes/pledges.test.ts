import { beforeAll, expect, it } from 'vitest'
import * as certificatePage from '../../app/routes/contractor/certificate'
import * as certificateReceipt from '../../app/routes/contractor/certificate-receipt'
import * as rosterPage from '../../app/routes/contractor/roster'
import * as declinePage from '../../app/routes/learn/pledge-decline'
import * as homePage from '../../app/routes/learn/home'
import * as notePage from '../../app/routes/learn/note-to-editor'
import * as pledgePage from '../../app/routes/learn/pledge-page'
import * as pdfPage from '../../app/routes/learn/pledge-pdf'
import * as receiptPage from '../../app/routes/learn/pledge-receipt'
import * as recordsPage from '../../app/routes/learn/records'
import * as signPage from '../../app/routes/learn/pledge-sign'
import * as textPage from '../../app/routes/learn/pledge-text'
import * as questionsPage from '../../app/routes/people/questions'
import * as withoutPage from '../../app/routes/people/without-template'
import { countDeclined } from '../../db/questions.server'
import { onBothEngines } from '../support/database'
import { PASSWORD, World, type TestPerson } from '../support/world'

type Door = (args: never) => Promise<unknown>

onBothEngines('the doors of pledges', (engine) => {
  let world: World
  let person: TestPerson
  let other: TestPerson
  let contact: TestPerson
  let worker: TestPerson
  let id: string
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('K9', 'べつの株式会社', 'contractor')
    person = await world.addPerson({ name: '髙橋 美咲', password: true })
    other = await world.addPerson({ password: true })
    id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '小野寺 仁', password: true, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K1') } })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'K1', name: '髙木 悠斗' })
    await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
  })
  const statusOf = async (door: Door, path: string, who: TestPerson | undefined, params: Record<string, string> = {}, form?: Record<string, string | string[]>): Promise<number> => {
    try {
      const answer = await door(world.args(world.request(path, who, form), params))
      return answer instanceof Response ? answer.status : ((answer as { init?: { status?: number } })?.init?.status ?? 200)
    } catch (thrown) {
      if (thrown instanceof Response) return thrown.status
      throw thrown
    }
  }
  const load = async <T>(door: (args: never) => Promise<T>, path: string, who: TestPerson, params: Record<string, string> = {}) => door(world.args(world.request(path, who), params))

  it('answers 404 to everybody but the person, and leads the unknown to the door', async () => {
    const doors: [Door, string, Record<string, string>][] = [
      [pledgePage.loader, `/pledges/${id}/pages/1`, { assignmentId: id, page: '1' }], [signPage.loader, `/pledges/${id}/sign`, { assignmentId: id }], [declinePage.loader, `/pledges/${id}/decline`, { assignmentId: id }],
      [textPage.loader, `/pledges/${id}/text`, { assignmentId: id }], [receiptPage.loader, `/pledges/${id}/receipt`, { assignmentId: id }], [pdfPage.loader, `/pledges/${id}/pdf`, { assignmentId: id }],
    ]
    for (const [door, path, params] of doors) {
      expect(await statusOf(door, path, other, params), path).toBe(404)
      expect(await statusOf(door, path, undefined, params), path).toBe(302)
    }
    expect(await Promise.all(doors.map(([door, path, params]) => statusOf(door, path, person, params)))).toEqual([200, 200, 200, 200, 404, 404])
    for (const page of ['0', '4', 'x']) expect(await statusOf(pledgePage.loader, '/x', person, { assignmentId: id, page })).toBe(404)
    expect(await statusOf(declinePage.action, '/x', other, { assignmentId: id }, { outcome: 'question', words: 'x' })).toBe(404)
    expect(await statusOf(signPage.action, '/x', other, { assignmentId: id }, { name: 'x', password: 'x' })).toBe(404)
  })

  it('leads from the first page to the receipt by plain forms', async () => {
    const params = { assignmentId: id }
    expect((await load(signPage.loader, `/pledges/${id}/sign`, person, params)).refused).toMatchObject({ refused: 'pagesNotShown' })
    for (const page of ['1', '2', '3']) {
      const shown = await load(pledgePage.loader, `/pledges/${id}/pages/${page}`, person, { ...params, page })
      expect(await statusOf(pledgePage.action, `/pledges/${id}/pages/${page}`, person, { ...params, page }, { shown: 'f'.repeat(64) })).toBe(409)
      const answer = (await pledgePage.action(world.args(world.request(`/pledges/${id}/pages/${page}`, person, { shown: shown.sha256 }), { ...params, page }))) as Response
      expect(answer.headers.get('Location')).toBe(page === '3' ? `/pledges/${id}/sign` : `/pledges/${id}/pages/${Number(page) + 1}`)
    }
    const form = await load(signPage.loader, `/pledges/${id}/sign`, person, params)
    expect(form).toMatchObject({ refused: null, name: '髙橋 美咲', minor: false })
    const clause = form.clauses.map((one) => one.clause)
    const sign = (change: Record<string, string | string[]>) => statusOf(signPage.action, `/pledges/${id}/sign`, person, params, { clause, name: '高橋美咲', password: PASSWORD, memo: '', ...change })
    expect(await sign({ clause: clause.slice(1) })).toBe(422)
    expect(await sign({ name: '' })).toBe(422)
    const wrong = await signPage.action(world.args(world.request(`/pledges/${id}/sign`, person, { clause: clause.slice(1), name: '高橋 花', password: 'wrong', memo: 'よろしく' }), params))
    expect(wrong).toMatchObject({ data: { refused: null, trouble: { errors: { clause: [expect.any(String)], name: [expect.stringContaining('髙橋 美咲')], password: ['パスワードが違います。もう一度入力してください。'] }, given: { clause: clause.slice(1), name: '高橋 花', memo: 'よろしく' } } } })
    expect(JSON.stringify(wrong)).not.toContain('"wrong"')
    expect(await sign({ password: 'wrong' })).toBe(422)
    expect(await sign({})).toBe(303)
    expect(await load(receiptPage.loader, `/pledges/${id}/receipt`, person, params)).toMatchObject({ signer: { nameTyped: '高橋美咲', nameRegistered: '髙橋 美咲' }, addressee: 'サンプル通信株式会社' })
    const pdf = (await load(pdfPage.loader, `/pledges/${id}/pdf`, person, params)) as Response
    expect(pdf.headers.get('Content-Type')).toBe('application/pdf')
    const again = (await load(pdfPage.loader, `/pledges/${id}/pdf`, person, params)) as Response
    expect(Buffer.from(await pdf.arrayBuffer()).equals(Buffer.from(await again.arrayBuffer()))).toBe(true)
    expect(await statusOf(pledgePage.loader, `/pledges/${id}/pages/1`, person, { ...params, page: '1' })).toBe(302)
    expect(await statusOf(receiptPage.loader, `/pledges/${id}/receipt`, other, params)).toBe(404)
  })

  it('shows the 会社側担当者 own people only, and nobody else their list', async () => {
    const roster = await load(rosterPage.loader, '/company', contact)
    expect(roster.companies.map(({ name }) => name)).toEqual(['みほんコールサービス株式会社'])
    expect(roster.people.map(({ name }) => name)).toEqual(['髙木 悠斗'])
    expect(await statusOf(rosterPage.loader, `/company?company=${world.companyId('K9')}`, contact)).toBe(404)
    expect(await statusOf(certificatePage.loader, `/company/certificate?company=${world.companyId('K9')}`, contact)).toBe(404)
    for (const who of [person, worker]) {
      expect(await statusOf(rosterPage.loader, '/company', who)).toBe(404)
      expect(await statusOf(certificatePage.loader, '/company/certificate', who)).toBe(404)
      expect(await statusOf(questionsPage.loader, '/people/questions', who)).toBe(404)
      expect(await statusOf(withoutPage.loader, '/people/without-template', who)).toBe(404)
    }
  })

  it('takes a certificate by a plain form, and shows it to its own company only', async () => {
    const page = await load(certificatePage.loader, '/company/certificate', contact)
    expect(page.people.map(({ name, signedOn }) => [name, signedOn])).toEqual([['髙木 悠斗', '']])
    const submit = (change: Record<string, string | string[]>) => certificatePage.action(world.args(world.request('/company/certificate', contact, {
      company: page.companyId, text: page.slug, key: page.key, person: [worker.engagementId], [`taken.${worker.engagementId}`]: '2026-11-19', declaration: page.declaration, declare: 'on', name: '小野寺　仁', password: PASSWORD, ...change,
    })))
    expect(await submit({ [`taken.${worker.engagementId}`]: '' })).toMatchObject({ init: { status: 400 }, data: { trouble: { errors: { [`taken.${worker.engagementId}`]: ['受け取った日を入れてください。'] } } } })
    const done = (await submit({})) as Response
    expect(done.status).toBe(303)
    const certificateId = done.headers.get('Location')!.split('/').at(-1)!
    expect(await load(certificateReceipt.loader, '/x', contact, { certificateId })).toMatchObject({ lines: [{ name: '髙木 悠斗', number: worker.number }] })
    const stranger = await world.addPerson({ kind: 'contractorWorker', company: 'K9', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('K9') } })
    expect(await statusOf(certificateReceipt.loader, '/x', stranger, { certificateId })).toBe(404)
  })

  it('lets HR hand a declined pledge out again by a plain form, and brings what was typed back', async () => {
    const hr = await world.addPerson({ role: 'hr' })
    const again = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1', period: 'again' })
    expect(await statusOf(declinePage.action, `/pledges/${again}/decline`, person, { assignmentId: again }, { outcome: 'declined', words: '第11条に納得できません。' })).toBe(303)
    expect((await load(pledgePage.loader, `/pledges/${again}/pages/1`, person, { assignmentId: again, page: '1' })).declined).toBe(true)
    expect((await load(signPage.loader, `/pledges/${again}/sign`, person, { assignmentId: again })).refused).toMatchObject({ refused: 'pagesNotShown' })
    const listed = await load(questionsPage.loader, '/people/questions?view=notSigned', hr)
    expect([listed.counts, listed.waiting]).toEqual([{ notSigned: '1' }, '待っているもの：この30日に「署名しない」と答えた方 1人。'])
    const desk = async () => (await load(homePage.loader, '/', hr)).desk
    expect(await desk()).toContainEqual({ words: '「署名しない」と答えた方と話す(この30日に1人)', to: '/people/questions?view=notSigned' })
    expect(await countDeclined(world.db, { is: 'operator' }, '2026-11-20', world.now + 1, 100)).toBe(0)
    expect(listed.said).toMatchObject([{ words: '第11条に納得できません。', reopen: { assignmentId: again, from: '2026-11-23' } }])
    const hand = (who: TestPerson, form: Record<string, string>) => questionsPage.action(world.args(world.request('/people/questions?view=notSigned', who, { about: 'reopen', id: again, ...form })))
    expect(await hand(hr, { dueOn: '2026-13-01', words: 'ご説明しました。' })).toMatchObject({ init: { status: 400 }, data: { trouble: { about: again, given: { words: 'ご説明しました。' }, errors: { dueOn: [expect.stringContaining('期限')] } } } })
    expect(await hand(hr, { dueOn: '2026-11-21', words: 'ご説明しました。' })).toMatchObject({ init: { status: 409 }, data: { refused: { refused: 'dueTooSoon' } } })
    expect(await statusOf(questionsPage.action, '/people/questions', other, {}, { about: 'reopen', id: again, dueOn: '2026-11-30', words: 'x' })).toBe(404)
    expect(((await hand(hr, { dueOn: '2026-11-30', words: 'ご説明しました。' })) as Response).headers.get('Location')).toBe('/people/questions?view=notSigned&sent=reopen')
    expect([(await load(questionsPage.loader, '/people/questions', hr)).counts, await desk()]).toEqual([{}, []])
    expect((await load(pledgePage.loader, `/pledges/${again}/pages/1`, person, { assignmentId: again, page: '1' })).answer).toEqual({ note: 'ご説明しました。', reopened: true, dueOn: '11月30日(月)' })
  })

  it('answers a reader\'s note by a plain form, and names the companies where nobody may answer', async () => {
    const hr = await world.addPerson({ role: 'hr' })
    expect(await statusOf(notePage.action, '/notes-to-editor?kind=module&slug=M05&version=1.0&section=s1', person, {}, { body: '字が違います。' })).toBe(303)
    const noteId = (await load(questionsPage.loader, '/people/questions?view=notes', hr)).notes[0]!.id
    const answer = (form: Record<string, string>) => questionsPage.action(world.args(world.request('/people/questions?view=notes', hr, { about: 'note', id: noteId, ...form })))
    expect(await answer({ words: '直しました。', outcome: '' })).toMatchObject({ init: { status: 400 }, data: { trouble: { about: noteId, given: { words: '直しました。' } } } })
    expect(((await answer({ words: '直しました。', outcome: 'fixed' })) as Response).status).toBe(303)
    expect((await load(questionsPage.loader, '/people/questions?view=notesClosed', hr)).notes).toMatchObject([{ words: '直しました', answer: { words: '直しました。' } }])
    expect((await load(recordsPage.loader, '/records', person)).notes).toMatchObject([{ body: '字が違います。', answer: { words: '直しました。' } }])
    expect((await load(homePage.loader, '/', person)).answered).toEqual({ corrections: 0, notes: 1 })
    await world.addCompany('K7', 'だれもいない株式会社', 'contractor')
    const asking = await world.addPerson({ kind: 'contractorWorker', company: 'K7', name: '質問 する人' })
    const duty = await world.addAssignment(asking, { kind: 'certificate', slug: 'PL3' })
    expect(await statusOf(declinePage.action, `/pledges/${duty}/decline`, asking, { assignmentId: duty }, { outcome: 'question', words: '第3条は何ですか。' })).toBe(303)
    const shown = await load(questionsPage.loader, '/people/questions', hr)
    expect(shown.unheard).toMatchObject([{ name: 'だれもいない株式会社', questions: 1 }])
    expect(JSON.stringify(shown)).not.toMatch(/第3条は何|質問 する人/)
  })

  it('turns pages without leaving anything out', async () => {
    const hr = await world.addPerson({ role: 'hr' })
    for (let at = 1; at <= 3; at++) for (let nth = 1; nth <= 9; nth++) expect(await statusOf(notePage.action, '/notes-to-editor?kind=module&slug=M05&version=1.0&section=s1', await world.addPerson({}), {}, { body: `${at}-${nth}` })).toBe(303)
    const first = await load(questionsPage.loader, '/people/questions?view=notes', hr)
    const rest = await load(questionsPage.loader, first.next!, hr)
    expect([first.counts.notes, new Set([...first.notes, ...rest.notes].map(({ body }) => body)).size]).toEqual(['27', 27])
  })

  it('lists nobody as 様式なし while every kind has its text', async () => {
    const hr = await world.addPerson({ role: 'hr' })
    expect((await load(withoutPage.loader, '/people/without-template', hr)).people).toEqual([])
    for (const view of ['questions', 'notSigned', 'memos', 'corrections', 'notes', 'questionsClosed', 'correctionsClosed', 'notesClosed', 'unheard']) expect(await statusOf(questionsPage.loader, `/people/questions?view=${view}`, hr)).toBe(200)
  })
})
