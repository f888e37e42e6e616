import { writeLetter } from '../../emails/letters'
import { composeLetter, type MailToCompose } from '../content/request-letter.server'
import type { Context } from '../context'
import { isComposed, type MailTemplate } from '../domain/mail'

/** What a mail said when it left, or would say now; or why nothing would leave. Never asked for a code mail. */
export async function readLetter(context: Context, mail: MailToCompose & { state: string }): Promise<{ subject: string; text: string } | { needless: string }> {
  const door = context.settings.baseUrl.origin
  if (mail.state === 'sent' || !isComposed(mail.template)) return letter(mail.template, { ...(JSON.parse(mail.props) as object), door })
  const composed = await composeLetter(context, mail)
  return 'needless' in composed ? composed : letter(mail.template, { ...composed.props, door })
}

async function letter(template: string, props: object): Promise<{ subject: string; text: string }> {
  const { subject, text } = await writeLetter(template as MailTemplate, props as never)
  return { subject, text }
}
