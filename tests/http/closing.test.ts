import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { closed } from '../../app/http/closing.server'

/** Asks once; the status of the answer, or the name of the failure. */
const ask = (port: number, path: string, agent: Agent) =>
  new Promise<number | string>((resolve) => {
    get({ port, path, agent }, (answer) => answer.resume().once('end', () => resolve(answer.statusCode!))).once('error', (error) => resolve((error as NodeJS.ErrnoException).code!))
  })

it('answers every request in flight before the server is closed, and none after', async () => {
  const held: (() => void)[] = []
  let allHeld = () => {}
  const eight = new Promise<void>((resolve) => (allHeld = resolve))
  const server = createServer((request, response) => {
    if (request.url === '/warm') return void response.end()
    held.push(() => response.end('done'))
    if (held.length === 8) allHeld()
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  await Promise.all(Array.from({ length: 8 }, () => ask(port, '/warm', agent)))
  const answers = Array.from({ length: 8 }, () => ask(port, '/slow', agent))
  await eight
  let over = false
  const end = closed(server).then(() => (over = true))
  expect(await ask(port, '/late', new Agent())).toBe('ECONNREFUSED')
  expect(over).toBe(false)
  for (const answer of held) answer()
  expect(await Promise.all(answers)).toEqual(Array(8).fill(200))
  await end
  agent.destroy()
})
