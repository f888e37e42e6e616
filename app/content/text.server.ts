import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import type { ContentError } from './source.server'

export const NOT_UTF8 = '文字コードが UTF-8 ではありません(Shift_JIS などのまま読むと、文字が化けます)。エディターの「名前を付けて保存」で文字コードに UTF-8 を選び、保存し直してください'

/** The text of a file as any editor saves it: without the mark at its beginning, every line ended by LF. What is hashed stays the bytes. */
export const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n')

/** The text of a file on the disk; of one that is not UTF-8 an error, and no text: its words would become signs that nobody wrote. */
export function readText(path: string, errors: ContentError[]): string | undefined {
  const bytes = readFileSync(path)
  if (isUtf8(bytes)) return textOf(bytes)
  errors.push({ file: path, line: 1, field: '', message: NOT_UTF8 })
  return undefined
}

/** Reads something of the text of a file, when it is one. */
export function onText<T>(path: string, errors: ContentError[], read: (text: string) => T): T | undefined {
  const text = readText(path, errors)
  return text === undefined ? undefined : read(text)
}

/** What the operating system refused to read, as an error like any other; what is no such refusal is thrown on. */
export function unreadable(error: unknown, path: string): ContentError {
  const { code, path: at } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return { file: at ?? path, line: 1, field: '', message: `読めません(${code})。ファイルとフォルダ(リンクなら、その先)があること、守秘を動かす利用者が読めることを確かめてください` }
}
