import { parseWithZod } from '@conform-to/zod/v4'
import type { z } from 'zod'

/** The words for each field that a form got wrong; '' holds what concerns the whole form. */
export type FieldErrors = Readonly<Record<string, string[]>>

export type FormResult<T> = { ok: true; value: T } | { ok: false; errors: FieldErrors; given: Record<string, unknown> }

const MAX_FORM_BYTES = 40 * 1024 * 1024

/** Reads a form by its schema. What was typed comes back with the errors, passwords and files excepted. */
export async function readForm<S extends z.ZodType>(request: Request, schema: S): Promise<FormResult<z.infer<S>>> {
  if (Number(request.headers.get('Content-Length') ?? 0) > MAX_FORM_BYTES) throw new Response('too large', { status: 413 })
  const data = await request.formData()
  const submission = parseWithZod(data, { schema })
  if (submission.status === 'success') return { ok: true, value: submission.value as z.infer<S> }
  const given = Object.fromEntries(Object.entries(submission.payload).filter(([name, value]) => !/password/i.test(name) && !(value instanceof File)))
  return { ok: false, errors: Object.fromEntries(Object.entries(submission.error ?? {}).map(([name, words]) => [name, words ?? []])), given }
}
