import { describe, expect, it } from 'vitest'
import { readSettings } from '../app/settings.server'

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
