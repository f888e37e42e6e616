import { describe, expect, it } from 'vitest'
import { readSettings, StartError } from '../app/settings.server'

describe('plain http', () => {
  const baseUrlOf = (given: Record<string, string>) => readSettings(given).baseUrl.origin

  it('is for this machine alone', () => {
    expect(baseUrlOf({})).toBe('http://localhost:3000')
    expect(baseUrlOf({ BASE_URL: 'http://127.0.0.1:8080' })).toBe('http://127.0.0.1:8080')
    expect(baseUrlOf({ BASE_URL: 'https://shuhi.example' })).toBe('https://shuhi.example')
    expect(() => baseUrlOf({ BASE_URL: 'http://shuhi.example' })).toThrow('BASE_URL')
    expect(() => baseUrlOf({ HOST: '0.0.0.0' })).toThrow('HOST')
    expect(() => baseUrlOf({ HOST: '0.0.0.0', BASE_URL: 'http://shuhi.example' })).toThrow('ALLOW_HTTP')
  })

  it('is for a closed network where somebody says so', () => {
    expect(baseUrlOf({ BASE_URL: 'http://shuhi.example', ALLOW_HTTP: '1' })).toBe('http://shuhi.example')
    expect(baseUrlOf({ HOST: '0.0.0.0', ALLOW_HTTP: '1' })).toBe('http://0.0.0.0:3000')
  })
})

describe('a wrong setting', () => {
  it.each([
    ['PORT', 'abc', '0から65535までの数で書いてください。例 PORT=3000'],
    ['PORT', '70000', 'PORT=3000'],
    ['PORT', '30.5', '小数でない数'],
    ['HOST', 'http://0.0.0.0', '例 HOST=127.0.0.1'],
    ['HOST', '999.1.1.1', '待ち受ける名前かアドレス'],
    ['DATABASE_URL', 'postgres://shuhi:himitsu@db/shuhi', 'mysql:// で始まる接続先'],
    ['DATABASE_URL', 'mysql://', 'mysql:// で始まる接続先'],
    ['DATABASE_CONNECTIONS', '0', '1から200までの数'],
    ['SHUHI_DEMO', 'yes', '0 か 1 で書いてください。例 SHUHI_DEMO=0'],
    ['SMTP_URL', 'mail.shuhi.example', 'smtp:// または smtps://'],
    ['MAIL_FROM', 'shuhi', '差出人のアドレス'],
    ['BASE_URL', 'shuhi.example', 'https:// または http://'],
    ['TRUST_PROXY', 'true', '0から9までの数'],
    ['ALLOW_HTTP', 'true', '0 か 1'],
    ['LOG_LEVEL', 'verbose', 'silent、error、warn、info、debug'],
  ])('%s=%s is told by name, reason and example, in Japanese and without a password', (name, value, words) => {
    let told = ''
    try {
      readSettings({ [name]: value })
    } catch (error) {
      expect(error).toBeInstanceOf(StartError)
      told = (error as Error).message
    }
    expect(told).toMatch(new RegExp(`^設定 ${name}(\\(.*\\))? が正しくありません: `))
    expect(told).toContain(words)
    expect(told).toContain(`例 ${name}=`)
    expect(told).not.toMatch(/himitsu|Invalid|expected|\n/)
  })

  it('does not hide another', () => {
    expect(() => readSettings({ PORT: 'abc', SHUHI_DEMO: 'yes' })).toThrow(/PORT[^]*\n[^]*SHUHI_DEMO/)
  })

  it('takes what is right', () => {
    const { port, mailFrom, smtpUrl, baseUrl } = readSettings({ PORT: '8080', HOST: '::1', MAIL_FROM: 'shuhi@shuhi.example', SMTP_URL: 'smtps://u:p@mail.shuhi.example:465?requireTLS=false', BASE_URL: 'https://shuhi.example', DATABASE_URL: 'mysql://root@localhost/x?socketPath=%2Ftmp%2Fs' })
    expect([port, mailFrom, smtpUrl, baseUrl.origin]).toEqual([8080, 'shuhi@shuhi.example', 'smtps://u:p@mail.shuhi.example:465?requireTLS=false', 'https://shuhi.example'])
  })
})

describe('the post', () => {
  it('is reached in clear on this machine alone, unless somebody says so', async () => {
    const { postAt } = await import('../app/jobs/send-mail.server')
    const { createTransport } = await import('nodemailer')
    const required = (url: string) => (createTransport(postAt(url)).transporter as unknown as { options: { requireTLS: boolean; socketTimeout: number } }).options
    expect(required('smtp://127.0.0.1:2525')).toMatchObject({ requireTLS: false, socketTimeout: 20_000 })
    expect(required('smtp://user:pass@mail.shuhi.example:587').requireTLS).toBe(true)
    expect(required('smtp://mail.shuhi.example?requireTLS=false').requireTLS).toBe(false)
  })
})
