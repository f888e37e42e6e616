interface NamedFile {
  name: string
  plainName: string
  type: string
}

/** A file as an answer: never kept by a cache, never guessed at, with its Japanese name and a plain one beside it (RFC 6266). */
export const download = (bytes: Uint8Array, file: NamedFile): Response => answerOf(Uint8Array.from(bytes), bytes.byteLength, file)

/** The same for bytes that are not held in memory. */
export const downloadStream = (bytes: { size: number; stream: () => ReadableStream<Uint8Array> }, file: NamedFile): Response => answerOf(bytes.stream(), bytes.size, file)

/** A long file, made while it is sent: the next piece is asked for when the last has left. Its size is not known before. */
export function downloadPieces(pieces: AsyncGenerator<Uint8Array>, file: NamedFile): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(to) {
      const { done, value } = await pieces.next()
      if (done) to.close()
      else to.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  }, { highWaterMark: 0 })
  return answerOf(body, null, file)
}

function answerOf(body: BodyInit, size: number | null, file: NamedFile): Response {
  return new Response(body, {
    headers: {
      'Content-Type': file.type,
      ...(size !== null && { 'Content-Length': String(size) }),
      'Content-Disposition': `attachment; filename="${file.plainName.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
