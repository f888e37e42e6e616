import type { Terminal } from '../cli.server'
import type { Context } from '../context'
import type { EffectiveSettings } from '../domain/effective-settings'
import { accountFirstAdmin, accountSlip } from './account.server'
import { backup, BACKUP_USAGE } from './backup.server'
import { contentCheck, contentPublish } from './content.server'
import { LEDGER_USAGE, ledgerVerify } from './ledger.server'
import { PLAN_REQUESTS_USAGE, planRequestsNow } from './requests.server'
import { EXPORT_USAGE, IMPORT_USAGE, rosterExport, rosterImport } from './roster.server'

/** One verb of `npm run shuhi -- …`. It answers with an exit code: 0 done, 1 refused, 2 wrong usage. */
export interface Verb {
  name: readonly string[]
  usage: string
  run?: (argv: readonly string[], context: Context, io: Terminal) => Promise<number>
  /** For verbs that need no database. */
  withoutApp?: (argv: readonly string[], io: Terminal, settings: EffectiveSettings) => Promise<number>
}

/** The command line as a list: a door beside the routes, calling the same commands. */
export const VERBS: readonly Verb[] = [
  { name: ['roster', 'import'], usage: IMPORT_USAGE, run: rosterImport },
  { name: ['roster', 'export'], usage: EXPORT_USAGE, run: rosterExport },
  { name: ['account', 'first-admin'], usage: '従事者番号', run: accountFirstAdmin },
  { name: ['account', 'slip'], usage: '従事者番号', run: accountSlip },
  { name: ['backup'], usage: BACKUP_USAGE, run: backup },
  { name: ['ledger', 'verify'], usage: LEDGER_USAGE, run: ledgerVerify },
  { name: ['requests', 'plan'], usage: PLAN_REQUESTS_USAGE, run: planRequestsNow },
  { name: ['content', 'check'], usage: '[--json]', withoutApp: (argv, io, { contentDir }) => contentCheck(argv, io, 'content', contentDir) },
  { name: ['content', 'publish'], usage: '', withoutApp: (argv, io, { contentDir }) => contentPublish(argv, io, 'content', contentDir) },
]
