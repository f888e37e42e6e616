import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Cover } from '../domain/dossier-cover'
import type { Paper } from '../domain/pledge-statement'

/** The worker is a plain file, started by its path from the project's folder, so that the bundle needs no second entry. */
const WORKER = resolve('app/pdf/paper-worker.mjs')
const REST_MS = 20_000
const LIMIT_MS = 60_000

interface Waiting {
  resolve: (bytes: Uint8Array) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}

let worker: Worker | undefined
let rest: NodeJS.Timeout | undefined
let count = 0
const waiting = new Map<number, Waiting>()

/** How many papers are being drawn now. */
export const papersInWork = (): number => waiting.size

/** Draws a paper beside the web server's thread. The worker rests when nothing comes for a while, so that its memory is free. */
export function drawPaper(paper: Paper | Cover): Promise<Uint8Array> {
  clearTimeout(rest)
  const at = (worker ??= startWorker())
  const id = ++count
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stopWorker(at, new Error('The paper took too long to draw')), LIMIT_MS)
    waiting.set(id, { resolve, reject, timer })
    at.ref()
    at.postMessage({ id, paper })
  })
}

function startWorker(): Worker {
  const started = new Worker(WORKER, { resourceLimits: { maxOldGenerationSizeMb: 160 } })
  started.unref()
  started.on('message', ({ id, bytes, error }: { id: number; bytes?: Uint8Array; error?: string }) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) settleDown(started)
    if (!asked) return
    clearTimeout(asked.timer)
    if (bytes) asked.resolve(bytes)
    else asked.reject(new Error(error))
  })
  started.on('error', (error) => stopWorker(started, error))
  started.on('exit', () => stopWorker(started, new Error('The worker that draws papers ended')))
  return started
}

function settleDown(at: Worker): void {
  at.unref()
  rest = setTimeout(() => stopWorker(at, new Error('resting')), REST_MS)
  rest.unref()
}

function stopWorker(at: Worker, reason: Error): void {
  if (worker !== at) return
  worker = undefined
  void at.terminate()
  for (const { reject, timer } of waiting.values()) {
    clearTimeout(timer)
    reject(reason)
  }
  waiting.clear()
}
