import { renderToPipeableStream } from 'react-dom/server'
import { expect, it } from 'vitest'
import { wholePage } from '../../app/http/whole-page.server'

/** Many Japanese attributes: wherever a buffer of React's ends, some character straddles it. */
const page = (
  <ul>
    {Array.from({ length: 400 }, (_, at) => <li key={at} aria-label={`${'あ'.repeat(at % 7)}x${at}の役割を終える`}>終える</li>)}
  </ul>
)

it('sends pages whose characters are whole', async () => {
  const bytes = await new Promise<Uint8Array>((resolve, reject) => {
    const { pipe } = renderToPipeableStream(page, { onAllReady: () => void wholePage(pipe).then(resolve, reject) })
  })
  expect(bytes.includes(0)).toBe(false)
  expect(Buffer.from(bytes).toString().match(/を終える"/g)).toHaveLength(400)
})
