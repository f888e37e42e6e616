import { makeFirstAdministrator, makeSlipAtTerminal } from '../commands/appoint.server'
import type { Terminal } from '../cli.server'
import type { Context } from '../context'
import { spanWords } from '../domain/calendar'
import { codeTerms, printedCode } from '../domain/sign-in-code'

const USAGE = { first: '使い方: npm run shuhi -- account first-admin 従事者番号', slip: '使い方: npm run shuhi -- account slip 従事者番号' }

const WORDS = {
  administratorExists: () => 'システム管理者は、もういます。新しいシステム管理者は、いまのシステム管理者が「役割」の画面で任命します。パスワードを失ったときは account slip を使ってください。何も変わっていません。',
  numberUnknown: (number: string) => `従事者番号「${number}」の人はいません。名簿にまだない人は、先に roster import で取り込みます。何も変わっていません。`,
  notInForce: (number: string) => `従事者番号「${number}」の人は、今日は在籍の期間の外です。在籍している人を選んでください。何も変わっていません。`,
  roleNotForContract: (number: string) => `従事者番号「${number}」の人は委託先の人です。システム管理者は、自社の従業者か派遣社員から選んでください。何も変わっていません。`,
} as const

/** `account first-admin NUMBER`: while there is no system administrator, makes one and prints the code to start with. */
export async function accountFirstAdmin(argv: readonly string[], context: Context, io: Terminal): Promise<number> {
  return printSlip(argv, context, io, USAGE.first, makeFirstAdministrator, 'をシステム管理者にしました')
}

/** `account slip NUMBER`: prints a new code for somebody who has lost every other way in. */
export async function accountSlip(argv: readonly string[], context: Context, io: Terminal): Promise<number> {
  return printSlip(argv, context, io, USAGE.slip, makeSlipAtTerminal, 'の新しい利用票を発行しました')
}

type Answer = { code: string; number: string } | { refused: keyof typeof WORDS }

async function printSlip(argv: readonly string[], context: Context, io: Terminal, usage: string, make: (context: Context, number: string) => Promise<Answer>, done: string): Promise<number> {
  const [number, ...rest] = argv
  if (!number || rest.length > 0 || number.startsWith('-')) {
    io.err(usage)
    return 2
  }
  const answer = await make(context, number.trim())
  if ('refused' in answer) {
    io.err(WORDS[answer.refused](number))
    return 1
  }
  io.out(`従事者番号 ${answer.number} ${done}。`)
  io.out(`コード: ${printedCode(answer.code)}(1回だけ、${spanWords(codeTerms('slip').livesMs)}間使えます。ここにしか表示しません)`)
  io.out(`${context.settings.baseUrl.origin}/start で、従事者番号とこのコード、新しいパスワードを入力してください。`)
  if (!context.settings.baseUrlGiven) io.out(`設定 BASE_URL がないので、この機械からだけ開ける住所です。ほかの端末で始めるときは、利用者が開く公開先を BASE_URL に書いて、サーバーを始め直してください(コードはそのまま使えます)。`)
  return 0
}
