/** So much of words is kept of a form whose files are too large, and so many parts. */
const MOST = { bytes: 512 * 1024, parts: 2_000 } as const

/**
 * The words of a multipart form that is too long to keep: taken in piece by piece, files are let go as they pass, so that what was
 * typed can be shown again beside the words that refuse the file.
 */
export class WordsOfForm {
  readonly #between: Buffer
  readonly #boundary: string
  #rest: Buffer = Buffer.from('\r\n')
  #words: Buffer[] = []
  #bytes = 0
  /** The file that passes by now, and how much of it did. */
  #file: { name: string; bytes: number } | null = null
  #largest = { name: '', bytes: -1 }

  constructor(boundary: string) {
    this.#boundary = boundary
    this.#between = Buffer.from(`\r\n--${boundary}`)
  }

  take(piece: Uint8Array): void {
    this.#rest = Buffer.concat([this.#rest, piece])
    for (let at = this.#rest.indexOf(this.#between); at !== -1; at = this.#rest.indexOf(this.#between)) {
      this.#end(this.#rest.subarray(0, at))
      this.#rest = this.#rest.subarray(at + this.#between.length)
    }
    if (!this.#file) this.#file = fileOf(this.#rest)
    // of what is let go only as much stays as may be the beginning of the next mark between parts
    if (!this.#file && this.#rest.length <= MOST.bytes) return
    this.#file ??= { name: '', bytes: 0 }
    const keep = Math.min(this.#rest.length, this.#between.length - 1)
    this.#file.bytes += this.#rest.length - keep
    this.#rest = Buffer.from(this.#rest.subarray(this.#rest.length - keep))
  }

  #end(part: Buffer): void {
    const file = this.#file ?? fileOf(part)
    this.#file = null
    if (file) {
      const bytes = file.bytes + part.length
      if (bytes > this.#largest.bytes) this.#largest = { name: file.name, bytes }
    } else if (this.#words.length < MOST.parts && this.#bytes + part.length <= MOST.bytes) {
      this.#words.push(Buffer.from(part))
      this.#bytes += part.length
    }
  }

  /** What was typed, and the field of the largest file. */
  async read(): Promise<{ data: FormData; field: string }> {
    const parts = this.#words.filter((part) => part.length > 0).flatMap((part) => [Buffer.from(`--${this.#boundary}`), part, Buffer.from('\r\n')])
    const body = Buffer.concat([...parts, Buffer.from(`--${this.#boundary}--\r\n`)])
    const data = await new Response(body, { headers: { 'Content-Type': `multipart/form-data; boundary=${this.#boundary}` } }).formData().catch(() => new FormData())
    return { data, field: this.#largest.name }
  }
}

/** The file that a part is, by its head; null for words, and while the head is not whole. */
function fileOf(part: Buffer): { name: string; bytes: number } | null {
  const end = part.subarray(0, 4_096).indexOf('\r\n\r\n')
  const head = end === -1 ? '' : part.subarray(0, end).toString()
  return /;\s*filename\*?=/i.test(head) ? { name: /;\s*name="([^"]*)"/i.exec(head)?.[1] ?? '', bytes: 0 } : null
}
