import { SMTPServer } from 'smtp-server'

/** A letter as it arrived: to whom, and its text part decoded. */
export interface Letter {
  to: string
  text: string
}

/** A real SMTP server on this machine that takes every letter. */
export async function startPostOffice(): Promise<{ url: string; letters: Letter[]; stop: () => Promise<void> }> {
  const letters: Letter[] = []
  const post = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text: textOf(Buffer.concat(parts).toString()) })
        done()
      })
    },
  })
  post.on('error', () => undefined)
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
  const { port } = post.server.address() as { port: number }
  return { url: `smtp://127.0.0.1:${port}`, letters, stop: () => new Promise<void>((resolve) => post.close(resolve)) }
}

/** The text part of a mail, decoded. */
export function textOf(mail: string): string {
  const part = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(mail)
  if (!part) throw new Error('This mail has no text part')
  if (/base64/.test(part[0].split('\r\n\r\n')[0]!)) return Buffer.from(part[1]!, 'base64').toString()
  return decodeURIComponent(part[1]!.replace(/=\r\n/g, '').replace(/%/g, '%25').replace(/=([0-9A-F]{2})/g, '%$1'))
}
