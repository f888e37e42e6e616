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
