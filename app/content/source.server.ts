import { LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { schemaFault, yamlFault } from './plain-faults'

/** What is wrong in content/, and where. */
export interface ContentError {
  file: string
  line: number
  field: string
  message: string
}

export type Path = readonly (string | number)[]

/** A YAML text that passed its schema, and the line on which each of its fields stands. */
export interface Checked<T> {
  value: T
  lineOf: (path: Path) => number
}

/** Reads YAML by its schema; every violation is added to `errors` with file, line and field. */
export function readYaml<T>(text: string, file: string, schema: z.ZodType<T>, errors: ContentError[], firstLine = 1): Checked<T> | undefined {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, strict: true })
  const lineAt = (offset: number) => counter.linePos(offset).line + firstLine - 1
  const refuse = (line: number, message: string) => void errors.push({ file, line, field: '', message })
  const faults = new Map(document.errors.map(({ code, pos }) => [`${lineAt(pos[0])} ${code}`, { line: lineAt(pos[0]), message: yamlFault(code) }]))
  for (const { line, message } of faults.values()) refuse(line, message)
  if (faults.size > 0) return undefined
  if (document.contents === null) return refuse(firstLine, '何も書いてありません。要らなければ、ファイルを消してください'), undefined
  const lineOf = (path: Path) => lineAt(offsetOf(document, path))
  const content = contentOf(document)
  if (!content) return refuse(firstLine, yamlFault('BAD_ALIAS')), undefined
  const parsed = schema.safeParse(content.value, { error: schemaFault })
  if (parsed.success) return { value: parsed.data, lineOf }
  for (const issue of parsed.error.issues) {
    const path = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])] as (string | number)[]
    errors.push({ file, line: lineOf(path), field: path.join('.'), message: issue.message })
  }
  return undefined
}

/** undefined where it names an anchor that nobody set: `hotline: *受付*`. */
function contentOf(document: Document): { value: unknown } | undefined {
  try {
    return { value: document.toJS() }
  } catch (error) {
    if (error instanceof ReferenceError) return undefined
    throw error
  }
}

function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) return node.range[0] as number
  }
  return document.contents?.range?.[0] ?? 0
}

/** Divides a Markdown file into its front matter and its body, which begins on `bodyLine`. */
export function splitFrontMatter(text: string): { matter: string; body: string; bodyLine: number } | undefined {
  const found = /^---\n([\s\S]*?\n)---\n/.exec(text)
  if (!found) return undefined
  return { matter: found[1]!, body: text.slice(found[0].length), bodyLine: found[0].split('\n').length }
}
