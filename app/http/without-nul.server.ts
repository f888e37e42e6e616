import { Transform } from 'node:stream'

/**
 * Takes NUL bytes out of a page. React 18 pads its 2 KB buffers with them where a Japanese character does not fit at the end
 * (facebook/react#24985), and a browser shows each inside an attribute as `�`. No page of ours contains NUL.
 */
export function withoutNul(): Transform {
  return new Transform({
    transform(chunk: Uint8Array | string, _encoding, done) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      done(null, bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes)
    },
  })
}
