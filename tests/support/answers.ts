import type { Page } from 'playwright-core'
import { testLibrary } from './world'
import type { Question } from '../../app/content/schema'

/** Answers the question on the page as somebody who knows (or wilfully does not). Works with and without JavaScript. */
export async function answerQuestion(page: Page, slug: string, right = true): Promise<void> {
  const library = testLibrary()
  const heading = squeeze(await page.locator('main').innerText())
  const questions = library.current('module', slug)!.bank.questions
  const question = questions.filter((one) => heading.includes(squeeze(library.plainText(one.text)))).sort((a, b) => b.text.length - a.text.length)[0]
  if (!question) throw new Error(`No question of ${slug} stands on this page: ${heading.slice(0, 120)}`)
  await give(page, question, right, (text) => library.plainText(text))
}

const squeeze = (text: string) => text.replace(/\s+/g, '')

async function give(page: Page, question: Question, right: boolean, plain: (text: string) => string) {
  if (question.kind === 'single' || question.kind === 'truefalse') {
    const option = question.options.find((one) => (one.correct ?? false) === right)!
    await page.getByRole('button', { name: plain(option.text), exact: true }).click()
    return
  }
  if (question.kind === 'multiple') {
    for (const option of question.options) {
      const box = page.getByRole('checkbox', { name: plain(option.text), exact: true })
      await box.setChecked((option.correct ?? false) === right)
    }
  } else {
    const order = right ? question.options : [...question.options].reverse()
    for (const [at, option] of order.entries()) await page.getByRole('combobox', { name: `「${plain(option.text)}」の順番` }).selectOption(String(at + 1))
  }
  await page.getByRole('button', { name: '答えて次へ' }).click()
}
