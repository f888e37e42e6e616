/** The settings as they work now, without anything that opens a door: of an address with a password only where it leads. */
export interface SettingLine {
  name: string
  what: string
  value: string
}

/** What is set and may be told; the rest of the settings is the start's own (settings.server.ts). */
export interface EffectiveSettings {
  port: number
  host: string
  dataDir: string
  /** The second folder of content, the operator's own; undefined where there is only ours. */
  contentDir: string | undefined
  databaseUrl: string | undefined
  databaseConnections: number
  /** Whether the demonstration company, whose passwords everybody knows, is wanted: asked for, or an embedded database that only this machine reaches, through no other address either. */
  demo: boolean
  smtpUrl: string | undefined
  mailFrom: string
  baseUrl: URL
  /** Whether somebody has said what users call this site; else it is a guess that holds on this machine. */
  baseUrlGiven: boolean
  /** Above so many people whose records one account opens or takes in a day, the 監査責任者 is told. */
  accessAlarmPeople: number
  trustProxy: number
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

/** Host and path of an address: never who signs in there, nor with what, nor what is asked of it. */
export function withoutSecret(url: string): string {
  if (!URL.canParse(url)) return '(読み取れません)'
  const { protocol, hostname, port, pathname } = new URL(url)
  return `${protocol}//${hostname}${port && `:${port}`}${pathname === '/' ? '' : pathname}`
}

/** What operator.yaml settles (ours, overridden by the operator's own), each by its field there; its schema has these fields and no other. */
const OPERATOR_FIELDS = {
  requestHours: '依頼のメールを送る時間(営業日)', operator: '会社の名前', reportDesk: '事故の報告先', consultDesk: '研修の相談先', hotline: '通報の窓口',
  handlingRules: '情報の取扱いの規程の名前', workRules: '就業規則の名前', otherSecretYears: 'そのほかの秘密を守る年数',
} as const
export type OperatorField = keyof typeof OPERATOR_FIELDS
type OperatorValues = Readonly<Record<OperatorField, string>>
const operatorValue = (field: OperatorField, words: OperatorValues): string => {
  if (field !== 'requestHours') return field === 'otherSecretYears' ? `${words[field]}年` : words[field]
  const [from, to] = words.requestHours.split('-')
  return `${from}時から${to}時`
}

/** One line a setting: of the environment, then of operator.yaml. The one home of what the screens show and the evidence notes. */
export const settingLines = (settings: EffectiveSettings, words: OperatorValues): SettingLine[] => [
  ...environmentLines(settings),
  ...(Object.keys(OPERATOR_FIELDS) as OperatorField[]).map((name) => ({ name, what: OPERATOR_FIELDS[name], value: operatorValue(name, words) })),
]

const environmentLines = (settings: EffectiveSettings): SettingLine[] => [
  { name: 'BASE_URL', what: '公開先', value: `${settings.baseUrl.origin}${settings.baseUrlGiven ? '' : '(決めていないので推測しています)'}` },
  { name: 'HOST / PORT', what: '待ち受け', value: `${settings.host}:${settings.port}` },
  { name: 'TRUST_PROXY', what: '前にある中継の数', value: String(settings.trustProxy) },
  { name: 'DATABASE_URL', what: 'データベース', value: settings.databaseUrl ? `${withoutSecret(settings.databaseUrl)}(同時に${settings.databaseConnections}本)` : `組み込みのファイル(${settings.dataDir})` },
  { name: 'CONTENT_DIR', what: '自社の教材のフォルダ', value: settings.contentDir ?? '決めていません(標準の教材だけ)' },
  { name: 'SMTP_URL', what: 'メールの出口', value: settings.smtpUrl ? withoutSecret(settings.smtpUrl) : '決めていません(送らずに待ちます)' },
  { name: 'MAIL_FROM', what: 'メールの差出人', value: settings.mailFrom },
  { name: 'ACCESS_ALARM_PEOPLE', what: '監査責任者に知らせる、1日に開く人数', value: `${settings.accessAlarmPeople}人を超えたとき` },
  { name: 'SHUHI_DEMO', what: 'デモの会社', value: settings.demo ? '使っています' : '使っていません' },
  { name: 'LOG_LEVEL', what: '記録(ログ)の細かさ', value: settings.logLevel },
]

/** Settings that hold for the whole installation, by name: what one process listens on may differ from server to server. */
export const lastingSettings = (settings: EffectiveSettings, words: OperatorValues): Record<string, string> =>
  Object.fromEntries(settingLines(settings, words).filter(({ name }) => name !== 'HOST / PORT').map(({ name, value }) => [name, value]))

/** What differs from the settings noted before; of what was not noted before, every setting. */
export function changedSettings(before: unknown, now: Readonly<Record<string, string>>): { name: string; was: string; is: string }[] {
  const known = (typeof before === 'object' && before !== null ? before : {}) as Readonly<Record<string, string>>
  return [...new Set([...Object.keys(known), ...Object.keys(now)])].sort().flatMap((name) => (known[name] === now[name] ? [] : [{ name, was: known[name] ?? '', is: now[name] ?? '' }]))
}
