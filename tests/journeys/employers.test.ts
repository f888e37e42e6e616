import { expect, it } from 'vitest'
import { DEMO_PASSWORD, DEMO_SIGN_INS, demoPeople, type DemoRole } from '../../app/demo/company'
import { dayOf } from '../../app/domain/calendar'
import { journeyScene, personAt } from '../support/site'
import { heading, passNotice, signPledge } from '../support/steps'

/** People who sign towards their employer, the employer's 誓約取得証明, and what the operator sees of it. */
const scene = journeyScene()

const personOf = (role: DemoRole) => demoPeople(dayOf(Date.now())).find(({ number }) => number === DEMO_SIGN_INS[role])!

async function at(role: DemoRole, javaScript: boolean) {
  const { page, context } = await personAt(scene, { login: `${role}@demo.example`, password: DEMO_PASSWORD, javaScript })
  await passNotice(page)
  return { page, context }
}

interface Case { worker: DemoRole; contact: DemoRole; javaScript: boolean; own: readonly string[]; shownAs: (person: { number: string; name: string }) => string; hidden: (person: { name: string }) => string | null }

it.each<Case>([
  { worker: 'contractor', contact: 'contractor-lead', javaScript: true, own: ['C01', 'C11'], shownAs: ({ number }) => `従事者 ${number}`, hidden: ({ name }) => name },
  { worker: 'dispatched', contact: 'agency', javaScript: false, own: ['A01'], shownAs: ({ name }) => name, hidden: () => null },
])('settles the pledge of a $worker by the certificate of the $contact (JavaScript: $javaScript)', async ({ worker, contact, javaScript, own, shownAs, hidden }) => {
  const person = personOf(worker)
  const { page, context } = await at(worker, javaScript)
  const pledge = page.locator('.task', { hasText: '秘密保持誓約書' })
  await pledge.getByRole('link').click()
  await signPledge(page, person.name)
  await heading(page, '署名を記録しました')
  await page.goto('/')
  await heading(page, 'いま、やること')
  expect(await page.locator('main').innerText()).toContain('提出待ち')

  const { page: desk, context: deskContext } = await at(contact, javaScript)
  await desk.goto('/company?show=all')
  const numbers = (await desk.locator('.who-no').allInnerTexts()).map((text) => text.trim().split(/[・\s]/)[0]!)
  expect(numbers).toContain(person.number)
  const ownNumbers = demoPeople(dayOf(Date.now())).filter(({ company }) => own.includes(company)).map(({ number }) => number)
  expect(numbers.filter((number) => !ownNumbers.includes(number))).toEqual([])
  const late = await desk.locator('tr', { has: desk.locator('.who-no') }).filter({ has: desk.locator('.st[data-s="late"]') }).count()
  expect(late, 'a company that is well run').toBeLessThanOrEqual(1)
  await desk.getByRole('link', { name: '証明を作る' }).click()
  await heading(desk, '誓約取得証明を提出する')
  for (const row of await desk.locator('tbody tr').all()) {
    const isHis = (await row.innerText()).includes(person.number)
    if (isHis) expect(await row.getByRole('checkbox').isChecked()).toBe(true)
    await row.getByRole('checkbox').setChecked(isHis)
  }
  await desk.locator('#f-declare input').check()
  await desk.getByLabel('氏名').fill(personOf(contact).name)
  await desk.getByLabel('パスワード').fill(DEMO_PASSWORD)
  await desk.getByRole('button', { name: 'この内容で証明を提出する' }).click()
  await heading(desk, '誓約取得証明を提出しました')
  expect(await desk.locator('tbody tr').allInnerTexts()).toEqual([expect.stringContaining(person.number)])
  await deskContext.close()

  await page.goto('/')
  await heading(page, 'いま、やること')
  expect(await page.locator('main').innerText()).not.toContain('提出待ち')
  expect(await pledge.getByRole('link', { name: '読む' }).count()).toBe(0)
  await context.close()

  const { page: hr, context: hrContext } = await at('hr', javaScript)
  await hr.goto(`/people?q=${person.number}`)
  const row = await hr.locator('tbody tr').innerText()
  for (const words of [shownAs(person), person.number]) expect(row).toContain(words)
  expect(row).toMatch(/証明あり|期限後に証明/)
  const name = hidden(person)
  if (name) expect(await hr.content()).not.toContain(name)
  await hrContext.close()
})

it('shows a contractor’s people by name where the contract allows it', async () => {
  const { page, context } = await at('hr', false)
  await page.goto('/people?q=N-0002')
  expect(await page.locator('tbody tr').innerText()).toContain('阿部 直子')
  await context.close()
})
