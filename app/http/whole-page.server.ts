import { Writable } from 'node:stream'

/**
 * The bytes of a rendered page, whole: a page is answered at once, without a stream from engine to engine. NUL bytes are taken
 * out: React 18 pads its 2 KB buffers with them where a Japanese character does not fit at the end (facebook/react#24985), and a
 * browser shows each inside an attribute as `�`. No page of ours contains NUL.
 */
export function wholePage(pipe: (to: Writable) => unknown): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    const page = new Writable({
      // closing it would make React give up a page that is complete, with an error that nobody reads
      autoDestroy: false,
      write(chunk: Uint8Array, _encoding, done) {
        chunks.push(chunk)
        done()
      },
    })
    page.once('error', reject).once('finish', () => {
      const bytes = Buffer.concat(chunks)
      resolve(bytes.includes(0) ? Buffer.from(bytes.toString('latin1').replaceAll('\0', ''), 'latin1') : bytes)
    })
    pipe(page)
  })
}
