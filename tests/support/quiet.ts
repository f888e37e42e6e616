import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest'
import { giveBackDatabases } from './database'

/** An unexpected console.error fails the test in which it happened. */
beforeEach(() => {
  vi.spyOn(console, 'error')
})

afterEach(() => {
  expect(vi.mocked(console.error).mock.calls, 'console.error was called').toEqual([])
  vi.restoreAllMocks()
})

afterAll(giveBackDatabases)
