import { renderToPipeableStream } from 'react-dom/server'
import { expect, it } from 'vitest'
import { withoutNul } from '../../app/http/without-nul.server'

/** Many Japanese attributes: wherever a buffer of React's ends, some character straddles it. */
const page = (
  <ul>
    {Array.from({ length: 400 }, (_, at) => <li key={at} aria-label={`${'あ'.repeat(at % 7)}x${at}の役割を終える`}>終える</li>)}
  </ul>
)

it('sends pages whose characters are whole', async () => {
  const parts: Buffer[] = []
  const body = withoutNul()
  body.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise((resolve) => body.once('end', resolve))
  const { pipe } = renderToPipeableStream(page, { onAllReady: () => void pipe(body) })
  await ended
  const bytes = Buffer.concat(parts)
  expect(bytes.includes(0)).toBe(false)
  expect(bytes.toString().match(/を終える"/g)).toHaveLength(400)
})
