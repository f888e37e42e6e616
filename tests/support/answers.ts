import type { Locator, Page } from 'playwright-core'
import type { Question } from '../../app/content/schema'
import { testLibrary } from './world'

/** How somebody works a page: with a pointer, or with the keyboard alone. */
export interface Hand {
  follow(page: Page, link: Locator): Promise<void>
  press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void>
  tick(page: Page, name: string | RegExp, on: boolean): Promise<void>
  choose(page: Page, name: string, value: string): Promise<void>
  type(page: Page, label: string, text: string): Promise<void>
}

export const pointer: Hand = {
  follow: (_page, link) => link.click(),
  press: (page, role, name) => page.getByRole(role, { name, exact: true }).first().click(),
  tick: (page, name, on) => page.getByRole('checkbox', { name, exact: true }).setChecked(on),
  choose: async (page, name, value) => void (await page.getByRole('combobox', { name }).selectOption(value)),
  type: (page, label, text) => page.getByLabel(label).fill(text),
}

const MOST_STEPS = 120

/** Tabs until the focus stands on the control that the locator means; fails when the keyboard does not get there. */
async function reach(page: Page, control: Locator) {
  await control.waitFor()
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard did not reach ${control} on ${page.url()}`)
}

export const keyboard: Hand = {
  follow: async (page, link) => {
    await reach(page, link)
    await page.keyboard.press('Enter')
  },
  press: async (page, role, name) => {
    await reach(page, page.getByRole(role, { name, exact: true }).first())
    await page.keyboard.press('Enter')
  },
  tick: async (page, name, on) => {
    const box = page.getByRole('checkbox', { name, exact: true })
    await reach(page, box)
    if ((await box.isChecked()) !== on) await page.keyboard.press('Space')
  },
  choose: async (page, name, value) => {
    await reach(page, page.getByRole('combobox', { name }))
    await page.keyboard.type(value)
  },
  type: async (page, label, text) => {
    await reach(page, page.getByLabel(label))
    await page.keyboard.insertText(text)
  },
}

/** Answers the question on the page as somebody who knows (or wilfully does not). Works with and without JavaScript. */
export async function answerQuestion(page: Page, slug: string, right = true, hand: Hand = pointer): Promise<void> {
  const library = testLibrary()
  const shown = squeeze(await page.locator('main').innerText())
  const questions = library.current('module', slug)!.bank.questions
  const question = questions.filter((one) => shown.includes(squeeze(library.plainText(one.text)))).sort((a, b) => b.text.length - a.text.length)[0]
  if (!question) throw new Error(`No question of ${slug} stands on this page: ${shown.slice(0, 120)}`)
  await give(page, question, right, hand, (text) => library.plainText(text))
}

const squeeze = (text: string) => text.replace(/\s+/g, '')

async function give(page: Page, question: Question, right: boolean, hand: Hand, plain: (text: string) => string) {
  if (question.kind === 'single' || question.kind === 'truefalse') return hand.press(page, 'button', plain(question.options.find((one) => (one.correct ?? false) === right)!.text))
  if (question.kind === 'multiple') {
    for (const option of question.options) await hand.tick(page, plain(option.text), (option.correct ?? false) === right)
  } else {
    const order = right ? question.options : [...question.options].reverse()
    for (const [at, option] of order.entries()) await hand.choose(page, `「${plain(option.text)}」の順番`, String(at + 1))
  }
  await hand.press(page, 'button', await page.getByRole('button', { name: /^答えて/ }).innerText())
}
