import { beforeAll, describe, expect, it } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { parseInline } from '../../app/content/inline'
import { DAY_MS, HOUR_MS, MINUTE_MS, spanWords } from '../../app/domain/calendar'
import { ACTS, may, type Act } from '../../app/domain/access'
import type { Role } from '../../app/domain/people'
import routes from '../../app/routes'
import type { HelpReader } from '../../app/content/help-readers'
import { codeTerms } from '../../app/domain/sign-in-code'
import { loader as index } from '../../app/routes/help'
import { loader as page } from '../../app/routes/help-page'
import { SCREENS } from '../../app/domain/screens'
import { withoutClosedLinks } from '../../app/content/closed-links.server'
import { testLibrary, World, type TestPerson } from '../support/world'

const modules = import.meta.glob('../../app/routes/**/*.tsx', { eager: true })

let world: World
beforeAll(async () => {
  world = await World.make('SQLite')
})

describe('the manual', () => {
  it('lists its pages by reader, to anyone', async () => {
    const readers = (await index(world.args(world.request('/help')))) as { reader: string; pages: { slug: string }[] }[]
    expect(readers.map(({ reader, pages }) => `${reader} ${pages.map(({ slug }) => slug).join(' ')}`)).toEqual([
      'learner learner-start learner-study learner-pledge learner-records learner-terminals', 'manager manager-team checks', 'company company-contact', 'hr hr-files hr-import hr-people hr-roles hr-questions hr-hiring-leaving hr-records', 'program program', 'audit audit', 'system system system-backup system-upgrade system-content system-writing', 'all contact',
    ])
  })

  it('shows a page with the words of the operator filled in', async () => {
    const contact = (await page(world.args(world.request('/help/contact'), { page: 'contact' }))) as { title: string; html: string }
    expect(contact.title).toBe('問い合わせ、困ったとき')
    expect(contact.html).toContain(testLibrary().words.reportDesk)
    expect(contact.html).not.toContain('{{')
  })

  it('answers a page that is not there with 404', async () => {
    await expect(page(world.args(world.request('/help/none'), { page: 'none' }))).rejects.toMatchObject({ status: 404 })
  })

  it('leads nobody to a screen that does not open to them', async () => {
    const [learner, hr] = [await world.addPerson({ number: '000701' }), await world.addPerson({ number: '000702', role: 'hr' })]
    const shown = async (viewer?: TestPerson) => ((await page(world.args(world.request('/help/hr-import', viewer), { page: 'hr-import' }))) as { html: string }).html
    expect(await shown(hr)).toContain('<a href="/people/import">名簿の取込</a>')
    expect(await shown(learner)).toContain('「名簿の取込」')
    expect(await shown()).toContain('<a href="/people/import">')
  })

  it('leads its own readers through every link: the door of each opens to whoever the page is written for', () => {
    const roles: Record<HelpReader, readonly Role[]> = { learner: [], all: [], manager: ['unitHead', 'protectionManager', 'protectionDeputy'], company: ['companyContact'], hr: ['hr'], program: ['chief'], audit: ['auditLead'], system: ['systemAdministrator'] }
    const acts = new Map((routes as { file: string; path?: string }[]).map(({ file, path = '' }) => [`/${path}`, (modules[`../../app/${file}`] as { loader?: { door?: { act: Act | 'anyone' | 'atTheDoor' } } }).loader?.door?.act]))
    let seen = 0
    for (const { slug, for: reader, html } of testLibrary().help)
      for (const [, to] of html.matchAll(/href="(\/[^"#?]*)"/g)) {
        const act = to!.startsWith('/help/') ? 'anyone' : acts.get(to!)
        expect(act, `${slug} → ${to}`).toBeDefined()
        if (!(act! in ACTS)) continue
        seen++
        for (const role of roles[reader].length > 0 ? roles[reader] : [undefined])
          expect(may({ roles: role === undefined ? [] : [{ role, scopeKind: 'all', scopeId: '', engagementId: '' }] }, act as Act), `${slug} is for ${role ?? 'everybody'} and leads to ${to}`).toBe(true)
      }
    expect(seen).toBeGreaterThan(30)
  })

  it('says every term as it binds, in words made of the number', () => {
    const { help } = testLibrary()
    const shown = (slug: string) => help.find((one) => one.slug === slug)!.html
    expect(shown('hr-roles')).toContain(`票は${spanWords(codeTerms('slip').livesMs)}間、メールのコードは${spanWords(codeTerms('invite').livesMs)}使えます`)
    expect([14 * DAY_MS, 72 * HOUR_MS, 5 * MINUTE_MS].map(spanWords)).toEqual(['14日', '72時間', '5分'])
    expect(help.flatMap(({ html }) => html.match(/\{\{\w*/g) ?? [])).toEqual([])
    expect(parseInline('{{slipHolds}}', true).problems).toEqual([])
    expect(parseInline('{{slipHolds}}').problems).not.toEqual([])
  })

  // content/product.test.ts holds every mistake of the whole folder to be none
  it('links only to what there is', () => {
    const { help } = testLibrary()
    const map = readFileSync('app/routes.ts', 'utf8')
    for (const { html } of help)
      for (const [, to] of html.matchAll(/href="\/([^"]+)"/g)) {
        if (to!.startsWith('help/')) expect(help.map(({ slug }) => `help/${slug}`)).toContain(to)
        else expect(map, to).toContain(`route('${to}'`)
        if (/^(people|company|system|team|approvals|program|audit)/.test(to!)) expect(Object.keys(SCREENS), 'whom it opens to').toContain(`/${to}`)
        expect(withoutClosedLinks(html, () => false)).not.toContain(`href="/${to}"`)
      }
    expect(help).toHaveLength(readdirSync('content/help').length)
  })
})
