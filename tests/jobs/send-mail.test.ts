import { afterEach, beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.server'
import { queueMails } from '../../app/commands/queue-mail.server'
import { MINUTE_MS } from '../../app/domain/calendar'
import { MOST_TRIES } from '../../app/domain/mail'
import { PostUnreachable, run } from '../../app/jobs/send-mail.server'
import { onBothEngines } from '../support/database'
import { textOf } from '../support/post'
import { startPost } from '../support/smtp'
import { World, type TestPerson } from '../support/world'

onBothEngines('the outbox', (engine) => {
  let world: World
  let person: TestPerson
  let post: Awaited<ReturnType<typeof startPost>>
  beforeAll(async () => {
    world = await World.make(engine)
    person = await world.addPerson({ name: '髙橋 美咲', mail: 'misaki@mail.internal' })
  })
  afterEach(async () => {
    await post.stop()
    await world.db.deleteFrom('mail').execute()
  })
  const queue = (key: string, template: 'completion' | 'reset' = 'completion', to = 'misaki@mail.internal') =>
    inTransaction(world.db, (tx) => queueMails(tx, world.systemContext(), [{
      template, recipientId: person.accountId, to, dedupeKey: key,
      props: { name: '髙橋 美咲', honorific: 'さん', site: 'サンプル通信株式会社', contact: '研修事務局', title: '通信の秘密', completedAt: world.now, minutes: 20, issuedBy: null } as never,
    }]))
  const send = (): Promise<Record<string, number>> =>
    run({ ...world.systemContext(), settings: { ...world.app.settings, smtpUrl: post.url } }).catch((error: unknown) => {
      if (!(error instanceof PostUnreachable)) throw error
      return { ...error.counts, unreachable: 1 }
    })
  const rows = () => world.db.selectFrom('mail').selectAll().orderBy('id').execute()

  it('sends what waits, once, with a lasting Message-ID', async () => {
    post = await startPost('accept')
    await queue('a')
    await queue('a')
    await queue('b')
    expect(await send()).toEqual({ sent: 2, waiting: 0, givenUp: 0, needless: 0 })
    expect(await send()).toEqual({ sent: 0, waiting: 0, givenUp: 0, needless: 0 })
    expect(post.received).toHaveLength(2)
    const [row] = await rows()
    expect(row).toMatchObject({ state: 'sent', sent_at: world.now, tries: 1, lease_owner: '' })
    expect(post.received.some((mail) => mail.includes(`Message-ID: <${row!.id}@localhost>`))).toBe(true)
    expect(textOf(post.received[0]!)).toContain('髙橋 美咲 さん')
  })

  it('waits without SMTP_URL, and makes no code that somebody could read', async () => {
    post = await startPost('accept')
    await queue('waits', 'reset')
    expect(await run(world.systemContext())).toEqual({ sent: 0, waiting: 0, givenUp: 0, needless: 0 })
    expect(await rows()).toMatchObject([{ state: 'waiting', tries: 0 }])
    expect(await world.db.selectFrom('sign_in_code').select('hash').where('account_id', '=', person.accountId).execute()).toEqual([])
  })

  it.each(['refuse', 'later', 'drop'] as const)('tries again after %s, later each time, and gives up visibly after eight', async (manner) => {
    post = await startPost(manner)
    await queue(`x-${manner}`)
    const waits: number[] = []
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      expect(await send()).toEqual({ sent: 0, waiting: 1, givenUp: 0, needless: 0, ...(manner === 'drop' && { unreachable: 1 }) })
      const [row] = await rows()
      waits.push((row!.next_try_at - world.now) / MINUTE_MS)
      expect(await send(), 'nothing is due before its time').toMatchObject({ sent: 0, waiting: 0, givenUp: 0, needless: 0 })
      world.now = row!.next_try_at
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64])
    expect(await send()).toMatchObject({ givenUp: 1 })
    const [row] = await rows()
    expect(row).toMatchObject({ state: 'givenUp', tries: MOST_TRIES, sent_at: null })
    expect(row!.error).not.toBe('')
    expect(row!.error, 'whose it is stands in the row').not.toContain('misaki@')
    expect(await send()).toEqual({ sent: 0, waiting: 0, givenUp: 0, needless: 0 })
  })

  it('recovers when the post does, and after a sender that died', async () => {
    post = await startPost('drop')
    await queue('recovers')
    await send()
    post.set('accept')
    world.now += MINUTE_MS
    await world.db.updateTable('mail').set({ state: 'sending', lease_owner: 'dead', leased_until: world.now + MINUTE_MS }).execute()
    expect(await send(), 'a lease that runs is respected').toMatchObject({ sent: 0 })
    world.now += MINUTE_MS
    expect(await send()).toMatchObject({ sent: 1 })
  })

  it('never hands over what is addressed to nobody real', async () => {
    post = await startPost('accept')
    for (const to of ['p1@demo.example', 'a@EXAMPLE.com', 'b@x.test', 'c@mail.invalid.', 'real@mail.internal']) await queue(to, 'completion', to)
    expect((await rows()).map(({ to_address, state }) => [to_address, state])).toEqual(expect.arrayContaining([['p1@demo.example', 'fictional'], ['real@mail.internal', 'waiting']]))
    expect(await send()).toEqual({ sent: 1, waiting: 0, givenUp: 0, needless: 0 })
    expect(post.received.map((mail) => mail.split('\n')[0])).toEqual(['real@mail.internal'])
    expect((await rows()).filter(({ state }) => state === 'fictional')).toHaveLength(4)
  })

  it('knows a dead post from a refused address', async () => {
    post = await startPost('refuse')
    await queue('refused')
    expect(await send()).toEqual({ sent: 0, waiting: 1, givenUp: 0, needless: 0 })
    await queue('another')
    const dead = { ...world.systemContext(), settings: { ...world.app.settings, smtpUrl: 'smtp://127.0.0.1:9' } }
    await expect(run(dead)).rejects.toThrow(PostUnreachable)
  })

  it('is sent by one of two senders only', async () => {
    post = await startPost('accept')
    for (let at = 0; at < 12; at++) await queue(`two-${at}`)
    const [one, two] = await Promise.all([send(), send()])
    expect(one.sent! + two.sent!).toBe(12)
    expect(post.received).toHaveLength(12)
  })

  it('forgets what a code mail said, and keeps of the code a hash only', async () => {
    post = await startPost('accept')
    await queue('code', 'reset')
    await send()
    const code = /\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/.exec(textOf(post.received[0]!))![1]!
    const dump = JSON.stringify([await rows(), await world.db.selectFrom('sign_in_code').selectAll().execute(), await world.db.selectFrom('ledger_entry').selectAll().execute()])
    expect(dump).not.toContain(code)
    expect(dump).not.toContain(code.replace('-', ''))
    expect((await rows())[0]).toMatchObject({ props: '{}', state: 'sent' })
    await queue('code again', 'reset')
    await send()
    expect(await world.db.selectFrom('sign_in_code').select('hash').where('account_id', '=', person.accountId).where('revoked_at', 'is', null).execute(), 'only the last mailed code opens').toHaveLength(1)
  })
})
