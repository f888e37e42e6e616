import { parseWithZod } from '@conform-to/zod/v4'
import type { z } from 'zod'
import { WordsOfForm } from './words-of-form.server'

/** The words for each field that a form got wrong; '' holds what concerns the whole form. */
export type FieldErrors = Readonly<Record<string, string[]>>

export type FormResult<T> = { ok: true; value: T } | { ok: false; errors: FieldErrors; given: Record<string, unknown> }

/**
 * What a form may be, before anything is made of it: so many bytes, counted as they come in (a chunked body names no length),
 * so many fields, and names as our pages have them: a word, then `.word` or one `[index]`. Conform builds whatever a name asks
 * for, and takes orders from `__intent__` and `__state__`: neither gets past here.
 */
export const FORM_LIMITS = { bytes: 64 * 1024, fields: 2_000 } as const
/** What the three roster files may hold together. */
export const ROSTER_FILES_BYTES = 20 * 1024 * 1024

const TOO_LARGE = 'ファイルが大きすぎて、受け取れませんでした。小さくして、もう一度選んでください。ほかの欄に入力したものは、この画面に残っています。'

const FIELD_NAME = /^(?!constructor\b)[A-Za-z][\w-]{0,63}(\[\d{1,3}\])?(\.(?!constructor\b|_)[\w-]{1,64}){0,2}$/

const refusal = (status: 400 | 413) => new Response(status === 413 ? 'too large' : 'bad form', { status })

/** Reads a form by its schema. What was typed comes back with the errors, passwords and files excepted. */
export async function readForm<S extends z.ZodType>(request: Request, schema: S, mostBytes: number = FORM_LIMITS.bytes): Promise<FormResult<z.infer<S>>> {
  const { data, tooLarge } = await formDataOf(request, mostBytes)
  const submission = parseWithZod(data, { schema })
  const given = Object.fromEntries(Object.entries(submission.payload).filter(([name, value]) => !/password/i.test(name) && !(value instanceof File)))
  if (tooLarge !== undefined) return { ok: false, errors: { [tooLarge]: [TOO_LARGE] }, given }
  if (submission.status === 'success') return { ok: true, value: submission.value as z.infer<S> }
  return { ok: false, errors: Object.fromEntries(Object.entries(submission.error ?? {}).map(([name, words]) => [name, words ?? []])), given }
}

/** The fields of a form; where its files are too large only its words, and the field of the largest file. */
async function formDataOf(request: Request, mostBytes: number): Promise<{ data: FormData; tooLarge?: string }> {
  const type = request.headers.get('Content-Type') ?? ''
  const boundary = /^multipart\/form-data\b.*boundary="?([^";]+)/i.exec(type)?.[1]
  const words = boundary && mostBytes > FORM_LIMITS.bytes ? new WordsOfForm(boundary) : undefined
  const bytes = await bodyOf(request, mostBytes, words)
  if (!bytes && words) {
    const { data, field } = await words.read()
    return { data: checked(data), tooLarge: field }
  }
  if (!bytes) throw refusal(413)
  if (boundary && occursMoreOften(bytes, boundary, FORM_LIMITS.fields)) throw refusal(400)
  const data = bytes.byteLength === 0 && type === '' ? new FormData() : await new Response(bytes, { headers: { 'Content-Type': type } }).formData().catch(() => undefined)
  if (!data) throw refusal(400)
  return { data: checked(data) }
}

/** The same form, unless it has more or other fields than ours have. */
function checked(data: FormData): FormData {
  let fields = 0
  for (const [name, value] of data) {
    if (++fields > FORM_LIMITS.fields || !FIELD_NAME.test(name)) throw refusal(400)
    if (typeof value === 'string' && value.includes('\0')) throw refusal(400)
    if (typeof value === 'string' && value.length > FORM_LIMITS.bytes) throw refusal(413)
  }
  return data
}

/** The body, or undefined when it is longer than it may be: then it is read to its end and dropped but for its words, so that the answer arrives. */
async function bodyOf(request: Request, mostBytes: number, words?: WordsOfForm): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const kept: Uint8Array[] = []
  let size = 0
  for (const reader = request.body?.getReader(); reader; ) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    kept.push(value)
    if (size > mostBytes) for (const piece of kept.splice(0)) words?.take(piece)
  }
  return size <= mostBytes ? Buffer.concat(kept) : undefined
}

/** Takes in what is left of a body that nobody wants: a browser that is still sending shows no answer. */
export const dropBody = async (request: Request): Promise<void> => void (request.bodyUsed || (await bodyOf(request, 0).catch(() => undefined)))

function occursMoreOften(bytes: Buffer | Uint8Array, word: string, times: number): boolean {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let found = 0
  for (let at = haystack.indexOf(word); at !== -1; at = haystack.indexOf(word, at + word.length)) if (++found > times + 1) return true
  return false
}
