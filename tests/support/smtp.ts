import { SMTPServer } from 'smtp-server'

/** Accepts, refuses (550), defers (451), hangs up at the end or in the middle of DATA or after it has accepted, or takes its time. */
export type Manner = 'accept' | 'refuse' | 'later' | 'drop' | 'middle' | 'after' | 'slow'

const SLOW_MS = 150

/** A real SMTP server in this process with manners that can be changed. */
export async function startPost(manner: Manner) {
  const received: string[] = []
  const hangUp = (sessionId: string) => (post as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> }).connections.forEach((connection) => connection.id === sessionId && connection._socket.destroy())
  const post = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onRcptTo: ({ address }, _session, done) => (manner === 'refuse' ? done(Object.assign(new Error(`<${address}>: no such mailbox`), { responseCode: 550 })) : manner === 'later' ? done(Object.assign(new Error('try again'), { responseCode: 451 })) : done()),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => (parts.push(part), manner === 'middle' && hangUp(session.id)))
      stream.on('end', () => {
        if (manner === 'drop' || manner === 'middle') return void hangUp(session.id)
        received.push(`${session.envelope.rcptTo.map(({ address }) => address).join()}\n${Buffer.concat(parts).toString()}`)
        if (manner === 'slow') setTimeout(done, SLOW_MS)
        else done()
        if (manner === 'after') setImmediate(() => setImmediate(() => hangUp(session.id)))
      })
    },
  })
  post.on('error', () => undefined)
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
  const { port } = post.server.address() as { port: number }
  return { url: `smtp://127.0.0.1:${port}`, received, set: (now: Manner) => (manner = now), stop: () => new Promise<void>((resolve) => post.close(resolve)) }
}
