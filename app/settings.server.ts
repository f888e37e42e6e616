import { z } from 'zod'
import type { EffectiveSettings } from './domain/effective-settings'
import { isLoopback } from './domain/host'

/** The only file that reads the environment. Every setting, its default, what it refuses and how it is written stand here. */
const flag = (example: string) => z.enum(['0', '1'], { error: `0 か 1 で書いてください。例 ${example}` }).optional()
const count = (least: number, most: number, example: string) => z.coerce.number({ error: `${least}から${most}までの数で書いてください。例 ${example}` }).int({ error: `${least}から${most}までの、小数でない数で書いてください。例 ${example}` }).min(least, { error: `${least}から${most}までの数で書いてください。例 ${example}` }).max(most, { error: `${least}から${most}までの数で書いてください。例 ${example}` })
const url = (protocol: RegExp, error: string) => z.string().refine((text) => protocol.test(text) && URL.canParse(text) && new URL(text).hostname !== '', { error })

const schema = z.object({
  PORT: count(0, 65535, 'PORT=3000').default(3000),
  HOST: z.string().refine((host) => /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}`), { error: '待ち受ける名前かアドレスだけを書いてください(http:// や番号は付けません)。例 HOST=127.0.0.1' }).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  CONTENT_DIR: z.string().min(1).optional(),
  DATABASE_URL: url(/^mysql:\/\//, 'mysql:// で始まる接続先を書いてください。例 DATABASE_URL=mysql://利用者:合言葉@localhost/shuhi').optional(),
  DATABASE_CONNECTIONS: count(1, 200, 'DATABASE_CONNECTIONS=10').default(10),
  SHUHI_DEMO: flag('SHUHI_DEMO=0'),
  SMTP_URL: url(/^smtps?:\/\//, 'smtp:// または smtps:// で始まる接続先を書いてください。例 SMTP_URL=smtp://mail.shuhi.example:587').optional(),
  MAIL_FROM: z.string().regex(/^[^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/, { error: '差出人のアドレスを書いてください。例 MAIL_FROM="守秘 <shuhi@shuhi.example>"' }).default('守秘 <shuhi@localhost>'),
  BASE_URL: url(/^https?:\/\//, 'https:// または http:// で始まる公開先を書いてください。例 BASE_URL=https://shuhi.example').optional(),
  ACCESS_ALARM_PEOPLE: count(1, 100_000, 'ACCESS_ALARM_PEOPLE=50').default(50),
  TRUST_PROXY: count(0, 9, 'TRUST_PROXY=1').default(0),
  ALLOW_HTTP: flag('ALLOW_HTTP=1'),
  SHUHI_BENCH: flag('SHUHI_BENCH=1'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug'], { error: 'silent、error、warn、info、debug のどれかを書いてください。例 LOG_LEVEL=info' }).default('info'),
})

export interface Settings extends EffectiveSettings {
  bench: boolean
  production: boolean
}

/** The start stops with these words; no stack helps whoever reads them. */
export class StartError extends Error {}
export class SettingsError extends StartError {}

/** What was written, where it can hold no password. */
const shownValue = (name: string, given: Record<string, string | undefined>): string => (/URL$/.test(name) ? '' : `(${given[name]?.slice(0, 40) ?? ''})`)

/** Reads and checks the settings; throws one error that names every wrong setting and the reason. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]))
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => `設定 ${issue.path.join('.')}${shownValue(String(issue.path[0]), given)} が正しくありません: ${issue.message}`).join('\n'))
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
    contentDir: values.CONTENT_DIR,
    databaseUrl: values.DATABASE_URL,
    databaseConnections: values.DATABASE_CONNECTIONS,
    demo: values.SHUHI_DEMO ? values.SHUHI_DEMO === '1' : loopback && !values.DATABASE_URL && isLoopback(baseUrl.hostname),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    baseUrl,
    baseUrlGiven: values.BASE_URL !== undefined,
    accessAlarmPeople: values.ACCESS_ALARM_PEOPLE,
    trustProxy: values.TRUST_PROXY,
    bench: values.SHUHI_BENCH === '1',
    logLevel: values.LOG_LEVEL,
    production: environment.NODE_ENV === 'production',
  }
}
