import { parentPort } from 'node:worker_threads'
import { drawCover } from './cover.mjs'
import { drawPaper } from './paper.mjs'

/** Draws papers beside the web server's thread: { id, paper } comes in, { id, bytes } or { id, error } goes out. */
parentPort?.on('message', async ({ id, paper }) => {
  try {
    const bytes = await (paper.kind === 'cover' ? drawCover(paper) : drawPaper(paper))
    parentPort.postMessage({ id, bytes: new Uint8Array(bytes) })
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.stack ?? error) })
  }
})
