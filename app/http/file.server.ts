/** A file as the answer of a door: the name as it is written, and as older programs can read it. */
export function fileResponse(bytes: Uint8Array | string, file: { name: string; type: string; inline?: boolean }): Response {
  const plain = file.name.replace(/[^\x20-\x7e]+/g, '_').replace(/["\\]/g, '_')
  return new Response(bytes as BodyInit, {
    headers: {
      'Content-Type': file.type,
      'Content-Disposition': `${file.inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cache-Control': 'private, no-store',
    },
  })
}
