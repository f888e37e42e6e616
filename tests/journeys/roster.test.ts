import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../app/demo/company'
import { addDays, dayOf } from '../../app/domain/calendar'
import { accessibilityViolations, journeyScene, personAt } from '../support/site'
import { heading, passNotice } from '../support/steps'

/** HR and the roster of one contractor, whose people are shown by name: a bad file, an export, an import and its undoing. */
const scene = journeyScene()

async function hrAt({ javaScript }: { javaScript: boolean }) {
  const { page, context } = await personAt(scene, { login: 'hr@demo.example', password: DEMO_PASSWORD, javaScript })
  await passNotice(page)
  return { page, context }
}

const LABELS = { roster: '従事者の名簿(CSV)', companies: '会社(CSV)', units: '所属(CSV)' } as const

/** Brings files as the browser would send them, and waits for the preview. */
async function bring(page: Page, files: Partial<Record<keyof typeof LABELS, Buffer>>) {
  await page.goto('/people/import')
  for (const [kind, buffer] of Object.entries(files)) await page.getByLabel(LABELS[kind as keyof typeof LABELS]).setInputFiles({ name: `${kind}.csv`, mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '読み込んで、変化を確かめる' }).click()
  await page.waitForURL(/\/people\/import\/[0-9a-f-]{36}$/)
}

const mainText = async (page: Page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ')
const csv = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\r\n') + '\r\n'

/** The roster of みほん… as HR gets it from the screen: rows of cells, the header first. */
async function exported(page: Page): Promise<{ bytes: Buffer; rows: string[][] }> {
  await page.goto('/people/export')
  await page.getByLabel('書き出す会社').selectOption('=C02')
  await page.getByLabel('文字コード').selectOption('utf-8')
  await page.getByLabel('目的').fill('人事システムとの照合')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '名簿のCSVを受け取る' }).click()])
  const bytes = readFileSync(await download.path())
  return { bytes, rows: bytes.toString().replace('\uFEFF', '').trimEnd().split('\r\n').map((line) => line.split(',')) }
}

it('names every bad row of a file, and changes nothing by an export that comes back, without JavaScript', async () => {
  const { page, context } = await hrAt({ javaScript: false })
  await bring(page, { roster: Buffer.from(csv([
    ['従事者番号', '氏名', '雇用形態', '会社コード', '在籍開始日'],
    ['Z001', '派遣 太郎', '派遣', '', '2026-04-01'],
    ['123456789018', '番号 太郎', '正社員', '', '2026-04-01'],
    ['Z003', '日付 太郎', '正社員', '', '2026/2/30'],
    ['Z004', '=HYPERLINK(1)', '正社員', '', '2026-04-01'],
  ])) })
  await heading(page, 'このファイルは、まだ反映できません')
  const told = await page.getByRole('table', { name: '不備の行' }).getByRole('row').allInnerTexts()
  const expected = [['2行', '雇用形態', '派遣', '決められた言葉ではありません'], ['3行', '従事者番号', '', '個人番号の可能性があります'], ['4行', '在籍開始日', '2026/2/30', 'ない日付か、読めない書き方です'], ['5行', '氏名', '=HYPERLINK(1)', '計算式になる記号']]
  expect(told).toHaveLength(1 + expected.length)
  for (const [at, words] of expected.entries()) for (const word of words) expect(told[at + 1]).toContain(word)
  expect(await page.content()).not.toContain('123456789018')
  expect(await page.getByRole('button', { name: 'この内容で反映する' }).count()).toBe(0)

  const { bytes, rows } = await exported(page)
  await bring(page, { roster: bytes })
  expect(await mainText(page)).toContain(`ファイルの${rows.length - 1}行 ＝ 新しい0 ＋ 変わる0 ＋ 変わらない${rows.length - 1}。`)
  await context.close()
})

