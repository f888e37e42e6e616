import { randomUUID } from 'node:crypto'
import type { Transporter } from 'nodemailer'
import type { ClaimedMail } from '../../db/mail.server'
import type { writeLetter as WriteLetter } from '../../emails/letters'
import { claimDueMails, makeMailedCode, noteNeedless, noteNotSent, noteSent } from '../commands/send-mail.server'
import { composeLetter } from '../content/request-letter.server'
import type { Context } from '../context'
import { isLoopback } from '../domain/host'
import { isComposed, isReached, MAIL_CLASSES, type MailProps, type MailTemplate, type Rendered } from '../domain/mail'
import { withoutAddresses } from '../domain/outbox'

const LONGEST_RUN_MS = 5 * 60_000
const SMTP_PATIENCE_MS = 20_000
/** Rounds in which nothing was to be sent although something was due: another sender has it, or it was moved to another day. */
const MOST_IDLE = 100

/** How the post is reached. Codes do not travel in clear: beyond this machine STARTTLS is required, unless SMTP_URL itself says `?requireTLS=false`. */
export const postAt = (smtpUrl: string) => ({
  url: smtpUrl, connectionTimeout: SMTP_PATIENCE_MS, greetingTimeout: SMTP_PATIENCE_MS, socketTimeout: SMTP_PATIENCE_MS, requireTLS: !isLoopback(new URL(smtpUrl.replace(/^smtps?:/, 'http:')).hostname),
})

/** No mail could be handed over, and nobody said what is wrong with one of them: the post itself is not to be had. */
export class PostUnreachable extends Error {
  constructor(readonly code: string, readonly counts: Record<string, number>) {
    super(`The post could not be reached: ${code}`)
  }
}

/** What the post says of one mail (its address, its text); everything else is about the post. */
const OF_ONE_MAIL = ['EENVELOPE', 'EMESSAGE']

/** Sends what waits in the outbox. Without SMTP_URL everything waits, and nothing is made that could be read here. */
export async function run(context: Context): Promise<Record<string, number>> {
  const { smtpUrl } = context.settings
  const counts = { sent: 0, waiting: 0, givenUp: 0, needless: 0 }
  if (!smtpUrl) return counts
  // Letters and post are loaded by who sends only: an installation without mail does not carry them.
  const [{ createTransport }, { writeLetter }] = await Promise.all([import('nodemailer'), import('../../emails/letters')])
  const owner = randomUUID()
  const reasons: string[] = []
  let idle = 0
  const transport = createTransport(postAt(smtpUrl))
  try {
    for (const start = context.clock(); context.clock() - start < LONGEST_RUN_MS; ) {
      const { claimed, seen } = await claimDueMails({ ...context, now: context.clock() }, owner)
      if (seen === 0 || (claimed.length === 0 && ++idle > MOST_IDLE)) break
      // each over a connection of its own: while the post answers one, the others are written
      for (const state of await Promise.all(claimed.map((mail) => sendOne({ ...context, now: context.clock() }, { transport, writeLetter, owner, reasons }, mail)))) counts[state]++
    }
  } finally {
    transport.close()
  }
  const ofThePost = reasons.filter((reason) => !OF_ONE_MAIL.includes(reason))
  if (counts.sent === 0 && ofThePost.length > 0 && ofThePost.length === reasons.length) throw new PostUnreachable(ofThePost[0]!, counts)
  return counts
}

type Post = { transport: Transporter; writeLetter: typeof WriteLetter; owner: string; reasons: string[] }

async function sendOne(context: Context, { transport, writeLetter, owner, reasons }: Post, mail: ClaimedMail): Promise<'sent' | 'waiting' | 'givenUp' | 'needless'> {
  try {
    const { settings } = context
    const composed = isComposed(mail.template) ? await composeLetter(context, mail) : undefined
    if (composed && ('needless' in composed || !isReached(composed.to))) {
      await noteNeedless(context, mail, owner, 'needless' in composed ? composed.needless : 'noMail')
      return 'needless'
    }
    const letter = await writeLetter(mail.template as MailTemplate, composed ? ({ ...composed.props, door: settings.baseUrl.origin } as never) : await propsOf(context, mail))
    const { messageId } = await transport.sendMail({
      from: settings.mailFrom, to: composed?.to ?? mail.to_address, ...letter, messageId: `<${mail.id}@${settings.baseUrl.hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'ja' }, disableFileAccess: true, disableUrlAccess: true,
    })
    await noteSent(context, mail, owner, messageId, composed)
    return 'sent'
  } catch (error) {
    reasons.push(String((error as { code?: string }).code ?? (error as Error).name))
    const reason = withoutAddresses(error instanceof Error ? error.message : String(error))
    const state = await noteNotSent(context, mail, owner, reason)
    if (state === 'givenUp') context.log('error', 'メールを送れないまま、あきらめました', { mail: mail.id, template: mail.template, reason })
    return state
  }
}

async function propsOf<T extends MailTemplate>(context: Context, mail: ClaimedMail): Promise<Rendered<T>> {
  const props = JSON.parse(mail.props) as MailProps[T]
  const door = context.settings.baseUrl.origin
  if (MAIL_CLASSES[mail.template as T] !== 'code') return { ...props, door } as Rendered<T>
  return { ...props, door, ...(await makeMailedCode(context, mail, mail.template === 'invitation' ? 'invite' : 'reset')) } as unknown as Rendered<T>
}
