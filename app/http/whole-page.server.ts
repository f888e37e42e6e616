import type { EntryContext } from '@remix-run/node'
import type { ReactElement } from 'react'
import { renderToString } from 'react-dom/server'

/**
 * A page drawn at once and as one text: it must be complete without script, and nothing of it waits once its loaders have answered.
 * React's streams cut a page into thousands of pieces, which takes a third of the time of drawing a list. A page that waits for
 * something after all is an error.
 */
export function wholePage(page: ReactElement): Uint8Array<ArrayBuffer> {
  const text = renderToString(page)
  if (text.includes(LEFT_OUT)) throw new Error('A page waited for something while it was drawn')
  return Buffer.from(`<!DOCTYPE html>${text}`)
}

/** What React writes in place of a part that it did not wait for; in words and attributes `<` is written otherwise. */
const LEFT_OUT = '<!--$!-->'

/** The page with its data for the script read to the end: what Remix would wait for while it draws is there before. */
export async function handedOver(page: EntryContext): Promise<EntryContext> {
  const stream = page.serverHandoffStream
  if (!stream) return page
  const reader = stream.getReader()
  const text = new TextDecoder()
  let value = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) value += text.decode(part.value, { stream: true })
  // Remix takes hold of the stream again and finds what was read
  reader.releaseLock()
  return { ...page, renderMeta: { streamCache: { 0: Object.assign(Promise.resolve(), { result: { done: true, value } }) } } }
}