it('shows what a CP932 file would change, asks before many leave, applies it, and takes it back', async () => {
  const { page, context } = await hrAt({ javaScript: true })
  const { rows: [head, ...people] } = await exported(page)
  const columns = ['従事者番号', '氏名', 'フリガナ', '雇用形態', '会社コード', '在籍開始日', '取扱区分']
  const cells = (number: string, changed: Record<string, string> = {}) => {
    const known = people.find((row) => row[head!.indexOf('従事者番号')] === number)
    return columns.map((column) => changed[column] ?? known![head!.indexOf(column)]!)
  }
  const fresh = { 雇用形態: '委託先従業者', 会社コード: 'C02', 在籍開始日: addDays(dayOf(Date.now()), -3), 取扱区分: '通信の秘密' }
  const cp932 = (table: readonly (readonly string[])[]) => iconv.encode(csv(table), 'cp932')
  await bring(page, {
    roster: cp932([
      columns, cells('N-0001'), cells('N-0002', { 氏名: '阿部 尚子', フリガナ: 'アベ ショウコ' }),
      cells('N-0201', { ...fresh, 従事者番号: 'N-0201', 氏名: '髙橋 千夏', フリガナ: 'タカハシ チカ' }), cells('N-0202', { ...fresh, 従事者番号: 'N-0202', 氏名: '﨑山 大介', フリガナ: 'サキヤマ ダイスケ' }),
    ]),
    companies: cp932([['会社コード', '会社名', '種別', '親会社コード', '契約番号', '契約開始日', '契約終了日', '責任者番号', '氏名表示'], ['C15', 'あおば電工株式会社', '再委託先', 'C02', 'K-2026-099', '2026-11-01', '2031-03-31', '', '可']]),
    units: cp932([['所属コード', '所属名', '上位所属コード', '所属長番号', '有効開始日'], ['D330', '山形店', 'D000', '', '2026-11-01']]),
  })
  await heading(page, '取り込む前に確かめる')
  const shown = await mainText(page)
  for (const words of ['CP932', `ファイルの4行 ＝ 新しい2 ＋ 変わる1 ＋ 変わらない1`, 'あおば電工株式会社', '山形店', `ファイルにいない人 ${people.length - 2}人`]) expect(shown).toContain(words)
  const changed = await page.getByRole('row', { name: /N-0002/ }).first().innerText()
  for (const words of ['氏名', '阿部 直子', '阿部 尚子', 'フリガナ', 'アベ ショウコ']) expect(changed).toContain(words)
  expect(await page.getByRole('row', { name: /新しく割り当てる/ }).innerText()).toMatch(/[1-9]\d*件/)
  await page.getByText('新しい人 2人を見る').click()
  expect(await page.locator('#fresh').innerText()).toMatch(/髙橋 千夏[\s\S]*﨑山 大介/)
  expect(await accessibilityViolations(page)).toEqual([])

  await page.getByRole('link', { name: '在籍を終える人を選ぶ' }).click()
  await page.getByLabel('(N-0003)の在籍の最後の日').fill(addDays(dayOf(Date.now()), 10))
  await page.getByRole('button', { name: '日付を控えて、確かめる画面へ' }).click()
  await page.waitForURL(/\/people\/import\/[0-9a-f-]{36}$/)
  const sure = page.getByRole('checkbox', { name: /いなくなる人が5%を超えることを確かめました/ })
  const apply = page.getByRole('button', { name: 'この内容で反映する' })
  await sure.evaluate((box) => box.removeAttribute('required'))
  await apply.click()
  await page.locator('.note[data-k=no]').waitFor()
  expect(page.url()).toContain('/people/import/')
  await sure.check()
  await apply.click()
  await page.waitForURL(/\/people\/changes\//)
  await page.getByText('取込を反映しました').waitFor()
  const change = new URL(page.url()).pathname
  await page.goto('/people?q=N-0201')
  expect(await mainText(page)).toContain('髙橋 千夏')
  await page.goto('/people?q=N-0002')
  expect(await mainText(page)).toContain('阿部 尚子')

  await page.goto(change)
  await page.getByRole('link', { name: '元に戻すと、どうなるかを確かめる' }).click()
  await page.getByRole('button', { name: /件を元に戻す/ }).click()
  await page.getByText('元に戻しました').first().waitFor()
  await page.goto('/people?q=N-0201')
  expect(await mainText(page)).toContain('「N-0201」に当てはまる人はいません')
  await page.goto('/people?q=N-0002')
  expect(await mainText(page)).toContain('阿部 直子')
  expect((await exported(page)).rows).toEqual([head, ...people])
  await context.close()
})
