import { useRouteLoaderData } from '@remix-run/react'
import { useEffect } from 'react'

/** Words for the margins of all sheets, which only style can reach (print.css): with script, from now on. */
export function useMargin(name: '--printed' | '--printed-when' | '--printed-sheet', words: () => string) {
  useEffect(() => document.documentElement.style.setProperty(name, JSON.stringify(words())))
}

/** What a sheet says of itself on paper, and only there: whose site it is, which text it is of, when the page was opened. The margins of all further sheets repeat it. */
export function Printed({ what }: { what?: string | undefined }) {
  const { site = '', opened = '' } = (useRouteLoaderData('root') ?? {}) as { site?: string; opened?: string }
  const when = `${opened}に開いた画面`
  useMargin('--printed', () => `${site}「守秘」　${what ?? document.title.replace(/｜守秘$/, '')}`)
  useMargin('--printed-when', () => when)
  return <p className="printed" lang="ja"><span>{site}「守秘」</span><span>{when}</span>{what && <span>{what}</span>}</p>
}

/** A text on paper: its title and version, which part of it, and what else tells one sheet from another. */
export const textOnPaper = ({ title, version, slug }: { title: string; version: string; slug?: string }, ...parts: readonly (string | false | null)[]): string =>
  [`${title}${slug ? `(${slug})` : ''} 第${version}版`, ...parts.filter((part) => part !== false && part !== null && part !== '')].join('　')
