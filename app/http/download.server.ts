/** A file as an answer: never kept by a cache, never guessed at, with its Japanese name and a plain one beside it (RFC 6266). */
export function download(bytes: Uint8Array, file: { name: string; plainName: string; type: string }): Response {
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'Content-Type': file.type,
      'Content-Length': String(bytes.byteLength),
      'Content-Disposition': `attachment; filename="${file.plainName.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
