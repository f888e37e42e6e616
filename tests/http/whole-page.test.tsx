import { RemixServer, Scripts } from '@remix-run/react'
import type { EntryContext } from '@remix-run/node'
import { lazy, Suspense } from 'react'
import { describe, expect, it } from 'vitest'
import { handedOver, wholePage } from '../../app/http/whole-page.server'

describe('a page drawn as one text', () => {
  it('has characters that are whole, however many stand side by side', () => {
    const bytes = wholePage(<ul>{Array.from({ length: 400 }, (_, at) => <li key={at} aria-label={`${'あ'.repeat(at % 7)}x${at}の役割を終える`}>終える</li>)}</ul>)
    expect(bytes.includes(0)).toBe(false)
    const text = Buffer.from(bytes).toString()
    expect(text.startsWith('<!DOCTYPE html><ul>')).toBe(true)
    expect(text.match(/を終える"/g)).toHaveLength(400)
  })

  it('is refused when a part of it waits, and not when its words look like that', () => {
    const Late = lazy(() => new Promise<never>(() => undefined))
    expect(() => wholePage(<Suspense><Late /></Suspense>)).toThrow('waited')
    expect(Buffer.from(wholePage(<p title="<!--$!-->">{'<!--$!-->'}</p>)).toString()).toContain('&lt;!--$!--&gt;')
  })
})

describe('a page’s data for its script', () => {
  const entry = (parts: readonly Uint8Array[]) =>
    ({
      manifest: { entry: { module: '/e.js', imports: [] }, routes: { root: { id: 'root', path: '', module: '/r.js' } }, url: '/m.js', version: '1' },
      routeModules: { root: { default: () => <Scripts /> } }, serverHandoffString: '{}', renderMeta: {}, future: { v3_singleFetch: true }, isSpaMode: false,
      serverHandoffStream: new ReadableStream({ start(to) { parts.forEach((part) => to.enqueue(part)); to.close() } }),
      staticHandlerContext: { matches: [{ params: {}, pathname: '/', pathnameBase: '/', route: { id: 'root', path: '' } }], loaderData: {}, actionData: null, errors: null, location: { pathname: '/', search: '', hash: '', state: null, key: 'k' }, statusCode: 200, loaderHeaders: {}, actionHeaders: {}, activeDeferreds: null, _deepestRenderedBoundaryId: null },
      serializeError: (error: Error) => error,
    }) as unknown as EntryContext

  it('is whole and closed, wherever its parts end', async () => {
    const bytes = new TextEncoder().encode('["守秘 </script>"]')
    const drawn = await Promise.all([[bytes], [bytes.slice(0, 3), bytes.slice(3, 7), bytes.slice(7)]].map(async (parts) => Buffer.from(wholePage(<RemixServer context={await handedOver(entry(parts))} url="http://localhost/" nonce="n" />)).toString()))
    for (const page of drawn) {
      expect(page).toContain('<script nonce="n">window.__remixContext.streamController.enqueue("[\\"守秘 \\u003c/script\\u003e\\"]");</script>')
      expect(page.match(/streamController\.close\(\)/g)).toHaveLength(1)
    }
    expect(drawn[0]).toBe(drawn[1])
  })
})
