import { describe, expect, it } from 'vitest'
import type { MailTemplate, Rendered } from '../../app/domain/mail'
import { isMailAddress, letterHead } from '../../app/domain/mail'
import AccessAlarm from '../../emails/access-alarm'
import AddressChanged from '../../emails/address-changed'
import Answer from '../../emails/answer'
import ApprovalAsked from '../../emails/approval-asked'
import ApprovalDecided from '../../emails/approval-decided'
import ChecksReturned from '../../emails/checks-returned'
import CompanyDigest from '../../emails/company-digest'
import CompanyRequest from '../../emails/company-request'
import Completion from '../../emails/completion'
import Departure from '../../emails/departure'
import Invitation from '../../emails/invitation'
import { writeLetter } from '../../emails/letters'
import Leavers from '../../emails/leavers'
import ManagerDigest from '../../emails/manager-digest'
import Receipt from '../../emails/receipt'
import Request from '../../emails/request'
import Reset from '../../emails/reset'

const PREVIEWS: { [T in MailTemplate]: Rendered<T> } = {
  invitation: Invitation.PreviewProps, reset: Reset.PreviewProps, receipt: Receipt.PreviewProps, completion: Completion.PreviewProps, addressChanged: AddressChanged.PreviewProps, answer: Answer.PreviewProps,
  accessAlarm: AccessAlarm.PreviewProps, approvalAsked: ApprovalAsked.PreviewProps, checksReturned: ChecksReturned.PreviewProps, approvalDecided: ApprovalDecided.PreviewProps, departure: Departure.PreviewProps, leavers: Leavers.PreviewProps, request: Request.PreviewProps, companyRequest: CompanyRequest.PreviewProps, managerDigest: ManagerDigest.PreviewProps, companyDigest: CompanyDigest.PreviewProps,
}
const templates = Object.keys(PREVIEWS) as MailTemplate[]

describe.each(templates)('the mail %s', (template) => {
  const letter = () => writeLetter(template, PREVIEWS[template] as never)

  it('is Japanese, one column, with the same words in HTML and text', async () => {
    const { html, text, subject } = await letter()
    expect(html).toMatch(/<html[^>]* lang="ja"/)
    expect(html).toMatch(/<body[^>]* lang="ja"|<body[^>]*>(?:(?!<\/body>)[\s\S])*lang="ja"/)
    expect(html).not.toContain('lang="en"')
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(subject).toMatch(/^【守秘】/)
    expect(`${subject}${text}`).not.toMatch(/至急|再三|催促|督促/)
    expect(text).toContain(PREVIEWS[template].name)
    expect(text).toContain(`${PREVIEWS[template].door}/`)
    expect(text).not.toContain('<')
  })

  it('loads nothing, runs nothing, and links only to the front door without a token', async () => {
    const { html } = await letter()
    expect(html).not.toMatch(/<(script|img|link|iframe)\b/)
    const links = [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]!)
    expect(links).toHaveLength(1)
    expect(links[0]).toMatch(/^https:\/\/shuhi\.sample\.example\/(start|records|approvals|team|company|checks|audit)?$/)
  })

  it('escapes what people are called', async () => {
    const { html } = await writeLetter(template, { ...PREVIEWS[template], name: '<b>髙橋</b> "&' } as never)
    expect(html).toContain('&lt;b&gt;髙橋&lt;/b&gt;')
  })
})

describe.each([['request', Request.EasyPreviewProps], ['departure', Departure.EasyPreviewProps]] as const)('the mail %s in やさしい日本語', (template, props) => {
  it('says the same things in short sentences without double negation, in HTML and text', async () => {
    const [easy, usual] = [await writeLetter(template, props as never), await writeLetter(template, PREVIEWS[template] as never)]
    expect(easy.text).not.toBe(usual.text)
    const words = easy.text.replace(/（[^）]*）|\([ぁ-ん]+\)/g, '')
    for (const sentence of words.split(/[。\n]/)) expect([...sentence.replace(/https?:\S+/g, '')].length, sentence).toBeLessThanOrEqual(45)
    expect(words).not.toMatch(/ない(こと|わけ|もの)[^。]*ない|ません[^。]*ことはありません|いただ|ございます/)
    for (const fact of 'tasks' in props ? props.tasks.map(({ title }) => title) : [...props.open.map(({ title }) => title), ...props.returns]) for (const { html, text } of [easy, usual]) expect([html.includes(fact), text.includes(fact)], fact).toEqual([true, true])
    expect(easy.html.match(/<h1/g)).toHaveLength(1)
    expect([...easy.html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['https://shuhi.sample.example/'])
  })
})

describe('a code mail', () => {
  it.each(['invitation', 'reset'] as const)('%s carries the code, when it ends, and no number to use it with', async (template) => {
    const { text, html } = await writeLetter(template, PREVIEWS[template] as never)
    const code = PREVIEWS[template].code
    expect(text).toContain(`${code.slice(0, 4)}-${code.slice(4)}`)
    expect(text).toContain('2026年11月23日 11時04分')
    expect(html).not.toContain(`#${code}`)
  })
})

it('speaks to a contractor’s worker in the employer’s name', () => {
  const words = { operator: 'サンプル通信株式会社', consultDesk: '研修事務局' }
  expect(letterHead({ name: '甲', relation: 'contract', companyName: '青葉設備' }, words)).toEqual({ name: '甲', honorific: 'さん', site: '青葉設備', contact: '青葉設備の責任者' })
  expect(letterHead({ name: '乙', relation: 'dispatched', companyName: '派遣社' }, words).site).toBe('サンプル通信株式会社')
  expect(letterHead({ name: '丙', relation: 'sole', companyName: '丙' }, words).honorific).toBe('様')
})

it('tells an address from what is none', () => {
  for (const good of ['a@b.example', 'misaki.takahashi+x@sub.sample.example', '髙橋@例.example']) expect(isMailAddress(good)).toBe(true)
  for (const bad of ['', 'a', 'a@b', '@b.example', 'a@b.example, c@d.example', 'a b@c.example', 'a@b.example\r\nBcc: x@y.example', '<a@b.example>', 'a@@b.example']) expect(isMailAddress(bad)).toBe(false)
})
