import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { doorLine, TRY_DOORS } from '../../app/http/door-line.server'

/** The line in front of a door behind which everybody stays until let out. */
let server: Server
const inside: { who: string; leave: () => void }[] = []
beforeAll(async () => {
  const web = express().set('trust proxy', 1)
  web.post(TRY_DOORS, doorLine(true, { atOnce: 2, perKey: 3, waiting: 20, arrivesWithinMs: 1_000 }))
  web.use((request, response) => void inside.push({ who: request.ip!, leave: () => response.send('in') }))
  server = createServer(web).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(() => void server.close())

const send = (from: string, { path = '/sign-in?next=%2Frecords', method = 'POST', body = 'loginId=1' } = {}) =>
  new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path, method, headers: { 'X-Forwarded-For': from } }, (answer) => {
      let text = ''
      answer.on('data', (part: Buffer) => (text += part.toString())).on('end', () => resolve({ status: answer.statusCode!, text, headers: answer.headers }))
    })
    asked.on('error', reject)
    asked.end(method === 'GET' ? undefined : body)
  })
const someoneInside = async (count: number) => expect.poll(() => inside.length).toBe(count)

it('lets an address wait in its line, tells the rest at once, and gives another address the next turn', async () => {
  const flood = Array.from({ length: 30 }, () => send('203.0.113.5'))
  const crowded = await Promise.race(flood)
  expect(crowded.status).toBe(429)
  expect(crowded.headers).toMatchObject({ 'retry-after': '10', 'content-type': 'text/html; charset=utf-8' })
  for (const words of ['<html lang="ja">', 'いまは混み合っています', 'デモ', 'href="/sign-in?next=%2Frecords"']) expect(crowded.text).toContain(words)
  await someoneInside(2)
  // nobody leaves before all thirty have come: who came later would find a place
  let refused = 0
  for (const one of flood) void one.then(({ status }) => (refused += Number(status === 429)))
  await expect.poll(() => refused, { timeout: 10_000 }).toBe(25)
  const other = send('198.51.100.7')
  // somebody who only looks at the page is in no line
  const look = send('203.0.113.5', { method: 'GET' })
  await someoneInside(3)
  inside.pop()!.leave()
  expect((await look).status).toBe(200)
  while (inside.length > 0) {
    inside.shift()!.leave()
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (inside.some(({ who }) => who === '198.51.100.7')) break
  }
  const turns = inside.findIndex(({ who }) => who === '198.51.100.7')
  expect(turns, 'after one more of the flood').toBeGreaterThanOrEqual(0)
  const letOut = setInterval(() => inside.shift()?.leave(), 5)
  expect((await other).status).toBe(200)
  const answers = (await Promise.all(flood)).map(({ status }) => status)
  clearInterval(letOut)
  expect(answers.filter((status) => status === 200)).toHaveLength(5)
  expect(answers.filter((status) => status === 429)).toHaveLength(25)
})

it('keeps no place for who has left, and writes nothing of an address unescaped', async () => {
  const gone = Array.from({ length: 2 }, () => {
    const asked = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: '/start', method: 'POST', headers: { 'X-Forwarded-For': '192.0.2.1' } })
    asked.on('error', () => undefined).end('code=1')
    return asked
  })
  await someoneInside(2)
  inside.length = 0
  for (const asked of gone) asked.destroy()
  const next = send('192.0.2.2')
  await someoneInside(1)
  inside.pop()!.leave()
  expect((await next).status).toBe(200)
  const crowd = Array.from({ length: 9 }, () => send('192.0.2.3', { path: '/start.data?next="><script>alert(1)</script>' }))
  const { text } = await Promise.race(crowd)
  expect(text).toContain('href="/start?next=')
  expect(text).not.toContain('<script')
  const letOut = setInterval(() => inside.shift()?.leave(), 5)
  await Promise.all(crowd)
  clearInterval(letOut)
})

it('keeps no place for who only begins to send', async () => {
  const halves = Array.from({ length: 5 }, (_, at) => {
    const asked = httpRequest({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: '/sign-in', method: 'POST', headers: { 'X-Forwarded-For': `203.0.113.${at}`, 'Content-Length': 60 } })
    asked.write('log')
    return new Promise((resolve) => asked.once('error', resolve).once('response', resolve))
  })
  const whole = send('192.0.2.9')
  await someoneInside(1)
  expect(inside[0]!.who).toBe('192.0.2.9')
  inside.pop()!.leave()
  expect((await whole).status).toBe(200)
  for (const end of await Promise.all(halves)) expect(end).toBeInstanceOf(Error)
  expect(inside).toEqual([])
})
