import { z } from 'zod'
import { isLoopback } from './domain/host'

/** The only file that reads the environment. Every setting, its default and what it refuses stand here. */
const flag = z.enum(['0', '1']).optional()

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.string().regex(/^mysql:\/\//, 'mysql:// で始まる接続先を書いてください').optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  SHUHI_DEMO: flag,
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'smtp:// または smtps:// で始まる接続先を書いてください').optional(),
  MAIL_FROM: z.string().min(3).default('守秘 <shuhi@localhost>'),
  BASE_URL: z.url({ protocol: /^https?$/, error: 'https://… または http://… の形で書いてください' }).optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(9).default(0),
  ALLOW_HTTP: flag,
  SHUHI_BENCH: flag,
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

export interface Settings {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  databaseConnections: number
  /** Whether the demonstration company, whose passwords everybody knows, is wanted: asked for, or an embedded database that only this machine reaches, through no other address either. */
  demo: boolean
  smtpUrl: string | undefined
  mailFrom: string
  baseUrl: URL
  trustProxy: number
  bench: boolean
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  production: boolean
}

/** The start stops with these words; no stack helps whoever reads them. */
export class StartError extends Error {}
export class SettingsError extends StartError {}

/** Reads and checks the settings; throws one error that names every wrong setting and the reason. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]))
  const parsed = schema.safeParse(given, { error: z.locales.ja().localeError })
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => `設定 ${issue.path.join('.')} が正しくありません: ${issue.message}`).join('\n'))
  const values = parsed.data
  const loopback = isLoopback(values.HOST)
  const baseUrl = new URL(values.BASE_URL ?? `http://${loopback ? 'localhost' : values.HOST}:${values.PORT}`)
  if (baseUrl.protocol === 'http:' && (!loopback || !isLoopback(baseUrl.hostname)) && values.ALLOW_HTTP !== '1')
    throw new SettingsError(
      `設定 ${loopback ? 'BASE_URL' : 'HOST'} が正しくありません: ${loopback ? baseUrl.origin : values.HOST} は外から届くのに、暗号化されていません。BASE_URL に https:// で始まる公開先を書くか、閉じた網の中なら ALLOW_HTTP=1 を加えてください。`,
    )
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    databaseConnections: values.DATABASE_CONNECTIONS,
    demo: values.SHUHI_DEMO ? values.SHUHI_DEMO === '1' : loopback && !values.DATABASE_URL && isLoopback(baseUrl.hostname),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    baseUrl,
    trustProxy: values.TRUST_PROXY,
    bench: values.SHUHI_BENCH === '1',
    logLevel: values.LOG_LEVEL,
    production: environment.NODE_ENV === 'production',
  }
}
