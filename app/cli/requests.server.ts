import { parseArgs } from 'node:util'
import { planDigests, planRequests } from '../commands/plan-requests.server'
import type { Terminal } from '../cli.server'
import type { Context } from '../context'

export const PLAN_REQUESTS_USAGE = '[--at 日時] [--json]'

/** `requests plan`: enters the day's requests and the week's digests, as the job does. Another moment than now only while the product is measured (SHUHI_BENCH=1). */
export async function planRequestsNow(argv: readonly string[], context: Context, io: Terminal): Promise<number> {
  const given = read(argv)
  const at = given?.at === undefined ? context.now : Date.parse(given.at)
  if (!given || Number.isNaN(at) || (given.at !== undefined && !context.settings.bench)) {
    io.err(`使い方: npm run shuhi -- requests plan ${PLAN_REQUESTS_USAGE}(--at は、SHUHI_BENCH=1 で測るときだけ使えます)`)
    return 2
  }
  const started = performance.now()
  const planned = await planRequests({ ...context, now: at }, undefined)
  const elapsedMs = Math.round(performance.now() - started)
  const { digests } = await planDigests({ ...context, now: at }, undefined)
  io.out(given.json ? JSON.stringify({ ...planned, digests, elapsedMs }) : `今日の依頼 ${planned.requests}人(メールの登録がない人 ${planned.withoutMail}人)、週のまとめ ${digests}通を、送信待ちに入れました。`)
  return 0
}

function read(argv: readonly string[]): { at?: string | undefined; json: boolean } | undefined {
  try {
    const { values } = parseArgs({ args: [...argv], options: { at: { type: 'string' }, json: { type: 'boolean', default: false } } })
    return { at: values.at, json: values.json }
  } catch {
    return undefined
  }
}
